"""The buttons under an answer: its choices, or the way on to the policy it is from."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from answering.answer import Answer, Aspect, Citation, Reference, Status
from answering.library import Library
from bot import links
from bot.buttons import Button, Open, Rows, Tell
from bot.keyboards import Keyboard, keyboard
from bot.texts import gettext, labels, policy_label
from bot.views import SYMBOLS, original_button
from domain.languages import Language
from domain.policy import FactKind

# Nearly every answer has one of a few; they are built once a library.
_Known = dict[tuple[str, Language, str | None, Reference | None], Keyboard | None]
_known: WeakKeyDictionary[Library, _Known] = WeakKeyDictionary()


def under(answer: Answer, library: Library, bot_name: str | None) -> Keyboard | None:
    """The keyboard of an answer; with `bot_name` the way on leads into a private chat, as groups need it."""
    if answer.choices:
        captions = labels(answer.choices, library, gettext(answer.language))
        return keyboard(
            tuple(
                (Button(label=caption, press=Tell(reference=choice)),)
                for caption, choice in zip(captions, answer.choices, strict=True)
            )
        )
    if answer.status is not Status.ANSWERED:
        return None
    cited = answer.citations()
    policies = {one.policy.id for one in cited}
    if len(policies) != 1:
        return None
    known = _known.setdefault(library, {})
    key = (policies.pop(), answer.language, bot_name, _quoted(cited, library))
    if key not in known:
        known[key] = _onward(*key, library)
    return known[key]


def _quoted(cited: Sequence[Citation], library: Library) -> Reference | None:
    """The one fact that an answer is about, where it can be shown in its original wording."""
    if len(cited) != 1:
        return None
    found = library.find(cited[0].policy.id, cited[0].kind, cited[0].id)
    return found.reference() if found and found.fact.passage.quote else None


def _onward(
    policy_id: str, language: Language, bot_name: str | None, quoted: Reference | None, library: Library
) -> Keyboard | None:
    policy, t = library.policy(policy_id), gettext(language)
    if policy is None:
        return None
    reference = Reference(policy=policy.id, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    press = links.deep(reference, bot_name) if bot_name else Open(reference=reference)
    label = f"{SYMBOLS[FactKind.POLICY]} {policy_label(policy, t)}"
    rows: Rows = ((Button(label=label, press=press),),)
    if quoted:
        rows = ((original_button(quoted, t),), *rows)
    return keyboard(rows)
