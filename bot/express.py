"""The short way of a plain question: text in a private chat, with nothing else to it, from JSON to reply.

It is most of what comes. aiogram's models and routers would cost it as much again as finding the answer; what
is in any way unusual, or malformed, takes the long way through them.
"""

from dataclasses import dataclass
from typing import Any, Self

from bot import failures
from bot.answers import Desk
from bot.caller import Caller
from bot.door import Door
from storage.chats import Chats
from storage.conversations import Conversations

# With any other field a message is more than a question: a reply, forwarded, sent by a bot, ...
_PLAIN = frozenset({"message_id", "date", "from", "chat", "text", "entities", "link_preview_options"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What there is to know about a plain question."""

    update_id: int
    message_id: int
    text: str
    person_id: int
    name: str
    language_code: str | None

    @classmethod
    def read(cls, raw: Any) -> Self | None:
        """The question in an update; None for all that is not exactly that."""
        match raw:
            case {
                "update_id": int(update_id),
                "message": {
                    "message_id": int(message_id),
                    "text": str(text),
                    "from": {"id": int(person_id), "is_bot": False, "first_name": str(name), **person},
                    "chat": {"id": chat_id, "type": "private"},
                } as message,
            } if chat_id == person_id and message.keys() <= _PLAIN and text and not text.startswith("/"):
                last_name, code = person.get("last_name"), person.get("language_code")
                return cls(
                    update_id=update_id,
                    message_id=message_id,
                    text=text,
                    person_id=person_id,
                    name=f"{name} {last_name}" if last_name else name,
                    language_code=code if isinstance(code, str) else None,
                )
        return None


class Express:
    """Answers plain questions."""

    def __init__(self, door: Door, desk: Desk, chats: Chats, conversations: Conversations) -> None:
        self._door = door
        self._desk = desk
        self._chats = chats
        self._conversations = conversations

    def takes(self, question: Question) -> bool:
        """Whether it is one: in a dialog a plain text is an answer, and goes the long way."""
        return not self._conversations.in_dialog(question.person_id)

    async def handle(self, question: Question) -> None:
        """Answer, once; a failure is logged and apologised for."""
        caller = Caller.in_private(question.person_id, question.name, question.language_code, self._chats)

        async def answer() -> None:
            if await self._door.admit(caller):
                await self._desk.ask(question.text, caller, message_id=question.message_id)

        try:
            await self._door.once(question.update_id, "message", answer)
        except Exception as error:  # noqa: BLE001 - the last place that can tell the person
            if failures.note(error, update_id=question.update_id, kind="message"):
                await failures.apologise(self._desk.replies, caller.place, caller.language)
