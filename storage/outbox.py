"""The outbox: deliveries written with what causes them, claimed under a lease, settled, never lost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import (
    Again,
    Delivery,
    DeliveryState,
    Migrated,
    Notice,
    Outcome,
    Priority,
    Recipient,
    Unreachable,
)
from storage import outbox_sql as sql
from storage.database import Database
from storage.outbox_changes import NO_LEASE, Changes, changed, expired, settled, stopped
from storage.outbox_desk import BATCH, Desk
from storage.schema import SENDING, archived_deliveries, deliveries, notices

Settlement: TypeAlias = tuple[int, str, Outcome]  # delivery, worker, how its try ended

_KNOWN_NOTICES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What the owner of the chats has to know after a batch was settled."""

    unreachable: frozenset[int]  # chats to deactivate
    migrated: dict[int, int]  # chats that go on under another id


class Outbox(Desk):
    """All deliveries. Any number of couriers, in any number of processes, may claim at once.

    Every method that is given no connection is one transaction of its own (`expire` and `archive` one a
    batch), and may be repeated after a failure. A worker's name belongs to one courier for as long as that
    runs. What a paused or cancelled broadcast has on the network does not become pending when it fails.
    """

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._notices: dict[str, Notice] = {}

    async def enqueue(  # noqa: PLR0913 - who is told what, when, how urgently, in which transaction
        self,
        connection: AsyncConnection,
        notice: Notice,
        recipients: Iterable[Recipient],
        *,
        priority: Priority,
        now: datetime,
        due_at: datetime | None = None,
    ) -> int:
        """Write deliveries in the transaction of what causes them; returns how many were new.

        A key that was ever written is passed over, archived ones too, and so is a notice: the first stays.
        """
        await connection.execute(
            sql.insert_new(connection, notices),
            {"id": notice.id, "document": notice.to_json(), "created_at": now},
        )
        rows = [sql.new_row(notice.id, one, priority, due_at or now) for one in recipients]
        if not rows:
            return 0
        inserted = sql.insert_new(connection, deliveries).returning(deliveries.c.id)
        new = (await connection.scalars(inserted, rows)).all()
        archived = select(archived_deliveries.c.key)
        told = 0
        for ids in _batches(new):
            again = delete(deliveries).where(deliveries.c.id.in_(ids), deliveries.c.key.in_(archived))
            told += (await connection.execute(again)).rowcount
        return len(new) - told

    async def claim(
        self, worker: str, now: datetime, limit: int, lease_seconds: float
    ) -> list[tuple[Delivery, Notice]]:
        """Take up to `limit` due deliveries until the lease ends, the most urgent and longest due first."""
        lease = {"worker_": worker, "until": now + timedelta(seconds=lease_seconds)}
        async with self._db.write() as connection:
            rows = (await connection.execute(sql.CLAIM, {"now_": now, "most": limit, **lease})).all()
            told = await self._told(connection, {row.notice_id for row in rows})
        claimed = sorted(map(sql.delivery, rows), key=lambda one: (one.priority, one.due_at, one.id))
        return [(one, told[one.notice_id]) for one in claimed]

    async def handed(self, ids: Collection[int], worker: str, now: datetime) -> frozenset[int]:
        """Mark claimed deliveries as about to go to the network; only those returned may go.

        The others were cancelled meanwhile, or turned out to have arrived, or their lease has ended.
        """
        of = {"ids": list(ids), "worker_": worker, "now_": now}
        async with self._db.write() as connection:
            return frozenset(await connection.scalars(sql.HANDED, of))

    async def release(self, worker: str) -> int:
        """Give back what a worker claimed and has not handed to the network; returns how many."""
        mine = sql.in_order(sql.NOT_HANDED, deliveries.c.worker == worker)
        return await self._update(mine, {"state": DeliveryState.PENDING, **NO_LEASE})

    async def settle(self, batch: Sequence[Settlement], now: datetime) -> Settled:
        """Write how tries ended, all or none.

        Where the lease was lost meanwhile only what is true in any case counts: that a message arrived (it
        is not sent again, unless that is under way), and that a chat has moved.
        """
        async with self._db.write() as connection:
            batch = await sql.mark_sent(connection, batch, now)
            ids = [delivery_id for delivery_id, _, _ in batch]
            again = any(isinstance(outcome, Again | Migrated) for _, _, outcome in batch)
            stops = await sql.stops(connection, deliveries.c.id.in_(ids)) if again else {}
            rows = await sql.locked(connection, ids) if ids else {}
            changes: dict[int, Changes] = {}
            migrated: dict[int, int] = {}
            unreachable: set[int] = set()
            for delivery_id, worker, outcome in batch:
                row = rows.get(delivery_id)
                if row is None:  # archived since: a repeated or very late report
                    continue
                if delivery_id in changes:
                    row = changed(row, changes[delivery_id])
                change = settled(row, worker, outcome, now)
                match outcome:
                    case Migrated(chat_id) if chat_id != row.chat_id:
                        migrated[row.chat_id] = chat_id
                    case Unreachable() if change:
                        unreachable.add(row.chat_id)
                if change and row.notice_id in stops:
                    change = stopped(row, change, stops[row.notice_id], now)
                if change:
                    changes[delivery_id] = changes.get(delivery_id, {}) | change
            await sql.write(connection, changes)
            for old, new in migrated.items():
                await connection.execute(sql.MOVE_CHAT, {"old": old, "new": new})
        return Settled(unreachable=frozenset(unreachable), migrated=migrated)

    async def expire(self, now: datetime) -> int:
        """Take deliveries back from couriers whose lease has ended; returns how many."""
        return await self._take_back(sql.EXPIRED, {"now_": now}, deliveries.c.lease_until <= now, now)

    async def take_up(self, worker: str, now: datetime) -> int:
        """Take back all that an earlier life of this worker held when it was killed; returns how many.

        Only before its first claim: nobody bears its name but the worker itself, and it holds nothing yet.
        """
        return await self._take_back(sql.LEFT_BY, {"worker_": worker}, deliveries.c.worker == worker, now)

    async def _take_back(
        self, rows_of: Select[Any], values: dict[str, Any], which: ColumnElement[bool], now: datetime
    ) -> int:
        total = 0
        while True:
            async with self._db.write() as connection:
                stops = await sql.stops(connection, which, SENDING)
                rows = (await connection.execute(rows_of, {**values, "most": BATCH})).all()
                changes: dict[int, Changes] = {}
                for row in rows:
                    one = sql.delivery(row)
                    change = expired(one, now, handed=row.handed_at is not None)
                    stop = stops.get(one.notice_id)
                    changes[one.id] = stopped(one, change, stop, now) if stop else change
                await sql.write(connection, changes)
            total += len(rows)
            if len(rows) < BATCH:
                return total

    async def _told(self, connection: AsyncConnection, ids: set[str]) -> dict[str, Notice]:
        # Others change what is kept while we wait, so what is needed is held apart.
        told = {one: self._notices[one] for one in ids & self._notices.keys()}
        if missing := ids - told.keys():
            rows = await connection.execute(select(notices).where(notices.c.id.in_(missing)))
            told |= {row.id: Notice.from_json(row.id, row.document) for row in rows}
            kept = self._notices if len(self._notices) < _KNOWN_NOTICES else {}
            self._notices = kept | told
        return told


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
