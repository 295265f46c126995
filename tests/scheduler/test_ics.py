"""The calendar file: an independent parser reads what was meant, and the format's own rules are kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import Event, EventKind, Occurrence, Rule, Span
from domain.policy import Name
from domain.timeline import Deadline, Precision
from scheduler.ics import Entry, calendar, listed

icalendar = pytest.importorskip("icalendar")

CHANGED = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def event(when: object, name: str = "报送", key: str = "date/1") -> Event:
    return Event(key=key, kind=EventKind.DATE, name=Name(zh=name), when=when)  # type: ignore[arg-type] # any


def read(occurrences: list[Occurrence], sequence: int = 0) -> list[dict[str, object]]:
    entries = [Entry(occurrence=one, sequence=sequence, changed_at=CHANGED) for one in occurrences]
    text = calendar(entries, "准时", lambda one: one.event.name.zh)
    return [
        {
            "uid": str(one["UID"]),
            "sequence": int(one["SEQUENCE"]),
            "stamp": one["DTSTAMP"].dt,
            "start": one["DTSTART"].dt,
            "end": one["DTEND"].dt,
            "title": str(one["SUMMARY"]),
        }
        for one in icalendar.Calendar.from_ical(text.encode()).walk("VEVENT")
    ]


def test_a_parser_reads_days_with_an_end_that_is_not_one_of_them() -> None:
    week = event(Rule(first=date(2015, 10, 14), text="FREQ=YEARLY", days=7), "世界标准日")
    (one,) = [it for it in listed([week], TODAY) if it.key == "2026"]
    assert read([one], sequence=2) == [
        {
            "uid": "date/1/2026@zhunshi",
            "sequence": 2,
            "stamp": CHANGED,
            "start": date(2026, 10, 14),
            "end": date(2026, 10, 21),
            "title": "世界标准日",
        }
    ]


def test_a_deadline_is_one_day_however_vague() -> None:
    (one,) = listed([event(Deadline.parse("2025"))], TODAY)
    (entry,) = read([one])
    assert (entry["start"], entry["end"]) == (date(2025, 12, 31), date(2026, 1, 1))


def test_an_edited_date_keeps_its_id() -> None:
    ids = [
        read(list(listed([event(Deadline(day, Precision.DAY))], TODAY)))[0]["uid"]
        for day in (date(2026, 5, 1), date(2026, 6, 1))
    ]
    assert ids[0] == ids[1] == "date/1@zhunshi"


def test_what_comes_once_is_listed_always_and_the_rest_around_today() -> None:
    vision = event(Deadline.parse("2035"), key="date/2")
    past = event(Span(first=date(2017, 1, 1), last=date(2017, 1, 2)), key="date/3")
    monthly = event(Rule(first=date(2010, 1, 28), text="FREQ=MONTHLY"))
    found = list(listed([vision, past, monthly], TODAY))
    assert [one.event.key for one in found[:2]] == ["date/2", "date/3"]
    days = [one.day for one in found[2:]]
    assert TODAY - timedelta(days=365) <= min(days) < TODAY < max(days) <= TODAY + timedelta(days=400)
    assert len(days) >= 24


titles = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=90) | st.sampled_from(
    ["a,b;c\\d", "一\n二", "标" * 60, "é" * 70, "\\n", "\\\\;", "🀄" * 40]
)


@given(titles)
def test_any_title_is_read_back_and_no_line_is_too_long(title: str) -> None:
    (one,) = listed([event(Deadline.parse("2026-05-01"), title)], TODAY)
    text = calendar([Entry(occurrence=one, changed_at=CHANGED)], "a;b", lambda it: it.event.name.zh)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(b"\n" not in line for line in lines)
    (read_back,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(read_back["SUMMARY"]) == title


def test_a_calendar_to_subscribe_to_says_how_often_to_look_and_an_exported_one_does_not() -> None:
    def text(refresh: timedelta | None) -> str:
        return calendar([], "准时", lambda _: "", refresh=refresh)

    refreshed = icalendar.Calendar.from_ical(text(timedelta(hours=6)))
    assert refreshed["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert "X-PUBLISHED-TTL:PT6H\r\n" in text(timedelta(hours=6))
    assert "PT" not in text(None)


@given(titles)
def test_what_more_there_is_to_say_is_read_back_too(about: str) -> None:
    (one,) = listed([event(Deadline.parse("2026-05-01"))], TODAY)
    entry = Entry(occurrence=one, changed_at=CHANGED)
    text = calendar([entry], "准时", lambda _: "报送", lambda _: about)
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    (read_back,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(read_back.get("DESCRIPTION", "")) == about
