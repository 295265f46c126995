"""The lines of a pdf: its characters with the place of each line on its page."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from pypdfium2 import raw

from domain.errors import Unreadable, UnreadableDocument
from reading.formats.assembly import Cell
from reading.formats.limits import Limits
from reading.formats.pdf_tables import Grid, grids
from reading.formats.wrapping import width


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line on its page; points, counted from the lower left corner."""

    text: str
    page: int
    left: float
    right: float
    base: float  # the height of the line that its characters stand on
    cell: Cell | None = None
    edge: float = 0  # the right edge of its cell

    @property
    def size(self) -> float:
        """How wide a Chinese character is in it; the boxes of characters tell no height to rely on."""
        return (self.right - self.left) / width(self.text)


def printed_lines(data: bytes, limits: Limits) -> list[PrintedLine]:
    """The lines of all pages in the order they were written.

    Raises:
        UnreadableDocument: The file is damaged, asks for a password, or has more than allowed.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableDocument("it is protected by a password", reason=Unreadable.ENCRYPTED) from error
        raise UnreadableDocument("the file is cut off or damaged", reason=Unreadable.BROKEN) from error
    if len(pdf) > limits.pages:
        raise UnreadableDocument(f"it has more than {limits.pages:,} pages", reason=Unreadable.TOO_LONG)
    lines: list[PrintedLine] = []
    characters = tables = 0
    for number in range(len(pdf)):
        with _page(pdf, number) as (page, text):
            found = grids(page)
            pieces = list(_Characters(text, partial(_cell, found, tables)).pieces(number))
        tables += len(found)
        for line in _rows(pieces):
            lines.append(line)
            characters += len(line.text)
            if characters > limits.characters:
                raise UnreadableDocument(
                    f"it has more than {limits.characters:,} characters", reason=Unreadable.TOO_LONG
                )
    return lines


def _rows(pieces: list[PrintedLine]) -> Iterator[PrintedLine]:
    """The pieces that stand beside one another as one line."""
    row: PrintedLine | None = None
    for piece in pieces:
        level = row and abs(row.base - piece.base) < row.size / 3
        if row and level and row.cell == piece.cell and piece.left >= row.right - 1:
            gap = "\t" if piece.left - row.right > row.size else ""
            row = replace(row, text=row.text + gap + piece.text, right=piece.right)
        else:
            if row:
                yield row
            row = piece
    if row:
        yield row


Box = tuple[Cell, float]
"""A cell and its right edge."""


def _cell(found: list[Grid], tables: int, x: float, y: float) -> Box | None:
    for number, grid in enumerate(found, tables):
        if place := grid.cell(x, y):
            row, column, edge = place
            return (number, row, column), edge
    return None


@contextmanager
def _page(
    pdf: pypdfium2.PdfDocument, number: int
) -> Iterator[tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]]:
    try:
        page = pdf[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"its page {number + 1} is damaged", reason=Unreadable.BROKEN) from error
    yield page, text
    text.close()
    page.close()


class _Characters:
    """The characters of one page, by their index."""

    def __init__(self, text: pypdfium2.PdfTextPage, box: Callable[[float, float], Box | None]) -> None:
        self._text, self._cell = text, box
        self._codes = [
            raw.FPDFText_GetUnicode(text, at) for at in range(max(0, raw.FPDFText_CountChars(text)))
        ]

    def pieces(self, page: int) -> Iterator[PrintedLine]:
        start, last, reached, base, box = 0, 0, 0.0, 0.0, None
        for at, code in enumerate([*self._codes, _LINE_FEED]):
            ends, new_box = code in _LINE_ENDS, box
            if not ends and code != _SPACE:
                x, y = self._origin(at)
                new_box = self._cell(x + _INSIDE, y + _INSIDE)
                # A line that ends in a dash runs into the next one without a line end between them.
                ends = (x < reached and y < base) or base - y > _DEEPER or self._jumps(last, at, x - reached)
                last, reached, base = at, x, y
            if ends or new_box != box:
                if piece := self._piece(page, start, at, box):
                    yield piece
                start, box = at, new_box

    def _piece(self, page: int, start: int, end: int, box: Box | None) -> PrintedLine | None:
        while start < end and chr(self._codes[start]).isspace():
            start += 1
        while end > start and chr(self._codes[end - 1]).isspace():
            end -= 1
        if start == end:
            return None
        text = "".join(self._character(at) for at in range(start, end))
        # Characters beyond the first plane come in two halves.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        cell, edge = box or (None, 0)
        return PrintedLine(
            text=text,
            page=page,
            left=self._box(start).left,
            right=self._box(end - 1).right,
            base=self._origin(start)[1],
            cell=cell,
            edge=edge,
        )

    def _character(self, at: int) -> str:
        code = self._codes[at]
        if code == _SPACE and raw.FPDFText_IsGenerated(self._text, at) == 1:
            return self._gap(at)
        return _MEANT.get(code) or chr(code)

    def _gap(self, at: int) -> str:
        """What an empty place is: a space between words, or only loose setting."""
        return " " if self._codes[at - 1] < _CJK and self._codes[at + 1] < _CJK else ""

    def _jumps(self, last: int, at: int, way: float) -> bool:
        """Whether two characters stand so far apart that they belong to different columns."""
        if way < _FAR:
            return False
        before, behind = self._box(last), self._box(at)
        return bool(
            behind.left - before.right > 2 * max(before.right - before.left, behind.right - behind.left)
        )

    def _box(self, at: int) -> raw.FS_RECTF:
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self._text, at, ctypes.byref(box))
        return box

    def _origin(self, at: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._text, at, ctypes.byref(x), ctypes.byref(y))
        return x.value, y.value


_SPACE: Final = 0x20
_LINE_FEED: Final = 0x0A
_LINE_ENDS: Final = frozenset({0x0A, 0x0D})
_CJK: Final = 0x2E80
_FAR: Final = 15  # points; nearer ones need no closer look
_INSIDE: Final = 2  # points from the corner of a character into it
_DEEPER: Final = 8  # points; less is a sign set low
# A hyphen at the end of a line; characters without a meaning in the file's own table.
_MEANT: Final = {2: "-", 0: "\ufffd", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
