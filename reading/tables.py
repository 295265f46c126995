"""Tables of targets and tasks: their columns told by the words of the head, flattened ones put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.policy import Comparator, Role
from reading.comparators import comparator_at
from reading.departments import read_parts
from reading.due import find_dues, is_past
from reading.figures import UNIT, find_figures
from reading.offices import names_of
from reading.result import ReadCharge, ReadMeasure, ReadTarget
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.timeline import Deadline
    from reading.blocks import Block
    from reading.outline import Node
    from reading.plain import Plain
    from reading.targets import TargetReader


class Cell(NamedTuple):
    """A cell's words at `start:end` of the plain text."""

    start: int
    end: int
    text: str


@dataclass(slots=True, kw_only=True)
class Table:
    """Rows of cells below a section; `lead` is the line above them."""

    node: Node
    lead: str = ""
    rows: list[list[Cell]] = field(default_factory=list)


def tables_of(root: Node) -> list[Table]:
    """The tables of an outline that have more than a head."""
    found: list[Table] = []
    for node in root.walk():
        at: tuple[int, int] | None = None  # the table and the row that are being filled
        lead = node.title
        for block in node.blocks:
            if block.cell is None:
                at, lead = None, block.text
                continue
            if at is None or block.cell[0] != at[0]:
                found.append(Table(node=node, lead=lead))
            if at is None or block.cell[:2] != at:
                found[-1].rows.append([])
            at = block.cell[:2]
            _put(found[-1].rows[-1], block)
    return [table for table in found if len(table.rows) > 1]


