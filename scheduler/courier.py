"""The courier: claims due deliveries, sends them side by side as fast as the throttle lets, settles them.

A delivery is held for `HOLD_SECONDS` at most before it is handed to the network, and on the network for
`SEND_SECONDS`; what remains of the lease is for writing the outcome. So a lease is never renewed: one that
ends means a courier that is gone.
"""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from domain.channels import is_address
from domain.delivery import Again, Delivery, Notice, Outcome, Sent, after_failure
from domain.errors import DeliveryError, Retryable
from scheduler.clock import Clock
from scheduler.hand import AHEAD_SECONDS, Hand, Held
from scheduler.metrics import COURIER_FAILURES, FLOODS, IN_FLIGHT, QUEUE_OLDEST, SENDING_RATE
from scheduler.settling import Settling, Told
from scheduler.throttle import Throttle
from storage.outbox import Outbox

_log = logging.getLogger(__name__)

LEASE_SECONDS = 60.0
HOLD_SECONDS = 15.0
SEND_SECONDS = 30.0
LOOK_SECONDS = 1.0  # how late something due is found that nobody called `wake` for
_TEND_SECONDS = 5.0  # how often ended leases are looked for
_BATCH_SECONDS = 1.0  # how much is claimed ahead: what is urgent never waits for much
_SMALLEST_BATCH, _LARGEST_BATCH = 20, 500
_LARGEST_HAND = 2_000  # most of them waiting for their chats
_BESIDES = 10  # claimed on top of a full hand, to find what is urgent in it


class Sender(Protocol):
    """Takes one message to the network; must give up by itself before `SEND_SECONDS`."""

    async def send(self, delivery: Delivery, notice: Notice) -> int:
        """Send and return the message's id.

        Raises:
            DeliveryError: it did not arrive; only after a doubtful `Retryable` it may have.
        """


