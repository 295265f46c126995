"""The calls that answering is made of, with the fields we use and nested parts as JSON texts.

They stand where aiogram expects methods of its own, but are no models of pydantic's: checking and writing out
several times as many fields, sending would cost as much as answering.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, cast

from aiogram.methods import TelegramMethod

Returned = TypeVar("Returned")

NO_PREVIEW = '{"is_disabled":true}'


class Plain(Generic[Returned]):
    """A method whose fields are texts and numbers; its result stays as it comes."""

    __returning__: ClassVar[Any] = Any
    __api_method__: ClassVar[str]

    def method(self) -> TelegramMethod[Returned]:
        """As the type that aiogram asks for."""
        return cast("TelegramMethod[Returned]", self)


@dataclass(kw_only=True)
class SendMessage(Plain[dict[str, Any]]):
    """`sendMessage`; the result is a Message."""

    __api_method__: ClassVar[str] = "sendMessage"

    chat_id: int
    text: str
    parse_mode: str = "HTML"
    link_preview_options: str = NO_PREVIEW
    reply_markup: str | None = None
    message_thread_id: int | None = None
    reply_parameters: str | None = None


@dataclass(kw_only=True)
class EditMessageText(Plain[Any]):
    """`editMessageText`; the result is a Message or True."""

    __api_method__: ClassVar[str] = "editMessageText"

    chat_id: int
    message_id: int
    text: str
    parse_mode: str = "HTML"
    link_preview_options: str = NO_PREVIEW
    reply_markup: str | None = None


@dataclass(kw_only=True)
class GetChatMember(Plain[dict[str, Any]]):
    """`getChatMember`; the result is a ChatMember, of which only the status is read."""

    __api_method__: ClassVar[str] = "getChatMember"

    chat_id: int
    user_id: int


@dataclass(kw_only=True)
class AnswerCallbackQuery(Plain[bool]):
    """`answerCallbackQuery`; the result is True."""

    __api_method__: ClassVar[str] = "answerCallbackQuery"

    callback_query_id: str
    text: str | None = None


@dataclass(slots=True)
class Prepared(Plain[Any]):
    """Any method, its body written out already."""

    __api_method__: ClassVar[str] = "prepared"

    name: str
    body: bytes
