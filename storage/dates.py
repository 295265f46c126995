"""Dates that stand in no policy: added by administrators, once, by a rule, or by the lunar calendar."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, exists, func, insert, select, update

from domain.errors import BadInput
from domain.events import (
    COLLECTIONS,
    EVERYTHING,
    FIRST_YEAR,
    LAST_YEAR,
    Event,
    EventKind,
    Lunar,
    Rule,
    Span,
    Subject,
)
from domain.policy import FactKind, Name
from storage.audit import AuditEntry, AuditLog
from storage.database import Database
from storage.schema import PLANNED, dates, occurrences, reminders

_row = dates.c
MAX_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedDate:
    """One date; it belongs to a policy, to a department of it, or to neither.

    Without `rule` and `lunar` it comes once. `check_rule` of the scheduler tells whether a rule is sound.
    """

    kind: EventKind = EventKind.DATE  # or COLLECTION
    name: Name
    first: date
    days: int = 1  # how long each time lasts
    rule: str | None = None  # an RRULE
    lunar: tuple[int, int] | None = None  # month and day; `first` is then without meaning
    policy: str = ""
    department: str = ""

    def __post_init__(self) -> None:
        """Refuse what no calendar has.

        Raises:
            BadInput: names what is wrong.
        """
        if self.kind not in {EventKind.DATE, EventKind.COLLECTION}:
            raise BadInput(f"{self.kind} stands in a policy and can't be added")
        if not FIRST_YEAR <= self.first.year <= LAST_YEAR:
            raise BadInput(f"dates are of the years {FIRST_YEAR} to {LAST_YEAR}, not of {self.first.year}")
        if not 1 <= self.days <= MAX_DAYS:
            raise BadInput(f"something lasts 1 to {MAX_DAYS} days, not {self.days}")
        if self.lunar and not (1 <= self.lunar[0] <= 12 and 1 <= self.lunar[1] <= 30):
            raise BadInput("a lunar month is 1 to 12, a day of it 1 to 30")
        if self.rule and self.lunar:
            raise BadInput("a date comes by a rule or by the lunar calendar, not by both")
        if self.department and not self.policy:
            raise BadInput("a department is one of a policy")

    def event(self, number: int) -> Event:
        """The event it makes, which keeps its key whatever is edited."""
        return Event(
            key=_key(number),
            kind=self.kind,
            name=self.name,
            when=self.when,
            policy=self.policy,
            subjects=frozenset(self._subjects(number)),
        )

    @property
    def when(self) -> Span | Rule | Lunar:
        """When it comes."""
        if self.rule:
            return Rule(first=self.first, text=self.rule, days=self.days)
        if self.lunar:
            month, day = self.lunar
            return Lunar(month=month, day=day, days=self.days)
        return Span(first=self.first, last=date.fromordinal(self.first.toordinal() + self.days - 1))

    def at(self, when: Span | Rule | Lunar) -> "AddedDate":
        """The same date, which comes then."""
        match when:
            case Span(first=first, last=last):
                return replace(self, first=first, days=(last - first).days + 1, rule=None, lunar=None)
            case Rule(first=first, text=text, days=days):
                return replace(self, first=first, days=days, rule=text, lunar=None)
            case Lunar(month=month, day=day, days=days):
                return replace(self, days=days, rule=None, lunar=(month, day))

    def _subjects(self, number: int) -> set[Subject]:
        subjects = {EVERYTHING, Subject("", FactKind.EVENT, ""), Subject("", FactKind.EVENT, str(number))}
        if self.kind is EventKind.COLLECTION:
            subjects.add(COLLECTIONS)
        if self.policy:
            subjects |= {
                Subject(self.policy, FactKind.POLICY, ""),
                Subject(self.policy, FactKind.EVENT, ""),
            }
        if self.department:
            subjects.add(Subject(self.policy, FactKind.DEPARTMENT, self.department))
        return subjects


class Dates:
    """All added dates by their number; each call is one transaction, and what it changes is audited."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._audit = AuditLog(db)

    async def add(self, one: AddedDate, by: int, now: datetime) -> int:
        """Write a new date; returns its number."""
        row = _values(one) | {"created_by": by, "created_at": now, "updated_at": now}
        async with self._db.write() as connection:
            number = int(await connection.scalar(insert(dates).returning(_row.id), row) or 0)
            await self._audit.note(connection, _entry("added", number, one.name, by, now))
            return number

    async def change(self, number: int, one: AddedDate, by: int, now: datetime) -> bool:
        """Write a date anew; False if there is none of that number."""
        this = update(dates).where(_row.id == number).values(_values(one) | {"updated_at": now})
        async with self._db.write() as connection:
            if not (await connection.execute(this)).rowcount:
                return False
            await self._audit.note(connection, _entry("changed", number, one.name, by, now))
            return True

    async def remove(self, number: int, by: int, now: datetime) -> bool:
        """Remove a date, whose reminders are then called off; False if there is none of that number."""
        this = delete(dates).where(_row.id == number).returning(_row.name, _row.name_en)
        async with self._db.write() as connection:
            gone = (await connection.execute(this)).first()
            if gone is None:
                return False
            name = Name(zh=gone.name, en=gone.name_en)
            await self._audit.note(connection, _entry("removed", number, name, by, now))
            return True

    async def planned(self, number: int) -> int:
        """How many reminders of a date are planned, which removing it calls off."""
        ours = exists().where(
            occurrences.c.id == reminders.c.occurrence_id, occurrences.c.event_key == _key(number)
        )
        async with self._db.read() as connection:
            count = select(func.count()).select_from(reminders).where(PLANNED, ours)
            return int(await connection.scalar(count) or 0)

    async def all(self) -> dict[int, AddedDate]:
        """Every date by its number."""
        async with self._db.read() as connection:
            rows = await connection.execute(select(dates).order_by(_row.id))
            return {row.id: _date(row) for row in rows}


def _key(number: int) -> str:
    return f"date/{number}"


def _entry(deed: str, number: int, name: Name, by: int, now: datetime) -> AuditEntry:
    subject, detail = _key(number), {"name": name.zh}
    return AuditEntry(at=now, actor_id=by, action=f"date.{deed}", subject=subject, detail=detail)


def _values(one: AddedDate) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "name": one.name.zh,
        "name_en": one.name.en,
        "policy_id": one.policy,
        "department_id": one.department,
        "first": one.first,
        "days": one.days,
        "rule": one.rule,
        "lunar": "{:02d}-{:02d}".format(*one.lunar) if one.lunar else None,
    }


def _date(row: Row[Any]) -> AddedDate:
    month, _, day = (row.lunar or "").partition("-")
    return AddedDate(
        kind=EventKind(row.kind),
        name=Name(zh=row.name, en=row.name_en),
        first=row.first,
        days=row.days,
        rule=row.rule,
        lunar=(int(month), int(day)) if row.lunar else None,
        policy=row.policy_id,
        department=row.department_id,
    )
