"""Reminders: how somebody wants them, where each stands, and what becomes of one that is due."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self
from zoneinfo import ZoneInfo

from domain.errors import BadInput
from domain.workdays import Workdays

MAX_LEAD = 365
MAX_REPEATS = 5
SNOOZE = 100  # repetitions from one snooze to the next: what lies between counts how often nobody answered
UNANSWERED = -1  # the lead of what is told to administrators, once, where nobody answered
LATE_AFTER = timedelta(hours=1)  # later than that, a reminder was not sent when it should have been
STALE_AFTER = timedelta(days=30)  # since the event was over: nobody is asked about it any more
_SHORTEST_HOURS = timedelta(hours=2)  # more than any clock is moved by


class Digest(StrEnum):
    """How much is put into one message; what falls on one day is one in any case."""

    OFF = "off"  # each at its day; what is late or new at once
    DAILY = "daily"  # nothing but at the one time of the day
    WEEKLY = "weekly"  # all of a week at its first working day


class ReminderState(StrEnum):
    """Where a reminder stands; all but the first are ends, which only a moved date leaves."""

    PLANNED = "planned"  # waits for its time
    SENT = "sent"  # told in time: its message is in the outbox
    LATE = "late"  # told all the same, but after its time, as the service was down
    MISSED = "missed"  # could not be told before the event was over; shown to administrators
    CANCELLED = "cancelled"  # needs no telling any more; the reason says why
    DONE = "done"  # whoever was to be told had reported the event as done
    ESCALATED = "escalated"  # nobody had answered: administrators were told instead


class Reason(StrEnum):
    """Why a reminder was cancelled or missed."""

    VANISHED = "vanished"  # its event, its date or its lead is gone
    UNFOLLOWED = "unfollowed"  # its subscription is gone
    MUTED = "muted"  # came due while its subscription was silent, or its event
    TOLD = "told"  # a shorter lead of the same event was told in that place before
    ANSWERED = "answered"  # was to be told once more, and the place has answered
    OVER = "over"  # the event was over
    UNREACHABLE = "unreachable"  # the chat can't be written to


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSettings:
    """How a subscription wants its reminders; times are those of the clock on the wall in `zone`."""

    leads: tuple[int, ...] = (30, 7, 1, 0)  # days before the event, the longest first
    at: time = time(9)
    zone: str = "Asia/Shanghai"
    hours: tuple[time, time] = (time(8, 30), time(17, 30))  # outside of them nobody is disturbed
    digest: Digest = Digest.OFF
    repeats: int = 2  # how often it is told once more, after the last lead, while nobody answers

    def __post_init__(self) -> None:
        """Refuse what can't be kept to.

        Raises:
            BadInput: names what is wrong.
        """
        if not self.leads or any(not 0 <= lead <= MAX_LEAD for lead in self.leads):
            raise BadInput(f"lead times are 0 to {MAX_LEAD} days, at least one of them: {list(self.leads)}")
        _require_zone(self.zone)
        start, end = self.hours
        if _on_one_day(end) - _on_one_day(start) < _SHORTEST_HOURS:
            raise BadInput(f"office hours last two hours at least and end on the same day: {start}-{end}")
        if not start <= self.at <= end:
            raise BadInput(f"the time of day, {self.at:%H:%M}, is outside of the hours {start}-{end}")
        if not 0 <= self.repeats <= MAX_REPEATS:
            raise BadInput(f"repeats are 0 to {MAX_REPEATS}, not {self.repeats}")
        object.__setattr__(self, "leads", tuple(sorted(set(self.leads), reverse=True)))

    def moment(self, day: date) -> datetime:
        """The instant of the time of day on that day, in UTC.

        A time that the clocks skip is moved by as much as they are, to the side that is within the hours.
        """
        zone = ZoneInfo(self.zone)
        for fold in (0, 1):
            instant = datetime.combine(day, self.at, zone).replace(fold=fold).astimezone(UTC)
            if self.within_hours(instant):
                break
        return instant

    def within_hours(self, instant: datetime) -> bool:
        """Whether one may be disturbed at that instant, the day aside."""
        start, end = self.hours
        return start <= instant.astimezone(ZoneInfo(self.zone)).time() <= end

    def day_of(self, instant: datetime) -> date:
        """The day it is then, where the readers are."""
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def moment_for(self, day: date, workdays: Workdays) -> datetime:
        """When to tell what belongs to that day: then, or on the working day before it."""
        if self.digest is Digest.WEEKLY:
            day = min(day, workdays.on_or_after(day - timedelta(days=day.weekday())))
        return self.moment(workdays.on_or_before(day))

    def may_disturb(self, now: datetime, workdays: Workdays) -> bool:
        """Whether a message may be sent now."""
        return workdays.is_workday(self.day_of(now)) and self.within_hours(now)

    def next_moment(self, now: datetime, workdays: Workdays) -> datetime:
        """The next time of day, after now, on a working day."""
        day = workdays.on_or_after(self.day_of(now))
        while (moment := self.moment(day)) <= now:
            day = workdays.on_or_after(day + timedelta(days=1))
        return moment

    def again(self, now: datetime, workdays: Workdays) -> datetime:
        """When to tell once more what nobody answered: on the next working day, or in the next week."""
        today = self.day_of(now)
        days = 7 - today.weekday() if self.digest is Digest.WEEKLY else 1
        return self.moment(workdays.on_or_after(today + timedelta(days=days)))

    def to_text(self) -> str:
        """All of it in one line, the same for equal settings; `from_text` reads it."""
        plain = {
            "leads": self.leads,
            "at": f"{self.at:%H:%M}",
            "zone": self.zone,
            "hours": [f"{one:%H:%M}" for one in self.hours],
            "digest": self.digest.value,
            "repeats": self.repeats,
        }
        return json.dumps(plain, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what `to_text` wrote."""
        plain = json.loads(text)
        start, end = (time.fromisoformat(one) for one in plain["hours"])
        return cls(
            leads=tuple(plain["leads"]),
            at=time.fromisoformat(plain["at"]),
            zone=plain["zone"],
            hours=(start, end),
            digest=Digest(plain["digest"]),
            repeats=plain.get("repeats", cls().repeats),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A reminder whose time has come, with all that decides on it; instants in UTC."""

    settings: ReminderSettings
    lead: int  # or UNANSWERED
    repetition: int = 0  # 0: by the plan; above: it was snoozed, or nobody answered
    planned_for: datetime  # when it should be told
    planned_at: datetime  # when that was decided
    due_at: datetime  # `planned_for`, unless it was put off
    day: date  # of the event
    last: date  # of the event
    muted_until: datetime | None = None
    active: bool = True  # its chat can be written to
    done: bool = False  # the place has reported the event as done
    acknowledged: bool = False  # somebody there has seen it
    silenced: bool = False  # the place wants to hear of the event no more
    told_lead: int | None = None  # the shortest lead that the place was told for this day of the event

    @property
    def by_plan(self) -> bool:
        """It is not there because of what the place said, or did not say."""
        return self.repetition == 0 and self.lead != UNANSWERED


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a due reminder; `due_at` is set where it stays planned, for later."""

    state: ReminderState
    reason: Reason | None = None
    due_at: datetime | None = None

    @property
    def told(self) -> bool:
        """It goes into a message."""
        return self.state in {ReminderState.SENT, ReminderState.LATE}


def fate(due: Due, now: datetime, workdays: Workdays) -> Fate:
    """Decide on a due reminder: to be told now or later, or no more."""
    settings = due.settings
    if end := _end(due, now):
        return end
    later = settings.next_moment(now, workdays)
    if not settings.may_disturb(now, workdays):
        return Fate(ReminderState.PLANNED, due_at=later)
    if due.lead == UNANSWERED:
        return Fate(ReminderState.ESCALATED)
    stale = now - due.due_at > LATE_AFTER
    if stale and settings.digest is not Digest.OFF and settings.day_of(later) <= due.last:
        return Fate(ReminderState.PLANNED, due_at=later)
    # One that was planned after its time is new, not late.
    late = due.planned_at <= due.planned_for < now - LATE_AFTER
    return Fate(ReminderState.LATE if late else ReminderState.SENT)


def _end(due: Due, now: datetime) -> Fate | None:
    """How it ends without being told, if so."""
    today = due.settings.day_of(now)
    if due.done:
        return Fate(ReminderState.DONE)
    if due.by_plan and today > due.last:
        in_time = due.planned_at <= due.planned_for  # or it came too late itself: nobody missed it
        return Fate(ReminderState.MISSED if in_time else ReminderState.CANCELLED, Reason.OVER)
    if today > due.last + STALE_AFTER:
        return Fate(ReminderState.CANCELLED, Reason.OVER)
    if due.silenced or (due.muted_until is not None and due.muted_until > now):
        return Fate(ReminderState.CANCELLED, Reason.MUTED)
    if due.by_plan and due.told_lead is not None and due.told_lead <= due.lead:
        return Fate(ReminderState.CANCELLED, Reason.TOLD)
    if due.lead == UNANSWERED and due.acknowledged:
        return Fate(ReminderState.CANCELLED, Reason.ANSWERED)
    if not due.active and due.lead != UNANSWERED:
        return Fate(ReminderState.MISSED, Reason.UNREACHABLE)
    return None


def shortest_leads(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Of what is told at once each time of an event only once, with its shortest lead; the nearest first."""
    seen: set[tuple[str, str]] = set()
    for item in sorted(items, key=lambda one: (one["day"], one["event"], one["occurrence"], one["lead"])):
        about = (item["event"], item["occurrence"])
        if about not in seen:
            seen.add(about)
            yield item


def _require_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:  # a folder's name, a path, a name that nobody knows
        raise BadInput(f"no such time zone: {name!r}; one looks like Asia/Shanghai") from error


def _on_one_day(at: time) -> datetime:
    return datetime.combine(date.min, at)
