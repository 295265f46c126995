"""Paragraphs to blocks: lines that a page's width broke are one again, headings run together are parted."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from reading.inline import INNER, SHORTEST_PAGE, inner_headings
from reading.markers import find_marker
from reading.plain import Edit, Plain, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading.paragraphs import Document, Paragraph


class Block(NamedTuple):
    """A piece of running text or a table's cell; `start:end` in the plain text."""

    start: int
    end: int
    text: str
    cell: tuple[int, int, int] | None = None


def plain_blocks(document: Document) -> tuple[Plain, list[Block]]:
    """The plain text of a document, and its blocks in order, none of them empty."""
    alike = likeness(document.text)
    whole = _joined(alike, document.paragraphs)
    plain = Plain(document, alike, _gaps(alike, whole))
    text = plain.text
    inner = [match.start() for match in INNER.finditer(text)]
    sealed = "(此件" in text
    blocks: list[Block] = []
    for first, last, cell in whole:
        start, end = plain.position(first), plain.position(last)
        parted = inner and cell is None and bisect_left(inner, start) < bisect_left(inner, end)
        parted = parted or (sealed and cell is None and end - start > SHORTEST_PAGE)
        for at in (*inner_headings(text, start, end), end) if parted else (end,):
            words = text[start:at].strip(" \t")
            if words:
                begin = start if text[start] == words[0] else text.index(words, start)
                blocks.append(Block(begin, begin + len(words), words, cell))
            start = at
    return plain, blocks


def is_row(text: str) -> bool:
    """Whether a line is the row of a table whose columns tabs or bars part."""
    return ("\t" in text and text.count("\t") > 1) or ("|" in text and text.count("|") > 1)


def _joined(text: str, paragraphs: tuple[Paragraph, ...]) -> list[Paragraph]:
    """The paragraphs that say something; those that carry on the one before them are one with it."""
    lines = [text[one.start : one.end] for one in paragraphs]
    width = _page_width([line for one, line in zip(paragraphs, lines, strict=True) if one.cell is None])
    joined: list[Paragraph] = []
    before = ""  # ends a paragraph without a cell; a cell is never carried on
    for paragraph, line in zip(paragraphs, lines, strict=True):
        bare = line.rstrip()
        if not bare:
            continue
        if paragraph.cell is None:
            if len(before) >= _SHORTEST_CARRIED and before[-1] not in _STOPS and not _has_ended(before):
                # No page is so narrow that it breaks a line at an empty one.
                apart = text.count("\n", joined[-1].end, paragraph.start) > 1
                if _goes_on(before, line, _NO_WIDTH if apart else width):
                    joined[-1] = joined[-1]._replace(end=paragraph.end)
                    before = bare
                    continue
            before = bare
        else:
            before = ""
        joined.append(paragraph)
    return joined


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line carries on the sentence of the one before it; `width` is what lines are broken at."""
    # The line before reached the page's margin, or left open what it began.
    if not (
        (width < _NO_WIDTH and _width(before) >= width * 0.8 and not _INDENTED.match(line))
        or _UNFINISHED.search(before)
        or before.count("(") > before.count(")")
    ):
        return False
    return not (
        "\t" in line
        or "|" in line
        or find_marker(line)
        or _LABEL.match(line)
        or _holds_columns(line)
        or _holds_columns(before)
    )


def _holds_columns(line: str) -> bool:
    return " " in line and bool(_COLUMNS.search(line))


def _has_ended(line: str) -> bool:
    return line.endswith(_CLOSES) or line.rstrip("”’)】〕*").endswith(_ENDS)


def _page_width(lines: list[str]) -> int:
    """The width that lines were broken at; beyond every length where they were not."""
    if not lines or _width(max(lines, key=len)) > _WIDEST:
        return _NO_WIDTH
    widths = list(map(_width, lines))
    widest = max(widths)
    if not 30 <= widest <= _WIDEST:
        return _NO_WIDTH
    near = sum(width >= widest * 0.8 for width in widths)
    return widest if near >= 4 and near * 5 >= len(lines) else _NO_WIDTH


def _width(line: str) -> int:
    """On a page: two for each Chinese character, one for a Latin one."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


def _gaps(text: str, whole: list[Paragraph]) -> Iterator[Edit]:
    """Line ends within a paragraph, which Chinese writes nothing for."""
    returns = "\r" in text
    for start, end, _ in whole:
        if text.find("\n", start, end) >= 0 or (returns and text.find("\r", start, end) >= 0):
            for match in _LINE_END.finditer(text, start, end):
                narrow = text[match.start() - 1 : match.start()].isascii() and text[match.end()].isascii()
                yield Edit(*match.span(), " " if narrow else "")


_NO_WIDTH: Final = 1 << 30
_WIDEST: Final = 160  # two for each Chinese character
_SHORTEST_CARRIED: Final = 15
_STOPS: Final = frozenset("。:!?;")
_ENDS: Final = tuple(_STOPS)
_CLOSES: Final = (")", "】", "〕", "**", "的通知")
_UNFINISHED: Final = re.compile("[。;]|[、,]$")  # within a sentence that has not come to its end
_LABEL: Final = re.compile(
    r"[ \t]*(?:[^,。;:]{2,12}(?:单位|部门|时限|时间|进度|主体|目标|电话|人)|附件|抄送)[ 0-9]*:"
    r"|[ \t]*(?:第[一二三四五六]阶段|【)"
)
# Cells that blanks part: 项  88  150, or a figure beside a figure.
_COLUMNS: Final = re.compile(r"(?<=\S) {2,}\S+(?: \S+)* {2,}\S|(?<=[0-9%)]) [≥≤<>]?[0-9.]+%?(?: |$)")
_INDENTED: Final = re.compile("  |\t")
_LINE_END: Final = re.compile("(?<![ \t])[ \t]*[\r\n][ \t\r\n]*(?=[^ \t\r\n])")
