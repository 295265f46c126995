"""What a message brings to a broadcast: its words, its picture or file, checked against Telegram's bounds."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiogram.types import Message

from bot.broadcasts.draft import Link
from bot.refusal import Refusal
from bot.words.marks import clean
from bot.words.translations import N_
from domain.delivery import NoticeKind

TEXT_UNITS, CAPTION_UNITS = 4096, 1024  # of UTF-16, after the markup is read
MOST_LINKS, LABEL_UNITS, URL_LENGTH = 10, 64, 1024

_LINK = re.compile(r"(?P<label>.*?)[\s\-–—|:：]*(?P<url>https?://\S+)", re.IGNORECASE)
_HOST = re.compile(r"(?=.{1,253}$)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")
_NUMBERS = re.compile(r"((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message to broadcast; `text` is HTML, empty for a picture without words."""

    form: NoticeKind
    text: str
    media: str | None = None


def content_of(message: Message) -> Content:
    """Read a message that an administrator sent.

    Raises:
        Refusal: it can't be broadcast.
    """
    if message.media_group_id is not None:
        raise Refusal(N_("An album can't be broadcast. Send one picture or file with its words."))
    if message.content_type == "text":
        return Content(form=NoticeKind.TEXT, text=words_of(message, NoticeKind.TEXT))
    if message.content_type == "photo" and message.photo:
        media = message.photo[-1].file_id  # the largest
        return Content(form=NoticeKind.PHOTO, text=words_of(message, NoticeKind.PHOTO), media=media)
    if message.content_type == "document" and message.document:
        media = message.document.file_id
        return Content(form=NoticeKind.DOCUMENT, text=words_of(message, NoticeKind.DOCUMENT), media=media)
    raise Refusal(N_("That can't be broadcast. Send text, a photo or a document."))


def words_of(message: Message, form: NoticeKind) -> str:
    """The words of a message with their formatting, as HTML, for a notice of a form.

    Raises:
        Refusal: they are too long for it.
    """
    text = message.text or message.caption or ""
    limit = TEXT_UNITS if form is NoticeKind.TEXT else CAPTION_UNITS
    if (length := units(text)) > limit:
        raise Refusal(
            N_("That is too long: {length} characters, where {limit} fit."), length=length, limit=limit
        )
    return message.html_text if text else ""


def translation_of(message: Message, form: NoticeKind) -> str:
    """The words of a message that brings nothing but words, as HTML.

    Raises:
        Refusal: it brings more, or less, or too much of them.
    """
    if message.content_type != "text":
        raise Refusal(N_("Only the words can be other ones. Send text."))
    return words_of(message, form)


def links_of(text: str) -> tuple[Link, ...]:
    """Buttons from lines of a label and an address.

    Raises:
        Refusal: a line is none, or there are too many.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINKS:
        raise Refusal(N_("At most {n} buttons fit."), n=MOST_LINKS)
    return tuple(_link(line) for line in lines)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _link(line: str) -> Link:
    match = _LINK.fullmatch(clean(line))
    if match is None or not match["label"] or not _opens(match["url"]):
        raise Refusal(
            N_("This line is no button: “{line}”. Write a label, then an address with https://."),
            line=clean(line)[:80],
        )
    if units(match["label"]) > LABEL_UNITS:
        raise Refusal(N_("This label is too long for a button: “{line}”"), line=clean(line)[:80])
    return Link(label=match["label"], url=match["url"])


def _opens(url: str) -> bool:
    """Whether it is an address that Telegram takes and that says where it leads."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    named = parts.username is None and parts.password is None and port != 0
    host = parts.hostname or ""
    return named and len(url) <= URL_LENGTH and bool(_HOST.fullmatch(host) or _NUMBERS.fullmatch(host))
