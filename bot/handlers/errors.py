"""Failures of handlers."""

from aiogram import Router
from aiogram.types import ErrorEvent

from bot import failures
from bot.answers import Desk
from bot.caller import Caller
from storage.chats import Chats


def router() -> Router:
    """Failures of all handlers."""
    here = Router(name="errors")
    here.error.register(failed)
    return here


async def failed(event: ErrorEvent, desk: Desk, chats: Chats) -> None:
    """Log the failure and say sorry to whoever waits for a reply."""
    update = event.update
    if not failures.note(event.exception, update_id=update.update_id, kind=update.event_type):
        return
    if press := update.callback_query:
        caller = Caller.of_press(press, chats)
        await failures.apologise(desk.replies, caller.place, caller.language, press_id=press.id)
    elif message := update.message or update.edited_message:
        caller = Caller.of_message(message, chats)
        await failures.apologise(desk.replies, caller.place, caller.language)
