"""What administrators do with dates that stand in no policy: list, add by a typed line, change, remove."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.access import Access
from bot.answers import Desk
from bot.buttons import Act, Room
from bot.caller import Caller
from bot.dates.book import DateBook
from bot.rooms import continues, pressed_in
from bot.texts import gettext


def router() -> Router:
    """Dates; before the questions, for in the dialog a text is none."""
    here = Router(name="dates")
    here.message.register(left, F.chat.type == "private", Command("cancel"), is_awaited)
    here.message.register(opened, Command("dates"))
    here.message.register(taken, F.chat.type == "private", is_awaited)
    here.callback_query.register(pressed, pressed_in(Room.DATES))
    return here


async def is_awaited(message: Message, date_book: DateBook) -> bool:
    """Whether the dialog waits for this message."""
    return await continues(message, date_book.drafts.waiting, date_book.drafts.leave)


async def opened(  # noqa: PLR0913, PLR0917 - what a handler is given
    message: Message, command: CommandObject, caller: Caller, desk: Desk, access: Access, date_book: DateBook
) -> None:
    """Show the list, or take the line behind the command."""
    del message
    if refusal := access.refusal(caller):
        await desk.replies.send(caller.place, [refusal])
        return
    await date_book.open(caller, command.args or "")


async def left(message: Message, caller: Caller, desk: Desk, date_book: DateBook) -> None:
    """Leave the dialog."""
    del message
    date_book.leave(caller)
    text = gettext(caller.language).say("Left. No date was changed.")
    await desk.replies.send(caller.place, [text])


async def taken(message: Message, caller: Caller, desk: Desk, access: Access, date_book: DateBook) -> None:
    """Something was sent for the dialog."""
    if refusal := access.refusal(caller):
        date_book.leave(caller)
        await desk.replies.send(caller.place, [refusal])
        return
    await date_book.take(message.text or "", caller)


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery, act: Act, caller: Caller, desk: Desk, access: Access, date_book: DateBook
) -> None:
    """A button of the list, of a date or of a draft."""
    hint = access.refusal(caller)
    if hint is None:
        message_id = press.message.message_id if press.message else None
        hint = await date_book.press(act, caller, message_id)
    await desk.replies.settle(press.id, hint)
