"""What a chat wants to be told: following what a page is about, and whether it gets broadcasts."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.answers import Desk
from bot.buttons import Browse, Button, Follow, Receive, decode
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.mine.follows import Follows, Where
from bot.mine.subjects import is_there, subject_at
from bot.rooms import may_decide
from bot.texts import Translator, gettext
from bot.views import View
from bot.words.marks import shorten
from bot.words.moments import SHANGHAI
from bot.words.reminders import Reader
from storage.chats import Chats

_HINT = 190  # characters: Telegram shows 200


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
    follows: Follows,
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
        hint = await _follow(decoded, caller, desk, follows)
        there = Browse(reference=decoded.reference, page=decoded.page)
        await desk.show(there, caller, instead_of=message_id)
    await desk.replies.settle(press.id, hint)


async def _follow(press: Follow, caller: Caller, desk: Desk, follows: Follows) -> str:
    """Follow what a page is about, or no more; returns what comes of it."""
    t, subject = gettext(caller.language), subject_at(press.reference)
    where = Where(chat_id=caller.seat.chat_id, topic=caller.seat.topic)
    if not press.on:
        await follows.unfollow(where, subject)
        return t.say("Not followed any more.")
    if not subject.policy or not is_there(subject, desk.library, {}):
        return t.say("That is no longer there.")
    reader = Reader(library=desk.library, today=desk.clock().astimezone(SHANGHAI).date(), t=t)
    coming = await follows.follow(where, subject, caller.seat.person_id, reader)
    return shorten(t.say("Followed. {coming}", coming=coming), _HINT)


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
