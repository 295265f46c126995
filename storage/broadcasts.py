"""Broadcasts and how far they have come; a step, its deliveries and its audit entry are one transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts import Audience, Broadcast, BroadcastKind, BroadcastState, Card
from domain.delivery import Notice, Priority
from storage import audience as audiences
from storage import outbox_sql as sql
from storage.audit import AuditEntry, AuditLog
from storage.database import Database
from storage.missed import Missed, missed
from storage.outbox import Outbox
from storage.schema import ACTIVE, broadcasts, notices

_row = broadcasts.c
_SCHEDULED, _RUNNING, _PAUSED = BroadcastState.SCHEDULED, BroadcastState.RUNNING, BroadcastState.PAUSED
_FINISHED, _CANCELLED = BroadcastState.FINISHED, BroadcastState.CANCELLED


@dataclass(frozen=True, slots=True)
class _Turn:
    """What an administrator makes of a broadcast."""

    allowed: Collection[BroadcastState]
    state: BroadcastState
    action: str
    actor_id: int
    now: datetime


_Act: TypeAlias = Callable[[AsyncConnection], Awaitable[int]]  # on its deliveries; how many it touched

__all__ = ["Broadcasts", "Missed"]


class Broadcasts:
    """All broadcasts. Any number of processes may work on them at once: who changes one locks it first."""

    def __init__(self, db: Database, outbox: Outbox) -> None:
        self._db = db
        self._outbox = outbox
        self._audit = AuditLog(db)

    async def create(self, broadcast: Broadcast, notice: Notice, now: datetime) -> bool:
        """Write what was confirmed, and its notice of the same id; False, and no change, if it was before."""
        if notice.id != broadcast.id:
            raise ValueError(f"broadcast {broadcast.id} with notice {notice.id}")
        async with self._db.write() as connection:
            said = {"id": notice.id, "document": notice.to_json(), "created_at": now}
            await connection.execute(sql.insert_new(connection, notices), said)
            new = sql.insert_new(connection, broadcasts).returning(_row.id)
            if await connection.scalar(new, _values(broadcast)) is None:
                return False
            entry = _entry(
                "confirmed",
                broadcast.id,
                broadcast.author_id,
                now,
                kind=broadcast.kind.value,
                audience=broadcast.audience.kind.value,
                expected=broadcast.expected,
                start_at=broadcast.start_at.isoformat(),
            )
            await self._audit.note(connection, entry)
            return True

    async def get(self, broadcast_id: str) -> Broadcast | None:
        """One broadcast."""
        found = await self._read(select(broadcasts).where(_row.id == broadcast_id))
        return found[0] if found else None

    async def notice(self, broadcast_id: str) -> Notice | None:
        """What one says."""
        async with self._db.read() as connection:
            return await _notice(connection, broadcast_id)

    async def recent(self, limit: int, before: datetime | None = None) -> list[Broadcast]:
        """The last ones confirmed, or those before an instant, newest first."""
        older = [_row.created_at < before] if before is not None else []
        newest = select(broadcasts).where(*older).order_by(_row.created_at.desc(), _row.id)
        return await self._read(newest.limit(limit))

    async def active(self) -> list[Broadcast]:
        """Those scheduled, running or paused, by the time of their start."""
        return await self._read(select(broadcasts).where(ACTIVE).order_by(_row.start_at, _row.id))

    async def size(self, audience: Audience) -> int:
        """How many messages a broadcast to this audience would be now; each topic of a forum counts."""
        async with self._db.read() as connection:
            return await audiences.size(connection, audience)

    async def pause(self, broadcast_id: str, *, actor_id: int, now: datetime) -> Broadcast | None:
        """Let nothing more of a running one be handed to the network; None if it isn't running."""
        turn = _Turn({_RUNNING}, _PAUSED, "paused", actor_id, now)
        return await self._take(turn, broadcast_id, lambda to: self._outbox.hold(to, broadcast_id))

    async def resume(self, broadcast_id: str, *, actor_id: int, now: datetime) -> Broadcast | None:
        """Let a paused one go on; None if it isn't paused."""
        turn = _Turn({_PAUSED}, _RUNNING, "resumed", actor_id, now)
        return await self._take(turn, broadcast_id, lambda to: self._outbox.unhold(to, broadcast_id, now))

    async def cancel(self, broadcast_id: str, *, actor_id: int, now: datetime) -> Broadcast | None:
        """Call one back; None if it has ended. What was handed to the network before may still arrive."""
        turn = _Turn({_SCHEDULED, _RUNNING, _PAUSED}, _CANCELLED, "cancelled", actor_id, now)
        return await self._take(
            turn, broadcast_id, lambda to: self._outbox.cancel(broadcast_id, now, connection=to)
        )

    async def resend(self, broadcast_id: str, *, actor_id: int, now: datetime) -> int:
        """Send again to those that a running or finished one missed, and let it run; returns how many.

        0 where that is not allowed: it is paused, was cancelled, or its messages were corrected or recalled,
        and what is said in them no longer holds. Those in the archive are not tried again.
        """
        async with self._db.write() as connection:
            one = await _locked(connection, broadcast_id)
            if one is None or one.state not in {_RUNNING, _FINISHED} or await _withdrawn(connection, one):
                return 0
            number = await self._outbox.resend(broadcast_id, now, connection=connection)
            if number:
                await _set(connection, broadcast_id, state=_RUNNING.value, ended_at=None)
                entry = _entry("resent", broadcast_id, actor_id, now, deliveries=number)
                await self._audit.note(connection, entry)
            return number

    async def set_card(self, broadcast_id: str, card: Card | None) -> None:
        """Note the message in which a broadcast is watched."""
        async with self._db.write() as connection:
            await _set(connection, broadcast_id, **_card(card))

    async def begin(self, broadcast_id: str, now: datetime) -> bool:
        """Let a scheduled one run that is due; False if it may not, or does already.

        A correction or recall waits until its original has ended and nothing of it is on its way, or it
        would miss what arrives later.
        """
        async with self._db.write() as connection:
            one = await _locked(connection, broadcast_id)
            if one is None or one.state is not _SCHEDULED or one.start_at > now:
                return False
            if one.original is not None and not await self._over(connection, one.original):
                return False
            await _set(connection, broadcast_id, state=_RUNNING.value, started_at=now)
            return True

    async def spread(self, broadcast_id: str, page: int, now: datetime) -> int | None:
        """Write the deliveries to the next `page` chats and the checkpoint behind them; returns how many.

        None when all are written, or it isn't running. A chat that joins the audience behind the checkpoint
        is not reached. A group that becomes a supergroup is, and once; but if the supergroup wrote to us
        before we learned what it had been, and both were reached by then, it gets the broadcast twice.
        """
        async with self._db.write() as connection:
            one = await _locked(connection, broadcast_id)
            if one is None or one.state is not _RUNNING or one.spread:
                return None
            notice = await _notice(connection, broadcast_id)
            if notice is None:  # a foreign key forbids it
                raise LookupError(f"broadcast {broadcast_id} has no notice")
            some = await audiences.page(connection, broadcast_id, one.audience, one.checkpoint, page)
            new = await self._outbox.enqueue(
                connection, notice, some.recipients, priority=Priority.BROADCAST, now=now
            )
            far = {"checkpoint": some.checkpoint, "spread": some.last, "recipients": one.recipients + new}
            await _set(connection, broadcast_id, **far)
            return new

    async def finish(self, broadcast_id: str, now: datetime) -> bool:
        """End a running one whose deliveries are all written and settled; False if there is more to come."""
        async with self._db.write() as connection:
            one = await _locked(connection, broadcast_id)
            if one is None or one.state is not _RUNNING or not one.spread:
                return False
            if await self._outbox.open(broadcast_id, connection=connection):
                return False
            await _set(connection, broadcast_id, state=_FINISHED.value, ended_at=now)
            return True

    async def hold(self, broadcast_id: str) -> int:
        """Hold again what became pending since a broadcast was paused; returns how many."""
        async with self._db.write() as connection:
            one = await _locked(connection, broadcast_id)
            if one is None or one.state is not _PAUSED:
                return 0
            return await self._outbox.hold(connection, broadcast_id)

    def missed(self, broadcast_id: str, page: int = 1000) -> AsyncIterator[list[Missed]]:
        """Who did not get a broadcast, and why, `page` at a time; archived deliveries too."""
        return missed(self._db, broadcast_id, page)

    async def _take(self, turn: _Turn, broadcast_id: str, act: _Act) -> Broadcast | None:
        async with self._db.write() as connection:
            one = await _locked(connection, broadcast_id)
            if one is None or one.state not in turn.allowed:
                return None
            ended_at = turn.now if turn.state.ended else None
            await _set(connection, broadcast_id, state=turn.state.value, ended_at=ended_at)
            touched = await act(connection)
            entry = _entry(turn.action, broadcast_id, turn.actor_id, turn.now, deliveries=touched)
            await self._audit.note(connection, entry)
            return replace(one, state=turn.state, ended_at=ended_at)

    async def _over(self, connection: AsyncConnection, broadcast_id: str) -> bool:
        one = await _locked(connection, broadcast_id)
        on_their_way = await self._outbox.open(broadcast_id, connection=connection)
        return one is None or (one.state.ended and not on_their_way)

    async def _read(self, which: Select[Any]) -> list[Broadcast]:
        async with self._db.read() as connection:
            return [_broadcast(row) for row in await connection.execute(which)]


