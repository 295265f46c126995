"""What a policy's timeline shows, in words and days: its stages, its milestones, and what is due when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.texts import figure, named, standing, yearly
from bot.words.dates import day as day_words
from bot.words.dates import when
from bot.words.names import capital, fact_name, joined, name, place, policy_name
from bot.words.translations import Translator
from domain.events import Event, EventKind, Span
from domain.languages import Language
from domain.policy import Policy
from domain.timeline import Deadline

MOST_ROWS = 10  # of all that is due, together
_MOST_DUES = 4
_MOST_BARS = 8
_MOST_FLAGS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that lasts; with `open` the text does not say since when."""

    label: str
    first: date
    last: date
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something on a day; `dates` says which, in brackets."""

    name: str
    dates: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A thing that is due, and its figure where it has one."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due by one date; `more` says what else is."""

    deadline: Deadline
    heading: str
    standing: str
    rows: tuple[Row, ...]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A policy along the years, everything in the reader's language."""

    language: Language
    title: str
    place: str
    today: date
    now: str  # says which day it is
    bars: tuple[Bar, ...] = ()
    flags: tuple[Flag, ...] = ()
    dues: tuple[Due, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def days(self) -> list[date]:
        """Every day that is drawn, but today's."""
        spans = [day for bar in self.bars for day in (bar.first, bar.last)]
        return [*spans, *(flag.day for flag in self.flags), *(due.deadline.day for due in self.dues)]


def timeline(policy: Policy, added: Iterable[Event], today: date, t: Translator) -> Timeline:
    """What the text dates, and the dates that administrators added to it.

    Args:
        policy: what to show.
        added: events; those that were added to the policy and come once are taken.
        today: what "days left" counts from.
        t: into the reader's language.
    """
    bars, flags = list(_bars(policy, t)), sorted(_flags(policy, added, t), key=lambda flag: flag.day)
    dues, undrawn = _dues(policy, today, t)
    undrawn += max(0, len(bars) - _MOST_BARS) + max(0, len(flags) - _MOST_FLAGS)
    return Timeline(
        language=t.language,
        title=policy_name(policy, t),
        place=place(policy, t),
        today=today,
        now=t.say("Today: {day}", day=day_words(today, t)),
        bars=tuple(bars[:_MOST_BARS]),
        flags=tuple(flags[:_MOST_FLAGS]),
        dues=dues,
        remarks=tuple(_remarks(policy, undrawn, t)),
    )


def _bars(policy: Policy, t: Translator) -> Iterator[Bar]:
    for stage in policy.stages:
        yield Bar(label=name(stage.name, t), first=stage.start.first_day, last=stage.end.day)
    if not policy.stages and policy.end:
        begin = policy.start or policy.issued
        first = (
            begin.first_day
            if begin
            else min(_due_days(policy), default=policy.end.day).replace(month=1, day=1)
        )
        yield Bar(
            label=t.say("Period it covers"),
            first=min(first, policy.end.day),
            last=policy.end.day,
            open=policy.start is None,
        )


def _flags(policy: Policy, added: Iterable[Event], t: Translator) -> Iterator[Flag]:
    for stage in policy.stages:
        for one in stage.milestones:
            yield _flag(name(one.name, t), named(one.due, t), one.due.day, t)
    for event in added:
        if event.policy == policy.id and event.kind is EventKind.DATE and isinstance(event.when, Span):
            first = event.when.first
            yield _flag(name(event.name, t), day_words(first, t), first, t)


def _flag(called: str, dates: str, day: date, t: Translator) -> Flag:
    return Flag(name=called, dates=t.say("{name} ({dates})", name="", dates=dates), day=day)


def _dues(policy: Policy, today: date, t: Translator) -> tuple[tuple[Due, ...], int]:
    """What is due by the nearest dates of it, and how many things are due by others."""
    figures, sentences = _rows(policy, t)
    goals = _with_room(figures, sentences)
    rows = {due: [*figures[due], *goals[due]] for due in {**figures, **sentences}}
    nearest = sorted(rows, key=lambda due: (due.day < today, abs(due.days_from(today))))[:_MOST_DUES]
    quotas = dict(zip(nearest, _shared([len(rows[due]) for due in nearest]), strict=True))
    left = {due: len(rows[due]) - quotas.get(due, 0) for due in rows}
    silent = {due: len(sentences[due]) - len(goals[due]) for due in rows}
    dues = tuple(
        Due(
            deadline=due,
            heading=capital(when(due, t)),
            standing=standing(due, today, t),
            rows=tuple(rows[due][: quotas[due]]),
            more=_more(left[due], silent[due], t),
        )
        for due in sorted(nearest)
    )
    return dues, sum(left[due] + silent[due] for due in rows if due not in quotas)


_Rows: TypeAlias = defaultdict[Deadline, list[Row]]


def _rows(policy: Policy, t: Translator) -> tuple[_Rows, _Rows]:
    """Targets and measures by their dates; and goals."""
    figures: _Rows = defaultdict(list)
    for target in policy.targets:
        if target.due:
            figures[target.due].append(Row(label=capital(name(target.metric, t)), value=figure(target, t)))
    for measure in policy.measures:
        if measure.due:
            figures[measure.due].append(Row(label=fact_name(measure, t)))
    sentences: _Rows = defaultdict(list)
    for goal in policy.goals:
        if goal.due:
            sentences[goal.due].append(Row(label=name(goal.statement, t).rstrip("。.")))
    return figures, sentences


def _with_room(figures: _Rows, sentences: _Rows) -> _Rows:
    """The goals that find room beside the figures, a date's all or none; first where nothing else is due."""
    room, kept = MOST_ROWS - sum(map(len, figures.values())), defaultdict[Deadline, list[Row]](list)
    for due in sorted(sentences, key=lambda due: (due in figures, due)):
        if len(sentences[due]) <= room or due not in figures:
            kept[due] = sentences[due]
            room -= len(sentences[due])
    return kept


def _shared(wanted: Sequence[int]) -> list[int]:
    """How many rows each gets: in turn one more, while there are."""
    given = [0] * len(wanted)
    for _ in range(min(MOST_ROWS, sum(wanted))):
        hungry = [at for at, (has, wants) in enumerate(zip(given, wanted, strict=True)) if has < wants]
        given[min(hungry, key=lambda at: given[at])] += 1
    return given


def _more(left: int, goals: int, t: Translator) -> str:
    parts = [t.say_n("… and {n} more", "… and {n} more", left)] if left else []
    if goals:
        parts.append(t.say_n("and {n} qualitative goal", "and {n} qualitative goals", goals))
    return joined(parts, t)


def _remarks(policy: Policy, undrawn: int, t: Translator) -> Iterator[str]:
    if undrawn:
        yield t.say_n(
            "{n} more entry with a date is not shown here.",
            "{n} more entries with a date are not shown here.",
            undrawn,
        )
    if undated := sum(target.due is None for target in policy.targets):
        yield t.say_n(
            "For {n} more target the text sets no date.",
            "For {n} more targets the text sets no date.",
            undated,
        )
    if policy.events:
        each = [
            t.say("{name} ({dates})", name=name(one.name, t), dates=yearly(one.yearly, t))
            for one in policy.events
        ]
        yield joined(each, t)


def _due_days(policy: Policy) -> list[date]:
    dated = [
        *(target.due for target in policy.targets),
        *(measure.due for measure in policy.measures),
        *(goal.due for goal in policy.goals),
    ]
    return [due.day for due in dated if due]
