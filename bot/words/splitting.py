"""Splitting: a long HTML text as several messages, cut between paragraphs, tags closed and opened again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

# Telegram's bound on a message, in UTF-16 units after its entities are read.
LIMIT: Final = 4096

_TOKEN = re.compile(r"</?([a-z][a-z-]*)[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-z]+);|.", re.DOTALL)
_EMPTY = re.compile(r"<([a-z][a-z-]*)[^>]*></\1>")
# What the way below would tidy up beside those: white space at an end, or no text at all.
_LOOSE_START = re.compile(r"(?:<[^>]*>)*(?:\s|\Z)")
_LOOSE_END = re.compile(r"\s(?:<[^>]*>)*\Z")
# Where to cut, the best first; the text stays with what is before the cut.
_CUTS = (
    re.compile(r"(?=\n\n)"),
    re.compile(r"(?=\n)"),
    re.compile(r"(?<=[。！？；])|(?<=[.!?;])(?= )|(?= )"),
)


def split(html: str, limit: int = LIMIT) -> list[str]:
    """Parts of at most `limit` UTF-16 units of text each, none of them empty; every part is HTML in itself.

    Cut at the last blank line that fits, else at the last line, else after a sentence or a word, else
    anywhere but inside a character. The white space at a cut goes.

    Args:
        html: well-formed, as `render` writes it.
        limit: at least 2, what one character outside the basic plane takes.
    """
    if len(html.encode("utf-16-le")) <= 2 * limit and not _is_loose(html):
        return [html]  # nearly every answer, and forty times as fast
    return [part for part in _parts([_Token.of(match) for match in _TOKEN.finditer(html)], limit) if part]


def _is_loose(html: str) -> bool:
    return bool(_LOOSE_START.match(html) or _LOOSE_END.search(html) or _EMPTY.search(html))


def length(html: str) -> int:
    """The UTF-16 units of the text, tags not counted and entities as the character they mean."""
    return sum(_Token.of(match).units for match in _TOKEN.finditer(html))


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag, with `shown` empty, or one character as it is written and as it is seen."""

    source: str
    tag: str
    shown: str

    @classmethod
    def of(cls, match: re.Match[str]) -> "_Token":
        return cls(match[0], match[1] or "", "" if match[1] else unescape(match[0]))

    @property
    def units(self) -> int:
        return sum(2 if ord(char) > 0xFFFF else 1 for char in self.shown)

    @property
    def blank(self) -> bool:
        return bool(self.shown) and self.shown.isspace()


def _parts(tokens: list[_Token], limit: int) -> Iterator[str]:
    start, opened = 0, list[_Token]()
    while start < len(tokens):
        end = _reach(tokens, start, limit)
        end = _cut(tokens, start, end) if end < len(tokens) else end
        piece = _trim([*opened, *tokens[start:end]])
        opened = _still_open(piece)
        closing = "".join(f"</{token.tag}>" for token in reversed(opened))
        yield _tidy("".join(token.source for token in piece) + closing)
        start = end


def _reach(tokens: list[_Token], start: int, limit: int) -> int:
    """The first token that does not fit; white space that the trimming takes away needs no room."""
    room, text = limit, False
    for at in range(start, len(tokens)):
        text = text or bool(tokens[at].shown and not tokens[at].blank)
        room -= tokens[at].units if text else 0
        if room < 0:
            return at
    return len(tokens)


def _cut(tokens: list[_Token], start: int, end: int) -> int:
    """The best place up to `end`; a cut in the first quarter would leave a scrap."""
    # Two characters beyond, so that a break right behind the last that fits is seen.
    seen = [at for at in range(start, min(end + 2, len(tokens))) if tokens[at].shown]
    text = "".join(tokens[at].shown[0] for at in seen)
    last = seen.index(end)
    for form in _CUTS:
        places = [match.start() for match in form.finditer(text) if last // 4 < match.start() <= last]
        if places:
            return seen[places[-1]]
    return end


def _trim(piece: list[_Token]) -> list[_Token]:
    """Without the white space before the first and after the last character that is seen."""
    solid = [at for at, token in enumerate(piece) if token.shown and not token.blank]
    first, last = (solid[0], solid[-1]) if solid else (len(piece), len(piece))
    return [token for at, token in enumerate(piece) if first <= at <= last or not token.shown]


def _still_open(piece: list[_Token]) -> list[_Token]:
    opened: list[_Token] = []
    for token in piece:
        if token.tag and not token.source.startswith("</"):
            opened.append(token)
        elif token.tag and opened and opened[-1].tag == token.tag:
            opened.pop()
    return opened


def _tidy(html: str) -> str:
    """Without tags that hold nothing."""
    while (tidier := _EMPTY.sub("", html)) != html:
        html = tidier
    return html
