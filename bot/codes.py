"""References as short plain text: the one form that fits both buttons and deep links.

`ftzhejiang-2023_T1` is the figure (`f`) of the target (`t`) T1: at most 51 of the characters that Telegram
allows in a link's payload, which are fewer than it allows in a button.
"""

import re

from answering.answer import Aspect, Reference
from domain.policy import FactKind

_LETTERS = {
    FactKind.POLICY: "p",
    FactKind.TARGET: "t",
    FactKind.GOAL: "o",
    FactKind.GROUP: "g",
    FactKind.MEASURE: "m",
    FactKind.STAGE: "s",
    FactKind.SAFEGUARD: "a",
    FactKind.BASIS: "b",
    FactKind.EVENT: "e",
    FactKind.DEPARTMENT: "d",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_ASPECTS = {aspect.value: aspect for aspect in Aspect}

# The ids' bounds are the catalogue's: 32 characters for a policy, 16 for a fact.
_FORM = re.compile(r"([a-z])([a-z])([a-z0-9][a-z0-9-]{0,31})?_([A-Za-z0-9][A-Za-z0-9-]{0,15})?", re.ASCII)


def encode(reference: Reference) -> str:
    """The text that `decode` reads; its ids must keep the catalogue's bounds.

    Raises:
        ValueError: an id does not.
    """
    text = f"{reference.aspect.value}{_LETTERS[reference.kind]}{reference.policy}_{reference.id}"
    if _FORM.fullmatch(text) is None:
        raise ValueError(f"this does not fit a button: {reference}")
    return text


def decode(text: str) -> Reference | None:
    """The reference, or None for a text that `encode` never wrote."""
    match = _FORM.fullmatch(text)
    if match is None or match[1] not in _ASPECTS or match[2] not in _KINDS:
        return None
    return Reference(
        policy=match[3] or "", kind=_KINDS[match[2]], id=match[4] or "", aspect=_ASPECTS[match[1]]
    )
