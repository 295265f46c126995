"""Dates that come once, in a typed line: a day without a year is the next such day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from typing import Final, NamedTuple

from domain.events import FIRST_YEAR, LAST_YEAR, Span
from language.dates import find_dates
from scheduler.typed.parts import WEEKDAY, YEARLESS, BadLine, Flaw, Found, is_deadline, number, weekday_number

_AHEAD = 9  # years within which every day comes again, 29 February too


def find_day(text: str, today: date) -> Found | None:
    """The date of an aligned line, the most exact of several.

    Raises:
        BadLine: it is none, or there are two.
    """
    _refuse_what_is_none(text, today)
    found = _merged(sorted(_candidates(text, today), key=lambda one: (one.start, -one.end)), text)
    if not found:
        return None
    exact = min(one.exact for one in found)
    alike = [one for one in found if one.exact == exact]
    if len(alike) > 1 and exact is _Exact.DAY:
        raise BadLine(Flaw.SEVERAL)
    its = alike[0]
    deadline = is_deadline(text, its.start, its.end)
    if exact is _Exact.YEAR and not deadline:
        raise BadLine(Flaw.NO_DAY)
    first = its.last if deadline else its.first
    when = Span(first=first, last=its.last)
    return Found(start=its.start, end=its.end, when=when, single=first == its.last)


class _Exact(IntEnum):
    DAY = 0  # a day, or from day to day
    MONTH = 1
    QUARTER = 2
    YEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A time that may be the one that is meant."""

    start: int
    end: int
    first: date
    last: date
    exact: _Exact = _Exact.DAY
    weekday: bool = False  # nothing but the name of one
    yearless: bool = False


class _Reading(NamedTuple):
    first: date
    last: date
    yearless: bool


def _candidates(text: str, today: date) -> Iterator[_Day]:
    """Every time the line names, in no order; the weekday beside a date too."""
    own = [*_english_ranges(text, today), *_days_of_month(text, today)]
    yield from own
    yield from _english_weekdays(text, today)
    spans = {(span.start, span.end) for ref in (today, *YEARLESS) for span in find_dates(text, ref)}
    for start, end in sorted(spans):
        if any(start < one.end and end > one.start for one in own):
            continue
        reading, words = _read(text, start, today, end), text[start:end]
        if reading:
            weekday = bool(_WEEKDAY.fullmatch(words))
            late = timedelta(7) if weekday and reading.last < today else timedelta(0)  # 周三, on a Friday
            yield _Day(
                start=start,
                end=end,
                first=reading.first + late,
                last=reading.last + late,
                exact=_exact(reading, words),
                weekday=weekday,
                yearless=reading.yearless,
            )


def _english_ranges(text: str, today: date) -> Iterator[_Day]:
    """1-5 May 2027, May 1-5."""
    for match in _ENGLISH_RANGE.finditer(text):
        day, until, month = (match[name + "1"] or match[name + "2"] for name in ("d", "u", "m"))
        reading = _read(f"{until} {month} {match['y'] or ''}".strip(), 0, today)
        if reading is None or not int(day):
            raise BadLine(Flaw.NO_SUCH_DAY)
        if int(day) > int(until):
            raise BadLine(Flaw.BACKWARDS)
        first = reading.last.replace(day=int(day))
        yield _Day(start=match.start(), end=match.end(), first=first, last=reading.last)


def _days_of_month(text: str, today: date) -> Iterator[_Day]:
    """本月5日, 下个月5日."""
    for match in _OF_MONTH.finditer(text):
        month = today.replace(day=1) + timedelta(31 if match["step"] else 0)
        try:
            day = month.replace(day=number(match["d"]))
        except ValueError:
            raise BadLine(Flaw.NO_SUCH_DAY) from None
        yield _Day(start=match.start(), end=match.end(), first=day, last=day)


def _english_weekdays(text: str, today: date) -> Iterator[_Day]:
    """Friday is the next one there is, next Friday that of next week."""
    for match in _ENGLISH_WEEKDAY.finditer(text):
        day = today + timedelta(weekday_number(match["wd"]) - today.isoweekday())
        if match["step"] == "next " or (not match["step"] and day < today):
            day += timedelta(7)
        yield _Day(start=match.start(), end=match.end(), first=day, last=day, weekday=True)


def _exact(reading: _Reading, words: str) -> _Exact:
    """Some weeks are as good as a day."""
    days = (reading.last - reading.first).days + 1
    if days < 28 or _DAY.search(words):
        return _Exact.DAY
    return _Exact.MONTH if days <= 31 else _Exact.QUARTER if days <= 200 else _Exact.YEAR


