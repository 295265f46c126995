"""Firing: each reminder ends once, each place gets one message, in office hours or not at all."""

import asyncio
from datetime import timedelta

import pytest

from domain.delivery import NoticeKind
from domain.events import EVERYTHING
from domain.reminders import Digest, Reason, ReminderSettings, ReminderState
from storage.chats import Chats
from storage.database import Database
from storage.outbox import Outbox
from storage.reminders import Reminders
from storage.subscriptions import Subscriptions
from tests.storage.reminders_cast import (
    FORUM,
    GROUP,
    JIE,
    MIN,
    NOW,
    ONCE,
    POLICY,
    T1,
    WORKDAYS,
    at,
    due,
    fire,
    follow,
    lay,
    leads,
    mark_done,
    meet,
    queued,
    rows,
    stand,
)

FRIDAY = due("2026-05-29")
WEEK = ReminderSettings(repeats=0, leads=(7,))
BOTH = ReminderSettings(repeats=0, leads=(7, 1))
MORNING = at("2026-05-22 09:00")  # seven days before, a Friday


async def test_a_reminder_waits_for_its_time_and_is_told_once(db: Database) -> None:
    await follow(db, MIN, settings=WEEK)
    await lay(db, FRIDAY)
    assert (await fire(db, MORNING - timedelta(seconds=1))).looked_at == 0
    fired = await fire(db, MORNING)
    assert (fired.messages, dict(fired.states)) == (1, {ReminderState.SENT: 1})
    assert (await fire(db, MORNING)).looked_at == 0
    ((chat, topic, notice),) = await queued(db)
    assert (chat, topic, notice.kind) == (MIN, None, NoticeKind.REMINDER)
    assert notice.facts["day"] == "2026-05-22"
    assert notice.facts["items"] == [
        {**FRIDAY.facts(), "id": 1, "lead": 7, "late": False, "repetition": 0, "snoozes": 0}
    ]


async def test_what_a_place_is_told_next_leaves_out_what_is_done_and_what_other_places_are_told(
    db: Database,
) -> None:
    reminders = Reminders(db, Outbox(db))
    await follow(db, MIN, settings=BOTH)
    await follow(db, JIE, settings=WEEK)
    await lay(db, FRIDAY, due("2026-05-29", "T2"))
    first = await reminders.next_for(MIN, None)
    assert first
    assert (first.at, first.facts["fact"], first.more) == (MORNING, "T1", 1)
    await mark_done(db, MIN, "T1")
    alone = await reminders.next_for(MIN, None)
    assert alone
    assert (alone.facts["fact"], alone.more) == ("T2", 0)
    later = await reminders.next_for(MIN, None, after=MORNING + timedelta(seconds=1))
    assert later
    assert later.at == at("2026-05-28 09:00")
    assert await reminders.next_for(MIN, 77) is None
    assert await reminders.next_for(JIE, None, after=later.at) is None


async def test_what_falls_on_one_day_is_one_message_that_names_each_event_once(db: Database) -> None:
    for what in (EVERYTHING, POLICY, T1):
        await follow(db, GROUP, what, settings=BOTH)
    await follow(db, GROUP, T1, topic=5, settings=BOTH)
    # The Saturday's reminders and the Friday's are told on Friday.
    await lay(db, FRIDAY, due("2026-05-30", "T2"), due("2026-05-23", "T3"))
    fired = await fire(db, MORNING)
    assert fired.messages == 2
    told = {topic: leads(notice) for _, topic, notice in await queued(db)}
    assert told == {None: [("T3", 1), ("T1", 7), ("T2", 7)], 5: [("T1", 7)]}


async def test_places_that_are_told_the_same_share_a_notice(db: Database) -> None:
    for chat in (MIN, JIE, GROUP):
        await follow(db, chat, settings=WEEK)
    await lay(db, FRIDAY)
    assert (await fire(db, MORNING)).messages == 3
    sent = await queued(db)
    assert {chat for chat, _, _ in sent} == {MIN, JIE, GROUP}
    assert len({notice.id for _, _, notice in sent}) == 1


