"""The calls that answering is made of, with the fields we use and nested parts as JSON texts.

aiogram's own check and write out several times as many fields: sending would cost as much as answering.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, cast

from aiogram.methods import TelegramMethod

Returned = TypeVar("Returned")

NO_PREVIEW = '{"is_disabled":true}'


class Plain(TelegramMethod[Returned]):
    """A method whose fields are texts and numbers; its result stays as it comes."""


class SendMessage(Plain[dict[str, Any]]):
    """`sendMessage`; the result is a Message."""

    __returning__: ClassVar[Any] = dict[str, Any]
    __api_method__: ClassVar[str] = "sendMessage"

    chat_id: int
    text: str
    parse_mode: str = "HTML"
    link_preview_options: str = NO_PREVIEW
    reply_markup: str | None = None
    message_thread_id: int | None = None
    reply_parameters: str | None = None


class EditMessageText(Plain[Any]):
    """`editMessageText`; the result is a Message or True."""

    __returning__: ClassVar[Any] = Any
    __api_method__: ClassVar[str] = "editMessageText"

    chat_id: int
    message_id: int
    text: str
    parse_mode: str = "HTML"
    link_preview_options: str = NO_PREVIEW
    reply_markup: str | None = None


class GetChatMember(Plain[dict[str, Any]]):
    """`getChatMember`; the result is a ChatMember, of which only the status is read."""

    __returning__: ClassVar[Any] = dict[str, Any]
    __api_method__: ClassVar[str] = "getChatMember"

    chat_id: int
    user_id: int


class AnswerCallbackQuery(Plain[bool]):
    """`answerCallbackQuery`; the result is True."""

    __returning__: ClassVar[Any] = bool
    __api_method__: ClassVar[str] = "answerCallbackQuery"

    callback_query_id: str
    text: str | None = None


@dataclass(slots=True)
class Prepared:
    """Any method, its body written out already; stands where aiogram expects a method of its own.

    A model of pydantic's would cost a tenth of what sending does.
    """

    __returning__: ClassVar[Any] = Any
    __api_method__: ClassVar[str] = "prepared"

    name: str
    body: bytes

    @classmethod
    def method(cls, name: str, body: bytes) -> TelegramMethod[Any]:
        """One, as the type that aiogram asks for."""
        return cast("TelegramMethod[Any]", cls(name, body))
