"""The outbox: each delivery once, under one courier at a time, to a true end."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from domain.delivery import (
    Again,
    Counts,
    DeliveryState,
    Failed,
    Migrated,
    Notice,
    Outcome,
    Priority,
    Recipient,
    Sent,
    Unreachable,
)
from storage.database import Database, open_database
from storage.outbox import Outbox, Settled, Settlement
from storage.outbox_sql import CLAIM
from tests.storage.outbox_cast import (
    CHASE,
    GROUP,
    JIE,
    LATER,
    MEETING,
    MIN,
    NOW,
    SUPERGROUP,
    enqueue,
    rows,
    states,
)

PENDING, SENDING, SENT, FAILED = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.FAILED,
)
UNREACHABLE, UNCERTAIN, CANCELLED = (
    DeliveryState.UNREACHABLE,
    DeliveryState.UNCERTAIN,
    DeliveryState.CANCELLED,
)


async def test_what_is_written_twice_is_one_delivery(db: Database) -> None:
    assert await enqueue(db, MEETING, [MIN, JIE, MIN]) == 2
    assert await enqueue(db, MEETING, [JIE, GROUP]) == 1
    assert await enqueue(db, CHASE, [MIN]) == 1
    assert set(await rows(db)) == {f"broadcast:1:{chat}" for chat in (MIN, JIE, GROUP)} | {
        f"reminder:7:{MIN}"
    }


async def test_topics_of_a_forum_and_keys_of_the_callers_own_are_told_apart(db: Database) -> None:
    box = Outbox(db)
    places = [
        Recipient(chat_id=SUPERGROUP),
        Recipient(chat_id=SUPERGROUP, thread_id=5),
        Recipient(chat_id=SUPERGROUP, key="second call"),
    ]
    async with db.write() as connection:
        new = await box.enqueue(connection, MEETING, places, priority=Priority.URGENT, now=NOW)
    assert new == 3
    claimed = await box.claim("a", NOW, 10, 60)
    assert [(one.thread_id, one.priority) for one, _ in claimed] == [(None, 0), (5, 0), (None, 0)]


async def test_nothing_is_written_when_what_causes_it_fails(db: Database) -> None:
    box = Outbox(db)

    async def cause() -> None:
        async with db.write() as connection:
            to = [Recipient(chat_id=MIN)]
            assert await box.enqueue(connection, MEETING, to, priority=Priority.URGENT, now=NOW) == 1
            raise RuntimeError("the cause failed")

    with pytest.raises(RuntimeError):
        await cause()
    assert await rows(db) == {}
    assert await enqueue(db, MEETING, []) == 0


async def test_a_notice_comes_back_as_it_was_written_and_is_never_changed(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    await enqueue(db, Notice(id=MEETING.id), [JIE])
    claimed = await Outbox(db).claim("a", NOW, 10, 60)
    assert [(one.chat_id, notice) for one, notice in claimed] == [(MIN, MEETING), (JIE, MEETING)]


async def test_the_urgent_goes_first_then_what_waits_longest_and_nothing_too_early(
    db: Database,
) -> None:
    await enqueue(db, MEETING, [1, 2, 3])
    await enqueue(db, MEETING, [4], due_at=NOW - timedelta(hours=1))
    await enqueue(db, MEETING, [5], due_at=NOW + timedelta(microseconds=1))
    await enqueue(db, CHASE, [6], priority=Priority.URGENT)
    await enqueue(db, CHASE, [7], priority=Priority.URGENT, due_at=NOW + timedelta(days=1))
    box = Outbox(db)
    assert await box.oldest_due(NOW) == NOW - timedelta(hours=1)
    claimed = [one.chat_id for limit in (3, 3) for one, _ in await box.claim("a", NOW, limit, 60)]
    assert claimed == [6, 4, 1, 2, 3]
    assert await box.claim("a", NOW, 10, 60) == []
    assert await box.oldest_due(NOW) is None
    assert await box.oldest_due(NOW + timedelta(days=2)) == NOW + timedelta(microseconds=1)


async def test_couriers_that_claim_at_once_share_without_overlap(url: str) -> None:
    async with open_database(url) as one, open_database(url) as other:
        await one.migrate()
        await enqueue(one, MEETING, range(1, 301))
        boxes = (Outbox(one), Outbox(other), Outbox(one), Outbox(other))

        async def take(worker: str, box: Outbox) -> list[int]:
            taken: list[int] = []
            for _ in range(300):
                claimed = await box.claim(worker, NOW, 7, 60)
                if not claimed and await box.oldest_due(NOW) is None:
                    break
                assert len(claimed) <= 7
                taken += [delivery.chat_id for delivery, _ in claimed]
            return taken

        shares = await asyncio.gather(*(take(worker, box) for worker, box in zip("abcd", boxes, strict=True)))
        assert sorted(chat for share in shares for chat in share) == list(range(1, 301))


async def test_a_message_that_arrived_is_settled_with_its_id(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    await _send(box, Sent(41))
    row = (await rows(db))[f"broadcast:1:{MIN}"]
    assert (row["state"], row["message_id"], row["settled_at"], row["worker"]) == (SENT, 41, NOW, None)
    assert await box.claim("a", LATER, 10, 60) == []
    assert await box.expire(LATER) == 0


async def test_a_failure_waits_for_its_next_try_and_counts_unless_we_were_told_to_wait(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    await _send(box, Again(NOW + timedelta(seconds=5), "flood", counted=False))
    assert await box.claim("a", NOW + timedelta(seconds=4), 10, 60) == []
    at = NOW + timedelta(seconds=5)
    ((delivery, _),) = await box.claim("a", at, 10, 60)
    assert (delivery.attempts, delivery.error, delivery.due_at) == (0, "flood", at)
    await box.settle([(delivery.id, "a", Again(at, "502\0 \ud83d" + "x" * 10_000))], at)
    ((delivery, _),) = await box.claim("a", at, 10, 60)
    assert delivery.attempts == 1
    assert delivery.error is not None
    assert delivery.error.startswith("502 ?xxx")
    assert len(delivery.error) == 500


@pytest.mark.parametrize(
    ("outcome", "end"), [(Failed("too long"), FAILED), (Unreachable("bot was blocked"), UNREACHABLE)]
)
async def test_a_dead_letter_is_listed_and_can_be_sent_again(
    db: Database, outcome: Failed | Unreachable, end: DeliveryState
) -> None:
    await enqueue(db, MEETING, [MIN, JIE])
    await enqueue(db, CHASE, [GROUP])
    box = Outbox(db)
    settled = await _send(box, outcome)
    assert settled.unreachable == (frozenset({MIN, JIE, GROUP}) if end == UNREACHABLE else frozenset())
    first, second = await box.dead_letters(10, notice_id=MEETING.id)
    assert (first.chat_id, first.state, first.error) == (MIN, end, outcome.error)
    assert await box.dead_letters(10, notice_id=MEETING.id, after=first.id) == [second]
    assert [one.chat_id for one in await box.dead_letters(1)] == [MIN]
    assert await box.resend([second.id, 999], LATER) == 1
    assert await box.resend(MEETING.id, LATER) == 1
    assert await states(db) == {MIN: PENDING, JIE: PENDING, GROUP: end}
    await _send(box, Sent(1), now=LATER)
    assert await box.resend(MEETING.id, LATER) == 0, "what arrived is no dead letter"


async def test_a_crashed_courier_resends_after_its_lease_what_was_not_handed_over(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    await box.claim("a", NOW, 10, 60)
    assert await box.expire(NOW + timedelta(seconds=59)) == 0
    assert await box.expire(LATER) == 1
    ((delivery, _),) = await box.claim("b", LATER, 10, 60)
    assert (delivery.doubts, delivery.worker) == (0, "b")
    assert await box.handed([delivery.id], "a", LATER) == frozenset(), "it is another's now"
    assert await box.handed([delivery.id], "b", LATER) == {delivery.id}


async def test_nothing_is_handed_over_once_the_lease_has_ended(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    ((delivery, _),) = await box.claim("a", NOW, 10, 60)
    assert await box.handed([delivery.id], "a", LATER) == frozenset()
    assert await box.handed([delivery.id], "a", NOW) == {delivery.id}


async def test_what_was_handed_over_by_a_crashed_courier_is_sent_again_once_and_counted(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    await _hand(box, "a")
    await box.expire(LATER)
    assert await box.counts() == _counts(pending=1, doubtful=1)
    await _hand(box, "b", now=LATER)
    await box.expire(LATER + timedelta(minutes=2))
    assert await box.counts() == _counts(uncertain=1, doubtful=1)
    assert await box.claim("c", LATER + timedelta(days=9), 10, 60) == []
    assert [one.doubts for one in await box.dead_letters(10)] == [2]


async def test_a_try_without_an_answer_is_a_doubt_like_a_crash(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    await _send(box, Again(NOW, "timeout", doubtful=True))
    assert await box.counts() == _counts(pending=1, doubtful=1)
    await _send(box, Again(NOW, "timeout", doubtful=True))
    assert await box.counts() == _counts(uncertain=1, doubtful=1)


@pytest.mark.parametrize("outcome", [Failed("rejected"), Unreachable("blocked")])
async def test_one_that_may_have_arrived_is_never_said_to_have_failed(db: Database, outcome: Outcome) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    await _send(box, Again(NOW, "timeout", doubtful=True))
    await _send(box, outcome)
    assert await box.counts() == _counts(uncertain=1, doubtful=1)


async def test_a_late_arrival_breaks_the_silence_and_nothing_is_sent_again(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    (delivery_id,) = await _hand(box, "a")
    await box.expire(LATER)
    await box.settle([(delivery_id, "a", Sent(41))], LATER)
    assert await box.counts() == _counts(sent=1)
    assert await box.claim("b", LATER, 10, 60) == []


async def test_of_two_silences_a_late_arrival_breaks_one(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    (delivery_id,) = await _hand(box, "a")
    await box.expire(LATER)
    await _hand(box, "b", now=LATER)
    await box.expire(LATER + timedelta(minutes=2))
    for worker, message_id in (("a", 41), ("b", 42)):
        await box.settle([(delivery_id, worker, Sent(message_id))], LATER + timedelta(minutes=3))
        assert await box.counts() == _counts(sent=1, doubtful=1)


@pytest.mark.parametrize("late", [Again(LATER, "x"), Failed("x"), Unreachable("x"), Migrated(SUPERGROUP)])
async def test_a_late_failure_says_nothing_about_the_next_try(db: Database, late: Outcome) -> None:
    await enqueue(db, MEETING, [GROUP])
    box = Outbox(db)
    (delivery_id,) = await _hand(box, "a")
    await box.expire(LATER)
    await box.claim("b", LATER, 10, 60)
    before = await rows(db)
    settled = await box.settle([(delivery_id, "a", late)], LATER)
    assert await rows(db) == before
    assert settled.unreachable == frozenset()


@pytest.mark.parametrize("outcome", [Again(LATER, "x"), Failed("x"), Unreachable("x"), Sent(42), None])
async def test_a_late_arrival_holds_however_the_next_try_ends(db: Database, outcome: Outcome | None) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    (delivery_id,) = await _hand(box, "a")
    await box.expire(LATER)
    await _hand(box, "b", now=LATER)
    await box.settle([(delivery_id, "a", Sent(41))], LATER)
    assert await box.counts() == _counts(sending=1, doubtful=1)
    if outcome is None:
        await box.expire(LATER + timedelta(minutes=2))
    else:
        await box.settle([(delivery_id, "b", outcome)], LATER)
    assert await box.counts() == _counts(sent=1, doubtful=1)


async def test_one_that_turned_out_to_have_arrived_does_not_go_to_the_network_again(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    (delivery_id,) = await _hand(box, "a")
    await box.expire(LATER)
    await box.claim("b", LATER, 10, 60)
    await box.settle([(delivery_id, "a", Sent(41))], LATER)
    assert await box.handed([delivery_id], "b", LATER) == frozenset()
    assert await box.release("b") == 0
    assert await box.cancel(MEETING.id, LATER) == 0
    await box.expire(LATER + timedelta(minutes=2))
    assert await states(db) == {MIN: SENT}


async def test_telling_the_same_end_twice_is_harmless(db: Database) -> None:
    await enqueue(db, MEETING, [1, 2, 3, 4])
    box = Outbox(db)
    ids = await _hand(box, "a")
    ends: list[Outcome] = [Sent(9), Again(NOW, "x"), Failed("y"), Unreachable("z")]
    batch = [(delivery_id, "a", end) for delivery_id, end in zip(ids, ends, strict=True)]
    await box.settle(batch + batch, NOW)
    once = await rows(db)
    assert [row["state"] for row in once.values()] == [SENT, PENDING, FAILED, UNREACHABLE]
    assert once[f"{MEETING.id}:2"]["attempts"] == 1
    assert (await box.settle(batch, LATER)).unreachable == frozenset()
    assert await rows(db) == once


async def test_two_couriers_in_one_batch_are_heard_in_turn(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    (delivery_id,) = await _hand(box, "a")
    await box.expire(LATER)
    await _hand(box, "b", now=LATER)
    await box.settle([(delivery_id, "a", Sent(41)), (delivery_id, "b", Failed("x"))], LATER)
    assert await box.counts() == _counts(sent=1, doubtful=1)


@pytest.mark.parametrize("lost", [False, True])
async def test_in_a_batch_each_ends_as_it_would_alone(db: Database, lost: bool) -> None:  # noqa: FBT001 - a parameter
    await enqueue(db, MEETING, range(1, 6))
    box = Outbox(db)
    mine = [one.id for one, _ in await box.claim("a", NOW, 5, 60)]
    await box.handed(mine, "a", NOW)
    if lost:  # the last one, which another courier has taken over
        await box.settle([(mine[4], "a", Again(NOW, "502"))], NOW)
        await box.claim("b", NOW, 5, 60)
    outcomes: list[Outcome] = [Sent(41), Failed("no"), Sent(43), Unreachable("blocked"), Sent(45)]
    batch = [(one, "a", outcome) for one, outcome in zip(mine, outcomes, strict=True)]
    assert (await box.settle(batch, NOW)).unreachable == {4}
    ends = [(row["state"], row["message_id"], row["worker"]) for row in (await rows(db)).values()]
    last = (DeliveryState.SENDING, 45, "b") if lost else (SENT, 45, None)
    failed, unreachable = (DeliveryState.FAILED, None, None), (DeliveryState.UNREACHABLE, None, None)
    assert ends == [(SENT, 41, None), failed, (SENT, 43, None), unreachable, last]


async def test_a_batch_is_settled_as_a_whole_or_not_at_all(db: Database) -> None:
    await enqueue(db, MEETING, [1, 2])
    box = Outbox(db)
    ids = await _hand(box, "a")
    ends: list[Settlement] = [
        (ids[0], "a", Failed("no")),
        (ids[1], "a", Again(NOW.replace(tzinfo=None), "x")),
    ]
    with pytest.raises(StatementError, match="needs a time zone"):
        await box.settle(ends, NOW)
    assert set((await states(db)).values()) == {SENDING}


async def test_a_group_that_moved_is_written_to_at_its_new_id_everywhere(db: Database) -> None:
    await enqueue(db, MEETING, [GROUP, MIN])
    await enqueue(db, CHASE, [GROUP], due_at=LATER)
    box = Outbox(db)
    claimed = {one.chat_id: one.id for one, _ in await box.claim("a", NOW, 10, 60)}
    moved = [(claimed[GROUP], "a", Migrated(SUPERGROUP))]
    assert (await box.settle(moved, NOW)).migrated == {GROUP: SUPERGROUP}
    assert (await box.settle(moved, NOW)).migrated == {}
    assert {row["chat_id"] for row in (await rows(db)).values()} == {SUPERGROUP, MIN}
    again = await box.claim("a", LATER, 10, 60)
    assert [(one.chat_id, one.notice_id, one.attempts) for one, _ in again] == [
        (SUPERGROUP, MEETING.id, 1),
        (SUPERGROUP, CHASE.id, 0),
    ]


async def test_a_group_known_to_have_moved_needs_no_failed_try(db: Database) -> None:
    await enqueue(db, MEETING, [GROUP, MIN])
    assert await Outbox(db).migrate(GROUP, SUPERGROUP) == 1
    assert await states(db) == {SUPERGROUP: PENDING, MIN: PENDING}


async def test_what_is_called_back_is_not_sent_unless_it_was_handed_over(db: Database) -> None:
    await enqueue(db, MEETING, [1, 2, 3, 4])
    await enqueue(db, CHASE, [5])
    box = Outbox(db)
    await _send(box, Again(NOW, "timeout", doubtful=True), limit=1)
    ids = {one.chat_id: one.id for one, _ in await box.claim("a", NOW, 3, 60)}
    assert await box.handed([ids[2]], "a", NOW) == {ids[2]}
    assert await box.cancel(MEETING.id, NOW) == 3
    assert await states(db) == {1: UNCERTAIN, 2: SENDING, 3: CANCELLED, 4: CANCELLED, 5: PENDING}
    assert await box.handed([ids[1], ids[3]], "a", NOW) == frozenset()
    assert await box.cancel(MEETING.id, NOW) == 0


async def test_a_courier_that_leaves_gives_back_what_it_did_not_hand_over(db: Database) -> None:
    await enqueue(db, MEETING, [1, 2])
    box = Outbox(db)
    (first, _), (second, _) = await box.claim("a", NOW, 10, 60)
    await box.handed([first.id], "a", NOW)
    assert await box.release("b") == 0
    assert await box.release("a") == 1
    assert await states(db) == {1: SENDING, 2: PENDING}
    assert [one.id for one, _ in await box.claim("b", NOW, 10, 60)] == [second.id]


async def test_a_courier_back_after_a_crash_takes_up_what_stood_under_its_name_before_the_lease_ends(
    db: Database,
) -> None:
    await enqueue(db, MEETING, [1, 2, 3])
    box = Outbox(db)
    (first, _), (second, _) = await box.claim("a", NOW, 2, 60)
    await _hand(box, "b")
    await box.handed([first.id], "a", NOW)
    assert await box.take_up("a", NOW) == 2
    assert await states(db) == {1: PENDING, 2: PENDING, 3: SENDING}
    assert await box.counts() == _counts(pending=2, sending=1, doubtful=1)
    assert [one.id for one, _ in await box.claim("a", NOW, 10, 60)] == [first.id, second.id]
    await box.handed([first.id, second.id], "a", NOW)
    assert await box.take_up("a", NOW) == 2
    assert await states(db) == {1: UNCERTAIN, 2: PENDING, 3: SENDING}
    assert await box.take_up("a", NOW) == 0


async def test_what_may_have_arrived_before_a_crash_goes_behind_what_surely_did_not(db: Database) -> None:
    await enqueue(db, MEETING, [1, 2, 3, 4])
    box = Outbox(db)
    ids = [one.id for one, _ in await box.claim("a", NOW, 2, 60)]
    await box.handed(ids[:1], "a", NOW)
    after = NOW + timedelta(seconds=1)
    await box.take_up("a", after)
    assert [one.chat_id for one, _ in await box.claim("a", after, 10, 60)] == [2, 3, 4, 1]


async def test_what_turned_out_to_have_arrived_is_not_taken_up_to_be_sent_again(db: Database) -> None:
    await enqueue(db, MEETING, [MIN])
    box = Outbox(db)
    (late,) = await _hand(box, "a")
    await box.expire(LATER)
    await box.claim("b", LATER, 10, 60)
    await box.settle([(late, "a", Sent(41))], LATER)
    assert await box.take_up("b", LATER) == 1
    assert await states(db) == {MIN: SENT}


async def test_the_archive_takes_what_is_settled_long_ago_and_still_counts(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.outbox_desk.BATCH", 2)
    await enqueue(db, MEETING, range(1, 6))
    box = Outbox(db)
    await _send(box, Sent(1), limit=3)
    await _send(box, Failed("no"), limit=1, now=LATER)
    before = await box.counts(MEETING.id)
    assert await box.archive(NOW) == 0
    assert await box.archive(LATER) == 3
    assert (
        await box.counts(MEETING.id) == await box.counts() == before == _counts(sent=3, failed=1, pending=1)
    )
    assert await box.counts("broadcast:2") == _counts()
    assert await enqueue(db, MEETING, range(1, 7)) == 1, "an archived key is not sent again"
    assert len(await rows(db)) == 6
    assert await box.archive(LATER + timedelta(days=1)) == 1


async def test_a_report_about_an_archived_delivery_is_passed_over(db: Database) -> None:
    await enqueue(db, MEETING, [1])
    box = Outbox(db)
    ids = await _hand(box, "a")
    await box.settle([(ids[0], "a", Sent(1))], NOW)
    await box.archive(LATER)
    await enqueue(db, MEETING, [2])
    before = await rows(db)
    await box.settle([(ids[0], "a", Sent(2))], LATER)
    assert await rows(db) == before, "no id is given twice"


async def test_a_long_list_is_expired_in_batches(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.outbox.BATCH", 2)
    await enqueue(db, MEETING, range(1, 6))
    box = Outbox(db)
    await box.claim("a", NOW, 10, 60)
    assert await box.expire(LATER) == 5
    assert Counter((await states(db)).values()) == {PENDING: 5}


async def test_notices_in_memory_are_bounded(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.outbox._KNOWN_NOTICES", 3)
    box = Outbox(db)
    for number in range(10):
        notice = Notice(id=f"n{number}")
        await enqueue(db, notice, [MIN])
        assert [told for _, told in await box.claim("a", NOW, 10, 60)] == [notice]
    assert len(box._notices) <= 4


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_an_idle_claim_looks_at_no_settled_or_future_row(db: Database) -> None:
    statement = str(CLAIM.compile(dialect=sqlite.dialect()))
    async with db.read() as connection:
        unbound = (1,) * statement.count("?")
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", unbound)
        searches = [step for step in plan.scalars(3) if "deliveries" in step]
    by_index = "SEARCH deliveries USING INDEX ix_deliveries_due (priority=? AND due_at<?)"
    assert Counter(searches) == {by_index: 2, "SEARCH deliveries USING INTEGER PRIMARY KEY (rowid=?)": 1}


def _counts(*, doubtful: int = 0, **numbers: int) -> Counts:
    by_state = {state: numbers.pop(state, 0) for state in DeliveryState}
    assert not numbers
    return Counts(by_state=by_state, doubtful=doubtful)


async def _hand(box: Outbox, worker: str, *, now: datetime = NOW, limit: int = 10) -> list[int]:
    ids = [one.id for one, _ in await box.claim(worker, now, limit, 60)]
    assert await box.handed(ids, worker, now) == set(ids)
    return ids


async def _send(box: Outbox, outcome: Outcome, *, now: datetime = NOW, limit: int = 10) -> Settled:
    ids = await _hand(box, "a", now=now, limit=limit)
    assert ids
    return await box.settle([(one, "a", outcome) for one in ids], now)
