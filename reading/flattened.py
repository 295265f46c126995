"""Tables that lost their form: rows whose columns tabs or bars part, and cells that stand a line each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.blocks import Block, is_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def with_cells(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, those of flattened tables as cells; their tables have numbers below zero."""
    found: list[Block] = []
    at, table, row = 0, -1, 0
    while at < len(blocks):
        block = blocks[at]
        if block.cell is None and is_row(block.text):
            cells = list(_columns(block))
            if cells:
                found += (cell._replace(cell=(table, row, column)) for column, cell in cells)
                row += 1
            at += 1
            continue
        if row:
            table, row = table - 1, 0
        if width := _lines_width(blocks, at):
            until = _lines_end(blocks, at, width)
            for offset, cell in enumerate(blocks[at:until]):
                found.append(cell._replace(cell=(table, *divmod(offset, width))))
            table, at = table - 1, until
            continue
        found.append(block)
        at += 1
    return found


def _columns(block: Block) -> Iterator[tuple[int, Block]]:
    """The cells of a row with their columns; nothing for the rule below a table's head."""
    mark = "\t" if "\t" in block.text else "|"
    pieces = block.text.split(mark)
    if all(_RULE.fullmatch(piece) for piece in pieces):
        return
    at = block.start
    outer = mark == "|" and not pieces[0].strip()
    for column, piece in enumerate(pieces):
        words = piece.strip(" ")
        if words:
            start = at + len(piece) - len(piece.lstrip(" "))
            yield column - outer, Block(start=start, end=start + len(words), text=words)
        at += len(piece) + 1


def _lines_width(blocks: Sequence[Block], at: int) -> int:
    """How many columns a table has whose cells stand a line each: 序号, 任务, 责任单位, 1."""
    if blocks[at].text[0] not in "序编" or blocks[at].cell or not _NUMBER_HEAD.fullmatch(blocks[at].text):
        return 0
    for width in range(3, 9):
        first = blocks[at + width] if at + width < len(blocks) else None
        if first and first.text.strip(".、") == "1":
            head = blocks[at : at + width]
            return width if all(cell.cell is None and len(cell.text) <= 14 for cell in head) else 0
    return 0


def _lines_end(blocks: Sequence[Block], at: int, width: int) -> int:
    """Where its last whole row ends: the rows are counted on."""
    number, end = 1, at + width
    while end + width <= len(blocks) and blocks[end].text.strip(".、") == str(number):
        number, end = number + 1, end + width
    return end


_NUMBER_HEAD: Final = re.compile("序 ?号|编号|序")
_RULE: Final = re.compile(" *:?-*:? *")
