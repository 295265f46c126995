"""Labels: the short captions of buttons that lead to a fact or a policy."""

from collections.abc import Sequence
from typing import Protocol

from answering.answer import Aspect, Found, Reference
from bot.words.names import KINDS, cut, fact_name, place, policy_name, width
from bot.words.translations import N_, Translator
from domain.policy import FactKind, Policy

# What a phone shows of a button that has a row to itself.
COLUMNS = 40


class Holdings(Protocol):
    """Where a reference is looked up; the answering library, or a handful of policies in a test."""

    @property
    def policies(self) -> Sequence[Policy]:
        """The policies held."""

    def policy(self, policy_id: str) -> Policy | None:
        """The policy with that id."""

    def find(self, policy_id: str, kind: FactKind, fact_id: str) -> Found | None:
        """The fact with that id."""


_ASPECTS = {
    Aspect.DETAIL: N_("details"),
    Aspect.FIGURE: N_("figure"),
    Aspect.DEADLINE: N_("until when"),
    Aspect.WHO: N_("who is in charge"),
    Aspect.DUTIES: N_("duties"),
    Aspect.LIST: N_("list"),
    Aspect.COUNT: N_("how many"),
    Aspect.NOW: N_("stage now"),
    Aspect.OVERVIEW: N_("overview"),
    Aspect.COMPARE: N_("compare"),
    Aspect.PROGRESS: N_("progress"),
    Aspect.ISSUER: N_("who issued it"),
    Aspect.ISSUED: N_("when issued"),
    Aspect.HELP: N_("what can be asked"),
}
# What a button means anyway.
_SILENT = frozenset({Aspect.DETAIL, Aspect.FIGURE, Aspect.OVERVIEW, Aspect.LIST})


def labels(
    choices: Sequence[Reference], library: Holdings, t: Translator, *, columns: int = COLUMNS
) -> tuple[str, ...]:
    """A caption for each choice, told apart by what differs among them: the place, or what is asked."""
    placed = len({choice.policy for choice in choices}) > 1
    asked = len({choice.aspect for choice in choices}) > 1 or len(choices) == 1
    captions = [label(one, library, t, columns=columns, placed=placed, asked=asked) for one in choices]
    if len(set(captions)) == len(captions):
        return tuple(captions)
    return tuple(cut(f"{n}. {caption}", columns) for n, caption in enumerate(captions, 1))


def label(  # noqa: PLR0913 - what may differ between captions is told by keyword
    choice: Reference,
    library: Holdings,
    t: Translator,
    *,
    columns: int = COLUMNS,
    placed: bool = True,
    asked: bool = True,
) -> str:
    """A caption: the place where `placed`, the name, and with `asked` what is asked of it."""
    policy = library.policy(choice.policy)
    found = library.find(choice.policy, choice.kind, choice.id) if choice.id else None
    tail = f" · {t.say(_ASPECTS[choice.aspect])}" if asked and choice.aspect not in _SILENT else ""
    if found:
        head = f"{place(found.policy, t)} · " if placed else ""
        return cut(head + fact_name(found.fact, t), columns - width(tail)) + tail
    if choice.kind is not FactKind.POLICY:
        where = f"{place(policy, t)} · " if policy else ""
        return cut(where + t.say(KINDS[choice.kind]), columns - width(tail)) + tail
    if policy:
        return cut(policy_label(policy, t, columns=columns), columns - width(tail)) + tail
    return cut(
        t.say(KINDS[choice.kind] if choice.aspect is Aspect.LIST else _ASPECTS[choice.aspect]), columns
    )


def policy_label(policy: Policy, t: Translator, *, columns: int = COLUMNS) -> str:
    """The place and as much of the title as fits; the title alone where it begins with the place."""
    title, region = policy_name(policy, t), place(policy, t)
    return cut(title if title.startswith(region) else f"{region} · {title}", columns)


def fact_label(found: Found, t: Translator, *, columns: int = COLUMNS) -> str:
    """The fact's name within its policy's pages, where the place needs no saying."""
    return cut(fact_name(found.fact, t), columns)
