"""What nobody answers is told once more, a bounded number of times; then administrators are told, once."""

from datetime import timedelta

from domain.channels import FIRST_ADDRESS
from domain.events import EVERYTHING, Subject
from domain.policy import FactKind
from domain.reminders import Digest, Reason, ReminderSettings, ReminderState
from storage.database import Database
from storage.outbox import Outbox
from storage.reminders import Reminders
from storage.standings import About, Standings
from storage.subscriptions import Subscriptions
from tests.storage.reminders_cast import (
    GROUP,
    JIE,
    MIN,
    NOW,
    POLICY,
    T1,
    WORKDAYS,
    at,
    due,
    follow,
    lay,
    meet,
    queued,
    stand,
)

FRIDAY = due("2026-05-29")
TWICE = ReminderSettings(leads=(7, 0), repeats=2)
ADMIN = 9_001
OFFICE = Subject("river-2025", FactKind.DEPARTMENT, "D1")


async def pass_days(db: Database, first: str, days: int) -> list[tuple[str, int]]:
    """Fire at nine on so many days, with nights and weekends; the days of messages, and to whom."""
    told: list[tuple[str, int]] = []
    seen = len(await queued(db))
    for number in range(days):
        now = at(f"{first} 09:00") + timedelta(days=number)
        await Reminders(db, Outbox(db), admins=[ADMIN]).fire(now, WORKDAYS)
        sent = await queued(db)
        told += [(notice.facts["day"], chat) for chat, _, notice in sent[seen:]]
        seen = len(sent)
    return told


async def test_after_the_last_lead_it_is_told_twice_more_and_then_administrators_once(db: Database) -> None:
    await meet(db, [GROUP])
    await follow(db, GROUP, settings=TWICE)
    await lay(db, FRIDAY)
    # Between the leads nothing is repeated: the next lead does that. The weekend is left out.
    assert await pass_days(db, "2026-05-20", 60) == [
        ("2026-05-22", GROUP),
        ("2026-05-29", GROUP),
        ("2026-06-01", GROUP),
        ("2026-06-02", GROUP),
        ("2026-06-03", ADMIN),
    ]
    _, _, notice = (await queued(db))[-1]
    (item,) = notice.facts["unanswered"]
    assert (item["chat_id"], item["event"]) == (GROUP, "river-2025/target/T1")
    assert item["told_at"] == at("2026-06-02 09:00").isoformat()
    assert [state for _, state, _ in await stand(db)] == ["sent", "sent", "sent", "sent", "escalated"]


async def test_whoever_answers_is_left_alone(db: Database) -> None:
    for chat in (GROUP, MIN, JIE):
        await follow(db, chat, settings=TWICE)
    await lay(db, FRIDAY)
    standings = Standings(db)
    assert len(await pass_days(db, "2026-05-29", 1)) == 3
    await standings.acknowledge(About(chat_id=GROUP, occurrence=1), MIN, "周敏", at("2026-05-29 10:00"))
    assert await pass_days(db, "2026-05-30", 3) == [("2026-06-01", MIN), ("2026-06-01", JIE)]
    await standings.done(About(chat_id=MIN, occurrence=1), MIN, "周敏", at("2026-06-01 10:00"))
    await standings.acknowledge(About(chat_id=JIE, occurrence=1), JIE, "林洁", at("2026-06-01 10:00"))
    assert await pass_days(db, "2026-06-02", 30) == []
    counts = await Reminders(db, Outbox(db)).counts()
    assert counts[ReminderState.ESCALATED] == counts[ReminderState.PLANNED] == 0


async def test_one_who_answered_the_first_lead_hears_the_later_ones_but_no_repeats(db: Database) -> None:
    await follow(db, MIN, settings=TWICE)
    await lay(db, FRIDAY)
    await pass_days(db, "2026-05-22", 1)
    await Standings(db).acknowledge(About(chat_id=MIN, occurrence=1), MIN, "周敏", at("2026-05-22 10:00"))
    assert await pass_days(db, "2026-05-23", 30) == [("2026-05-29", MIN)]


async def test_what_was_put_off_is_asked_about_as_if_it_were_told_for_the_first_time(db: Database) -> None:
    await follow(db, MIN, settings=TWICE)
    await lay(db, FRIDAY)
    about = About(chat_id=MIN, occurrence=1)
    await pass_days(db, "2026-05-29", 4)  # and once more on Monday
    assert await Standings(db).snooze(about, at("2026-06-08 09:00"), at("2026-06-01 10:00"))
    assert await pass_days(db, "2026-06-02", 30) == [
        ("2026-06-08", MIN),
        ("2026-06-09", MIN),
        ("2026-06-10", MIN),
        ("2026-06-11", ADMIN),
    ]


