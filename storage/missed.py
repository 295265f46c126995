"""Who did not get a notice, and why: for reports, from the outbox and its archive."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, cast, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import Delivery, DeliveryState
from storage import outbox_sql as sql
from storage.database import Database
from storage.schema import archived_deliveries, chats, deliveries

_ENDS = (
    DeliveryState.FAILED,
    DeliveryState.UNREACHABLE,
    DeliveryState.UNCERTAIN,
    DeliveryState.CANCELLED,
)
_chat = chats.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A delivery that ended and did not surely arrive; `title` and `kind` are its chat's, "" if unknown."""

    delivery: Delivery
    title: str
    kind: str


async def missed(db: Database, notice_id: str, page: int) -> AsyncIterator[list[Missed]]:
    """Those who did not get a notice, in the order of their deliveries, `page` at a time."""
    parts = [_unlucky(table, notice_id) for table in (deliveries, archived_deliveries)]
    after = 0
    while True:
        async with db.read() as connection:
            rows = (await connection.execute(sql.in_pages(parts, after, page))).all()
            known = await _chats(connection, {row.chat_id for row in rows})
        if not rows:
            return
        yield [_missed(sql.delivery(row), known) for row in rows]
        after = rows[-1].id


def _unlucky(table: Table, notice_id: str) -> Select[Any]:
    # The archive lacks what only a delivery on its way has.
    columns = [
        table.c[one.name] if one.name in table.c else cast(null(), one.type).label(one.name)
        for one in sql.COLUMNS
    ]
    ends = table.c.state.in_([end.value for end in _ENDS])
    return select(*columns).where(table.c.notice_id == notice_id, ends)


async def _chats(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Titles and kinds of chats by the ids they have and had."""
    asked = list(ids)
    which = or_(_chat.chat_id.in_(asked), _chat.former_id.in_(asked))
    rows = (await connection.execute(select(chats).where(which))).all()
    former = {row.former_id: (row.title, row.kind) for row in rows}
    return former | {row.chat_id: (row.title, row.kind) for row in rows}


def _missed(delivery: Delivery, known: dict[int, tuple[str, str]]) -> Missed:
    title, kind = known.get(delivery.chat_id, ("", ""))
    return Missed(delivery=delivery, title=title, kind=kind)
