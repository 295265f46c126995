"""What places say about what they were told: acknowledged, done, later, no more; with who and when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.reminders import SNOOZE, UNANSWERED, Reason, ReminderState
from storage.database import Database
from storage.outbox_sql import insert_new
from storage.schema import PLANNED, notices, occurrences, reminders, silenced, standings, subscriptions

_row, _what, _one, _who, _silent = standings.c, occurrences.c, reminders.c, subscriptions.c, silenced.c


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One time of an event, in one place; `occurrence` is the `id` that an item of a reminder carries."""

    chat_id: int
    thread_id: int | None = None
    occurrence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a place knows of a time of an event, and said to it; names are those that people had then."""

    id: int  # of the time of the event
    facts: Mapping[str, Any]  # as it is now, as `Occurrence.facts` gives it
    told_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    acknowledged_name: str | None = None
    done_at: datetime | None = None
    done_by: int | None = None
    done_name: str | None = None
    silenced: bool = False  # the place wants to hear of the event no more


class Standings:
    """All of them; each call is one transaction. Where an event is gone there is nothing to say: False."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, about: About) -> Standing | None:
        """How a place stands to a time of an event; None if there is no such event any more."""
        found = await self.some(about.chat_id, about.thread_id, [about.occurrence])
        return found.get(about.occurrence)

    async def some(self, chat_id: int, thread_id: int | None, ids: Collection[int]) -> dict[int, Standing]:
        """How a place stands to these, by id; those that are gone are left out."""
        found = _of_place(chat_id, thread_id).where(_what.id.in_(ids))
        async with self._db.read() as connection:
            return {row.id: _standing(row) for row in await connection.execute(found)}

    async def told_in(self, notice_id: str) -> list[dict[str, Any]]:
        """What a message told, item by item, as it was frozen then; empty where there is no such message."""
        async with self._db.read() as connection:
            document = await connection.scalar(select(notices.c.document).where(notices.c.id == notice_id))
        return list(document["facts"].get("items", ())) if document else []

    async def open(self, chat_id: int, thread_id: int | None) -> list[Standing]:
        """What a place was told of and has not reported as done, the earliest first; nothing silenced."""
        found = _of_place(chat_id, thread_id).where(
            _row.told_at.is_not(None), _row.done_at.is_(None), _silent.event_key.is_(None)
        )
        async with self._db.read() as connection:
            rows = await connection.execute(found.order_by(_what.day, _what.id))
            return [_standing(row) for row in rows]

    async def silenced(self, chat_id: int, thread_id: int | None) -> list[Standing]:
        """The events that a place wants to hear of no more, each once, by its latest time."""
        found = _of_place(chat_id, thread_id).where(_silent.event_key.is_not(None))
        async with self._db.read() as connection:
            rows = await connection.execute(found.order_by(_what.event_key, _what.day))
            return list({row.event_key: _standing(row) for row in rows}.values())

    async def acknowledge(self, about: About, by: int, name: str, now: datetime) -> bool:
        """Note that it was seen: what was to be repeated is not. The first to say so counts."""
        return await self._say(
            about, {"acknowledged_at": now, "acknowledged_by": by, "acknowledged_name": name}, now
        )

    async def done(self, about: About, by: int, name: str, now: datetime) -> bool:
        """Note that it is done: the place hears no more of it. The first to say so counts."""
        return await self._say(about, {"done_at": now, "done_by": by, "done_name": name}, now)

    async def undo(self, about: About) -> bool:
        """Take back that it is done: what is due later or was put off is told again. False if it was not."""
        done_at = select(_row.done_at).where(*_exactly(about))
        this = update(standings).where(*_exactly(about)).values(done_at=None, done_by=None, done_name=None)
        async with self._db.write() as connection:
            when = await connection.scalar(done_at)
            if when is None:
                return False
            await connection.execute(this)
            await _call_on(connection, _reminders_of(about), when)
            return True

    async def snooze(self, about: About, until: datetime, now: datetime) -> bool:
        """Tell it once more then; the plan does not move. A second snooze takes the place of the first.

        False too where the place follows it no more, or was never told.
        """
        of_it = _reminders_of(about)
        last = select(reminders).where(of_it, _one.notice_id.is_not(None), _one.lead != UNANSWERED)
        last = last.order_by(_one.ended_at.desc(), _one.id).limit(1)
        async with self._db.write() as connection:
            told = (await connection.execute(last)).one_or_none()
            if told is None:
                return False
            await _call_off(connection, of_it, now)
            more = select(_one.repetition).where(of_it, _one.lead == told.lead)
            row = {name: getattr(told, name) for name in _KEPT} | {
                "repetition": (max((await connection.scalars(more)).all()) // SNOOZE + 1) * SNOOZE,
                "planned_for": until,
                "due_at": until,
                "planned_at": now,
                "state": ReminderState.PLANNED.value,
            }
            await connection.execute(insert(reminders), row)
            return True

    async def silence(self, about: About, by: int, now: datetime) -> bool:
        """Tell a place no more of that event, whenever it comes."""
        async with self._db.write() as connection:
            event = await connection.scalar(select(_what.event_key).where(_what.id == about.occurrence))
            if event is None:
                return False
            row = {"chat_id": about.chat_id, "thread_id": about.thread_id or 0, "event_key": event}
            await connection.execute(
                insert_new(connection, silenced), row | {"silenced_by": by, "silenced_at": now}
            )
            return True

    async def unsilence(self, chat_id: int, thread_id: int | None, event: str) -> bool:
        """Let a place hear of an event again; False if it did."""
        this = delete(silenced).where(
            _silent.chat_id == chat_id, _silent.thread_id == (thread_id or 0), _silent.event_key == event
        )
        async with self._db.write() as connection:
            return (await connection.execute(this)).rowcount > 0

    async def _say(self, about: About, values: dict[str, Any], now: datetime) -> bool:
        key = {
            "chat_id": about.chat_id,
            "thread_id": about.thread_id or 0,
            "occurrence_id": about.occurrence,
        }
        first = next(iter(values))
        async with self._db.write() as connection:
            there = select(_what.id).where(_what.id == about.occurrence)
            if await connection.scalar(there) is None:
                return False
            await connection.execute(insert_new(connection, standings), key)
            this = update(standings).where(*_exactly(about), _row[first].is_(None))
            await connection.execute(this.values(values))
            await _call_off(connection, _reminders_of(about), now)
            return True


_KEPT = ("subscription_id", "occurrence_id", "lead", "day", "provisional")


async def _call_off(connection: AsyncConnection, of_it: ColumnElement[bool], now: datetime) -> None:
    """What was to be told once more is not, nor are administrators."""
    open_ = update(reminders).where(of_it, PLANNED, (_one.repetition > 0) | (_one.lead == UNANSWERED))
    end = {"state": ReminderState.CANCELLED.value, "reason": Reason.ANSWERED.value, "ended_at": now}
    await connection.execute(open_.values(end))


async def _call_on(connection: AsyncConnection, of_it: ColumnElement[bool], when: datetime) -> None:
    """What was called off at that moment is to be told after all."""
    ended = update(reminders).where(of_it, _one.reason == Reason.ANSWERED.value, _one.ended_at == when)
    await connection.execute(ended.values(state=ReminderState.PLANNED.value, reason=None, ended_at=None))


def _of_place(chat_id: int, thread_id: int | None) -> Select[Any]:
    """All times of events, with how a place stands to them."""
    here = (chat_id, thread_id or 0)
    stands = and_(_row.occurrence_id == _what.id, _row.chat_id == here[0], _row.thread_id == here[1])
    silent = and_(
        _silent.event_key == _what.event_key, _silent.chat_id == here[0], _silent.thread_id == here[1]
    )
    columns = [column for column in standings.c if column.name not in {"chat_id", "thread_id"}]
    return (
        select(_what.id, _what.event_key, _what.document, _silent.event_key.label("silent"), *columns)
        .outerjoin(standings, stands)
        .outerjoin(silenced, silent)
    )


def _exactly(about: About) -> tuple[ColumnElement[bool], ...]:
    return (
        _row.chat_id == about.chat_id,
        _row.thread_id == (about.thread_id or 0),
        _row.occurrence_id == about.occurrence,
    )


def _reminders_of(about: About) -> ColumnElement[bool]:
    """The reminders of it in that place."""
    mine = select(_who.id).where(_who.chat_id == about.chat_id, _who.thread_id == (about.thread_id or 0))
    return and_(_one.subscription_id.in_(mine), _one.occurrence_id == about.occurrence)


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        id=row.id,
        facts=row.document,
        told_at=row.told_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        acknowledged_name=row.acknowledged_name,
        done_at=row.done_at,
        done_by=row.done_by,
        done_name=row.done_name,
        silenced=row.silent is not None,
    )