def _put(row: list[Cell], block: Block) -> None:
    """A cell in its column; the columns that hold nothing are kept as empty ones."""
    column = block.cell[2] if block.cell else 0
    while len(row) < column:
        row.append(Cell(block.start, block.start, ""))
    if len(row) > column and row[column].text:  # a cell of several paragraphs
        first = row[column]
        row[column] = Cell(start=first.start, end=block.end, text=f"{first.text}\n{block.text}")
    else:
        row[column:] = [Cell(block.start, block.end, block.text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReader:
    """Reads tables; `year` and `since` as in `TargetReader`, `end` is when the policy's period ends."""

    plain: Plain
    year: int | None
    since: int | None
    end: Deadline | None
    sentences: TargetReader  # reads what a task's cell says

    def targets(self, table: Table) -> Iterator[ReadTarget]:
        """A target for each figure in a column of target values, and those a task speaks of by its date."""
        head = table.rows[0]
        names = _name_column(head)
        tasks, due_at = _task_columns(head), _column(head, _DUE)
        told = [at for at, cell in enumerate(head) if at in tasks or _DEMAND.fullmatch(cell.text)]
        unit_at = _column(head, _UNIT)
        values = [at for at, _ in _goals(head, self.since) if at not in {names, unit_at}]
        if tasks and not values:
            for row in table.rows[1:]:
                due = self._due(row[due_at].text) if due_at is not None and due_at < len(row) else None
                for at in told:
                    if at < len(row):
                        yield from self.sentences.cell(row[at].start, row[at].end, table.node, due)
        if names is None or tasks:
            return
        dues = {at: self._due_of(head[at], table) for at in values}
        for row in table.rows[1:]:
            for at in values:
                if at < len(row) and names < len(row) and row[names].text:
                    unit = row[unit_at].text if unit_at is not None and unit_at < len(row) else ""
                    yield from self._target(row[names], row[at], dues[at], unit, table)

    def _due_of(self, head: Cell, table: Table) -> Deadline | None:
        """The date of a column of values: its own, else that of the line above the table, else the end."""
        own = head.text + "年" if head.text.isdecimal() else head.text
        return self._due(own) or self._due(table.lead) or self.end

    def _target(
        self, name: Cell, value: Cell, due: Deadline | None, unit: str, table: Table
    ) -> Iterator[ReadTarget]:
        words = value.text.strip(" []()")  # [20]: summed over the years
        figures = find_figures(words)
        if len(figures) != 1:
            return
        figure = figures[0]
        if due and is_past(due, self.since):
            return
        told, _, _ = comparator_at(words[: figure.start], words[figure.end :])
        metric, own = _parted_unit(name.text)
        yield ReadTarget(
            clause=table.node.clause or "表",
            quotation=self.plain.quotation(value.start, value.end),
            metric=polished(_NUMBERING.sub("", metric)),
            comparator=figure.meant or told or Comparator.EXACTLY,
            value=figure.value,
            value_max=figure.high,
            unit=figure.unit or polished(unit) or own,
            due=due,
            per="year" if "年均" in metric or "每年" in metric else None,
        )

    def measures(self, table: Table) -> Iterator[ReadMeasure]:
        """A measure for each row of a table of tasks, with its departments and date."""
        head = table.rows[0]
        tasks = [
            at for at, cell in enumerate(head) if _TASK.search(cell.text) and not _GOAL.search(cell.text)
        ]
        offices = [(at, role) for at, cell in enumerate(head) if (role := _office_role(cell.text))]
        if not tasks or not offices:
            return
        title_at, due_at, number_at = tasks[-1], _column(head, _DUE), _column(head, _NUMBER)
        above_at = tasks[0] if len(tasks) > 1 else _column(head[:title_at], _FIELD)
        heading, above = "", table.rows[0]
        for row in table.rows[1:]:
            if title_at >= len(row) or not row[title_at].text:
                heading = row[0].text if len(row) == 1 else heading  # stands across the columns
                continue
            if above_at is not None and row[above_at].text:
                heading = row[above_at].text
            goes_on = number_at is not None and not row[number_at].text
            above = above if goes_on and not any(at < len(row) and row[at].text for at, _ in offices) else row
            yield ReadMeasure(
                clause=table.node.clause or "表",
                quotation=self.plain.quotation(row[0].start, row[-1].end),
                number=row[number_at].text if number_at is not None else "",
                title=_title(row[title_at].text),
                parent=polished(_NUMBERING.sub("", heading)) or None,
                group=table.node.clause or None,
                charges=tuple(_charges(above, offices, table.node.clause or "表")),
                due=self._due(row[due_at].text) if due_at is not None and due_at < len(row) else None,
            )

    def _due(self, words: str) -> Deadline | None:
        dues = find_dues(words, self.year)
        return dues[-1].deadline if dues else None


def _charges(row: Sequence[Cell], offices: Sequence[tuple[int, Role]], clause: str) -> Iterator[ReadCharge]:
    seen: set[str] = set()
    for at, role in offices:
        if at >= len(row):
            continue
        words = row[at].text
        if role is Role.SHARED:
            pairs = [(part.department, part.role) for part in read_parts("责任单位:" + words)]
        else:
            pairs = [(name, role) for name in names_of(words, sure=True)[0]]
        for name, own in pairs:
            if name not in seen:
                seen.add(name)
                yield ReadCharge(department=name, role=own, clause=clause)


def _title(words: str) -> str:
    first = _FIRST_SENTENCE.match(_NUMBERING.sub("", words))
    return polished((first[0] if first else words).replace("\n", ""))


def _task_columns(head: Sequence[Cell]) -> list[int]:
    return [at for at, cell in enumerate(head) if _TASK.search(cell.text) and not _GOAL.search(cell.text)]


def _column(head: Sequence[Cell], words: re.Pattern[str], skip: int | None = None) -> int | None:
    return next((at for at, cell in enumerate(head) if at != skip and words.search(cell.text)), None)


def _name_column(head: Sequence[Cell]) -> int | None:
    """The column of the metrics; of several, 一级指标 and 二级指标, the finest."""
    named = [
        at for at, cell in enumerate(head) if _METRIC.search(cell.text) and not _NO_NAME.search(cell.text)
    ]
    sure = [at for at in named if "指标" in head[at].text]
    return sure[-1] if sure else named[0] if named else None


def _goals(head: Sequence[Cell], since: int | None) -> list[tuple[int, Cell]]:
    """The columns of values to reach; where nothing else says so, a year far before the next is what was."""
    goals = [(at, cell) for at, cell in enumerate(head) if _is_goal(cell.text)]
    years = [int(match[0]) for _, cell in goals if (match := _ANY_YEAR.search(cell.text))]
    told = any(_BASE_COLUMN.search(cell.text) for cell in head)
    if not told and since is None and len(years) == len(goals) > 1 and years[1] - years[0] > 1:
        return goals[1:]
    return goals


def _is_goal(head: str) -> bool:
    return bool(_GOAL.search(head) or _BARE_YEAR.fullmatch(head)) and not _BASE.search(head)


def _office_role(head: str) -> Role | None:
    if not _OFFICE.search(head):
        return None
    if re.search("牵头|主办|主责", head):
        return Role.LEAD
    return Role.COOPERATING if re.search("配合|协[办同助]|参与|参加", head) else Role.SHARED


def _parted_unit(name: str) -> tuple[str, str]:
    """指标（项）: the metric and its unit."""
    match = _UNIT_IN_NAME.search(name)
    return (name[: match.start()], match[1]) if match and UNIT.fullmatch(match[1]) else (name, "")


_METRIC: Final = re.compile("指标|目标名称|^(?:名称|内容|目标)$")
_UNIT: Final = re.compile("^(?:计量)?单位$")
_TASK: Final = re.compile("任务|实事|举措|措施|事项|工作内容|重点工作|项目名称|项目内容|主要内容|行动")
_DEMAND: Final = re.compile(
    "(?:具体|工作|目标|任务|标准)要求|预期成果|成果形式|(?:具体|主要|量化)?(?:指标|目标)"
)
_GOAL: Final = re.compile("目标(?!任务|要求)值?|指标值|规划值|[0-9]{4}年?(?:目标|预期|指标)")
_NO_NAME: Final = re.compile("属性|目标值|指标值|类[别型]|权重|分值|20[0-9]{2}")
_BARE_YEAR: Final = re.compile("(?:到|至)?20[0-9]{2}年?[底末]?(?:[(][^()0-9]{1,6}[)])?")
_ANY_YEAR: Final = re.compile("20[0-9]{2}")
_BASE_COLUMN: Final = re.compile("现状|现有|现值|基期|基数|基准|实际|完成|实绩")
_BASE: Final = re.compile("现状|现有|现值|基期|基数|基准|实际|完成值|完成情况|完成$|实绩|属性|名称")
_NUMBER: Final = re.compile("^(?:序号|编号|号)$")
_FIELD: Final = re.compile("(?:工作|所属|重点)?(?:领域|类别|板块|方面|专题)")
_DUE: Final = re.compile("时限|时间|进度|期限|节点")
_OFFICE: Final = re.compile(
    "(?:牵头|配合|责任|协[办同助]|参与|参加|主办|主责|落实|实施|负责)(?:责任|实施)?(?:单位|部门|主体)|分工$"
)
_NUMBERING: Final = re.compile(
    r"^(?:[0-9]{1,2}[.、]|[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十0-9]{1,2}\)|[①-⑳]) *"
)
_UNIT_IN_NAME: Final = re.compile(r"\(([^()]{1,12})\)$")
_FIRST_SENTENCE: Final = re.compile("[^。;]+")
