"""Plain text and Markdown: the text stays as it is; paragraphs are spans that leave the markup out."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from domain.errors import Unreadable, UnreadableDocument
from reading.formats.assembly import BLANKS, check_length
from reading.formats.limits import Limits
from reading.formats.wrapping import WIDEST, Line, full_lines, paragraphs_of, width
from reading.paragraphs import Document, Paragraph


def read_plain(text: str, name: str, limits: Limits) -> Document:
    """The paragraphs of a text: its lines, or its blocks if it was wrapped into lines of one width.

    Raises:
        UnreadableDocument: It is empty, or longer than allowed.
    """
    check_length(len(text), 0, limits)
    rows = list(islice(_rows(text), limits.paragraphs + 1))
    check_length(0, len(rows), limits)
    paragraphs: list[Paragraph] = []
    done = 0
    for number, table in enumerate(_tables(text, rows)):
        paragraphs += _running(text, rows[done : table.start])
        paragraphs += _cells(text, [rows[table.start], *rows[table.start + 2 : table.stop]], number)
        done = table.stop
    paragraphs += _running(text, rows[done:])
    if not paragraphs:
        raise UnreadableDocument("there is no text in it", reason=Unreadable.EMPTY)
    check_length(0, len(paragraphs), limits)
    return Document(text=text, paragraphs=tuple(paragraphs), name=name)


class _Row(NamedTuple):
    """A line of the text that says something, without its markup."""

    start: int
    end: int
    left: float
    apart: bool  # parted from the line before by a blank line, a rule or its own markup

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def _rows(text: str) -> Iterator[_Row]:
    apart, ended = True, 0
    for match in _LINE.finditer(text):
        first, end = match.span()
        apart = apart or (first > ended + 1 and text.count("\n", ended, first) > 1)
        ended = end
        whole = match[0]
        line = whole.strip(BLANKS)
        if _TELLS.match(line):
            before = behind = 0
        elif _SAYS_NOTHING.fullmatch(line):
            apart = True
            continue
        else:
            before, behind = _markup(line)
        left = 0.0
        if len(line) < len(whole) and (blanks := whole.index(line)):
            left = width(whole[:blanks].expandtabs(4))
            first += blanks
        yield _Row(first + before, first + len(line) - behind, left, apart or before > 0)
        apart = False


def _markup(line: str) -> tuple[int, int]:
    """How many characters of markup stand before and behind what a line says: `## 一、总体要求 ##`."""
    marks = _MARKS.match(line)
    rest = line[marks.end() :] if marks else line
    before = len(line) - len(rest)
    if marks and marks["heading"] and (bare := rest.rstrip("#"))[-1:].isspace():
        rest = bare.rstrip(BLANKS)
    if marks and marks["strong"]:
        rest = rest.removesuffix(marks["strong"]).rstrip(BLANKS)
    return (before, len(line) - before - len(rest)) if rest else (0, 0)


def _running(text: str, rows: list[_Row]) -> list[Paragraph]:
    blocks = _blocks(text, rows)
    if not blocks:
        return [Paragraph(row.start, row.end) for row in rows]
    return [Paragraph(rows[block[0]].start, rows[block[-1]].end) for block in blocks]


def _blocks(text: str, rows: list[_Row]) -> list[range]:
    """The rows of each paragraph if the text was wrapped, by width or by number of characters; else none."""
    best, blocks = 0, []
    texts = [text[row.start : row.end] for row in rows]
    length = sorted(map(len, texts))[-1 - len(rows) // 20] if rows else 0
    for measure, most in ((width, 2 * WIDEST), (len, WIDEST)):
        if length > most:
            continue
        rights = [row.left + measure(line) for row, line in zip(rows, texts, strict=True)]
        if (full := full_lines(texts, rights)) > best:
            lines = [
                Line(line, row.left, right, row.apart)
                for row, line, right in zip(rows, texts, rights, strict=True)
            ]
            best, blocks = full, paragraphs_of(lines, measure)
    return blocks


def _tables(text: str, rows: list[_Row]) -> Iterator[range]:
    """The rows of each Markdown table, of which the second is | --- | --- |."""
    free = 0
    if "|" not in text:
        return
    for at in range(1, len(rows)):
        if (
            at > free
            and _RULED.fullmatch(text, rows[at].start, rows[at].end)
            and _has_bar(text, rows[at - 1])
        ):
            free = at + 1
            while free < len(rows) and not rows[free].apart and _has_bar(text, rows[free]):
                free += 1
            yield range(at - 1, free)


def _has_bar(text: str, row: _Row) -> bool:
    return text.find("|", *row.span) >= 0


def _cells(text: str, rows: list[_Row], table: int) -> Iterator[Paragraph]:
    for number, row in enumerate(rows):
        start = row.start + (text[row.start] == "|")
        for column, match in enumerate(_CELL.finditer(text, start, row.end)):
            if said := match["said"].strip(BLANKS):
                at = match.start() + match["said"].index(said)
                yield Paragraph(start=at, end=at + len(said), cell=(table, number, column))


_LINE: Final = re.compile("[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# No markup starts so, nor the number of a page: most lines need no closer look.
_TELLS: Final = re.compile(r"[^\s#>*+=_~:`第—–－-]")
# Rules and fences of Markdown; the number of a page: — 12 —, 第3页 共10页.
_SAYS_NOTHING: Final = re.compile(
    r"[\s#>*+=_~:-]*|```.*|[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*[页頁](?:[\s,，/]*共\s*\d{1,4}\s*[页頁])?"
)
# "# 一、", "- ", "> - ", "**（一）": a mark counts before a blank. "#一、" counts too, but not "#话题#".
_MARKS: Final = re.compile(
    r"(?:[ \t\u3000\xa0]*(?:[-*+>](?=[ \t\u3000\xa0])"
    r"|(?P<heading>#{1,6}(?:(?=\s)|(?=[\u4e00-\u9fff（])(?!.*[^\s#]#+$)))))*"
    r"[ \t\u3000\xa0]*(?P<strong>\*\*|__)?[ \t\u3000\xa0]*"
)
_RULED: Final = re.compile(r"(?=[^-]{0,9}--)[|:\s-]+")
_CELL: Final = re.compile(r"(?P<said>(?:\\\||[^|])*)(?:\||$)")
