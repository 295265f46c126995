"""Outcomes on their way into the outbox: gathered for a moment, written many at once, kept until they are."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable

import prometheus_client

from domain.delivery import Again, Failed, Migrated, Outcome, Sent, Unreachable
from scheduler.clock import Clock
from scheduler.metrics import COURIER_FAILURES, DELIVERIES, RETRIES, UNSETTLED
from storage.outbox import Outbox, Settled, Settlement

_log = logging.getLogger(__name__)

ROWS, SECONDS = 200, 0.05  # a batch is written when it is so large, or its first outcome so old
_BACKLOG = 2 * ROWS
_FIRST_RETRY, _LAST_RETRY = 0.1, 5.0  # seconds
_LAST_TRIES = 8  # after `close`, over some 10 seconds; then the leases decide

_SENT = DELIVERIES.labels("sent")  # looked up once: the others are few

Told = Callable[[Settled], Awaitable[None]]


class Settling:
    """Takes outcomes without waiting; `run()`, in a task that nobody cancels, writes them."""

    def __init__(self, outbox: Outbox, clock: Clock, worker: str, told: Told | None = None) -> None:
        self._outbox = outbox
        self._clock = clock
        self._worker = worker
        self._told = told
        self._waiting: list[Settlement] = []
        self._some = asyncio.Event()
        self._enough = asyncio.Event()
        self._closed = False
        self._failures = 0  # in a row

    def __len__(self) -> int:
        """How many are not written yet."""
        return len(self._waiting)

    @property
    def behind(self) -> bool:
        """So much is unwritten that nothing more should be sent; or what was written is not known."""
        return len(self._waiting) >= _BACKLOG or self._failures > 0

    def put(self, delivery_id: int, outcome: Outcome) -> None:
        """Take an outcome to write in a moment."""
        self._waiting.append((delivery_id, self._worker, outcome))
        UNSETTLED.inc()
        self._some.set()
        if len(self._waiting) >= ROWS:
            self._enough.set()

    def close(self) -> None:
        """No more will come: `run` ends when all is written."""
        self._closed = True
        self._failures = min(self._failures, 1)
        self._some.set()
        self._enough.set()

    async def run(self) -> None:
        """Write until closed and empty; what can't be written is tried again, after `close` not for ever."""
        while self._waiting or not self._closed:
            await self._some.wait()
            await self._clock.wait(SECONDS, self._enough)
            try:
                await self._write(self._waiting[:ROWS])
            except Exception:  # noqa: BLE001 - whatever it was, the outcomes are kept and tried again
                pause = min(_FIRST_RETRY * 2**self._failures, _LAST_RETRY)
                self._failures += 1
                COURIER_FAILURES.labels("settle").inc()
                _log.exception("%d outcomes could not be written; next try in %.1f s", len(self), pause)
                if self._closed and self._failures >= _LAST_TRIES:
                    _log.error("%d outcomes are given up; their leases will decide", len(self))
                    return
                await self._clock.wait(pause)
            else:
                self._failures = 0

    async def _write(self, batch: list[Settlement]) -> None:
        settled = await self._outbox.settle(batch, self._clock.now()) if batch else None
        del self._waiting[: len(batch)]
        UNSETTLED.dec(len(batch))
        if not self._closed:
            if len(self._waiting) < ROWS:
                self._enough.clear()
            if not self._waiting:
                self._some.clear()
        for counter, number in Counter(_counter(outcome) for _, _, outcome in batch).items():
            counter.inc(number)
        if settled and self._told and (settled.unreachable or settled.migrated):
            await self._tell(self._told(settled))

    async def _tell(self, telling: Awaitable[None]) -> None:
        try:
            await telling
        except Exception:  # noqa: BLE001 - the outcomes are written; the chat is found unreachable once more
            COURIER_FAILURES.labels("told").inc()
            _log.exception("chats that moved or are gone could not be noted")


def _counter(outcome: Outcome) -> prometheus_client.Counter:
    match outcome:
        case Sent():
            return _SENT
        case Failed():
            return DELIVERIES.labels("failed")
        case Unreachable():
            return DELIVERIES.labels("unreachable")
        case Migrated():
            return RETRIES.labels("migrated")
        case Again(doubtful=True):
            return RETRIES.labels("doubtful")
        case Again(counted=counted):
            return RETRIES.labels("failed" if counted else "told_to_wait")
