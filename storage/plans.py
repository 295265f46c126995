"""The plan in the store: its tables, and reminders that follow it, some subscriptions at a time.

A subscription notes which plan its reminders follow. So what changed is planned anew and nothing else, a
crash loses nothing, and no transaction is long.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import Occurrence
from domain.plans import Moment, Plan, over_before
from domain.reminders import UNANSWERED, Reason, ReminderSettings, ReminderState
from storage.database import Database, only_one, upsert
from storage.policies import current_revisions
from storage.schema import (
    PLANNED,
    Instant,
    dates,
    occurrences,
    plan_moments,
    plan_state,
    plan_subjects,
    reminder_profiles,
    reminders,
    subscriptions,
)
from storage.subscriptions import profiles

_PLANNED, _CANCELLED = ReminderState.PLANNED.value, ReminderState.CANCELLED.value
_row, _who, _when, _what = reminders.c, subscriptions.c, plan_moments.c, plan_subjects.c
_KEY = ["subscription_id", "occurrence_id", "lead", "repetition"]
_MOVED = ["planned_for", "day", "provisional", "planned_at", "due_at", "state", "reason", "ended_at"]

Ids = dict[tuple[str, str], int]


class Plans:
    """Writes plans and lets reminders follow them; any number of processes may."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def profiles(self) -> dict[int, ReminderSettings]:
        """All ways to be reminded, by id."""
        async with self._db.read() as connection:
            return await profiles(connection)

    async def basis(self) -> str:
        """What a plan rests on in the store, in one line that changes where any of it does."""
        asked = (
            select(dates.c.id, dates.c.updated_at).order_by(dates.c.id),
            select(reminder_profiles.c.id).order_by(reminder_profiles.c.id),
        )
        policies = await current_revisions(self._db)
        async with self._db.read() as connection:
            rows = [[tuple(row) for row in await connection.execute(one)] for one in asked]
        return repr([policies, *rows])

    async def history(self) -> dict[tuple[str, str], tuple[int, datetime]]:
        """How often each time of an event was changed, and when last; by the keys of event and time."""
        row = occurrences.c
        known = select(row.event_key, row.occurrence, row.sequence, row.changed_at)
        async with self._db.read() as connection:
            rows = await connection.execute(known)
            return {(one.event_key, one.occurrence): (one.sequence, one.changed_at) for one in rows}

    async def lay(self, plan: Plan, now: datetime) -> bool:
        """Make this the plan that counts; False if it does already. Reminders follow by `follow`."""
        fingerprint = plan.fingerprint
        if await self._fingerprint() == fingerprint:
            return False
        async with self._db.write() as connection:
            await only_one(connection, "plan reminders")
            ids = await _keep(connection, plan.occurrences, now)
            await connection.execute(delete(plan_moments))
            await connection.execute(delete(plan_subjects))
            for table, rows in (
                (plan_moments, _moments(plan.moments, ids)),
                (plan_subjects, _subjects(ids, plan)),
            ):
                if rows:
                    await connection.execute(insert(table), rows)
            state = {"id": 1, "fingerprint": fingerprint, "made_at": now}
            await connection.execute(upsert(connection, plan_state), state)
        return True

    async def follow(self, now: datetime, limit: int = 500) -> int:
        """Plan the reminders of up to `limit` subscriptions that follow another plan; returns how many.

        What was told is not planned again, unless the event has moved to another day and its moment is ahead.
        """
        async with self._db.write() as connection:
            await only_one(connection, "plan reminders")
            fingerprint = await connection.scalar(select(plan_state.c.fingerprint))
            if fingerprint is None:
                return 0
            behind = or_(_who.planned.is_(None), _who.planned != fingerprint)
            ids = (
                await connection.scalars(select(_who.id).where(behind).order_by(_who.id).limit(limit))
            ).all()
            if not ids:
                return 0
            these = {"first_": ids[0], "last_": ids[-1], "now_": now, "over_": over_before(now)}
            await connection.execute(_CANCEL, these)
            await connection.execute(_follow(connection, fingerprint), these)
            some = _who.id.between(ids[0], ids[-1])
            await connection.execute(update(subscriptions).where(some, behind).values(planned=fingerprint))
            return len(ids)

    async def _fingerprint(self) -> str | None:
        async with self._db.read() as connection:
            found: str | None = await connection.scalar(select(plan_state.c.fingerprint))
            return found


