"""What administrators do with broadcasts: compose, watch, steer, and look back."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.access import Access
from bot.answers import Desk
from bot.broadcasts import lists
from bot.broadcasts.card import told
from bot.broadcasts.drafts import Waiting
from bot.broadcasts.steering import Steering
from bot.broadcasts.studio import Studio
from bot.broadcasts.taking import Taking, follows
from bot.buttons import Compose, Older, Pages, Steer, decode
from bot.caller import Caller, speaker
from bot.keyboards import keyboard
from bot.texts import Translator, gettext, policy_name
from bot.views import View
from storage.audit import AuditEntry, AuditLog
from storage.broadcasts import Broadcasts
from storage.chats import Chats


def router() -> Router:
    """Broadcasts; before the questions, for in a dialog a text is none."""
    here = Router(name="broadcasting")
    here.message.register(left, Command("cancel"), has_draft)
    here.message.register(commanded, Command("broadcast", "broadcasts", "audit"))
    here.message.register(taken, F.chat.type == "private", is_awaited)
    here.edited_message.register(taken_anew, F.chat.type == "private", is_source)
    here.callback_query.register(pressed, is_ours)
    return here


async def has_draft(message: Message, studio: Studio) -> bool:
    """Whether there is something to cancel here."""
    person = speaker(message)
    return message.chat.type == "private" and bool(person and await studio.drafts.get(person))


async def is_awaited(message: Message, studio: Studio) -> bool:
    """Whether a draft waits for this message; commands are never part of one."""
    person = speaker(message)
    if person is None or not studio.drafts.waits(person) or (message.text or "").startswith("/"):
        return False
    held = await studio.drafts.get(person)
    if held is None or held.waiting is None:
        return False
    return held.waiting is not Waiting.REST or follows(held.draft, message)


async def is_source(message: Message, studio: Studio) -> bool:
    """Whether the message that brought a draft was edited."""
    person = speaker(message)
    held = await studio.drafts.get(person) if person else None
    return held is not None and held.draft.source == message.message_id


async def is_ours(press: CallbackQuery) -> bool | dict[str, Any]:
    """Whether a press is about broadcasts; gives the handler `decoded`."""
    decoded = decode(press.data or "")
    return {"decoded": decoded} if isinstance(decoded, Compose | Steer | Older) else False


async def commanded(  # noqa: PLR0913, PLR0917 - what a handler is given
    message: Message,
    command: CommandObject,
    caller: Caller,
    desk: Desk,
    access: Access,
    studio: Studio,
    broadcasts: Broadcasts,
    audit: AuditLog,
    chats: Chats,
) -> None:
    """Begin a broadcast, or show a list."""
    del message
    t = gettext(caller.language)
    if refusal := access.refusal(caller):
        await desk.replies.send(caller.place, [refusal])
        return
    match command.command.casefold():
        case "broadcast":
            await studio.begin(caller)
        case "broadcasts":
            shown = await _broadcasts(broadcasts, None, t)
            await desk.replies.send(caller.place, shown.parts, keyboard=keyboard(shown.rows))
        case _:
            shown = await _audit(audit, broadcasts, chats, desk, None, t)
            await desk.replies.send(caller.place, shown.parts, keyboard=keyboard(shown.rows))


async def left(message: Message, caller: Caller, studio: Studio) -> None:
    """Drop the draft; whoever it is, nothing is sent."""
    del message
    await studio.leave(caller)


async def taken(  # noqa: PLR0913, PLR0917 - what a handler is given
    message: Message, caller: Caller, desk: Desk, access: Access, studio: Studio, taking: Taking
) -> None:
    """Something was sent for the draft."""
    if refusal := access.refusal(caller):
        studio.drafts.drop(caller.seat.person_id)
        await desk.replies.send(caller.place, [refusal])
        return
    await taking.take(message, caller)


async def taken_anew(message: Message, caller: Caller, access: Access, taking: Taking) -> None:
    """What was composed is said otherwise now; who is no administrator any more can't."""
    if access.refusal(caller) is None:
        await taking.take_anew(message, caller)


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery,
    decoded: Compose | Steer | Older,
    caller: Caller,
    desk: Desk,
    access: Access,
    studio: Studio,
    steering: Steering,
    broadcasts: Broadcasts,
    audit: AuditLog,
    chats: Chats,
) -> None:
    """A button of a draft, a card or a list."""
    t = gettext(caller.language)
    message_id = press.message.message_id if press.message else None
    hint = access.refusal(caller)
    if hint is None:
        match decoded:
            case Compose():
                hint = await studio.press(decoded, caller, message_id)
            case Steer():
                hint = await steering.press(decoded, caller, message_id)
            case Older(pages=Pages.BROADCASTS, before=before):
                shown = await _broadcasts(broadcasts, before, t)
                await desk.replies.turn(caller.place, message_id, shown.parts, keyboard=keyboard(shown.rows))
            case Older(before=before):
                shown = await _audit(audit, broadcasts, chats, desk, before, t)
                await desk.replies.turn(caller.place, message_id, shown.parts, keyboard=keyboard(shown.rows))
    await desk.replies.settle(press.id, hint)


async def _broadcasts(broadcasts: Broadcasts, before: int | None, t: Translator) -> View:
    at = None if before is None else lists.instant(before)
    found = await broadcasts.recent(lists.PAGE + 1, at)
    return lists.broadcasts([(one, await told(broadcasts, one)) for one in found], t)


async def _audit(  # noqa: PLR0913, PLR0917 - where names are looked up
    audit: AuditLog, broadcasts: Broadcasts, chats: Chats, desk: Desk, before: int | None, t: Translator
) -> View:
    async def named(entry: AuditEntry) -> lists.Deeds:
        who = chats.get(entry.actor_id)
        what = ""
        if broadcast := await broadcasts.get(entry.subject):
            what = lists.about(broadcast, await told(broadcasts, broadcast), desk.library, t)
        elif entry.subject.isdecimal() and (chat := chats.get(int(entry.subject))):
            what = chat.title
        elif policy := desk.library.policy(entry.subject):
            what = policy_name(policy, t)
        return lists.Deeds(entry=entry, who=who.title if who else "", what=what)

    return lists.audit([await named(one) for one in await audit.recent(lists.PAGE + 1, before)], t)
