"""A notice in plain words, for those who have neither Telegram's markup nor its buttons; cut to fit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from domain.delivery import Notice, NoticeKind, in_language
from domain.languages import Language

_SOME = 0.25  # of a part, at least: a cut in its first quarter would leave a scrap
# Where to cut, the best first; the text stays with what is before the cut.
_CUTS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s"),
    re.compile(r"\s"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What is said in place of what can't be shown, in the reader's language."""

    picture: str  # stands below the text
    file: str
    correction: str  # stands above it


def plain_words(notice: Notice, language: Language, remarks: Remarks, *, correction: bool = False) -> str:
    """What a notice says: tags off, links as `text (address)`, buttons that open an address as lines.

    Buttons that send something back are left out, as there is nobody to send it to.
    """
    paragraphs = [remarks.correction] if correction else []
    paragraphs.append(untagged(in_language(notice.text, language)))
    match notice.kind:
        case NoticeKind.PHOTO:
            paragraphs.append(remarks.picture)
        case NoticeKind.DOCUMENT:
            paragraphs.append(remarks.file)
    opening = [
        f"{in_language(one.label, language)}: {one.url}"
        for row in notice.buttons
        for one in row
        if one.url is not None and _can_be_opened(one.url)
    ]
    paragraphs.append("\n".join(opening))
    whole = "\n\n".join(one for one in paragraphs if one)
    return whole.encode(errors="replace").decode()  # half of a cut emoji can't be sent


def untagged(html: str) -> str:
    """Telegram's HTML as text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.shown).strip()


def parts(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` bytes (UTF-8), numbered where there are several.

    Cut after the last paragraph that fits, else the last line, sentence or word, else between characters.

    Args:
        text: what is sent.
        limit: at least 32, so that something fits beside the number.
    """
    if _fits(text, limit):
        return [text]
    total = 2
    while True:  # the more parts, the longer their numbers: at most a few rounds
        numbers = f"({total}/{total})\n"
        found = list(_cut(text, limit - len(numbers)))
        if len(str(len(found))) <= len(str(total)):
            return [f"({number}/{len(found)})\n{part}" for number, part in enumerate(found, 1)]
        total = len(found)


def _cut(text: str, limit: int) -> Iterator[str]:
    rest = text.strip()
    while not _fits(rest, limit):
        # What is cut off inside a character is dropped by the decoding.
        reach = len(rest.encode()[:limit].decode(errors="ignore"))
        end = _end(rest, reach)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    if rest:
        yield rest


def _end(text: str, reach: int) -> int:
    for form in _CUTS:
        places = [one.start() for one in form.finditer(text, 0, reach + 1)]
        good = [place for place in places if reach * _SOME < place <= reach]
        if good:
            return good[-1]
    return reach


def _fits(text: str, limit: int) -> bool:
    return len(text.encode()) <= limit


def _can_be_opened(url: str) -> bool:
    return url.startswith(("https://", "http://"))  # not Telegram's own tg://


class _Reader(HTMLParser):
    """Gathers the text, and after each link its address."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self._links: list[tuple[str, int]] = []  # address, and where its text begins

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.shown)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address, start = self._links.pop()
            if _can_be_opened(address) and "".join(self.shown[start:]).strip() != address:
                self.shown.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        self.shown.append(data)
