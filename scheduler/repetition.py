"""How added dates come again: each way as an RRULE, and a date made to come in another way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from borax.calendars.lunardate import LunarDate  # type: ignore[import-untyped] # ships no types

from domain.events import LAST_YEAR, Event, EventKind, Lunar, Occurrence, Rule, Span
from domain.policy import Name
from scheduler.events import occurrences

LAST = -1  # the last day of a month, the last of its Mondays
STATED = frozenset({29, 30})  # days that some months do not have: there it is their last day

Stated = Span | Rule | Lunar  # when an added date comes


class Repeat(StrEnum):
    """How often something comes."""

    ONCE = "once"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half"
    YEAR = "year"
    LUNAR = "lunar"  # every year, by the lunar calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """On which day of each period something comes; what a way to repeat does not need is 0."""

    repeat: Repeat
    day: int = 0  # of a month: 1 to 30, or `LAST`; of a year only `LAST`, with its month
    month: int = 0  # of a quarter, a half-year, a year: from 1
    weekday: int = 0  # Monday is 1
    nth: int = 0  # which such weekday of a month: 1 to 4, or `LAST`

    def rrule(self) -> str:
        """As iCalendar writes it. A day that a month does not have is the month's last."""
        match self.repeat:
            case Repeat.WEEK:
                return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[self.weekday]}"
            case Repeat.YEAR if not self.month:
                return "FREQ=YEARLY"  # on the day it began; the whole of its text, see `events`
            case Repeat.YEAR:
                return f"FREQ=YEARLY;BYMONTH={self.month};{_on(self.day)}"
            case Repeat.MONTH if self.nth:
                return f"FREQ=MONTHLY;BYDAY={self.nth}{_WEEKDAYS[self.weekday]}"
            case Repeat.MONTH:
                return f"FREQ=MONTHLY;{_on(self.day)}"
            case _:
                step = 3 if self.repeat is Repeat.QUARTER else 6
                months = ",".join(f"{month}" for month in range(self.month, 13, step))
                return f"FREQ=MONTHLY;BYMONTH={months};{_on(self.day)}"


HALF_YEAR_END: Final = Repetition(repeat=Repeat.HALF_YEAR, day=LAST, month=6)


def repetition(rrule: str) -> Repetition | None:
    """The repetition that a rule is; None for a rule of another form."""
    return _KNOWN.get(rrule)


def repeat_of(when: Stated) -> Repeat | None:
    """How often it comes; None where that is a rule of another form."""
    match when:
        case Span():
            return Repeat.ONCE
        case Lunar():
            return Repeat.LUNAR
        case Rule(text=text):
            known = repetition(text)
            return known.repeat if known else None


def begun(its: Repetition, today: date, days: int = 1) -> Rule:
    """A rule whose first time is the next there is.

    Raises:
        ValueError: there is none in the years we know.
    """
    rule = Rule(first=today, text=its.rrule(), days=days)
    first = next((one.day for one in times(rule, today) if one.day >= today), None)
    if first is None:
        raise ValueError(f"no such day until {LAST_YEAR}")
    return Rule(first=first, text=rule.text, days=days)


def yearly(first: date, days: int = 1) -> Rule:
    """Every year from that day on; 29 February is the last day of February in other years."""
    leap = (first.month, first.day) == (2, 29)
    its = Repetition(repeat=Repeat.YEAR, month=2, day=LAST) if leap else Repetition(repeat=Repeat.YEAR)
    return Rule(first=first, text=its.rrule(), days=days)


def repeated(anchor: date, days: int, repeat: Repeat, today: date) -> Stated:
    """What comes on a day made to come again. A month's last day stays one, if it is the 30th or 31st.

    Raises:
        ValueError: it can't come so in the years we know.
    """
    day = LAST if anchor.day >= 30 and (anchor + timedelta(1)).day == 1 else anchor.day
    match repeat:
        case Repeat.ONCE:
            return Span(first=anchor, last=anchor + timedelta(days - 1))
        case Repeat.YEAR:
            return yearly(anchor, days)
        case Repeat.LUNAR:
            lunar = LunarDate.from_solar_date(anchor.year, anchor.month, anchor.day)
            return Lunar(month=lunar.month, day=lunar.day, days=days)
        case Repeat.WEEK:
            return begun(Repetition(repeat=repeat, weekday=anchor.isoweekday()), today, days)
        case Repeat.MONTH:
            return begun(Repetition(repeat=repeat, day=day), today, days)
        case Repeat.QUARTER:
            month = (anchor.month - 1) % 3 + 1
            return begun(Repetition(repeat=repeat, day=day, month=month), today, days)
        case Repeat.HALF_YEAR:
            return begun(HALF_YEAR_END, today, days)


def times(when: Stated, today: date) -> Iterator[Occurrence]:
    """The times it comes that are not over, in order, one after the other as they are asked for."""
    event = Event(key="", kind=EventKind.DATE, name=Name(zh=""), when=when)
    return occurrences(event, today, date(LAST_YEAR, 12, 31))


def next_times(when: Stated, today: date, count: int) -> list[Occurrence]:
    """The next few of them."""
    return list(islice(times(when, today), count))


_WEEKDAYS: Final = ("", "MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _on(day: int) -> str:
    if day in STATED:
        return f"BYMONTHDAY={','.join(str(one) for one in range(28, day + 1))};BYSETPOS=-1"
    return f"BYMONTHDAY={day}"


def _all() -> Iterator[Repetition]:
    days = (*range(1, 31), LAST)
    yield HALF_YEAR_END
    yield Repetition(repeat=Repeat.YEAR)
    yield Repetition(repeat=Repeat.YEAR, month=2, day=LAST)
    for weekday in range(1, 8):
        yield Repetition(repeat=Repeat.WEEK, weekday=weekday)
        for nth in (1, 2, 3, 4, LAST):
            yield Repetition(repeat=Repeat.MONTH, weekday=weekday, nth=nth)
    for day in days:
        yield Repetition(repeat=Repeat.MONTH, day=day)
        for month in (1, 2, 3):
            yield Repetition(repeat=Repeat.QUARTER, month=month, day=day)


_KNOWN: Final = {one.rrule(): one for one in _all()}
