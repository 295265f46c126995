"""Marks: emphasis carried by single private characters, turned into HTML or dropped in one place.

Texts are composed without escaping; a whole text is escaped once, when its marks become tags. Whatever comes
from outside passes `clean` first, so nothing but `bold` and its like can write a mark.
"""

from enum import StrEnum
from functools import lru_cache


class Markup(StrEnum):
    """What a text is written for."""

    HTML = "html"  # Telegram's HTML
    PLAIN = "plain"  # a terminal: the same words, no tags


def bold(text: str) -> str:
    """The answer itself."""
    return f"\ue000{text}\ue001"


def italic(text: str) -> str:
    """A remark about the answer."""
    return f"\ue002{text}\ue003"


def quote(text: str) -> str:
    """A passage of the policy, folded until the reader opens it."""
    return f"\ue004{text}\ue005"


_TAGS = {
    "\ue000": "<b>",
    "\ue001": "</b>",
    "\ue002": "<i>",
    "\ue003": "</i>",
    "\ue004": "<blockquote expandable>",
    "\ue005": "</blockquote>",
}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_HTML = tuple((_ESCAPES | _TAGS).items())
_PLAIN = tuple((mark, "") for mark in _TAGS)
# Control characters, the marks, lone surrogates (which no encoding of a message can hold).
_FOREIGN = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), *map(ord, _TAGS), *range(0xD800, 0xE000)]
)


def finish(text: str, markup: Markup) -> str:
    """The composed text as it is sent or printed."""
    for old, new in _HTML if markup is Markup.HTML else _PLAIN:
        text = text.replace(old, new)
    return text


def escape(text: str) -> str:
    """A text from outside for a message that is HTML already."""
    return finish(clean(text), Markup.HTML)


@lru_cache(maxsize=32768)
def clean(text: str) -> str:
    """A text from outside without marks and control characters."""
    return text.translate(_FOREIGN)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters of a text from outside, on one line."""
    text = " ".join(clean(text).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
