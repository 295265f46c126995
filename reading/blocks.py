"""Paragraphs to blocks: lines that a page's width broke are one again, headings run together are parted."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from reading.markers import Kind, Marker, find_marker, ordinal
from reading.plain import Edit, Plain, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    inner = [match.start() for match in _INNER.finditer(text)]
    sealed = "(此件" in text
    blocks: list[Block] = []
    for first, last, cell in whole:
        start, end = plain.position(first), plain.position(last)
        parted = inner and cell is None and bisect_left(inner, start) < bisect_left(inner, end)
        parted = parted or (sealed and cell is None and end - start > _WHOLE_PAGE)
        for at in (*_inner_headings(text, start, end), end) if parted else (end,):
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


def _inner_headings(text: str, start: int, end: int) -> Iterator[int]:
    """Where the next headings of a block's row stand within it, （二） behind a sentence under （一）."""
    if end - start <= 20:
        return
    inners = [match.end() for match in _INNER.finditer(text, start, end)]
    if text.find("(一)", start + 1, end) >= 0:
        inners = sorted([*inners, *_nested(text, [start, *inners], end)])
    marker = find_marker(text[start : start + 40])
    if marker is None and end - start > _WHOLE_PAGE:
        for at in _run_together(text, start, end, inners):
            yield at
            start = at
        marker = find_marker(text[start : start + 40])
    rows = [marker] if marker else []
    for at in inners if rows else ():
        inner = find_marker(text[at : at + 40]) if at > start else None
        depth = _follows(rows, inner) if inner else None
        if inner and depth is not None:
            yield at
            rows[depth:] = [inner]


def _nested(text: str, heads: Sequence[int], end: int) -> Iterator[int]:
    """Where （一） follows the heading above it at once: 一、总体要求（一）指导思想。…."""
    yield from (match.end() for at in heads if (match := _ABOVE.match(text, at, end)))


def _run_together(text: str, start: int, end: int, inners: Sequence[int]) -> Iterator[int]:
    """Where a page that was copied without line ends is to be parted, up to its first heading.

    Behind the notice that hands it on, its title and those it is addressed to, and before 一、 where 二、
    follows.
    """
    if sealed := _SEALED.search(text, start, end) if text.find("(此件", start, end) >= 0 else None:
        yield from sealed.span(1)
    counts = [
        (at, ordinal(one))
        for at in inners
        if (one := find_marker(text[at : at + 40])) and one.kind is Kind.COUNT
    ]
    if [number for _, number in counts[:2]] == [1, 2]:
        head = counts[0][0]
    elif counts and counts[0][1] == 2 and (opening := _FIRST.search(text, start, counts[0][0])):
        head = opening.start()
    else:
        return
    yield from (match.end() for match in _ADDRESSED.finditer(text, start, head))
    yield head


def _follows(rows: Sequence[Marker], inner: Marker) -> int | None:
    """Which of the open rows a heading carries on, as 二、 that of 一、; the first of a new one opens it."""
    same = next((depth for depth, one in enumerate(rows) if one.kind is inner.kind), None)
    if same is None:
        return len(rows) if ordinal(inner) == 1 else None
    return same if ordinal(inner) == (ordinal(rows[same]) or -1) + 1 else None


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
# …的意见各县、区人民政府：: a title, and those it is addressed to.
_ADDRESSED: Final = re.compile(
    "(?:意见|通知|方案|办法|计划|规划|措施) ?(?:\\([^()]{4,24}号\\))? *"
    "(?=各[市县区州盟旗省乡镇地有][^。:;《》]{2,120}:)"
)
# 某局2025年4月8日（此件公开发布）工作方案为推动…: a title between what hands it on and its own words.
_SEALED: Final = re.compile(
    "\\(此件[^()]{2,12}\\)([^。:,;]{6,60}?(?:方案|意见|办法|计划|规划|措施|要点))(?=为|根据|按照)"
)
_FIRST: Final = re.compile("(?<=意见|方案|办法|计划|规划|措施|通知|如下)一、")
_WHOLE_PAGE: Final = 150  # characters that no paragraph of that kind is shorter than
_ABOVE: Final = re.compile(r"[一二三四五六七八九十]{1,3}、[^。;:,()]{2,30}(?=\(一\)[^()]{2,60}[。;])")
_INNER: Final = re.compile(
    r"[。；;)] *(?=[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、](?![0-9])"
    r"|[①-⑳])"
)
