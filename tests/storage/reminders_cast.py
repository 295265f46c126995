"""What the tests of reminders share: a few dates, whoever follows them, short ways to plan, fire and look."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from domain.delivery import Notice
from domain.events import EVERYTHING, Event, EventKind, Occurrence, Subject
from domain.plans import Moment, Plan
from domain.policy import FactKind, Name
from domain.reminders import ReminderSettings
from domain.timeline import Precision
from domain.workdays import Workdays
from storage.database import Database
from storage.outbox import Outbox
from storage.plans import Plans
from storage.reminders import Fired, Reminders
from storage.schema import chats, deliveries, notices, occurrences, reminders, standings
from storage.subscriptions import Subscription, Subscriptions

WORKDAYS = Workdays(published=frozenset(range(2025, 2028)))  # weekdays, no holidays
CHINA = ZoneInfo("Asia/Shanghai")
ONCE = ReminderSettings(repeats=0)  # whoever answers or not
MIN, JIE, GROUP, FORUM = 7_000_000_001, 7_000_000_002, -4_000_111, -1_001_234_567_890
T1 = Subject("river-2025", FactKind.TARGET, "T1")
POLICY = Subject("river-2025", FactKind.POLICY, "")


def at(text: str) -> datetime:
    """An instant by the clock in China: `2026-03-02 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


NOW = at("2026-03-02 08:00")  # a Monday


def due(day: str, fact: str = "T1", *more: Subject) -> Occurrence:
    """A target of the river policy due on that day."""
    when = date.fromisoformat(day)
    subject = Subject("river-2025", FactKind.TARGET, fact)
    event = Event(
        key=f"river-2025/target/{fact}",
        kind=EventKind.TARGET,
        name=Name(zh=f"水质监测点{fact}"),
        when=when,  # type: ignore[arg-type] # nobody asks: what matters is the occurrence
        policy="river-2025",
        fact=fact,
        subjects=frozenset({EVERYTHING, POLICY, subject, *more}),
    )
    return Occurrence(event=event, day=when, first=when, last=when, precision=Precision.DAY)


def plan_of(
    *ahead: Occurrence,
    profiles: dict[int, ReminderSettings] | None = None,
    workdays: Workdays = WORKDAYS,
) -> Plan:
    """The plan for these, worked out plainly."""
    moments = [
        Moment(
            occurrence=one,
            lead=lead,
            profile=profile,
            at=settings.moment_for(date.fromordinal(one.day.toordinal() - lead), workdays),
        )
        for profile, settings in (profiles or {0: ReminderSettings()}).items()
        for one in ahead
        for lead in settings.leads
    ]
    return Plan(occurrences=ahead, moments=tuple(moments))


async def lay(db: Database, *ahead: Occurrence, now: datetime = NOW, limit: int = 500) -> int:
    """Make it the plan and let all follow; how many subscriptions had to."""
    plans = Plans(db)
    await plans.lay(plan_of(*ahead, profiles=await plans.profiles()), now)
    total = 0
    while some := await plans.follow(now, limit):
        total += some
    return total


async def follow(
    db: Database,
    chat_id: int,
    what: Subject = POLICY,
    *,
    topic: int | None = None,
    settings: ReminderSettings | None = None,
    now: datetime = NOW,
) -> Subscription:
    """Let a place follow something."""
    one = Subscription(
        chat_id=chat_id,
        thread_id=topic,
        policy_id=what.policy,
        kind=what.kind,
        fact_id=what.fact,
        created_by=MIN,
        settings=settings,
    )
    assert await Subscriptions(db).follow(one, now)
    return one


async def fire(db: Database, now: datetime, *, limit: int = 500) -> Fired:
    """Fire what is due."""
    return await Reminders(db, Outbox(db)).fire(now, WORKDAYS, limit)


async def rows(db: Database) -> list[dict[str, Any]]:
    """Every reminder as the table has it, with the key of its event; by time and lead."""
    found = select(reminders, occurrences.c.event_key, occurrences.c.occurrence)
    found = found.join(occurrences, occurrences.c.id == reminders.c.occurrence_id)
    order = (reminders.c.planned_for, reminders.c.subscription_id, reminders.c.lead, reminders.c.id)
    async with db.read() as connection:
        return [dict(row) for row in (await connection.execute(found.order_by(*order))).mappings()]


async def planned(db: Database) -> list[tuple[str, int, str]]:
    """What waits: the event's fact, the lead, and when by the clock in China."""
    return [
        (
            row["event_key"].rpartition("/")[2],
            row["lead"],
            f"{row['planned_for'].astimezone(CHINA):%Y-%m-%d %H:%M}",
        )
        for row in await rows(db)
        if row["state"] == "planned"
    ]


async def stand(db: Database) -> list[tuple[int, str, str | None]]:
    """Lead, state and reason of every reminder, in the order of time."""
    return [(row["lead"], row["state"], row["reason"]) for row in await rows(db)]


async def queued(db: Database) -> list[tuple[int, int | None, Notice]]:
    """The messages in the outbox: chat, topic and what is told."""
    both = select(deliveries.c.chat_id, deliveries.c.thread_id, notices.c.id, notices.c.document)
    both = both.join(notices, notices.c.id == deliveries.c.notice_id).order_by(deliveries.c.id)
    async with db.read() as connection:
        rows_ = (await connection.execute(both)).all()
    return [(row.chat_id, row.thread_id, Notice.from_json(row.id, row.document)) for row in rows_]


def leads(notice: Notice) -> list[tuple[str, int]]:
    """The facts a message tells of, with their leads."""
    return [(item["fact"], item["lead"]) for item in notice.facts["items"]]


async def meet(db: Database, ids: Iterable[int], *, active: bool = True) -> None:
    """Chats we know."""
    row = {"kind": "group", "title": "", "active": active, "broadcasts": True}
    values = [{"chat_id": one, **row, "created_at": NOW, "updated_at": NOW} for one in ids]
    async with db.write() as connection:
        await connection.execute(chats.insert(), values)


async def mark_done(db: Database, chat_id: int, fact: str) -> None:
    """Note that a chat has reported an event as done."""
    which = select(occurrences.c.id).where(occurrences.c.event_key == f"river-2025/target/{fact}")
    async with db.write() as connection:
        row = {"chat_id": chat_id, "thread_id": 0, "occurrence_id": await connection.scalar(which)}
        await connection.execute(standings.insert(), row | {"done_at": NOW, "done_by": MIN})
