"""Plans in the store: reminders follow them, once each, and only what has changed is moved."""

from datetime import date, time, timedelta

from domain.events import EVERYTHING, Subject
from domain.policy import FactKind
from domain.reminders import ReminderSettings
from domain.workdays import Workdays
from storage.database import Database
from storage.plans import Plans
from storage.subscriptions import Subscriptions
from tests.storage.reminders_cast import (
    GROUP,
    JIE,
    MIN,
    NOW,
    POLICY,
    T1,
    at,
    due,
    fire,
    follow,
    lay,
    plan_of,
    planned,
    rows,
    stand,
)

FRIDAY = due("2026-05-29")


async def test_a_subscription_is_planned_with_every_lead_on_working_days(db: Database) -> None:
    await follow(db, MIN)
    assert await lay(db, FRIDAY) == 1
    assert await planned(db) == [
        ("T1", 30, "2026-04-29 09:00"),
        ("T1", 7, "2026-05-22 09:00"),
        ("T1", 1, "2026-05-28 09:00"),
        ("T1", 0, "2026-05-29 09:00"),
    ]


async def test_planning_again_changes_nothing_at_all(db: Database) -> None:
    await follow(db, MIN)
    await lay(db, FRIDAY)
    before = await rows(db)
    later = NOW + timedelta(hours=5)
    assert await lay(db, FRIDAY, now=later) == 0
    assert not await Plans(db).lay(plan_of(FRIDAY), later)
    await Subscriptions(db).change(MIN, None, ReminderSettings(repeats=0, leads=(7,)))
    await Subscriptions(db).change(MIN, None, ReminderSettings())  # so that it is planned anew
    assert await lay(db, FRIDAY, now=later) == 1
    assert await rows(db) == before


async def test_a_moved_date_moves_exactly_its_reminders(db: Database) -> None:
    await follow(db, MIN)
    await lay(db, FRIDAY, due("2026-06-30", "T2"))
    before = {row["id"]: row for row in await rows(db)}
    later = NOW + timedelta(hours=1)
    assert await lay(db, due("2026-06-05"), due("2026-06-30", "T2"), now=later) == 1
    after = {row["id"]: row for row in await rows(db)}
    assert after.keys() == before.keys()
    moved = {one for one, row in after.items() if row != before[one]}
    assert moved == {one for one, row in before.items() if row["event_key"].endswith("T1")}
    assert {row["day"].isoformat() for one, row in after.items() if one in moved} == {"2026-06-05"}


async def test_a_subscription_gets_what_it_names_and_nothing_else(db: Database) -> None:
    other = Subject("river-2025", FactKind.DEPARTMENT, "D1")
    wanted = {
        1: (T1, ["T1"]),
        2: (POLICY, ["T1", "T2"]),
        3: (EVERYTHING, ["T1", "T2"]),
        4: (other, ["T2"]),
        5: (Subject("lake-2025", FactKind.POLICY, ""), []),
    }
    for chat, (what, _) in wanted.items():
        await follow(db, chat, what, settings=ReminderSettings(repeats=0, leads=(7,)))
    assert await lay(db, FRIDAY, due("2026-06-30", "T2", other), limit=2) == 5
    got: dict[int, list[str]] = {chat: [] for chat in wanted}
    for row in await rows(db):
        got[row["subscription_id"]].append(row["event_key"].rpartition("/")[2])
    assert got == {chat: facts for chat, (_, facts) in wanted.items()}


async def test_what_vanishes_is_cancelled_and_comes_back_with_its_event(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(repeats=0, leads=(7, 1)))
    await lay(db, FRIDAY)
    await lay(db)
    assert await stand(db) == [(7, "cancelled", "vanished"), (1, "cancelled", "vanished")]
    await lay(db, FRIDAY)
    assert await stand(db) == [(7, "planned", None), (1, "planned", None)]


async def test_a_lead_that_is_not_wanted_any_more_is_cancelled(db: Database) -> None:
    await follow(db, MIN)
    await lay(db, FRIDAY)
    assert await Subscriptions(db).change(MIN, None, ReminderSettings(repeats=0, leads=(30, 3))) == 1
    assert await lay(db, FRIDAY) == 1
    assert [(lead, day) for _, lead, day in await planned(db)] == [
        (30, "2026-04-29 09:00"),
        (3, "2026-05-26 09:00"),
    ]
    assert len(await rows(db)) == 5


