"""Instants and spans of time in words, on the clock of China: `2026年12月1日 09:30`, `6 min 10 sec`."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.units import format_unit

from bot.words.dates import day
from bot.words.translations import LOCALE_NAMES, Translator
from domain.languages import Language

SHANGHAI = ZoneInfo("Asia/Shanghai")
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def moment(at: datetime, t: Translator, *, weekday: bool = False) -> str:
    """An aware instant as day and time."""
    there = at.astimezone(SHANGHAI)
    return f"{day(there.date(), t, weekday=weekday)} {there:%H:%M}"


def lasting(span: timedelta, t: Translator) -> str:
    """A span in its largest unit, and the next smaller one where that says something."""
    left = max(0, round(span.total_seconds()))
    first = next((at for at, (_, size) in enumerate(_UNITS) if left >= size), len(_UNITS) - 1)
    words: list[str] = []
    for name, size in _UNITS[first : first + 2]:
        number, left = divmod(left, size)
        if number or not words:
            locale = LOCALE_NAMES[t.language]
            words.append(format_unit(number, f"duration-{name}", "short", locale=locale))
    return ("" if t.language is Language.SIMPLIFIED else " ").join(words)
