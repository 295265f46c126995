"""`read_policy`: from a document to all that it states."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from language.dates import find_dates
from reading.basis import read_basis
from reading.blocks import plain_blocks
from reading.due import deadline, opening, told_end
from reading.events import read_events
from reading.flattened import with_cells
from reading.front import Front, read_front
from reading.markers import NUMBERED, Kind
from reading.measures import TaskReader, Tasks
from reading.noise import damaged
from reading.outline import Node, build_outline
from reading.result import Reading, Unread
from reading.safeguards import read_safeguards
from reading.sections import Topic
from reading.stages import read_stages
from reading.tables import Table, TableReader, tables_of
from reading.targets import TargetReader
from reading.told import read_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.timeline import Deadline
    from reading.paragraphs import Document
    from reading.plain import Plain
    from reading.result import ReadBasis, ReadMeasure, ReadStage, ReadTarget


def read_policy(document: Document) -> Reading:
    """Read a text; total: what is no policy gives an empty reading that says so in `unread`."""
    plain, lines = plain_blocks(document)
    blocks = with_cells(lines)
    if not blocks:
        return Reading()
    front = read_front(blocks, plain)
    body = blocks[front.body : front.tail]
    root = build_outline(body, front.since)
    basis = tuple(read_basis(root.blocks if root.children else body[:6], plain, front.title))
    lost = tuple(damaged(body, plain))
    if front.title is None and not _looks_like_policy(root, plain):
        found = _fragment(root, plain, front, basis, lost)
    else:
        found = _read(root, plain, front, basis, lost)
    for node in root.walk():
        node.parent = None  # no rings: they would wait for the garbage collector
    return found


def _read(
    root: Node, plain: Plain, front: Front, basis: tuple[ReadBasis, ...], lost: tuple[Unread, ...]
) -> Reading:
    year = front.since if front.since and _names_year(front) else None
    told = _title_period(front.title or "")
    ends = told[1] if told else None
    regulation = _is_regulation(front, root)
    reader = TargetReader(
        plain=plain,
        year=year,
        since=front.since,
        strict=front.is_report or regulation,
        end=told_end(plain.text) or ends if _AT_END.search(plain.text) else None,
    )
    reader.read(read_told(root, reader) if front.told else root)
    reading = partial(
        Reading,
        title=front.title,
        region=front.region,
        issuer=front.issuer,
        issued=front.issued,
        basis=basis,
    )
    if front.is_report:
        return reading(unread=lost)
    first_leads = "牵头" in plain.text and bool(_FIRST_LEADS.search(plain.text))
    steps_year = year or _only_year(plain.text)
    tasks = TaskReader(plain=plain, year=steps_year, first_leads=first_leads).read(root)
    if regulation:
        charged = (one for one in tasks.measures if one.charges)
        assigned = tuple(one for one in charged if _ASSIGNED.search(one.quotation.text))
        tasks = replace(tasks, groups=(), measures=assigned, unread=())
    stages, undated = read_stages(root, plain, steps_year)
    tables = tables_of(root)
    in_tables = TableReader(plain=plain, year=year, since=front.since, end=ends, sentences=reader)
    timed = [_by_task(target, tasks) for target in reader.targets] if tasks.timed else reader.targets
    targets = _once([*timed, *(target for table in tables for target in in_tables.targets(table))])
    measures = _with_tables(tasks, tables, in_tables)
    tasked = {measure.quotation for measure in measures}
    start, end = told or _period(targets, reader, stages)
    # 2022年建成79处 in a plan for 2023 to 2025: what was due before it began is what there is already.
    targets = [one for one in targets if not (start and one.due and one.due.day < start.first_day)]
    return reading(
        start=start,
        end=end,
        targets=tuple(targets),
        goals=tuple(reader.goals),
        groups=tasks.groups,
        measures=tuple(measures),
        stages=tuple(stages),
        safeguards=tuple(one for one in read_safeguards(root, plain) if one.quotation not in tasked),
        events=tuple(read_events(root, plain)),
        unread=(*reader.unread, *tasks.unread, *undated, *lost),
    )


def _fragment(
    root: Node, plain: Plain, front: Front, basis: tuple[ReadBasis, ...], lost: tuple[Unread, ...]
) -> Reading:
    """A text without title and outline: only what a date ahead and a comparator make sure of."""
    reader = TargetReader(plain=plain, year=None, since=front.since, strict=True)
    reader.read(root)
    whole = plain.quotation(0, min(len(plain.text), 60))
    unread = Unread(quotation=whole, reason="没有找到政策文件的标题和章节，只读了写明期限的指标")
    return Reading(
        region=front.region,
        targets=tuple(reader.targets),
        basis=basis,
        unread=(unread, *reader.unread, *lost),
    )


def _looks_like_policy(root: Node, plain: Plain) -> bool:
    """Whether an outline without title is one: 制定本方案 above it, units below, or parts like a policy's."""
    if any(node.kind in NUMBERED for node in root.children):
        opening = any(_OPENS.search(block.text) for block in root.blocks[:12])
        if opening or len(_CHARGES.findall(plain.text)) > 1:
            return True
    topics = {node.topic for node in root.children}
    return len(root.children) > 1 and not topics.isdisjoint(_PARTS)


def _is_regulation(front: Front, root: Node) -> bool:
    """Articles of a 条例 or 办法 lay down law: their figures are no indicators, and most set no tasks."""
    return bool(_REGULATION.search(front.title or "")) and any(n.kind is Kind.ARTICLE for n in root.walk())


