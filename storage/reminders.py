"""Reminders: those that are due become messages in the outbox, one a place, in one transaction."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import Notice, NoticeKind, Priority, Recipient
from domain.reminders import Fate, Reason, ReminderSettings, ReminderState, fate, shortest_leads
from domain.workdays import Workdays
from storage.database import Database, only_one, to_json
from storage.outbox import Outbox
from storage.outbox_desk import BATCH
from storage.reminders_due import as_due, due_in_places
from storage.schema import (
    MISSED,
    PLANNED,
    occurrences,
    reminders,
    standings,
    subscriptions,
)
from storage.subscriptions import profiles

_row, _who, _what = reminders.c, subscriptions.c, occurrences.c
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


class Reminders:
    """All of them; each call is one transaction. Any number of processes may fire."""

    def __init__(self, db: Database, outbox: Outbox) -> None:
        self._db = db
        self._outbox = outbox

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
            messages = _messages(told, known, now)
            for one in messages:
                await self._outbox.enqueue(
                    connection, one.notice, one.recipients, priority=Priority.URGENT, now=now
                )
            notice_of = {reminder: one.notice.id for one in messages for reminder in one.reminders}
            ends = [(row.id, its, notice_of.get(row.id)) for row, its in decided]
            ends += [(orphan, _UNFOLLOWED, None) for orphan in orphans]
            await _end(connection, ends, now)
            await _note(connection, [row for row, _ in told], now)
        states: defaultdict[ReminderState, int] = defaultdict(int)
        for _, its, _ in ends:
            states[its.state] += 1
        return Fired(
            looked_at=len(ends), states=states, messages=sum(len(one.recipients) for one in messages)
        )

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

    async def counts(self) -> dict[ReminderState, int]:
        """How many stand where; every state, 0 included."""
        states = select(_row.state, func.count()).group_by(_row.state)
        async with self._db.read() as connection:
            found = {ReminderState(state): number for state, number in await connection.execute(states)}
        return dict.fromkeys(ReminderState, 0) | found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """One notice, for all places that are told the very same."""

    notice: Notice
    recipients: list[Recipient] = field(default_factory=list)
    reminders: list[int] = field(default_factory=list)  # that are told by it


def _messages(
    told: Iterable[tuple[Row[Any], Fate]], known: Mapping[int, ReminderSettings], now: datetime
) -> list[_Message]:
    by_place: defaultdict[tuple[int, int], list[tuple[Row[Any], Fate]]] = defaultdict(list)
    for row, its in told:
        by_place[row.chat_id, row.thread_id].append((row, its))
    messages: dict[str, _Message] = {}
    for some in by_place.values():
        place = some[0][0]
        notice = _notice(some, known[place.profile_id].day_of(now))
        one = messages.setdefault(notice.id, _Message(notice=notice))
        one.recipients.append(_recipient(notice.id, place))
        one.reminders.extend(row.id for row, _ in some)
    return list(messages.values())


def _notice(some: Iterable[tuple[Row[Any], Fate]], day: date) -> Notice:
    """Its id is made of what it tells and on which day, so that telling it twice makes one delivery."""
    items = [
        {
            **row.document,
            "lead": row.lead,
            "late": its.state is ReminderState.LATE,
            "repetition": row.repetition,
        }
        for row, its in some
    ]
    facts = {"day": day.isoformat(), "items": list(shortest_leads(items))}
    digest = hashlib.sha256(to_json(facts).encode()).hexdigest()[:16]
    return Notice(id=f"reminders:{digest}", kind=NoticeKind.REMINDER, facts=facts)


def _recipient(notice_id: str, row: Row[Any]) -> Recipient:
    # By the first id of the chat, which it keeps in the key when it becomes a supergroup.
    first_id = row.chat_id if row.former_id is None else row.former_id
    topic = f"/{row.thread_id}" if row.thread_id else ""
    return Recipient(
        chat_id=row.chat_id, thread_id=row.thread_id or None, key=f"{notice_id}:{first_id}{topic}"
    )


async def _end(
    connection: AsyncConnection, ends: Iterable[tuple[int, Fate, str | None]], now: datetime
) -> None:
    alike: defaultdict[tuple[Fate, str | None], list[int]] = defaultdict(list)
    for reminder, its, notice_id in ends:
        alike[its, notice_id].append(reminder)
    for (its, notice_id), ids in alike.items():
        values: dict[str, Any] = {"state": its.state.value, "reason": its.reason, "notice_id": notice_id}
        values |= {"due_at": its.due_at} if its.due_at else {"ended_at": now}
        for some in (ids[start : start + BATCH] for start in range(0, len(ids), BATCH)):
            await connection.execute(update(reminders).where(_row.id.in_(some)).values(values))


async def _note(connection: AsyncConnection, rows: Iterable[Row[Any]], now: datetime) -> None:
    """Write down what each place knows now."""
    told: dict[tuple[int, int, int], dict[str, Any]] = {}
    for row in rows:
        about = (row.chat_id, row.thread_id, row.occurrence_id)
        before = row.told_lead if row.told_day == row.day else None
        lead = row.lead if before is None else min(row.lead, before)  # a repetition may be of a longer one
        if about not in told or lead < told[about]["told_lead"]:
            told[about] = {
                **dict(zip(("chat_id", "thread_id", "occurrence_id"), about, strict=True)),
                "told_day": row.day,
                "told_lead": lead,
                "told_at": now,
            }
    if not told:
        return
    kind = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = kind(standings)
    new = statement.excluded
    names = ["told_day", "told_lead", "told_at"]
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["chat_id", "thread_id", "occurrence_id"],
            set_={name: new[name] for name in names},
        ),
        list(told.values()),
    )


def _missed(row: Row[Any]) -> MissedReminder:
    return MissedReminder(
        chat_id=row.chat_id,
        thread_id=row.thread_id or None,
        facts=row.document,
        lead=row.lead,
        planned_for=row.planned_for,
        reason=Reason(row.reason),
    )
