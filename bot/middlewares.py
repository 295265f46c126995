"""The door for what aiogram dispatches: updates are handled once, and handlers are given their `caller`."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject, Update

from bot.caller import Caller, speaker
from bot.door import Door
from storage.chats import Chats

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Once(BaseMiddleware):
    """Around every update."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Handle an update once."""
        assert isinstance(event, Update)  # noqa: S101 - it is registered for updates only
        return await self._door.once(event.update_id, event.event_type, lambda: handler(event, data))


class Reception(BaseMiddleware):
    """Around the handlers of what people do: chatter that no handler is there for does not count as haste."""

    def __init__(self, door: Door, chats: Chats) -> None:
        self._door = door
        self._chats = chats

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Let a message, a press or an inline query through to its handler."""
        match event:
            case Message():
                if speaker(event) is None:
                    return None
                caller = Caller.of_message(event, self._chats)
                admitted = await self._door.admit(caller)
            case CallbackQuery():
                caller = Caller.of_press(event, self._chats)
                admitted = await self._door.admit(caller, press_id=event.id)
            case InlineQuery():
                return await handler(event, data) if self._door.admit_inline(event.from_user.id) else None
            case _:
                return await handler(event, data)
        data["caller"] = caller
        return await handler(event, data) if admitted else None
