"""The clock of a whole service is moved: answers, reminders and broadcasts follow it, each at its moment."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import chinese_calendar  # type: ignore[import-untyped] # ships no types
import pytest
from pydantic import SecretStr

import app.delivering
from app.clock import SHANGHAI, now, real_now, today
from app.compose import Service, build
from app.settings import Settings
from app.travelling import travelling
from bot.polling import poll
from domain.broadcasts import Audience, AudienceKind, Broadcast
from domain.delivery import Notice
from domain.languages import Language
from domain.policy import FactKind
from domain.reminders import ReminderSettings, ReminderState
from sandbox import acts, trips
from sandbox.people import Presence
from sandbox.server import running
from sandbox.world import TOKEN, World
from scheduler.throttle import Limits, Throttle
from storage.subscriptions import Subscription
from tests.app.processes import CHEN, until

ONCE = ReminderSettings(repeats=0)
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A service and the sandbox whose page moves its clock."""

    world: World
    service: Service

    async def go(self, to: str) -> None:
        """Make a trip."""
        await trips.travel(self.world, to)

    async def follow(self, policy: str) -> None:
        """Let 陈晓 follow a policy, or with "" everything; nobody answers, and nothing is told again."""
        what = Subscription(
            chat_id=CHEN, policy_id=policy, kind=FactKind.POLICY, created_by=CHEN, settings=ONCE
        )
        await self.service.post.subscriptions.follow(what, now())

    def told(self) -> list[tuple[datetime, str]]:
        """What the bot wrote to 陈晓, and when by the clock of China."""
        return [
            (datetime.fromtimestamp(one["date"], SHANGHAI), one["text"])
            for one in self.world.chats[CHEN].messages.values()
            if one["from"]["is_bot"]
        ]

    async def states(self) -> dict[ReminderState, int]:
        """How many reminders stand where."""
        return await self.service.reminding.reminders.counts()


@asynccontextmanager
async def open_town(folder: Path) -> AsyncIterator[Town]:
    world = World(rates_on=False, clock=lambda: now().timestamp())
    world.people[CHEN].started = True
    world.chats[CHEN].presence = Presence.MEMBER
    settings = Settings(database_url=SecretStr(f"sqlite+aiosqlite:///{folder}/zhunshi.sqlite3"))
    async with (
        running(world) as telegram,
        build(settings, token=TOKEN, server=telegram.url) as service,
        travelling(world, service),
    ):
        yield Town(world=world, service=service)


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """Telegram's limits are off on both sides: a year is to pass in seconds."""
    fast = Limits(overall=1_000, chat=1_000, chat_burst=1_000, group=1_000)
    monkeypatch.setattr(app.delivering, "Throttle", lambda _: Throttle(fast))
    async with open_town(tmp_path) as town:
        yield town


async def test_answers_and_messages_follow_the_clock(town: Town) -> None:
    stop = asyncio.Event()
    polling = asyncio.create_task(poll(town.service.dispatcher, town.service.bot, stop=stop))
    await town.go("2024-12-01")
    assert today() == date(2024, 12, 1)
    acts.say(town.world, CHEN, CHEN, "浙江中期评估是什么时候？")
    await until(lambda: bool(town.told()))
    ((at, text),) = town.told()
    assert "还有 30 天" in text
    assert at.date() == date(2024, 12, 1)
    stop.set()
    await polling


async def test_who_follows_a_policy_is_told_on_the_day_that_the_clock_is_moved_to(town: Town) -> None:
    await town.go("2025-06-02")
    await town.follow("zhejiang-2023")
    await town.go("reminder")
    assert [f"{at:%Y-%m-%d %H:%M}" for at, _ in town.told()] == ["2025-12-01 09:00"]
    await town.go("2025-12-24")
    at, text = town.told()[-1]
    assert f"{at:%Y-%m-%d %H:%M}" == "2025-12-24 09:00"
    assert "还有 7 天" in text
    assert "牵头和参与制修订国际标准：30 项以上" in text


