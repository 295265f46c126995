"""Trips in time: where the clock may go, what is refused and how, and that the page hears of every stop."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.sandbox.conftest import Api, until

ZONE = ZoneInfo("Asia/Shanghai")
REAL = datetime(2026, 11, 23, 7, 30, tzinfo=ZONE)
SOURCE = Path(__file__).parents[2] / "sandbox"


class Watch:
    """A clock that stands still, with reminders at some instants; some of them come to nothing."""

    zone = ZONE

    def __init__(self) -> None:
        self.at = REAL
        self.due: list[datetime] = []
        self.silent: set[datetime] = set()
        self.open = asyncio.Event()
        self.open.set()

    @property
    def moved(self) -> bool:
        """As `sandbox.watch` says, like all that follows."""
        return self.at != REAL

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.at

    async def next(self) -> datetime | None:
        """The first instant ahead."""
        return min((due for due in self.due if due > self.at), default=None)

    async def travel(self, to: datetime | None, passing: Callable[[], None]) -> int:
        """Go there; while `open` is not set, it stops on the way."""
        goal = to or REAL
        passed = sorted(due for due in self.due if self.at < due <= goal)
        for stop in passed:
            self.at = stop
            passing()
            await self.open.wait()
        self.at = goal
        return len(set(passed) - self.silent)


@pytest.fixture
def watch(api: Api) -> Watch:
    watch = Watch()
    api.world.watch = watch
    return watch


async def refused(api: Api, to: str) -> str:
    """The page's word for why a trip is refused."""
    async with api.session.post(f"{api.url}/sandbox/clock", json={"to": to}) as response:
        told = await response.json()
        assert response.status == 400, told
        assert told["error"]
        return str(told["word"])


@pytest.mark.parametrize(
    ("to", "there"),
    [
        ("2025-09-01", "2025-09-01 10:00"),
        ("2025-9-1", "2025-09-01 10:00"),
        ("2025-09-01T14:30", "2025-09-01 14:30"),
        ("2025-09-01 8", "2025-09-01 08:00"),
        ("2028-02-29", "2028-02-29 10:00"),
        ("2000-01-01 00:00", "2000-01-01 00:00"),
        ("day", "2026-11-24 10:00"),
        ("now", "2026-11-23 07:30"),
    ],
)
async def test_the_clock_goes_to_a_date_with_or_without_an_hour(
    api: Api, watch: Watch, to: str, there: str
) -> None:
    state = await api.act("clock", to=to)
    assert f"{watch.at:%Y-%m-%d %H:%M}" == there
    assert state == await api.look("clock") == (await api.look("state"))["clock"]
    assert state["now"] == watch.at.timestamp()
    assert (state["zone"], state["moved"], state["travelling"]) == ("Asia/Shanghai", to != "now", False)


@pytest.mark.parametrize(
    ("to", "word"),
    [
        ("", "clockUnread"),
        ("tomorrow", "clockUnread"),
        ("01.09.2025", "clockUnread"),
        ("2025-09-01T", "clockUnread"),
        ("2025-02-31", "clockNoDay"),
        ("2025-13-01", "clockNoDay"),
        ("2025-01-01 24:00", "clockNoDay"),
        ("0000-01-01", "clockRange"),
        ("1999-12-31", "clockRange"),
        ("2100-01-01", "clockRange"),
        ("2029-11-26", "clockFar"),
        ("reminder", "clockNothing"),
    ],
)
async def test_a_trip_that_cannot_be_made_is_refused_with_its_reason(
    api: Api, watch: Watch, to: str, word: str
) -> None:
    assert await refused(api, to) == word
    assert watch.at == REAL
    assert not (await api.look("clock"))["travelling"]


async def test_the_last_day_of_the_clock_has_no_next_one(api: Api, watch: Watch) -> None:
    watch.at = datetime(2099, 12, 31, 10, tzinfo=ZONE)
    assert await refused(api, "day") == "clockRange"


async def test_the_next_reminder_is_the_next_one_that_is_told(api: Api, watch: Watch) -> None:
    silent, told, later = (REAL + timedelta(days=days) for days in (3, 5, 9))
    watch.due, watch.silent = [later, told, silent], {silent}
    await api.act("clock", to="reminder")
    assert told < watch.at <= told + timedelta(seconds=1)


async def test_one_that_is_due_already_comes_at_once(
    api: Api, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def overdue() -> datetime | None:
        return REAL - timedelta(hours=1)

    monkeypatch.setattr(watch, "next", overdue)
    watch.due = [REAL + timedelta(seconds=1)]
    await api.act("clock", to="reminder")
    assert watch.at == REAL + timedelta(seconds=1)


@pytest.mark.usefixtures("watch")
async def test_the_way_home_may_be_longer_than_other_trips(api: Api) -> None:
    await api.act("clock", to="2001-01-01")
    assert await refused(api, "2010-01-01") == "clockFar"
    assert not (await api.act("clock", to="now"))["moved"]


async def test_two_trips_at_once_are_refused_and_the_page_hears_of_every_stop(api: Api, watch: Watch) -> None:
    watch.due = [REAL + timedelta(days=days) for days in (1, 2)]
    watch.open.clear()
    async with api.world.live.listening() as heard:
        trip = asyncio.create_task(api.act("clock", to="2026-12-01"))
        await until(heard.qsize)
        assert (await api.look("clock"))["travelling"]
        assert await refused(api, "now") == "clockBusy"
        watch.open.set()
        await trip
        lines = [heard.get_nowait() or b"" for _ in range(heard.qsize())]
    events = [json.loads(line.removeprefix(b"data: ")) for line in lines]
    stops = [(one["data"]["now"], one["data"]["travelling"]) for one in events if one["kind"] == "clock"]
    goal = datetime(2026, 12, 1, 10, tzinfo=ZONE)
    assert stops == [*((due.timestamp(), True) for due in watch.due), (goal.timestamp(), False)]


async def test_a_trip_that_fails_leaves_the_clock_free(
    api: Api, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> datetime | None:
        raise OSError("the disk is full")

    monkeypatch.setattr(watch, "next", broken)
    async with api.session.post(f"{api.url}/sandbox/clock", json={"to": "reminder"}) as response:
        assert response.status == 500
    assert (await api.act("clock", to="2025-09-01"))["moved"]


async def test_a_sandbox_that_stands_alone_has_no_clock_to_move(api: Api) -> None:
    assert await api.look("clock") is None
    assert (await api.look("state"))["clock"] is None
    assert await refused(api, "day") == "clockNone"


async def test_a_press_is_not_too_late_because_the_clock_was_moved(api: Api) -> None:
    keys = {"inline_keyboard": [[{"text": "签收", "callback_data": "ack"}]]}
    sent = await api.call("sendMessage", chat_id=1001, text="x", reply_markup=keys)
    press = {"person": 1001, "chat": 1001, "message": sent["message_id"], "row": 0, "column": 0}
    query = (await api.act("press", **press))["query"]
    api.world.clock = lambda: datetime(2027, 1, 1, tzinfo=UTC).timestamp() + 1e8
    assert await api.call("answerCallbackQuery", callback_query_id=query)


def test_the_page_has_a_word_for_every_refusal() -> None:
    words = set(re.findall(r"^  (\w+): \[", (SOURCE / "page" / "words.js").read_text(), re.MULTILINE))
    used = set(re.findall(r'TripError\("(\w+)"|_out_of_range.*?\("(\w+)"', (SOURCE / "trips.py").read_text()))
    named = {one or other for one, other in used}
    assert len(named) >= 7
    assert named <= words
