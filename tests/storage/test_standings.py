"""What places say about a reminder: the first answer counts, and later means once more."""

from datetime import timedelta

from domain.reminders import ReminderSettings
from storage.chats import Chats
from storage.database import Database
from storage.standings import About, Standings
from tests.storage.reminders_cast import (
    FORUM,
    GROUP,
    JIE,
    MIN,
    POLICY,
    T1,
    at,
    due,
    fire,
    follow,
    lay,
    leads,
    meet,
    planned,
    queued,
    stand,
)

FRIDAY = due("2026-05-29")
MORNING = at("2026-05-22 09:00")
BOTH = ReminderSettings(repeats=0, leads=(7, 1))
IT = About(chat_id=FORUM, thread_id=5, occurrence=1)
GONE = About(chat_id=FORUM, occurrence=9)


async def told(db: Database) -> Standings:
    """A topic that was told a week before."""
    await follow(db, FORUM, topic=5, settings=BOTH)
    await lay(db, FRIDAY)
    await fire(db, MORNING)
    return Standings(db)


async def test_the_first_to_acknowledge_counts(db: Database) -> None:
    standings = await told(db)
    assert await standings.acknowledge(IT, MIN, "周敏", MORNING)
    assert await standings.acknowledge(IT, JIE, "林洁", MORNING + timedelta(hours=1))
    found = await standings.of(IT)
    assert found is not None
    assert (found.told_at, found.acknowledged_at) == (MORNING, MORNING)
    assert (found.acknowledged_by, found.acknowledged_name) == (MIN, "周敏")
    assert found.facts["day"] == "2026-05-29"


async def test_what_is_done_is_told_no_more_until_that_is_undone(db: Database) -> None:
    standings = await told(db)
    assert await standings.done(IT, MIN, "周敏", MORNING)
    assert (await fire(db, at("2026-05-28 09:00"))).messages == 0
    assert await stand(db) == [(7, "sent", None), (1, "done", None)]
    assert await standings.undo(IT)
    assert not await standings.undo(IT)
    found = await standings.of(IT)
    assert found is not None
    assert found.done_by is None


async def test_undone_in_time_it_is_told_again(db: Database) -> None:
    standings = await told(db)
    await standings.done(IT, MIN, "周敏", MORNING)
    await standings.undo(IT)
    assert (await fire(db, at("2026-05-28 09:00"))).messages == 1


async def test_undone_in_time_what_was_put_off_is_told_when_it_was_to_be(db: Database) -> None:
    standings, monday = await told(db), at("2026-05-25 09:00")
    await standings.snooze(IT, monday, MORNING)
    await standings.done(IT, MIN, "周敏", MORNING + timedelta(hours=1))
    await standings.undo(IT)
    assert (await fire(db, monday)).messages == 1


async def test_what_another_answer_called_off_stays_off(db: Database) -> None:
    standings, monday = await told(db), at("2026-05-25 09:00")
    await standings.snooze(IT, monday, MORNING)
    await standings.acknowledge(IT, MIN, "周敏", MORNING + timedelta(hours=1))
    await standings.done(IT, MIN, "周敏", MORNING + timedelta(hours=2))
    await standings.undo(IT)
    assert (await fire(db, monday)).messages == 0


async def test_later_is_once_more_and_the_plan_stays(db: Database) -> None:
    standings = await told(db)
    monday, tuesday = at("2026-05-25 09:00"), at("2026-05-26 09:00")
    assert await standings.snooze(IT, monday, MORNING)
    assert await standings.snooze(IT, tuesday, MORNING)
    await lay(db, FRIDAY, due("2026-08-03", "T2"))  # planned anew meanwhile
    assert [one for one in await planned(db) if one[0] == "T1"] == [
        ("T1", 7, "2026-05-26 09:00"),
        ("T1", 1, "2026-05-28 09:00"),
    ]
    assert (await fire(db, monday)).messages == 0
    assert (await fire(db, tuesday)).messages == 1
    assert (await fire(db, at("2026-05-28 09:00"))).messages == 1
    assert [leads(notice) for _, _, notice in await queued(db)] == [[("T1", 7)], [("T1", 7)], [("T1", 1)]]


async def test_who_has_answered_is_not_told_once_more(db: Database) -> None:
    standings = await told(db)
    await standings.snooze(IT, at("2026-05-25 09:00"), MORNING)
    await standings.acknowledge(IT, MIN, "周敏", MORNING)
    assert (await fire(db, at("2026-05-25 09:00"))).looked_at == 0
    assert ("cancelled", "answered") in [one[1:] for one in await stand(db)]


async def test_the_answer_of_one_place_is_not_anothers(db: Database) -> None:
    await follow(db, JIE, T1, settings=BOTH)
    await follow(db, MIN, POLICY, settings=BOTH)
    standings = await told(db)
    await standings.done(IT, MIN, "周敏", MORNING)
    assert (await fire(db, at("2026-05-28 09:00"))).messages == 2


async def test_of_what_is_gone_nothing_can_be_said(db: Database) -> None:
    standings = await told(db)
    assert await standings.of(GONE) is None
    assert not await standings.acknowledge(GONE, MIN, "周敏", MORNING)
    assert not await standings.done(GONE, MIN, "周敏", MORNING)
    assert not await standings.snooze(GONE, MORNING, MORNING)
    assert not await standings.snooze(About(chat_id=JIE, occurrence=IT.occurrence), MORNING, MORNING)


async def test_a_silenced_event_is_heard_of_no_more_until_it_is_wanted_again(db: Database) -> None:
    standings = await told(db)
    assert await standings.silence(IT, MIN, MORNING)
    assert await standings.silence(IT, JIE, MORNING)
    assert not await standings.silence(GONE, MIN, MORNING)
    assert (await fire(db, at("2026-05-28 09:00"))).messages == 0
    assert await stand(db) == [(7, "sent", None), (1, "cancelled", "muted")]
    (silent,) = await standings.silenced(FORUM, 5)
    assert (silent.id, silent.silenced) == (IT.occurrence, True)
    assert await standings.open(FORUM, 5) == []
    assert await standings.unsilence(FORUM, 5, "river-2025/target/T1")
    assert not await standings.unsilence(FORUM, 5, "river-2025/target/T1")
    assert [one.id for one in await standings.open(FORUM, 5)] == [IT.occurrence]


async def test_a_message_is_known_by_what_it_told(db: Database) -> None:
    standings = await told(db)
    ((_, _, notice),) = await queued(db)
    (item,) = await standings.told_in(notice.id)
    assert (item["id"], item["lead"], item["event"]) == (IT.occurrence, 7, "river-2025/target/T1")
    assert await standings.told_in("reminders:0123456789abcdef") == []


async def test_what_a_group_said_goes_with_it_when_it_gets_another_id(db: Database) -> None:
    await follow(db, GROUP, settings=BOTH)
    await lay(db, FRIDAY)
    await meet(db, [GROUP])
    await fire(db, MORNING)
    standings, old = Standings(db), About(chat_id=GROUP, occurrence=1)
    await standings.done(old, MIN, "周敏", MORNING)
    await standings.silence(old, MIN, MORNING)
    chats = await Chats.load(db)
    await chats.migrate(GROUP, FORUM, MORNING)
    found = await standings.of(About(chat_id=FORUM, occurrence=1))
    assert found is not None
    assert (found.done_by, found.silenced) == (MIN, True)
    gone = await standings.of(old)
    assert gone is not None
    assert (gone.done_by, gone.silenced) == (None, False)