async def test_a_place_gets_one_message_however_few_are_taken_at_a_time(db: Database) -> None:
    for chat in (MIN, JIE):
        await follow(db, chat, settings=WEEK)
    await lay(db, FRIDAY, due("2026-05-29", "T2"), due("2026-05-29", "T3"))
    assert [(await fire(db, MORNING, limit=1)).messages for _ in range(3)] == [1, 1, 0]
    assert [len(notice.facts["items"]) for _, _, notice in await queued(db)] == [3, 3]


async def test_several_who_fire_at_once_send_one_message_a_place(db: Database) -> None:
    for chat in (MIN, JIE, GROUP):
        await follow(db, chat, settings=WEEK)
    await lay(db, FRIDAY, due("2026-05-29", "T2"))
    fired = await asyncio.gather(*(fire(db, MORNING, limit=2) for _ in range(6)))
    assert sum(one.messages for one in fired) == 3
    assert sorted(chat for chat, _, _ in await queued(db)) == sorted([MIN, JIE, GROUP])


async def test_a_crash_before_the_end_of_the_transaction_leaves_all_to_be_done(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await follow(db, MIN, settings=WEEK)
    await lay(db, FRIDAY)
    before = await rows(db)

    async def crash(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("storage.reminders.note", crash)
        with pytest.raises(OSError, match="full"):
            await fire(db, MORNING)
    assert await rows(db) == before
    assert await queued(db) == []
    assert (await fire(db, MORNING)).messages == 1


async def test_what_was_due_while_the_service_was_down_is_told_late_and_says_so(db: Database) -> None:
    await follow(db, MIN, settings=BOTH)
    await lay(db, FRIDAY)
    assert (await fire(db, at("2026-05-28 15:00"))).messages == 1
    assert await stand(db) == [(7, "late", None), (1, "late", None)]
    ((_, _, notice),) = await queued(db)
    assert [(item["lead"], item["late"]) for item in notice.facts["items"]] == [(1, True)]


async def test_what_is_over_was_missed_and_is_shown_to_administrators(db: Database) -> None:
    await follow(db, GROUP, settings=WEEK)
    await lay(db, FRIDAY)
    assert (await fire(db, at("2026-05-30 09:00"))).messages == 0
    assert await stand(db) == [(7, "missed", "over")]
    (one,) = await Reminders(db, Outbox(db)).missed(NOW)
    assert (one.chat_id, one.lead, one.reason, one.planned_for) == (GROUP, 7, Reason.OVER, MORNING)
    assert one.facts["event"] == "river-2025/target/T1"


async def test_nobody_is_disturbed_at_night_or_at_the_weekend(db: Database) -> None:
    await follow(db, MIN, settings=WEEK)
    await lay(db, due("2026-06-02"))  # to be told on Tuesday, 26 May
    for night in ("2026-05-27 03:00", "2026-05-30 10:00"):
        fired = await fire(db, at(night))
        assert fired.messages == 0
    ((row,),) = [await rows(db)]
    assert (row["state"], row["due_at"]) == ("planned", at("2026-06-01 09:00"))
    assert row["planned_for"] == at("2026-05-26 09:00")
    await lay(db, due("2026-06-02"), due("2026-09-01", "T2"), now=at("2026-05-30 10:30"))
    assert (await fire(db, at("2026-06-01 09:00"))).messages == 1
    assert (await stand(db))[0] == (7, "late", None)


async def test_a_new_follower_hears_at_once_of_what_is_near_and_only_of_that(db: Database) -> None:
    await lay(db, FRIDAY, due("2026-12-31", "T2"))
    await follow(db, MIN, now=at("2026-05-27 14:00"))
    await lay(db, FRIDAY, due("2026-12-31", "T2"), now=at("2026-05-27 14:01"))
    fired = await fire(db, at("2026-05-27 14:02"))
    assert fired.states == {ReminderState.SENT: 2}
    ((_, _, notice),) = await queued(db)
    assert [(item["fact"], item["lead"], item["late"]) for item in notice.facts["items"]] == [
        ("T1", 7, False)
    ]


async def test_a_longer_lead_is_not_told_after_a_shorter_one_whoever_asks_again(db: Database) -> None:
    one = await follow(db, MIN, settings=WEEK)
    await lay(db, FRIDAY)
    await fire(db, MORNING)
    await Subscriptions(db).change(MIN, None, ReminderSettings(repeats=0, leads=(30, 7, 1)))
    await lay(db, FRIDAY, now=MORNING)
    assert (await fire(db, MORNING + timedelta(hours=1))).messages == 0
    await Subscriptions(db).unfollow(one)
    await follow(db, MIN, settings=WEEK)
    await lay(db, FRIDAY, now=MORNING)
    assert (await fire(db, MORNING + timedelta(hours=2))).messages == 0
    assert len(await queued(db)) == 1


async def test_muted_and_done_are_kept_to(db: Database) -> None:
    for chat in (MIN, JIE, GROUP):
        await follow(db, chat, settings=BOTH)
    await lay(db, FRIDAY)
    await Subscriptions(db).mute(MIN, None, at("2026-05-25 00:00"))
    await mark_done(db, JIE, "T1")
    assert (await fire(db, MORNING)).messages == 1
    assert (await fire(db, at("2026-05-28 09:00"))).messages == 2
    of_lead = {(row["subscription_id"], row["lead"]): (row["state"], row["reason"]) for row in await rows(db)}
    assert of_lead == {
        (1, 7): ("cancelled", "muted"),
        (1, 1): ("sent", None),
        (2, 7): ("done", None),
        (2, 1): ("done", None),
        (3, 7): ("sent", None),
        (3, 1): ("sent", None),
    }


async def test_a_chat_that_is_gone_misses_its_reminders(db: Database) -> None:
    await meet(db, [GROUP], active=False)
    await follow(db, GROUP, settings=WEEK)
    await lay(db, FRIDAY)
    assert (await fire(db, MORNING)).messages == 0
    assert await stand(db) == [(7, "missed", "unreachable")]


async def test_a_daily_digest_holds_what_is_late_until_its_time(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(repeats=0, leads=(7,), digest=Digest.DAILY))
    await lay(db, FRIDAY)
    assert (await fire(db, at("2026-05-25 11:00"))).messages == 0
    assert (await fire(db, at("2026-05-26 08:59"))).looked_at == 0
    assert (await fire(db, at("2026-05-26 09:00"))).messages == 1


async def test_a_group_that_moves_is_not_told_again(db: Database) -> None:
    await meet(db, [GROUP])
    await follow(db, GROUP, T1, settings=BOTH)
    await lay(db, FRIDAY)
    await fire(db, MORNING)
    chats = await Chats.load(db)
    await chats.migrate(GROUP, FORUM, MORNING)
    await follow(db, FORUM, POLICY)
    await lay(db, FRIDAY, now=MORNING)
    assert (await fire(db, MORNING + timedelta(hours=2))).messages == 0
    assert (await fire(db, at("2026-05-28 09:00"))).messages == 1
    assert [chat for chat, _, _ in await queued(db)] == [GROUP, FORUM]


async def test_the_reminders_of_a_subscription_that_is_gone_end(db: Database) -> None:
    await meet(db, [GROUP, FORUM])
    for chat in (GROUP, FORUM):
        await follow(db, chat, settings=WEEK)
    await lay(db, FRIDAY)
    await (await Chats.load(db)).migrate(GROUP, FORUM, NOW)  # whose subscription stays
    fired = await fire(db, MORNING)
    assert fired.states == {ReminderState.SENT: 1, ReminderState.CANCELLED: 1}
    assert [chat for chat, _, _ in await queued(db)] == [FORUM]


async def test_the_numbers_add_up(db: Database) -> None:
    for chat in (MIN, JIE, GROUP):
        await follow(db, chat, settings=ONCE)
    await lay(db, FRIDAY, due("2026-06-30", "T2"))
    await mark_done(db, JIE, "T1")
    for day in ("2026-04-29 09:00", "2026-05-29 12:00", "2026-06-29 23:00", "2026-07-02 09:00"):
        await fire(db, at(day))
    counts = await Reminders(db, Outbox(db)).counts()
    assert sum(counts.values()) == 3 * 2 * 4
    assert counts[ReminderState.PLANNED] == 0
    assert counts[ReminderState.DONE] == 4
    told = counts[ReminderState.SENT] + counts[ReminderState.LATE]
    assert told + counts[ReminderState.MISSED] + counts[ReminderState.CANCELLED] == 20
    assert (await Reminders(db, Outbox(db)).fire(at("2026-07-02 09:00"), WORKDAYS)).looked_at == 0
