"""The drafts in work: one an administrator, kept with the conversations, so that a restart loses none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.broadcasts.draft import Draft
from domain.languages import Language
from storage.conversations import Conversation, Conversations


class Waiting(StrEnum):
    """What the next message is taken to be; without any, a message is a question as ever."""

    CONTENT = "content"  # the message to broadcast
    REST = "rest"  # as no message, but the rest of a text that was too long for one
    TRANSLATION = "translation"  # the same in another language
    LINKS = "links"  # lines that become buttons
    CHATS = "chats"  # numbers of chats, or a file of them
    TIME = "time"  # when to start


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A draft, and what it waits for; `language` is that of a translation."""

    draft: Draft
    waiting: Waiting | None = None
    language: Language | None = None


class Drafts:
    """Found by the administrator's id, which is that of their chat with us."""

    def __init__(self, conversations: Conversations, clock: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._clock = clock

    async def get(self, person_id: int) -> Held | None:
        """The draft in work; None where there is none, or one of an older form."""
        found = await self._conversations.get(_key(person_id))
        if not found.data:
            return None
        waiting, _, language = (found.state or "").partition(" ")
        try:
            return Held(
                draft=Draft.from_json(found.data),
                waiting=Waiting(waiting) if waiting else None,
                language=Language(language) if language else None,
            )
        except (TypeError, ValueError, KeyError):
            return None

    def waits(self, person_id: int) -> bool:
        """Whether it may be that a draft waits for a message; asked of each, so it costs next to nothing."""
        return self._conversations.listens(_key(person_id))

    def put(
        self,
        person_id: int,
        draft: Draft,
        waiting: Waiting | None = None,
        language: Language | None = None,
    ) -> None:
        """Keep a draft, and what it waits for."""
        state = f"{waiting} {language}" if waiting and language else waiting
        held = Conversation(state=state, data=draft.to_json())
        self._conversations.put(_key(person_id), held, self._clock())

    def drop(self, person_id: int) -> None:
        """Forget the draft."""
        self._conversations.put(_key(person_id), Conversation(), self._clock())


def _key(person_id: int) -> str:
    return f"broadcast:{person_id}"
