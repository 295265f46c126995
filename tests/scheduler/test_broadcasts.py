"""The fan-out: from the time it is due to the last settled delivery, whatever happens in between."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts import Audience, AudienceKind, Broadcast, BroadcastState
from domain.delivery import DeliveryState, Notice
from domain.errors import Rejected, Retryable
from scheduler.broadcasts import LOOK_SECONDS, Fanout
from scheduler.metrics import COURIER_FAILURES
from scheduler.throttle import Limits
from storage.broadcasts import Broadcasts
from storage.database import Database
from storage.outbox import Outbox
from storage.schema import chats
from tests.scheduler.courier_cast import MEETING, START, Office, Stopwatch

ADMIN = 9
ID, OTHER = "00000000000000b1", "00000000000000b2"
SENT, CANCELLED = DeliveryState.SENT, DeliveryState.CANCELLED
EVERYONE = Audience(kind=AudienceKind.EVERYONE)
SLOW = Limits(overall=30)


class WorkingDatabase(Database):
    """A database during whose transactions no time passes; may fail for a while."""

    def __init__(self, db: Database, clock: Stopwatch) -> None:
        self._of = db
        self._clock = clock
        self.fails = 0  # so many times from now on

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """See Database."""
        async with self._clock.working(), self._of.read() as connection:
            self._fail()
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """See Database."""
        async with self._clock.working(), self._of.write() as connection:
            self._fail()
            yield connection

    def _fail(self) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")


class Hall:
    """An office with chats, their broadcasts, and those who carry them out."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.clock = office.clock
        self.db = WorkingDatabase(office.db, office.clock)
        self.outbox = Outbox(self.db)
        self.desk = Broadcasts(self.db, self.outbox)
        self.wakes = 0
        self._tasks: list[asyncio.Task[None]] = []

    def fanout(self, *, page: int = 10, window: int = 50) -> Fanout:
        """A fan-out that nobody has started yet."""
        return Fanout(self.desk, self.outbox, self.clock, wake=self._wake, page=page, window=window)

    def _wake(self) -> None:
        self.wakes += 1

    async def confirm(
        self, broadcast_id: str = ID, audience: Audience = EVERYONE, *, after: float = 0
    ) -> None:
        """A broadcast that starts after so many seconds."""
        one = Broadcast(
            id=broadcast_id,
            audience=audience,
            author_id=ADMIN,
            author="周敏",
            created_at=self.clock.now(),
            start_at=self.clock.now() + timedelta(seconds=after),
        )
        assert await self.desk.create(one, Notice(id=broadcast_id, text=MEETING.text), self.clock.now())

    async def meet(self, ids: Iterable[int]) -> None:
        """Chats to write to."""
        row = {"kind": "private", "title": "", "active": True, "broadcasts": True}
        rows = [{"chat_id": one, **row, "created_at": START, "updated_at": START} for one in ids]
        async with self.db.write() as connection:
            await connection.execute(insert(chats), rows)

    def start(self, *running: Fanout, couriers: int = 1, limits: Limits | None = None) -> None:
        """Let them run, with couriers."""
        self._tasks += [asyncio.create_task(one.run(self.office.stop)) for one in running]
        for number in range(couriers):
            name = f"courier {len(self._tasks)} {number}"
            courier = self.office.courier(name, limits=limits) if limits else self.office.courier(name)
            self._tasks.append(asyncio.create_task(courier.run(self.office.stop)))

    async def state(self, broadcast_id: str = ID) -> BroadcastState:
        """Where a broadcast stands."""
        one = await self.desk.get(broadcast_id)
        assert one is not None
        return one.state

    async def until(self, state: BroadcastState, broadcast_id: str = ID, *, at_most: float = 600) -> float:
        """Let time pass until a broadcast stands there; when that was found."""
        end = self.clock.seconds() + at_most
        while await self.state(broadcast_id) is not state:
            assert self.clock.seconds() < end, f"still {await self.state(broadcast_id)}"
            await self.wait(0.5)
        return self.clock.seconds()

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        await self.clock.run_until(asyncio.create_task(self.clock.wait(seconds)).done)

    async def close(self) -> None:
        """Let all come to an end."""
        self.office.stop.set()
        await self.clock.run_until(lambda: all(one.done() for one in self._tasks))
        await asyncio.gather(*self._tasks)
        self._tasks.clear()
        self.office.stop.clear()


