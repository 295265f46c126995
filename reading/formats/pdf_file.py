"""pdf: paragraphs put together from lines, without what each page repeats around them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from domain.errors import Unreadable, UnreadableDocument
from reading.formats.assembly import Assembly, Cell
from reading.formats.limits import Limits
from reading.formats.pdf_lines import PrintedLine, printed_lines
from reading.formats.wrapping import Line, first_token, paragraphs_of, width
from reading.paragraphs import Document


def read_pdf(data: bytes, name: str, limits: Limits) -> Document:
    """The paragraphs of a pdf; page numbers and running heads are left out.

    Raises:
        UnreadableDocument: It is damaged, protected, a mere scan, or larger than allowed.
    """
    lines = _without_furniture(printed_lines(data, limits))
    text = "".join(line.text for line in lines)
    if len(_UNREAD.findall(text)) * 2 >= len(text):  # nothing at all is a scan too
        raise UnreadableDocument("there is no text in it; it seems to be a scan", reason=Unreadable.NO_TEXT)
    assembly = Assembly(limits)
    for paragraph in _paragraphs(lines):
        assembly.add(_joined(line.text for line in paragraph), paragraph[0].cell)
    return assembly.document(name)


def _paragraphs(printed: list[PrintedLine]) -> list[list[PrintedLine]]:
    """The lines of each paragraph; a table stands where its first line does, and text may go on behind it."""
    place = {id(line): at for at, line in enumerate(printed)}
    placed = [
        (place[id(paragraph[0])], paragraph)
        for paragraph in _whole_titles(_running([line for line in printed if not line.cell]))
    ]
    for _, table in groupby(filter(_table, printed), key=_table):
        lines = list(table)
        placed += [(place[id(lines[0])], paragraph) for paragraph in _cells(lines)]
    return [paragraph for _, paragraph in sorted(placed, key=lambda one: one[0])]


def _table(line: PrintedLine) -> int:
    """The number of the table it stands in, counted from 1; 0 for running text."""
    return line.cell[0] + 1 if line.cell else 0


def _running(printed: list[PrintedLine]) -> list[list[PrintedLine]]:
    if not printed:
        return []
    em = median(line.size for line in printed) or 1
    pitch = min(median([above.base - line.base for above, line in _neighbours(printed)] or [0]), em * 2.2)
    lines = [
        Line(text=line.text, left=line.left / em, right=line.right / em, apart=_is_apart(above, line, pitch))
        for above, line in zip([printed[0], *printed], printed, strict=False)
    ]
    return [[printed[at] for at in block] for block in paragraphs_of(lines)]


def _cells(printed: list[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """The paragraphs of a table cell by cell; a line goes on if its cell had no room for the next word."""
    for _, group in groupby(sorted(printed, key=_place_in_table), key=lambda line: line.cell):
        paragraph: list[PrintedLine] = []
        for line in group:
            needed = line.size * (width(first_token(line.text)) + _PADDING)
            if paragraph and paragraph[-1].edge - paragraph[-1].right > needed:
                yield paragraph
                paragraph = []
            paragraph.append(line)
        yield paragraph


def _place_in_table(line: PrintedLine) -> tuple[Cell, float]:
    return line.cell or (0, 0, 0), -line.base


def _whole_titles(paragraphs: list[list[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    """Neighbours in one size, larger than the text's, are one title on several lines: 关于印发……/……的通知."""
    body = median([line.size for paragraph in paragraphs for line in paragraph] or [0])
    title: list[PrintedLine] = []
    for paragraph in paragraphs:
        first = paragraph[0]
        if title and title[-1].page == first.page and 0.9 < first.size / title[-1].size < 1.1:
            title += paragraph
            continue
        if title:
            yield title
        title = paragraph if first.size > body * _OTHER_SIZE else []
        if not title:
            yield paragraph
    if title:
        yield title


def _is_apart(above: PrintedLine, line: PrintedLine, pitch: float) -> bool:
    """Set in another size, or with space above; the next page begins anywhere."""
    if line.size > above.size * _OTHER_SIZE or above.size > line.size * _OTHER_SIZE:
        return True
    return line.page == above.page and above.base - line.base > pitch * 1.7


def _joined(lines: Iterable[str]) -> str:
    """Lines as one text: with a space between Latin words, none between Chinese characters."""
    text = ""
    for line in lines:
        latin = text[-1:].isascii() and text[-1:] not in {"", "-", "\t"} and line[:1].isascii()
        text += " " + line if latin else line
    return text


def _without_furniture(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines without what stands at the edges of pages again and again: running heads and numbers."""
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    for _ in range(_EDGES):  # a running head may stand above a number
        edges = [(page, edge, _forms(edge, at)) for at, page in enumerate(pages) for edge in _edges(page)]
        counts = Counter(form for _, _, forms in edges for form in forms)
        often = max(2, len(pages) * 0.4)
        for page, edge, forms in edges:
            repeated = any(counts[form] >= often for form in forms)
            if edge in page and (repeated or _PAGE_NUMBER.fullmatch(edge.text)):
                page.remove(edge)
    return [line for page in pages for line in page]


def _edges(page: list[PrintedLine]) -> list[PrintedLine]:
    """The highest and the lowest line."""
    by_height = sorted((line for line in page if not line.cell), key=lambda line: line.base)
    return [*by_height[:1], *by_height[1:][-1:]]


def _forms(line: PrintedLine, page: int) -> set[tuple[str, int]]:
    """What other pages may have too: the same words at the same height, or a number there that runs along."""
    height = round(line.base / 4)
    running = _NUMBER.sub(lambda match: f"<{int(match[0]) - page}>", line.text)
    return {(line.text, height), (running, height)}


def _neighbours(lines: list[PrintedLine]) -> Iterator[tuple[PrintedLine, PrintedLine]]:
    for above, line in pairwise(lines):
        if above.page == line.page and above.base > line.base:
            yield above, line


_EDGES: Final = 2
_PADDING: Final = 0.7  # the blank at the edge of a cell, in characters
_OTHER_SIZE: Final = 1.3
_UNREAD: Final = re.compile("[\ufffd\ue000-\uf8ff]")
_NUMBER: Final = re.compile("[0-9]{1,4}(?![0-9])")
# — 12 —, 第3页 共10页, 3/10
_PAGE_NUMBER: Final = re.compile(
    r"[-—–－·]{1,2}\s*\d{1,4}\s*[-—–－·]{1,2}|第\s*\d{1,4}\s*[页頁](?:[\s,，/]*共\s*\d{1,4}\s*[页頁])?|\d{1,4}\s*/\s*\d{1,4}"
)
