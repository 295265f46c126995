"""Events: what policies and administrators bring, and when each of them comes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadInput
from domain.events import EVERYTHING, Event, EventKind, Lunar, Occurrence, Rule, Span, Subject
from domain.policy import Charge, Department, FactKind, Name, Passage, Role
from domain.timeline import Deadline, Precision, Yearly
from scheduler.events import check_rule, events, occurrences
from tests.storage.samples import LUCHENG

DAY = date(2026, 1, 28)
FROM, TO = date(2026, 1, 1), date(2026, 12, 31)


def event(when: object) -> Event:
    return Event(key="date/1", kind=EventKind.DATE, name=Name(zh="报送"), when=when)  # type: ignore[arg-type] # any


def rule(text: str, first: date = DAY, days: int = 1) -> Event:
    return event(Rule(first=first, text=text, days=days))


def days(one: Event, first: date = FROM, last: date = TO) -> dict[str, str]:
    return {it.key: str(it.day) for it in occurrences(one, first, last)}


def test_a_policy_brings_its_dates_and_no_other() -> None:
    found = {one.key: one for one in events([LUCHENG])}
    assert set(found) == {
        "lucheng-2024/target/T1",
        "lucheng-2024/target/T2",
        "lucheng-2024/measure/M1",
        "lucheng-2024/stage_start/S1",
        "lucheng-2024/stage_end/S1",
        "lucheng-2024/milestone/S1a",
        "lucheng-2024/occasion/E1",
        "lucheng-2024/occasion/E2",
    }
    (target,) = occurrences(found["lucheng-2024/target/T2"], date(2025, 1, 1), TO)
    assert (target.day, target.first, target.last) == (
        date(2025, 6, 30),
        date(2025, 6, 1),
        date(2025, 6, 30),
    )
    assert target.precision is Precision.MONTH
    (start,) = occurrences(found["lucheng-2024/stage_start/S1"], date(2024, 1, 1), TO)
    assert (start.day, start.last) == (date(2024, 3, 1), date(2024, 3, 1))


def test_a_milestone_is_told_to_who_follows_its_stage() -> None:
    (milestone,) = [one for one in events([LUCHENG]) if one.kind is EventKind.MILESTONE]
    assert Subject("lucheng-2024", FactKind.STAGE, "S1") in milestone.subjects


def test_a_department_is_told_of_its_measures_and_of_what_names_nobody() -> None:
    other = Department(id="D2", passage=Passage(clause="三"), name=Name(zh="区经信局"))
    policy = replace(LUCHENG, departments=(*LUCHENG.departments, other))

    def told(office: str, of: object = policy) -> set[str]:
        subject = Subject("lucheng-2024", FactKind.DEPARTMENT, office)
        return {one.key.split("/", 1)[1] for one in events([of]) if subject in one.subjects}  # type: ignore[list-item] # a policy

    assert told("D1") - told("D2") == {"measure/M1"}
    assert {"target/T1", "stage_end/S1", "milestone/S1a"} <= told("D2")
    everybody = replace(policy.measures[0], charges=(Charge(department="D1", role=Role.COLLECTIVE),))
    assert "measure/M1" in told("D2", replace(policy, measures=(everybody,)))


def test_an_occasion_that_several_policies_name_is_one_event() -> None:
    other = replace(LUCHENG, id="ouhai-2024")
    (one,) = [it for it in events([LUCHENG, other]) if it.name.zh == "质量月"]
    assert one.key == "lucheng-2024/occasion/E1"
    for policy in ("lucheng-2024", "ouhai-2024"):
        assert Subject(policy, FactKind.POLICY, "") in one.subjects


def test_an_added_date_of_the_same_name_takes_an_occasion_in() -> None:
    added = Event(
        key="date/2",
        kind=EventKind.DATE,
        name=Name(zh="质量月"),
        when=Rule(first=date(2015, 9, 1), text="FREQ=YEARLY", days=30),
    )
    (one,) = [it for it in events([LUCHENG], [added]) if it.name.zh == "质量月"]
    assert (one.key, one.policy, one.fact) == ("date/2", "lucheng-2024", "E1")
    assert {EVERYTHING, Subject("lucheng-2024", FactKind.EVENT, "E1")} <= one.subjects
    (it,) = occurrences(one, FROM, TO)
    assert (it.first, it.last) == (date(2026, 9, 1), date(2026, 9, 30))


def test_collection_days_come_monthly_quarterly_and_yearly() -> None:
    assert list(days(rule("FREQ=MONTHLY;BYMONTHDAY=28")).values())[:2] == ["2026-01-28", "2026-02-28"]
    quarterly = days(rule("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28", date(2025, 3, 28)))
    assert quarterly == {
        "2026-03": "2026-03-28",
        "2026-06": "2026-06-28",
        "2026-09": "2026-09-28",
        "2026-12": "2026-12-28",
    }
    assert days(rule("FREQ=YEARLY", date(2020, 12, 28))) == {"2026": "2026-12-28"}


def test_an_edited_rule_keeps_the_keys_of_its_times() -> None:
    before = days(rule("FREQ=MONTHLY;BYMONTHDAY=28"))
    after = days(rule("FREQ=MONTHLY;BYMONTHDAY=25", date(2026, 1, 1)))
    assert list(before) == list(after)
    assert not set(before.values()) & set(after.values())


def test_times_in_one_period_are_numbered_alike_wherever_one_starts_to_look() -> None:
    twice = rule("FREQ=MONTHLY;BYMONTHDAY=10,28", date(2024, 1, 1))
    whole = days(twice)
    assert whole["2026-03"] == "2026-03-10"
    assert whole["2026-03#2"] == "2026-03-28"
    later = days(twice, date(2026, 3, 15))
    assert later.items() <= whole.items()
    assert "2026-03" not in later
    weekly = rule("FREQ=WEEKLY;BYDAY=MO,FR", date(2024, 1, 1))
    assert days(weekly, date(2026, 1, 2)).items() <= days(weekly, date(2025, 12, 1)).items()


def test_the_twenty_ninth_of_february_comes_in_leap_years_only() -> None:
    leap = rule("FREQ=YEARLY", date(2024, 2, 29))
    assert days(leap, date(2024, 1, 1), date(2028, 12, 31)) == {"2024": "2024-02-29", "2028": "2028-02-29"}


def test_lunar_dates_come_when_the_lunar_calendar_says() -> None:
    autumn = event(Lunar(month=8, day=15))
    assert days(autumn, date(2025, 1, 1), date(2026, 12, 31)) == {"2025": "2025-10-06", "2026": "2026-09-25"}
    eve = event(Lunar(month=12, day=30))  # a month of 29 days in the year 2025
    assert days(eve, FROM, date(2027, 12, 31)) == {"2025": "2026-02-16", "2026": "2027-02-05"}


def test_what_has_begun_and_is_not_over_is_found() -> None:
    week = event(Span(first=date(2025, 12, 29), last=date(2026, 1, 4)))
    assert len(list(occurrences(week, date(2026, 1, 4), TO))) == 1
    assert not list(occurrences(week, date(2026, 1, 5), TO))
    thaw = rule("FREQ=YEARLY", date(2020, 12, 15), days=40)
    assert days(thaw, date(2026, 1, 23), date(2026, 6, 1)) == {"2025": "2025-12-15"}
    assert days(thaw, date(2026, 1, 24), date(2026, 6, 1)) == {}
    month = event(Yearly.parse("09"))
    assert days(month, date(2026, 9, 30), TO) == {"2026": "2026-09-01"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=HOURLY", "finer than days"),
        ("FREQ=DAILY;BYHOUR=8,9", "finer than days"),
        ("FREQ=SOMETIMES", "not a rule"),
        ("every month", "not a rule"),
        ("", "not a rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "not a rule|names no day"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "names no day"),
        ("FREQ=YEARLY;UNTIL=19990101", "names no day"),
        ("RRULE:FREQ=DAILY\nRRULE:FREQ=MONTHLY", "not a rule"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        check_rule(DAY, text)


def test_a_sound_rule_is_not() -> None:
    check_rule(DAY, "FREQ=MONTHLY;BYMONTHDAY=-1")


whens = st.one_of(
    st.builds(Deadline, st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.just(Precision.DAY)),
    st.sampled_from([Yearly.parse("09"), Yearly.parse("10-14"), Yearly.parse("02-29")]),
    st.builds(Lunar, month=st.integers(1, 12), day=st.integers(1, 30), days=st.integers(1, 9)),
    st.builds(
        Rule,
        first=st.dates(date(2024, 1, 1), date(2026, 6, 30)),
        text=st.sampled_from(["FREQ=WEEKLY", "FREQ=MONTHLY;BYMONTHDAY=1,28", "FREQ=YEARLY"]),
        days=st.integers(1, 40),
    ),
)


@given(whens, st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 400), st.integers(0, 200))
def test_every_time_has_a_key_of_its_own_which_does_not_depend_on_the_window(
    when: object, first: date, length: int, shift: int
) -> None:
    def of(start: date, end: date) -> dict[str, Occurrence]:
        found = list(occurrences(event(when), start, end))
        by_key = {one.key: one for one in found}
        assert len(by_key) == len(found)
        return by_key

    last = date.fromordinal(first.toordinal() + length)
    wide = of(first, last)
    narrow = of(date.fromordinal(first.toordinal() + shift), last)
    assert narrow.items() <= wide.items()
    for one in wide.values():
        assert one.first <= one.day <= one.last
        assert one.last >= first