def _read(text: str, start: int, today: date, end: int | None = None) -> _Reading | None:
    """What the words there mean; without a year of their own, the next time that is not over."""

    def at(ref: date) -> tuple[date, date] | None:
        spans = find_dates(text, ref)
        return next(
            ((one.first, one.last) for one in spans if one.start == start and end in (None, one.end)), None
        )

    one, other = at(YEARLESS[0]), at(YEARLESS[1])
    yearless = (
        one is not None
        and other is not None
        and not _THIS.search(text, start, end or len(text))
        and one[0].year == YEARLESS[0].year
        and tuple(day.replace(year=day.year + 4) for day in one) == other
    )
    if not yearless:
        said = at(today)
        return _Reading(*said, yearless=False) if said else None
    for year in range(today.year, today.year + _AHEAD):
        said = at(date(year, 1, 1))
        if said and said[1] >= today:
            return _Reading(*said, yearless=True)
    return None


def _merged(days: list[_Day], text: str) -> list[_Day]:
    """A weekday beside its date says nothing new; a range over the end of a year is one."""
    kept: list[_Day] = []
    for day in days:
        before = kept[-1] if kept else None
        if before and day.start < before.end:
            continue
        gap = text[before.end : day.start] if before else ""
        if before and day.weekday and _BESIDE.fullmatch(gap):
            end = day.end + 1 if "(" in gap and text[day.end : day.end + 1] == ")" else day.end
            kept[-1] = replace(before, end=end)
        elif before and before.weekday and _BESIDE.fullmatch(gap):
            kept[-1] = replace(day, start=before.start)
        elif before and _TILL.fullmatch(gap):
            kept[-1] = _until(before, day)
        else:
            kept.append(day)
    return kept


def _until(begin: _Day, end: _Day) -> _Day:
    """12月25日至1月5日."""
    last = end.last
    if end.yearless and last.month != 2:
        last = last.replace(
            year=begin.first.year + ((last.month, last.day) < (begin.first.month, begin.first.day))
        )
    if not 0 <= (last - begin.first).days < 180:
        raise BadLine(Flaw.BACKWARDS)
    return replace(begin, end=end.end, last=last)


def _refuse_what_is_none(text: str, today: date) -> None:
    """2月30日, 2027-02-31, 31 June, 2027年13月: what looks like a date and was not read as one."""
    read = {(span.start, span.end) for ref in (today, *YEARLESS) for span in find_dates(text, ref)}
    for match in _LOOKS.finditer(text):
        year = next((int(found) for found in re.findall("[0-9]{4}", match[0])), FIRST_YEAR)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadLine(Flaw.YEARS)
        if not any(start <= match.start() and end >= match.end() for start, end in read):
            raise BadLine(Flaw.NO_SUCH_DAY)


_NAMES: Final = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_N: Final = "[0-9一二三四五六七八九十]{1,4}"
_NTH: Final = "(?:st|nd|rd|th)?"
_DAY: Final = re.compile(
    f"(?:[0-9]+年)?{_N}月{_N}[日号]"
    r"|(?<![0-9./-])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])"
    rf"|(?<![a-z0-9-])[0-9]{{1,2}}{_NTH} (?:of )?{_NAMES}(?![a-z])(?:,? [0-9]{{4}}(?![0-9]))?"
    rf"|(?<![a-z]){_NAMES} [0-9]{{1,2}}{_NTH}(?![0-9])(?:,? [0-9]{{4}}(?![0-9]))?"
)
_LOOKS: Final = re.compile(f"{_DAY.pattern}|[0-9]+年[0-9]{{1,3}}月")
_RANGE: Final = " ?(?:-+|to|until) ?"
_ENGLISH_RANGE: Final = re.compile(
    rf"(?<![a-z0-9-])(?:(?P<d1>[0-9]{{1,2}}){_NTH}{_RANGE}(?P<u1>[0-9]{{1,2}}){_NTH} (?:of )?(?P<m1>{_NAMES})"
    rf"|(?P<m2>{_NAMES}) (?P<d2>[0-9]{{1,2}}){_NTH}{_RANGE}(?P<u2>[0-9]{{1,2}}){_NTH})"
    r"(?![a-z0-9])(?:,? (?P<y>[0-9]{4})(?![0-9]))?"
)
_OF_MONTH: Final = re.compile(f"(?:本|这个?|(?P<step>下一?个?))月(?P<d>{_N})[日号]")
_ENGLISH_WEEKDAY: Final = re.compile(rf"(?<![a-z])(?P<step>next |this )?{WEEKDAY}(?![a-z])")
_WEEKDAY: Final = re.compile("(?:周|星期)[一二三四五六日天]")
_BESIDE: Final = re.compile("[ ,(]*")
_TILL: Final = re.compile(" ?(?:-+|~|至|到|to|until) ?")
_THIS: Final = re.compile("今|本|这|this|current")
