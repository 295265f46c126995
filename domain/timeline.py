"""Dates as policies state them: with a precision, meaning the last day of what they name."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class Precision(StrEnum):
    """How exactly a date was stated."""

    DAY = "day"  # 2025-06-30
    MONTH = "month"  # 2025年6月底前
    QUARTER = "quarter"  # 2025年第三季度
    YEAR = "year"  # 到2025年


_FORMS = (
    (Precision.DAY, re.compile(r"(\d{4})-(\d{2})-(\d{2})")),
    (Precision.MONTH, re.compile(r"(\d{4})-(\d{2})")),
    (Precision.QUARTER, re.compile(r"(\d{4})-Q([1-4])")),
    (Precision.YEAR, re.compile(r"(\d{4})")),
)


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """A stated date: `day` is the last day it allows, `precision` how exactly it was stated."""

    day: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2025`, `2025-06`, `2025-Q3` or `2025-06-30`.

        Raises:
            ValueError: the text is none of these, or no real date.
        """
        for precision, form in _FORMS:
            if match := form.fullmatch(text):
                return cls(_last_day(precision, [int(part) for part in match.groups()]), precision)
        raise ValueError(f"not a date of the form 2025, 2025-06, 2025-Q3 or 2025-06-30: {text!r}")

    @property
    def first_day(self) -> date:
        """The first day of the year, quarter, month or day that was named."""
        match self.precision:
            case Precision.YEAR:
                return self.day.replace(month=1, day=1)
            case Precision.QUARTER:
                return self.day.replace(month=self.day.month - 2, day=1)
            case Precision.MONTH:
                return self.day.replace(day=1)
            case Precision.DAY:
                return self.day

    def days_from(self, today: date) -> int:
        """Days left from `today` to the last day allowed; negative when it has passed."""
        return (self.day - today).days

    def __str__(self) -> str:
        """The form that `parse` reads."""
        match self.precision:
            case Precision.YEAR:
                return f"{self.day.year:04d}"
            case Precision.QUARTER:
                return f"{self.day.year:04d}-Q{self.day.month // 3}"
            case Precision.MONTH:
                return f"{self.day.year:04d}-{self.day.month:02d}"  # %Y doesn't pad a year
            case Precision.DAY:
                return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Yearly:
    """A date that comes every year: a day (`10-14`) or a whole month (`09`)."""

    month: int
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `10-14` or `09`.

        Raises:
            ValueError: the text is neither, or no day of a leap year.
        """
        match = re.fullmatch(r"(\d{2})(?:-(\d{2}))?", text)
        if match is None:
            raise ValueError(f"not a yearly date of the form 10-14 or 09: {text!r}")
        month, day = int(match[1]), int(match[2]) if match[2] else None
        date(2024, month, day or 1)
        return cls(month, day)

    def in_year(self, year: int) -> tuple[date, date]:
        """First and last day in that year; 29 February falls on the 28th in common years."""
        last = calendar.monthrange(year, self.month)[1]
        if self.day is None:
            return date(year, self.month, 1), date(year, self.month, last)
        day = date(year, self.month, min(self.day, last))
        return day, day

    def next_from(self, today: date) -> tuple[date, date]:
        """First and last day of the occurrence that is under way or comes next."""
        first, last = self.in_year(today.year)
        return (first, last) if last >= today else self.in_year(today.year + 1)

    def __str__(self) -> str:
        """The form that `parse` reads."""
        return f"{self.month:02d}" if self.day is None else f"{self.month:02d}-{self.day:02d}"


def _last_day(precision: Precision, parts: list[int]) -> date:
    year = parts[0]
    match precision:
        case Precision.YEAR:
            return date(year, 12, 31)
        case Precision.QUARTER:
            month = 3 * parts[1]
            return date(year, month, calendar.monthrange(year, month)[1])
        case Precision.MONTH:
            date(year, parts[1], 1)  # refuses a thirteenth month in the words of `date`
            return date(year, parts[1], calendar.monthrange(year, parts[1])[1])
        case Precision.DAY:
            return date(year, parts[1], parts[2])