async def test_whoever_unfollows_has_nothing_planned(db: Database) -> None:
    one = await follow(db, MIN, settings=ReminderSettings(repeats=0, leads=(7,)))
    await follow(db, JIE, settings=ReminderSettings(repeats=0, leads=(7,)))
    await lay(db, FRIDAY)
    assert await Subscriptions(db).unfollow(one)
    assert await stand(db) == [(7, "cancelled", "unfollowed"), (7, "planned", None)]


async def test_what_was_told_is_not_planned_again_when_its_working_day_moves(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(repeats=0, leads=(1,)))
    await lay(db, FRIDAY)
    await fire(db, at("2026-05-28 09:00"))
    plans, afterwards = Plans(db), at("2026-05-28 10:00")
    holiday = Workdays(days_off=frozenset({date(2026, 5, 28)}), published=frozenset({2026}))
    assert await plans.lay(plan_of(FRIDAY, profiles=await plans.profiles(), workdays=holiday), afterwards)
    assert await plans.follow(afterwards) == 1
    assert await stand(db) == [(1, "sent", None)]


async def test_what_was_told_today_is_not_told_again_at_the_new_time_of_day(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(repeats=0, leads=(7,)))
    await lay(db, FRIDAY)
    await fire(db, at("2026-05-22 09:00"))
    await Subscriptions(db).change(MIN, None, ReminderSettings(repeats=0, leads=(7,), at=time(15)))
    assert await lay(db, FRIDAY, now=at("2026-05-22 10:00")) == 1
    assert await stand(db) == [(7, "sent", None)]


async def test_a_date_put_off_after_its_reminder_is_reminded_of_anew(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(repeats=0, leads=(7, 1)))
    await lay(db, FRIDAY)
    await fire(db, at("2026-05-22 09:00"))
    await lay(db, due("2026-06-30"), now=at("2026-05-25 09:00"))
    assert await planned(db) == [("T1", 7, "2026-06-23 09:00"), ("T1", 1, "2026-06-29 09:00")]
    assert (await fire(db, at("2026-06-23 09:00"))).messages == 1


async def test_a_date_moved_back_tells_nothing_twice(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(repeats=0, leads=(30, 7)))
    await lay(db, FRIDAY)
    await fire(db, at("2026-04-29 09:00"))
    await lay(db, due("2026-05-20"), now=at("2026-04-29 10:00"))
    assert await stand(db) == [(30, "sent", None), (7, "planned", None)]


async def test_reminders_of_what_is_over_are_left_to_be_found_missed(db: Database) -> None:
    await follow(db, MIN, settings=ReminderSettings(repeats=0, leads=(0,)))
    await lay(db, FRIDAY)
    monday = at("2026-06-01 09:00")
    await lay(db, now=monday)
    assert await stand(db) == [(0, "planned", None)]
    await fire(db, monday)
    assert await stand(db) == [(0, "missed", "over")]


async def test_a_changed_time_of_an_event_counts_its_changes(db: Database) -> None:
    await lay(db, FRIDAY, due("2026-06-30", "T2"))
    later = NOW + timedelta(hours=1)
    await lay(db, due("2026-06-05"), due("2026-06-30", "T2"), now=later)
    assert await Plans(db).history() == {
        ("river-2025/target/T1", ""): (1, later),
        ("river-2025/target/T2", ""): (0, NOW),
    }


async def test_a_place_is_told_of_all_it_follows_in_one_way(db: Database) -> None:
    early = ReminderSettings(repeats=0, leads=(7,), digest=ReminderSettings().digest)
    await follow(db, GROUP, T1)
    await follow(db, GROUP, POLICY, settings=early)
    await follow(db, GROUP, EVERYTHING)
    held = await Subscriptions(db).of(GROUP, None)
    assert [one.settings for one in held] == [early] * 3
    assert set(await Plans(db).profiles()) == {0, 1}
