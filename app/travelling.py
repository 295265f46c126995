"""Moving the clock, for the sandbox: through every moment at which something is due, so none is late."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.clock import SHANGHAI, move_clock, now, real_now
from app.compose import Service
from domain.broadcasts import BroadcastState
from domain.delivery import DeliveryState
from domain.reminders import ReminderState
from sandbox.world import World

PATIENCE = timedelta(seconds=65)  # of real time for what is due at one stop: a full group waits a minute
_LOOK_SECONDS = 0.02
_A_MOMENT = timedelta(seconds=1)  # past what is due


class Travelling:
    """The sandbox's `Watch` of a service; one trip at a time."""

    zone: ZoneInfo = SHANGHAI

    def __init__(self, service: Service) -> None:
        self._post = service.post
        self._reminding = service.reminding.core
        self._reminders = service.reminding.reminders
        self._closing = False
        self._turn = asyncio.Lock()

    @property
    def moved(self) -> bool:
        """Whether the clock shows another time than the real one."""
        return abs(now() - real_now()) >= _A_MOMENT

    def now(self) -> datetime:
        """What the service takes for now."""
        return now()

    async def next(self) -> datetime | None:
        """When the next reminder is due, perhaps a moment ago; None where none is planned."""
        await self._reminding.plan()
        return await self._reminders.next_due()

    async def travel(self, to: datetime | None, passing: Callable[[], None]) -> int:
        """Let it be another time (None: the real one); returns how many reminders were told on the way.

        Every reminder and broadcast on a way forward is sent at its own moment. A way back tells nothing
        anew: what was told stays told.
        """
        async with self._turn:
            told = await self._told()
            if (to or real_now()) > now():
                await self._work()  # also plans, so that the stops are known
                await self._pass(to, passing)
            if not self._closing:  # or all that lies between would be due at once
                move_clock(to)
                passing()
                await self._work()
            return await self._told() - told

    async def close(self) -> None:
        """End a trip that is under way at its next stop, and set the clock right."""
        self._closing = True
        async with self._turn:
            move_clock(None)

    async def _pass(self, to: datetime | None, passing: Callable[[], None]) -> None:
        while not self._closing and (due := await self._next_stop()) and due < (to or real_now()):
            move_clock(max(due, now()) + _A_MOMENT)
            passing()
            await self._work()

    async def _next_stop(self) -> datetime | None:
        reminder = await self._reminders.next_due()
        starts = [one.start_at for one in await self._post.broadcasts.active() if one.start_at > now()]
        return min([*starts, *([reminder] if reminder else [])], default=None)

    async def _work(self) -> None:
        """Do what is due now, as the ticks would, and wait for it to be sent."""
        await self._reminding.plan()
        await self._reminding.fire()
        self._post.fanout.wake()
        self._post.wake()  # also for what was put off until now
        tired = real_now() + PATIENCE
        while not self._closing and real_now() < tired and await self._busy():  # noqa: ASYNC110 - couriers of any process empty the outbox
            await asyncio.sleep(_LOOK_SECONDS)

    async def _busy(self) -> bool:
        """Whether something is on its way, or will be as soon as its chat may be written to."""
        outbox, starting = self._post.outbox, BroadcastState.SCHEDULED
        for one in await self._post.broadcasts.active():
            if one.state is BroadcastState.RUNNING or (one.state is starting and one.start_at <= now()):
                return True
        if await outbox.oldest_due(now() + PATIENCE):
            return True
        return (await outbox.counts()).by_state[DeliveryState.SENDING] > 0

    async def _told(self) -> int:
        counts = await self._reminders.counts()
        return counts[ReminderState.SENT] + counts[ReminderState.LATE]


@asynccontextmanager
async def travelling(world: World, service: Service) -> AsyncIterator[None]:
    """Let the sandbox's page move the service's clock while the block runs."""
    watch = world.watch = Travelling(service)
    try:
        yield
    finally:
        world.watch = None
        await watch.close()
