"""What a follow-up question refers to, per person in a chat or topic; kept over a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.conversations import Conversation, Conversations


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where somebody talks to us: a chat, in a forum its topic, and the person."""

    chat_id: int
    person_id: int
    topic: int | None = None

    @property
    def key(self) -> str:
        """The name of the conversation."""
        return f"ask:{self.chat_id}:{self.topic or 0}:{self.person_id}"


async def recall(conversations: Conversations, seat: Seat) -> Mapping[str, Any]:
    """The context of the last answer here; asks the database only for one that left the memory."""
    held = conversations.peek(seat.key)
    return (held if held is not None else await conversations.get(seat.key)).data


def note(conversations: Conversations, seat: Seat, context: Mapping[str, Any], now: datetime) -> None:
    """Keep the context of an answer for the next question."""
    conversations.put(seat.key, Conversation(data=context), now)
