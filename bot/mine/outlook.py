"""What following something will bring: the next reminder, or how it stands where none is to come."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.events import FIRST_YEAR, Event, Occurrence
from domain.reminders import Digest, ReminderSettings
from domain.workdays import Workdays
from scheduler.events import occurrences
from scheduler.planner import HORIZON, plan
from storage.reminders import NextReminder

_FAR = timedelta(days=365 * 40)  # further than any policy plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One reminder to come."""

    at: datetime  # in UTC; `now` for what is told at once
    occurrence: Occurrence  # the nearest of those it tells of
    more: int = 0  # others that are told of at the same time

    @property
    def facts(self) -> Mapping[str, Any]:
        """Of what is told."""
        return self.occurrence.facts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where some events stand; without any all is None."""

    told: Told | NextReminder | None = None  # the next reminder
    ahead: Occurrence | None = None  # the next time of them, whether it is told or not
    gone: Occurrence | None = None  # the last one that is over


def outlook(
    events: Collection[Event],
    settings: ReminderSettings,
    now: datetime,
    workdays: Workdays,
    *,
    fresh: Collection[str] = (),
) -> Outlook:
    """Look ahead from `now`.

    Args:
        events: what is followed.
        settings: how the place is reminded.
        now: an aware instant; while a place is muted, the end of that.
        workdays: of China.
        fresh: keys of events that the place was never told of: what should have been told is told at once.
    """
    told = _told(events, settings, now, workdays, fresh, HORIZON)
    told = told or _told(events, settings, now, workdays, fresh, _FAR)
    if told is not None:
        return Outlook(told=told, ahead=told.occurrence)
    today = settings.day_of(now)
    ahead = [next(occurrences(event, today, today + _FAR), None) for event in events]
    coming = [one for one in ahead if one is not None]
    over = [one for event in events for one in _over(event, today)]
    return Outlook(
        ahead=min(coming, key=lambda one: one.day, default=None),
        gone=max(over, key=lambda one: one.last, default=None),
    )


def _told(  # noqa: PLR0913, PLR0917 - what a plan is made of
    events: Iterable[Event],
    settings: ReminderSettings,
    now: datetime,
    workdays: Workdays,
    fresh: Collection[str],
    horizon: timedelta,
) -> Told | None:
    today = settings.day_of(now)
    at_once = now
    if settings.digest is not Digest.OFF or not settings.may_disturb(now, workdays):
        at_once = settings.next_moment(now, workdays)
    found = [
        Told(at=max(one.at, at_once if one.at <= now else one.at), occurrence=one.occurrence)
        for one in plan(events, {0: settings}, now, workdays, horizon=horizon).moments
        if one.at > now or (one.occurrence.event.key in fresh and one.occurrence.last >= today)
    ]
    first = min(found, key=lambda one: (one.at, one.occurrence.day, one.occurrence.id), default=None)
    if first is None:
        return None
    others = {one.occurrence.id for one in found if one.at == first.at} - {first.occurrence.id}
    return replace(first, more=len(others))


def _over(event: Event, today: date) -> Iterable[Occurrence]:
    return (one for one in occurrences(event, date(FIRST_YEAR, 1, 1), today) if one.last < today)
