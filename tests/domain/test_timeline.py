"""Dates as policies state them: read, written back, and turned into days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.timeline import Deadline, Precision, Yearly
from tests.storage.samples import deadlines, yearlies


@given(deadlines)
def test_a_deadline_reads_back_from_its_text_and_starts_before_it_ends(deadline: Deadline) -> None:
    assert Deadline.parse(str(deadline)) == deadline
    assert deadline.first_day <= deadline.day
    assert (deadline.first_day == deadline.day) == (deadline.precision is Precision.DAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("2025-06-30", date(2025, 6, 30), date(2025, 6, 30)),
    ],
)
def test_a_deadline_means_the_last_day_of_what_it_names(text: str, first: date, last: date) -> None:
    deadline = Deadline.parse(text)
    assert (deadline.first_day, deadline.day) == (first, last)
    assert deadline.days_from(last) == 0
    assert deadline.days_from(date(last.year + 1, 1, 1)) < 0


@pytest.mark.parametrize(
    "text", ["", "25", "2025-13", "2025-Q5", "2025-02-30", "2025-6", "2025年", "2025\n", "0000"]
)
def test_what_is_no_deadline_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|month must be|day is out of range|year 0"):
        Deadline.parse(text)


@given(yearlies, st.dates(date(1900, 1, 1), date(2900, 1, 1)))
def test_the_next_occurrence_is_under_way_or_ahead_within_a_year(yearly: Yearly, today: date) -> None:
    assert Yearly.parse(str(yearly)) == yearly
    first, last = yearly.next_from(today)
    assert first <= last
    assert last >= today
    assert (first - today).days <= 366


def test_the_end_of_february_falls_on_its_last_day_in_common_years() -> None:
    assert Yearly(2, 29).in_year(2025) == (date(2025, 2, 28), date(2025, 2, 28))
    assert Yearly(2, 29).in_year(2024) == (date(2024, 2, 29), date(2024, 2, 29))
    assert Yearly(2).in_year(2024) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize("text", ["", "13", "00", "02-30", "9", "10-14-1"])
def test_what_comes_never_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a yearly date|month must be|day is out of range"):
        Yearly.parse(text)
