"""What a repetition looks like in a typed line, in Chinese and English, and how each look is read.

The text is aligned before: Simplified, half width, lower case.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from domain.events import Lunar
from language.dates import find_dates
from scheduler.repetition import HALF_YEAR_END, LAST, Repeat, Repetition, Stated, begun, yearly
from scheduler.typed.parts import WEEKDAY, YEARLESS, BadLine, Flaw, Found, is_deadline, number, weekday_number

Words = Mapping[str, str | None]


def find_repetition(text: str, today: date) -> Found | None:
    """The first repetition that a line names.

    Raises:
        BadLine: it names one that no calendar has.
    """
    found = [*_by_rule(text, today), *_every_year(text, today)]
    return min(found, key=lambda one: (one.start, -one.end), default=None)


def _by_rule(text: str, today: date) -> Iterator[Found]:
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            words = match.groupdict()
            day, until = (number(words.get(name) or words.get(f"lunar_{name}") or "") for name in ("d", "d2"))
            if until and until < day:
                raise BadLine(Flaw.BACKWARDS)
            when = read(words, today, until - day + 1 if until else 1)
            yield Found(start=match.start(), end=match.end(), when=when, single=not until)


def _every_year(text: str, today: date) -> Iterator[Found]:
    """每年10月14日, every 14 October, 10月14日 every year: any date that has no year of its own."""
    for match in _YEARLY_BEFORE.finditer(text):
        # With a preposition, so that `may` and `march` are months.
        if spans := _without_year("in " + text[match.end() :], 3):
            start, end, first, last = spans
            end += match.end() - start
            first = last if is_deadline(text, match.end(), end) else first
            yield _yearly(match.start(), end, first, last, today)
    for match in _YEARLY_AFTER.finditer(text):
        for span in find_dates(text[: match.start()], YEARLESS[0]):
            if span.end == match.start() and (spans := _without_year(text, span.start)):
                yield _yearly(span.start, match.end(), *spans[2:], today)


def _without_year(text: str, start: int) -> tuple[int, int, date, date] | None:
    """Where the date that begins there ends, and its days in a leap year."""
    one, other = (
        next(
            ((span.end, span.first, span.last) for span in find_dates(text, ref) if span.start == start), None
        )
        for ref in YEARLESS
    )
    if not one or not other or one[0] != other[0]:
        return None
    end, first, last = one
    if first.year != YEARLESS[0].year or first.replace(year=other[1].year) != other[1]:
        return None
    return start, end, first, last


def _yearly(start: int, end: int, first: date, last: date, today: date) -> Found:
    days = (last - first).days + 1
    if (first.month, days) == (2, 29):
        days = 28  # 每年2月: every year has these
    return Found(start=start, end=end, when=_from_next(first, days, today), single=first == last)


def _from_next(first: date, days: int, today: date) -> Stated:
    """Every year on that day of a leap year, beginning with the time that is next."""
    if (first.month, first.day) == (2, 29):
        return begun(Repetition(repeat=Repeat.YEAR, month=2, day=LAST), today, days)
    this_year = first.replace(year=today.year)
    return yearly(this_year if this_year >= today else first.replace(year=today.year + 1), days)


def _day_of(words: Words) -> int:
    """The day of the month that was named; the 31st is the last."""
    if words.get("last"):
        return LAST
    day = number(words.get("d") or "")
    if not 1 <= day <= 31:
        raise BadLine(Flaw.NO_SUCH_DAY)
    return LAST if day == 31 else day


def _month(words: Words, today: date, days: int) -> Stated:
    return begun(Repetition(repeat=Repeat.MONTH, day=_day_of(words)), today, days)


def _nth_weekday(words: Words, today: date, days: int) -> Stated:
    its = Repetition(repeat=Repeat.MONTH, nth=_position(words["nth"]), weekday=_weekday(words))
    return begun(its, today, days)


def _quarter(words: Words, today: date, days: int) -> Stated:
    """Without a month it is the quarter's end, or with 后10日内 a day of the month that follows."""
    month = _position(words.get("pos")) or (1 if words.get("after") else LAST)
    its = Repetition(repeat=Repeat.QUARTER, month=3 if month == LAST else month, day=_day_of(words))
    return begun(its, today, days)


