"""Targets in the whole text: each figure to be reached, with metric, comparator, unit and date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.policy import Comparator
from reading.clauses import Clause, clauses_of, in_remark
from reading.due import Due, dates_row, dues_at_end, find_dues, is_past
from reading.figures import MAY_HOLD_FIGURE, find_figures
from reading.likelihood import Place, is_target, tells_past, told_until
from reading.markers import Kind
from reading.naming import metric_named
from reading.result import ReadGoal, ReadTarget, Unread
from reading.sections import Topic
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.timeline import Deadline
    from reading.figures import Figure
    from reading.outline import Node
    from reading.plain import Plain


@dataclass(slots=True, kw_only=True)
class TargetReader:
    """Reads the outline from its top; `year` is the policy's own, `since` the year before which all is past.

    `strict` asks of every figure what a text that is no policy seldom has: a date ahead and a comparator;
    articles of law that set a date to reach or name who answers are free of it. `end` is when 试点期末 is.
    """

    plain: Plain
    year: int | None
    since: int | None
    strict: bool = False
    end: Deadline | None = None
    targets: list[ReadTarget] = field(default_factory=list)
    goals: list[ReadGoal] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _recent: list[ReadTarget] = field(default_factory=list)  # of this paragraph
    _row: _Row | None = None
    _tasked: bool = False  # in an article that sets a task

    def read(self, node: Node, scope: Deadline | None = None) -> Deadline | None:
        """Read a section and all below it under the date that governs it; returns the one at its end.

        A date before a list governs the list; a section's own paragraphs hand theirs on.
        """
        if node.topic in _NO_GOALS or ("条件" in node.title and _CONDITIONS.search(node.title)):
            return scope
        for_goals = node.topic in _FOR_GOALS
        if node.kind is Kind.ARTICLE:
            self._tasked = bool(_TASKED.search(self.plain.text, node.words, node.last))
        if node.kind:
            scope = self._date_of(node) or self._date_above(node) or (scope if for_goals else None)
            scope = self._paragraph(node.body if node.announces else node.words, node.end, node, scope)
        for block in node.blocks:
            if block.cell is None and (due := dates_row(block.text, self.year)):
                self._row = _Row(due=due, parent=node if node.children else node.parent)
                scope = due
            elif block.cell is None:
                scope = self._paragraph(block.start, block.end, node, scope)
        inner = scope
        for child in node.children:
            ended = self.read(child, scope if for_goals else None)
            if scope is None and not child.number.strip("·●◆—"):
                inner = ended
            scope = scope or inner if for_goals else None
        return scope

    def cell(self, start: int, end: int, node: Node, due: Deadline | None) -> list[ReadTarget]:
        """The targets in a table's cell, by the date of its row where it names none."""
        before = len(self.targets)
        self._paragraph(start, end, node, due)
        found = self.targets[before:]
        del self.targets[before:]
        return found

    def _date_of(self, node: Node) -> Deadline | None:
        """The date a heading sets for all below it: 近期目标（到2025年）, 到2025年底, 阶段（2024年6月前）."""
        if due := dates_row(node.title, self.year):
            if not node.children:
                self._row = _Row(due=due, parent=node.parent)
            return due
        dated = len(node.title) < _LONGEST_DATED and ("目标" in node.title or node.announces is Topic.STAGES)
        dues = find_dues(node.title, self.year) if dated else []
        return dues[0].deadline if dues else None

    def _date_above(self, node: Node) -> Deadline | None:
        """The date of the line above a list, for its members: those of one kind that follow each other."""
        row = self._row
        if row is None or node.parent is not row.parent:
            return None
        if node.kind not in _LISTED or row.kind not in {None, node.kind}:
            self._row = None
            return None
        self._row = row._replace(kind=node.kind)
        return row.due

    def _dues(self, text: str, year: int | None) -> list[Due]:
        dues = find_dues(text, year)
        if self.strict:
            dues = [due for due in dues if _SETS_GOAL.search(text, due.start, due.end)]
        if self.end and "期" in text and (ends := dues_at_end(text, self.end)):
            dues = sorted([*dues, *ends])
        return dues

    def _paragraph(self, start: int, end: int, node: Node, scope: Deadline | None) -> Deadline | None:
        text = self.plain.text[start:end]
        self._recent = []
        if scope is None and not MAY_HOLD_FIGURE.search(text):
            return None
        inherited = scope
        for match in _SENTENCE.finditer(text):
            sentence = match[0]
            figures = find_figures(sentence) if MAY_HOLD_FIGURE.search(sentence) else None
            if figures is not None or scope:
                scope = self._sentence(sentence, figures or (), start + match.start(), node, scope)
        hands_on = node.topic in _FOR_GOALS or (node.kind is None and "目标" in text)
        return scope if hands_on else inherited

    def _sentence(
        self, text: str, figures: Sequence[Figure], at: int, node: Node, scope: Deadline | None
    ) -> Deadline | None:
        if scope and at and self.plain.text[at - 1] == ";":
            dues = self._dues(text, scope.day.year)  # 2025年上半年，…；下半年，…
        else:
            dues = self._dues(text, self.year)
        for_goals = node.topic in _FOR_GOALS
        tells_goals = for_goals or self.strict or node.kind in _UNNUMBERED  # 《意见》提出，到2020年，…
        figured = len(text)  # where the first target begins
        if figures:
            aside, planned = node.topic in _ASIDE, node.kind is not None and node.topic is not Topic.PAST
            sentence = _Sentence(text, at, node, scope, tuple(self._recent), for_goals, aside, planned)
            previous: ReadTarget | None = None
            for clause in clauses_of(text, figures, dues):
                previous = target = self._target(clause, sentence, previous)
                if target:
                    self.targets.append(target)
                    self._recent.append(target)
                    figured = min(figured, clause.start)
        leading = [
            due
            for due in dues
            if (due.leads or (tells_goals and due is dues[0] and text[due.start] == ","))
            and not is_past(due.deadline, self.since)
            and not in_remark(text, due, figures)
        ]
        if for_goals:
            opens = leading[0] if leading and leading[0].start <= _EARLY else None
            start, due = (opens.end, opens.deadline) if opens else (0, scope)
            self._goal(text[start:figured], at + start, node, due)
        return leading[-1].deadline if leading else scope

    def _goal(self, words: str, at: int, node: Node, due: Deadline | None) -> None:
        """What a section of goals wants without a figure: the words before its first target."""
        bare = _STEP.sub("", words.strip(" ,、:·*—"))
        if len(bare) < _SHORTEST_GOAL or (due is None and node.topic is Topic.GENERAL):
            return
        start = at + words.index(bare[0])
        self.goals.append(
            ReadGoal(
                clause=node.clause or "导语",
                quotation=self.plain.quotation(start, start + len(bare)),
                statement=polished(bare),
                due=due,
            )
        )

    def _target(self, clause: Clause, sentence: _Sentence, previous: ReadTarget | None) -> ReadTarget | None:
        text = sentence.text
        starts = "年起" in text and "年起" in text[clause.start : clause.figure.start]  # 2025年起每年
        due = clause.due or (None if starts else sentence.scope)
        if tells_past(clause, text, due, self.since, planned=sentence.planned):
            self.since = told_until(text, clause.due, self.since)
            return None
        part_of_one = clause.within and previous is not None
        place = Place(
            goals=sentence.for_goals,
            aside=sentence.aside,
            strict=self.strict and not self._tasked,
            listed=previous is not None and (clause.continues or clause.follows),
            unit=previous.unit if previous and clause.follows else None,
        )
        if not part_of_one and not is_target(clause, text, due, place):
            return None
        quotation = self.plain.quotation(sentence.at + clause.start, sentence.at + clause.end)
        if clause.unmatched:
            self.unread.append(Unread(quotation=quotation, reason="“分别”前后的项数对不上"))
            return None
        metric = metric_named(clause, previous, sentence.earlier)
        if metric is None:
            self.unread.append(Unread(quotation=quotation, reason="有数值，但看不出是哪项指标"))
            return None
        figure = clause.figure
        return ReadTarget(
            clause=sentence.node.clause or "导语",
            quotation=quotation,
            metric=metric,
            comparator=clause.comparator or Comparator.EXACTLY,
            value=figure.value,
            value_max=figure.high,
            unit=figure.unit,
            due=due,
            per=clause.per,
        )


