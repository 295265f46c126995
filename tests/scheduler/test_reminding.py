"""The two ticks: from the store's dates to messages in the outbox, whatever changes in between."""

import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.errors import BadInput
from domain.events import EVERYTHING, EventKind, Subject
from domain.policy import FactKind, Name
from domain.reminders import ReminderSettings
from scheduler.holidays import workdays
from scheduler.reminding import Reminding
from storage.database import Database
from storage.dates import AddedDate, Dates
from storage.outbox import Outbox
from storage.policies import save_policies
from storage.reminders import Reminders
from storage.schema import reminders
from storage.subscriptions import Subscription, Subscriptions
from tests.storage.reminders_cast import CHINA, MIN, at, follow, queued
from tests.storage.samples import LUCHENG
from tests.stores import new_store

CALENDAR = workdays()


class Office:
    """A service with its clock."""

    def __init__(self, db: Database, now: datetime) -> None:
        self.db = db
        self.now = now
        self.wakes = 0
        self.dates = Dates(db)
        self.reminding = Reminding(
            db, Reminders(db, Outbox(db)), CALENDAR, now=lambda: self.now, wake=self._wake
        )

    def _wake(self) -> None:
        self.wakes += 1

    async def tick(self, now: str | datetime) -> int:
        """Both ticks at that time."""
        self.now = at(now) if isinstance(now, str) else now
        await self.reminding.plan()
        return await self.reminding.fire()


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """One with the dates that come with the tables."""
    async with new_store(tmp_path) as db:
        yield Office(db, at("2025-01-06 08:00"))


async def test_the_dates_of_every_year_come_with_the_tables(office: Office) -> None:
    await follow(office.db, MIN, EVERYTHING, settings=ReminderSettings(leads=(0,)))
    day, told = date(2025, 1, 6), []
    while day.year == 2025:
        if await office.tick(datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)):
            told.append(day)
        day += timedelta(days=1)
    # The fifteenth of March is a Saturday.
    assert told == [date(2025, 3, 14), date(2025, 9, 1), date(2025, 10, 14)]
    names = [notice.facts["items"][0]["name"]["zh"] for _, _, notice in await queued(office.db)]
    assert names == ["消费者权益日", "质量月", "世界标准日"]
    assert office.wakes == 3


async def test_a_policy_that_is_loaded_is_planned_at_the_next_tick(office: Office) -> None:
    await follow(office.db, MIN, Subject("lucheng-2024", FactKind.POLICY, ""))
    assert await office.reminding.plan() == 1
    assert await office.reminding.plan() == 0
    await save_policies(office.db, [LUCHENG], now=office.now, saved_by="周敏")
    assert await office.reminding.plan() == 1
    assert await office.tick("2025-05-30 09:00") == 1  # 30 days before the end of June, a Saturday
    ((_, _, notice),) = await queued(office.db)
    assert [item["event"] for item in notice.facts["items"]] == ["lucheng-2024/target/T2"]


async def test_an_added_date_is_told_moved_and_called_off(office: Office) -> None:
    await follow(office.db, MIN, EVERYTHING, settings=ReminderSettings(leads=(1,)))
    one = AddedDate(name=Name(zh="季度会"), first=date(2025, 2, 20))
    number = await office.dates.add(one, MIN, office.now)
    await office.tick("2025-01-06 09:00")
    moved = AddedDate(name=Name(zh="季度会"), first=date(2025, 2, 27))
    assert await office.dates.change(number, moved, MIN, at("2025-01-07 09:00"))
    assert await office.tick("2025-02-19 09:00") == 0
    assert await office.tick("2025-02-26 09:00") == 1
    assert await office.dates.remove(number, MIN, office.now)
    assert not await office.dates.remove(number, MIN, office.now)
    assert await office.tick("2025-02-26 09:01") == 0


async def test_the_plan_goes_on_from_year_to_year(office: Office) -> None:
    await follow(office.db, MIN, EVERYTHING, settings=ReminderSettings(leads=(0,)))
    assert await office.tick("2025-09-01 09:00") == 1
    assert await office.tick("2027-08-31 09:00") == 0
    assert await office.tick("2027-09-01 09:00") == 1


async def test_a_restart_repeats_nothing(office: Office) -> None:
    await follow(office.db, MIN, EVERYTHING, settings=ReminderSettings(leads=(0,)))
    assert await office.tick("2025-03-14 09:00") == 1
    again = Office(office.db, office.now)
    assert await again.tick("2025-03-14 09:00") == 0
    assert await again.tick("2025-03-14 10:00") == 0


