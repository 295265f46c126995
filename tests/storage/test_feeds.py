"""Calendar addresses: one a place, good for as long as nobody asks for another."""

import asyncio

import pytest
from sqlalchemy import select

from storage.audit import AuditLog
from storage.chats import Chats
from storage.database import Database
from storage.feeds import Feed, Feeds
from storage.schema import audit_log
from tests.storage.broadcast_cast import ADMIN, FORUM, GROUP, JIE, LATER, MIN, NOW, SUPERGROUP


async def test_a_place_has_one_address_whoever_asks(db: Database) -> None:
    feeds = Feeds(db)
    first = await feeds.of(FORUM, 5, MIN, NOW)
    assert await feeds.of(FORUM, 5, JIE, LATER) == first
    assert (first.chat_id, first.thread_id) == (FORUM, 5)
    assert await feeds.find(first.id, first.signature) == first
    general = await feeds.of(FORUM, None, MIN, NOW)
    assert general.thread_id is None
    assert len({first.name, general.name, (await feeds.of(MIN, None, MIN, NOW)).name}) == 3


async def test_two_who_ask_at_once_get_the_same(db: Database) -> None:
    feeds = Feeds(db)
    found = await asyncio.gather(*(feeds.of(MIN, None, MIN, NOW) for _ in range(5)))
    assert len(set(found)) == 1
    assert [one.action for one in await AuditLog(db).recent(9)] == ["feed.made"]


async def test_a_new_address_ends_the_old_one_and_no_other(db: Database) -> None:
    feeds = Feeds(db)
    old, other = await feeds.of(MIN, None, MIN, NOW), await feeds.of(JIE, None, JIE, NOW)
    new = await feeds.renew(MIN, None, ADMIN, LATER)
    assert new.name != old.name
    assert await feeds.find(old.id, old.signature) is None
    assert await feeds.find(new.id, new.signature) == new == await feeds.of(MIN, None, MIN, LATER)
    assert await feeds.find(other.id, other.signature) == other


async def test_a_new_address_can_be_the_first(db: Database) -> None:
    feeds = Feeds(db)
    new = await feeds.renew(MIN, None, MIN, NOW)
    assert await feeds.of(MIN, None, MIN, LATER) == new


@pytest.mark.parametrize("signature", ["", "0" * 64, "标准", "x" * 4000])
async def test_a_wrong_signature_opens_nothing(db: Database, signature: str) -> None:
    feeds = Feeds(db)
    one = await feeds.of(MIN, None, MIN, NOW)
    assert await feeds.find(one.id, signature) is None
    assert await feeds.find(one.id + 1, one.signature) is None
    assert await feeds.find(99, signature) is None


async def test_a_signature_opens_no_other_calendar(db: Database) -> None:
    feeds = Feeds(db)
    one, other = await feeds.of(MIN, None, MIN, NOW), await feeds.of(JIE, None, JIE, NOW)
    assert await feeds.find(other.id, one.signature) is None


async def test_an_address_stays_good_when_its_group_moves(db: Database) -> None:
    feeds, chats = Feeds(db), await Chats.load(db)
    general, topic = await feeds.of(GROUP, None, MIN, NOW), await feeds.of(GROUP, 5, MIN, NOW)
    for _ in range(2):
        await chats.migrate(GROUP, SUPERGROUP, LATER)
        for one in (general, topic):
            assert await feeds.find(one.id, one.signature) == Feed(
                id=one.id, chat_id=SUPERGROUP, thread_id=one.thread_id, signature=one.signature
            )
    assert await feeds.of(SUPERGROUP, None, MIN, LATER) != general  # the same address, of another chat
    assert (await feeds.of(SUPERGROUP, None, MIN, LATER)).name == general.name


async def test_each_deed_is_noted_and_no_address_with_it(db: Database) -> None:
    feeds = Feeds(db)
    made = [await feeds.of(FORUM, 5, MIN, NOW), await feeds.renew(FORUM, 5, JIE, LATER)]
    noted = await AuditLog(db).recent(9)
    assert [(one.action, one.actor_id, one.subject, one.detail) for one in noted] == [
        ("feed.renewed", JIE, f"{FORUM}", {"thread": 5}),
        ("feed.made", MIN, f"{FORUM}", {"thread": 5}),
    ]
    async with db.read() as connection:
        rows = repr((await connection.execute(select(audit_log))).all())
    assert not any(one.signature in rows for one in made)
