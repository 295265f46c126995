"""Rows that are written a moment later, many at once: the last value of each key, none lost on a failure."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

_log = logging.getLogger(__name__)

Key = TypeVar("Key")
Row = TypeVar("Row")

_FIRST_RETRY, _LAST_RETRY = 0.1, 5.0  # seconds


class WriteBehind(Generic[Key, Row]):
    """Takes rows without waiting and hands them in batches to `write`, which must bear repetition.

    `run()` writes whenever something is dirty: after `seconds`, or as soon as `rows` have gathered. What
    fails stays dirty and is tried again. Rows given in the last `seconds` before a crash are gone.
    """

    def __init__(
        self,
        write: Callable[[dict[Key, Row]], Awaitable[None]],
        *,
        rows: int = 1000,
        seconds: float = 1.0,
    ) -> None:
        self._write = write
        self._rows = rows
        self._seconds = seconds
        self._dirty: dict[Key, Row] = {}
        self._some = asyncio.Event()
        self._enough = asyncio.Event()
        self._turn = asyncio.Lock()

    def put(self, key: Key, row: Row) -> None:
        """Take a row to write soon, in place of an earlier one of the same key."""
        self._dirty[key] = row
        self._some.set()
        if len(self._dirty) >= self._rows:
            self._enough.set()

    def get(self, key: Key) -> Row | None:
        """The row of this key while it is not written yet."""
        return self._dirty.get(key)

    def __contains__(self, key: Key) -> bool:
        return key in self._dirty

    def __len__(self) -> int:
        return len(self._dirty)

    async def flush(self) -> None:
        """Write everything that is dirty now.

        Raises:
            Exception: what `write` raised; the rows stay dirty.
        """
        async with self._turn:
            waiting = list(self._dirty.items())
            for start in range(0, len(waiting), self._rows):
                batch = dict(waiting[start : start + self._rows])
                await self._write(batch)
                self._settle(batch)

    async def run(self) -> None:
        """Keep writing until cancelled; sleeps while nothing is dirty."""
        pause = _FIRST_RETRY
        while True:
            await self._some.wait()
            await self._gather()
            try:
                await self.flush()
            except Exception:  # noqa: BLE001 - whatever it was, the rows are kept and tried again
                _log.exception("%d rows could not be written; next try in %.1f s", len(self), pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LAST_RETRY)
            else:
                pause = _FIRST_RETRY

    async def _gather(self) -> None:
        # Not `wait_for`: on 3.11 it swallows a cancellation that comes when the event is set already.
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds):
                await self._enough.wait()

    def _settle(self, batch: dict[Key, Row]) -> None:
        for key, row in batch.items():
            if self._dirty.get(key) is row:  # else a newer one came while this was written
                del self._dirty[key]
        if len(self._dirty) < self._rows:
            self._enough.clear()
        if not self._dirty:
            self._some.clear()
