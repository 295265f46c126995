"""Measures at the finest numbered level of the tasks, with their groups, departments and due dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from domain.policy import Role
from reading.departments import Part, find_charges
from reading.due import find_dues
from reading.markers import Kind
from reading.offices import ends_like_an_office
from reading.outline import Node, paragraphs
from reading.result import ReadCharge, ReadGroup, ReadMeasure, Unread
from reading.tasks import TaskFinder
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.timeline import Deadline
    from reading.departments import Charging
    from reading.plain import Plain
    from reading.result import Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """What the task sections of an outline hold."""

    groups: tuple[ReadGroup, ...]
    measures: tuple[ReadMeasure, ...]
    unread: tuple[Unread, ...]
    timed: tuple[tuple[Quotation, Deadline], ...] = ()  # tasks whose whole has a stated time


@dataclass(slots=True, kw_only=True)
class TaskReader:
    """Reads the tasks of an outline; `year` is the policy's own."""

    plain: Plain
    year: int | None
    first_leads: bool = False
    _known: dict[tuple[int, int], list[Charging]] = field(default_factory=dict)

    def read(self, root: Node) -> Tasks:
        """All groups and measures, in the order of the text."""
        groups: list[ReadGroup] = []
        measures: list[ReadMeasure] = []
        unread: list[Unread] = []
        timed: list[tuple[Quotation, Deadline]] = []
        finder = TaskFinder(text=self.plain.text, is_charged=self._is_charged)
        for section in finder.sections(root):
            for heading, leaves in finder.grouped(section):
                shared = self._shared(heading, leaves) if heading else None
                if heading and (heading is not section or section.topic is None):
                    groups.append(self._group(heading))
                for leaf in leaves:
                    told = [(*span, self._charges(*span)) for span in paragraphs(leaf)]
                    stated = self._stated(told)
                    measure = self._measure(leaf, heading, shared, told, stated)
                    measures.append(measure)
                    if stated and stated.due:
                        timed.append((measure.quotation, stated.due))
                    unread += self._nameless(told)
        return Tasks(groups=tuple(groups), measures=tuple(measures), unread=tuple(unread), timed=tuple(timed))

    def _group(self, node: Node) -> ReadGroup:
        return ReadGroup(
            number=node.number,
            title=polished(node.title),
            clause=node.clause,
            quotation=self.plain.quotation(node.start, min(node.end, node.body + 1)),
        )

    def _measure(
        self,
        leaf: Node,
        heading: Node | None,
        shared: list[Charging] | None,
        told: Sequence[_Told],
        stated: _Stated | None,
    ) -> ReadMeasure:
        title, own = self._duty(leaf) or (title_of(leaf), None)
        parts = [own] if own else [part for *_, charges in told for one in charges for part in one.parts]
        if not parts and shared:
            parts = [part for one in shared for part in one.parts]
        return ReadMeasure(
            number="" if leaf.kind is Kind.BULLET else leaf.number,
            title=title,
            parent=polished(heading.title) if heading else None,
            group=heading.clause if heading else None,
            charges=_distinct(parts, leaf.clause),
            open_ended=any(part.open_ended for part in parts),
            due=self._due(told, stated),
            clause=leaf.clause,
            quotation=self.plain.quotation(leaf.start, leaf.last),
        )

    def _nameless(self, told: Sequence[_Told]) -> Iterator[Unread]:
        """Statements of a task that name nobody."""
        for start, _, charges in told:
            for one in charges:
                if not one.parts:
                    quotation = self.plain.quotation(start + one.start, start + one.end)
                    yield Unread(quotation=quotation, reason="像是责任单位，但读不出名称")

    def _duty(self, leaf: Node) -> tuple[str, Part] | None:
        """A duty headed by who bears it: （一）县财政局：负责经费保障."""
        said = _DUTY.match(self.plain.text, leaf.body, leaf.end)
        if said is None or not ends_like_an_office(leaf.title):
            return None
        return polished(said[1]), Part(department=polished(leaf.title), role=Role.SOLE)

    def _charges(self, start: int, end: int) -> list[Charging]:
        """The statements of a paragraph, read once: it is asked again for the group."""
        found = self._known.get((start, end))
        if found is None:
            found = find_charges(self.plain.text[start:end], first_leads=self.first_leads)
            self._known[start, end] = found
        return found

    def _is_charged(self, node: Node) -> bool:
        return any(one.parts for span in paragraphs(node) for one in self._charges(*span))

    def _shared(self, heading: Node, leaves: Sequence[Node]) -> list[Charging] | None:
        """A group's own statement is its measures'; so is one below the last when no other has one."""
        own = [
            c for start, end in paragraphs(heading, below=False) for c in self._charges(start, end) if c.parts
        ]
        if own or len(leaves) < 2:
            return own or None
        last = leaves[-1]
        if not last.blocks or any(self._charges(*span) for leaf in leaves[:-1] for span in paragraphs(leaf)):
            return None
        closing = last.blocks[-1]
        return [c for c in self._charges(closing.start, closing.end) if c.parts and c.start == 0] or None

    def _due(self, told: Sequence[_Told], stated: _Stated | None) -> Deadline | None:
        """The time stated for the task, else the last date before which something is to be finished."""
        if stated and stated.due:
            return stated.due
        if stated and any(_DUE_LABEL.search(self.plain.text, start, end) for start, end, _ in told):
            return None  # 完成时限：长期坚持
        found: list[Deadline] = []
        for start, end, _ in told:
            text = self.plain.text[start:end]
            if "前" in text:
                found += [
                    due.deadline
                    for due in find_dues(text, self.year)
                    if text[: due.end].endswith("前") and _FINISH.search(text, due.end, due.end + 60)
                ]
        return max(found, default=None)

    def _stated(self, told: Sequence[_Told]) -> _Stated | None:
        """（完成时限：2024年6月底）, （…负责，12月底前完成）; None where nothing is said of a time."""
        for start, end, charges in told:
            text = self.plain.text[start:end]
            labels = (_DUE_OF_CHARGE.search(text, one.start, one.end) for one in charges)
            if label := _DUE_LABEL.search(text) or next(filter(None, labels), None):
                words = _QUARTER.sub(f"{self.year}年第" if self.year else "第", text[label.end() :][:30])
                dues = find_dues(words.split(";")[0], self.year)
                return _Stated(dues[0].deadline if dues else None)
        return None


