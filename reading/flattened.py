"""Tables that lost their form: columns that tabs, bars or blanks part, and cells that stand a line each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from reading.blocks import Block, is_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_Row: TypeAlias = "list[tuple[int, Block]]"  # the cells of a row with their columns


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
        rows = _lines(blocks, at) or _spaced(blocks, at)
        for number, cells in enumerate(rows):
            found += (cell._replace(cell=(table, number, column)) for column, cell in cells)
        if rows:
            last = rows[-1][-1][1]
            while at < len(blocks) and blocks[at].start < last.end:
                at += 1
            table -= 1
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


# A cell a line


def _lines(blocks: Sequence[Block], at: int) -> list[_Row]:
    """The rows of a table whose cells stand a line each: 序号, 任务, 责任单位, 1; 指标, 单位, 2025年, …."""
    if blocks[at].cell or len(blocks[at].text) > _LONGEST_HEAD or not _HEAD.fullmatch(blocks[at].text):
        return []
    numbered = _NUMBER_HEAD.fullmatch(blocks[at].text)
    width = _numbered_width(blocks, at) if numbered else _width_of_values(blocks, at)
    if not width:
        return []
    heads = [block.text for block in blocks[at : at + width]]
    end = at + width
    while end + width <= len(blocks):
        row = [block.text for block in blocks[end : end + width]]
        if not (row[0].strip(".、") == str((end - at) // width) if numbered else _holds_values(heads, row)):
            break
        end += width
    rows = [list(enumerate(blocks[start : start + width])) for start in range(at, end, width)]
    return rows if numbered or len(rows) > 1 else []


def _numbered_width(blocks: Sequence[Block], at: int) -> int:
    """How many columns there are until the first row's number."""
    for width in range(3, 9):
        first = blocks[at + width] if at + width < len(blocks) else None
        if first and first.text.strip(".、") == "1":
            head = blocks[at : at + width]
            return width if all(cell.cell is None and len(cell.text) <= _LONGEST_HEAD for cell in head) else 0
    return 0


def _width_of_values(blocks: Sequence[Block], at: int) -> int:
    """How many lines in a row are words of a head, a year or a target value among them."""
    width = 0
    while at + width < len(blocks) and width < 9 and _HEAD.fullmatch(blocks[at + width].text):
        width += 1
    years = any(_VALUE_HEAD.search(block.text) for block in blocks[at : at + width])
    return width if width > 2 and years else 0


def _holds_values(heads: Sequence[str], row: Sequence[str]) -> bool:
    return all(
        _VALUE.search(cell) if _VALUE_HEAD.search(head) else len(cell) <= _LONGEST_CELL
        for head, cell in zip(heads, row, strict=True)
    )


# Columns parted by blanks


def _spaced(blocks: Sequence[Block], at: int) -> list[_Row]:
    """The rows of a table whose columns blanks part: 序号  指标  单位  2025年, below a head that says so."""
    text = blocks[at].text
    if blocks[at].cell or text.count(" ") < 2 or len(text) > 120 or not _HEAD.search(text):
        return []
    for gap, least in ((_WIDE_PIECE, 2), (_PIECE, 1 << 30)):
        head = _pieces(blocks[at], gap)
        named = sum(bool(_HEAD.fullmatch(piece.text)) for piece in head)
        if len(head) < 3 or named < min(least, len(head)) or any(len(p.text) > _LONGEST_HEAD for p in head):
            continue
        rows: list[_Row] = [list(enumerate(head))]
        for block in blocks[at + 1 :]:
            cells = _pieces(block, gap) if block.cell is None else []
            shift = len(head) - len(cells)  # 类别 of the rows above
            if shift not in {0, 1} or (shift and _NUMBER_HEAD.fullmatch(head[0].text)):
                break
            rows.append(list(enumerate(cells, shift)))
        if len(rows) > 1:
            return rows
    return []


def _pieces(block: Block, gap: re.Pattern[str]) -> list[Block]:
    return [
        Block(start=block.start + match.start(), end=block.start + match.end(), text=match[0])
        for match in gap.finditer(block.text)
    ]


_LONGEST_HEAD: Final = 14
_LONGEST_CELL: Final = 40
_NUMBER_HEAD: Final = re.compile("序 ?号|编号|序")
_VALUE_HEAD: Final = re.compile("20[0-9]{2}|目标值|指标值|现状|基期|基数")
# The words of a head, whole.
_HEAD: Final = re.compile(
    "序 ?号|编号|序|类 ?别|分类|领域|维度|属性|备注|(?:指标|约束)属性|(?:计量)?单 ?位"
    "|(?:[一二三]级|主要|具体|核心|考核)?指标(?:名称|类别|内容|体系)?"
    "|(?:重点|主要|工作|具体)?任务(?:内容|名称)?|(?:牵头|责任|配合|主办|协办)(?:单位|部门|科室)|(?:完成)?时限|完成时间"
    "|(?:到|至)?20[0-9]{2}年?[底末]?(?:(?:目标|现状|基[期准]|实际|指标|预期|规划)值?|基数)?(?:[(][^()]{1,6}[)])?"
    "|目标值?|现状值?|基[期准]值?|年均(?:增长|增速)(?:[(]%[)])?"
)
_VALUE: Final = re.compile("[0-9]|^[-—/]+$|全覆盖|持续|稳步|提[升高]|下降|完成")
_WIDE_PIECE: Final = re.compile(r"\S+(?: \S+)*")
_PIECE: Final = re.compile(r"\S+")
_RULE: Final = re.compile(" *:?-*:? *")
