"""What a person typed for a setting: days before, a time of day, hours, a time zone, a day; or why not."""

import difflib
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.refusal import Refusal
from bot.words.marks import shorten
from bot.words.translations import N_
from domain.reminders import MAX_LEAD
from language.dates import find_dates
from language.numerals import find_numbers

MOST_LEADS = 10
LONGEST_MUTE = timedelta(days=366)

_ON_THE_DAY = re.compile(r"[当當][天日]|on the day|same day|the day itself")
_DAYS = re.compile(r"days?\b")
_BETWEEN_LEADS = re.compile(r"(?:[\s,、;/.。]|提前|前|天|日|before|and|和|及|与|與|以及)*")
_LATER = ("下午", "晚", "pm")
_TIME = r"""
    (?:上午|早上|早|中午|下午|晚上|晚)?\s*\d{1,2}
    (?:\s*:\s*\d{2}|\s*[点點时時]\s*(?:\d{1,2}\s*分?|半|整)?)?
    \s*(?:am|pm)?
"""
_ONE_TIME = re.compile(rf"(?:{_TIME})", re.VERBOSE)
_TWO_TIMES = re.compile(rf"({_TIME})\s*(?:-|–|—|~|至|到|to|and)\s*({_TIME})", re.VERBOSE)
_PARTS = re.compile(r"(\d{1,2})(?:\s*[:点點时時]\s*(\d{1,2}|半)?)?")
_PLACES = {
    "Asia/Shanghai": ("北京", "北京时间", "北京時間", "中国", "中國", "上海", "beijing", "china"),
    "Asia/Urumqi": ("新疆", "乌鲁木齐", "烏魯木齊", "xinjiang"),
    "Asia/Hong_Kong": ("香港",),
    "Asia/Macau": ("澳门", "澳門"),
    "Asia/Taipei": ("台北", "臺北"),
}


def read_leads(text: str) -> tuple[int, ...]:
    """How many days before: `45, 10, 1`, `提前三十天和当天`; the longest first.

    Raises:
        Refusal: it names no days, or days that can't be kept to.
    """
    plain = _DAYS.sub(" ", _ON_THE_DAY.sub(" 0 ", _plain(text)))
    found = find_numbers(plain)
    between, end = [], 0
    for number in found:
        between.append(plain[end : number.start])
        end = number.end
    between.append(plain[end:])
    whole = all(number.value == number.value.to_integral_value() for number in found)
    if not found or not whole or not all(_BETWEEN_LEADS.fullmatch(gap) for gap in between):
        raise Refusal(N_("I can't read that as days. Write them like this: 45, 10, 1"))
    for number in found:
        if not 0 <= number.value <= MAX_LEAD:
            raise Refusal(
                N_("{n} days is too far ahead: 0 to {most} days can be kept to."),
                n=_short(number.text),
                most=MAX_LEAD,
            )
    leads = tuple(sorted({int(number.value) for number in found}, reverse=True))
    if len(leads) > MOST_LEADS:
        raise Refusal(N_("That is too often: {most} different days at most."), most=MOST_LEADS)
    return leads


def read_time(text: str) -> time:
    """A time of day: `9:00`, `下午2点半`, `9am`.

    Raises:
        Refusal: it is none.
    """
    plain = _plain(text)
    if _ONE_TIME.fullmatch(plain) is None:
        raise _no_time()
    return _time(plain)


def read_hours(text: str) -> tuple[time, time]:
    """From when to when: `8:30-17:30`, `上午9点到下午6点`.

    Raises:
        Refusal: it is not that.
    """
    match = _TWO_TIMES.fullmatch(_plain(text))
    if match is None:
        raise Refusal(N_("I can't read that as hours. Write them like this: 8:30-17:30"))
    return _time(match[1]), _time(match[2])


def read_zone(text: str) -> str:
    """The IANA name of a time zone, however it is written: `asia/tokyo`, `Tokyo`, `北京`.

    Raises:
        Refusal: nobody knows it; names the nearest.
    """
    wanted = re.sub(r"\s+", "_", _plain(text))
    names = _zones()
    if found := names.get(wanted):
        return found
    near = difflib.get_close_matches(wanted[:60], names, n=1, cutoff=0.75)
    if near:
        raise Refusal(
            N_("There is no time zone “{zone}”. Did you mean {near}?"),
            zone=_short(text),
            near=names[near[0]],
        )
    raise Refusal(
        N_("There is no time zone “{zone}”. One looks like Asia/Shanghai or Europe/London."),
        zone=_short(text),
    )


def read_day(text: str, today: date) -> date:
    """A day after today: `2026-12-31`, `12月31日`, `下周一`; without its year the next such day.

    Raises:
        Refusal: it is no day, a past one, or too far ahead.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = find_dates(plain, today)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(plain)):
        raise _no_day()
    span = found[0]
    if span.first != span.last:
        raise _no_day()
    day = span.first
    if day < today and not re.search(r"\d{4}", plain):
        try:
            day = day.replace(year=today.year + 1)
        except ValueError:
            raise _no_day() from None
    if day <= today:
        raise Refusal(N_("That day is not ahead."))
    if day > today + LONGEST_MUTE:
        raise Refusal(N_("That is more than a year ahead."))
    return day


def start_of(day: date, zone: str) -> datetime:
    """The instant that a day begins there, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _time(plain: str) -> time:
    match = _PARTS.search(plain)
    hour = int(match[1]) if match else 99
    minute = match[2] if match else None
    later = any(word in plain for word in _LATER) or ("中午" in plain and hour < 11)
    if later and hour < 12:
        hour += 12
    if "am" in plain and hour == 12:
        hour = 0
    try:
        return time(hour, 30 if minute == "半" else int(minute or 0))
    except ValueError:
        raise _no_time() from None


@cache
def _zones() -> dict[str, str]:
    """Names of zones by what may be written for them; a city that several share counts for none."""
    known = {name for name in available_timezones() if "/" in name or name == "UTC"}
    cities: dict[str, set[str]] = {}
    for name in known:
        cities.setdefault(name.rpartition("/")[2].lower(), set()).add(name)
    by_city = {city: min(names) for city, names in cities.items() if len(names) == 1}
    by_place = {place: name for name, places in _PLACES.items() for place in places}
    return by_city | {name.lower(): name for name in known} | by_place


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _short(text: str) -> str:
    return shorten(text, 40)


def _no_time() -> Refusal:
    return Refusal(N_("I can't read that as a time of day. Write it like this: 9:00"))


def _no_day() -> Refusal:
    return Refusal(N_("I can't read that as a day there is. Write it like this: 2026-12-31 or 12月31日"))