class _Row(NamedTuple):
    """A line that is a date, over members of one `kind` below `parent`."""

    due: Deadline
    parent: Node | None
    kind: Kind | None = None  # None until the first is met


class _Sentence(NamedTuple):
    """A sentence at `at` of the plain text, the date that governs it, the paragraph's targets before it."""

    text: str
    at: int
    node: Node
    scope: Deadline | None
    earlier: tuple[ReadTarget, ...]
    for_goals: bool
    aside: bool
    planned: bool


_ASIDE: Final = frozenset({Topic.SAFEGUARDS, Topic.STAGES})
_FOR_GOALS: Final = frozenset({Topic.GOALS, Topic.GENERAL})
_UNNUMBERED: Final = frozenset({None, Kind.PLAIN})
_NO_GOALS: Final = frozenset({Topic.PAST, Topic.APPENDIX})
_CONDITIONS: Final = re.compile("(?:下列|以下|申[报请]|准入|参评|认定|入[选库])(?:基本)?条件$")
_LISTED: Final = frozenset({Kind.BULLET, Kind.CIRCLE, Kind.SMALL, Kind.FIGURE})
# 第三条 到2025年，建成…; （牵头单位：甲局）
_TASKED: Final = re.compile(
    "(?:牵头|责任|主办|承办)(?:单位|部门):|(?<![^。:】 条])(?:力争)?到“?(?:20[0-9]{2}年|十[四五六七]五)"
)
# What is no policy tells of years too (2012年，…获批73个); those of goals come with 到, 前, 末 or 期间.
_SETS_GOAL: Final = re.compile("[到至前底末内]|期间|时期|力争|争取|确保")
_STEP: Final = re.compile("[,:、;]?(?:第[一二三四五]步|第[一二三四五]阶段|首批|即)$")
_EARLY: Final = 12  # characters that may stand before a sentence's leading date
_SHORTEST_GOAL: Final = 8
_LONGEST_DATED: Final = 40
_SENTENCE: Final = re.compile("[^。;!\n]{1,1000}")
