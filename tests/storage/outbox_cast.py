"""What the tests of the outbox share: one notice, a few chats, short ways to write and to look."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from domain.delivery import Button, DeliveryState, Notice, NoticeKind, Priority, Recipient
from domain.languages import Language
from storage.database import Database
from storage.outbox import Outbox
from storage.schema import archived_deliveries, deliveries

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(seconds=61)  # when a lease of 60 seconds has ended
MIN, JIE, GROUP, SUPERGROUP = 7_000_000_001, 7_000_000_002, -4_000_111, -1_001_234_567_890

MEETING = Notice(
    id="broadcast:1",
    kind=NoticeKind.PHOTO,
    text={Language.SIMPLIFIED: "<b>周三</b>开会", Language.ENGLISH: "Meeting on <b>Wednesday</b>"},
    media="AgACAgUAAx",
    buttons=(
        (
            Button(label={Language.SIMPLIFIED: "议程"}, url="https://example.com/?a=1&b=2"),
            Button(label={Language.SIMPLIFIED: "收到"}, data="ack:1"),
        ),
    ),
    silent=True,
)
CHASE = Notice(id="reminder:7", text={Language.SIMPLIFIED: "还有三天"})


async def enqueue(
    db: Database,
    notice: Notice,
    chats: Iterable[int],
    *,
    priority: Priority = Priority.BROADCAST,
    due_at: datetime | None = None,
) -> int:
    to = [Recipient(chat_id=chat) for chat in chats]
    async with db.write() as connection:
        return await Outbox(db).enqueue(connection, notice, to, priority=priority, now=NOW, due_at=due_at)


async def rows(db: Database) -> dict[str, dict[str, Any]]:
    """Every delivery by its key, archived ones too, as the tables have it."""
    async with db.read() as connection:
        found = [
            dict(row)
            for table in (deliveries, archived_deliveries)
            for row in (await connection.execute(select(table).order_by(table.c.id))).mappings()
        ]
    assert len({row["key"] for row in found}) == len(found), "a key stands twice"
    assert len({row["id"] for row in found}) == len(found), "an id stands twice"
    return {row["key"]: row for row in found}


async def states(db: Database) -> dict[int, DeliveryState]:
    """Where the delivery to each chat stands."""
    return {row["chat_id"]: DeliveryState(row["state"]) for row in (await rows(db)).values()}
