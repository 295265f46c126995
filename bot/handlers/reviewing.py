"""What administrators do with policy texts: send them, check what was read, publish or discard it."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot import originals
from bot.access import Access
from bot.answers import Desk
from bot.buttons import Inspect, Original, decode
from bot.caller import Caller, speaker
from bot.reviewing.review import Review
from bot.rooms import continues
from storage.readings import Readings


def router() -> Router:
    """The dialog; before broadcasts, so that the dialog begun last is the one that is answered."""
    here = Router(name="reviewing")
    here.message.register(left, F.chat.type == "private", Command("cancel"), is_awaited)
    here.message.register(opened, Command("import"))
    here.message.register(taken, F.chat.type == "private", F.text, is_awaited)
    here.callback_query.register(pressed, is_ours)
    here.callback_query.register(original, is_original)
    return here


def files() -> Router:
    """Files that no dialog waits for."""
    here = Router(name="policy texts")
    here.message.register(file_taken, F.chat.type == "private", F.document, from_admin)
    return here


async def is_awaited(message: Message, review: Review) -> bool:
    """Whether the dialog waits for this message."""
    return await continues(message, review.dialog.awaited, review.dialog.leave)


async def from_admin(message: Message, access: Access) -> bool:
    """Whether an administrator sent this; others hear that only text can be read."""
    person = speaker(message)
    return person is not None and access.is_admin(person)


async def is_ours(press: CallbackQuery) -> bool | dict[str, Any]:
    """Whether a press is about a text that was read; gives the handler `decoded`."""
    decoded = decode(press.data or "")
    return {"decoded": decoded} if isinstance(decoded, Inspect) else False


async def is_original(press: CallbackQuery) -> bool | dict[str, Any]:
    """Whether a press asks for a clause; gives the handler `decoded`."""
    decoded = decode(press.data or "")
    return {"decoded": decoded} if isinstance(decoded, Original) else False


async def opened(message: Message, caller: Caller, desk: Desk, access: Access, review: Review) -> None:
    """Ask for a text, or read the file that the command came with."""
    if refusal := access.refusal(caller):
        await desk.replies.send(caller.place, [refusal])
    elif message.document:
        await review.take_file(message.document, caller)
    else:
        await review.open(caller)


async def left(message: Message, caller: Caller, review: Review) -> None:
    """Leave the dialog."""
    del message
    await review.leave(caller)


async def taken(message: Message, caller: Caller, desk: Desk, access: Access, review: Review) -> None:
    """Something was written for the dialog."""
    if refusal := access.refusal(caller):
        review.dialog.leave(caller.seat.person_id)
        await desk.replies.send(caller.place, [refusal])
        return
    await review.take(message, caller)


async def file_taken(message: Message, caller: Caller, review: Review) -> None:
    """A file came."""
    if message.document:
        await review.take_file(message.document, caller)


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery, decoded: Inspect, caller: Caller, desk: Desk, access: Access, review: Review
) -> None:
    """A button of a draft."""
    hint = access.refusal(caller)
    if hint is None:
        message_id = press.message.message_id if press.message else None
        hint = await review.press(decoded, caller, message_id)
    await desk.replies.settle(press.id, hint)


async def original(
    press: CallbackQuery, decoded: Original, caller: Caller, desk: Desk, readings: Readings
) -> None:
    """Anybody may read the clause that an answer rests on."""
    hint = await originals.show(decoded.reference, caller, desk, readings)
    await desk.replies.settle(press.id, hint)