def _half_year(_words: Words, today: date, days: int) -> Stated:
    return begun(HALF_YEAR_END, today, days)


def _year_end(_words: Words, today: date, days: int) -> Stated:
    return _from_next(date(2024, 12, 31), days, today)


def _february(_words: Words, today: date, days: int) -> Stated:
    return _from_next(date(2024, 2, 29), days, today)


def _week(words: Words, today: date, days: int) -> Stated:
    return begun(Repetition(repeat=Repeat.WEEK, weekday=_weekday(words)), today, days)


def _lunar(words: Words, _today: date, days: int) -> Stated:
    written = words["lunar_m"] or ""
    month = _LUNAR_MONTHS.get(written) or number(written)
    day = number(words["lunar_d"] or "")
    if words.get("leap") or not (1 <= month <= 12 and 1 <= day <= 30):
        raise BadLine(Flaw.LUNAR)
    return Lunar(month=month, day=day, days=days)


def _position(written: str | None) -> int:
    """第一 and first are 1, the last is `LAST`; 0 where none is named."""
    return _ORDINALS[written.removeprefix("第")] if written else 0


def _weekday(words: Words) -> int:
    return weekday_number(words["wd"] or "")


_ORDINALS: Final = {
    **dict.fromkeys(("一", "1", "首", "first", "1st"), 1),
    **dict.fromkeys(("二", "2", "second", "2nd"), 2),
    **dict.fromkeys(("三", "3", "third", "3rd"), 3),
    **dict.fromkeys(("四", "4", "fourth", "4th"), 4),
    **dict.fromkeys(("末", "最后一", "last"), LAST),
}
_LUNAR_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}

_N: Final = "(?:[0-9]{1,3}|[一二三四五六七八九十廿]{1,4})"
_NTH: Final = "(?:[0-9]{1,3}(?:st|nd|rd|th)?)"
_OF_MONTH: Final = f"(?P<d>{_N})(?:[日号]?(?:-+|~|至|到)(?P<d2>{_N}))?(?:[日号]|(?=$| ))"
_LAST_DAY: Final = "(?P<last>最后一[天日]|[底末](?!月))"
_DAY_NAME: Final = "(?:初[一二三四五六七八九十]|[一二三四五六七八九十廿]{1,4}|[0-9]{1,3})"
_LUNAR_DAY: Final = f"(?P<lunar_d>{_DAY_NAME})[日号]?(?:(?:-+|~|至|到)(?P<lunar_d2>{_DAY_NAME})[日号]?)?"
_EVERY: Final = "(?<![a-z])(?:every|each)"
_AT: Final = ",?(?: on| by| at)?(?: the| its)?"
_ENGLISH_LAST: Final = "(?P<last>last day|end)"
_ENGLISH_DAY: Final = (
    f"(?:{_ENGLISH_LAST}|(?:day )?(?P<d>{_NTH})(?: day)?(?: (?:-+|to|until)(?: the)? ?(?P<d2>{_NTH}))?)"
)
_POSITION: Final = "(?P<pos>first|second|third|last|1st|2nd|3rd)"

_YEARLY_BEFORE: Final = re.compile(
    "(?:每一?年的?|(?<![a-z])(?:every|each)(?: year)?,? |(?<![a-z])(?:yearly|annually),? )"
    "(?:(?:on|in|by|at|from) )?(?:the )?(?:end of )?"
)
_YEARLY_AFTER: Final = re.compile(",? (?:every|each) year(?![a-z])|,? (?:yearly|annually)(?![a-z])")


_Read = Callable[[Words, date, int], Stated]


