"""Added dates in the store: kept as they were given, each change audited with what it changed."""

from datetime import date

import pytest

from domain.errors import BadInput
from domain.events import EVERYTHING, EventKind, Lunar, Rule, Span
from domain.policy import Name
from domain.reminders import ReminderSettings
from scheduler.events import occurrences
from storage.audit import AuditLog
from storage.database import Database
from storage.dates import AddedDate, Dates
from tests.storage.reminders_cast import GROUP, MIN, NOW, follow, lay

ONE = AddedDate(name=Name(zh="季度会"), first=date(2026, 6, 10))
WHENS = (
    Span(first=date(2027, 3, 15), last=date(2027, 3, 15)),
    Span(first=date(2027, 5, 1), last=date(2027, 5, 5)),
    Rule(first=date(2026, 11, 28), text="FREQ=MONTHLY;BYMONTHDAY=28"),
    Rule(first=date(2027, 10, 14), text="FREQ=YEARLY", days=7),
    Lunar(month=8, day=15, days=2),
)


@pytest.mark.parametrize("when", WHENS)
async def test_a_date_comes_back_as_it_was_given(db: Database, when: Span | Rule | Lunar) -> None:
    one = ONE.at(when)
    assert one.when == when
    assert one.name == ONE.name
    dates = Dates(db)
    number = await dates.add(one, MIN, NOW)
    assert (await dates.all())[number] == one


async def test_each_change_is_audited_once(db: Database) -> None:
    dates = Dates(db)
    number = await dates.add(ONE, MIN, NOW)
    other = AddedDate(kind=EventKind.COLLECTION, name=Name(zh="月报"), first=date(2026, 6, 12))
    assert await dates.change(number, other, MIN, NOW)
    assert await dates.remove(number, MIN, NOW)
    assert not await dates.change(number, ONE, MIN, NOW)
    assert not await dates.remove(number, MIN, NOW)
    entries = await AuditLog(db).of(f"date/{number}", 9)
    assert [(entry.action, entry.detail["name"], entry.actor_id) for entry in entries] == [
        ("date.removed", "月报", MIN),
        ("date.changed", "月报", MIN),
        ("date.added", "季度会", MIN),
    ]


async def test_planned_reminders_of_a_date_are_counted(db: Database) -> None:
    dates = Dates(db)
    number, other = await dates.add(ONE, MIN, NOW), await dates.add(ONE, MIN, NOW)
    assert await dates.planned(number) == 0
    await follow(db, MIN, EVERYTHING)
    await follow(db, GROUP, EVERYTHING)
    await lay(db, *occurrences(ONE.event(number), NOW.date(), date(2026, 12, 31)))
    assert await dates.planned(number) == 2 * len(ReminderSettings().leads)
    assert await dates.planned(other) == 0


@pytest.mark.parametrize(
    "given",
    [
        {"kind": EventKind.TARGET},
        {"first": date(1999, 12, 31)},
        {"days": 0},
        {"days": 367},
        {"lunar": (13, 1)},
        {"lunar": (8, 15), "rule": "FREQ=YEARLY"},
        {"department": "D1"},
    ],
)
def test_what_no_calendar_has_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        AddedDate(**({"name": Name(zh="会"), "first": date(2026, 6, 10)} | given))  # type: ignore[arg-type] # wrong on purpose
