"""Events: what reminders are about, when each occurs, and what to subscribe to so as to be told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from domain.policy import FactKind, Name
from domain.timeline import Deadline, Precision, Yearly

FIRST_YEAR, LAST_YEAR = 2000, 2099  # what can be asked for and added; the lunar calendar is known for these


class EventKind(StrEnum):
    """What kind of event."""

    TARGET = "target"  # a target's due date
    MEASURE = "measure"  # a measure's own date
    STAGE_START = "stage_start"
    STAGE_END = "stage_end"
    MILESTONE = "milestone"  # 中期评估, within a stage
    OCCASION = "occasion"  # comes every year and a policy names it: 世界标准日
    DATE = "date"  # added by an administrator
    COLLECTION = "collection"  # figures are collected (数据报送): monthly, quarterly, yearly

    @property
    def topic(self) -> FactKind:
        """The kind that a subscription to such events names."""
        return _TOPICS.get(self, FactKind.EVENT)


_TOPICS = {
    EventKind.TARGET: FactKind.TARGET,
    EventKind.MEASURE: FactKind.MEASURE,
    EventKind.STAGE_START: FactKind.STAGE,
    EventKind.STAGE_END: FactKind.STAGE,
    EventKind.MILESTONE: FactKind.STAGE,
}


class Subject(NamedTuple):
    """What to subscribe to: a fact; without `fact` all of its kind; without `policy` that of all policies.

    Added dates are facts of kind `event` with their number, and of no policy: `("", "event", "12")`.
    """

    policy: str
    kind: FactKind
    fact: str


EVERYTHING = Subject("", FactKind.POLICY, "")
COLLECTIONS = Subject("", FactKind.EVENT, EventKind.COLLECTION.value)  # all collection days, nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Something that comes once, and lasts from `first` to `last`."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something that comes again and again: `first` as iCalendar's DTSTART, `text` as its RRULE."""

    first: date
    text: str
    days: int = 1  # how long each time lasts


@dataclass(frozen=True, slots=True, kw_only=True)
class Lunar:
    """A day of the Chinese lunar calendar (农历) that comes every year; never in a leap month."""

    month: int
    day: int  # the 30th is the last day of a month that has 29
    days: int = 1


When: TypeAlias = Deadline | Span | Yearly | Rule | Lunar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing to be reminded of."""

    key: str  # what it is, not when: `zhejiang-2023/target/T1`; 80 characters at most
    kind: EventKind
    name: Name
    when: When
    policy: str = ""  # the id of the policy it stands in, and of the fact: where a reader finds its source
    fact: str = ""
    subjects: frozenset[Subject] = frozenset({EVERYTHING})

    @property
    def to_do(self) -> bool:
        """Whether somebody has something to do by then, and can say that it is done.

        A day of every year, or a meeting of every week, only comes; what has to be handed in is a collection.
        """
        if self.kind is EventKind.DATE:
            return isinstance(self.when, Span)
        return self.kind not in {EventKind.STAGE_START, EventKind.OCCASION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time that an event comes.

    `key` names the time by its period (`2026`, `2026-03`), not by its date, so that a moved date keeps it; it
    is empty for what comes once. Leads count back from `day`: a deadline, or the first day of an occasion.
    """

    event: Event
    key: str = ""
    day: date
    first: date
    last: date
    precision: Precision = Precision.DAY
    # Days since it came the last time, for what comes by a rule; None too where that was long ago.
    gap: int | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """Event and time in one word, for feeds and reports."""
        return f"{self.event.key}/{self.key}" if self.key else self.event.key

    def facts(self) -> Mapping[str, Any]:
        """All of it as plain values, from which a reminder's words are made."""
        event = self.event
        return {
            "event": event.key,
            "occurrence": self.key,
            "kind": event.kind.value,
            "policy": event.policy,
            "fact": event.fact,
            "name": {"zh": event.name.zh, "en": event.name.en},
            "day": self.day.isoformat(),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "precision": self.precision.value,
            "to_do": event.to_do,
        }
