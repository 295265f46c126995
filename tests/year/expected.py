"""What each chat has to be told in 2025, worked out plainly, with none of the service's code.

Days are gone through one by one; the catalogue's files are read as they stand, and working days are asked of
the package that knows them.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from chinese_calendar import is_workday  # type: ignore[import-untyped] # ships no types

YEAR = 2025
CHINA = ZoneInfo("Asia/Shanghai")
START = datetime(YEAR, 1, 1, tzinfo=CHINA)
END = START + timedelta(days=int(os.environ.get("YEAR_DAYS", "365")), minutes=-30)
HOURS = time(8, 30), time(17, 30)
DAY = timedelta(days=1)
CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"
OCCASIONS = {  # the three that come with the tables, by the first day in 2025
    "消费者权益日": (3, 15, 1),
    "质量月": (9, 1, 30),
    "世界标准日": (10, 14, 7),
}
COLLECTION = "标准化数据报送"  # on the 28th of each month


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One time of something that is to be told of."""

    key: str
    name: str
    english: str
    day: date
    last: date
    to_do: bool  # somebody is asked to answer
    policies: frozenset[str] = frozenset()
    kind: str
    fact: str = ""
    monthly: bool = False  # and this is not the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a chat wants it, and how the people in it behave."""

    leads: tuple[int, ...] = (30, 7, 1, 0)
    at: time = time(9)
    zone: str = "Asia/Shanghai"
    weekly: bool = False
    repeats: int = 2
    acknowledges: bool = False  # at once, whatever comes
    does: bool = False  # at once, whatever can be done
    muted_until: datetime | None = None  # from the start of the year


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """What a chat follows; as `Subject`, in words of its own."""

    policy: str = ""
    kind: str = "policy"
    fact: str = ""

    def takes(self, due: Due) -> bool:
        """Whether that is meant by it."""
        if self.policy and self.policy not in due.policies:
            return False
        if self.kind == "department":  # none of the catalogue's is in charge of an occasion
            return due.kind != "event"
        if self.kind == "policy":
            return True
        if self.fact == "collection":
            return due.name == COLLECTION
        return self.kind == due.kind and self.fact in {"", due.fact}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a chat is told at once: the keys of what it tells of, with how many days before."""

    at: datetime
    items: frozenset[tuple[str, int]]


def messages(follows: Iterable[Follows], way: Way) -> list[Message]:
    """All messages of the year to a chat, in the order of time."""
    wanted = [due for due in everything() if any(one.takes(due) for one in follows)]
    told: defaultdict[datetime, dict[str, int]] = defaultdict(dict)
    for due in wanted:
        for at, lead in _told(due, way):
            if at <= END:
                told[at][due.key] = min(lead, told[at].get(due.key, lead))
    return [Message(at=at, items=frozenset(told[at].items())) for at in sorted(told)]


def unanswered(follows: Iterable[Follows], way: Way) -> list[tuple[datetime, str]]:
    """When administrators hear that a chat said nothing, and to what."""
    if way.acknowledges or way.does or not way.repeats:
        return []
    found = []
    for due in everything():
        if due.to_do and any(one.takes(due) for one in follows):
            moments = [at for at, _ in _told(due, way)]
            if moments:
                found.append((_again(moments[-1], way), due.key))
    return sorted(one for one in found if one[0] <= END)


def everything() -> list[Due]:
    """All that may be told of, from the start of the year to what lies a lead beyond its end."""
    return _everything()


@cache
def _everything() -> list[Due]:
    policies = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(CATALOGUE.glob("*.yaml"))]
    found = [due for policy in policies for due in _of_policy(policy)]
    for year in (YEAR, YEAR + 1):
        found += _occasions(policies, year)
        found += _collections(year)
    return [due for due in found if due.last >= START.date() - DAY]  # somewhere it is not over yet


def _of_policy(policy: dict[str, Any]) -> Iterator[Due]:
    own = policy["id"]

    def due(kind: str, fact: str, named: dict[str, str], day: date, topic: str, *, to_do: bool) -> Due:
        return Due(
            key=f"{own}/{kind}/{fact}",
            name=named["zh"],
            english=named["en"],
            day=day,
            last=day,
            to_do=to_do,
            policies=frozenset({own}),
            kind=topic,
            fact=fact,
        )

    for target in policy.get("targets", ()):
        if "due" in target:
            yield due("target", target["id"], target["metric"], _end(target["due"]), "target", to_do=True)
    for stage in policy.get("stages", ()):
        begin = date(int(str(stage["start"])[:4]), 1, 1)  # all of the catalogue begin with a year
        yield due("stage_start", stage["id"], stage["name"], begin, "stage", to_do=False)
        yield due("stage_end", stage["id"], stage["name"], _end(stage["end"]), "stage", to_do=True)
        for one in stage.get("milestones", ()):
            yield due("milestone", one["id"], one["name"], _end(one["due"]), "stage", to_do=True)


def _occasions(policies: Iterable[dict[str, Any]], year: int) -> Iterator[Due]:
    for number, (name, (month, day, days)) in enumerate(OCCASIONS.items(), 1):
        begin = date(year, month, day)
        naming = [
            policy["id"]
            for policy in policies
            if any(one["name"]["zh"] == name for one in policy.get("events", ()))
        ]
        yield Due(
            key=f"date/{number}/{year}",
            name=name,
            english="",
            day=begin,
            last=begin + (days - 1) * DAY,
            to_do=False,
            policies=frozenset(naming),
            kind="event",
            fact=str(number),
        )


def _collections(year: int) -> Iterator[Due]:
    for month in range(1, 13):
        day = date(year, month, 28)
        yield Due(
            key=f"date/4/{year}-{month:02d}",
            name=COLLECTION,
            english="",
            day=day,
            last=day,
            to_do=True,
            kind="event",
            fact="4",
            monthly=day.month > 1 or day.year > YEAR,
        )


def _end(stated: object) -> date:
    """The last day of a year or month as the catalogue states it."""
    parts = [int(part) for part in str(stated).split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        return date(year + month // 12, month % 12 + 1, 1) - DAY
    return date(*parts)


def _told(due: Due, way: Way) -> list[tuple[datetime, int]]:
    """When a chat with this way is told of it, with which lead: as planned, then once more and again."""
    planned: dict[datetime, int] = {}
    leads = way.leads
    if due.monthly:  # more than three weeks before is too near to the last time
        leads = tuple(lead for lead in leads if lead < 21) or (min(leads),)
    for lead in leads:
        at = max(_planned(due.day - lead * DAY, way), _first(way))
        if at.astimezone(ZoneInfo(way.zone)).date() <= due.last and not _muted(at, way):
            planned[at] = min(lead, planned.get(at, lead))
    told = sorted(planned.items())
    if not due.to_do or not told:
        return told
    if way.does:
        return told[:1]
    if not way.acknowledges:
        at, lead = told[-1]
        for _ in range(way.repeats):
            at = _again(at, way)
            told.append((at, lead))
    return told


def _planned(day: date, way: Way) -> datetime:
    if way.weekly:
        day = min(day, _on_or_after(day - day.weekday() * DAY))
    return _moment(_on_or_before(day), way)


def _first(way: Way) -> datetime:
    """When what should have been told before the year began is told: at once, or at the next time of day."""
    there = START.astimezone(ZoneInfo(way.zone))
    if _works(there.date()) and HOURS[0] <= there.time() <= HOURS[1]:
        return START.astimezone(UTC)
    day = START.astimezone(ZoneInfo(way.zone)).date()
    while not _works(day) or _moment(day, way) <= START:
        day += DAY
    return _moment(day, way)


def _again(at: datetime, way: Way) -> datetime:
    day = at.astimezone(ZoneInfo(way.zone)).date()
    return _moment(_on_or_after(day + (7 - day.weekday() if way.weekly else 1) * DAY), way)


def _muted(at: datetime, way: Way) -> bool:
    return way.muted_until is not None and at < way.muted_until


def _moment(day: date, way: Way) -> datetime:
    return datetime.combine(day, way.at, ZoneInfo(way.zone)).astimezone(UTC)


def _on_or_before(day: date) -> date:
    while not _works(day):
        day -= DAY
    return day


def _on_or_after(day: date) -> date:
    while not _works(day):
        day += DAY
    return day


def _works(day: date) -> bool:
    try:
        works: bool = is_workday(day)
    except NotImplementedError:  # a year without published days; nothing that counts here lies in one
        return day.weekday() < 5
    return works
