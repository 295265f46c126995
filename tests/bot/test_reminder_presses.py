"""Buttons of reminders: what they carry, and when a reminder that was put off comes again."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import Act, Room, decode, encode
from bot.reminding.later import in_words, moments, moved
from bot.reminding.verbs import Later, Touch, Verb, short_of
from bot.texts import gettext
from domain.languages import Language
from domain.reminders import ReminderSettings
from domain.workdays import Workdays
from scheduler.holidays import workdays

CHINA = ZoneInfo("Asia/Shanghai")
SHORT = st.text("0123456789abcdef", min_size=16, max_size=16)
WHOLE = st.builds(
    Touch,
    verb=st.sampled_from([Verb.LIST, Verb.ALL]),
    short=SHORT,
    number=st.none() | st.integers(0, 10**18 - 1),
)
OF_ONE = st.builds(
    Touch,
    verb=st.sampled_from(sorted(set(Verb) - {Verb.LIST, Verb.ALL, Verb.AGAIN})),
    short=SHORT,
    number=st.integers(0, 10**18 - 1),
)
AGAIN = st.builds(
    Touch,
    verb=st.just(Verb.AGAIN),
    short=SHORT,
    number=st.integers(0, 10**18 - 1),
    later=st.sampled_from(Later),
)


@given(WHOLE | OF_ONE | AGAIN)
def test_a_button_fits_and_says_what_it_was_made_of(touch: Touch) -> None:
    data = encode(touch.act())
    assert len(data.encode()) <= 64
    act = decode(data)
    assert isinstance(act, Act)
    assert Touch.parse(act) == touch
    assert short_of(touch.notice) == touch.short


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), st.text(max_size=40))
def test_whatever_a_button_carries_is_understood_or_refused(verb: str, value: str) -> None:
    touch = Touch.parse(Act(room=Room.REMINDER, verb=verb, value=value))
    assert touch is None or Touch.parse(touch.act()) == touch


@pytest.mark.parametrize("notice", ["reminders:missed:2026-12-01", "n1", "reminders:0123"])
def test_other_notices_have_no_buttons_of_reminders(notice: str) -> None:
    assert short_of(notice) is None


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def chosen(now: str, settings: ReminderSettings | None = None) -> list[str]:
    found = moments(settings or ReminderSettings(), at(now), workdays())
    return [f"{one.astimezone(CHINA):%m-%d %H:%M}" for one in found.values()]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-01 09:00", ["12-01 10:00", "12-02 09:00", "12-08 09:00"]),
        ("2026-12-04 16:45", ["12-07 09:00", "12-07 09:00", "12-11 09:00"]),  # a Friday
        ("2026-12-01 06:00", ["12-01 09:00", "12-02 09:00", "12-08 09:00"]),
        ("2026-09-30 10:00", ["09-30 11:00", "10-08 09:00", "10-08 09:00"]),  # before the National Day
    ],
)
def test_what_is_put_off_comes_in_the_places_hours_on_a_working_day(now: str, expected: list[str]) -> None:
    assert chosen(now) == expected


@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)), st.integers(0, 23))  # noqa: DTZ001 - made aware below
def test_no_choice_disturbs_or_lies_in_the_past(now: datetime, hour: int) -> None:
    there = ZoneInfo("Europe/Berlin")
    end = time(min(hour + 3, 23), 59)
    settings = (
        ReminderSettings(at=time(hour), hours=(time(hour), end), zone="Europe/Berlin") if hour < 22 else None
    )
    calendar, instant = Workdays(), now.replace(tzinfo=there)
    used = settings or ReminderSettings()
    for later, moment in moments(used, instant, calendar).items():
        assert used.may_disturb(moment, calendar)
        assert moment > instant
        assert moved(later, moment, instant) is (
            later is Later.HOUR and moment - instant != timedelta(hours=1)
        )


def test_a_moment_of_today_is_told_by_its_time_alone() -> None:
    t, settings = gettext(Language.ENGLISH), ReminderSettings(zone="Asia/Urumqi")
    now = at("2026-12-01 11:00")
    assert in_words(at("2026-12-01 12:00"), now, settings, t) == "10:00"
    assert in_words(at("2026-12-02 12:00"), now, settings, t) == "Wed 2 Dec 10:00"