@pytest.fixture
async def hall(office: Office) -> AsyncIterator[Hall]:
    """A hall, in which nobody works any more when the test ends."""
    one = Hall(office)
    yield one
    await one.close()


async def test_it_begins_when_it_is_due_reaches_all_and_ends(hall: Hall) -> None:
    await hall.meet(range(1, 101))
    await hall.confirm(after=30)
    hall.start(hall.fanout())
    began = await hall.until(BroadcastState.RUNNING)
    assert 30 <= began <= 30 + 2 * LOOK_SECONDS
    await hall.until(BroadcastState.FINISHED)
    assert hall.office.network.times() == Counter(range(1, 101))
    assert await hall.office.states() == {SENT: 100}
    one = await hall.desk.get(ID)
    assert one is not None
    assert (one.recipients, one.spread) == (100, True)
    assert hall.wakes == 10, "couriers are told of each page"


async def test_called_it_looks_at_once(hall: Hall) -> None:
    await hall.meet([1])
    fanout = hall.fanout()
    hall.start(fanout, couriers=0)
    await hall.wait(0.5)
    await hall.confirm()
    fanout.wake()
    await hall.wait(0.01)
    assert await hall.state() is BroadcastState.RUNNING
    assert hall.wakes == 1


async def test_of_twenty_thousand_only_a_window_stands_in_the_outbox(hall: Hall) -> None:
    await hall.meet(range(1, 20_001))
    await hall.confirm()
    hall.start(hall.fanout(page=1000, window=5000), couriers=0)
    seen = []
    while await hall.state() is not BroadcastState.FINISHED:
        await hall.wait(LOOK_SECONDS)
        seen.append(await hall.outbox.open(ID))
        async with hall.db.write() as connection:
            gone = text(
                "UPDATE deliveries SET state = 'sent', settled_at = due_at WHERE id % 3 OR id < :most"
            )
            await connection.execute(gone, {"most": 5000 * (len(seen) - 1)})
    assert max(seen) <= 6000
    assert max(seen[1:]) >= 5000, "and so much that nobody waits for it"
    assert await hall.office.states() == {SENT: 20_000}


async def test_two_fan_outs_do_what_one_does(hall: Hall) -> None:
    await hall.meet(range(1, 101))
    await hall.confirm()
    hall.start(hall.fanout(), hall.fanout(page=7), couriers=2)
    await hall.until(BroadcastState.FINISHED)
    assert hall.office.network.times() == Counter(range(1, 101))


async def test_paused_nothing_arrives_and_resumed_the_rest_does(hall: Hall) -> None:
    await hall.meet(range(1, 301))
    await hall.confirm()
    hall.start(hall.fanout(), limits=SLOW)
    await hall.wait(3)
    await hall.desk.pause(ID, actor_id=ADMIN, now=hall.clock.now())
    await hall.wait(1)  # what was on the network
    arrived = len(hall.office.network.arrived)
    assert 0 < arrived < 200
    await hall.wait(60)
    assert len(hall.office.network.arrived) == arrived
    await hall.desk.resume(ID, actor_id=ADMIN, now=hall.clock.now())
    await hall.until(BroadcastState.FINISHED)
    assert hall.office.network.times() == Counter(range(1, 301))


async def test_a_pause_as_short_as_a_courier_holds_what_it_claimed_repeats_nothing(hall: Hall) -> None:
    await hall.meet(range(1, 101))
    await hall.confirm()
    hall.start(hall.fanout(), limits=SLOW)
    for _ in range(12):
        await hall.wait(0.2)
        await hall.desk.pause(ID, actor_id=ADMIN, now=hall.clock.now())
        await hall.wait(0.05)
        await hall.desk.resume(ID, actor_id=ADMIN, now=hall.clock.now())
    await hall.until(BroadcastState.FINISHED)
    assert hall.office.network.times() == Counter(range(1, 101))


async def test_what_fails_in_a_pause_waits_for_its_end(hall: Hall) -> None:
    await hall.meet(range(1, 21))
    await hall.confirm()
    hall.office.network.failing = lambda _: Retryable("502")
    hall.start(hall.fanout())
    await hall.wait(0.5)
    await hall.desk.pause(ID, actor_id=ADMIN, now=hall.clock.now())
    await hall.wait(5)
    tries = hall.office.network.tries.total()
    await hall.wait(60)
    assert hall.office.network.tries.total() == tries
    hall.office.network.failing = lambda _: None
    await hall.desk.resume(ID, actor_id=ADMIN, now=hall.clock.now())
    await hall.until(BroadcastState.FINISHED)
    assert hall.office.network.times() == Counter(range(1, 21))


