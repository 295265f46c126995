"""What is said to reminders by their buttons; and /late, where administrators see what is overdue."""

import re

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.access import Access
from bot.answers import Desk
from bot.buttons import Act, Room
from bot.caller import Caller
from bot.reminding.overdue import Overdue
from bot.reminding.responder import Responder
from bot.reminding.verbs import Listing
from bot.rooms import pressed_in

_LISTINGS = frozenset(Listing)
_PAGE = re.compile(r"[0-9]{1,4}", re.ASCII)


def router() -> Router:
    """Reminders."""
    here = Router(name="reminding")
    here.message.register(late, Command("late"))
    here.callback_query.register(pressed, pressed_in(Room.REMINDER))
    return here


async def late(message: Message, caller: Caller, desk: Desk, access: Access, overdue: Overdue) -> None:
    """Show what is overdue."""
    del message
    if refusal := access.refusal(caller):
        await desk.replies.send(caller.place, [refusal])
        return
    await overdue.show(Listing.LATE, 0, caller)


async def pressed(  # noqa: PLR0913, PLR0917 - what a handler is given
    press: CallbackQuery,
    act: Act,
    caller: Caller,
    desk: Desk,
    access: Access,
    overdue: Overdue,
    responder: Responder,
) -> None:
    """A button of a reminder, or of a list of them."""
    message_id = press.message.message_id if press.message else None
    if act.verb not in _LISTINGS:
        name = press.from_user.full_name
        hint = await responder.press(act, caller, name=name, message_id=message_id)
    else:
        hint = access.refusal(caller)
        if hint is None:
            # Without a page the button stands under a message that is to stay.
            page = _PAGE.fullmatch(act.value)
            number = int(page[0]) if page else 0
            await overdue.show(Listing(act.verb), number, caller, message_id if page else None)
    await desk.replies.settle(press.id, hint)
