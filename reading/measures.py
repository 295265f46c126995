"""Measures at the finest numbered level of the tasks, with their groups, departments and due dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reading.counted import counted
from reading.departments import find_charges
from reading.due import find_dues
from reading.markers import Kind
from reading.outline import INNER_TOPICS, NUMBERED, Node
from reading.result import ReadCharge, ReadGroup, ReadMeasure, Unread
from reading.sections import Topic, asks, names_an_action
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
        for section in task_sections(root):
            for heading, leaves in _grouped(section, self.plain.text):
                shared = self._shared(heading, leaves) if heading else None
                if (heading and heading is not section) or (heading and section.topic is None):
                    groups.append(self._group(heading))
                for leaf in leaves:
                    measure, bad = self._measure(leaf, heading, shared, named=heading is not None)
                    measures.append(measure)
                    if stated := self._stated(leaf):
                        timed.append((measure.quotation, stated))
                    unread += bad
        return Tasks(groups=tuple(groups), measures=tuple(measures), unread=tuple(unread), timed=tuple(timed))

    def _group(self, node: Node) -> ReadGroup:
        return ReadGroup(
            number=node.number,
            title=polished(node.title),
            clause=node.clause,
            quotation=self.plain.quotation(node.start, min(node.end, node.body + 1)),
        )

    def _measure(
        self, leaf: Node, heading: Node | None, shared: list[Charging] | None, *, named: bool
    ) -> tuple[ReadMeasure, list[Unread]]:
        charges: list[Charging] = []
        unread: list[Unread] = []
        for start, end in paragraphs(leaf):
            for charging in self._charges(start, end):
                if charging.parts:
                    charges.append(charging)
                else:
                    quotation = self.plain.quotation(start + charging.start, start + charging.end)
                    unread.append(Unread(quotation=quotation, reason="像是责任单位，但读不出名称"))
        parts = [part for charging in charges or shared or () for part in charging.parts]
        measure = ReadMeasure(
            number=leaf.number if leaf.kind in NUMBERED else "",
            title=title_of(leaf),
            parent=polished(heading.title) if heading and named else None,
            group=heading.clause if heading and named else None,
            charges=_distinct(
                ReadCharge(department=p.department, role=p.role, clause=leaf.clause) for p in parts
            ),
            open_ended=any(part.open_ended for part in parts),
            due=self._due(leaf),
            clause=leaf.clause,
            quotation=self.plain.quotation(leaf.start, leaf.last),
        )
        return measure, unread

    def _charges(self, start: int, end: int) -> list[Charging]:
        """The statements of a paragraph, read once: it is asked again for the group."""
        if (start, end) not in self._known:
            self._known[start, end] = find_charges(self.plain.text[start:end], first_leads=self.first_leads)
        return self._known[start, end]

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

    def _due(self, leaf: Node) -> Deadline | None:
        """The time stated for the task, else the last date before which something is to be finished."""
        if stated := self._stated(leaf):
            return stated
        found: list[Deadline] = []
        for start, end in paragraphs(leaf):
            text = self.plain.text[start:end]
            if _DUE_LABEL.search(text):
                return None  # 完成时限：长期坚持
            if "前" in text:
                found += [
                    due.deadline
                    for due in find_dues(text, self.year)
                    if text[: due.end].endswith("前") and _FINISH.search(text, due.end, due.end + 60)
                ]
        return max(found, default=None)

    def _stated(self, leaf: Node) -> Deadline | None:
        """（完成时限：2024年6月底）, （…负责，12月底前完成）."""
        for start, end in paragraphs(leaf):
            text = self.plain.text[start:end]
            label = _DUE_LABEL.search(text) or ("完成" in text and _DUE_IN_BRACKET.search(text))
            if label:
                dues = find_dues(text[label.end() : label.end() + 30].split(";")[0], self.year)
                return dues[0].deadline if dues else None
        return None


def task_sections(root: Node) -> Iterator[Node]:
    """The parts of the text that hold tasks: 主要任务; where none is called so every part with a matter."""
    named = any(node.topic is Topic.TASKS for node in root.children)
    for node in root.children:
        if node.topic is Topic.TASKS or (
            node.topic is None
            and (node.children or not asks(node.title))
            and (
                names_an_action(node.title) or (not named and any(c.kind in NUMBERED for c in node.children))
            )
        ):
            yield node


def _grouped(section: Node, text: str) -> Iterator[tuple[Node | None, list[Node]]]:
    """The measures of a section under their headings; a section without headings is itself the measure."""
    children = _finest(section, text)
    if not children:
        if section.topic is None:
            yield None, [section]
        return
    alone: list[Node] = []
    bare = section if section.topic is None else None  # 主要任务 names no group
    for child in children:
        below = _finest(child, text)
        if below:
            if alone:
                yield bare, alone
                alone = []
            yield from _under(child, text)
        else:
            alone.append(child)
    if alone:
        yield bare, alone


def _under(heading: Node, text: str) -> Iterator[tuple[Node, list[Node]]]:
    flat: list[Node] = []
    for child in _finest(heading, text):
        if _finest(child, text):
            if flat:
                yield heading, flat
                flat = []
            yield from _under(child, text)
        else:
            flat.append(child)
    if flat:
        yield heading, flat


def _finest(node: Node, text: str) -> list[Node]:
    """The headings below a node that may be measures: numbered and plain ones, else bullets."""
    numbered = [child for child in node.children if child.kind in NUMBERED or child.kind is Kind.PLAIN]
    if numbered:
        return [one for one in numbered if one.topic not in INNER_TOPICS and _says_what(one, text)]
    if _may_tell(node) and (told := _told(node, text)):
        return told
    if node.kind in NUMBERED and node.topic is not Topic.TASKS:
        return []
    bullets = [child for child in node.children if child.kind is Kind.BULLET]
    return bullets if node.parent and node.parent.kind is None and len(bullets) > 1 else []


def _says_what(node: Node, text: str) -> bool:
    """Whether a heading may be a task: a question is none, but what answers it may hold some."""
    return not asks(node.title) or bool(_finest(node, text))


def _may_tell(node: Node) -> bool:
    """Whether the running text below a heading counts up tasks: 主要任务, 实施哪些行动？."""
    return asks(node.title) or bool(node.topic is Topic.TASKS and node.parent and node.parent.kind is None)


def _told(node: Node, text: str) -> list[Node]:
    """The tasks that running text counts up: 一是建立清单；二是开展培训."""
    found = []
    for one in counted(text, paragraphs(node)):
        words = _FIRST_CLAUSE.match(text, one.words, one.end)
        if words:
            found.append(
                Node(
                    kind=Kind.COUNT,
                    number=one.number,
                    title=words[0],
                    clause=node.clause + one.number,
                    start=one.start,
                    words=one.words,
                    body=words.end(),
                    end=one.end,
                    parent=node,
                )
            )
    return found


def paragraphs(node: Node, *, below: bool = True) -> Iterator[tuple[int, int]]:
    """The spans of a node's text: its own line, its paragraphs, and those below it."""
    for one in node.walk() if below else (node,):
        if one.end > one.start:
            yield one.start, one.end
        yield from ((block.start, block.end) for block in one.blocks if block.cell is None)


