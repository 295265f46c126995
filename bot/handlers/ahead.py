"""Looking ahead: the next 90 days, a month's calendar, a policy's timeline."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.ahead.room import Ahead
from bot.answers import Desk
from bot.buttons import Act, Room
from bot.caller import Caller
from bot.rooms import pressed_in


def router() -> Router:
    """Looking ahead."""
    here = Router(name="ahead")
    here.message.register(upcoming, Command("upcoming"))
    here.message.register(calendar, Command("calendar"))
    here.message.register(timeline, Command("timeline"))
    here.callback_query.register(pressed, pressed_in(Room.AHEAD))
    return here


async def upcoming(message: Message, caller: Caller, ahead: Ahead) -> None:
    """Show what comes."""
    del message
    await ahead.upcoming(caller)


async def calendar(message: Message, caller: Caller, ahead: Ahead) -> None:
    """Show this month."""
    del message
    await ahead.calendar(caller)


async def timeline(message: Message, caller: Caller, ahead: Ahead) -> None:
    """Draw a policy's timeline."""
    del message
    await ahead.timeline(caller)


async def pressed(press: CallbackQuery, act: Act, caller: Caller, desk: Desk, ahead: Ahead) -> None:
    """A button of these."""
    message = press.message
    message_id = message.message_id if message else None
    pictured = isinstance(message, Message) and bool(message.photo)
    hint = await ahead.press(act, caller, message_id, pictured=pictured)
    await desk.replies.settle(press.id, hint)
