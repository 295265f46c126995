"""Working days: make-up days count, and a year that is not published yet is provisional."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.workdays import Workdays

# The days around a holiday in October: from Thursday to the next Wednesday off, a Saturday worked.
AUTUMN = Workdays(
    days_off=frozenset(date(2026, 10, day) for day in range(1, 8)),
    make_up=frozenset({date(2026, 10, 10)}),
    published=frozenset({2026}),
)


def test_a_make_up_saturday_is_a_working_day_and_a_holiday_is_none() -> None:
    days = {day: AUTUMN.is_workday(date(2026, 10, day)) for day in (1, 5, 8, 10, 11)}
    assert days == {1: False, 5: False, 8: True, 10: True, 11: False}


def test_what_falls_on_a_holiday_belongs_to_the_working_day_before_it_or_after_it() -> None:
    assert AUTUMN.on_or_before(date(2026, 10, 7)) == date(2026, 9, 30)
    assert AUTUMN.on_or_before(date(2026, 10, 11)) == date(2026, 10, 10)
    assert AUTUMN.on_or_after(date(2026, 10, 1)) == date(2026, 10, 8)
    assert AUTUMN.on_or_after(date(2026, 10, 8)) == date(2026, 10, 8)


def test_a_year_without_published_days_is_provisional() -> None:
    assert not AUTUMN.provisional(date(2026, 12, 31))
    assert AUTUMN.provisional(date(2027, 1, 1))


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_no_working_day_lies_between(day: date) -> None:
    before, after = AUTUMN.on_or_before(day), AUTUMN.on_or_after(day)
    assert before <= day <= after
    assert AUTUMN.is_workday(before)
    assert AUTUMN.is_workday(after)
    between = range(before.toordinal() + 1, after.toordinal())
    assert not any(AUTUMN.is_workday(date.fromordinal(one)) for one in between)
