"""Looking ahead, purely: what comes when, beside a plain calculation; and what buttons carry."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ahead.looking import after, before, coming, days_of, of_month, of_scope
from bot.ahead.verbs import Month, Scope, Whose, scope_and_day, scope_and_month
from domain.events import EVERYTHING, FIRST_YEAR, LAST_YEAR, Event, EventKind, Rule, Span, Subject, When
from domain.policy import FactKind, Name
from domain.timeline import Deadline, Yearly

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
TODAY = date(2026, 11, 22)


def event(key: str, when: When, *subjects: Subject) -> Event:
    return Event(
        key=key,
        kind=EventKind.DATE,
        name=Name(zh=key),
        when=when,
        subjects=frozenset({EVERYTHING, *subjects}),
    )


def keys(events: list[Event]) -> set[str]:
    return {one.key for one in events}


SPANS = st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=12).map(
    lambda some: [
        event(f"e{number}", Span(first=first, last=first + timedelta(days=lasts)))
        for number, (first, lasts) in enumerate(some)
    ]
)


def spans(events: list[Event]) -> dict[str, Span]:
    return {one.key: one.when for one in events if isinstance(one.when, Span)}


@given(events=SPANS, today=DAYS)
def test_what_comes_is_what_is_not_over_and_begins_within_90_days(events: list[Event], today: date) -> None:
    found = [one.event.key for one in coming(events, today)]
    expected = {
        key
        for key, span in spans(events).items()
        if span.last >= today and span.first <= today + timedelta(days=90)
    }
    assert set(found) == expected
    assert len(found) == len(expected)
    begins = [spans(events)[key].first for key in found]
    assert begins == sorted(begins)


@given(events=SPANS, today=DAYS)
def test_the_last_before_and_the_next_after_are_the_nearest(events: list[Event], today: date) -> None:
    past = [span.last for span in spans(events).values() if span.last < today]
    later = [span.first for span in spans(events).values() if span.first > today + timedelta(days=90)]
    last, following = before(events, today), after(events, today)
    assert (last.last if last else None) == max(past, default=None)
    assert (following.first if following else None) == min(later, default=None)


@given(events=SPANS, month=st.builds(Month, st.integers(2024, 2028), st.integers(1, 12)))
def test_a_month_has_each_event_on_each_of_its_days(events: list[Event], month: Month) -> None:
    expected: dict[date, set[str]] = {}
    for day in (month.first + timedelta(days=n) for n in range(31)):
        if Month.of(day) == month and (
            on := {key for key, span in spans(events).items() if span.first <= day <= span.last}
        ):
            expected[day] = on
    assert {day: {one.event.key for one in some} for day, some in of_month(events, month).items()} == expected


def test_a_deadline_is_on_its_last_day_alone_however_it_was_stated() -> None:
    target = event("t", Deadline.parse("2026"))
    (one,) = coming([target], TODAY)
    assert list(days_of(one, date(2026, 1, 1), date(2026, 12, 31))) == [date(2026, 12, 31)]
    assert coming([event("t", Deadline.parse("2027"))], TODAY) == []


def test_what_comes_daily_or_once_in_a_long_time_is_found_too() -> None:
    daily = event("daily", Rule(first=date(2000, 1, 1), text="FREQ=DAILY"))
    yesterday, next_day = before([daily], TODAY), after([daily], TODAY)
    assert yesterday
    assert yesterday.day == TODAY - timedelta(days=1)
    assert next_day
    assert next_day.day == TODAY + timedelta(days=91)
    far = event("far", Deadline.parse("2049"))
    once = event("once", Deadline.parse("2003"))
    found, gone = after([far, once], TODAY), before([far, once], TODAY)
    assert found
    assert found.event.key == "far"
    assert gone
    assert gone.event.key == "once"


def test_scopes_choose_by_what_events_are_about() -> None:
    mine = Subject("p", FactKind.TARGET, "T1")
    events = [
        event("one", Yearly(3, 15), mine, Subject("p", FactKind.POLICY, "")),
        event("two", Yearly(9), Subject("q", FactKind.POLICY, "")),
    ]
    assert keys(of_scope(events, Scope(), [])) == {"one", "two"}
    assert keys(of_scope(events, Scope(Whose.FOLLOWED), [mine])) == {"one"}
    assert keys(of_scope(events, Scope(Whose.FOLLOWED), [])) == set()
    assert keys(of_scope(events, Scope(Whose.POLICY, "q"), [mine])) == {"two"}


@given(year=st.integers(FIRST_YEAR, LAST_YEAR), number=st.integers(1, 12), by=st.integers(-14, 14))
def test_turning_months_keeps_within_the_years(year: int, number: int, by: int) -> None:
    month = Month(year, number)
    turned = month.turned(by)
    months = year * 12 + number - 1 + by
    if FIRST_YEAR * 12 <= months < (LAST_YEAR + 1) * 12:
        assert turned is not None
        assert turned.year * 12 + turned.month - 1 == months
        assert scope_and_month(f"a.{turned}") == (Scope(), turned)
    else:
        assert turned is None


@pytest.mark.parametrize("scope", [Scope(), Scope(Whose.FOLLOWED), Scope(Whose.POLICY, "a" * 32)])
def test_buttons_carry_scopes(scope: Scope) -> None:
    assert Scope.read(str(scope)) == scope
    assert scope_and_day(f"{scope}.2026-12-31") == (scope, date(2026, 12, 31))


@given(st.text(max_size=30))
def test_any_text_is_a_scope_or_none(text: str) -> None:
    scope = Scope.read(text)
    assert scope is None or str(scope) == text
