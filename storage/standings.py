"""What places say about what they were told: acknowledged, done, later; with who and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.reminders import Reason, ReminderState
from storage.database import Database
from storage.outbox_sql import insert_new
from storage.schema import PLANNED, occurrences, reminders, standings, subscriptions

_row, _what, _one, _who = standings.c, occurrences.c, reminders.c, subscriptions.c


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One time of an event, in one place; both keys stand in the facts of a reminder."""

    chat_id: int
    thread_id: int | None = None
    event: str
    occurrence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a place knows of it and said to it."""

    facts: Mapping[str, Any]  # as it is now, as `Occurrence.facts` gives it
    told_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    done_at: datetime | None = None
    done_by: int | None = None


class Standings:
    """All of them; each call is one transaction. Where an event is gone there is nothing to say: False."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, about: About) -> Standing | None:
        """How a place stands to a time of an event; None if there is no such event any more."""
        joined = and_(_row.occurrence_id == _what.id, _here(about))
        found = select(occurrences, standings).outerjoin(standings, joined).where(_event(about))
        async with self._db.read() as connection:
            row = (await connection.execute(found)).one_or_none()
            return _standing(row) if row is not None else None

    async def acknowledge(self, about: About, by: int, now: datetime) -> bool:
        """Note that it was seen: what was to be repeated is not. The first to say so counts."""
        return await self._say(about, {"acknowledged_at": now, "acknowledged_by": by}, now)

    async def done(self, about: About, by: int, now: datetime) -> bool:
        """Note that it is done: the place hears no more of it. The first to say so counts."""
        return await self._say(about, {"done_at": now, "done_by": by}, now)

    async def undo(self, about: About) -> bool:
        """Take back that it is done; what is due later is told again. False if it was not."""
        async with self._db.write() as connection:
            number = await _number(connection, about)
            this = update(standings).where(
                _here(about), _row.occurrence_id == number, _row.done_at.is_not(None)
            )
            return (await connection.execute(this.values(done_at=None, done_by=None))).rowcount > 0

    async def snooze(self, about: About, until: datetime, now: datetime) -> bool:
        """Tell it once more then; the plan does not move. A second snooze takes the place of the first.

        False too where the place follows it no more, or was never told.
        """
        async with self._db.write() as connection:
            number = await _number(connection, about)
            of_it = _of(about, number)
            last = select(reminders).where(of_it, _one.notice_id.is_not(None))
            told = (
                await connection.execute(last.order_by(_one.ended_at.desc(), _one.id).limit(1))
            ).one_or_none()
            if told is None:
                return False
            await _call_off(connection, of_it, now)
            more = select(_one.repetition).where(of_it, _one.lead == told.lead)
            row = {name: getattr(told, name) for name in _KEPT} | {
                "repetition": max((await connection.scalars(more)).all()) + 1,
                "planned_for": until,
                "due_at": until,
                "planned_at": now,
                "state": ReminderState.PLANNED.value,
            }
            await connection.execute(insert(reminders), row)
            return True

    async def _say(self, about: About, values: dict[str, Any], now: datetime) -> bool:
        async with self._db.write() as connection:
            number = await _number(connection, about)
            if number is None:
                return False
            key = {
                "chat_id": about.chat_id,
                "thread_id": about.thread_id or 0,
                "occurrence_id": number,
            }
            await connection.execute(insert_new(connection, standings), key)
            first = next(iter(values))
            this = update(standings).where(_here(about), _row.occurrence_id == number, _row[first].is_(None))
            await connection.execute(this.values(values))
            await _call_off(connection, _of(about, number), now)
            return True


_KEPT = ("subscription_id", "occurrence_id", "lead", "day", "provisional")


async def _call_off(connection: AsyncConnection, of_it: ColumnElement[bool], now: datetime) -> None:
    """What was to be told once more is not."""
    open_ = update(reminders).where(of_it, PLANNED, _one.repetition > 0)
    end = {"state": ReminderState.CANCELLED.value, "reason": Reason.ANSWERED.value, "ended_at": now}
    await connection.execute(open_.values(end))


async def _number(connection: AsyncConnection, about: About) -> int | None:
    found: int | None = await connection.scalar(select(_what.id).where(_event(about)))
    return found


def _of(about: About, number: int | None) -> ColumnElement[bool]:
    """The reminders of it in that place."""
    mine = select(_who.id).where(_who.chat_id == about.chat_id, _who.thread_id == (about.thread_id or 0))
    return and_(_one.subscription_id.in_(mine), _one.occurrence_id == number)


def _event(about: About) -> ColumnElement[bool]:
    return and_(_what.event_key == about.event, _what.occurrence == about.occurrence)


def _here(about: About) -> ColumnElement[bool]:
    return and_(_row.chat_id == about.chat_id, _row.thread_id == (about.thread_id or 0))


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        facts=row.document,
        told_at=row.told_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        done_at=row.done_at,
        done_by=row.done_by,
    )
