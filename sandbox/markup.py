"""Telegram's HTML: a text with tags becomes plain text and entities, or is refused in Telegram's words."""

import re
from typing import NamedTuple

from sandbox.errors import ApiError, Json, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_SPECIAL = re.compile(r"[<&]")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[A-Za-z0-9.-]+)))?"""
)


def utf16_length(text: str) -> int:
    """How many UTF-16 units the text takes: the unit of an entity's offset and length."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities in Telegram's order; raises ApiError 400 where Telegram would.

    Offsets and lengths are UTF-16 units. The text is not trimmed here.
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _Parser(source).run()


class _Open(NamedTuple):
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int


class _Parser:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            special = _SPECIAL.search(self.source, self.at)
            end = special.start() if special else len(self.source)
            self._emit(self.source[self.at : end])
            self.at = end
            if special:
                self._special()
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.plain), self.entities

    def _special(self) -> None:
        if self.source[self.at] == "&":
            character, self.at = _reference(self.source, self.at)
            self._emit(character)
        elif self.source.startswith("</", self.at):
            self._end_tag()
        else:
            self._start_tag()

    def _emit(self, text: str) -> None:
        self.plain.append(text)
        self.units += utf16_length(text)

    def _start_tag(self) -> None:
        begin = self.at
        name = _match(_TAG_NAME, self.source, begin + 1)
        self.at = begin + 1 + len(name)
        if self.at >= len(self.source):
            raise _refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = name.lower()
        if tag not in _KINDS:
            raise _refused(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        self.open.append(_Open(tag, self._arguments(tag, begin), self.units))

    def _arguments(self, tag: str, begin: int) -> str:
        """The one attribute that matters to the tag, or an empty string."""
        argument = ""
        while True:
            while self.source[self.at : self.at + 1].isspace():
                self.at += 1
            if self.at >= len(self.source):
                raise _refused(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            if self.source[self.at] == ">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        return argument

    def _attribute(self, tag: str, begin: int) -> str:
        found = _ATTRIBUTE.match(self.source, self.at)
        if found is None:
            raise _refused(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        self.at = found.end()
        if self.at >= len(self.source) or self.source[self.at] not in "> \n\t\r":
            raise _refused(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        value = _unescaped(found["double"] or found["single"] or (found["bare"] or "").lower())
        match tag, found["name"].lower():
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                return value
            case "code", "class":
                return value.removeprefix("language-") if value.startswith("language-") else ""
            case "span", "class":
                return value.removeprefix("tg-") if value.startswith("tg-") else ""
            case "blockquote", "expandable":
                return "expandable"
        return ""

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _refused(f"Unexpected end tag at byte offset {self._byte(begin)}")
        name = _match(_TAG_NAME, self.source, begin + 2)
        close = begin + 2 + len(name)
        while self.source[close : close + 1].isspace():
            close += 1
        if self.source[close : close + 1] != ">":
            raise _refused(f"Unclosed end tag at byte offset {self._byte(begin)}")
        opened = self.open.pop()
        if name and name.lower() != opened.tag:
            raise _refused(
                f"Unmatched end tag at byte offset {self._byte(begin)},"
                f' expected "</{opened.tag}>", found "</{name}>"'
            )
        self.at = close + 1
        if self.units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind = _KINDS[opened.tag]
        entity: Json = {"type": kind, "offset": opened.offset, "length": self.units - opened.offset}
        if kind == "text_link":
            self._link(opened, entity)
            return
        if kind == "custom_emoji":
            entity["custom_emoji_id"] = opened.argument
        if kind == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        if kind == "pre" and (language := self._language(entity)):
            entity["language"] = language
        if kind == "code" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)

    def _link(self, opened: _Open, entity: Json) -> None:
        """An `<a>` with an address becomes a link; one without stays plain text, as in Telegram."""
        address = opened.argument or "".join(self.plain)
        if re.match(r"(https?|tg|mailto|tel):", address, re.IGNORECASE):
            self.entities.append(entity | {"url": address})

    def _language(self, pre: Json) -> str | None:
        """`<pre><code class="language-x">` is one block with a language: the inner entity goes."""
        for entity in reversed(self.entities):
            span = (entity["offset"], entity["length"])
            if entity["type"] == "code" and span == (pre["offset"], pre["length"]):
                self.entities.remove(entity)
                return entity.get("language")
        return None

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode("utf-8", "surrogatepass"))


def _refused(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _match(pattern: re.Pattern[str], source: str, start: int) -> str:
    found = pattern.match(source, start)
    return found.group() if found else ""


def _reference(source: str, start: int) -> tuple[str, int]:
    """The character a reference like `&lt;` stands for and where it ends; a bare `&` stays itself."""
    found = _REFERENCE.match(source, start)
    if found is None:
        return "&", start + 1
    if found[3]:
        return _NAMED[found[3]], found.end()
    code = int(found[1]) if found[1] else int(found[2], 16)
    surrogate = 0xD800 <= code < 0xE000
    return ("&", start + 1) if not 0 < code < 0x110000 or surrogate else (chr(code), found.end())


def _unescaped(value: str) -> str:
    return _REFERENCE.sub(lambda found: _reference(found.string, found.start())[0], value)
