"""Reminders: those that are due become messages in the outbox, one a place, in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from domain.delivery import Priority
from domain.policy import FactKind
from domain.reminders import Fate, Reason, ReminderState, fate
from domain.workdays import Workdays
from storage.database import Database, only_one
from storage.outbox import Outbox
from storage.reminders_after import end, note, repeat
from storage.reminders_due import as_due, due_in_places, planned_for
from storage.reminders_told import to_administrators, to_places
from storage.schema import MISSED, PLANNED, chats, occurrences, reminders, standings, subscriptions
from storage.subscriptions import profiles

_row, _who, _what = reminders.c, subscriptions.c, occurrences.c
_SHOWN_LATE = timedelta(days=90)
_UNFOLLOWED = Fate(ReminderState.CANCELLED, Reason.UNFOLLOWED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """What came of a call of `fire`."""

    looked_at: int  # reminders that were due
    states: Mapping[ReminderState, int]
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedReminder:
    """One that could not be told, for administrators."""

    chat_id: int
    thread_id: int | None
    facts: Mapping[str, Any]  # of the event, as `Occurrence.facts` gives them
    lead: int
    planned_for: datetime
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class LateReminder:
    """An event that is over, and that a department told of it has not reported as done."""

    chat_id: int
    thread_id: int | None
    title: str  # of the chat
    facts: Mapping[str, Any]
    told_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextReminder:
    """The message that a place gets next."""

    at: datetime
    facts: Mapping[str, Any]  # of the nearest event it will tell of
    more: int  # others that it will tell of


class Reminders:
    """All of them; each call is one transaction. Any number of processes may fire."""

    def __init__(self, db: Database, outbox: Outbox, admins: Collection[int] = ()) -> None:
        """Args: `admins` are told what nobody answered, and of what was missed."""
        self._db = db
        self._outbox = outbox
        self._admins = sorted(admins)

    async def fire(self, now: datetime, workdays: Workdays, limit: int = 500) -> Fired:
        """End what is due, and queue one message for each place that is to be told; all or nothing.

        Looks at `limit` reminders, and at whatever else is due in the same places. Where nothing is due
        nobody has to wait for it.
        """
        if not await self._any_due(now):
            return Fired(looked_at=0, states={}, messages=0)
        async with self._db.write() as connection:
            await only_one(connection, "fire reminders")
            rows, orphans = await due_in_places(connection, now, limit)
            known = await profiles(connection)
            decided = [(row, fate(as_due(row, known), now, workdays)) for row in rows]
            told = [(row, its) for row, its in decided if its.told]
            messages = to_places(told, known, now)
            messages += to_administrators(self._admins, decided, known[0].day_of(now))
            for one in messages:
                await self._outbox.enqueue(
                    connection, one.notice, one.recipients, priority=Priority.URGENT, now=now
                )
            notice_of = {reminder: one.notice.id for one in messages for reminder in one.reminders}
            ends = [(row.id, its, notice_of.get(row.id)) for row, its in decided]
            ends += [(orphan, _UNFOLLOWED, None) for orphan in orphans]
            await end(connection, ends, now)
            await note(connection, [row for row, _ in told], now)
            await repeat(connection, [row for row, _ in told], known, now, workdays)
        states: defaultdict[ReminderState, int] = defaultdict(int)
        for _, its, _ in ends:
            states[its.state] += 1
        return Fired(
            looked_at=len(ends), states=states, messages=sum(len(one.recipients) for one in messages)
        )

    async def next_due(self) -> datetime | None:
        """When the first of all that are planned is due; None where nothing is planned."""
        first = select(_row.due_at).where(PLANNED).order_by(_row.due_at).limit(1)
        async with self._db.read() as connection:
            due: datetime | None = await connection.scalar(first)
            return due

    async def next_for(
        self, chat_id: int, thread_id: int | None, *, after: datetime | None = None
    ) -> NextReminder | None:
        """What a place is told next by the plan, maybe not before `after`; None where nothing is planned."""
        async with self._db.read() as connection:
            rows = (await connection.execute(planned_for(chat_id, thread_id, after))).all()
        first = [row.document for row in rows if row.due_at == rows[0].due_at]
        facts = list({(one["event"], one["occurrence"]): one for one in first}.values())
        return NextReminder(at=rows[0].due_at, facts=facts[0], more=len(facts) - 1) if facts else None

    async def _any_due(self, now: datetime) -> bool:
        async with self._db.read() as connection:
            first = select(_row.id).where(PLANNED, _row.due_at <= now).limit(1)
            return await connection.scalar(first) is not None

    async def missed(self, since: datetime, limit: int = 100) -> list[MissedReminder]:
        """What could not be told since then, the latest first."""
        found = (
            select(reminders, _what.document, _who.chat_id, _who.thread_id)
            .join(occurrences, _what.id == _row.occurrence_id)
            .join(subscriptions, _who.id == _row.subscription_id)
            .where(MISSED, _row.ended_at >= since)
            .order_by(_row.ended_at.desc(), _row.id.desc())
            .limit(limit)
        )
        async with self._db.read() as connection:
            return [_missed(row) for row in await connection.execute(found)]

    async def late(self, today: date) -> list[LateReminder]:
        """What departments were told of, and have not reported, in the last 90 days; the latest first.

        A date of no policy concerns whoever was told of it.
        """
        found = (
            select(standings, _what.document, _what.last, chats.c.title)
            .join(occurrences, _what.id == standings.c.occurrence_id)
            .outerjoin(chats, chats.c.chat_id == standings.c.chat_id)
            .where(
                _what.last < today,
                _what.last >= today - _SHOWN_LATE,
                standings.c.told_at.is_not(None),
                standings.c.done_at.is_(None),
            )
            .order_by(_what.last.desc(), _what.id, standings.c.chat_id, standings.c.thread_id)
        )
        offices = select(_who.chat_id, _who.thread_id, _who.policy_id).where(
            _who.kind == FactKind.DEPARTMENT.value
        )
        async with self._db.read() as connection:
            in_charge = {tuple(row) for row in await connection.execute(offices)}
            rows = (await connection.execute(found)).all()
        return [
            _late(row)
            for row in rows
            if row.document["to_do"] and (row.chat_id, row.thread_id, row.document["policy"]) in in_charge
        ]

    async def counts(self) -> dict[ReminderState, int]:
        """How many stand where; every state, 0 included."""
        states = select(_row.state, func.count()).group_by(_row.state)
        async with self._db.read() as connection:
            found = {ReminderState(state): number for state, number in await connection.execute(states)}
        return dict.fromkeys(ReminderState, 0) | found


def _missed(row: Row[Any]) -> MissedReminder:
    return MissedReminder(
        chat_id=row.chat_id,
        thread_id=row.thread_id or None,
        facts=row.document,
        lead=row.lead,
        planned_for=row.planned_for,
        reason=Reason(row.reason),
    )


def _late(row: Row[Any]) -> LateReminder:
    return LateReminder(
        chat_id=row.chat_id,
        thread_id=row.thread_id or None,
        title=row.title or "",
        facts=row.document,
        told_at=row.told_at,
        acknowledged_at=row.acknowledged_at,
    )
