"""Which events come when: those ahead, those of a month or a day, the last that was and the next after."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from bot.ahead.verbs import Month, Scope, Whose
from domain.events import FIRST_YEAR, LAST_YEAR, Event, Occurrence, Subject
from domain.policy import FactKind
from scheduler.events import occurrences

AHEAD = timedelta(days=90)
# Stretches to search for what is nearest: most have something within the first.
_STRETCHES = tuple(timedelta(days=years * 366) for years in (1, 5, 100))
_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


def of_scope(events: Iterable[Event], scope: Scope, followed: Collection[Subject]) -> list[Event]:
    """The events to look at; `followed` is what the place that asks follows."""
    match scope.whose:
        case Whose.ALL:
            return list(events)
        case Whose.FOLLOWED:
            wanted = frozenset(followed)
        case Whose.POLICY:
            wanted = frozenset({Subject(scope.policy, FactKind.POLICY, "")})
    return [event for event in events if not wanted.isdisjoint(event.subjects)]


def coming(events: Iterable[Event], today: date) -> list[Occurrence]:
    """What is on today, or comes in the next 90 days; by the day it comes."""
    until = today + AHEAD
    found = [one for event in events for one in occurrences(event, today, until) if one.day <= until]
    return sorted(found, key=_order)


def after(events: Collection[Event], today: date) -> Occurrence | None:
    """What comes first after these 90 days."""
    begin = today + AHEAD + timedelta(days=1)
    for stretch in _STRETCHES:
        end = min(begin + stretch, _LAST)
        found = [one for event in events for one in occurrences(event, begin, end) if begin <= one.day <= end]
        if found:
            return min(found, key=_order)
    return None


def before(events: Collection[Event], today: date) -> Occurrence | None:
    """What was over last."""
    for stretch in _STRETCHES:
        begin = max(today - stretch, _FIRST)
        found = [one for event in events for one in occurrences(event, begin, today) if one.last < today]
        if found:
            return max(found, key=lambda one: (one.last, *_order(one)))
    return None


def of_month(events: Iterable[Event], month: Month) -> dict[date, list[Occurrence]]:
    """What is on, for each day of the month that something is on."""
    last = _last_day(month)
    found: dict[date, list[Occurrence]] = {}
    for event in events:
        for one in occurrences(event, month.first, last):
            for day in days_of(one, month.first, last):
                found.setdefault(day, []).append(one)
    return {day: sorted(found[day], key=_order) for day in sorted(found)}


def days_of(one: Occurrence, first: date, last: date) -> Iterator[date]:
    """The days it is on, of those from `first` to `last`."""
    # A deadline's is its last day, however exactly it was stated.
    begin = one.last if one.day == one.last else one.first
    day, end = max(begin, first), min(one.last, last)
    while day <= end:
        yield day
        day += timedelta(days=1)


def _order(one: Occurrence) -> tuple[date, str, str]:
    return one.day, one.event.policy, one.id


def _last_day(month: Month) -> date:
    following = month.turned(1)
    return following.first - timedelta(days=1) if following else _LAST
