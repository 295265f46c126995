"""Reminding, wired: who plans and queues reminders, and what handlers ask for about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.clock import now
from app.settings import Settings
from domain.events import Event
from domain.workdays import Workdays
from scheduler.holidays import workdays
from scheduler.reminding import FIRE_SECONDS, PLAN_SECONDS, Reminding, current_events
from scheduler.ticks import Tick
from storage.database import Database
from storage.dates import Dates
from storage.outbox import Outbox
from storage.plans import Plans
from storage.reminders import Reminders
from storage.standings import Standings


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindingParts:
    """What the rest of the service needs of reminding."""

    core: Reminding
    reminders: Reminders
    database: Database
    workdays: Workdays

    def ticks(self) -> tuple[Tick, Tick]:
        """Reminders are planned as the dates are, and queued when they are due."""
        return (
            Tick(name="plan reminders", seconds=PLAN_SECONDS, do=self.core.plan),
            Tick(name="queue reminders", seconds=FIRE_SECONDS, do=self.core.fire),
        )

    def services(self) -> Mapping[str, Any]:
        """What handlers ask for by name."""
        return {
            "reminders": self.reminders,
            "standings": Standings(self.database),
            "dates": Dates(self.database),
            "plans": Plans(self.database),
            "workdays": self.workdays,
            "replan": self.core.replan,
            "events_now": self._events,
        }

    async def _events(self) -> list[Event]:
        return await current_events(self.database)


def build_reminding(
    settings: Settings, database: Database, outbox: Outbox, wake: Callable[[], None]
) -> RemindingParts:
    """Put it together; nothing runs yet."""
    reminders = Reminders(database, outbox, admins=settings.admins)
    days = workdays()
    core = Reminding(database, reminders, days, now=now, wake=wake)
    return RemindingParts(core=core, reminders=reminders, database=database, workdays=days)
