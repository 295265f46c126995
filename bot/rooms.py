"""What handlers ask of an update: is this press theirs, does a dialog wait, may its person decide."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery, Message

from bot.buttons import Act, Room, decode
from bot.caller import Caller, speaker
from bot.methods import GetChatMember
from bot.sender import translated
from domain.errors import DeliveryError

_IN_CHARGE = frozenset({"creator", "administrator"})


def pressed_in(room: Room) -> Callable[[CallbackQuery], Awaitable[bool | dict[str, Any]]]:
    """A filter: whether a press is of that room; gives the handler `act`."""

    async def of_room(press: CallbackQuery) -> bool | dict[str, Any]:
        act = decode(press.data or "")
        return {"act": act} if isinstance(act, Act) and act.room is room else False

    return of_room


async def continues(
    message: Message, waits: Callable[[int], Awaitable[object]], leave: Callable[[int], None]
) -> bool:
    """Whether a dialog waits for this message; another command than /cancel ends it.

    `waits` tells by a person's id whether theirs does, or what for; `leave` ends it.
    """
    person, text = speaker(message), message.text or ""
    if person is None or not await waits(person):
        return False
    if text.startswith("/") and not text.startswith("/cancel"):
        leave(person)
        return False
    return True


async def may_decide(caller: Caller, bot: Bot) -> bool:
    """Whether a person may decide what a chat is told; one who writes as the group is its administrator."""
    chat_id, person_id = caller.seat.chat_id, caller.seat.person_id
    if not caller.in_group or person_id == chat_id:
        return True
    try:
        member = await translated(bot(GetChatMember(chat_id=chat_id, user_id=person_id).method()))
    except DeliveryError:
        return False
    return member.get("status") in _IN_CHARGE
