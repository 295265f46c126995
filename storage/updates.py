"""Which of Telegram's updates were handled, so that a repeated one is not answered twice."""

from collections import OrderedDict
from datetime import datetime
from typing import Self

from sqlalchemy import delete, select

from storage.database import Database, upsert
from storage.schema import handled_updates
from storage.write_behind import WriteBehind

SIZE = 10_000


class SeenUpdates:
    """The last `size` updates handled, and those in work.

    Claim an update before handling it, then call `done`, or `release` if it failed before a reply. Start
    `run()` as a task, and `close()` after it was cancelled.
    """

    def __init__(self, db: Database, *, size: int = SIZE) -> None:
        self._db = db
        self._size = size
        self._in_work: set[int] = set()
        self._done: OrderedDict[int, None] = OrderedDict()
        self._behind: WriteBehind[int, datetime] = WriteBehind(self._write)
        self._since_trim = 0

    @classmethod
    async def load(cls, db: Database, *, size: int = SIZE) -> Self:
        """Read the last updates handled, and forget older ones."""
        self = cls(db, size=size)
        await self._trim()
        oldest_first = select(handled_updates.c.update_id).order_by(handled_updates.c.handled_at)
        async with db.read() as connection:
            self._done = OrderedDict.fromkeys(await connection.scalars(oldest_first))
        return self

    def claim(self, update_id: int) -> bool:
        """Take an update to handle; False when it was taken before."""
        if update_id in self._in_work or update_id in self._done:
            return False
        self._in_work.add(update_id)
        return True

    def release(self, update_id: int) -> None:
        """Give an update back: it may be handled again."""
        self._in_work.discard(update_id)

    def done(self, update_id: int, now: datetime) -> None:
        """Note that an update was handled."""
        self._in_work.discard(update_id)
        self._done[update_id] = None
        self._behind.put(update_id, now)
        if len(self._done) > self._size:
            self._done.popitem(last=False)

    async def flush(self) -> None:
        """Write every change made so far."""
        await self._behind.flush()

    async def run(self) -> None:
        """Write changes as they come, until cancelled."""
        await self._behind.run()

    async def close(self) -> None:
        """Write what is left."""
        await self._behind.flush()

    async def _write(self, batch: dict[int, datetime]) -> None:
        rows = [{"update_id": update_id, "handled_at": at} for update_id, at in batch.items()]
        async with self._db.write() as connection:
            await connection.execute(upsert(connection, handled_updates), rows)
        self._since_trim += len(rows)
        if self._since_trim >= self._size:
            await self._trim()

    async def _trim(self) -> None:
        latest = (
            select(handled_updates.c.update_id)
            .order_by(handled_updates.c.handled_at.desc())
            .limit(self._size)
        )
        async with self._db.write() as connection:
            await connection.execute(
                delete(handled_updates).where(handled_updates.c.update_id.not_in(latest))
            )
        self._since_trim = 0
