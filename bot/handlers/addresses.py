"""What administrators do with addresses of other channels: list, register, test, let follow, remove."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.access import Access
from bot.addresses.book import AddressBook
from bot.answers import Desk
from bot.buttons import Manage, decode
from bot.caller import Caller
from bot.rooms import continues
from bot.texts import gettext


def router() -> Router:
    """Addresses; before broadcasts, so that the dialog begun last is the one that is answered."""
    here = Router(name="addresses")
    here.message.register(left, F.chat.type == "private", Command("cancel"), is_awaited)
    here.message.register(opened, Command("addresses"))
    here.message.register(taken, F.chat.type == "private", is_awaited)
    here.callback_query.register(pressed, is_ours)
    return here


async def is_awaited(message: Message, book: AddressBook) -> bool:
    """Whether the dialog waits for this message."""
    return await continues(message, book.waits, book.leave)


async def is_ours(press: CallbackQuery) -> bool | dict[str, Any]:
    """Whether a press is about addresses; gives the handler `decoded`."""
    decoded = decode(press.data or "")
    return {"decoded": decoded} if isinstance(decoded, Manage) else False


async def opened(message: Message, caller: Caller, desk: Desk, access: Access, book: AddressBook) -> None:
    """Show the list."""
    del message
    if refusal := access.refusal(caller):
        await desk.replies.send(caller.place, [refusal])
        return
    await book.open(caller)


async def left(message: Message, caller: Caller, desk: Desk, book: AddressBook) -> None:
    """Leave the dialog."""
    del message
    book.leave(caller.seat.person_id)
    text = gettext(caller.language).say("Left. No address was registered.")
    await desk.replies.send(caller.place, [text])


async def taken(message: Message, caller: Caller, desk: Desk, access: Access, book: AddressBook) -> None:
    """Something was sent for the dialog."""
    if refusal := access.refusal(caller):
        book.leave(caller.seat.person_id)
        await desk.replies.send(caller.place, [refusal])
        return
    await book.take(message, caller)


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery, decoded: Manage, caller: Caller, desk: Desk, access: Access, book: AddressBook
) -> None:
    """A button of the list or of an address."""
    hint = access.refusal(caller)
    if hint is None:
        message_id = press.message.message_id if press.message else None
        hint = await book.press(decoded, caller, message_id)
    await desk.replies.settle(press.id, hint)
