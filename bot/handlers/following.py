"""What a chat wants to be told: following a policy or a department, and whether it gets broadcasts."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.answers import Desk
from bot.buttons import Browse, Button, Follow, Receive, decode
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.rooms import may_decide
from bot.texts import Translator, gettext
from bot.views import View
from domain.policy import FactKind
from storage.chats import Chats
from storage.subscriptions import Subscription, Subscriptions


def router() -> Router:
    """Following, and /notices."""
    here = Router(name="following")
    here.message.register(notices, Command("notices"))
    here.callback_query.register(pressed, is_ours)
    return here


async def is_ours(press: CallbackQuery) -> bool | dict[str, Any]:
    """Whether a press is about that; gives the handler `decoded`."""
    decoded = decode(press.data or "")
    return {"decoded": decoded} if isinstance(decoded, Follow | Receive) else False


async def notices(message: Message, caller: Caller, desk: Desk, chats: Chats) -> None:
    """Show whether this chat gets broadcasts."""
    del message
    shown = _switch(wanted=_wanted(caller, chats), t=gettext(caller.language))
    await desk.replies.send(caller.place, shown.parts, keyboard=keyboard(shown.rows))


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery,
    decoded: Follow | Receive,
    caller: Caller,
    desk: Desk,
    chats: Chats,
    subscriptions: Subscriptions,
    bot: Bot,
) -> None:
    """Switch it; in a group only its administrators may."""
    t = gettext(caller.language)
    message_id = press.message.message_id if press.message else None
    if not await may_decide(caller, bot):
        hint = t.say("In a group only its administrators can change that.")
    elif isinstance(decoded, Receive):
        await chats.set_broadcasts(caller.seat.chat_id, decoded.on, desk.clock())
        shown = _switch(wanted=decoded.on, t=t)
        await desk.replies.turn(caller.place, message_id, shown.parts, keyboard=keyboard(shown.rows))
        hint = t.say("Broadcasts come here.") if decoded.on else t.say("Broadcasts no longer come here.")
    else:
        hint = await _follow(decoded, caller, desk, subscriptions)
        there = Browse(reference=decoded.reference, page=decoded.page)
        await desk.show(there, caller, instead_of=message_id)
    await desk.replies.settle(press.id, hint)


async def _follow(press: Follow, caller: Caller, desk: Desk, subscriptions: Subscriptions) -> str:
    at, t = press.reference, gettext(caller.language)
    subject = Subscription(
        chat_id=caller.seat.chat_id,
        thread_id=caller.seat.topic,
        policy_id=at.policy,
        kind=at.kind,
        fact_id=at.id,
        created_by=caller.seat.person_id,
    )
    if not press.on:
        await subscriptions.unfollow(subject)
        return t.say("Not followed any more.")
    if not _is_there(press, desk):
        return t.say("That is no longer there.")
    await subscriptions.follow(subject, desk.clock())
    return t.say("Followed: what is sent about it comes here.")


def _is_there(press: Follow, desk: Desk) -> bool:
    at, library = press.reference, desk.library
    if at.kind is FactKind.POLICY:
        return not at.id and library.policy(at.policy) is not None
    return at.kind is FactKind.DEPARTMENT and library.find(at.policy, at.kind, at.id) is not None


def _wanted(caller: Caller, chats: Chats) -> bool:
    chat = chats.get(caller.seat.chat_id)
    return chat is None or chat.broadcasts


def _switch(*, wanted: bool, t: Translator) -> View:
    lines = [
        t.say("Broadcasts come to this chat.") if wanted else t.say("Broadcasts do not come to this chat."),
        t.say("Reminders of what you follow are another matter: they come either way."),
    ]
    label = "🔕 " + t.say("No broadcasts here") if wanted else "🔔 " + t.say("Broadcasts here again")
    return View(parts=["\n".join(lines)], rows=((Button(label=label, press=Receive(on=not wanted)),),))
