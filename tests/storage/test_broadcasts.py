"""Broadcasts: confirmed once, spread without a gap, paused, called back, sent again, and all of it noted."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts import BroadcastKind, BroadcastState, Card
from domain.delivery import Again, DeliveryState, Failed, Migrated, Outcome, Sent, Unreachable
from storage.audit import AuditLog
from storage.broadcasts import Broadcasts
from storage.database import Database, open_database
from storage.outbox import Outbox
from storage.outbox_changes import Changes
from storage.outbox_sql import write
from tests.storage.broadcast_cast import (
    ADMIN,
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
    RECALL,
    SUPERGROUP,
    broadcast,
    correction,
    follow,
    listed,
    meet,
    meet_many,
    said,
    send,
    spread,
    started,
    state,
)
from tests.storage.outbox_cast import rows, states

SCHEDULED, RUNNING, PAUSED, FINISHED, CANCELLED = BroadcastState
PENDING, HELD, SENDING, SENT = (
    DeliveryState.PENDING,
    DeliveryState.HELD,
    DeliveryState.SENDING,
    DeliveryState.SENT,
)


async def test_what_is_confirmed_comes_back_as_it_was_with_its_words_and_a_trace(db: Database) -> None:
    desk = Broadcasts(db, Outbox(db))
    one = replace(broadcast(listed(MIN, GROUP)), card=Card(chat_id=ADMIN, message_id=12))
    assert await desk.create(one, said(), NOW)
    assert await desk.get(ID) == one
    assert await desk.notice(ID) == said()
    (entry,) = await AuditLog(db).of(ID, 10)
    assert (entry.actor_id, entry.action, entry.at) == (ADMIN, "broadcast.confirmed", NOW)
    assert entry.detail == {
        "kind": "send",
        "audience": "chats",
        "expected": 3,
        "start_at": "2026-03-02T09:30:00+00:00",
    }
    assert await desk.get(NEXT_ID) is None
    assert await desk.notice(NEXT_ID) is None


async def test_confirmed_twice_it_is_one_broadcast(db: Database) -> None:
    desk = await started(db)
    again = replace(broadcast(listed(MIN)), author_id=MIN)
    assert not await desk.create(again, said(), LATER)
    assert await state(desk) is RUNNING
    assert len(await AuditLog(db).recent(10)) == 1


async def test_confirmed_twice_at_once_by_two_processes_it_is_one_broadcast(url: str) -> None:
    async with open_database(url) as here, open_database(url) as there:
        await here.migrate()
        desks = [Broadcasts(db, Outbox(db)) for db in (here, there)]
        made = await asyncio.gather(*(desk.create(broadcast(), said(), NOW) for desk in desks * 2))
        assert sorted(made) == [False, False, False, True]
        assert len(await AuditLog(here).recent(10)) == 1


async def test_a_broadcast_says_what_its_own_notice_says(db: Database) -> None:
    with pytest.raises(ValueError, match=NEXT_ID):
        await Broadcasts(db, Outbox(db)).create(broadcast(), said(NEXT_ID), NOW)


async def test_the_last_ones_are_listed_first_and_the_active_ones_by_their_start(db: Database) -> None:
    desk = Broadcasts(db, Outbox(db))
    for number in range(5):
        at = NOW + timedelta(minutes=number)
        one = replace(
            broadcast(broadcast_id=f"b{number}", start_at=NOW - timedelta(hours=number)), created_at=at
        )
        await desk.create(one, said(one.id), at)
    await desk.begin("b1", NOW)
    await desk.cancel("b2", actor_id=ADMIN, now=NOW)
    newest = await desk.recent(2)
    assert [one.id for one in newest] == ["b4", "b3"]
    assert [one.id for one in await desk.recent(9, before=newest[-1].created_at)] == ["b2", "b1", "b0"]
    assert [one.id for one in await desk.active()] == ["b4", "b3", "b1", "b0"]


async def test_it_begins_once_and_not_before_its_time(db: Database) -> None:
    desk = Broadcasts(db, Outbox(db))
    await desk.create(broadcast(start_at=LATER), said(), NOW)
    assert not await desk.begin(ID, NOW)
    assert await desk.spread(ID, 10, NOW) is None
    begun = await asyncio.gather(*(desk.begin(ID, LATER) for _ in range(3)))
    assert sorted(begun) == [False, False, True]
    one = await desk.get(ID)
    assert one is not None
    assert (one.state, one.started_at) == (RUNNING, LATER)
    assert not await desk.begin(NEXT_ID, LATER)


async def test_each_page_moves_the_checkpoint_with_its_deliveries(db: Database) -> None:
    await meet_many(db, range(1, 8))
    desk = await started(db)
    seen = []
    for _ in range(4):
        new = await desk.spread(ID, 3, NOW)
        one = await desk.get(ID)
        assert one is not None
        seen.append((new, one.checkpoint, one.recipients, one.spread))
    assert seen == [(3, 5, 3, False), (3, 2, 6, False), (1, 1, 7, True), (None, 1, 7, True)]
    assert await desk.size(EVERYONE) == 7
    assert await send(db) == list(range(7, 0, -1))


async def test_a_page_that_fails_leaves_neither_deliveries_nor_checkpoint(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await meet_many(db, range(1, 4))
    desk = await started(db)

    async def fails(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("storage.broadcasts._set", fails)
        with pytest.raises(OSError, match="disk is full"):
            await desk.spread(ID, 2, NOW)
    assert await rows(db) == {}
    assert await spread(desk, page=2) == [2, 1]


async def test_processes_that_spread_at_once_share_the_pages(url: str) -> None:
    async with open_database(url) as here, open_database(url) as there:
        await here.migrate()
        await meet_many(here, range(1, 301))
        desk = await started(here)
        desks = [desk, Broadcasts(there, Outbox(there))] * 2
        pages = await asyncio.gather(*(spread(one, page=7) for one in desks))
        assert sum(map(sum, pages)) == 300
        one = await desk.get(ID)
        assert one is not None
        assert (one.recipients, one.checkpoint, one.spread) == (300, 1, True)
        assert len(await rows(here)) == 300


async def test_nobody_in_the_audience_is_an_end_too(db: Database) -> None:
    desk = await started(db, broadcast(listed()))
    assert await spread(desk) == [0]
    assert await desk.finish(ID, LATER)


async def test_it_is_finished_when_all_is_written_and_settled_and_not_before(db: Database) -> None:
    await meet(db, MIN, JIE)
    desk, box = await started(db), Outbox(db)
    await desk.spread(ID, 1, NOW)
    await send(db)
    assert not await desk.finish(ID, NOW), "there are more chats"
    await spread(desk)
    assert not await desk.finish(ID, NOW), "one is pending"
    ((delivery, _),) = await box.claim("courier", NOW, 10, 60)
    assert not await desk.finish(ID, NOW), "one is held by a courier"
    await box.handed([delivery.id], "courier", NOW)
    wait = Again(LATER, "flood", counted=False)
    await box.settle([(delivery.id, "courier", wait)], NOW)
    assert not await desk.finish(ID, NOW), "one was told to wait"
    await send(db, now=LATER)
    assert await desk.finish(ID, LATER)
    one = await desk.get(ID)
    assert one is not None
    assert (one.state, one.ended_at, one.recipients) == (FINISHED, LATER, 2)
    assert not await desk.finish(ID, LATER)
    assert await desk.active() == []


async def test_paused_nothing_leaves_but_what_is_on_the_network(db: Database) -> None:
    await meet(db, MIN, JIE, LAN)
    desk, box = await started(db), Outbox(db)
    await spread(desk)
    (first, _), (second, _) = await box.claim("courier", NOW, 2, 60)
    await box.handed([first.id], "courier", NOW)
    paused = await desk.pause(ID, actor_id=ADMIN, now=NOW)
    assert paused is not None
    assert paused == await desk.get(ID)
    assert paused.state is PAUSED
    assert await states(db) == {LAN: SENDING, JIE: HELD, MIN: HELD}
    assert await box.handed([second.id], "courier", NOW) == frozenset()
    assert await box.claim("other", LATER, 10, 60) == []
    assert await box.oldest_due(LATER) is None
    assert await desk.spread(ID, 10, NOW) is None
    assert not await desk.finish(ID, NOW)
    await box.settle([(first.id, "courier", Sent(1))], NOW)
    assert (await box.counts(ID)).open == await box.open(ID) == 2
    resumed = await desk.resume(ID, actor_id=ADMIN, now=LATER)
    assert resumed is not None
    assert resumed.state is RUNNING
    assert await box.oldest_due(LATER) == LATER, "nobody was late while it was paused"
    assert await send(db, now=LATER) == [JIE, MIN]
    assert await desk.finish(ID, LATER)
    actions = [(one.action, one.detail) for one in await AuditLog(db).of(ID, 10)]
    assert actions[:2] == [
        ("broadcast.resumed", {"deliveries": 2}),
        ("broadcast.paused", {"deliveries": 2}),
    ]


async def test_one_that_was_told_to_wait_waits_on_after_a_pause(db: Database) -> None:
    await meet(db, MIN)
    desk, box = await started(db), Outbox(db)
    await spread(desk)
    at = NOW + timedelta(hours=1)
    await _try(box, Again(at, "flood", counted=False))
    await desk.pause(ID, actor_id=ADMIN, now=NOW)
    await desk.resume(ID, actor_id=ADMIN, now=LATER)
    assert await box.claim("courier", LATER, 10, 60) == []
    assert await send(db, now=at) == [MIN]


ENDS: list[tuple[Outcome | None, int]] = [
    (Again(NOW, "502"), 0),
    (Again(NOW, "timeout", doubtful=True), 1),
    (None, 1),  # the courier is gone, its lease ends
]


@pytest.mark.parametrize(("outcome", "doubts"), ENDS)
async def test_what_fails_on_the_network_while_it_is_paused_is_held_at_once(
    db: Database, outcome: Outcome | None, doubts: int
) -> None:
    desk, box = await _paused_in_flight(db, act="pause")
    await _end(box, outcome)
    assert [(row["state"], row["doubts"]) for row in (await rows(db)).values()] == [("held", doubts)]
    assert await box.claim("courier", LATER, 10, 60) == []
    await desk.resume(ID, actor_id=ADMIN, now=LATER)
    assert await send(db, now=LATER) == [MIN]


@pytest.mark.parametrize(("outcome", "doubts"), ENDS)
async def test_what_fails_on_the_network_while_it_is_called_back_is_not_sent_again(
    db: Database, outcome: Outcome | None, doubts: int
) -> None:
    _, box = await _paused_in_flight(db, act="cancel")
    await _end(box, outcome)
    end = "uncertain" if doubts else "cancelled"
    assert [(row["state"], row["doubts"]) for row in (await rows(db)).values()] == [(end, doubts)]
    assert await box.open(ID) == 0


async def test_an_outcome_that_is_being_written_when_it_is_paused_is_held_too(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await meet(db, MIN)
    desk, box = await started(db), Outbox(db)
    await spread(desk)
    ((delivery, _),) = await box.claim("courier", NOW, 10, 60)
    await box.handed([delivery.id], "courier", NOW)
    writing, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(connection: AsyncConnection, changes: dict[int, Changes]) -> None:
        writing.set()
        await go_on.wait()
        await write(connection, changes)

    monkeypatch.setattr("storage.outbox_sql.write", slowly)
    settling = asyncio.create_task(box.settle([(delivery.id, "courier", Again(NOW, "502"))], NOW))
    await writing.wait()
    pausing = asyncio.create_task(desk.pause(ID, actor_id=ADMIN, now=NOW))
    await asyncio.wait({pausing}, timeout=0.2)  # it waits for the other, or should
    go_on.set()
    await asyncio.gather(settling, pausing)
    assert await states(db) == {MIN: HELD}


async def test_what_becomes_pending_in_a_pause_is_held_again(db: Database) -> None:
    await meet(db, MIN, JIE)
    desk, box = await started(db), Outbox(db)
    await spread(desk)
    await send(db, MIN)
    assert await desk.hold(ID) == 0
    await desk.pause(ID, actor_id=ADMIN, now=NOW)
    (dead,) = await box.dead_letters(10)
    await box.resend([dead.id], NOW)
    assert await desk.hold(ID) == 1
    assert await states(db) == {JIE: SENT, MIN: HELD}


async def test_a_paused_group_that_moves_gets_it_at_its_new_id(db: Database) -> None:
    await meet(db, GROUP)
    desk, box = await started(db), Outbox(db)
    await spread(desk)
    await desk.pause(ID, actor_id=ADMIN, now=NOW)
    assert await box.migrate(GROUP, SUPERGROUP) == 1
    await desk.resume(ID, actor_id=ADMIN, now=NOW)
    assert await send(db) == [SUPERGROUP]


@pytest.mark.parametrize("before", [SCHEDULED, RUNNING, PAUSED])
async def test_called_back_nothing_of_it_leaves_any_more(db: Database, before: BroadcastState) -> None:
    await meet(db, MIN, JIE)
    desk, box = Broadcasts(db, Outbox(db)), Outbox(db)
    await desk.create(broadcast(), said(), NOW)
    if before is not SCHEDULED:
        await desk.begin(ID, NOW)
        await desk.spread(ID, 1, NOW)
    if before is PAUSED:
        await desk.pause(ID, actor_id=ADMIN, now=NOW)
    ended = await desk.cancel(ID, actor_id=ADMIN, now=LATER)
    assert ended is not None
    assert (ended.state, ended.ended_at) == (CANCELLED, LATER)
    assert ended == await desk.get(ID)
    assert not await desk.begin(ID, LATER)
    assert await desk.spread(ID, 1, LATER) is None
    assert await box.claim("courier", LATER, 10, 60) == []
    assert (await box.counts(ID)).open == 0
    assert await desk.active() == []


async def test_an_act_that_the_state_does_not_allow_changes_nothing(db: Database) -> None:
    await meet(db, MIN)
    desk = Broadcasts(db, Outbox(db))
    allowed: dict[BroadcastState, set[str]] = {
        SCHEDULED: {"cancel"},
        RUNNING: {"pause", "cancel"},
        PAUSED: {"resume", "cancel"},
        FINISHED: set(),
        CANCELLED: set(),
    }
    for number, at in enumerate(BroadcastState):
        one = replace(broadcast(broadcast_id=f"b{number}"), state=at)
        await desk.create(one, said(one.id), NOW)
        for act in {"pause", "resume", "cancel"} - allowed[at]:
            assert await getattr(desk, act)(one.id, actor_id=ADMIN, now=LATER) is None
        assert await desk.get(one.id) == one
        assert len(await AuditLog(db).of(one.id, 10)) == 1
    assert await desk.pause("none", actor_id=ADMIN, now=NOW) is None


async def test_pressed_twice_at_once_it_is_done_once(url: str) -> None:
    async with open_database(url) as here, open_database(url) as there:
        await here.migrate()
        await meet_many(here, range(1, 101))
        desks = [await started(here), Broadcasts(there, Outbox(there))]
        await spread(desks[0])
        acts = [desk.pause(ID, actor_id=ADMIN, now=NOW) for desk in desks * 2]
        assert sum(done is not None for done in await asyncio.gather(*acts)) == 1
        assert len(await AuditLog(here).of(ID, 10)) == 2


async def test_whoever_it_missed_is_sent_it_again_and_it_runs_until_that_is_settled(db: Database) -> None:
    await meet(db, MIN, JIE, LAN)
    desk = await _finished(db, MIN, LAN)
    assert await desk.resend(ID, actor_id=ADMIN, now=LATER) == 2
    one = await desk.get(ID)
    assert one is not None
    assert (one.state, one.ended_at, one.recipients) == (RUNNING, None, 3)
    assert not await desk.finish(ID, LATER)
    assert await send(db, MIN, now=LATER) == [LAN, MIN]
    assert await desk.finish(ID, LATER)
    assert [one.delivery.chat_id for page in [one async for one in desk.missed(ID)] for one in page] == [MIN]
    (entry, *_) = await AuditLog(db).of(ID, 10)
    assert (entry.action, entry.detail) == ("broadcast.resent", {"deliveries": 2})


async def test_with_nobody_missed_there_is_nothing_to_send_again(db: Database) -> None:
    await meet(db, MIN)
    desk = await _finished(db)
    assert await desk.resend(ID, actor_id=ADMIN, now=LATER) == 0
    assert await state(desk) is FINISHED
    assert await desk.resend(NEXT_ID, actor_id=ADMIN, now=LATER) == 0


async def test_what_was_called_back_or_is_paused_is_not_sent_again(db: Database) -> None:
    await meet(db, MIN, JIE)
    desk = await started(db)
    await spread(desk)
    await send(db, MIN)
    await desk.pause(ID, actor_id=ADMIN, now=NOW)
    assert await desk.resend(ID, actor_id=ADMIN, now=NOW) == 0
    await desk.cancel(ID, actor_id=ADMIN, now=NOW)
    assert await desk.resend(ID, actor_id=ADMIN, now=NOW) == 0
    assert await state(desk) is CANCELLED
    assert Counter((await states(db)).values()) == {SENT: 1, DeliveryState.FAILED: 1}


async def test_what_was_recalled_is_not_sent_again_unless_the_recall_was_called_back(db: Database) -> None:
    await meet(db, MIN, JIE)
    desk = await _finished(db, MIN)
    await desk.create(correction(BroadcastKind.RECALL), RECALL, NOW)
    assert await desk.resend(ID, actor_id=ADMIN, now=NOW) == 0
    await desk.cancel(NEXT_ID, actor_id=ADMIN, now=NOW)
    assert await desk.resend(ID, actor_id=ADMIN, now=NOW) == 1


async def test_a_recall_changes_the_messages_that_arrived(db: Database) -> None:
    await meet(db, MIN, JIE, FORUM)
    await follow(db, FORUM, topic=5)
    desk = await _finished(db, MIN)
    sent = {row["chat_id"]: row["message_id"] for row in (await rows(db)).values()}
    await desk.create(correction(BroadcastKind.RECALL), RECALL, NOW)
    assert await desk.begin(NEXT_ID, NOW)
    assert await spread(desk, NEXT_ID) == [2]
    claimed = await Outbox(db).claim("courier", NOW, 10, 60)
    assert [(one.chat_id, one.edits) for one, _ in claimed] == [(JIE, sent[JIE]), (FORUM, sent[FORUM])]
    assert {notice.kind for _, notice in claimed} == {RECALL.kind}


async def test_a_correction_waits_until_nothing_of_its_original_is_on_its_way(db: Database) -> None:
    await meet(db, MIN, JIE)
    desk, box = await started(db), Outbox(db)
    await spread(desk)
    ((first, _),) = await box.claim("courier", NOW, 1, 60)
    await box.handed([first.id], "courier", NOW)
    await desk.create(correction(), said(NEXT_ID), NOW)
    assert not await desk.begin(NEXT_ID, NOW), "the original runs"
    await desk.cancel(ID, actor_id=ADMIN, now=NOW)
    assert not await desk.begin(NEXT_ID, NOW), "one is on the network"
    await box.settle([(first.id, "courier", Sent(77))], NOW)
    assert await desk.begin(NEXT_ID, NOW)
    await spread(desk, NEXT_ID)
    ((delivery, _),) = await box.claim("courier", NOW, 10, 60)
    assert (delivery.chat_id, delivery.edits) == (JIE, 77)


async def test_the_messages_of_a_group_that_moved_are_not_looked_for_at_its_new_id(db: Database) -> None:
    met = await meet(db, GROUP)
    desk, box = await _finished(db), Outbox(db)
    await desk.create(correction(), said(NEXT_ID), NOW)
    await desk.begin(NEXT_ID, NOW)
    await spread(desk, NEXT_ID)
    await met.migrate(GROUP, SUPERGROUP, NOW)
    assert await box.migrate(GROUP, SUPERGROUP) == 0
    await _try(box, Migrated(SUPERGROUP))
    (end,) = await box.dead_letters(10)
    assert (end.chat_id, end.state) == (GROUP, DeliveryState.FAILED)
    assert end.error is not None
    assert "former chat" in end.error


async def test_the_report_names_who_did_not_get_it_and_why_archived_or_not(db: Database) -> None:
    met = await meet(db, MIN, JIE, LAN, GROUP)
    desk, box = await started(db), Outbox(db)
    await spread(desk)
    claimed = {one.chat_id: one.id for one, _ in await box.claim("courier", NOW, 3, 60)}
    await box.handed(list(claimed.values()), "courier", NOW)
    await box.settle(
        [
            (claimed[LAN], "courier", Unreachable("blocked")),
            (claimed[JIE], "courier", Sent(5)),
            (claimed[MIN], "courier", Failed("too long")),
        ],
        NOW,
    )
    await box.archive(NOW + timedelta(seconds=1))
    await desk.cancel(ID, actor_id=ADMIN, now=LATER)
    await met.migrate(GROUP, SUPERGROUP, LATER)
    pages = [page async for page in desk.missed(ID, 2)]
    assert [len(page) for page in pages] == [2, 1]
    assert [
        (one.delivery.chat_id, one.delivery.state.value, one.delivery.error, one.title, one.kind)
        for page in pages
        for one in page
    ] == [
        (LAN, "unreachable", "blocked", f"处室 {LAN}", "private"),
        (MIN, "failed", "too long", f"处室 {MIN}", "private"),
        (GROUP, "cancelled", None, f"处室 {GROUP}", "supergroup"),
    ]
    assert [page async for page in desk.missed(NEXT_ID)] == []


async def test_the_card_is_noted_and_forgotten(db: Database) -> None:
    desk = await started(db)
    card = Card(chat_id=FORUM, message_id=9)
    for one in (card, None):
        await desk.set_card(ID, one)
        found = await desk.get(ID)
        assert found is not None
        assert found.card == one


async def test_pauses_while_couriers_and_fan_outs_work_lose_and_repeat_nothing(url: str) -> None:
    """Two processes spread and send, a third pauses, resumes: all arrive once, and nothing waits for ever."""
    async with open_database(url) as here, open_database(url) as there, open_database(url) as third:
        await here.migrate()
        await meet_many(here, range(1, 101))
        desk = await started(here)
        arrived: Counter[int] = Counter()
        on = asyncio.Event()

        async def work(db: Database, worker: str) -> None:
            own, box = Broadcasts(db, Outbox(db)), Outbox(db)
            for number in range(1000):
                await own.spread(ID, 9, NOW)
                await own.hold(ID)
                claimed = [one for one, _ in await box.claim(worker, NOW, 7, 60)]
                leaving = await box.handed([one.id for one in claimed], worker, NOW)
                ends: list[tuple[int, str, Outcome]] = []
                for one in claimed:
                    if one.id not in leaving:
                        continue
                    fails = number % 3 == 0 and one.attempts == 0
                    arrived[one.chat_id] += not fails
                    ends.append((one.id, worker, Again(NOW, "502") if fails else Sent(one.id)))
                await box.settle(ends, NOW)
                if await own.finish(ID, NOW) or await state(own) is FINISHED:
                    return
                await asyncio.sleep(0)

        async def meddle() -> None:
            own = Broadcasts(third, Outbox(third))
            while not on.is_set():
                if await own.pause(ID, actor_id=ADMIN, now=NOW):
                    await asyncio.sleep(0.002)
                    assert not [row for row in (await rows(third)).values() if row["state"] == "pending"]
                    await own.resume(ID, actor_id=ADMIN, now=NOW)
                await asyncio.sleep(0.002)

        meddler = asyncio.create_task(meddle())
        await asyncio.gather(work(here, "a"), work(there, "b"))
        on.set()
        await meddler
        assert await state(desk) is FINISHED
        assert arrived == Counter(range(1, 101))
        assert set((await states(here)).values()) == {SENT}


async def _finished(db: Database, *missing: int) -> Broadcasts:
    desk = await started(db)
    await spread(desk)
    await send(db, *missing)
    assert await desk.finish(ID, NOW)
    return desk


async def _paused_in_flight(db: Database, *, act: str) -> tuple[Broadcasts, Outbox]:
    await meet(db, MIN)
    desk, box = await started(db), Outbox(db)
    await spread(desk)
    ((delivery, _),) = await box.claim("courier", NOW, 10, 60)
    await box.handed([delivery.id], "courier", NOW)
    assert await getattr(desk, act)(ID, actor_id=ADMIN, now=NOW)
    assert set((await states(db)).values()) == {SENDING}
    return desk, box


async def _end(box: Outbox, outcome: Outcome | None) -> None:
    if outcome is None:
        assert await box.expire(LATER) == 1
        return
    await box.settle([(1, "courier", outcome)] * 2, NOW)


async def _try(box: Outbox, outcome: Outcome) -> None:
    ((delivery, _),) = await box.claim("courier", NOW, 10, 60)
    await box.handed([delivery.id], "courier", NOW)
    await box.settle([(delivery.id, "courier", outcome)], NOW)
