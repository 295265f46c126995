"""One broadcast from end to end, in a process of its own: `python -m app.bench.whole RECIPIENTS RATE SERVER`.

Chats are read page by page, deliveries written, sent and settled, and the broadcast ends, as in `run`. RATE
is messages a second, 0 for no limit; without a SERVER messages are taken at once, with no network between.
It prints a line of JSON: what it took, and the most memory it had before and at the end.
"""

import asyncio
import gc
import json
import sys
import time
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from app.bench.delivering import NO_LIMIT, fresh_database
from app.bench.senders import CONCURRENCY
from app.bench.updates import TOKEN
from app.clock import now
from bot.client import build_bot
from bot.messenger import Messenger
from domain.broadcasts import Audience, AudienceKind, Broadcast
from domain.delivery import Delivery, DeliveryState, Notice
from domain.languages import Language
from scheduler.broadcasts import Fanout
from scheduler.clock import LoopClock
from scheduler.courier import Courier, Sender
from scheduler.throttle import Limits, Throttle
from storage.broadcasts import Broadcasts
from storage.chats import Chats
from storage.database import Database
from storage.outbox import Outbox

_ID = "0123456789abcdef"
_LOOK_SECONDS = 0.25
_WINDOW = 20_000  # where there is no limit: so that none but the processor's is met
_TEXT = "<b>通知</b>\n请各单位按时报送本季度的进展。"

_CHATS = """
    WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?)
    INSERT INTO chats (chat_id, kind, title, language, active, created_at, updated_at)
    SELECT 1000 + i, 'private', '陈晓' || i, 'zh-Hans', TRUE, ?, ? FROM numbers
"""


class _Nobody:
    """Takes every message at once."""

    async def send(self, delivery: Delivery, notice: Notice) -> int:  # noqa: ARG002 - see Sender
        """See Sender."""
        await asyncio.sleep(0)
        return delivery.id


class _Timed:
    """Notes when the first message left and the last one arrived."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._first: float | None = None
        self._last = 0.0

    @property
    def seconds(self) -> float:
        """From the first to the last."""
        return self._last - (self._first or 0.0)

    async def send(self, delivery: Delivery, notice: Notice) -> int:
        """See Sender."""
        self._first = self._first or time.perf_counter()
        message_id = await self._sender.send(delivery, notice)
        self._last = time.perf_counter()
        return message_id


async def whole(recipients: int, rate: float, server: str) -> dict[str, Any]:
    """Let it run from its confirmation to its end; returns what it took."""
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(fresh_database())
        await _add_chats(database, recipients)
        sender: Sender = _Nobody()
        if server:
            bot = build_bot(TOKEN, server=server, connections=CONCURRENCY)
            stack.push_async_callback(bot.session.close)
            sender = Messenger(bot, await Chats.load(database), default=Language.SIMPLIFIED)
        timed = _Timed(sender)
        gc.collect()
        gc.freeze()  # as `zhunshi run` does
        before, cpu = most_memory(), time.process_time()
        sent = await _broadcast(database, timed, Limits(overall=rate) if rate else NO_LIMIT, recipients)
        cpu = time.process_time() - cpu
        most = most_memory()
        return {"sent": sent, "seconds": timed.seconds, "cpu": cpu, "before": before, "most": most}


async def _broadcast(database: Database, sender: Sender, limits: Limits, recipients: int) -> int:
    outbox = Outbox(database)
    broadcasts = Broadcasts(database, outbox)
    clock = LoopClock(now)
    courier = Courier(outbox, sender, Throttle(limits), clock, worker="bench.1", concurrency=CONCURRENCY)
    window = {"window": _WINDOW} if limits is NO_LIMIT else {}
    fanout = Fanout(broadcasts, outbox, clock, wake=courier.wake, **window)
    stop = asyncio.Event()
    await _confirm(broadcasts, recipients, now())
    running = [asyncio.create_task(one.run(stop)) for one in (courier, fanout)]
    while (one := await broadcasts.get(_ID)) is None or not one.state.ended:
        await clock.wait(_LOOK_SECONDS)
    stop.set()
    await asyncio.gather(*running)
    return (await outbox.counts(_ID)).by_state[DeliveryState.SENT]


async def _add_chats(database: Database, number: int) -> None:
    at = f"{now():%Y-%m-%d %H:%M:%S.%f}"
    async with database.write() as connection:
        await connection.exec_driver_sql(_CHATS, (number, at, at))


async def _confirm(broadcasts: Broadcasts, recipients: int, at: datetime) -> None:
    broadcast = Broadcast(
        id=_ID,
        audience=Audience(kind=AudienceKind.EVERYONE),
        author_id=1,
        author="bench",
        created_at=at,
        start_at=at,
        expected=recipients,
    )
    await broadcasts.create(broadcast, Notice(id=_ID, text={Language.SIMPLIFIED: _TEXT}), at)


def most_memory() -> int:
    """The most memory that this process ever had, in bytes."""
    # Not by `getrusage`, which starts with what the parent had.
    status = Path("/proc/self/status").read_text()
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def main() -> None:
    """Run it, as the command line says."""
    recipients, rate, *server = sys.argv[1:]
    result = asyncio.run(whole(int(recipients), float(rate), "".join(server)))
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
