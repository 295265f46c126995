"""Tables that lost their form: columns that tabs, bars or blanks part, and cells that stand a line each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from reading.blocks import Block, is_row
from reading.offices import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_Row: TypeAlias = "list[tuple[int, Block]]"  # the cells of a row with their columns


def with_cells(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, those of flattened tables as cells; their tables have numbers below zero."""
    found: list[Block] = []
    at, table, row = 0, -1, 0
    heads: list[str] = []
    while at < len(blocks):
        block = blocks[at]
        text = block.text
        is_head = text[0] in _HEADS and (len(text) <= _LONGEST_HEAD or " " in text)  # perhaps
        if not (row or is_head or "\t" in text or "|" in text):  # most lines are of no table
            found.append(block)
            at += 1
            continue
        if block.cell is None and is_row(text):
            cells = list(_columns(block))
            if cells:
                heads = heads if row else [cell.text for _, cell in cells]
                cells = _in_place(cells, heads)
                found += (cell._replace(cell=(table, row, column)) for column, cell in cells)
                row += 1
            at += 1
            continue
        if row and _names_rows(blocks, at):
            found.append(block._replace(cell=(table, row, 0)))
            row, at = row + 1, at + 1
            continue
        if row:
            table, row = table - 1, 0
        rows = (_lines(blocks, at) or _spaced(blocks, at)) if is_head else []
        if rows:
            for number, cells in enumerate(rows):
                found += (cell._replace(cell=(table, number, column)) for column, cell in cells)
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


def _in_place(cells: list[tuple[int, Block]], heads: Sequence[str]) -> list[tuple[int, Block]]:
    """A row whose first cell is that of the rows above it: what stands below 责任单位 are offices."""
    if len(cells) != len(heads) - 1:
        return cells
    last = max((at for at, head in enumerate(heads) if _OFFICE_HEAD.search(head)), default=0)
    texts = {column: cell.text for column, cell in cells}
    misplaced = _holds_offices(texts.get(last - 1, "")) and not _holds_offices(texts.get(last, ""))
    return [(column + misplaced, cell) for column, cell in cells]


