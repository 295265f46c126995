"""Our own way to send a message to many: written into the outbox first, settled there at the end."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from itertools import count

from app.bench.senders import CONCURRENCY
from app.bench.updates import TOKEN
from app.clock import now
from bot.client import build_bot
from bot.messenger import Messenger
from domain.delivery import Delivery, DeliveryState, Notice, Priority, Recipient
from domain.languages import Language
from scheduler.clock import LoopClock
from scheduler.courier import Courier, Sender
from scheduler.throttle import Limits, Throttle
from storage.chats import Chats
from storage.database import Database, open_database
from storage.outbox import Outbox

NO_LIMIT = Limits(overall=1e6, chat=1e6, chat_burst=1_000)
_PAGE = 1_000  # recipients a transaction, as a broadcast is spread

_notices = count(1)


class Office:
    """An outbox on SQLite that waits for the disk at every commit, and a courier over it."""

    def __init__(self, database: Database, sender: Sender) -> None:
        self.outbox = Outbox(database)
        self._database = database
        self._sender = sender

    async def enqueue(self, notice: Notice, chats: Collection[int]) -> None:
        """Write a delivery to each chat, as a broadcast does."""
        places = [Recipient(chat_id=chat_id) for chat_id in chats]
        for start in range(0, len(places), _PAGE):
            page = places[start : start + _PAGE]
            async with self._database.write() as connection:
                await self.outbox.enqueue(connection, notice, page, priority=Priority.BROADCAST, now=now())

    async def deliver(self, number: int, *, limits: Limits = NO_LIMIT) -> None:
        """Send what was queued, so many, and write that it is sent."""
        stop = asyncio.Event()
        courier = Courier(
            self.outbox,
            _Counting(self._sender, number, stop),
            Throttle(limits),
            LoopClock(now),
            worker=f"bench.{next(_notices)}",
            concurrency=CONCURRENCY,
        )
        await courier.run(stop)

    async def require_sent(self, notice: Notice, number: int) -> None:
        """Raise unless all of them are written down as sent, each at the first try."""
        counts = await self.outbox.counts(notice.id)
        if counts.by_state[DeliveryState.SENT] != number or counts.total != number or counts.doubtful:
            raise RuntimeError(f"not all of {number} deliveries were sent: {counts}")


class _Counting:
    """A sender that tells the courier to stop after so many messages."""

    def __init__(self, sender: Sender, number: int, stop: asyncio.Event) -> None:
        self._sender = sender
        self._left = number
        self._stop = stop

    async def send(self, delivery: Delivery, notice: Notice) -> int:
        """See Sender."""
        message_id = await self._sender.send(delivery, notice)
        self._left -= 1
        if not self._left:
            self._stop.set()
        return message_id


@asynccontextmanager
async def office(server: str) -> AsyncIterator[Office]:
    """A fresh office that sends to a server."""
    bot = build_bot(TOKEN, server=server, connections=CONCURRENCY)
    try:
        async with fresh_database() as database:
            chats = await Chats.load(database)
            yield Office(database, Messenger(bot, chats, default=Language.SIMPLIFIED))
    finally:
        await bot.session.close()


@asynccontextmanager
async def fresh_database() -> AsyncIterator[Database]:
    """A new SQLite file with its tables, safe against a power cut."""
    with tempfile.TemporaryDirectory(prefix="zhunshi-bench-") as folder:
        async with open_database(f"sqlite+aiosqlite:///{folder}/store.sqlite3", full_sync=True) as database:
            await database.migrate()
            yield database
