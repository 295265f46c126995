"""Who follows what: chats, in forums topics, that are told about a policy or a fact of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.policy import FactKind
from storage.database import Database
from storage.outbox_sql import insert_new
from storage.schema import subscriptions

_row = subscriptions.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One place that follows one thing; without `fact_id` (kind `policy`) the whole policy."""

    chat_id: int
    thread_id: int | None = None  # a forum's topic
    policy_id: str
    kind: FactKind = FactKind.POLICY
    fact_id: str = ""
    created_by: int  # who asked for it


class Subscriptions:
    """All of them; each call is one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def follow(self, subscription: Subscription, now: datetime) -> bool:
        """Write a subscription; False, and nothing changed, if the place follows that already."""
        row = _key(subscription) | {"created_by": subscription.created_by, "created_at": now}
        async with self._db.write() as connection:
            new = insert_new(connection, subscriptions).returning(_row.id)
            return await connection.scalar(new, row) is not None

    async def unfollow(self, subscription: Subscription) -> bool:
        """Remove one, whoever asked for it; False if there was none."""
        this = and_(*(_row[name] == value for name, value in _key(subscription).items()))
        async with self._db.write() as connection:
            return (await connection.execute(delete(subscriptions).where(this))).rowcount > 0

    async def of(self, chat_id: int, thread_id: int | None) -> list[Subscription]:
        """What one place follows, in the order it was asked for."""
        here = select(subscriptions).where(_row.chat_id == chat_id, _row.thread_id == (thread_id or 0))
        async with self._db.read() as connection:
            return [_subscription(row._asdict()) for row in await connection.execute(here.order_by(_row.id))]


async def move_subscriptions(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Let a chat follow under its new id what it followed under the old one."""
    other = subscriptions.alias()
    same: list[ColumnElement[bool]] = [
        _row[name] == other.c[name] for name in ("thread_id", "policy_id", "kind", "fact_id")
    ]
    twice = exists().where(other.c.chat_id == new_id, *same)
    await connection.execute(delete(subscriptions).where(_row.chat_id == old_id, twice))
    await connection.execute(update(subscriptions).where(_row.chat_id == old_id).values(chat_id=new_id))


def _key(one: Subscription) -> dict[str, Any]:
    return {
        "chat_id": one.chat_id,
        "thread_id": one.thread_id or 0,  # NULL would not count as equal
        "policy_id": one.policy_id,
        "kind": one.kind.value,
        "fact_id": one.fact_id,
    }


def _subscription(row: dict[str, Any]) -> Subscription:
    del row["id"], row["created_at"]
    return Subscription(**row | {"kind": FactKind(row["kind"]), "thread_id": row["thread_id"] or None})