async def _keep(connection: AsyncConnection, wanted: Iterable[Occurrence], now: datetime) -> Ids:
    """Write the times of events that are new or have changed; returns the ids of all."""
    known = {(row.event_key, row.occurrence): row for row in await connection.execute(select(occurrences))}
    new, changed = [], []
    for one in wanted:
        row = {"day": one.day, "last": one.last, "document": dict(one.facts()), "changed_at": now}
        was = known.get((one.event.key, one.key))
        if was is None:
            new.append({"event_key": one.event.key, "occurrence": one.key, "sequence": 0, **row})
        elif was.document != row["document"]:
            changed.append({"id_": was.id, "sequence": was.sequence + 1, **row})
    ids = {about: int(row.id) for about, row in known.items()}
    if new:
        columns = occurrences.c
        written = insert(occurrences).returning(columns.event_key, columns.occurrence, columns.id)
        ids |= {(row.event_key, row.occurrence): row.id for row in await connection.execute(written, new)}
    if changed:
        this = update(occurrences).where(occurrences.c.id == bindparam("id_"))
        values: dict[str, Any] = {name: bindparam(name) for name in changed[0] if name != "id_"}
        await connection.execute(this.values(values), changed)
    return ids


def _moments(moments: Iterable[Moment], ids: Ids) -> list[dict[str, Any]]:
    return [
        {
            "profile_id": one.profile,
            "occurrence_id": ids[one.occurrence.event.key, one.occurrence.key],
            "lead": one.lead,
            "planned_for": one.at,
            "day": one.occurrence.day,
            "provisional": one.provisional,
        }
        for one in moments
    ]


def _subjects(ids: Ids, plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "policy_id": subject.policy,
            "kind": subject.kind.value,
            "fact_id": subject.fact,
            "occurrence_id": ids[one.event.key, one.key],
        }
        for one in plan.occurrences
        for subject in sorted(one.event.subjects)
    ]


_THESE = _who.id.between(bindparam("first_"), bindparam("last_"))
_NOW = bindparam("now_", type_=Instant)
_FOLLOWS = and_(_what.policy_id == _who.policy_id, _what.kind == _who.kind, _what.fact_id == _who.fact_id)

# Those of events that are over are left: it will be found that they were missed.
_CANCEL = (
    update(reminders)
    .where(
        _row.subscription_id.between(bindparam("first_"), bindparam("last_")),
        PLANNED,
        exists().where(occurrences.c.id == _row.occurrence_id, occurrences.c.last >= bindparam("over_")),
        ~exists().where(
            _who.id == _row.subscription_id,
            _FOLLOWS,
            _what.occurrence_id == _row.occurrence_id,
            _when.profile_id == _who.profile_id,
            _when.occurrence_id == _row.occurrence_id,
            or_(_when.lead == _row.lead, _row.lead == UNANSWERED),
            # What is told once more is of a day that was told; the plan moves the rest by itself.
            or_(_row.repetition == 0, _when.day == _row.day),
        ),
    )
    .values(state=_CANCELLED, reason=Reason.VANISHED.value, ended_at=_NOW)
)


def _rows(fingerprint: str) -> Select[Any]:
    """The reminders of some subscriptions, as they should be."""
    return (
        select(
            _who.id,
            _when.occurrence_id,
            _when.lead,
            literal(0),
            _when.planned_for,
            _when.day,
            _when.provisional,
            _NOW.label("planned_at"),
            _when.planned_for,
            literal(_PLANNED),
        )
        .select_from(subscriptions)
        .join(plan_subjects, _FOLLOWS)
        .join(
            plan_moments,
            and_(_when.profile_id == _who.profile_id, _when.occurrence_id == _what.occurrence_id),
        )
        .where(_THESE, or_(_who.planned.is_(None), _who.planned != fingerprint))
    )


def _follow(connection: AsyncConnection, fingerprint: str) -> Any:
    kind = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    columns = [*_KEY, "planned_for", "day", "provisional", "planned_at", "due_at", "state"]
    statement = kind(reminders).from_select(columns, _rows(fingerprint))
    new = statement.excluded
    differs = or_(
        _row.planned_for != new.planned_for, _row.day != new.day, _row.provisional != new.provisional
    )
    return statement.on_conflict_do_update(
        index_elements=_KEY,
        set_={name: new[name] for name in _MOVED},
        where=or_(
            and_(_row.state == _PLANNED, differs),
            and_(_row.state == _CANCELLED, _row.reason == Reason.VANISHED.value),
            and_(_row.state != _PLANNED, _row.day != new.day, new.planned_for > _NOW),
        ),
    )
