"""Audiences: who is meant, each place once, in pages that no migration, and no page size, breaks."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from domain.broadcasts import Audience, AudienceKind
from domain.channels import FIRST_ADDRESS
from domain.policy import FactKind
from storage.audience import Page, page, size
from storage.database import Database
from storage.outbox import Outbox
from storage.outbox_sql import archive
from storage.schema import audit_log, broadcasts, chats, deliveries, notices, subscriptions
from tests.storage.broadcast_cast import (
    EVERYONE,
    FORUM,
    GROUP,
    ID,
    JIE,
    LAN,
    LATER,
    MIN,
    NEXT_ID,
    NOW,
    SUPERGROUP,
    broadcast,
    correction,
    follow,
    listed,
    meet,
    meet_many,
    send,
    spread,
    started,
)
from tests.storage.outbox_cast import rows


def language(*tags: str) -> Audience:
    return Audience(kind=AudienceKind.LANGUAGE, values=tags)


def policy(*ids: str) -> Audience:
    return Audience(kind=AudienceKind.POLICY, values=ids)


async def take(db: Database, audience: Audience, after: int | None = None, limit: int = 1000) -> Page:
    async with db.read() as connection:
        return await page(connection, ID, audience, after, limit)


async def reached(db: Database, audience: Audience, limit: int = 1000) -> list[tuple[int, int | None]]:
    """Every place of an audience, in the order of its pages; each page goes on where the last one ended."""
    found: list[tuple[int, int | None]] = []
    keys: list[str | None] = []
    after: int | None = None
    while True:
        some = await take(db, audience, after, limit)
        found += [(one.chat_id, one.thread_id) for one in some.recipients]
        keys += [one.key for one in some.recipients]
        assert some.last or some.checkpoint != after, "the pages stand still"
        after = some.checkpoint
        if some.last:
            break
    assert len(set(keys)) == len(found)
    async with db.read() as connection:
        assert await size(connection, audience) == len(found)
    return found


async def test_everyone_is_who_can_be_written_to_and_did_not_opt_out(db: Database) -> None:
    met = await meet(db, MIN, JIE, LAN, GROUP, SUPERGROUP, FIRST_ADDRESS + 7)
    await met.set_active(JIE, active=False, now=LATER)
    await met.set_broadcasts(LAN, wanted=False, now=LATER)
    assert await reached(db, EVERYONE) == [
        (FIRST_ADDRESS + 7, None),
        (MIN, None),
        (GROUP, None),
        (SUPERGROUP, None),
    ]


async def test_who_chose_no_language_reads_simplified(db: Database) -> None:
    await meet(db, MIN)
    await meet(db, JIE, language="zh-Hans")
    await meet(db, LAN, language="zh-Hant")
    await meet(db, GROUP, language="en")
    assert await reached(db, language("zh-Hans")) == [(JIE, None), (MIN, None)]
    assert await reached(db, language("en", "zh-Hant")) == [(LAN, None), (GROUP, None)]
    assert await reached(db, language()) == []


async def test_subscribers_of_a_policy_and_of_its_departments_are_told_in_the_topics_that_follow(
    db: Database,
) -> None:
    met = await meet(db, MIN, JIE, LAN, FORUM)
    await follow(db, MIN)
    await follow(db, MIN, fact="D1")  # twice the same place: once told
    await follow(db, MIN, "p2")
    await follow(db, JIE, "p2", "D1")
    await follow(db, LAN, "p3")
    await follow(db, FORUM, fact="D1", topic=5)
    await follow(db, FORUM, fact="D2", topic=5)
    await follow(db, FORUM, "p2", topic=7)
    await follow(db, FORUM)
    await follow(db, LAN, "p1", "M1", kind=FactKind.MEASURE)
    forum = [(FORUM, None), (FORUM, 5)]
    assert await reached(db, policy("p1")) == [(MIN, None), *forum]
    assert await reached(db, policy("p1", "p2")) == [(JIE, None), (MIN, None), *forum, (FORUM, 7)]
    assert await reached(db, Audience(kind=AudienceKind.REGION, values=("浙江",), policies=("p1",))) == [
        (MIN, None),
        *forum,
    ]
    assert await reached(db, EVERYONE, limit=1) == [(LAN, None), (JIE, None), (MIN, None), (FORUM, None)]
    await met.set_broadcasts(FORUM, wanted=False, now=LATER)
    assert await reached(db, policy("p1")) == [(MIN, None)]
    assert await reached(db, policy()) == []


async def test_subscribers_of_a_department_are_those_of_this_one_in_this_policy(db: Database) -> None:
    await meet(db, MIN, JIE, LAN, GROUP)
    await follow(db, MIN, fact="D1")
    await follow(db, JIE, fact="D2")
    await follow(db, LAN, "p2", "D1")
    await follow(db, GROUP)
    offices = Audience(kind=AudienceKind.DEPARTMENT, values=("p1/D1", "p2/D2"))
    assert await reached(db, offices) == [(MIN, None)]


async def test_a_list_reaches_who_is_on_it_and_known_whatever_its_length(db: Database) -> None:
    met = await meet(db, MIN, JIE, GROUP)
    await met.set_broadcasts(JIE, wanted=False, now=LATER)
    everybody = listed(GROUP, MIN, MIN, JIE, *range(1, 40_000))  # more than a statement may have
    assert await reached(db, everybody) == [(MIN, None), (GROUP, None)]
    assert (await take(db, listed())).last


async def test_a_page_of_a_forum_holds_all_its_topics_and_a_full_page_may_be_the_last(db: Database) -> None:
    await meet(db, MIN, FORUM)
    await follow(db, MIN)
    for topic in range(1, 6):
        await follow(db, FORUM, topic=topic)
    first = await take(db, policy("p1"), limit=1)
    assert (len(first.recipients), first.checkpoint, first.last) == (1, MIN, False)
    second = await take(db, policy("p1"), MIN, limit=1)
    assert (len(second.recipients), second.checkpoint, second.last) == (5, FORUM, False)
    assert await take(db, policy("p1"), FORUM, limit=1) == Page(recipients=[], checkpoint=FORUM, last=True)


async def test_the_key_is_of_the_first_id_a_chat_was_known_under(db: Database) -> None:
    met = await meet(db, GROUP)
    await follow(db, GROUP)
    assert [one.key for one in (await take(db, EVERYONE)).recipients] == [f"{ID}:{GROUP}"]
    await met.migrate(GROUP, SUPERGROUP, LATER)
    await follow(db, SUPERGROUP, topic=5)
    for audience in (EVERYONE, listed(GROUP), listed(SUPERGROUP, GROUP)):
        (one,) = (await take(db, audience)).recipients
        assert (one.chat_id, one.key) == (SUPERGROUP, f"{ID}:{GROUP}")
    keys = [one.key for one in (await take(db, policy("p1"))).recipients]
    assert keys == [f"{ID}:{GROUP}", f"{ID}:{GROUP}/5"]


@pytest.mark.parametrize("kind", [AudienceKind.EVERYONE, AudienceKind.CHATS, AudienceKind.POLICY])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 4), moves=st.lists(st.lists(st.integers(0, 5), max_size=2), max_size=8))
async def test_whenever_groups_migrate_while_pages_are_written_all_are_reached_once(
    db: Database, kind: AudienceKind, limit: int, moves: list[list[int]]
) -> None:
    await _wipe(db)
    groups = [GROUP - number for number in range(6)]
    met = await meet(db, MIN, *groups)
    for chat in (MIN, *groups):
        await follow(db, chat)
    values = {AudienceKind.CHATS: listed(MIN, *groups).values, AudienceKind.POLICY: ("p1",)}
    desk = await started(db, broadcast(Audience(kind=kind, values=values.get(kind, ()))))
    new: int | None = 0
    while new is not None:
        for number in moves.pop() if moves else ():
            await met.migrate(groups[number], SUPERGROUP + number * (-1) ** number, LATER)
        new = await desk.spread(ID, limit, NOW)
    assert sorted(await rows(db)) == sorted(f"{ID}:{chat}" for chat in (MIN, *groups))


async def test_a_group_that_was_reached_is_not_reached_again_under_its_new_id(db: Database) -> None:
    met = await meet(db, MIN, GROUP)
    desk = await started(db)
    assert await desk.spread(ID, 2, NOW) == 2
    await met.migrate(GROUP, SUPERGROUP, LATER)
    await meet(db, SUPERGROUP - 1)
    assert await spread(desk) == [1], "only the one that is new"
    assert await send(db) == [MIN, GROUP, SUPERGROUP - 1]


async def test_messages_of_an_earlier_broadcast_are_found_in_the_outbox_and_in_the_archive(
    db: Database,
) -> None:
    met = await meet(db, MIN, JIE, LAN, FORUM)
    for chat in (MIN, JIE, LAN):
        await follow(db, chat)
    await follow(db, FORUM, topic=5)
    desk = await started(db, broadcast(policy("p1")))
    assert await desk.spread(ID, 2, NOW) == 2
    await send(db)
    await Outbox(db).archive(LATER)
    await spread(desk)
    await send(db, MIN)
    await met.set_broadcasts(JIE, wanted=False, now=LATER)  # what is wrong in it is mended all the same
    sent = await rows(db)
    received = correction().audience
    assert await reached(db, received, limit=1) == [(LAN, None), (JIE, None), (FORUM, 5)]
    async with db.read() as connection:
        found = await page(connection, NEXT_ID, received, None, 10)
    assert [(one.key, one.edits) for one in found.recipients] == [
        (f"{NEXT_ID}:{place}", sent[f"{ID}:{place}"]["message_id"]) for place in (LAN, JIE, f"{FORUM}/5")
    ]


async def test_pages_of_an_earlier_broadcast_go_on_while_it_is_archived(db: Database) -> None:
    await meet_many(db, range(1, 21))
    await spread(await started(db))
    await send(db)
    received, after = correction().audience, None
    found: list[int] = []
    for _ in range(4):
        some = await take(db, received, after, 5)
        found += [one.chat_id for one in some.recipients]
        after = some.checkpoint
        async with db.write() as connection:
            ids = [row["id"] for row in (await rows(db)).values() if row["chat_id"] % 3 == len(found) % 3]
            await archive(connection, ids)
    assert found == list(range(20, 0, -1))


async def test_twenty_thousand_chats_are_paged_through_without_a_gap(db: Database) -> None:
    await meet_many(db, range(1, 20_001))
    assert await reached(db, EVERYONE) == [(chat, None) for chat in range(20_000, 0, -1)]


async def _wipe(db: Database) -> None:
    async with db.write() as connection:
        for table in (deliveries, audit_log, broadcasts, notices, subscriptions, chats):
            await connection.execute(delete(table))
