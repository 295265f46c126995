"""What the tests of broadcasts share: offices that follow policies, one broadcast, short ways to drive it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from domain.broadcasts import Audience, AudienceKind, Broadcast, BroadcastKind, BroadcastState
from domain.delivery import Failed, Notice, NoticeKind, Outcome, Sent
from domain.languages import Language
from domain.policy import FactKind
from storage.broadcasts import Broadcasts
from storage.chats import Chats
from storage.database import Database
from storage.outbox import Outbox
from storage.schema import chats
from storage.subscriptions import Subscription, Subscriptions

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(seconds=61)  # when a lease of 60 seconds has ended
ADMIN = 7_000_000_009
MIN, JIE, LAN = 7_000_000_001, 7_000_000_002, 7_000_000_003
GROUP, SUPERGROUP, FORUM = -4_000_111, -1_001_234_567_890, -1_009_999_999_999
ID, NEXT_ID = "00000000000000b1", "00000000000000b2"
EVERYONE = Audience(kind=AudienceKind.EVERYONE)


def said(broadcast_id: str = ID) -> Notice:
    """What a broadcast says."""
    return Notice(id=broadcast_id, text={Language.SIMPLIFIED: "周三开会"})


def broadcast(audience: Audience = EVERYONE, broadcast_id: str = ID, start_at: datetime = NOW) -> Broadcast:
    """One that was confirmed just now."""
    return Broadcast(
        id=broadcast_id,
        audience=audience,
        author_id=ADMIN,
        author="周敏",
        created_at=NOW,
        start_at=start_at,
        expected=3,
    )


def correction(kind: BroadcastKind = BroadcastKind.CORRECTION) -> Broadcast:
    """One that changes the messages of `ID`."""
    audience = Audience(kind=AudienceKind.RECEIVED, values=(ID,))
    return replace(broadcast(audience, NEXT_ID), kind=kind, original=ID)


def listed(*ids: int) -> Audience:
    """These chats."""
    return Audience(kind=AudienceKind.CHATS, values=tuple(map(str, ids)))


async def meet(db: Database, *ids: int, language: str | None = None) -> Chats:
    """Chats that wrote to us."""
    met = await Chats.load(db)
    for one in ids:
        kind = "private" if one > 0 else "group"
        await met.remember(one, kind, f"处室 {one}", language=language, now=NOW)
    return met


async def meet_many(db: Database, ids: Iterable[int]) -> None:
    """Very many of them."""
    row = {"kind": "private", "title": "", "active": True, "broadcasts": True}
    rows = [{"chat_id": one, **row, "created_at": NOW, "updated_at": NOW} for one in ids]
    async with db.write() as connection:
        await connection.execute(insert(chats), rows)


async def follow(
    db: Database,
    chat_id: int,
    policy: str = "p1",
    fact: str = "",
    *,
    topic: int | None = None,
    kind: FactKind | None = None,
) -> None:
    """Let a place follow a policy, or a department of it."""
    one = Subscription(
        chat_id=chat_id,
        thread_id=topic,
        policy_id=policy,
        kind=kind or (FactKind.DEPARTMENT if fact else FactKind.POLICY),
        fact_id=fact,
        created_by=ADMIN,
    )
    assert await Subscriptions(db).follow(one, NOW)


async def started(db: Database, one: Broadcast | None = None) -> Broadcasts:
    """All broadcasts, of which this one is running."""
    one = one or broadcast()
    desk = Broadcasts(db, Outbox(db))
    assert await desk.create(one, said(one.id), NOW)
    assert await desk.begin(one.id, NOW)
    return desk


async def spread(desk: Broadcasts, broadcast_id: str = ID, page: int = 1000) -> list[int]:
    """Write all deliveries; how many each page had."""
    pages: list[int] = []
    while (new := await desk.spread(broadcast_id, page, NOW)) is not None:
        pages.append(new)
    return pages


async def send(db: Database, *missing: int, now: datetime = NOW, error: str = "too long") -> list[int]:
    """Let a courier send all that is due; these chats refuse. Returns the chats in their order."""
    box = Outbox(db)
    claimed = [one for one, _ in await box.claim("courier", now, 100_000, 60)]
    assert len(await box.handed([one.id for one in claimed], "courier", now)) == len(claimed)
    ends: list[tuple[int, str, Outcome]] = [
        (one.id, "courier", Failed(error) if one.chat_id in missing else Sent(one.id + 1000))
        for one in claimed
    ]
    await box.settle(ends, now)
    return [one.chat_id for one in claimed]


async def state(desk: Broadcasts, broadcast_id: str = ID) -> BroadcastState:
    """Where a broadcast stands."""
    one = await desk.get(broadcast_id)
    assert one is not None
    return one.state


RECALL = Notice(id=NEXT_ID, kind=NoticeKind.RECALL)