def title_of(node: Node) -> str:
    """The heading's words without what is said of its stage or date in brackets."""
    return polished(_NOTE.sub("", node.title))


def _distinct(charges: Iterator[ReadCharge]) -> tuple[ReadCharge, ...]:
    """A department named twice for a measure answers in the role named first."""
    found: dict[str, ReadCharge] = {}
    for charge in charges:
        found.setdefault(charge.department.removeprefix("各"), charge)
    return tuple(found.values())


_FIRST_CLAUSE: Final = re.compile("[^,。;:(]{2,60}")
_NOTE: Final = re.compile(r"[(〔【][^()]*(?:责任|牵头|负责|时限|[0-9]{4}年)[^()]*[)〕】]$")
_DUE_LABEL: Final = re.compile("(?:时限|时间|期限|节点)(?:要求|安排|节点)?(?:: *| (?=[0-9]))")
_DUE_IN_BRACKET: Final = re.compile(
    "(?:负责|牵头|配合|落实"
    "|[局委厅办院会中心府])[,;] ?(?=[0-9年月日底末前第一二三四季度上下半]{2,14}前?完成[)）])"
)
_FINISH: Final = re.compile(
    "完成|建成|出台|印发|上线|形成|建立|实现|制定|发布|取得|启动|投入|达到|纳入|覆盖|公布"
)