async def test_a_place_that_follows_it_twice_is_asked_once(db: Database) -> None:
    for what in (EVERYTHING, POLICY, T1):
        await follow(db, MIN, what, settings=TWICE)
    await lay(db, FRIDAY)
    assert await pass_days(db, "2026-05-29", 30) == [
        ("2026-05-29", MIN),
        ("2026-06-01", MIN),
        ("2026-06-02", MIN),
        ("2026-06-03", ADMIN),
    ]


async def test_other_channels_cannot_answer_and_are_not_asked_to(db: Database) -> None:
    await follow(db, FIRST_ADDRESS, settings=TWICE)
    await lay(db, FRIDAY)
    assert await pass_days(db, "2026-05-29", 30) == [("2026-05-29", FIRST_ADDRESS)]


async def test_a_weekly_digest_repeats_weekly(db: Database) -> None:
    weekly = ReminderSettings(leads=(0,), repeats=1, digest=Digest.WEEKLY)
    await follow(db, MIN, settings=weekly)
    await lay(db, FRIDAY)
    assert await pass_days(db, "2026-05-20", 40) == [
        ("2026-05-25", MIN),
        ("2026-06-01", MIN),
        ("2026-06-08", ADMIN),
    ]


async def test_planning_anew_leaves_what_was_to_be_repeated(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(leads=(30,), repeats=1))
    await lay(db, FRIDAY)
    assert await pass_days(db, "2026-04-29", 1) == [("2026-04-29", MIN)]
    await lay(db, FRIDAY, due("2026-09-01", "T2"), now=at("2026-04-29 12:00"))
    assert await pass_days(db, "2026-04-30", 1) == [("2026-04-30", MIN)]
    await lay(db, FRIDAY, due("2026-10-01", "T2"), now=at("2026-04-30 12:00"))
    assert await pass_days(db, "2026-05-01", 1) == [("2026-05-01", ADMIN)]


async def test_of_a_date_that_was_put_off_nobody_is_asked_any_more(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(leads=(7,), repeats=2))
    await lay(db, FRIDAY)
    await pass_days(db, "2026-05-22", 1)
    await lay(db, due("2026-08-28"), now=at("2026-05-22 12:00"))
    assert await pass_days(db, "2026-05-23", 30) == []
    assert ("cancelled", Reason.VANISHED) in [one[1:] for one in await stand(db)]


async def test_who_unfollows_or_mutes_is_not_asked(db: Database) -> None:
    one = await follow(db, MIN, settings=TWICE)
    await follow(db, JIE, settings=TWICE)
    await lay(db, FRIDAY)
    await pass_days(db, "2026-05-29", 1)
    await Subscriptions(db).unfollow(one)
    await Subscriptions(db).mute(JIE, None, at("2026-08-01 00:00"))
    assert await pass_days(db, "2026-05-30", 30) == []


async def test_administrators_hear_once_a_day_that_something_was_missed(db: Database) -> None:
    for chat in (MIN, JIE, GROUP):
        await follow(db, chat, settings=ReminderSettings(leads=(7,), repeats=0))
    await lay(db, FRIDAY, due("2026-05-29", "T2"))
    reminders = Reminders(db, Outbox(db), admins=[ADMIN])
    while (await reminders.fire(at("2026-06-01 09:00"), WORKDAYS, 1)).looked_at:
        pass
    assert [(chat, notice.facts) for chat, _, notice in await queued(db)] == [
        (ADMIN, {"day": "2026-06-01", "missed": True})
    ]
    assert len(await reminders.missed(NOW)) == 6


async def test_departments_are_late_with_what_they_were_told_and_have_not_done(db: Database) -> None:
    await meet(db, [GROUP])
    await follow(db, GROUP, OFFICE, settings=TWICE)
    await follow(db, JIE, OFFICE, settings=TWICE)
    await follow(db, MIN, settings=TWICE)  # reads along, is in charge of nothing
    await lay(db, due("2026-05-29", "T1", OFFICE))
    await pass_days(db, "2026-05-22", 1)
    reminders = Reminders(db, Outbox(db))
    assert await reminders.late(FRIDAY.day) == []
    await Standings(db).done(About(chat_id=JIE, occurrence=1), JIE, "林洁", at("2026-05-28 09:00"))
    (one,) = await reminders.late(FRIDAY.day + timedelta(days=1))
    assert (one.chat_id, one.facts["event"], one.acknowledged_at) == (GROUP, "river-2025/target/T1", None)
    assert await reminders.late(FRIDAY.day + timedelta(days=91)) == []
