"""A plan: when each event is told of under each way to be reminded, whoever is told then."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from domain.events import Occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When subscriptions of a profile are told of a time of an event; `at` in UTC."""

    occurrence: Occurrence
    lead: int  # days before
    profile: int  # the id of a `ReminderSettings`
    at: datetime
    provisional: bool = False  # the year's make-up days are not known yet: it may move


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that lies ahead; `moments` are of these occurrences."""

    occurrences: tuple[Occurrence, ...]
    moments: tuple[Moment, ...]

    @cached_property
    def fingerprint(self) -> str:
        """16 characters that differ where anything of it does."""
        digest = hashlib.sha256()
        for occurrence in self.occurrences:
            digest.update(repr((occurrence.facts(), sorted(occurrence.event.subjects))).encode())
        for one in self.moments:
            digest.update(repr((one.occurrence.id, one.lead, one.profile, one.at, one.provisional)).encode())
        return digest.hexdigest()[:16]


def over_before(now: datetime) -> date:
    """The first day that is not yet over everywhere on earth."""
    return (now - timedelta(hours=12)).date()
