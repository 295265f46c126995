"""What following brings: the next reminder, at once where it should have come, or that nothing lies ahead."""

from datetime import UTC, date, datetime

from bot.mine.outlook import Told, outlook
from domain.events import Event, EventKind, Rule, Span
from domain.policy import Name
from domain.reminders import Digest, ReminderSettings
from domain.workdays import Workdays

WORKDAYS = Workdays(published=frozenset(range(2020, 2100)))
USUAL = ReminderSettings()
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 in China
NIGHT = datetime(2026, 11, 23, 14, tzinfo=UTC)


def on(text: str, key: str = "date/1") -> Event:
    day = date.fromisoformat(text)
    return Event(key=key, kind=EventKind.DATE, name=Name(zh="例会"), when=Span(first=day, last=day))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def test_the_next_reminder_is_that_of_the_longest_lead_still_ahead() -> None:
    seen = outlook([on("2027-03-10")], USUAL, MONDAY, WORKDAYS)
    assert seen.told is not None
    assert seen.told.at == at("2027-02-08T09:00")  # 30 days before
    seen = outlook([on("2026-12-10")], USUAL, MONDAY, WORKDAYS)
    assert seen.told is not None
    assert seen.told.at == at("2026-12-03T09:00")  # 7 days before


def test_what_is_new_and_near_is_told_at_once_in_the_hours() -> None:
    near = on("2026-12-10")
    seen = outlook([near], USUAL, MONDAY, WORKDAYS, fresh={near.key})
    assert seen.told is not None
    assert seen.told.at == MONDAY
    seen = outlook([near], USUAL, NIGHT, WORKDAYS, fresh={near.key})
    assert seen.told is not None
    assert seen.told.at == at("2026-11-24T09:00")
    daily = ReminderSettings(digest=Digest.DAILY)
    seen = outlook([near], daily, MONDAY, WORKDAYS, fresh={near.key})
    assert seen.told is not None
    assert seen.told.at == at("2026-11-24T09:00")


def test_others_told_at_the_same_time_are_counted() -> None:
    some = [on("2027-03-10", f"date/{number}") for number in range(3)]
    seen = outlook([*some, on("2027-05-10", "date/9")], USUAL, MONDAY, WORKDAYS)
    assert seen.told is not None
    assert seen.told.more == 2


def test_what_is_years_ahead_has_its_reminder_too() -> None:
    seen = outlook([on("2035-12-31")], USUAL, MONDAY, WORKDAYS)
    assert seen.told is not None
    assert seen.told.at == at("2035-11-30T09:00")  # the 1st of December is a Saturday


def test_where_every_lead_has_passed_the_date_itself_is_named() -> None:
    seen = outlook([on("2026-12-01")], ReminderSettings(leads=(30,)), MONDAY, WORKDAYS)
    assert seen.told is None
    assert seen.ahead is not None
    assert seen.ahead.day == date(2026, 12, 1)


def test_where_all_is_over_the_last_is_named() -> None:
    days = ("2024-01-10", "2025-06-30", "2023-05-05")
    seen = outlook([on(day, f"date/{day}") for day in days], USUAL, MONDAY, WORKDAYS)
    assert (seen.told, seen.ahead) == (None, None)
    assert seen.gone is not None
    assert seen.gone.day == date(2025, 6, 30)


def test_what_comes_again_has_a_next_time() -> None:
    monthly = Event(
        key="date/2",
        kind=EventKind.COLLECTION,
        name=Name(zh="报送"),
        when=Rule(first=date(2020, 1, 28), text="FREQ=MONTHLY;BYMONTHDAY=28"),
    )
    seen = outlook([monthly], USUAL, MONDAY, WORKDAYS)
    assert isinstance(seen.told, Told)
    assert seen.told.at == at("2026-11-27T09:00")  # for the 28th of November, a Saturday
    assert seen.told.occurrence.day == date(2026, 11, 28)


def test_without_events_there_is_nothing() -> None:
    assert outlook([], USUAL, MONDAY, WORKDAYS).gone is None