def _by_task(target: ReadTarget, tasks: Tasks) -> ReadTarget:
    """A target without a date of its own is due when its task is: 完成时限：2024年6月底."""
    if target.due or target.per:
        return target
    at = target.quotation.start
    due = next((due for task, due in tasks.timed if task.start <= at < task.end), None)
    return replace(target, due=due) if due else target


def _names_year(front: Front) -> bool:
    return front.issued is not None or bool(front.title and _YEAR.search(front.title))


def _only_year(text: str) -> int | None:
    """The one year that a text names anywhere, where it sets a time in it: 2024年底前; 3月 is of it."""
    if not _SETS_YEAR.search(text):
        return None
    years = set(_ANY_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def _period(
    targets: Sequence[ReadTarget], reader: TargetReader, stages: Sequence[ReadStage]
) -> tuple[Deadline | None, Deadline | None]:
    """From the stages; the end else the last date that is set."""
    if stages:
        return min(stage.start for stage in stages), max(stage.end for stage in stages)
    dues = [due for due in (*(t.due for t in targets), *(goal.due for goal in reader.goals)) if due]
    return None, max(dues, default=None)


def _title_period(title: str) -> tuple[Deadline, Deadline] | None:
    """（2021—2025年）, 2024年…要点, “十四五”…规划."""
    if not _PERIOD.search(title):
        return None
    spans = [span for span in find_dates(title, date(1800, 1, 1), simplified=True) if span.first.year > 1950]
    if len({(span.first, span.last) for span in spans}) != 1:  # “十四五”…规划（2021—2025年） says it twice
        return None
    span = spans[0]
    return opening(span.first, span.last, span.precision), deadline(span.first, span.last, span.precision)


def _with_tables(tasks: Tasks, tables: Sequence[Table], reader: TableReader) -> list[ReadMeasure]:
    """A table of duties beside the text adds departments to its measures; else it is the list of tasks.

    So below a notice whose own points, 压实责任, 加强调度, name nobody and are no rows of it.
    """
    rows = [measure for table in tables for measure in reader.measures(table)]
    if not (tasks.measures and rows):
        return rows or list(tasks.measures)
    by_title = {_key(row.title): row for row in rows}
    if not any(measure.charges or _key(measure.title) in by_title for measure in tasks.measures):
        return rows
    merged = []
    for measure in tasks.measures:
        row = by_title.get(_key(measure.title))
        if row and not measure.charges:
            measure = replace(measure, charges=row.charges, due=measure.due or row.due)  # noqa: PLW2901
        merged.append(measure)
    return merged


def _key(title: str) -> str:
    return _NO_WORDS.sub("", title)


def _once(targets: Sequence[ReadTarget]) -> list[ReadTarget]:
    """A target that a table repeats is one."""
    if len({target.value for target in targets}) < len(targets):  # else none is another's
        targets = list(_distinct(targets))
    return sorted(targets, key=lambda target: target.quotation.start)


def _distinct(targets: Sequence[ReadTarget]) -> Iterable[ReadTarget]:
    found: dict[tuple[object, ...], ReadTarget] = {}
    for target in targets:
        key = (_key(target.metric), target.comparator, target.value, target.unit, target.due, target.per)
        found.setdefault(key, target)
    return found.values()


_PARTS: Final = frozenset({Topic.GOALS, Topic.GENERAL, Topic.TASKS, Topic.SAFEGUARDS, Topic.STAGES})
_OPENS: Final = re.compile(
    "(?:制[定订]|编制)(?:本|(?:如下|以下))[^,。]{0,8}(?:方案|意见|计划|规划|办法|措施|纲要|细则|要点)[。:]?$"
    "|(?:提出|制定)(?:如下|以下)[^,。]{0,8}(?:意见|措施|方案)[。:]?$"
)
_CHARGES: Final = re.compile("(?:牵头|责任|主办|承办)(?:责任)?(?:单位|部门):|(?:负责|牵头|配合|落实)[)〕】]")
_AT_END: Final = re.compile("期(?:末|满|结束)")
_NO_WORDS: Final = re.compile("[^\u3400-\u9fffA-Za-z0-9]+")
_REGULATION: Final = re.compile("(?:办法|条例|规定|细则|章程|规则)(?:（[^（）]*）)?$")
# Of law's articles tasks are those that say who answers: （责任单位：甲局、乙局）.
_ASSIGNED: Final = re.compile(
    "(?:责任|牵头|主办|承办|实施|负责)(?:单位|部门|科室|主体)(?:[:：]|[)）〕】])|[)）〕】]。?$"
)
_FIRST_LEADS: Final = re.compile("(?:排[名序]?|列|位)[在于]?(?:首位|第一位?|最前).{0,12}牵头")
_PERIOD: Final = re.compile(
    r"20[0-9]{2}年?(?:-|—+|至|到|~)20[0-9]{2}|^20[0-9]{2}年|“?十[三四五六七]五”?"
    r"|20[0-9]{2}年(?:度|工作|标准|重点|主要)|20[0-9]{2}年[^0-9]{2,30}(?:要点|安排|计划|任务|清单|台账|重点工作)$"
    r"|[(（]20[0-9]{2}年度?[)）]$"
)
_SETS_YEAR: Final = re.compile("到20[0-9]{2}年|20[0-9]{2}年(?:[0-9]{1,2}月)?[底末]?前")
_ANY_YEAR: Final = re.compile("20[0-9]{2}(?=[年.〕\\]-])")
_YEAR: Final = re.compile("20[0-9]{2}|“?十[三四五六七]五")
