"""How near to Telegram's free limits a broadcast stays, and how long what is urgent waits meanwhile.

The sandbox imposes the limits, in a process of its own. A broadcast goes to people and to a few groups, which
get more than a group may in a minute. Every few seconds something urgent is queued, one time told to the
courier as within a process, the other time left for it to find, as between processes.
"""

import asyncio
import statistics
import time
from collections.abc import Iterable
from itertools import count
from typing import Any

from aiohttp import ClientSession

from app.bench.away import sandbox
from app.bench.delivering import fresh_database
from app.bench.senders import CONCURRENCY
from app.clock import now
from bot.client import build_bot
from bot.messenger import Messenger
from domain.delivery import Delivery, Notice, Priority, Recipient
from domain.errors import Retryable
from domain.languages import Language
from scheduler.clock import LoopClock
from scheduler.courier import Courier, Sender
from scheduler.throttle import Limits, Throttle
from storage.chats import Chats
from storage.database import Database
from storage.outbox import Outbox

SECONDS, PER_SECOND = 150, 30
GROUPS, TO_A_GROUP = 5, 30
URGENT_EVERY = 3.0  # seconds
_NOTICE = Notice(id="bench:limits", text={Language.SIMPLIFIED: "<b>通知</b>\n请按时报送本季度的进展。"})


async def measure_limits() -> dict[str, Any]:
    """The part of the limit that was used, what was refused, and how long the urgent waited."""
    async with sandbox() as (server, token), fresh_database() as database:
        people, groups = await _inhabited(server)
        bot = build_bot(token, server=server, connections=CONCURRENCY)
        try:
            sender = _Watching(Messenger(bot, await Chats.load(database), default=Language.SIMPLIFIED))
            bench = _Bench(database, sender)
            await bench.broadcast(people, groups)
            return await bench.run(people)
        finally:
            await bot.session.close()


class _Watching:
    """A sender that counts what is refused, and notes when each urgent message arrived."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self.calls = self.refused = 0
        self.arrived: list[float] = []  # the messages of the broadcast
        self.urgent: asyncio.Future[float] = asyncio.Future()  # when the one under way arrived

    async def send(self, delivery: Delivery, notice: Notice) -> int:
        """See Sender."""
        self.calls += 1
        try:
            message_id = await self._sender.send(delivery, notice)
        except Retryable as error:
            self.refused += error.after is not None
            raise
        at = time.perf_counter()
        self.arrived.append(at)
        if delivery.priority is Priority.URGENT:
            self.urgent.set_result(at)
        return message_id


class _Bench:
    """One broadcast and what is urgent in the middle of it."""

    def __init__(self, database: Database, sender: _Watching) -> None:
        self._database = database
        self._sender = sender
        self._outbox = Outbox(database)
        limits = Limits(overall=PER_SECOND)
        self._courier = Courier(
            self._outbox, sender, Throttle(limits), LoopClock(now), worker="bench.1", concurrency=CONCURRENCY
        )
        self._waits: dict[bool, list[float]] = {True: [], False: []}

    async def broadcast(self, people: list[int], groups: list[int]) -> None:
        """Queue it."""
        to_groups = [
            Recipient(chat_id=group, key=f"{_NOTICE.id}:{group}:{number}")
            for number in range(TO_A_GROUP)
            for group in groups
        ]
        to_people = [Recipient(chat_id=person) for person in people]
        await self._queue(to_groups + to_people, Priority.BROADCAST)

    async def run(self, people: list[int]) -> dict[str, Any]:
        """Deliver for as long as there is enough to; what came of it."""
        stop = asyncio.Event()
        start, cpu = time.perf_counter(), time.process_time()
        running = asyncio.create_task(self._courier.run(stop))
        await self._be_urgent(people, until=start + SECONDS)
        stop.set()
        await running
        cpu = time.process_time() - cpu
        arrived, seconds = len(self._sender.arrived), self._sender.arrived[-1] - self._sender.arrived[0]
        told, found = self._waits[True], self._waits[False]
        calls, refused = self._sender.calls, self._sender.refused
        return {
            "cases": {
                "limits": {"per_s": round(arrived / seconds, 2), "cpu_us": round(cpu / arrived * 1e6, 1)}
            },
            "ratios": {
                "rate_to_limit": round(arrived / seconds / PER_SECOND, 4),
                "refused_to_calls": round(refused / calls, 5),
            },
            "limits": {
                "seconds": round(seconds, 1),
                "messages": arrived,
                "refused": refused,
                "urgent": len(told) + len(found),
                "urgent_max_s": round(max(told + found), 3),
                "urgent_told_p50_s": round(statistics.median(told), 3),
                "urgent_found_p50_s": round(statistics.median(found), 3),
            },
        }

    async def _be_urgent(self, people: Iterable[int], until: float) -> None:
        """Queue something now and then, and see how long it takes to arrive."""
        for number, person in zip(count(), people, strict=False):
            await asyncio.sleep(URGENT_EVERY)
            if time.perf_counter() > until:
                return
            key, told = f"urgent:{number}", number % 2 == 0
            self._sender.urgent = asyncio.get_running_loop().create_future()
            await self._queue([Recipient(chat_id=person, key=key)], Priority.URGENT)
            queued = time.perf_counter()
            if told:
                self._courier.wake()
            self._waits[told].append(await self._sender.urgent - queued)

    async def _queue(self, recipients: list[Recipient], priority: Priority) -> None:
        async with self._database.write() as connection:
            await self._outbox.enqueue(connection, _NOTICE, recipients, priority=priority, now=now())


async def _inhabited(server: str) -> tuple[list[int], list[int]]:
    """People who started the bot, and groups that have it."""
    async with ClientSession(f"{server}/sandbox/") as session:
        enough = {"count": (SECONDS + 10) * PER_SECOND, "started": True}
        async with session.post("people", json=enough) as answer:
            people = [person["id"] for person in await answer.json()]
        groups = []
        for number in range(GROUPS):
            group = {"title": f"标准化工作群 {number}", "members": people[:2], "supergroup": True}
            async with session.post("groups", json=group) as answer:
                groups.append((await answer.json())["id"])
    return people, groups
