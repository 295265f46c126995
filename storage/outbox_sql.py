"""The outbox's statements, prepared once, and its rows as values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts import BroadcastState
from domain.delivery import Delivery, DeliveryState, Outcome, Priority, Recipient, Sent
from storage.outbox_changes import Changes
from storage.schema import (
    PENDING,
    SENDING,
    SETTLED,
    WAITING_GROUP,
    Instant,
    archived_deliveries,
    broadcasts,
    deliveries,
)

_row = deliveries.c
# Not those that turned out to have arrived: the end of their lease makes them `sent`.
NOT_HANDED = and_(SENDING, _row.handed_at.is_(None), _row.message_id.is_(None))
_NOW = bindparam("now_", type_=Instant)
_MOST = bindparam("most", type_=Integer)

_FIELDS = [one.name for one in fields(Delivery)]
COLUMNS = [_row[name] for name in _FIELDS]
_STATES = {state.value: state for state in DeliveryState}  # quicker than asking the class
_PRIORITIES = {priority.value: priority for priority in Priority}


def _due(priority: Priority) -> Select[Any]:
    # One select a priority: each finds its rows in the index, past what is not due yet.
    return (
        select(_row.id, _row.priority, _row.due_at)
        .where(PENDING, _row.priority == literal_column(str(priority.value)), _row.due_at <= _NOW)
        .order_by(_row.due_at, _row.id)
        .limit(_MOST)
        .with_for_update(skip_locked=True)
    )


_candidates = union_all(*(select(_due(one).subquery()) for one in Priority)).subquery()
# Materialized, or PostgreSQL might ask twice and claim more than the limit.
_chosen = (
    select(_candidates.c.id)
    .order_by(_candidates.c.priority, _candidates.c.due_at, _candidates.c.id)
    .limit(_MOST)
    .cte("chosen")
    .prefix_with("MATERIALIZED")
)

CLAIM = (
    update(deliveries)
    .where(_row.id.in_(select(_chosen.c.id)))
    .values(
        state=DeliveryState.SENDING.value,
        worker=bindparam("worker_"),
        lease_until=bindparam("until", type_=Instant),
    )
    .returning(*COLUMNS)
)

# In the driver's own terms: having SQLAlchemy fill in a row costs more than writing it.
_MARK_SENT = """
    UPDATE deliveries SET state = 'sent', message_id = ?, settled_at = ?, error = NULL,
        worker = NULL, lease_until = NULL, handed_at = NULL
    WHERE id = ? AND worker = ? AND state = 'sending'
"""

EXPIRED = (
    select(*COLUMNS, _row.handed_at)
    .where(SENDING, _row.lease_until <= _NOW)
    .order_by(_row.lease_until, _row.id)
    .limit(_MOST)
    .with_for_update(skip_locked=True)
)

LEFT_BY = (
    select(*COLUMNS, _row.handed_at)
    .where(SENDING, _row.worker == bindparam("worker_"))
    .order_by(_row.id)
    .limit(_MOST)
    .with_for_update()
)

OLD = (
    select(_row.id)
    .where(SETTLED, _row.settled_at < bindparam("before", type_=Instant))
    .order_by(_row.settled_at)
    .limit(_MOST)
    .with_for_update(skip_locked=True)
)

OLDEST = union_all(
    *(
        select(func.min(_row.due_at)).where(PENDING, _row.priority == literal_column(str(one.value)))
        for one in Priority
    )
)


def in_order(*conditions: Any) -> Select[Any]:
    """The ids of these rows, locked in one order, so that two who want the same don't wait for each other."""
    return select(_row.id).where(*conditions).order_by(_row.id).with_for_update()


def in_pages(parts: Iterable[Select[Any]], after: int, limit: int) -> CompoundSelect[Any]:
    """The next rows by id of selects from the outbox and from its archive, which share no id."""
    some = []
    for part in parts:
        row_id = part.selected_columns.id
        some.append(select(part.where(row_id > after).order_by(row_id).limit(limit).subquery()))
    return union_all(*some).order_by("id").limit(limit)


_mine = in_order(
    _row.id.in_(bindparam("ids", expanding=True)),
    SENDING,
    _row.worker == bindparam("worker_"),
    _row.lease_until > _NOW,
    _row.message_id.is_(None),
)
HANDED = update(deliveries).where(_row.id.in_(_mine)).values(handed_at=_NOW).returning(_row.id)

