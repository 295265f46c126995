"""What the readers of typed dates share: what they find, why they refuse, numbers and weekdays."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.errors import BadInput
from language.numerals import parse_number
from scheduler.repetition import Stated


class Flaw(StrEnum):
    """Why a line is not taken."""

    NO_DATE = "no_date"  # no date or repetition was found
    NO_NAME = "no_name"  # a date and nothing else
    LONG_NAME = "long_name"
    NO_SUCH_DAY = "no_such_day"  # 2月30日
    PAST = "past"  # comes once, and is over
    YEARS = "years"  # outside of `FIRST_YEAR` to `LAST_YEAR`
    BACKWARDS = "backwards"  # ends before it begins
    TOO_LONG = "too_long"  # lasts more than a year
    LUNAR = "lunar"  # no day of the lunar calendar, or one of a leap month
    NO_DAY = "no_day"  # comes again, or in some year, but on which day?
    SEVERAL = "several"  # more than one date


class BadLine(BadInput):
    """A line is not taken.

    Attributes:
        flaw: why.
    """

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(f"not a date with a name: {flaw}")
        self.flaw = flaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A time named at `start:end` of a line; `single`: one day, which may be said to last longer."""

    start: int
    end: int
    when: Stated
    single: bool = True


def number(written: str) -> int:
    """A whole number in digits (28, 28th) or Chinese numerals (初八); 0 for what is none."""
    value = parse_number(_ORDINAL_END.sub("", written.removeprefix("初").replace("廿", "二十")))
    return int(value) if value is not None else 0


def is_deadline(text: str, start: int, end: int) -> bool:
    """Whether the words about a time there mean its last day: 6月底前, by June."""
    said = _UNTIL.search(text, 0, start) or TAIL.match(text, end)
    return said is not None or text[start:end].endswith(("底", "末"))


def weekday_number(name: str) -> int:
    """一 or monday is 1, 日 and 天 are 7."""
    return (
        _HAN_DAYS.index(name.replace("天", "日")) + 1
        if name in "一二三四五六日天"
        else WEEKDAYS.index(name) + 1
    )


# Two leap years: what means the same day in both has no year of its own.
YEARLESS: Final = (date(2024, 1, 1), date(2028, 6, 15))
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY: Final = f"(?P<wd>{'|'.join(WEEKDAYS)})"
_HAN_DAYS: Final = "一二三四五六日"
_ORDINAL_END: Final = re.compile("(?:st|nd|rd|th)$")
_BY: Final = "(?:之?前(?![期言沿后往景置])|以前|[之以]?内(?![容部外审控])|截?止)"
TAIL: Final = re.compile(f"[底末]{_BY}?|{_BY}")
_UNTIL: Final = re.compile(
    "(?:(?<![a-z])(?:by|before|until|till|no later than|end of|due)(?: the)?(?: end of)? "
    "|不晚于|截[至止]到?|[到至])$"
)