class Courier:
    """One of any number, each with a `worker` name of its own; those of one process share the throttle."""

    def __init__(  # noqa: PLR0913 - what it works with, and how much at a time
        self,
        outbox: Outbox,
        sender: Sender,
        throttle: Throttle,
        clock: Clock,
        *,
        worker: str,
        concurrency: int = 200,
        send_seconds: float = SEND_SECONDS,
        told: Told | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """Args beyond the obvious.

        concurrency: messages at once, at most, on the network or a tenth of a second before their turn.
        told: is given the chats that moved or are gone, after that is written.
        jitter: draws from 0 to 1.
        """
        self._outbox = outbox
        self._sender = sender
        self._throttle = throttle
        self._clock = clock
        self._worker = worker
        self._concurrency = concurrency
        self._send_seconds = send_seconds
        self._jitter = jitter
        self._settling = Settling(outbox, clock, worker, told)
        self._hand = Hand(throttle)
        self._flying: set[asyncio.Task[None]] = set()
        self._full = False  # more could have been sent, were it not for `concurrency`
        self._nudge = asyncio.Event()
        self._woken = True
        self._more = False  # the last claim got all it asked for
        self._new = True  # what an earlier life of this name held is not taken up yet
        self._stopping = False
        self._look_at = self._tend_at = 0.0

    def wake(self) -> None:
        """Something was queued: look now."""
        self._woken = True
        self._nudge.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until told to stop; then claim no more, let what is on the network end, and settle it.

        A cancellation does the same, and is passed on afterwards; only a second one cuts it short.
        """
        work = asyncio.create_task(self._work())
        watch = asyncio.create_task(self._watch(stop))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            self._stop()
            await work
            raise
        finally:
            watch.cancel()

    async def _watch(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stop()

    def _stop(self) -> None:
        self._stopping = True
        self._nudge.set()

    async def _work(self) -> None:
        settling = asyncio.create_task(self._settling.run())
        self._look_at = self._tend_at = self._clock.seconds()
        failures = 0
        try:
            while not self._stopping and not settling.done():
                self._nudge.clear()
                try:
                    pause = await self._round()
                    failures = 0
                except Exception:  # noqa: BLE001 - the database may be locked or full; it won't be for ever
                    failures += 1
                    pause = min(0.1 * 2**failures, 5.0)
                    COURIER_FAILURES.labels("outbox").inc()
                    _log.exception("the outbox fails; next try in %.1f s", pause)
                    await self._clock.wait(pause)
                else:
                    await self._clock.wait(pause, self._nudge)
        finally:
            if self._flying:
                await asyncio.wait(self._flying)
            self._settling.close()
            await settling
            await self._release()

    async def _round(self) -> float:
        """Look for what is due, send what may leave; returns the seconds until something may be to do."""
        await self._tend()
        await self._look()
        pause = await self._dispatch()
        if self._more and self._low:
            return 0.0
        return max(0.0, min(pause, self._look_at - self._clock.seconds()))

    async def _tend(self) -> None:
        """Take up what couriers that are gone have left; first of all, what we left under this name."""
        if self._clock.seconds() < self._tend_at:
            return
        now = self._clock.now()
        if self._new:
            await self._outbox.take_up(self._worker, now)
            self._new = False
        await self._outbox.expire(now)
        oldest = await self._outbox.oldest_due(now)
        QUEUE_OLDEST.set((now - oldest).total_seconds() if oldest else 0.0)
        SENDING_RATE.set(self._throttle.rate(self._clock.seconds()))
        self._tend_at = self._clock.seconds() + _TEND_SECONDS

    @property
    def _batch(self) -> int:
        """How many will leave in a moment, to be claimed ahead."""
        rate = self._throttle.rate(self._clock.seconds())
        return max(_SMALLEST_BATCH, min(int(rate * _BATCH_SECONDS), _LARGEST_BATCH))

    @property
    def _low(self) -> bool:
        """Soon there will be too few to keep the rate, however many wait for their chats."""
        return self._hand.soon <= self._batch / 2 and len(self._hand) < _LARGEST_HAND

    async def _look(self) -> None:
        """Claim what is due: up to a batch, and in a full hand there is room for what is urgent."""
        now = self._clock.seconds()
        if not (self._woken or now >= self._look_at or (self._more and self._low)):
            return
        self._woken, self._more, self._look_at = False, False, now + LOOK_SECONDS
        # What is claimed while everything waits would only be given back.
        if not self._settling.behind and self._throttle.when(None, now, urgent=True) <= LOOK_SECONDS:
            limit = max(self._batch - self._hand.soon, _BESIDES)
            claimed = await self._outbox.claim(self._worker, self._clock.now(), limit, LEASE_SECONDS)
            self._more = len(claimed) == limit
            self._hand.add(Held(delivery, notice, now + HOLD_SECONDS) for delivery, notice in claimed)
        self._give_back(now)

    def _give_back(self, now: float) -> None:
        """Let go of what can't leave in time: its chat, or everything, has to wait."""
        for held, wait in self._hand.drop_late(now):
            at = self._clock.now() + timedelta(seconds=wait)
            self._settling.put(held.delivery.id, Again(at, "its chat has to wait", counted=False))

    async def _dispatch(self) -> float:
        """Hand over all whose turn comes in a moment, in one write; returns the wait for the next."""
        if self._settling.behind:
            return AHEAD_SECONDS
        free = self._concurrency - len(self._flying)
        leaving, pause = self._hand.choose(self._clock.seconds(), free)
        self._full = len(leaving) == free
        if not leaving:
            return pause
        ids = [held.delivery.id for held, _ in leaving]
        try:
            ours = await self._outbox.handed(ids, self._worker, self._clock.now())
        except Exception:
            self._hand.add(held for held, _ in leaving)
            raise
        IN_FLIGHT.inc(len(ours))
        for held, at in leaving:
            if held.delivery.id in ours:
                flight = asyncio.create_task(self._fly(held, at))
                self._flying.add(flight)
                flight.add_done_callback(self._landed)
        return pause

    async def _fly(self, held: Held, at: float) -> None:
        now = self._clock.seconds()
        if at > now:
            await self._clock.wait(at - now)
            now = self._clock.seconds()
        paused = self._throttle.paused_until - now
        if paused > 0:
            until = self._clock.now() + timedelta(seconds=paused)
            self._settling.put(held.delivery.id, Again(until, "everything has to wait", counted=False))
            return
        self._settling.put(held.delivery.id, await self._send(held))

    async def _send(self, held: Held) -> Outcome:
        try:
            async with asyncio.timeout(self._send_seconds):
                return Sent(await self._sender.send(held.delivery, held.notice))
        except DeliveryError as raised:
            error = raised
        except TimeoutError:
            error = Retryable("no answer in time", doubtful=True)
        except Exception as raised:  # noqa: BLE001 - a fault of the sender's must not stop the others
            COURIER_FAILURES.labels("sender").inc()
            _log.exception("delivery %d: the sender fails", held.delivery.id)
            # It may have arrived before that; so it is tried once more and not for hours.
            error = Retryable(f"{type(raised).__name__}: {raised}", doubtful=True)
        self._slow_down(held.delivery.chat_id, error)
        attempts, now = held.delivery.attempts, self._clock.now()
        return after_failure(error, attempts, now, self._jitter())

    def _slow_down(self, chat_id: int, error: DeliveryError) -> None:
        after = error.after if isinstance(error, Retryable) else None
        if is_address(chat_id):
            return  # another channel's limits say nothing about Telegram's
        if after is not None and self._throttle.refused(chat_id, after, self._clock.seconds()):
            FLOODS.inc()

    def _landed(self, flight: asyncio.Task[None]) -> None:
        self._flying.discard(flight)
        IN_FLIGHT.dec()
        if not flight.cancelled() and flight.exception():
            _log.error("a delivery's outcome is lost; its lease will decide", exc_info=flight.exception())
        if self._full and len(self._flying) <= self._concurrency / 2:
            self._nudge.set()

    async def _release(self) -> None:
        """Let others have what we hold, at once and not only when the lease ends."""
        with suppress(Exception):  # then the lease decides
            await self._outbox.release(self._worker)
