"""What a date looks like in Chinese and English, and how each look is read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from language.numerals import parse_number

Precision = Literal["day", "month", "quarter", "year", "period"]
Words = Mapping[str, str | None]  # y year, r relative year, m month, d day, q quarter, ...


class Time(NamedTuple):
    """A span of days, the last within."""

    first: date
    last: date
    precision: Precision


class Setting(NamedTuple):
    """What a relative date hangs on: today, and the year that the sentence spoke of last."""

    today: date
    year: int


class Rule:
    """A pattern, the characters it may start with, and the reader of what it matched.

    A reader says ValueError to what does not exist.
    """

    def __init__(self, starts: str, pattern: str, read: Callable[[Words, Setting], Time | None]) -> None:
        self.starts = frozenset(starts)
        self.pattern = re.compile(pattern)
        self.anonymous = re.sub(r"\(\?P<\w+>", "(?:", pattern)
        self.read = read


def _day(words: Words, setting: Setting) -> Time:
    day = date(_year_of(words, setting), _month_of(words), _number(words["d"]))
    until = words.get("d2")
    return Time(day, day.replace(day=_number(until)), "period") if until else Time(day, day, "day")


def _month(words: Words, setting: Setting) -> Time:
    year, month = _year_of(words, setting), _month_of(words)
    if third := words.get("third"):  # 上旬, 中旬, 下旬
        start, end = {"上": (1, 10), "中": (11, 20), "下": (21, monthrange(year, month)[1])}[third]
        return Time(date(year, month, start), date(year, month, end), "period")
    if until := words.get("m2"):
        return Time(date(year, month, 1), _months(year, _number(until)).last, "period")
    return _months(year, month)


def _quarter(words: Words, setting: Setting) -> Time:
    return _quarter_at(_year_of(words, setting), _ORDINALS.get(words["q"] or "") or _number(words["q"]))


def _half(words: Words, setting: Setting) -> Time:
    year = _year_of(words, setting)
    if words["half"] in {"上", "first"}:
        return Time(date(year, 1, 1), date(year, 6, 30), "period")
    return Time(date(year, 7, 1), date(year, 12, 31), "period")


def _year(words: Words, setting: Setting) -> Time:
    return _years(_year_of(words, setting))


def _year_range(words: Words, _setting: Setting) -> Time:
    first, last = _number(words["y"]), _number(words["y2"])
    if first >= last:
        raise ValueError(f"{first} to {last} runs backwards")
    return Time(date(first, 1, 1), date(last, 12, 31), "period")


def _years_from(words: Words, _setting: Setting) -> Time:
    """2012年起5年内: five years of which 2012 is the first."""
    first = _number(words["y"])
    return Time(date(first, 1, 1), date(first + max(1, _number(words["years"])) - 1, 12, 31), "period")


def _five_year_plan(words: Words, _setting: Setting) -> Time:
    """The first plan ran 1953 to 1957, the third from 1966, and each later one follows the last."""
    number = _number(words["plan"])
    if not 1 <= number <= 20:
        raise ValueError(f"no five-year plan {number}")
    first = 1953 + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
    if words.get("close"):
        return _years(first + 4)
    return Time(date(first, 1, 1), date(first + 4, 12, 31), "period")


def _moved(words: Words, setting: Setting) -> Time:
    """上个月, this quarter, next week, 下周三, last year: so many units from the one today is in."""
    today = setting.today
    step = _STEPS[words["step"] or ""]
    match _SPANS[words["unit"] or ""]:
        case "year":
            return _years(today.year + step)
        case "quarter":
            at = today.year * 4 + (today.month - 1) // 3 + step
            return _quarter_at(at // 4, at % 4 + 1)
        case "month":
            at = today.year * 12 + today.month - 1 + step
            return _months(at // 12, at % 12 + 1)
        case _:
            monday = today + timedelta(days=7 * step - today.weekday())
            if weekday := words.get("weekday"):
                day = monday + timedelta(days="一二三四五六日天".index(weekday) - (weekday == "天"))
                return Time(day, day, "day")
            return Time(monday, monday + timedelta(days=6), "period")


def _near_day(words: Words, setting: Setting) -> Time:
    day = setting.today + timedelta(days=_DAYS[words["near"] or ""])
    return Time(day, day, "day")


def _no_date(_words: Words, _setting: Setting) -> None:
    """A stretch that only looks like a date."""


# Pieces


def _year_of(words: Words, setting: Setting) -> int:
    if words.get("y"):
        return _number(words["y"])
    relative = words.get("r")
    return setting.today.year + _STEPS[relative] if relative else setting.year


def _month_of(words: Words) -> int:
    name = words.get("name")
    return _MONTHS.index(name[:3]) + 1 if name else _number(words["m"])


def _number(written: str | None) -> int:
    if written and written.isascii() and written.isdecimal():
        return int(written)
    value = parse_number(written or "")
    if value is None:
        raise ValueError(f"{written} is no number")
    return int(value)


@lru_cache(maxsize=256)
def _years(year: int) -> Time:
    return Time(date(year, 1, 1), date(year, 12, 31), "year")


def _quarter_at(year: int, quarter: int) -> Time:
    return Time(date(year, 3 * quarter - 2, 1), _months(year, 3 * quarter).last, "quarter")


@lru_cache(maxsize=256)
def _months(year: int, month: int) -> Time:
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return Time(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


_STEPS: Final = {
    **dict.fromkeys(("", "今", "本", "这", "这个", "本个", "this", "the", "current"), 0),
    **dict.fromkeys(("明", "下", "下个", "下一", "下一个", "next"), 1),
    **dict.fromkeys(("去", "上", "上个", "上一", "上一个", "last", "previous"), -1),
    "前": -2,
    "后": 2,
}
_SPANS: Final = {
    **dict.fromkeys(("年", "年度", "year"), "year"),
    **dict.fromkeys(("季度", "季", "quarter"), "quarter"),
    **dict.fromkeys(("月", "月份", "month"), "month"),
    **dict.fromkeys(("周", "星期", "week"), "week"),
}
_DAYS: Final = {
    **dict.fromkeys(("今天", "今日", "today"), 0),
    **dict.fromkeys(("明天", "明日", "tomorrow"), 1),
    **dict.fromkeys(("昨天", "昨日", "yesterday"), -1),
    "后天": 2,
    "前天": -2,
}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}

_LATIN_Y: Final = "(?:19|20|21)[0-9]{2}"
_Y: Final = f"(?:{_LATIN_Y}|[一二][〇○零一二三四五六七八九]{{3}})"
_N: Final = "(?:[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TILL: Final = "(?:-+|—+|~|至|到)"
_IN_YEAR: Final = f"(?:(?P<y>(?<![0-9]){_Y})年|(?P<r>今|本|明|去|(?<![今以之先目])[前后])年)的?"
_MAYBE_IN_YEAR: Final = f"(?:{_IN_YEAR}|(?<![0-9一二三四五六七八九十]))"
_NAME: Final = (
    "(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WORD: Final = "(?<![a-z])"
_PREPOSITIONS: Final = "|".join(f"(?<={word} )" for word in ("in", "by", "of", "since", "until"))
_OF_YEAR: Final = f"(?:,? (?:of )?(?P<y>{_LATIN_Y})(?![0-9]))"

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
_YEAR: Final = "12一二今本明去前后"  # what _IN_YEAR starts with, and _MAYBE_IN_YEAR before a month
_MONTH: Final = _YEAR + _DIGITS + "三四五六七八九十"

RULES: Final = (
    # What only looks like a date: 中国制造2025, Agenda 2030, GB/T 20000-2018, 国办发〔2014〕35号.
    Rule(
        "制智中工愿战计行议" + _LETTERS,
        "(?:制造|智造|中国标准|中国|工业|愿景|战略|计划|行动|议程"
        f"|vision|agenda|china(?: standards)?|strategy) ?{_Y}(?![0-9年]|-[0-9])",
        _no_date,
    ),
    Rule("12一二", f"{_Y}年?(?:可持续发展)?(?:议程| agenda)", _no_date),
    Rule(_LETTERS, r"(?<![a-z])(?:iso|iec|gb|db|itu)(?:/[a-z]+)* ?[0-9][0-9./:-]*", _no_date),
    Rule("〔[(", rf"[〔\[(]{_Y}[〕\])] ?第? ?[0-9]+ ?号", _no_date),
    # What most dates are: the rules below would read them no other way, after trying much.
    Rule("12", f"(?<![0-9])(?P<y>{_LATIN_Y})年底?(?=[,;、)前]|$)", _year),
    Rule(
        "12",
        f"(?<![0-9])(?P<y>{_LATIN_Y})年(?P<m>[0-9]{{1,2}})月底?(?=[)前]|[-至]20[0-9]{{2}}|$)",
        _month,
    ),
    # A day
    Rule(
        "12",
        rf"(?<![0-9./-])(?P<y>{_LATIN_Y})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}})(?![0-9])",
        _day,
    ),
    Rule(_MONTH, f"{_MAYBE_IN_YEAR}(?P<m>{_N})月(?P<d>{_N})[日号]?{_TILL}(?P<d2>{_N})[日号]", _day),
    Rule(_MONTH, f"{_MAYBE_IN_YEAR}(?P<m>{_N})月(?P<d>{_N})[日号]", _day),
    Rule(_LETTERS, f"{_WORD}{_NAME} (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]){_OF_YEAR}?", _day),
    Rule(
        _DIGITS, f"(?<![a-z0-9])(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?{_NAME}(?![a-z]){_OF_YEAR}?", _day
    ),
    Rule("今明昨前后" + _LETTERS, f"(?P<near>{'|'.join(_DAYS)})", _near_day),
    # Months
    Rule(_MONTH, f"{_MAYBE_IN_YEAR}(?P<m>{_N})月?{_TILL}(?P<m2>{_N})月份?", _month),
    Rule(_MONTH, f"{_MAYBE_IN_YEAR}(?P<m>{_N})月份?(?:(?P<third>[上中下])旬|[底末初中])?", _month),
    Rule(_LETTERS, f"{_WORD}{_NAME}{_OF_YEAR}", _month),
    Rule(_LETTERS, f"(?:{_PREPOSITIONS}){_NAME}(?![a-z])", _month),
    Rule(_LETTERS, f"{_WORD}(?!may|mar){_NAME}(?![a-z])", _month),
    # Quarters and halves
    Rule(_MONTH + "第", f"{_MAYBE_IN_YEAR}第?(?P<q>[1-4一二三四])季度", _quarter),
    Rule(_LETTERS, f"(?<![a-z])q(?P<q>[1-4])(?![0-9]){_OF_YEAR}?", _quarter),
    Rule("12", f"(?<![0-9])(?P<y>{_LATIN_Y})(?:年| )?-?q(?P<q>[1-4])(?![0-9])", _quarter),
    Rule(
        _LETTERS,
        f"{_WORD}(?P<q>first|second|third|fourth|last) quarter of (?P<y>{_LATIN_Y})(?![0-9])",
        _quarter,
    ),
    Rule(_YEAR + "上下", f"(?:{_IN_YEAR})?(?P<half>[上下])半年", _half),
    Rule(_LETTERS, f"{_WORD}(?P<half>first|second) half of (?P<y>{_LATIN_Y})(?![0-9])", _half),
    # Five-year plans
    Rule(  # 十五 and 九五 are numbers, so that they need the word behind them
        "二十六七八九",
        "(?<![一二三四五六七八九十])"
        '(?P<plan>二?十[一二三四五六七八九]|(?:二?十|[六七八九])(?=五"?(?:规划|计划|时期|期间)))五'
        "(?![年月日天个项家名条点一二三四六七八九十百千万])"
        '"?(?:(?:时期|期间)?(?P<close>末)期?|时期|期间)?',
        _five_year_plan,
    ),
    Rule(
        "第",
        "第(?P<plan>二?十[一二三四五六七八九]?|[六七八九])个五年(?:发展)?(?:规划|计划)"
        "(?:(?:时期|期间)?(?P<close>末)期?|时期|期间)?(?!纲要)",
        _five_year_plan,
    ),
    Rule(_DIGITS, f"{_WORD}(?P<plan>[0-9]{{1,2}})th five[- ]year plan(?: period)?", _five_year_plan),
    # Years
    Rule("12一二", f"(?<![0-9])(?P<y>{_Y})年起,?(?:的|用)?(?P<years>{_N})年(?:之|以)?内", _years_from),
    Rule("12一二", f"(?<![0-9])(?P<y>{_Y})年? ?{_TILL} ?(?P<y2>{_Y})(?:年|(?![0-9年]))[底末]?", _year_range),
    Rule(
        _LETTERS,
        f"{_WORD}(?:from|between) (?P<y>{_LATIN_Y}) (?:to|and) (?P<y2>{_LATIN_Y})(?![0-9])",
        _year_range,
    ),
    Rule(_YEAR, f"{_IN_YEAR}[底末初中内]?", _year),
    Rule(
        "年" + _LETTERS, "(?<![0-9])年(?:底|末|内)|(?<![a-z])(?:year[- ]end|end of the year)(?![a-z])", _year
    ),
    # 上个月, 本季度, next week, this year
    Rule(
        "本这下上",
        "(?P<step>本|这个?|下一?个?|上一?个?)(?P<unit>周|星期)(?P<weekday>[一二三四五六日天])?",
        _moved,
    ),
    Rule("本这下上", "(?P<step>本|这个?|下一?个?|上一?个?)(?P<unit>季度|月份?(?!球)|年度)[底末初]?", _moved),
    Rule(
        _LETTERS,
        f"{_WORD}(?P<step>this|current|next|last|previous) (?P<unit>year|quarter|month|week)(?![a-z])",
        _moved,
    ),
    Rule("月", "(?P<step>)(?<![0-9个])(?P<unit>月)[底末]", _moved),
    Rule(
        "周星",
        "(?P<step>)(?<![每0-9一二两三四五六几])(?P<unit>周|星期)(?P<weekday>[一二三四五六日天])",
        _moved,
    ),
    Rule(
        "一二",
        "(?P<y>[一二][〇○零][〇○零一二三四五六七八九]{2})(?![〇○零一二三四五六七八九十百千万亿])",
        _year,
    ),
    # A year alone: not of a code, a telephone number, a count of something
    Rule(
        "12",
        f"(?<![a-z0-9./-])(?P<y>{_LATIN_Y})(?![a-z0-9]|[./,-][0-9]| ?[个项家名人条件种次元万亿%‰套批号天户])",
        _year,
    ),
)
