"""Paragraphs to blocks: lines that a page's width broke are one again, headings run together are parted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reading.markers import Marker, find_marker, ordinal
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
    groups = _groups(alike, document.paragraphs)
    plain = Plain(document, alike, _gaps(alike, groups))
    blocks: list[Block] = []
    for group in groups:
        start, end = plain.position(group[0].start), plain.position(group[-1].end)
        blocks += _parted(plain.text, start, end, group[0].cell)
    return plain, blocks


def is_row(text: str) -> bool:
    """Whether a line is the row of a table whose columns tabs or bars part."""
    return ("\t" in text and text.count("\t") > 1) or ("|" in text and text.count("|") > 1)


def _groups(text: str, paragraphs: tuple[Paragraph, ...]) -> list[list[Paragraph]]:
    """Paragraphs that belong together."""
    lines = [text[one.start : one.end] for one in paragraphs]
    width = _page_width([line for one, line in zip(paragraphs, lines, strict=True) if one.cell is None])
    groups: list[list[Paragraph]] = []
    before = ""
    for paragraph, line in zip(paragraphs, lines, strict=True):
        if not line.strip():
            continue
        last = groups[-1][-1] if groups else None
        # No page is so narrow that it breaks a line at an empty one.
        apart = last is not None and text.count("\n", last.end, paragraph.start) > 1
        if last and _goes_on(before, last, line, paragraph, 1 << 30 if apart else width):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
        before = line
    return groups


def _goes_on(before: str, last: Paragraph, line: str, paragraph: Paragraph, width: int) -> bool:
    """Whether a line carries on the sentence of the one before it; `width` is what lines are broken at."""
    before = before.rstrip()
    if last.cell or paragraph.cell or "\t" in line or "|" in line or _has_ended(before):
        return False
    if find_marker(line) or _LABEL.match(line) or _holds_columns(line) or _holds_columns(before):
        return False
    if len(before) < 15:
        return False
    if _width(before) >= width * 0.8 and not _INDENTED.match(line):  # the line reached the page's margin
        return True
    return bool(_UNFINISHED.search(before)) or before.count("(") > before.count(")")


def _holds_columns(line: str) -> bool:
    return " " in line and bool(_COLUMNS.search(line))


def _has_ended(line: str) -> bool:
    return line.endswith(_CLOSES) or line.rstrip("”’)】〕*").endswith(_ENDS)


def _page_width(lines: list[str]) -> int:
    """The width that lines were broken at; beyond every length where they were not."""
    widths = list(map(_width, lines))
    widest = max(widths, default=0)
    if not 30 <= widest <= 160:
        return 1 << 30
    near = sum(width >= widest * 0.8 for width in widths)
    return widest if near >= 4 and near * 5 >= len(lines) else 1 << 30


def _width(line: str) -> int:
    """On a page: two for each Chinese character, one for a Latin one."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


def _gaps(text: str, groups: list[list[Paragraph]]) -> Iterator[Edit]:
    """Line ends within a block, which Chinese writes nothing for."""
    for group in groups:
        start, end = group[0].start, group[-1].end
        if len(group) > 1 or text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0:
            for match in _LINE_END.finditer(text, start, end):
                narrow = text[match.start() - 1 : match.start()].isascii() and text[match.end()].isascii()
                yield Edit(*match.span(), " " if narrow else "")


def _parted(text: str, start: int, end: int, cell: tuple[int, int, int] | None) -> Iterator[Block]:
    """A block, parted before each next heading of its row, （二） behind a sentence under （一）."""
    first = start
    if cell is None and end - start > 20:
        inners = list(_INNER.finditer(text, start, end))
        marker = find_marker(text[start : start + 40]) if inners else None
        for match in inners:
            inner = find_marker(text[match.end() : match.end() + 40])
            if inner and _follows(marker, inner):
                yield from _block(text, first, match.end(), cell)
                first, marker = match.end(), inner
    yield from _block(text, first, end, cell)


def _follows(marker: Marker | None, inner: Marker) -> bool:
    if marker is None:
        return False
    same = marker.kind is inner.kind
    return ordinal(inner) == (ordinal(marker) or -1) + 1 if same else ordinal(inner) == 1


def _block(text: str, start: int, end: int, cell: tuple[int, int, int] | None) -> Iterator[Block]:
    words = text[start:end]
    start += len(words) - len(words.lstrip(" \t"))
    words = words.strip(" \t")
    if words:
        yield Block(start=start, end=start + len(words), text=words, cell=cell)


_ENDS: Final = ("。", ":", "!", "?", ";")
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
_INNER: Final = re.compile(
    r"[。；;)] *(?=[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、](?![0-9])"
    r"|[①-⑳])"
)
