"""What the next message of a person is taken to be while they type a setting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.mine.verbs import Verb
from storage.conversations import Conversation, Conversations

TYPED = frozenset({Verb.LEADS, Verb.TIMES, Verb.SPANS, Verb.ZONES, Verb.MUTES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A value to be typed, for the person's own chat or for an address."""

    verb: Verb  # whose screen asks for it
    address: int | None = None


class Dialog:
    """Kept with the conversations, so that a restart loses none."""

    def __init__(self, conversations: Conversations, clock: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._clock = clock

    async def awaited(self, person_id: int) -> Awaited | None:
        """What is waited for; asked of each message, so it costs next to nothing where there is no dialog."""
        if not self._conversations.listens(_key(person_id)):
            return None
        held = await self._conversations.get(_key(person_id))
        if held.state not in TYPED:
            return None
        address = held.data.get("address")
        return Awaited(verb=Verb(held.state), address=address if isinstance(address, int) else None)

    def wait(self, person_id: int, wanted: Awaited) -> None:
        """Take the next message to be this."""
        held = Conversation(state=wanted.verb.value, data={"address": wanted.address})
        self._conversations.put(_key(person_id), held, self._clock())

    def leave(self, person_id: int) -> None:
        """Wait for nothing; where nothing was waited for, nothing is written."""
        if self._conversations.in_dialog(person_id):
            self._conversations.put(_key(person_id), Conversation(), self._clock())


def _key(person_id: int) -> str:
    return f"settings:{person_id}"
