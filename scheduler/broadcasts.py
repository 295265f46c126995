"""The fan-out: begins broadcasts when they are due, writes their deliveries bit by bit, ends them."""

import asyncio
import logging
from collections.abc import Callable

from domain.broadcasts import Broadcast, BroadcastState
from scheduler.clock import Clock
from scheduler.metrics import COURIER_FAILURES
from storage.broadcasts import Broadcasts
from storage.outbox import Outbox

_log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


class Fanout:
    """Keeps just so many deliveries of a broadcast in the outbox that its couriers never wait.

    So a pause touches few rows, and the outbox stays small however many the recipients are. Harmless when
    several processes run it: each step is a transaction that does nothing where it was done.
    """

    def __init__(  # noqa: PLR0913 - what it works with, and how much at a time
        self,
        broadcasts: Broadcasts,
        outbox: Outbox,
        clock: Clock,
        *,
        wake: Callable[[], None],
        page: int = 1000,
        window: int = 5000,
    ) -> None:
        """Args beyond the obvious.

        wake: called when deliveries were written; a courier's.
        page: chats whose deliveries are written in one transaction.
        window: unsettled deliveries of one broadcast; no more are written while there are so many.
        """
        self._broadcasts = broadcasts
        self._outbox = outbox
        self._clock = clock
        self._wake = wake
        self._page = page
        self._window = window
        self._nudge = asyncio.Event()

    def wake(self) -> None:
        """A broadcast was confirmed, resumed or sent again: look now."""
        self._nudge.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; a page that is being written is written to its end."""
        watch = asyncio.create_task(self._watch(stop))
        try:
            while not stop.is_set():
                self._nudge.clear()
                await self._round(stop)
                await self._clock.wait(LOOK_SECONDS, self._nudge)
        finally:
            watch.cancel()

    async def _watch(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._nudge.set()

    async def _round(self, stop: asyncio.Event) -> None:
        try:
            active = await self._broadcasts.active()
        except Exception:  # noqa: BLE001 - the database may be locked or full; it won't be for ever
            _failed("the broadcasts can't be read")
            return
        for one in active:
            try:
                await self._advance(one, stop)
            except Exception:  # noqa: BLE001 - the same; and one that fails must not stop the others
                _failed(f"broadcast {one.id} is stuck")

    async def _advance(self, one: Broadcast, stop: asyncio.Event) -> None:
        match one.state:
            case BroadcastState.PAUSED:
                await self._broadcasts.hold(one.id)
            case BroadcastState.RUNNING:
                await self._spread(one.id, stop)
            case BroadcastState.SCHEDULED if one.start_at <= self._clock.now():
                if await self._broadcasts.begin(one.id, self._clock.now()):
                    await self._spread(one.id, stop)

    async def _spread(self, broadcast_id: str, stop: asyncio.Event) -> None:
        while not stop.is_set():
            on_their_way = await self._outbox.open(broadcast_id)
            if on_their_way >= self._window:
                return
            new = await self._broadcasts.spread(broadcast_id, self._page, self._clock.now())
            if new is None:
                if not on_their_way:
                    await self._broadcasts.finish(broadcast_id, self._clock.now())
                return
            if new:
                self._wake()


def _failed(what: str) -> None:
    COURIER_FAILURES.labels("fanout").inc()
    _log.exception("%s; it is tried again", what)
