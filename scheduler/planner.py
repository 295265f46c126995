"""The planner: from events and ways to be reminded to moments, purely; who is told then is SQL's to join."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from domain.events import Event, Occurrence
from domain.plans import Moment, Plan, over_before
from domain.reminders import ReminderSettings
from domain.workdays import Workdays
from scheduler.events import occurrences

HORIZON = timedelta(days=400)  # what is told later is planned later
_FAR = timedelta(days=365)  # the longest lead
_SHARE = 0.75  # of the time since the last occurrence, at most


def plan(
    events: Iterable[Event],
    profiles: Mapping[int, ReminderSettings],
    now: datetime,
    workdays: Workdays,
    *,
    horizon: timedelta = HORIZON,
) -> Plan:
    """Everything that is to be told within the horizon, of what is not over yet.

    A moment may lie in the past: then there is still something to tell, at once. It depends on `now` for
    what is over and for the horizon only, so that planning again at another time moves nothing.
    """
    today = over_before(now)
    until = today + horizon
    ahead = [occurrence for event in events for occurrence in occurrences(event, today, until + _FAR)]
    moments = [
        moment
        for number, settings in sorted(profiles.items())
        for moment in _moments(ahead, number, settings, workdays, until)
    ]
    return Plan(occurrences=tuple(ahead), moments=tuple(moments))


def _moments(
    ahead: Iterable[Occurrence], profile: int, settings: ReminderSettings, workdays: Workdays, until: date
) -> Iterator[Moment]:
    @cache
    def moment(day: date) -> tuple[datetime, bool]:
        return settings.moment_for(day, workdays), workdays.provisional(day)

    for occurrence in ahead:
        for lead in _leads(settings, occurrence):
            day = occurrence.day - timedelta(days=lead)
            if day <= until:
                at, provisional = moment(day)
                yield Moment(
                    occurrence=occurrence, lead=lead, profile=profile, at=at, provisional=provisional
                )


def _leads(settings: ReminderSettings, occurrence: Occurrence) -> Sequence[int]:
    """Thirty days before what comes every month would be a day after the last time: such leads are left out.

    The shortest stays in any case, or nothing would be told.
    """
    leads = settings.leads
    if occurrence.gap is None:
        return leads
    return [lead for lead in leads if lead <= _SHARE * occurrence.gap] or leads[-1:]
