"""Rooms of buttons: which handlers a press belongs to, and whether its person may decide for the chat."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery

from bot.buttons import Act, Room, decode
from bot.caller import Caller
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
