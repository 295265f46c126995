"""What the tests of the courier share: a clock that runs only when nobody works, a network, a real outbox."""

import asyncio
import heapq
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import text

from domain.delivery import Delivery, DeliveryState, Notice, Priority, Recipient
from domain.errors import Migrated
from domain.languages import Language
from scheduler.courier import Courier
from scheduler.throttle import Limits, Throttle
from storage.database import Database
from storage.outbox import Outbox, Settled, Settlement

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
MEETING = Notice(id="broadcast:1", text={Language.SIMPLIFIED: "周三开会"})
CHASE = Notice(id="reminder:7", text={Language.SIMPLIFIED: "还有三天"})
FAST = Limits(overall=100_000, chat=1000, chat_burst=100)
_ROUNDS = 30  # of the loop in which nobody works: then everybody waits


class Stopwatch:
    """A clock whose time passes at once, but only when everybody waits for it."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._alarms: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = count()
        self._at_work = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def now(self) -> datetime:
        """The instant."""
        return START + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        """The seconds since the start."""
        return self.passed

    async def wait(self, seconds: float, event: asyncio.Event | None = None) -> None:
        """Wait so long, or until the event is set."""
        alarm = asyncio.Event()
        heapq.heappush(self._alarms, (self.passed + seconds, next(self._numbers), alarm))
        waiting = [asyncio.ensure_future(one.wait()) for one in (alarm, event) if one is not None]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waiting:
                one.cancel()
            self._alarms = [one for one in self._alarms if one[2] is not alarm]
            heapq.heapify(self._alarms)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Let no time pass while the block runs: it waits for a thread, not for the clock."""
        self._at_work += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._idle.set()

    async def run_until(self, done: Callable[[], bool], *, at_most: float = 3600) -> None:
        """Let time pass until something is so."""
        end = self.passed + at_most
        while not done():
            await self._all_wait()
            if done():
                return
            assert self._alarms, "everybody waits, and nobody for the clock"
            assert self.passed <= end, "time is up"
            self.passed = max(self.passed, self._alarms[0][0])
            heapq.heappop(self._alarms)[2].set()

    async def _all_wait(self) -> None:
        quiet = 0
        while quiet < _ROUNDS:
            if self._at_work:
                quiet = 0
                await self._idle.wait()
            await asyncio.sleep(0)
            quiet += 1


class PowerCutError(BaseException):
    """The process is gone; no `except Exception` sees it."""


class WatchedOutbox(Outbox):
    """The real outbox; counts calls, may fail by name, or be cut off like a process that dies."""

    def __init__(self, db: Database, clock: Stopwatch) -> None:
        super().__init__(db)
        self._clock = clock
        self.calls: Counter[str] = Counter()
        self.fails: dict[str, int] = {}
        self.cut_at: int | None = None  # the call before which the power goes
        self.settled_rows: list[int] = []

    async def claim(
        self, worker: str, now: datetime, limit: int, lease_seconds: float
    ) -> list[tuple[Delivery, Notice]]:
        """See Outbox."""
        async with self._called("claim"):
            return await super().claim(worker, now, limit, lease_seconds)

    async def handed(self, ids: Collection[int], worker: str, now: datetime) -> frozenset[int]:
        """See Outbox."""
        async with self._called("handed"):
            return await super().handed(ids, worker, now)

    async def settle(self, batch: Sequence[Settlement], now: datetime) -> Settled:
        """See Outbox."""
        async with self._called("settle"):
            self.settled_rows.append(len(batch))
            return await super().settle(batch, now)

    async def release(self, worker: str) -> int:
        """See Outbox."""
        async with self._called("release"):
            return await super().release(worker)

    async def expire(self, now: datetime) -> int:
        """See Outbox."""
        async with self._called("expire"):
            return await super().expire(now)

    async def take_up(self, worker: str, now: datetime) -> int:
        """See Outbox."""
        async with self._called("take_up"):
            return await super().take_up(worker, now)

    async def oldest_due(self, now: datetime) -> datetime | None:
        """See Outbox."""
        async with self._called("oldest_due"):
            return await super().oldest_due(now)

    @asynccontextmanager
    async def _called(self, name: str) -> AsyncIterator[None]:
        if self.cut_at is not None and self.calls.total() >= self.cut_at:
            raise PowerCutError
        self.calls[name] += 1
        if self.fails.get(name, 0) > 0:
            self.fails[name] -= 1
            raise OSError("the disk is full")
        async with self._clock.working():
            yield


