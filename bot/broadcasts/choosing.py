"""Choosing who gets a broadcast: what a press among the choices makes of the draft."""

from answering.library import Library
from bot.broadcasts import audiences
from bot.broadcasts.draft import Draft
from bot.buttons import Compose, Step
from bot.refusal import Refusal
from bot.texts import Translator
from bot.words.translations import N_
from domain.broadcasts import Audience, AudienceKind


def chosen(press: Compose, draft: Draft, library: Library, t: Translator) -> Draft:
    """The draft after a press among the choices.

    Raises:
        Refusal: there is no such choice.
    """
    audience, value = draft.audience, press.value
    match press.step:
        case Step.AUDIENCE:
            return draft
        case Step.KIND if value == AudienceKind.CHATS:
            return draft
        case Step.KIND if value in audiences.KINDS:
            kept = audience and audience.kind == value
            begun = audience if kept else Audience(kind=AudienceKind(value))
            return draft.changed(audience=begun, policy="", page=0)
        case Step.POLICY if library.policy(value):
            return draft.changed(policy=value, page=0)
        case Step.PAGE if value.isdecimal() and value.isascii() and len(value) < 4:
            return draft.changed(page=int(value))
        case Step.PICK if audience:
            offered = audiences.options(audience.kind, draft.policy, library, t)
            for one in offered:
                if one.key == value:
                    return draft.changed(audience=audiences.toggled(audience, one.value, library))
    raise Refusal(N_("That choice is no longer there."))
