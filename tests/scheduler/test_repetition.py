"""Repetitions: what their rules give, also where a month has no such day, and how one becomes another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import Lunar, Rule, Span
from scheduler.events import check_rule
from scheduler.repetition import LAST, Repeat, Repetition, begun, next_times, repeat_of, repeated, repetition

SUNDAY = date(2026, 11, 22)

DAYS = st.sampled_from([*range(1, 31), LAST])
WEEKDAYS = st.integers(1, 7)
REPETITIONS = st.one_of(
    st.builds(Repetition, repeat=st.just(Repeat.WEEK), weekday=WEEKDAYS),
    st.builds(Repetition, repeat=st.just(Repeat.MONTH), day=DAYS),
    st.builds(
        Repetition, repeat=st.just(Repeat.MONTH), weekday=WEEKDAYS, nth=st.sampled_from([1, 2, 3, 4, LAST])
    ),
    st.builds(Repetition, repeat=st.just(Repeat.QUARTER), day=DAYS, month=st.integers(1, 3)),
    st.just(Repetition(repeat=Repeat.HALF_YEAR, day=LAST, month=6)),
    st.just(Repetition(repeat=Repeat.YEAR, day=LAST, month=2)),
)


def days(when: Span | Rule | Lunar, count: int = 5) -> list[str]:
    """The next few times."""
    return [f"{one.day}" for one in next_times(when, SUNDAY, count)]


@pytest.mark.parametrize(
    ("its", "expected"),
    [
        (Repetition(repeat=Repeat.MONTH, day=30), ["2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28"]),
        (Repetition(repeat=Repeat.MONTH, day=29), ["2026-11-29", "2026-12-29", "2027-01-29", "2027-02-28"]),
        (Repetition(repeat=Repeat.MONTH, day=LAST), ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        (
            Repetition(repeat=Repeat.QUARTER, day=30, month=2),
            ["2026-11-30", "2027-02-28", "2027-05-30", "2027-08-30"],
        ),
        (
            Repetition(repeat=Repeat.YEAR, day=LAST, month=2),
            ["2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28"],
        ),
    ],
)
def test_a_day_that_a_month_does_not_have_is_its_last(its: Repetition, expected: list[str]) -> None:
    assert days(begun(its, SUNDAY), 4) == expected


@given(REPETITIONS, st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 9))
def test_a_rule_is_sound_known_again_and_begins_with_its_next_time(
    its: Repetition, today: date, lasts: int
) -> None:
    rule = begun(its, today, lasts)
    check_rule(rule.first, rule.text)
    assert repetition(rule.text) == its
    assert rule.first >= today
    times = [one for one in next_times(rule, rule.first, 30) if one.first >= rule.first]
    assert times[0].first == rule.first
    assert all(one.last - one.first == timedelta(lasts - 1) for one in times)
    if its.repeat is Repeat.MONTH and not its.nth:
        months = [one.first.year * 12 + one.first.month for one in times]
        assert months == list(range(months[0], months[0] + len(times)))  # none is left out


@given(
    st.dates(date(2001, 1, 1), date(2090, 1, 1)),
    st.sampled_from([Repeat.ONCE, Repeat.MONTH, Repeat.QUARTER, Repeat.YEAR, Repeat.LUNAR]),
    st.integers(1, 20),
)
def test_a_day_made_to_come_again_comes_on_that_day(anchor: date, repeat: Repeat, lasts: int) -> None:
    when = repeated(anchor, lasts, repeat, anchor)
    assert repeat_of(when) is repeat
    (first,) = [one for one in next_times(when, anchor, 20) if one.first >= anchor][:1]
    if repeat is Repeat.LUNAR and first.first != anchor:  # a day of a leap month: a lunar year later
        assert (first.first - anchor).days > 300
    else:
        assert (first.first, first.last) == (anchor, anchor + timedelta(lasts - 1))


def test_a_rule_of_another_form_is_none_of_ours() -> None:
    assert repetition("FREQ=DAILY;COUNT=3") is None
    assert repeat_of(Rule(first=SUNDAY, text="FREQ=DAILY;COUNT=3")) is None


def test_the_years_end_with_ours() -> None:
    assert days(Span(first=date(2026, 1, 1), last=date(2026, 1, 2))) == []
    with pytest.raises(ValueError, match="2099"):
        begun(Repetition(repeat=Repeat.YEAR, day=LAST, month=2), date(2099, 12, 1))
