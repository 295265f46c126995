"""What the two ticks of reminders do: keep the plan as the dates are, and send what is due."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from domain.events import Event
from domain.plans import over_before
from domain.reminders import ReminderState
from domain.workdays import Workdays
from scheduler.events import events
from scheduler.metrics import REMINDERS
from scheduler.planner import plan
from storage.database import Database
from storage.dates import Dates
from storage.plans import Plans
from storage.policies import load_policies
from storage.reminders import Reminders

PLAN_SECONDS, FIRE_SECONDS = 60.0, 10.0


class Reminding:
    """The planner and the one who fires; harmless when several processes run them."""

    def __init__(
        self,
        db: Database,
        reminders: Reminders,
        workdays: Workdays,
        *,
        now: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:
        """Args beyond the obvious.

        wake: called when messages were queued; a courier's.
        """
        self._db = db
        self._plans = Plans(db)
        self._reminders = reminders
        self._workdays = workdays
        self._now = now
        self._wake = wake
        self._laid = ""  # what the plan that counts rests on, as far as we know
        self._turn = asyncio.Lock()  # or two in one process would plan the same at once, to no good

    async def plan(self) -> int:
        """Let all reminders follow the dates as they are now; returns how many subscriptions had to.

        Cheap where nothing changed. Otherwise each transaction plans some subscriptions only, so that others
        get their turn; what a crash leaves is planned the next time.
        """
        async with self._turn:
            return await self._plan()

    async def replan(self) -> None:
        """After a change that somebody waits for: plan, and queue what is due by it."""
        await self.plan()
        await self.fire()

    async def fire(self) -> int:
        """Queue a message for every place that something is due in; returns how many."""
        messages = 0
        while True:
            fired = await self._reminders.fire(self._now(), self._workdays)
            for state, number in fired.states.items():
                if state is not ReminderState.PLANNED:
                    REMINDERS.labels(state.value).inc(number)
            if fired.messages:
                messages += fired.messages
                self._wake()
            if not fired.looked_at:
                return messages

    async def _plan(self) -> int:
        now = self._now()
        basis = f"{over_before(now)} {await self._plans.basis()}"
        if basis != self._laid:
            found, profiles = await current_events(self._db), await self._plans.profiles()
            # In a thread: it may take long enough for answers to wait.
            await self._plans.lay(await asyncio.to_thread(plan, found, profiles, now, self._workdays), now)
            self._laid = basis
        planned = 0
        while some := await self._plans.follow(now):
            planned += some
        return planned


async def current_events(db: Database) -> list[Event]:
    """All events of the store: of its policies, and added."""
    added = [one.event(number) for number, one in (await Dates(db).all()).items()]
    return events(await load_policies(db), added)
