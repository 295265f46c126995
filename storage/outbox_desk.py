"""Looking into the outbox and stepping in: counts, dead letters, sending again, calling back, archiving."""

from collections.abc import Collection
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import Counts, Delivery, DeliveryState
from storage import outbox_sql as sql
from storage.database import Database
from storage.outbox_changes import NO_LEASE
from storage.schema import DEAD, DOUBTFUL, HELD, PENDING, archived_deliveries, deliveries

BATCH = 1_000  # rows a transaction: those who wait for it wait milliseconds


class Desk:
    """The half of the `Outbox` that people and health checks use.

    What takes a `connection` is part of the caller's transaction where one is given.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the oldest delivery that could be sent now has been due; None where there is none."""
        async with self._db.read() as connection:
            due = [instant for instant in await connection.scalars(sql.OLDEST) if instant is not None]
        return min((instant for instant in due if instant <= now), default=None)

    async def counts(self, notice_id: str | None = None) -> Counts:
        """How many deliveries of a notice, or of all, stand where; the archived ones among them."""
        by_state = dict.fromkeys(DeliveryState, 0)
        doubtful = 0
        async with self._db.read() as connection:
            for table in (deliveries, archived_deliveries):
                of = [table.c.notice_id == notice_id] if notice_id is not None else []
                states = select(table.c.state, func.count()).where(*of).group_by(table.c.state)
                for state, number in await connection.execute(states):
                    by_state[DeliveryState(state)] += number
                doubts = select(func.count()).select_from(table).where(*of, DOUBTFUL)
                doubtful += await connection.scalar(doubts) or 0
        return Counts(by_state=by_state, doubtful=doubtful)

    async def dead_letters(
        self, limit: int, *, notice_id: str | None = None, after: int = 0
    ) -> list[Delivery]:
        """Deliveries that ended and did not surely arrive, by id from `after` on; archived ones are gone."""
        of = [deliveries.c.notice_id == notice_id] if notice_id is not None else []
        dead = select(*sql.COLUMNS).where(DEAD, deliveries.c.id > after, *of)
        async with self._db.read() as connection:
            rows = await connection.execute(dead.order_by(deliveries.c.id).limit(limit))
            return [sql.delivery(row) for row in rows]

    async def open(self, notice_id: str, *, connection: AsyncConnection | None = None) -> int:
        """How many deliveries of a notice are not settled; costs nothing for those that are."""
        number = select(func.count()).select_from(deliveries).where(*_open(notice_id))
        async with nullcontext(connection) if connection is not None else self._db.read() as reading:
            return await reading.scalar(number) or 0

    async def resend(
        self, which: str | Collection[int], now: datetime, *, connection: AsyncConnection | None = None
    ) -> int:
        """Try dead letters anew: all of a notice (by its id), or these deliveries; returns how many."""
        anew = {"state": DeliveryState.PENDING, "attempts": 0, "due_at": now, "settled_at": None}
        of = [deliveries.c.notice_id == which] if isinstance(which, str) else [deliveries.c.id.in_(which)]
        return await self._update(sql.in_order(DEAD, *of), anew, connection)

    async def hold(self, connection: AsyncConnection, notice_id: str) -> int:
        """Keep back what was not handed to the network until `unhold`; returns how many."""
        waiting = sql.in_order(*_open(notice_id), or_(PENDING, sql.NOT_HANDED))
        return await self._update(waiting, {"state": DeliveryState.HELD, **NO_LEASE}, connection)

    async def unhold(self, connection: AsyncConnection, notice_id: str, now: datetime) -> int:
        """Let go what was held; returns how many. Nothing counts as waiting since before `now`."""
        held = sql.in_order(HELD, deliveries.c.notice_id == notice_id)
        due_at = case((deliveries.c.due_at < now, now), else_=deliveries.c.due_at)
        return await self._update(held, {"state": DeliveryState.PENDING, "due_at": due_at}, connection)

    async def cancel(
        self, notice_id: str, now: datetime, *, connection: AsyncConnection | None = None
    ) -> int:
        """Call back what was not handed to the network; returns how many will not be sent (again)."""
        end = case((DOUBTFUL, DeliveryState.UNCERTAIN.value), else_=DeliveryState.CANCELLED.value)
        waiting = sql.in_order(*_open(notice_id), or_(PENDING, HELD, sql.NOT_HANDED))
        return await self._update(waiting, {"state": end, "settled_at": now, **NO_LEASE}, connection)

    async def archive(self, before: datetime) -> int:
        """Move deliveries settled before an instant out of the couriers' way; returns how many."""
        total = 0
        while True:
            async with self._db.write() as connection:
                ids = (await connection.scalars(sql.OLD, {"before": before, "most": BATCH})).all()
                await sql.archive(connection, ids)
            total += len(ids)
            if len(ids) < BATCH:
                return total

    async def migrate(self, old_id: int, new_id: int) -> int:
        """Write to a group under its new id from now on; returns how many deliveries were waiting for it."""
        async with self._db.write() as connection:
            return (await connection.execute(sql.MOVE_CHAT, {"old": old_id, "new": new_id})).rowcount

    async def _update(
        self, which: Any, values: dict[str, Any], connection: AsyncConnection | None = None
    ) -> int:
        change = update(deliveries).where(deliveries.c.id.in_(which)).values(values)
        async with nullcontext(connection) if connection is not None else self._db.write() as writing:
            return (await writing.execute(change)).rowcount


def _open(notice_id: str) -> tuple[ColumnElement[bool], ...]:
    """As the index has it: what is settled, however much that is, is not looked at."""
    states = [one.value for one in DeliveryState if not one.settled]
    return deliveries.c.notice_id == notice_id, deliveries.c.state.in_(states)