async def test_added_dates_of_every_sort_are_kept(office: Office) -> None:
    some = [
        AddedDate(
            kind=EventKind.COLLECTION,
            name=Name(zh="月报", en="Monthly figures"),
            first=date(2025, 1, 28),
            rule="FREQ=MONTHLY;BYMONTHDAY=28",
            policy="p1",
            department="D1",
        ),
        AddedDate(name=Name(zh="中秋"), first=date(2025, 1, 1), lunar=(8, 15), days=3),
    ]
    numbers = [await office.dates.add(one, MIN, office.now) for one in some]
    kept = await office.dates.all()
    assert [kept[number] for number in numbers] == some
    event = kept[numbers[0]].event(numbers[0])
    assert {
        Subject("p1", FactKind.DEPARTMENT, "D1"),
        Subject("", FactKind.EVENT, "collection"),
    } <= event.subjects


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"days": 0}, "1 to 366 days"),
        ({"first": date(9999, 12, 31)}, "2000 to 2099"),
        ({"lunar": (13, 1)}, "lunar month"),
        ({"lunar": (1, 31)}, "lunar month"),
        ({"lunar": (1, 1), "rule": "FREQ=YEARLY"}, "not by both"),
        ({"kind": EventKind.TARGET}, "can't be added"),
        ({"department": "D1"}, "one of a policy"),
    ],
)
def test_a_date_that_no_calendar_has_is_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        AddedDate(**{"name": Name(zh="会"), "first": date(2025, 1, 1)} | wrong)  # type: ignore[arg-type] # that is the point


# What may happen in a year, each with a number that says to whom or to what.
acts = st.lists(
    st.tuples(
        st.sampled_from(
            ["follow", "unfollow", "change", "add", "move", "remove", "mute", "down", "tick", "tick"]
        ),
        st.integers(0, 2),
        st.integers(0, 300),
    ),
    min_size=4,
    max_size=14,
)


@given(acts)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_whatever_happens_nobody_is_told_twice_or_at_night_and_all_is_accounted_for(
    happened: list[tuple[str, int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with new_store(Path(folder)) as db:
            town = Town(db)
            for act, which, how in happened:
                await town.act(act, which, how)
                await town.look()
            await town.pass_time(timedelta(days=400))
            await town.require_all_accounted_for()


class Town(Office):
    """An office to which things happen; three chats, three dates."""

    ways = (
        ReminderSettings(),
        ReminderSettings(leads=(14, 3), zone="Europe/Berlin", repeats=0),
        ReminderSettings(leads=(30, 0), zone="America/New_York", repeats=1),
    )

    def __init__(self, db: Database) -> None:
        super().__init__(db, at("2025-01-06 08:00"))
        self.numbers: dict[int, int] = {}
        self.seen = 0
        self.told: defaultdict[tuple[int, str, str, str], list[tuple[int, int]]] = defaultdict(list)
        self.way = dict.fromkeys(range(3), self.ways[0])

    async def act(self, act: str, which: int, how: int) -> None:
        """Let it happen."""
        chat, follows = 100 + which, Subscriptions(self.db)
        one = Subscription(chat_id=chat, policy_id="", created_by=MIN)
        new = AddedDate(name=Name(zh=f"会{which}"), first=self.now.date() + timedelta(days=how))
        match act:
            case "follow":
                if await follows.follow(one, self.now):
                    self.way[which] = self.ways[0]
            case "unfollow":
                await follows.unfollow(one)
            case "change":
                if await follows.change(chat, None, self.ways[how % 3]):
                    self.way[which] = self.ways[how % 3]
            case "mute":
                await follows.mute(chat, None, self.now + timedelta(days=how))
            case "add" if which not in self.numbers:
                self.numbers[which] = await self.dates.add(new, MIN, self.now)
            case "move" if which in self.numbers:
                await self.dates.change(self.numbers[which], new, MIN, self.now)
            case "remove" if which in self.numbers:
                await self.dates.remove(self.numbers.pop(which), MIN, self.now)
            case "down":
                self.now += timedelta(hours=7 * how)
            case _:
                await self.pass_time(timedelta(days=how // 4))

    async def pass_time(self, time: timedelta) -> None:
        """Let time pass, with ticks a moment after each that something is due at."""
        end = self.now + time
        while (due := await self._next_due()) is not None and due <= end:
            self.now = max(self.now, due) + timedelta(seconds=9)
            await self.look()
        self.now = max(self.now, end)
        await self.look()

    async def look(self) -> None:
        """Both ticks; what is sent may disturb, and names an event with ever shorter leads, or again."""
        await self.reminding.plan()
        await self.reminding.fire()
        sent = await queued(self.db)
        for chat, _, notice in sent[self.seen :]:
            assert self.way[chat - 100].may_disturb(self.now, CALENDAR)
            assert notice.facts["items"]
            for item in notice.facts["items"]:
                told = self.told[chat, item["event"], item["occurrence"], item["day"]]
                as_planned = (item["lead"], -item["repetition"])
                assert all(as_planned < before for before in told)
                assert item["repetition"] <= max(one.repeats for one in self.ways)
                told.append(as_planned)
        self.seen = len(sent)

    async def require_all_accounted_for(self) -> None:
        """Every reminder has ended or is still ahead, and none of the states is another's."""
        counts = await Reminders(self.db, Outbox(self.db)).counts()
        async with self.db.read() as connection:
            rows = (await connection.execute(select(reminders))).all()
        assert sum(counts.values()) == len(rows)
        for row in rows:
            assert (row.state == "planned") == (row.ended_at is None) or row.reason == "unfollowed"
            assert row.state != "planned" or row.due_at > self.now
            assert (row.notice_id is not None) == (row.state in {"sent", "late", "escalated"})
            assert (row.reason is not None) == (row.state in {"missed", "cancelled"})

    async def _next_due(self) -> datetime | None:
        first = select(func.min(reminders.c.due_at)).where(reminders.c.state == "planned")
        async with self.db.read() as connection:
            due: datetime | None = await connection.scalar(first)
            return due
