"""What the buttons of looking ahead do, and what each carries."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from bot.buttons import Act, Room
from bot.pictures.theme import Look
from domain.events import FIRST_YEAR, LAST_YEAR


class Verb(StrEnum):
    """What a press does; what it carries stands beside it."""

    LIST = "list"  # a scope, a page
    POLICIES = "policies"  # a page: to choose one whose dates are listed
    MONTH = "month"  # a scope, a month
    DAY = "day"  # a scope, a day
    LINES = "lines"  # a page: to choose one whose timeline is drawn
    LINE = "line"  # a policy, a look
    REST = "rest"  # nothing: a heading, or an empty place of the calendar


class Whose(StrEnum):
    """Which events are looked at."""

    ALL = "a"
    FOLLOWED = "f"  # by the place that asks
    POLICY = "p"  # of one policy


@dataclass(frozen=True, slots=True)
class Scope:
    """Which events are looked at, and of which policy where it is one's."""

    whose: Whose = Whose.ALL
    policy: str = ""

    def __str__(self) -> str:
        """As it stands on a button."""
        return f"{self.whose}{self.policy}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read what a button carries."""
        match = _SCOPE.fullmatch(text)
        return cls(Whose(match[0][0]), match[1] or "") if match else None


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that a day is in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    def turned(self, by: int) -> "Month | None":
        """So many months later; None beyond the years that are known."""
        years, month = divmod(self.year * 12 + self.month - 1 + by, 12)
        return Month(years, month + 1) if FIRST_YEAR <= years <= LAST_YEAR else None

    def __str__(self) -> str:
        """As it stands on a button."""
        return f"{self.year:04d}-{self.month:02d}"


def to(verb: Verb, *carried: object) -> Act:
    """The press of a button."""
    return Act(room=Room.AHEAD, verb=verb.value, value=".".join(map(str, carried)))


def scope_and_page(value: str) -> tuple[Scope, int] | None:
    """What `list` carries."""
    first, _, page = value.partition(".")
    scope = Scope.read(first)
    return (scope, int(page)) if scope and _PAGE.fullmatch(page) else None


def page_of(value: str) -> int | None:
    """What the choices of a policy carry."""
    return int(value) if _PAGE.fullmatch(value) else None


def scope_and_month(value: str) -> tuple[Scope, Month] | None:
    """What `month` carries."""
    first, _, month = value.partition(".")
    scope, day = Scope.read(first), _day(f"{month}-01")
    return (scope, Month.of(day)) if scope and day else None


def scope_and_day(value: str) -> tuple[Scope, date] | None:
    """What `day` carries."""
    first, _, day = value.partition(".")
    scope, chosen = Scope.read(first), _day(day)
    return (scope, chosen) if scope and chosen else None


def policy_and_look(value: str) -> tuple[str, Look] | None:
    """What `line` carries."""
    policy, _, look = value.partition(".")
    return (policy, Look(look)) if _POLICY.fullmatch(policy) and look in _LOOKS else None


_POLICY = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)
_SCOPE = re.compile(rf"[af]|p({_POLICY.pattern})", re.ASCII)
_PAGE = re.compile(r"[0-9]{1,4}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LOOKS = frozenset(Look)


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