def _rules() -> Iterator[tuple[str, _Read]]:
    again = "(?:每一?年的?)?"
    yield (
        f"{again}(?:农历|阴历|旧历)(?:的|每一?年的?)?(?P<leap>闰)?(?P<lunar_m>[正冬腊]|{_N})月{_LUNAR_DAY}",
        _lunar,
    )
    yield f"{again}(?P<lunar_m>[正腊])月{_LUNAR_DAY}", _lunar
    nth_day = rf"(?:the )?(?P<lunar_d>{_NTH})(?: day)?"
    lunar_month = rf"of the (?P<lunar_m>{_NTH}) (?:lunar month|month of the lunar calendar)"
    yield rf"(?:{_EVERY} year,? )?(?:(?<![a-z])on )?{nth_day} {lunar_month}", _lunar
    dashed = "(?P<lunar_m>[0-9]{1,2})(?:[-/.]|,? day )(?P<lunar_d>[0-9]{1,3})(?![0-9])"
    yield rf"(?<![a-z])lunar (?:month )?{dashed}", _lunar
    # Quarters
    quarter, month = "每一?个?季度?的?", "(?P<pos>首|末|最后一|第?[一二三1-3](?=个))个?月份?的?"
    yield f"{quarter}{month}{_OF_MONTH}", _quarter
    yield f"{quarter}(?:{month})?{_LAST_DAY}", _quarter
    yield f"{quarter}(?P<after>(?:结束|过)?后)(?P<d>{_N})[日天](?:之?内)?", _quarter
    yield (
        rf"(?:(?<![a-z])the )?{_ENGLISH_DAY} of (?:the {_POSITION} month of )?{_EVERY} quarter(?![a-z])",
        _english_quarter,
    )
    of_month = f"(?: of (?:the|its) {_POSITION} month)?(?![a-z])"
    yield rf"(?:{_EVERY} quarter|(?<![a-z])quarterly){_AT} {_ENGLISH_DAY}{of_month}", _english_quarter
    # Half-years
    yield "每半年度?的?(?:最后一[天日]|[底末])", _half_year
    yield f"(?:(?<![a-z])the )?(?:last day|end) of {_EVERY} half[- ]year", _half_year
    yield f"{_EVERY} half[- ]year{_AT} (?:last day|end)(?![a-z])", _half_year
    # Months
    yield f"每一?个?月的?(?:月?{_LAST_DAY}|{_OF_MONTH})", _month
    yield "每一?个?月的?(?P<nth>第[一二三四1-4]|最后一)个?(?:周|星期)(?P<wd>[一二三四五六日天])", _nth_weekday
    yield f"(?:(?<![a-z])the )?{_ENGLISH_DAY} of (?:every|each) month(?![a-z])", _month
    yield rf"(?:{_EVERY} month|(?<![a-z])monthly){_AT} {_ENGLISH_DAY}(?![a-z0-9])", _month
    nth = f"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th) {WEEKDAY}"
    yield rf"(?:(?<![a-z])the )?{nth} of (?:every|each) month(?![a-z])", _nth_weekday
    yield rf"(?:{_EVERY} month|(?<![a-z])monthly){_AT} {nth}(?![a-z])", _nth_weekday
    # Weeks
    yield "每[一逢]?个?(?:周|星期|礼拜)的?(?:周|星期)?(?P<wd>[一二三四五六日天])(?![一二三四五六])", _week
    yield f"{_EVERY}(?: week,? on)? {WEEKDAY}s?(?![a-z])", _week
    yield f"(?<![a-z])(?:weekly,? )?on {WEEKDAY}s(?![a-z])", _week
    yield f"(?<![a-z])weekly,?(?: on)? {WEEKDAY}s?(?![a-z])", _week
    # Years
    yield "每一?年的?年?(?:[底末](?!月)|最后一[天日])", _year_end
    yield "每一?年的?(?:2|二)月的?最后一[天日]", _february
    yield f"{_EVERY} year on the last day of february", _february


def _english_quarter(words: Words, today: date, days: int) -> Stated:
    if words.get("d") and not words.get("pos"):
        raise BadLine(Flaw.NO_DAY)  # the 10th of every quarter
    return _quarter(words, today, days)


_RULES: Final = tuple((re.compile(pattern), read) for pattern, read in _rules())
