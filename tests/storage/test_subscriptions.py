"""Subscriptions: each place follows each thing once, and a group that moves takes them along."""

from dataclasses import replace

from domain.policy import FactKind
from storage.database import Database
from storage.subscriptions import Subscription, Subscriptions
from tests.storage.broadcast_cast import ADMIN, FORUM, GROUP, JIE, LATER, MIN, NOW, SUPERGROUP, follow, meet

WHOLE = Subscription(chat_id=MIN, policy_id="p1", created_by=MIN)
OFFICE = Subscription(chat_id=MIN, policy_id="p1", kind=FactKind.DEPARTMENT, fact_id="D1", created_by=ADMIN)


async def test_a_place_follows_a_thing_once(db: Database) -> None:
    all_ = Subscriptions(db)
    assert await all_.follow(WHOLE, NOW)
    assert await all_.follow(OFFICE, NOW)
    assert not await all_.follow(replace(WHOLE, created_by=JIE), LATER)
    assert await all_.of(MIN, None) == [WHOLE, OFFICE]
    assert await all_.of(JIE, None) == []


async def test_the_topics_of_a_forum_follow_apart(db: Database) -> None:
    all_ = Subscriptions(db)
    general, topic = replace(WHOLE, chat_id=FORUM), replace(WHOLE, chat_id=FORUM, thread_id=5)
    assert await all_.follow(general, NOW)
    assert await all_.follow(topic, NOW)
    assert await all_.of(FORUM, None) == [general]
    assert await all_.of(FORUM, 5) == [topic]
    assert await all_.unfollow(topic)
    assert await all_.of(FORUM, None) == [general]


async def test_a_silent_place_is_silent_about_what_it_follows_next(db: Database) -> None:
    all_ = Subscriptions(db)
    await all_.follow(WHOLE, NOW)
    await all_.mute(MIN, None, LATER)
    await all_.follow(OFFICE, NOW)
    await all_.follow(replace(WHOLE, chat_id=JIE), NOW)
    assert [one.muted_until for one in await all_.of(MIN, None)] == [LATER, LATER]
    assert [one.muted_until for one in await all_.of(JIE, None)] == [None]


async def test_what_is_followed_no_more_is_gone_whoever_asked_for_it(db: Database) -> None:
    all_ = Subscriptions(db)
    await all_.follow(WHOLE, NOW)
    await all_.follow(OFFICE, NOW)
    assert await all_.unfollow(replace(WHOLE, created_by=ADMIN))
    assert not await all_.unfollow(WHOLE)
    assert await all_.of(MIN, None) == [OFFICE]


async def test_a_group_follows_as_a_supergroup_what_it_followed(db: Database) -> None:
    met = await meet(db, GROUP, SUPERGROUP, JIE)
    for chat, fact in ((GROUP, ""), (GROUP, "D1"), (SUPERGROUP, "D1"), (SUPERGROUP, "D2"), (JIE, "")):
        await follow(db, chat, fact=fact)
    for _ in range(2):
        await met.migrate(GROUP, SUPERGROUP, LATER)
        all_ = Subscriptions(db)
        assert await all_.of(GROUP, None) == []
        assert {one.fact_id for one in await all_.of(SUPERGROUP, None)} == {"", "D1", "D2"}
        assert len(await all_.of(SUPERGROUP, None)) == 3
        assert len(await all_.of(JIE, None)) == 1