class _Stated(NamedTuple):
    """A time that a task's text labels as its own; no `due` where it is no date, 长期坚持."""

    due: Deadline | None


_Told: TypeAlias = "tuple[int, int, list[Charging]]"  # a paragraph's span, and who it says answers


def title_of(node: Node) -> str:
    """The heading's words without what is said of its stage or date in brackets."""
    title = node.title
    return polished(_NOTE.sub("", title) if title.endswith(_CLOSERS) else title)


def _distinct(parts: Sequence[Part], clause: str) -> tuple[ReadCharge, ...]:
    """A department named twice for a measure answers in the role named first."""
    found: dict[str, Part] = {}
    for part in parts:
        found.setdefault(part.department.removeprefix("各"), part)
    several = len(found) > 1  # 牵头单位：甲局 / 责任单位：乙局: alone on its line, but not in the task
    return tuple(
        [
            ReadCharge(
                department=p.department,
                role=Role.SHARED if several and p.role is Role.SOLE else p.role,
                clause=clause,
            )
            for p in found.values()
        ]
    )


_DUTY: Final = re.compile(": ?(?:主要)?(?:负责|牵头)([^,。;]{2,60})")
_CLOSERS: Final = (")", "〕", "】")
_NOTE: Final = re.compile(r"[(〔【][^()]*(?:责任|牵头|负责|时限|[0-9]{4}年)[^()]*[)〕】]$")
_DUE_LABEL: Final = re.compile("(?:时限|时间|期限|节点)(?:要求|安排|节点)?(?:: *| (?=[0-9]))")
# Behind the departments: （甲局、各镇，2024年6月完成）, （甲局；9月底前）.
_DUE_OF_CHARGE: Final = re.compile(
    "[,;] *(?=[0-9年月日底末前第一二三四季度上下半]{2,14}(?:完成|取得|形成|建成|[)）〕】,;。]|$))"
)
_QUARTER: Final = re.compile("^(?:第)?(?=[一二三四1-4]季度)")
_FINISH: Final = re.compile(
    "完成|建成|出台|印发|上线|形成|建立|实现|制定|发布|取得|启动|投入|达到|纳入|覆盖|公布"
)