async def test_a_year_tells_each_reminder_once_and_none_late(town: Town) -> None:
    await town.go("2025-01-04")
    await town.follow("")
    await town.go("2026-01-02")
    # The days that the texts, and the dates of every year, name; told at nine, on the working day before.
    named = [(2025, 3, 15), (2025, 9, 1), (2025, 10, 14), (2025, 12, 31)]
    expected = set()
    for day in (date(*one) for one in named):
        for lead in (30, 7, 1, 0):
            when = day - timedelta(days=lead)
            while chinese_calendar.is_holiday(when):
                when -= timedelta(days=1)
            expected.add(f"{when} 09:00")
    assert [f"{at:%Y-%m-%d %H:%M}" for at, _ in town.told()] == sorted(expected)
    states = await town.states()
    assert states[ReminderState.LATE] == states[ReminderState.MISSED] == 0


async def test_the_way_back_tells_nothing_anew_and_what_lies_ahead_again_comes_in_time(town: Town) -> None:
    await town.go("2025-12-01")
    await town.follow("zhejiang-2023")
    await town.go("2025-12-25")
    told = town.told()
    assert [at.day for at, _ in told] == [1, 24]
    await town.go("2025-08-01")
    assert town.told() == told
    await town.go("2025-12-26")
    assert town.told() == told
    await town.go("2026-01-01")
    assert [at.day for at, _ in town.told()] == [1, 24, 30, 31]


async def test_a_scheduled_broadcast_leaves_at_its_time_too(town: Town) -> None:
    await town.go("2025-06-02")
    await town.service.dispatcher["chats"].remember(CHEN, "private", "陈晓", now=now())
    start = datetime(2025, 6, 5, 14, 30, tzinfo=SHANGHAI).astimezone(UTC)
    notice = Notice(id="meeting", text={Language.SIMPLIFIED: "周五开会"})
    broadcast = Broadcast(
        id="meeting",
        author_id=CHEN,
        author="陈晓",
        audience=Audience(kind=AudienceKind.EVERYONE),
        created_at=now(),
        start_at=start,
    )
    await town.service.post.broadcasts.create(broadcast, notice, now())
    await town.go("2025-06-10")
    (at,) = (at for at, text in town.told() if "开会" in text)
    assert timedelta() <= at - start < timedelta(seconds=10)


def test_nothing_but_travelling_can_move_the_clock_and_nothing_but_the_sandbox_travels() -> None:
    def users(word: str) -> set[str]:
        return {path.stem for path in ROOT.glob("app/**/*.py") if word in path.read_text(encoding="utf-8")}

    assert users("move_clock") == {"clock", "travelling"}
    assert users("travelling(") == {"service", "travelling"}
    assert "if telegram.world:" in (ROOT / "app" / "service.py").read_text(encoding="utf-8")


async def test_back_to_now_and_the_end_of_the_service_set_the_clock_right(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        await town.go("2025-06-02")
        await town.go("now")
        assert now() - real_now() < timedelta(seconds=1)
        await town.go("2025-06-02")
    assert abs(now() - real_now()) < timedelta(seconds=1)


async def test_a_service_that_stops_ends_a_trip_at_its_next_stop(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        await town.go("2024-12-01")
        await town.follow("")
        trip = asyncio.create_task(town.go("2027-01-01"))  # at Telegram's pace, so it would take a minute
        await until(lambda: len(town.told()) > 1)
    await trip
    assert abs(now() - real_now()) < timedelta(seconds=1)
    with closing(sqlite3.connect(tmp_path / "zhunshi.sqlite3")) as store:
        states = dict(store.execute("SELECT state, count(*) FROM reminders GROUP BY state"))
    assert states.keys() <= {"planned", "sent"}
    assert states["planned"] > states["sent"]
