"""Notices to chats: the couriers' way out to Telegram, and to the other channels."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from aiogram import Bot

from bot import buttons
from bot.methods import NO_PREVIEW, Prepared
from bot.sender import UNCHANGED, translated
from bot.views import View
from domain.channels import is_address
from domain.delivery import Button, Delivery, Notice, NoticeKind, in_language
from domain.errors import Rejected
from domain.languages import Language
from storage.chats import Chats

_KEPT = 1_000  # notices in a language, ready to be sent
_GONE = "message to delete not found"
_DOCUMENTS = {NoticeKind.PHOTO: "photo", NoticeKind.DOCUMENT: "document"}


class Reminders(Protocol):
    """Puts what a reminder tells into words, which have to be those of the moment."""

    async def view(self, delivery: Delivery, notice: Notice, language: Language) -> View:
        """The message with its buttons, for the place it goes to."""


class OtherChannels(Protocol):
    """The way to those who have no Telegram."""

    async def send(self, delivery: Delivery, notice: Notice, language: Language) -> int:
        """As `Messenger.send`."""


class Messenger:
    """Sends, changes and deletes messages as notices say, each in the language of its chat.

    What all chats get alike is written out once a language: a message then costs little more than its post.
    """

    def __init__(
        self,
        bot: Bot,
        chats: Chats,
        *,
        default: Language,
        others: OtherChannels | None = None,
        telling: Reminders | None = None,
    ) -> None:
        """Args beyond the obvious.

        default: the language of chats that chose none.
        telling: has the words of reminders.
        """
        self._bot = bot
        self._chats = chats
        self._default = default
        self._others = others
        self._telling = telling
        self._written: dict[tuple[str, Language, bool], tuple[str, str]] = {}

    async def send(self, delivery: Delivery, notice: Notice) -> int:
        """Send a notice, or change the message that the delivery names; returns the message's id.

        Raises:
            DeliveryError: it did not arrive; after a doubtful `Retryable` it may have.
        """
        tag = self._chats.language(delivery.chat_id)
        language = Language(tag) if tag else self._default
        if notice.kind is NoticeKind.REMINDER:
            notice = await self._worded(delivery, notice, language)
        if is_address(delivery.chat_id):
            if self._others is None:
                raise Rejected("no other channels are set up")
            return await self._others.send(delivery, notice, language)
        method, rest = self._letter(notice, language, edits=delivery.edits is not None)
        body = f'{{"chat_id":{delivery.chat_id}{_where(delivery)}{rest}'.encode(errors="replace")
        try:
            result = await self._post(method, body)
        except Rejected as error:
            if delivery.edits is None or not _is_so_already(error):
                raise
            return delivery.edits
        return delivery.edits or int(result["message_id"])

    async def preview(self, chat_id: int, notice: Notice, language: Language) -> int:
        """Show a notice to somebody as its recipients of a language get it; returns the message's id.

        Raises:
            DeliveryError: as `send`.
        """
        method, fields = write_out(notice, language, edits=False)
        body = _json({"chat_id": chat_id, **fields}).encode(errors="replace")
        return int((await self._post(method, body))["message_id"])

    async def _post(self, method: str, body: bytes) -> Any:
        return await translated(self._bot(Prepared(method, body).method()))

    async def _worded(self, delivery: Delivery, notice: Notice, language: Language) -> Notice:
        """The reminder as a message; under an id of its words, as other days have other words."""
        if self._telling is None:
            raise Rejected("reminders are not set up")
        shown = await self._telling.view(delivery, notice, language)
        (text,) = shown.parts
        rows = tuple(tuple(_pressed(one, language) for one in row) for row in shown.rows)
        worded = f"{notice.id}: {text}"
        return replace(notice, id=worded, kind=NoticeKind.TEXT, text={language: text}, buttons=rows)

    def _letter(self, notice: Notice, language: Language, *, edits: bool) -> tuple[str, str]:
        key = (notice.id, language, edits)
        letter = self._written.get(key)
        if letter is None:
            method, fields = write_out(notice, language, edits=edits)
            if len(self._written) >= _KEPT:
                self._written.clear()
            letter = method, "," + _json(fields)[1:] if fields else "}"
            self._written[key] = letter
        return letter


def write_out(notice: Notice, language: Language, *, edits: bool) -> tuple[str, dict[str, Any]]:
    """The Bot API's method for a notice and its fields, all but the chat and the message."""
    if notice.kind is NoticeKind.RECALL:
        return "deleteMessage", {}
    text = in_language(notice.text, language)
    rows = [[_button(one, language) for one in row] for row in notice.buttons]
    fields: dict[str, Any] = {"parse_mode": "HTML"}
    if rows:
        fields["reply_markup"] = {"inline_keyboard": rows}
    if notice.kind is NoticeKind.TEXT:
        fields |= {"text": text, "link_preview_options": json.loads(NO_PREVIEW)}
    else:
        fields["caption"] = text
    if edits:
        return ("editMessageText" if notice.kind is NoticeKind.TEXT else "editMessageCaption"), fields
    if notice.silent:
        fields["disable_notification"] = True
    if notice.kind is NoticeKind.TEXT:
        return "sendMessage", fields
    fields[_DOCUMENTS[notice.kind]] = notice.media
    return ("sendPhoto" if notice.kind is NoticeKind.PHOTO else "sendDocument"), fields


def _pressed(one: buttons.Button, language: Language) -> Button:
    """A button of a screen as one of a notice."""
    label = {language: one.label}
    if isinstance(one.press, str):
        return Button(label=label, url=one.press)
    return Button(label=label, data=buttons.encode(one.press))


def _button(button: Button, language: Language) -> dict[str, str]:
    label = in_language(button.label, language)
    if button.url is not None:
        return {"text": label, "url": button.url}
    return {"text": label, "callback_data": button.data or ""}


def _where(delivery: Delivery) -> str:
    if delivery.edits is not None:
        return f',"message_id":{delivery.edits}'
    return "" if delivery.thread_id is None else f',"message_thread_id":{delivery.thread_id}'


def _is_so_already(error: Rejected) -> bool:
    words = str(error).lower()
    return UNCHANGED in words or _GONE in words


def _json(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
