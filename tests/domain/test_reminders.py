"""How somebody wants to be reminded, and what becomes of a reminder that is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadInput
from domain.reminders import (
    Digest,
    Due,
    Fate,
    Reason,
    ReminderSettings,
    ReminderState,
    fate,
    shortest_leads,
)
from domain.workdays import Workdays

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
ZONES += ["Australia/Lord_Howe", "UTC"]
BERLIN = "Europe/Berlin"
PLAIN = Workdays(published=frozenset({2026}))
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)  # 09:00 in China


def minutes(number: int) -> time:
    return time(number // 60, number % 60)


@st.composite
def settings(draw: st.DrawFn) -> ReminderSettings:
    """Any that is allowed."""
    start = draw(st.integers(0, 21 * 60))
    end = draw(st.integers(start + 120, 23 * 60 + 59))
    return ReminderSettings(
        leads=tuple(draw(st.lists(st.integers(0, 365), min_size=1, max_size=5))),
        at=minutes(draw(st.integers(start, end))),
        zone=draw(st.sampled_from(ZONES)),
        hours=(minutes(start), minutes(end)),
        digest=draw(st.sampled_from(Digest)),
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"leads": (10_000,)}, "0 to 365 days"),
        ({"leads": (-1,)}, "0 to 365 days"),
        ({"leads": ()}, "at least one"),
        ({"zone": "Asia/Chengdu"}, "no such time zone: 'Asia/Chengdu'"),
        ({"zone": ""}, "no such time zone"),
        ({"zone": "/etc/passwd"}, "no such time zone"),
        ({"zone": "Asia"}, "no such time zone"),
        ({"at": time(6)}, "06:00, is outside"),
        ({"hours": (time(9), time(10))}, "two hours"),
        ({"hours": (time(22), time(6))}, "same day"),
    ],
)
def test_settings_that_cannot_be_kept_are_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        ReminderSettings(**wrong)


@given(settings())
def test_settings_are_read_as_they_were_written(one: ReminderSettings) -> None:
    assert ReminderSettings.from_text(one.to_text()) == one


@given(settings(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_a_moment_is_on_its_day_within_the_hours_even_when_clocks_change(
    one: ReminderSettings, day: date
) -> None:
    moment = one.moment(day)
    assert moment.tzinfo is UTC
    assert one.day_of(moment) == day
    assert one.within_hours(moment)


def test_a_time_that_the_clocks_skip_is_moved_within_the_hours() -> None:
    spring = date(2026, 3, 29)  # 02:00 to 03:00 does not exist in Berlin
    early = ReminderSettings(at=time(2, 30), zone=BERLIN, hours=(time(1), time(3)))
    late = replace(early, hours=(time(2), time(4)))
    local = [one.moment(spring).astimezone(ZoneInfo(BERLIN)).time() for one in (early, late)]
    assert local == [time(1, 30), time(3, 30)]


def test_nine_is_nine_in_summer_and_in_winter() -> None:
    berlin = ReminderSettings(zone=BERLIN)
    assert berlin.moment(date(2026, 3, 27)) == datetime(2026, 3, 27, 8, tzinfo=UTC)
    assert berlin.moment(date(2026, 3, 30)) == datetime(2026, 3, 30, 7, tzinfo=UTC)


def test_a_weekly_digest_tells_the_week_on_its_first_working_day_and_never_later() -> None:
    weekly = ReminderSettings(digest=Digest.WEEKLY)
    monday_off = Workdays(days_off=frozenset({date(2026, 3, 2)}), published=frozenset({2026}))
    moments = [
        weekly.moment_for(date(2026, 3, day), monday_off).astimezone(ZoneInfo(weekly.zone)).date()
        for day in (2, 3, 6, 8)
    ]
    assert moments == [date(2026, 2, 27), date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 3)]


def due(**changes: Any) -> Due:
    """A reminder a week before the event, planned long ago, due now."""
    usual: dict[str, Any] = {
        "settings": ReminderSettings(),
        "lead": 7,
        "planned_for": MONDAY,
        "planned_at": MONDAY - timedelta(days=30),
        "due_at": MONDAY,
        "day": date(2026, 3, 9),
        "last": date(2026, 3, 9),
    }
    return Due(**usual | changes)


@pytest.mark.parametrize(
    ("one", "after", "expected"),
    [
        (due(), timedelta(), Fate(ReminderState.SENT)),
        (due(), timedelta(minutes=59), Fate(ReminderState.SENT)),
        (due(), timedelta(minutes=61), Fate(ReminderState.LATE)),
        (due(planned_at=MONDAY + timedelta(hours=1)), timedelta(hours=2), Fate(ReminderState.SENT)),
        (due(), timedelta(days=7), Fate(ReminderState.LATE)),
        (due(), timedelta(days=8), Fate(ReminderState.MISSED, Reason.OVER)),
        (due(done=True), timedelta(days=8), Fate(ReminderState.DONE)),
        (due(active=False), timedelta(), Fate(ReminderState.MISSED, Reason.UNREACHABLE)),
        (due(told_lead=7), timedelta(), Fate(ReminderState.CANCELLED, Reason.TOLD)),
        (due(told_lead=1), timedelta(), Fate(ReminderState.CANCELLED, Reason.TOLD)),
        (due(told_lead=30), timedelta(), Fate(ReminderState.SENT)),
        (due(told_lead=7, repetition=1), timedelta(), Fate(ReminderState.SENT)),
        (
            due(muted_until=MONDAY + timedelta(seconds=1)),
            timedelta(),
            Fate(ReminderState.CANCELLED, Reason.MUTED),
        ),
        (due(muted_until=MONDAY), timedelta(), Fate(ReminderState.SENT)),
        (due(), timedelta(hours=9), Fate(ReminderState.PLANNED, due_at=MONDAY + timedelta(days=1))),
        (due(), timedelta(days=5), Fate(ReminderState.PLANNED, due_at=MONDAY + timedelta(days=7))),
    ],
)
def test_what_becomes_of_a_due_reminder(one: Due, after: timedelta, expected: Fate) -> None:
    assert fate(one, MONDAY + after, PLAIN) == expected


def test_a_digest_that_would_come_too_late_is_not_waited_for() -> None:
    daily = ReminderSettings(digest=Digest.DAILY)
    today = due(settings=daily, day=date(2026, 3, 2), last=date(2026, 3, 2))
    assert fate(today, MONDAY + timedelta(hours=2), PLAIN) == Fate(ReminderState.LATE)
    next_week = due(settings=daily)
    later = Fate(ReminderState.PLANNED, due_at=MONDAY + timedelta(days=1))
    assert fate(next_week, MONDAY + timedelta(hours=2), PLAIN) == later


@given(settings(), st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001 - hypothesis wants them naive
def test_nothing_is_told_at_night_or_on_a_day_off_and_waiting_ends(
    one: ReminderSettings, naive: datetime
) -> None:
    now = naive.replace(tzinfo=UTC)
    its = fate(due(settings=one, last=date(2027, 6, 1)), max(now, MONDAY), PLAIN)
    when = max(now, MONDAY) if its.told else its.due_at
    assert when is not None
    assert one.within_hours(when)
    assert PLAIN.is_workday(one.day_of(when))
    again = due(settings=one, last=date(2027, 6, 1), due_at=when)
    assert fate(again, when, PLAIN).told


def test_an_event_is_named_once_with_its_shortest_lead_and_the_nearest_comes_first() -> None:
    def item(event: str, lead: int, day: str) -> dict[str, Any]:
        return {"event": event, "occurrence": "", "lead": lead, "day": day}

    some = [item("b", 7, "2026-03-09"), item("a", 30, "2026-04-01"), item("b", 1, "2026-03-09")]
    assert list(shortest_leads(some)) == [item("b", 1, "2026-03-09"), item("a", 30, "2026-04-01")]
