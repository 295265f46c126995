"""Events: from policies and added dates, those of the same name as one, and when each of them comes."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from borax.calendars.lunardate import LCalendars, LunarDate  # type: ignore[import-untyped] # ships no types
from dateutil.rrule import rrule, rruleset, rrulestr  # type: ignore[import-untyped] # the same

from domain.errors import BadInput
from domain.events import EVERYTHING, Event, EventKind, Lunar, Occurrence, Rule, Span, Subject, When
from domain.policy import FactKind, Measure, Name, Policy, Role
from domain.timeline import Deadline, Precision, Yearly

_FINER = re.compile(r"FREQ=(HOURLY|MINUTELY|SECONDLY)|BYHOUR|BYMINUTE|BYSECOND", re.IGNORECASE)
_FREQUENCY = re.compile(r"FREQ=(\w+)", re.IGNORECASE)
_MOST = 2_000  # times within a plan: enough for daily ones


def events(policies: Iterable[Policy], added: Iterable[Event] = ()) -> list[Event]:
    """All there is to be reminded of; an occasion that several policies name is one event."""
    found = [*added, *(event for policy in policies for event in _of_policy(policy))]
    alike: defaultdict[str, list[Event]] = defaultdict(list)
    for event in found:
        comes_yearly = isinstance(event.when, Yearly) or _is_yearly(event.when)
        alike[f"occasion {event.name.zh}" if comes_yearly else event.key].append(event)
    return sorted((_one(group) for group in alike.values()), key=lambda event: event.key)


def occurrences(event: Event, first: date, last: date) -> Iterator[Occurrence]:
    """The times an event comes that are not over before `first` and begin by `last`, in order."""
    for occurrence in _times(event, first, last):
        if occurrence.last >= first and min(occurrence.first, occurrence.day) <= last:
            yield occurrence


def check_rule(first: date, text: str) -> None:
    """Refuse a rule that iCalendar doesn't know, that is finer than days, or that names no day at all.

    Raises:
        BadInput: says what is wrong.
    """
    if _FINER.search(text):
        raise BadInput(f"a rule that is finer than days: {text!r}")
    try:
        some = next(iter(_rule(first, text)), None)
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"not a rule like FREQ=MONTHLY;BYMONTHDAY=28: {text!r}: {error}") from error
    if some is None:
        raise BadInput(f"a rule that names no day: {text!r}")


def _one(group: list[Event]) -> Event:
    """What an administrator added counts most, its date too; then the policy that comes first by its id."""
    keeper = min(group, key=lambda event: (event.kind is EventKind.OCCASION, event.key))
    subjects = frozenset[Subject]().union(*(event.subjects for event in group))
    source = next((event for event in group if event.fact), keeper)
    return replace(keeper, subjects=subjects, policy=source.policy, fact=source.fact)


def _is_yearly(when: When) -> bool:
    return isinstance(when, Lunar) or (isinstance(when, Rule) and when.text.upper() == "FREQ=YEARLY")


def _of_policy(policy: Policy) -> Iterator[Event]:
    for target in policy.targets:
        if target.due:
            yield _event(policy, EventKind.TARGET, target.id, target.metric, target.due)
    for measure in policy.measures:
        if measure.due:
            charged = _charged(policy, [measure])
            yield _event(policy, EventKind.MEASURE, measure.id, measure.title, measure.due, charged)
    for stage in policy.stages:
        begins = Span(first=stage.start.first_day, last=stage.start.first_day)
        yield _event(policy, EventKind.STAGE_START, stage.id, stage.name, begins)
        yield _event(policy, EventKind.STAGE_END, stage.id, stage.name, stage.end)
        for one in stage.milestones:
            event = _event(policy, EventKind.MILESTONE, one.id, one.name, one.due)
            of_stage = Subject(policy.id, FactKind.STAGE, stage.id)
            yield replace(event, fact=stage.id, subjects=event.subjects | {of_stage})
    for occasion in policy.events:
        here = [one for one in policy.measures if one.passage.clause == occasion.passage.clause]
        charged = _charged(policy, here)
        yield _event(policy, EventKind.OCCASION, occasion.id, occasion.name, occasion.yearly, charged)


def _event(  # noqa: PLR0913, PLR0917 - what an event consists of
    policy: Policy, kind: EventKind, fact: str, name: Name, when: When, charged: frozenset[str] = frozenset()
) -> Event:
    offices = charged or frozenset(one.id for one in policy.departments)
    return Event(
        key=f"{policy.id}/{kind}/{fact}",
        kind=kind,
        name=name,
        when=when,
        policy=policy.id,
        fact=fact,
        subjects=frozenset(
            {
                EVERYTHING,
                Subject("", kind.topic, ""),
                Subject(policy.id, FactKind.POLICY, ""),
                Subject(policy.id, kind.topic, ""),
                Subject(policy.id, kind.topic, fact),
                *(Subject(policy.id, FactKind.DEPARTMENT, office) for office in offices),
            }
        ),
    )


def _charged(policy: Policy, measures: Iterable[Measure]) -> frozenset[str]:
    """Who answers for these measures; empty where the text says all do, or nothing."""
    charges = [charge for measure in measures for charge in measure.charges]
    if any(charge.role is Role.COLLECTIVE for charge in charges):
        return frozenset()
    known = {one.id for one in policy.departments}
    return frozenset(charge.department for charge in charges) & known


def _times(event: Event, first: date, last: date) -> Iterator[Occurrence]:
    match event.when:
        case Deadline(day, precision) as due:
            yield Occurrence(event=event, day=day, first=due.first_day, last=day, precision=precision)
        case Span(first=begin, last=end):
            yield Occurrence(event=event, day=begin, first=begin, last=end)
        case Yearly() as yearly:
            precision = Precision.MONTH if yearly.day is None else Precision.DAY
            for year in range(first.year, last.year + 1):
                begin, end = yearly.in_year(year)
                yield Occurrence(
                    event=event, key=f"{year}", day=begin, first=begin, last=end, precision=precision
                )
        case Lunar() as lunar:
            for year in range(first.year - 1, last.year + 1):  # the twelfth month ends in the next year
                yield _lasting(event, f"{year}", _solar(lunar, year), lunar.days)
        case Rule() as rule:
            yield from _by_rule(event, rule, first, last)


def _by_rule(event: Event, rule: Rule, first: date, last: date) -> Iterator[Occurrence]:
    frequency = _FREQUENCY.search(rule.text)
    period_of = _PERIODS.get(frequency[1].upper() if frequency else "", date.isoformat)
    # From the start of a year, as what counts is the how-manieth of its period a time is; and of the year
    # before, as what lasts may have begun then.
    start = date(first.year - 1, 1, 1)
    counted: defaultdict[str, int] = defaultdict(int)
    before: date | None = None
    for at in islice(_rule(rule.first, rule.text).xafter(datetime.combine(start, time()), inc=True), _MOST):
        if at.date() > last:
            return
        period = period_of(at.date())
        counted[period] += 1
        number = counted[period]
        one = _lasting(event, period if number == 1 else f"{period}#{number}", at.date(), rule.days)
        yield replace(one, gap=(at.date() - before).days) if before else one
        before = at.date()


def _week(day: date) -> str:
    return "{}-W{:02d}".format(*day.isocalendar())


# When a rule comes, without what an edit may change.
_PERIODS: dict[str, Callable[[date], str]] = {
    "YEARLY": lambda day: f"{day.year}",
    "MONTHLY": lambda day: f"{day.year}-{day.month:02d}",
    "WEEKLY": _week,
}


def _lasting(event: Event, key: str, begin: date, days: int) -> Occurrence:
    end = begin + timedelta(days - 1)
    return Occurrence(event=event, key=key, day=begin, first=begin, last=end)


def _solar(lunar: Lunar, year: int) -> date:
    day = min(lunar.day, LCalendars.ndays(year, lunar.month))
    solar: date = LunarDate(year, lunar.month, day).to_solar_date()
    return solar


def _rule(first: date, text: str) -> rrule:
    rule = rrulestr(text, dtstart=datetime.combine(first, time()))
    if isinstance(rule, rruleset):
        raise ValueError("more than one rule")  # noqa: TRY004 - told like any other flaw of the text
    return rule
