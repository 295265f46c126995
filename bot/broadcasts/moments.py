"""A time that a person typed, or chose from the buttons: `2026-12-01 09:30`, `明天9点`, `tomorrow 9:00`."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.refusal import Refusal
from bot.words.moments import SHANGHAI
from bot.words.translations import N_

LATEST = timedelta(days=366)


class Preset(StrEnum):
    """Times that a button offers."""

    HOUR = "hour"  # an hour from now
    TOMORROW = "tomorrow"  # 9:00
    MONDAY = "monday"  # the next one, 9:00


_NINE = time(9)
_DAYS = {
    "今天": 0, "今日": 0, "今": 0, "today": 0,
    "明天": 1, "明日": 1, "明": 1, "tomorrow": 1,
    "后天": 2, "後天": 2,
}  # fmt: skip
_LATER = frozenset({"下午", "晚上", "晚", "傍晚", "pm"})  # 下午3点 is 15:00
_FORM = re.compile(
    r"""
    (?:(?P<near>今天|今日|今|明天|明日|明|后天|後天|today|tomorrow)
      |(?:(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号號]?)
    )?
    \s*(?:at\s+|,|，)?\s*
    (?P<half>上午|早上|早晨|早|中午|下午|傍晚|晚上|晚)?\s*
    (?P<hour>\d{1,2})
    (?:\s*[:.]\s*(?P<minute>\d{2})|\s*[点點时時]\s*(?:(?P<spoken>\d{1,2})\s*分?|(?P<thirty>半)|整|鐘|钟)?)?
    \s*(?P<noon>am|pm)?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def read_moment(text: str, now: datetime) -> datetime:
    """The instant that a text means, on the clock of China; a time alone is today's.

    Args:
        text: a day and a time, or a time.
        now: an aware instant.

    Raises:
        Refusal: it is no time, it is past, or it is too far ahead.
    """
    match = _FORM.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if match is None or not (match["minute"] or match["noon"] or re.search("[点點时時]", text)):
        raise _unread()
    today = now.astimezone(SHANGHAI).date()
    try:
        return _checked(datetime.combine(_day(match, today), _time(match), SHANGHAI), now)
    except (ValueError, OverflowError):
        raise _unread() from None


def of_preset(preset: Preset, now: datetime) -> datetime:
    """The instant of a button."""
    if preset is Preset.HOUR:
        return now + timedelta(hours=1)
    today = now.astimezone(SHANGHAI).date()
    days = 1 if preset is Preset.TOMORROW else 7 - today.weekday()
    return datetime.combine(today + timedelta(days=days), _NINE, SHANGHAI).astimezone(UTC)


def _day(match: re.Match[str], today: date) -> date:
    if match["near"]:
        return today + timedelta(days=_DAYS[match["near"]])
    if not match["month"]:
        return today
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, day)
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def _time(match: re.Match[str]) -> time:
    hour = int(match["hour"])
    half = match["half"] or match["noon"]
    if half in _LATER and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return time(hour, 30 if match["thirty"] else int(match["minute"] or match["spoken"] or 0))


def _checked(at: datetime, now: datetime) -> datetime:
    if at <= now:
        raise Refusal(N_("That time has passed."))
    if at > now + LATEST:
        raise Refusal(N_("That is more than a year ahead."))
    return at.astimezone(UTC)


def _unread() -> Refusal:
    return Refusal(N_("I can't read that as a time. Write it like 2026-12-01 09:30 or 明天9点."))
