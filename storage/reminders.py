"""Reminders: those that are due become messages in the outbox, one a place, in one transaction."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, bindparam, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import Notice, NoticeKind, Priority, Recipient
from domain.reminders import Due, Fate, Reason, ReminderSettings, ReminderState, fate, shortest_leads
from domain.workdays import Workdays
from storage.database import Database, only_one, to_json
from storage.outbox import Outbox
from storage.outbox_desk import BATCH
from storage.schema import (
    MISSED,
    PLANNED,
    Instant,
    chats,
    occurrences,
    reminders,
    standings,
    subscriptions,
)
from storage.subscriptions import profiles

_row, _who, _what, _stand, _chat = reminders.c, subscriptions.c, occurrences.c, standings.c, chats.c
_UNFOLLOWED = Fate(ReminderState.CANCELLED, Reason.UNFOLLOWED)


class Place(NamedTuple):
    """A chat, or in a forum a topic; 0 is no topic."""

    chat_id: int
    thread_id: int


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

        Looks at `limit` reminders, and at whatever else is due in the same places.
        """
        async with self._db.write() as connection:
            await only_one(connection, "fire reminders")
            rows, orphans = await _due(connection, now, limit)
            known = await profiles(connection)
            decided = [(row, fate(_value(row, known), now, workdays)) for row in rows]
            told = _Told(now, known)
            for row, its in decided:
                if its.told:
                    told.add(row, its)
            for notice, recipients in told.notices():
                await self._outbox.enqueue(connection, notice, recipients, priority=Priority.URGENT, now=now)
            ends = [(row.id, its, told.notice_of.get(row.id)) for row, its in decided]
            ends += [(orphan, _UNFOLLOWED, None) for orphan in orphans]
            await _end(connection, ends, now)
            await _note(connection, told.rows, now)
        states: defaultdict[ReminderState, int] = defaultdict(int)
        for _, its, _ in ends:
            states[its.state] += 1
        return Fired(looked_at=len(ends), states=states, messages=len(told.places))

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


@dataclass(slots=True)
class _Told:
    """What is told, gathered by place; places that are told the very same share a notice."""

    now: datetime
    known: Mapping[int, ReminderSettings]
    places: dict[Place, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    recipients: dict[Place, Recipient] = field(default_factory=dict)
    days: dict[Place, date] = field(default_factory=dict)
    rows: list[Row[Any]] = field(default_factory=list)
    notice_of: dict[int, str] = field(default_factory=dict)

    def add(self, row: Row[Any], its: Fate) -> None:
        place = Place(row.chat_id, row.thread_id)
        late = its.state is ReminderState.LATE
        self.places[place].append(
            {**row.document, "lead": row.lead, "late": late, "repetition": row.repetition}
        )
        self.days.setdefault(place, self.known[row.profile_id].day_of(self.now))
        self.rows.append(row)

    def notices(self) -> Iterable[tuple[Notice, list[Recipient]]]:
        """The messages, each with those who get it."""
        sharing: defaultdict[str, list[Place]] = defaultdict(list)
        facts: dict[str, dict[str, Any]] = {}
        for place, items in self.places.items():
            one = {"day": self.days[place].isoformat(), "items": list(shortest_leads(items))}
            notice_id = f"reminders:{hashlib.sha256(to_json(one).encode()).hexdigest()[:16]}"
            facts[notice_id] = one
            sharing[notice_id].append(place)
        of_place = {place: notice_id for notice_id, places in sharing.items() for place in places}
        for row in self.rows:
            self.notice_of[row.id] = of_place[Place(row.chat_id, row.thread_id)]
        firsts = {Place(row.chat_id, row.thread_id): row.former_id or row.chat_id for row in self.rows}
        for notice_id, places in sharing.items():
            notice = Notice(id=notice_id, kind=NoticeKind.REMINDER, facts=facts[notice_id])
            yield notice, [_recipient(notice_id, place, firsts[place]) for place in places]


def _recipient(notice_id: str, place: Place, first_id: int) -> Recipient:
    # By the first id of the chat, which it keeps in the key when it becomes a supergroup.
    topic = f"/{place.thread_id}" if place.thread_id else ""
    return Recipient(
        chat_id=place.chat_id, thread_id=place.thread_id or None, key=f"{notice_id}:{first_id}{topic}"
    )


async def _due(
    connection: AsyncConnection, now: datetime, limit: int
) -> tuple[Sequence[Row[Any]], list[int]]:
    """The longest due with all that is due in their places; and the ids of those nobody wants any more."""
    first = (
        select(_row.id, _row.subscription_id, _who.chat_id, _who.thread_id)
        .outerjoin(subscriptions, _who.id == _row.subscription_id)
        .where(PLANNED, _row.due_at <= now)
        .order_by(_row.due_at, _row.subscription_id)
        .limit(limit)
    )
    found = (await connection.execute(first)).all()
    orphans = [row.id for row in found if row.chat_id is None]
    places = list({(row.chat_id, row.thread_id) for row in found if row.chat_id is not None})
    if not places:
        return [], orphans
    here = select(_who.id).where(tuple_(_who.chat_id, _who.thread_id).in_(places))
    subscribed = (await connection.scalars(here)).all()
    rows = (await connection.execute(_ALL_DUE, {"subscribed": subscribed, "now_": now})).all()
    return rows, orphans


_ALL_DUE: Select[Any] = (
    select(
        _row.id,
        _row.occurrence_id,
        _row.lead,
        _row.repetition,
        _row.planned_for,
        _row.planned_at,
        _row.due_at,
        _row.day,
        _what.last,
        _what.document,
        _who.chat_id,
        _who.thread_id,
        _who.profile_id,
        _who.muted_until,
        func.coalesce(_chat.active, True).label("active"),  # one we never met may be reached
        _chat.former_id,
        _stand.done_at,
        _stand.told_day,
        _stand.told_lead,
    )
    .join(subscriptions, _who.id == _row.subscription_id)
    .join(occurrences, _what.id == _row.occurrence_id)
    .outerjoin(chats, _chat.chat_id == _who.chat_id)
    .outerjoin(
        standings,
        and_(
            _stand.chat_id == _who.chat_id,
            _stand.thread_id == _who.thread_id,
            _stand.occurrence_id == _row.occurrence_id,
        ),
    )
    .where(
        _row.subscription_id.in_(bindparam("subscribed", expanding=True)),
        PLANNED,
        _row.due_at <= bindparam("now_", type_=Instant),
    )
    .order_by(_row.id)
)


def _value(row: Row[Any], known: Mapping[int, ReminderSettings]) -> Due:
    return Due(
        settings=known[row.profile_id],
        lead=row.lead,
        repetition=row.repetition,
        planned_for=row.planned_for,
        planned_at=row.planned_at,
        due_at=row.due_at,
        day=row.day,
        last=row.last,
        muted_until=row.muted_until,
        active=row.active,
        done=row.done_at is not None,
        told_lead=row.told_lead if row.told_day == row.day else None,
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