# Not those that change a message: it stays under the old id, and under the new one that is another message.
MOVE_CHAT = (
    update(deliveries)
    .where(_row.id.in_(in_order(WAITING_GROUP, _row.chat_id == bindparam("old"), _row.edits.is_(None))))
    .values(chat_id=bindparam("new"))
)


_STOPS = {
    BroadcastState.PAUSED.value: DeliveryState.HELD,
    BroadcastState.CANCELLED.value: DeliveryState.CANCELLED,
}


async def stops(connection: AsyncConnection, *which: Any) -> dict[str, DeliveryState]:
    """Notices of these deliveries that may not be sent any more, and what their deliveries are instead.

    Their broadcasts stay as they are until the transaction ends. To be asked before deliveries are locked:
    who pauses or cancels a broadcast locks it first, and its deliveries then.
    """
    broadcast = broadcasts.c
    asked = select(broadcast.id, broadcast.state).where(
        broadcast.id.in_(select(_row.notice_id).where(*which))
    )
    rows = await connection.execute(asked.order_by(broadcast.id).with_for_update(read=True))
    return {row.id: _STOPS[row.state] for row in rows if row.state in _STOPS}


def insert_new(connection: AsyncConnection, into: Table) -> Any:
    """An insert that passes over rows that are there already."""
    kind = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return kind(into).on_conflict_do_nothing()


def new_row(notice_id: str, to: Recipient, priority: Priority, due_at: datetime) -> dict[str, Any]:
    """The row of a delivery that waits to be sent."""
    return {
        "key": to.key_of(notice_id),
        "notice_id": notice_id,
        "chat_id": to.chat_id,
        "thread_id": to.thread_id,
        "edits": to.edits,
        "priority": priority.value,
        "state": DeliveryState.PENDING.value,
        "attempts": 0,
        "doubts": 0,
        "due_at": due_at,
    }


def delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    """A row that begins with `COLUMNS` as a value."""
    values = dict(zip(_FIELDS, row, strict=False))
    values["state"] = _STATES[values["state"]]
    values["priority"] = _PRIORITIES[values["priority"]]
    return Delivery(**values)


async def locked(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Delivery]:
    """Deliveries by id, held until the transaction ends."""
    rows = await connection.execute(
        select(*COLUMNS).where(_row.id.in_(ids)).order_by(_row.id).with_for_update()
    )
    return {row.id: delivery(row) for row in rows}


async def mark_sent(
    connection: AsyncConnection, batch: Sequence[tuple[int, str, Outcome]], now: datetime
) -> Sequence[tuple[int, str, Outcome]]:
    """Write by far the most frequent end in the quickest way; returns what is left to be looked at closely.

    That is all where not every row was as expected, and on PostgreSQL, whose driver does not tell that.
    """
    as_stored = Instant().dialect_impl(connection.dialect).bind_processor(connection.dialect)
    at = as_stored(now) if as_stored else now
    sent = [
        (outcome.message_id, at, delivery_id, worker)
        for delivery_id, worker, outcome in batch
        if isinstance(outcome, Sent)
    ]
    each_once = len({delivery_id for delivery_id, _, _ in batch}) == len(batch)
    if not sent or not each_once or connection.dialect.name != "sqlite":
        return batch
    marked = await connection.exec_driver_sql(_MARK_SENT, sent)
    return [one for one in batch if not isinstance(one[2], Sent)] if marked.rowcount == len(sent) else batch


async def write(connection: AsyncConnection, changes: Mapping[int, Changes]) -> None:
    """Change rows by id; those that change the same columns go together."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for delivery_id, change in changes.items():
        alike[tuple(sorted(change))].append({"id_": delivery_id, **change})
    for columns, rows in alike.items():
        statement = update(deliveries).where(_row.id == bindparam("id_"))
        await connection.execute(statement.values({name: bindparam(name) for name in columns}), rows)


async def archive(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Move rows into the archive."""
    names = [column.name for column in archived_deliveries.columns]
    moved = select(*(_row[name] for name in names)).where(_row.id.in_(ids))
    await connection.execute(insert(archived_deliveries).from_select(names, moved))
    await connection.execute(delete(deliveries).where(_row.id.in_(ids)))
