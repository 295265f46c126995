"""Dialog states for aiogram, kept with the conversations: they survive a restart."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from storage.conversations import Conversation, Conversations


class ConversationStorage(BaseStorage):
    """State and data of a dialog as one conversation; the data must be JSON."""

    def __init__(self, conversations: Conversations, clock: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._clock = clock
        self._keys = DefaultKeyBuilder(
            prefix="dialog", with_bot_id=True, with_business_connection_id=True, with_destiny=True
        )

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Enter a state; None leaves the dialog."""
        name = state.state if isinstance(state, State) else state
        held = await self._conversations.get(self._key(key))
        self._put(key, Conversation(state=name, data=held.data))

    async def get_state(self, key: StorageKey) -> str | None:
        """The state's name."""
        return (await self._conversations.get(self._key(key))).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data."""
        held = await self._conversations.get(self._key(key))
        self._put(key, Conversation(state=held.state, data=data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data; a copy."""
        return dict((await self._conversations.get(self._key(key))).data)

    async def close(self) -> None:
        """Nothing to do: the conversations belong to the application."""

    def _key(self, key: StorageKey) -> str:
        return self._keys.build(key)

    def _put(self, key: StorageKey, conversation: Conversation) -> None:
        self._conversations.put(self._key(key), conversation, self._clock())