def _names_rows(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line stands across a table's columns, over the rows that follow: 一、产业标准."""
    if at + 1 >= len(blocks) or len(blocks[at].text) > _LONGEST_CELL or "。" in blocks[at].text:
        return False
    below = blocks[at + 1]
    cells = list(_columns(below)) if below.cell is None and is_row(below.text) else []
    return bool(cells) and not _HEAD.fullmatch(cells[0][1].text)


def _holds_offices(text: str) -> bool:
    return bool(names_of(text)[0])


# A cell a line


def _lines(blocks: Sequence[Block], at: int) -> list[_Row]:
    """The rows of a table whose cells stand a line each: 序号, 任务, 责任单位, 1; 指标, 单位, 2025年, …."""
    first = blocks[at].text
    if len(first) > _LONGEST_HEAD or blocks[at].cell or not _HEAD.fullmatch(first):
        return []
    numbered = _NUMBER_HEAD.fullmatch(first)
    width = _numbered_width(blocks, at) if numbered else _unnumbered_width(blocks, at)
    if not width:
        return []
    heads = [block.text for block in blocks[at : at + width]]
    rows: list[_Row] = [list(enumerate(blocks[at : at + width]))]
    if numbered and (uneven := _uneven(blocks, at + width, heads)):
        return [*rows, *uneven]
    end, number = at + width, 1
    while end + width <= len(blocks):
        row = [block.text for block in blocks[end : end + width]]
        if row[1].strip(".、") == str(number) and numbered and _ACROSS.match(row[0]):
            rows.append([(0, blocks[end])])
            end += 1
        elif row[0].strip(".、") == str(number) if numbered else _fits(heads, row):
            rows.append(list(enumerate(blocks[end : end + width])))
            end, number = end + width, number + 1
        else:
            break
    return rows if numbered or len(rows) > 1 else []


def _uneven(blocks: Sequence[Block], at: int, heads: Sequence[str]) -> list[_Row]:
    """The rows below 序号, 任务, 责任单位, 完成时限 told by what each cell says: one may hold several lines.

    A cell may stand for several rows: of 1, 建水库, 甲局, 5月, 建水厂, 9月 the last two are a row too.
    """
    if len(heads) != _TIMES + 1 or not (_OFFICE_HEAD.search(heads[2]) and _TIME_HEAD.search(heads[3])):
        return []
    rows: list[_Row] = []
    column, number = _TIMES, 0
    for block, following in zip(blocks[at:], [*blocks[at + 1 :], None], strict=False):
        told = _column_of(block, column, number)
        if told == 0:
            number += 1
        if told == 0 or (told is None and column == _TIMES and following and _may_be_time(following.text)):
            column = told or int(told is None)
            rows.append([(column, block)])
        elif told is not None:
            column = told
            rows[-1].append((column, block))
        else:
            break
    while rows and rows[-1][-1][0] < 2:
        rows.pop()
    return rows if any(len(row) != len(heads) for row in rows) else []


def _column_of(block: Block, before: int, number: int) -> int | None:
    """Which column a cell stands in, after one in the column `before`; None where it is none of that row."""
    text = block.text
    if before and text.strip(".、") == str(number + 1):
        return 0
    if before in {1, 2} and len(text) <= _LONGEST_CELL and _holds_offices(text):
        return 2
    if before in {1, 2} and _may_be_time(text):
        return _TIMES
    return 1 if before == 0 else None


def _may_be_time(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and bool(_TIME.match(text))


def _numbered_width(blocks: Sequence[Block], at: int) -> int:
    """How many columns there are until the first row's number, or until what stands across the columns."""
    for width in range(3, 9):
        first = blocks[at + width] if at + width < len(blocks) else None
        if first and (first.text.strip(".、") == "1" or _ACROSS.match(first.text)):
            head = blocks[at : at + width]
            return width if all(cell.cell is None and len(cell.text) <= _LONGEST_HEAD for cell in head) else 0
    return 0


def _unnumbered_width(blocks: Sequence[Block], at: int) -> int:
    """How many lines in a row are words of a head, a year, a target value or an office among them."""
    width = 0
    while at + width < len(blocks) and width < 9 and _HEAD.fullmatch(blocks[at + width].text):
        width += 1
    told = any(
        _VALUE_HEAD.search(block.text) or _OFFICE_HEAD.search(block.text) for block in blocks[at:][:width]
    )
    return width if width > 2 and told else 0


def _fits(heads: Sequence[str], row: Sequence[str]) -> bool:
    """Whether these cells may stand below these heads."""
    return all(
        _VALUE.search(cell)
        if _VALUE_HEAD.search(head)
        else _holds_offices(cell)
        if _OFFICE_HEAD.search(head)
        else len(cell) <= _LONGEST_CELL
        for head, cell in zip(heads, row, strict=True)
    )


# Columns parted by blanks


def _spaced(blocks: Sequence[Block], at: int) -> list[_Row]:
    """The rows of a table whose columns blanks part: 序号  指标  单位  2025年, below a head that says so."""
    text = blocks[at].text
    if " " not in text or blocks[at].cell or text.count(" ") < 2 or len(text) > 120 or not _HEAD.search(text):
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
_OFFICE_HEAD: Final = re.compile("(?:牵头|责任|配合|主办|协办|落实|实施)(?:责任)?(?:单位|部门|科室|主体)")
_TIMES: Final = 3  # the column of times
_TIME_HEAD: Final = re.compile("时限|时间|进度|期限|节点")
_TIME: Final = re.compile(
    "(?:20[0-9]{2}年)?(?:[0-9]{1,2}月|第?[一二三四1-4]季度|[上下]半年|年底|年内|全年)|20[0-9]{2}年|长期|持续|常态"
)
_ACROSS: Final = re.compile("[一二三四五六七八九十]{1,2}、|\\([一二三四五六七八九十]{1,2}\\)")
_VALUE_HEAD: Final = re.compile("20[0-9]{2}|目标值|指标值|现状|基期|基数")
_HEADS: Final = frozenset("序编类分领维属备指约计单主具核考重工任牵责配协完到至目现基年项名内举措事落实时进")
# The words of a head, whole; those above are what they start with.
_HEAD: Final = re.compile(
    "序 ?号|编号|序|类 ?别|分类|领域|维度|属性|备注|(?:指标|约束)属性|(?:计量)?单 ?位"
    "|(?:[一二三]级|主要|具体|核心|考核)?指标(?:名称|类别|内容|体系)?"
    "|(?:重点|主要|工作|具体)?(?:任务|举措|措施|事项|工作)(?:内容|名称|事项)?|责任(?:领导|人)"
    "|(?:牵头|责任|配合|主办|协办|落实|实施)(?:责任)?(?:单位|部门|科室|主体)|(?:完成)?时限(?:要求)?|(?:完成|时间)(?:时间|节点|进度)|进度安排"
    "|(?:到|至)?20[0-9]{2}年?[底末]?(?:(?:目标|现状|基[期准]|实际|指标|预期|规划)值?|基数)?(?:[(][^()]{1,6}[)])?"
    "|目标值?|现状值?|基[期准]值?|年均(?:增长|增速)(?:[(]%[)])?"
)
_VALUE: Final = re.compile("[0-9]|^[-—/]+$|全覆盖|持续|稳步|提[升高]|下降|完成")
_WIDE_PIECE: Final = re.compile(r"\S+(?: \S+)*")
_PIECE: Final = re.compile(r"\S+")
_RULE: Final = re.compile(" *:?-*:? *")
