"""What the next message of an administrator is taken to be while a text is being given or corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.reviewing.edits import Field
from storage.conversations import Conversation, Conversations

_TEXT, _WORDS = "text", "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text, of which these pieces came: each message's number with its words."""

    id: str
    pieces: tuple[tuple[int, str], ...] = ()

    @property
    def whole(self) -> str:
        """The pieces in their order; Telegram cuts a long text anywhere, and each comes on its own."""
        return "".join(words for _, words in sorted(self.pieces))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a field of an entry shall say."""

    id: str
    entry: str
    field: Field


class Dialog:
    """Kept with the conversations, so that a restart loses none."""

    def __init__(self, conversations: Conversations, clock: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._clock = clock

    async def awaited(self, person_id: int) -> Text | Words | None:
        """What is waited for; asked of each message, so it costs next to nothing where there is no dialog."""
        if not self._conversations.listens(_key(person_id)):
            return None
        held = await self._conversations.get(_key(person_id))
        try:
            if held.state == _TEXT:
                pieces = tuple((int(number), str(words)) for number, words in held.data["pieces"])
                return Text(id=held.data["id"], pieces=pieces)
            if held.state == _WORDS:
                field = Field(held.data["field"])
                return Words(id=held.data["id"], entry=held.data["entry"], field=field)
        except (KeyError, TypeError, ValueError):  # of an older form
            self.leave(person_id)
        return None

    def wait(self, person_id: int, wanted: Text | Words) -> None:
        """Take the next message to be this."""
        if isinstance(wanted, Text):
            data = {"id": wanted.id, "pieces": [list(piece) for piece in wanted.pieces]}
            held = Conversation(state=_TEXT, data=data)
        else:
            data = {"id": wanted.id, "entry": wanted.entry, "field": wanted.field.value}
            held = Conversation(state=_WORDS, data=data)
        self._conversations.put(_key(person_id), held, self._clock())

    def leave(self, person_id: int) -> None:
        """Wait for nothing; where nothing was waited for, nothing is written."""
        if self._conversations.in_dialog(person_id):
            self._conversations.put(_key(person_id), Conversation(), self._clock())


def _key(person_id: int) -> str:
    return f"reading:{person_id}"
