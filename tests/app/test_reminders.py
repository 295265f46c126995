"""`zhunshi reminders` and `zhunshi export ics`: what is told agrees with a plain calculation."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar  # type: ignore[import-untyped] # ships no types
import pytest
from pydantic import SecretStr

from app.cli import main
from app.reminders import upcoming
from app.settings import PREFIX, Settings
from app.store import open_store
from domain.events import Event, EventKind, Subject
from domain.policy import FactKind, Name
from domain.reminders import ReminderSettings
from domain.timeline import Deadline, Precision
from scheduler.holidays import workdays
from scheduler.planner import plan
from scheduler.reminding import current_events
from storage.plans import Plans
from storage.standings import About, Standings
from storage.subscriptions import Subscription, Subscriptions
from storage.unwanted import Unwanted, unwanted

NOW = datetime(2025, 1, 1, tzinfo=UTC)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def year(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    text = run(capsys, "reminders", "--from", "2025-01-01", "--to", "2025-12-31", "--json")
    told = json.loads(text)
    assert (told["from"], told["to"]) == ("2025-01-01", "2025-12-31")
    messages: list[dict[str, Any]] = told["messages"]
    return messages


@pytest.mark.usefixtures("prepared")
def test_a_year_for_whoever_follows_everything_agrees_with_a_plain_calculation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # The days of 2025 and 2026 that the texts, and the dates of every year, name.
    named = [(2025, 1, 1), (2025, 3, 15), (2025, 9, 1), (2025, 10, 14), (2025, 12, 31)]
    expected = set()
    for day in (date(*one) for one in named):
        for lead in (30, 7, 1, 0):
            when = day - timedelta(days=lead)
            while chinese_calendar.is_holiday(when):
                when -= timedelta(days=1)
            if when.year == 2025:
                expected.add(f"{when}T09:00:00+08:00")
    messages = year(capsys)
    assert {one["at"] for one in messages} == expected
    assert len(messages) == len(expected)
    assert {(one["chat"], one["thread"], one["provisional"]) for one in messages} == {(None, None, False)}


@pytest.mark.usefixtures("prepared")
def test_the_day_before_a_holiday_names_each_event_once(capsys: pytest.CaptureFixture[str]) -> None:
    (friday,) = [one for one in year(capsys) if one["at"].startswith("2025-03-14")]
    # Consumer Rights Day is on Saturday: the day itself and the day before are told on Friday.
    assert [(item["event"], item["lead"], item["day"]) for item in friday["items"]] == [
        ("date/1", 0, "2025-03-15")
    ]
    assert set(friday["items"][0]) == {
        "event",
        "occurrence",
        "kind",
        "policy",
        "fact",
        "name",
        "day",
        "first",
        "last",
        "precision",
        "to_do",
        "lead",
    }


def test_subscriptions_get_what_they_follow_in_their_own_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", url)
    zhejiang = Subscription(
        chat_id=-7,
        thread_id=3,
        policy_id="zhejiang-2023",
        kind=FactKind.TARGET,
        fact_id="T1",
        created_by=1,
        settings=ReminderSettings(leads=(7,), zone="Europe/Berlin"),
    )

    async def prepare() -> None:
        async with open_store(Settings(database_url=SecretStr(url))) as db:
            await Subscriptions(db).follow(zhejiang, NOW)

    asyncio.run(prepare())
    (message,) = year(capsys)
    assert (message["at"], message["chat"], message["thread"]) == ("2025-12-24T09:00:00+01:00", -7, 3)
    assert [(item["event"], item["lead"]) for item in message["items"]] == [("zhejiang-2023/target/T1", 7)]
    text = run(capsys, "reminders", "--from", "2025-12-01", "--to", "2025-12-31")
    assert text.startswith("2025-12-24 09:00 +0100  chat -7, topic 3\n  2025-12-31  7 days before")


@pytest.mark.usefixtures("prepared")
def test_an_empty_period_says_so_and_a_wrong_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing from" in run(capsys, "reminders", "--from", "2025-06-01", "--to", "2025-06-30")
    for wrong in (["2025-02-01", "2025-01-01"], ["2025-01-01", "2036-01-01"], ["0001-01-01", "0001-01-02"]):
        assert main(["reminders", "--from", wrong[0], "--to", wrong[1]]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(SystemExit) as caught:
        main(["reminders", "--from", "2025-02-31"])
    assert caught.value.code == 2


def test_a_place_that_follows_twice_is_told_once() -> None:
    event = Event(
        key="date/1",
        kind=EventKind.DATE,
        name=Name(zh="会"),
        when=Deadline(date(2025, 5, 30), Precision.DAY),
        subjects=frozenset({Subject("", FactKind.POLICY, ""), Subject("p", FactKind.POLICY, "")}),
    )
    twice = [Subscription(chat_id=5, policy_id=policy, created_by=5) for policy in ("", "p")]
    (message,) = upcoming([event], twice, date(2025, 5, 29), date(2025, 5, 29))
    assert (message.chat, len(message.items)) == (5, 1)


def test_what_a_place_wants_to_hear_of_no_more_is_left_out() -> None:
    dates = {key: date(2025, 5, day) for key, day in (("done", 26), ("silent", 27), ("open", 28))}
    everything = frozenset({Subject("", FactKind.POLICY, "")})
    events = [
        Event(
            key=key,
            kind=EventKind.DATE,
            name=Name(zh=key),
            when=Deadline(day, Precision.DAY),
            subjects=everything,
        )
        for key, day in dates.items()
    ]
    here = Subscription(chat_id=5, thread_id=2, policy_id="", created_by=5)
    there = replace(here, thread_id=None)
    muted = replace(here, chat_id=6, muted_until=datetime(2025, 5, 27, 12, tzinfo=UTC))
    left_out = Unwanted(silenced=frozenset({(5, 2, "silent")}), done=frozenset({(5, 2, "done", "")}))
    messages = upcoming(events, [here, there, muted], date(2025, 5, 26), date(2025, 5, 28), left_out)
    told = {(one.chat, one.thread, item["event"]) for one in messages for item in one.items}
    assert told == {
        (5, 2, "open"),
        *((5, None, event) for event in dates),
        (6, 2, "open"),
    }


async def test_what_was_silenced_or_done_is_known_by_place(tmp_path: Path) -> None:
    async with open_store(Settings(database_url=SecretStr(f"sqlite+aiosqlite:///{tmp_path}/x.db"))) as db:
        everything = Subscription(chat_id=-7, thread_id=3, policy_id="", created_by=1)
        await Subscriptions(db).follow(everything, NOW)
        found = await current_events(db)
        plans, standings = Plans(db), Standings(db)
        await plans.lay(plan(found, await plans.profiles(), NOW, workdays()), NOW)
        await plans.follow(NOW)
        async with db.read() as connection:
            asked = "SELECT id, event_key, occurrence FROM occurrences ORDER BY id"
            rows = (await connection.exec_driver_sql(asked)).all()
        first, second = rows[:2]
        await standings.done(About(chat_id=-7, thread_id=3, occurrence=first.id), 1, "陈晓", NOW)
        await standings.silence(About(chat_id=-7, thread_id=3, occurrence=second.id), 1, NOW)
        left_out = await unwanted(db)
    assert left_out.done == {(-7, 3, first.event_key, first.occurrence)}
    assert left_out.silenced == {(-7, 3, second.event_key)}
    assert left_out.holds(-7, 3, second.event_key, "whichever")
    assert not left_out.holds(-7, None, second.event_key, second.occurrence)


@pytest.mark.usefixtures("prepared")
def test_all_dates_are_exported_for_calendar_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    icalendar = pytest.importorskip("icalendar")
    file = tmp_path / "dates.ics"
    assert run(capsys, "export", "ics", "--to", str(file)) == f"{file}\n"
    read = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    by_id = {str(one["UID"]): one for one in read}
    assert len(by_id) == len(read)
    target = by_id["zhejiang-2023/target/T1@zhunshi"]
    assert (target["DTSTART"].dt, target["DTEND"].dt) == (date(2025, 12, 31), date(2026, 1, 1))
    assert str(target["SUMMARY"]) == "指标到期：城市标准化试点"
    assert any(one.startswith("date/3/") for one in by_id)
    assert main(["export", "ics", "--to", str(tmp_path / "no" / "where.ics")]) == 2


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize(
    ("language", "title"),
    [("zh-Hant", "SUMMARY:指標到期：城市標準化試點"), ("en", "SUMMARY:Target due: ")],
)
def test_titles_of_exported_dates_are_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], language: str, title: str
) -> None:
    assert title in run(capsys, "export", "ics", "--lang", language)