async def test_called_back_the_rest_never_arrives(hall: Hall) -> None:
    await hall.meet(range(1, 301))
    await hall.confirm()
    hall.start(hall.fanout(), limits=SLOW)
    await hall.wait(3)
    await hall.desk.cancel(ID, actor_id=ADMIN, now=hall.clock.now())
    await hall.wait(60)
    arrived = len(hall.office.network.arrived)
    states = await hall.office.states()
    assert 0 < arrived < 200
    assert states == {SENT: arrived, CANCELLED: sum(states.values()) - arrived}
    assert await hall.state() is BroadcastState.CANCELLED


async def test_it_does_not_end_before_one_that_was_told_to_wait(hall: Hall) -> None:
    await hall.meet([1, 2])
    await hall.confirm()
    flood = Retryable("flood", after=100)
    hall.office.network.failing = lambda _: flood if hall.clock.seconds() < 90 else None
    hall.start(hall.fanout())
    assert await hall.until(BroadcastState.FINISHED) >= 100
    assert hall.office.network.times() == Counter([1, 2])


async def test_sent_again_to_those_it_missed_it_ends_again(hall: Hall) -> None:
    await hall.meet(range(1, 11))
    await hall.confirm()
    hall.office.network.failing = lambda one: Rejected("no") if one.chat_id < 4 else None
    hall.start(hall.fanout())
    await hall.until(BroadcastState.FINISHED)
    hall.office.network.failing = lambda _: None
    assert await hall.desk.resend(ID, actor_id=ADMIN, now=hall.clock.now()) == 3
    await hall.until(BroadcastState.FINISHED)
    assert await hall.office.states() == {SENT: 10}


async def test_stopped_and_started_again_it_goes_on_where_it_was(hall: Hall) -> None:
    await hall.meet(range(1, 301))
    await hall.confirm()
    for _ in range(5):
        hall.start(hall.fanout(), limits=SLOW)
        await hall.wait(1)
        await hall.close()
    assert 0 < len(hall.office.network.arrived) < 300
    hall.start(hall.fanout())
    await hall.until(BroadcastState.FINISHED)
    assert hall.office.network.times() == Counter(range(1, 301))


async def test_a_failing_database_is_told_of_and_tried_again(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    await hall.meet(range(1, 101))
    await hall.confirm()
    before = _failures()
    hall.start(hall.fanout())
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            hall.db.fails = 2
            await hall.wait(3)
    assert _failures() - before == 6
    assert "tried again" in caplog.text
    await hall.until(BroadcastState.FINISHED)
    assert hall.office.network.times() == Counter(range(1, 101))


async def test_a_broadcast_that_is_stuck_does_not_stop_another(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    await hall.meet([1])
    await hall.confirm(audience=Audience(kind=AudienceKind.CHATS, values=("no id",)))
    await hall.confirm(OTHER)
    before = _failures()
    hall.start(hall.fanout())
    with caplog.at_level(logging.ERROR):
        await hall.until(BroadcastState.FINISHED, OTHER)
    assert await hall.state() is BroadcastState.RUNNING
    assert f"broadcast {ID} is stuck" in caplog.text
    assert _failures() > before


async def test_cancelled_itself_it_leaves_its_page_whole(hall: Hall) -> None:
    await hall.meet(range(1, 101))
    await hall.confirm()
    running = asyncio.create_task(hall.fanout().run(hall.office.stop))
    for _ in range(40):
        await asyncio.sleep(0)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    one = await hall.desk.get(ID)
    assert one is not None
    assert one.recipients == await hall.outbox.open(ID)


def _failures() -> float:
    return float(COURIER_FAILURES.labels("fanout")._value.get())


async def test_pausing_and_resuming_while_deliveries_are_in_hand_sends_none_twice(hall: Hall) -> None:
    await hall.meet(range(1, 61))
    await hall.confirm()
    hall.office.network._latency = 3
    hall.start(hall.fanout(), limits=Limits(overall=10, chat=1000, chat_burst=100))
    for _ in range(40):
        await hall.wait(0.3)
        await hall.desk.pause(ID, actor_id=ADMIN, now=hall.clock.now())
        await hall.wait(0.01)
        await hall.desk.resume(ID, actor_id=ADMIN, now=hall.clock.now())
    await hall.until(BroadcastState.FINISHED)
    assert set(hall.office.network.times().values()) == {1}