async def _locked(connection: AsyncConnection, broadcast_id: str) -> Broadcast | None:
    which = select(broadcasts).where(_row.id == broadcast_id).with_for_update()
    row = (await connection.execute(which)).one_or_none()
    return _broadcast(row) if row is not None else None


async def _set(connection: AsyncConnection, broadcast_id: str, **values: Any) -> None:
    await connection.execute(update(broadcasts).where(_row.id == broadcast_id).values(values))


async def _notice(connection: AsyncConnection, notice_id: str) -> Notice | None:
    document = await connection.scalar(select(notices.c.document).where(notices.c.id == notice_id))
    return Notice.from_json(notice_id, document) if document is not None else None


async def _withdrawn(connection: AsyncConnection, one: Broadcast) -> bool:
    """A correction or recall of it was confirmed."""
    later = select(_row.id).where(_row.original == one.id, _row.state != _CANCELLED.value).limit(1)
    return await connection.scalar(later) is not None


def _entry(action: str, broadcast_id: str, actor_id: int, now: datetime, **detail: Any) -> AuditEntry:
    return AuditEntry(
        at=now, actor_id=actor_id, action=f"broadcast.{action}", subject=broadcast_id, detail=detail
    )


def _values(one: Broadcast) -> dict[str, Any]:
    names = [column.name for column in _row if not column.name.startswith("card_")]
    values = {name: getattr(one, name) for name in names}
    plain = {"kind": one.kind.value, "state": one.state.value, "audience": one.audience.to_json()}
    return values | plain | _card(one.card)


def _card(card: Card | None) -> dict[str, int | None]:
    return {
        "card_chat_id": card.chat_id if card else None,
        "card_message_id": card.message_id if card else None,
    }


def _broadcast(row: Row[Any]) -> Broadcast:
    values = row._asdict()
    chat_id, message_id = values.pop("card_chat_id"), values.pop("card_message_id")
    values |= {
        "kind": BroadcastKind(row.kind),
        "state": BroadcastState(row.state),
        "audience": Audience.from_json(row.audience),
        "card": Card(chat_id=chat_id, message_id=message_id) if chat_id is not None else None,
    }
    return Broadcast(**values)
