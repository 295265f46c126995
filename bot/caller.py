"""Who is talking to us, where, and in which language: read off a message, a press or an inline query."""

from dataclasses import dataclass
from typing import Self

from aiogram.types import CallbackQuery, Chat, Message, User

from bot.followups import Seat
from bot.sender import Place
from domain.languages import Language
from storage.chats import Chats


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A person in a chat; `place` is where the reply goes, in groups under the message."""

    seat: Seat
    place: Place
    language: Language
    kind: str = "private"  # Telegram's word for the chat
    title: str = ""

    @property
    def in_group(self) -> bool:
        """Whether others read along."""
        return self.kind != "private"

    @classmethod
    def in_private(cls, person_id: int, name: str, language_code: str | None, chats: Chats) -> Self:
        """A person in their chat with us."""
        return cls(
            seat=Seat(chat_id=person_id, person_id=person_id),
            place=Place(chat_id=person_id),
            language=_chosen(person_id, person_id, chats) or guess(language_code),
            title=name,
        )

    @classmethod
    def of_message(cls, message: Message, chats: Chats) -> Self:
        """The one who wrote a message; `speaker` has said that there is one."""
        chat, topic = message.chat, topic_of(message)
        reply_to = message.message_id if chat.type != "private" else None
        return cls(
            seat=Seat(chat_id=chat.id, person_id=speaker(message) or chat.id, topic=topic),
            place=Place(chat_id=chat.id, topic=topic, reply_to=reply_to),
            language=language_of(chat.id, message.from_user, chats),
            kind=chat.type,
            title=_title(chat),
        )

    @classmethod
    def of_press(cls, press: CallbackQuery, chats: Chats) -> Self:
        """The one who pressed a button; a message sent by inline mode is in no chat that we know."""
        person, message = press.from_user, press.message
        if message is None:
            return cls.in_private(person.id, person.full_name, person.language_code, chats)
        chat = message.chat
        topic = topic_of(message) if isinstance(message, Message) else None
        reply_to = message.message_id if chat.type != "private" else None
        return cls(
            seat=Seat(chat_id=chat.id, person_id=person.id, topic=topic),
            place=Place(chat_id=chat.id, topic=topic, reply_to=reply_to),
            language=language_of(chat.id, person, chats),
            kind=chat.type,
            title=_title(chat),
        )


def speaker(message: Message) -> int | None:
    """The id of the person, or of the group or channel they speak as; None for what no person wrote to us."""
    if message.via_bot is not None or message.is_automatic_forward:
        return None  # written by a bot (ours in inline mode, too), or copied from a linked channel
    if message.sender_chat is not None:
        return message.sender_chat.id  # an anonymous administrator
    user = message.from_user
    return None if user is None or user.is_bot else user.id


def topic_of(message: Message) -> int | None:
    """The forum topic; ordinary replies carry a thread id too, which is none."""
    return message.message_thread_id if message.is_topic_message else None


def language_of(chat_id: int, person: User | None, chats: Chats) -> Language:
    """What was chosen for the chat, else by the person, else what their Telegram speaks."""
    if person is None:
        return _chosen(chat_id, chat_id, chats) or guess(None)
    return _chosen(chat_id, person.id, chats) or guess(person.language_code)


def guess(code: str | None) -> Language:
    """The nearest of our languages to Telegram's `language_code`."""
    tag = (code or "zh").lower()
    if not tag.startswith("zh"):
        return Language.ENGLISH
    return Language.TRADITIONAL if tag.endswith(("hant", "tw", "hk", "mo")) else Language.SIMPLIFIED


def _chosen(chat_id: int, person_id: int, chats: Chats) -> Language | None:
    tag = chats.language(chat_id) or chats.language(person_id)
    return Language(tag) if tag else None


def _title(chat: Chat) -> str:
    return chat.title or chat.full_name or ""
