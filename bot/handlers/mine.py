"""What a place follows, and how it is reminded: /mine, its buttons, and what is typed for it."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.answers import Desk
from bot.buttons import Act, Room
from bot.caller import Caller
from bot.mine.room import Mine
from bot.mine.verbs import DECIDING
from bot.rooms import continues, may_decide, pressed_in
from bot.texts import gettext


def router() -> Router:
    """The room; before the questions, for what is typed for a setting is none."""
    here = Router(name="mine")
    here.message.register(left, F.chat.type == "private", Command("cancel"), is_awaited)
    here.message.register(opened, Command("mine", "subscribe"))
    here.message.register(taken, F.chat.type == "private", is_awaited)
    here.callback_query.register(pressed, pressed_in(Room.MINE))
    return here


async def is_awaited(message: Message, mine: Mine) -> bool:
    """Whether a setting is to be typed."""
    return await continues(message, mine.dialog.awaited, mine.dialog.leave)


async def opened(message: Message, caller: Caller, mine: Mine) -> None:
    """Show what the place follows; anybody may look."""
    del message
    mine.dialog.leave(caller.seat.person_id)
    await mine.open(caller)


async def left(message: Message, caller: Caller, desk: Desk, mine: Mine) -> None:
    """Type nothing after all."""
    del message
    mine.dialog.leave(caller.seat.person_id)
    text = gettext(caller.language).say("Left. Nothing was changed.")
    await desk.replies.send(caller.place, [text])


async def taken(message: Message, caller: Caller, desk: Desk, mine: Mine) -> None:
    """Something was typed for a setting."""
    awaited = await mine.dialog.awaited(caller.seat.person_id)
    if awaited is None:
        return
    if message.text:
        await mine.take(message.text, awaited, caller)
    else:
        text = gettext(caller.language).say("I can only read text. Send it in words, or /cancel.")
        await desk.replies.send(caller.place, [text])


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery, act: Act, caller: Caller, desk: Desk, mine: Mine, bot: Bot
) -> None:
    """A button of a screen; in a group only its administrators may change anything."""
    if act.verb in DECIDING and not await may_decide(caller, bot):
        hint = gettext(caller.language).say("In a group only its administrators can change that.")
        await desk.replies.settle(press.id, hint)
        return
    message_id = press.message.message_id if press.message else None
    hint_ = await mine.press(act, caller, press.from_user.full_name, message_id)
    await desk.replies.settle(press.id, hint_)