class Network:
    """Takes messages after `latency` seconds; `failing` says what it raises instead, if anything."""

    def __init__(self, clock: Stopwatch, *, latency: float = 0.05) -> None:
        self._clock = clock
        self._latency = latency
        self._ids = count(1)
        self.failing: Callable[[Delivery], BaseException | None] = lambda _: None
        self.arrived: list[tuple[float, int]] = []  # when, chat
        self.began: list[float] = []
        self.tries: Counter[int] = Counter()
        self.in_flight = self.most_in_flight = 0
        self.silent = False  # takes messages and never answers

    async def send(self, delivery: Delivery, notice: Notice) -> int:
        """See Sender."""
        assert notice.id == delivery.notice_id
        self.tries[delivery.chat_id] += 1
        self.began.append(self._clock.seconds())
        if self.silent:
            async with self._clock.working():
                await asyncio.Event().wait()
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await self._clock.wait(self._latency)
        finally:
            self.in_flight -= 1
        error = self.failing(delivery)
        if error is not None:
            raise error
        self.arrived.append((self._clock.seconds(), delivery.chat_id))
        return next(self._ids)

    def times(self) -> Counter[int]:
        """How often each chat got something."""
        return Counter(chat for _, chat in self.arrived)


class Office:
    """A database with an outbox, a network and a clock, and the couriers between them."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.clock = Stopwatch()
        self.outbox = WatchedOutbox(db, self.clock)
        self.network = Network(self.clock)
        self.stop = asyncio.Event()
        self.told: list[Settled] = []

    def courier(
        self,
        worker: str = "one",
        *,
        limits: Limits = FAST,
        throttle: Throttle | None = None,
        concurrency: int = 20,
        outbox: Outbox | None = None,
        send_seconds: float = 30,
    ) -> Courier:
        """A courier that nobody has started yet."""
        return Courier(
            outbox or self.outbox,
            self.network,
            throttle or Throttle(limits),
            self.clock,
            worker=worker,
            concurrency=concurrency,
            send_seconds=send_seconds,
            told=self._note,
            jitter=lambda: 0.5,
        )

    async def _note(self, settled: Settled) -> None:
        self.told.append(settled)

    async def queue(
        self,
        chats: Iterable[int],
        *,
        notice: Notice = MEETING,
        priority: Priority = Priority.BROADCAST,
        keys: Iterable[str] | None = None,
    ) -> None:
        """Write a delivery of the notice to each chat."""
        to = (
            [Recipient(chat_id=chat) for chat in chats]
            if keys is None
            else [Recipient(chat_id=chat, key=key) for chat, key in zip(chats, keys, strict=True)]
        )
        async with self.clock.working(), self.db.write() as connection:
            await self.outbox.enqueue(connection, notice, to, priority=priority, now=self.clock.now())

    async def deliver(self, *couriers: Courier, until: Callable[[], bool], at_most: float = 3600) -> None:
        """Let couriers run until something is so, then stop them and wait for their end."""
        running = [asyncio.create_task(one.run(self.stop)) for one in couriers]
        await self.clock.run_until(lambda: until() or any(one.done() for one in running), at_most=at_most)
        self.stop.set()
        await self.clock.run_until(lambda: all(one.done() for one in running))
        await asyncio.gather(*running)
        self.stop.clear()

    async def handed(self) -> int:
        """How many are on the network, or were when a courier's power went."""
        handed = text("SELECT count(*) FROM deliveries WHERE state = 'sending' AND handed_at IS NOT NULL")
        async with self.db.read() as connection:
            return int(await connection.scalar(handed))

    async def states(self) -> dict[DeliveryState, int]:
        """How many deliveries stand where."""
        counts = await self.outbox.counts()
        return {state: number for state, number in counts.by_state.items() if number}


def moved(old: int, new: int) -> Callable[[Delivery], BaseException | None]:
    """The answer of a group that became a supergroup."""
    return lambda delivery: Migrated("moved", chat_id=new) if delivery.chat_id == old else None
