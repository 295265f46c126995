"""Messages out: the few calls we make to Telegram, and its errors in one table as the domain's."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import AnswerInlineQuery
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from bot.keyboards import Keyboard
from bot.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from bot.wire import NoConnectionError
from domain.errors import DeliveryError, Migrated, Rejected, Retryable, Unreachable

Result = TypeVar("Result")

UNCHANGED = "message is not modified"

# What Telegram says with a 400 when it is the chat that is wrong, and not the message.
_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "bot was kicked",
    "bot was blocked",
    "bot is not a member",
    "have no rights to send a message",
    "not enough rights to send text messages",
    "chat_write_forbidden",
    "peer_id_invalid",
    "group chat was deactivated",
)


_NO_CONNECTION = (NoConnectionError, ClientConnectorError, ConnectionTimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a message goes: a chat, in a forum its topic, and the message it replies to."""

    chat_id: int
    topic: int | None = None
    reply_to: int | None = None


class Sender:
    """Sends, edits and answers; raises a `DeliveryError` for whatever Telegram or the network did."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, place: Place, text: str, *, keyboard: Keyboard | None = None) -> int:
        """Send one message of at most 4,096 characters (HTML) and return its id."""
        call = SendMessage(
            chat_id=place.chat_id,
            text=text,
            reply_markup=keyboard,
            message_thread_id=place.topic,
            reply_parameters=_reply(place.reply_to),
        )
        sent = await translated(self._bot(call.method()))
        return int(sent["message_id"])

    async def edit(
        self, chat_id: int, message_id: int, text: str, *, keyboard: Keyboard | None = None
    ) -> None:
        """Change a message of ours; one that says so already is left as it is."""
        call = EditMessageText(chat_id=chat_id, message_id=message_id, text=text, reply_markup=keyboard)
        try:
            await translated(self._bot(call.method()))
        except Rejected as error:
            if UNCHANGED not in str(error).lower():
                raise

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message of ours away."""
        await translated(self._bot.delete_message(chat_id, message_id))

    async def answer_press(self, press_id: str, hint: str | None = None) -> None:
        """Let a pressed button come to rest, with a short hint where there is one."""
        call = AnswerCallbackQuery(callback_query_id=press_id, text=hint)
        await translated(self._bot(call.method()))

    async def answer_inline(self, call: AnswerInlineQuery) -> None:
        """Answer an inline query."""
        await translated(self._bot(call))


async def translated(call: Awaitable[Result]) -> Result:
    """Await a call to Telegram, turning what it raises into a `DeliveryError`."""
    try:
        return await call
    except (TelegramAPIError, ClientDecodeError, TypeError) as error:
        raise translate(error) from error


def translate(error: Exception) -> DeliveryError:
    """What the caller can do about an error of aiogram's."""
    words = " ".join(str(error).split())[:300]
    match error:
        case TelegramRetryAfter(retry_after=seconds):
            return Retryable(words, after=float(seconds))
        case TelegramMigrateToChat(migrate_to_chat_id=chat_id):
            return Migrated(words, chat_id=chat_id)
        case TelegramForbiddenError():
            return Unreachable(words)
        case TelegramEntityTooLarge():
            return Rejected(words)
        case TelegramBadRequest():
            gone = any(phrase in words.lower() for phrase in _GONE)
            return Unreachable(words) if gone else Rejected(words)
        case TelegramNetworkError():
            # Without a connection it surely did not leave; with one it may have arrived.
            return Retryable(words, doubtful=not isinstance(error.__cause__, _NO_CONNECTION))
        case _:
            # A 5xx, a restart, a token refused for now; a 502 of a proxy's, in HTML
            # (ClientDecodeError); a 5xx without a description, in which aiogram looks for "restart"
            # (TypeError); `retry_after` 0, which it takes for none (TelegramAPIError).
            return Retryable(words)


def _reply(message_id: int | None) -> str | None:
    if message_id is None:
        return None
    return f'{{"message_id":{message_id},"allow_sending_without_reply":true}}'
