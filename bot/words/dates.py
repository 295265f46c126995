"""Dates: deadlines, periods and yearly occasions in words, and how they stand against today."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from bot.words.figures import number
from bot.words.translations import Translator
from domain.languages import Language
from domain.timeline import Deadline, Precision, Yearly

# English without a country: British day order, which no reader can mistake.
_LOCALES = {Language.SIMPLIFIED: "zh_Hans", Language.TRADITIONAL: "zh_Hant", Language.ENGLISH: "en_GB"}
_CHINESE = {
    Precision.YEAR: "y年",
    Precision.QUARTER: "y年QQQQ",
    Precision.MONTH: "y年M月",
    Precision.DAY: "long",
}
_ENGLISH = {Precision.YEAR: "y", Precision.QUARTER: "QQQ y", Precision.MONTH: "MMMM y", Precision.DAY: "long"}


@lru_cache(maxsize=4096)
def when(deadline: Deadline, t: Translator) -> str:
    """Until when, as exactly as it was stated: `到2025年`, `by the end of June 2025`, `by 30 June 2025`."""
    words = named(deadline, t)
    match deadline.precision:
        case Precision.YEAR:
            return t.say("by the end of {year}", year=words)
        case Precision.QUARTER:
            return t.say("by the end of {quarter}", quarter=words)
        case Precision.MONTH:
            return t.say("by the end of {month}", month=words)
        case Precision.DAY:
            return t.say("by {day}", day=words)


@lru_cache(maxsize=4096)
def named(deadline: Deadline, t: Translator) -> str:
    """The year, quarter, month or day itself: `2025年`, `June 2025`."""
    return _format(deadline.day, (_CHINESE if t.chinese else _ENGLISH)[deadline.precision], t)


def standing(deadline: Deadline, today: date, t: Translator) -> str:
    """How far it is from today to the last day allowed: `还有 39 天`, `已过去 326 天`."""
    days = deadline.days_from(today)
    if days > 0:
        return t.say_n("{n} day left", "{n} days left", days, n=number(days, t))
    if days < 0:
        return t.say_n("{n} day ago", "{n} days ago", -days, n=number(-days, t))
    return t.say("today is the last day")


def until(deadline: Deadline, today: date, t: Translator) -> str:
    """Both in one: `到2025年（已过去 326 天）`."""
    return t.say("{when} ({standing})", when=when(deadline, t), standing=standing(deadline, today, t))


def period(start: Deadline, end: Deadline, t: Translator) -> str:
    """From the first to the last: `2023年—2024年`, one of them where they are the same."""
    if start == end:
        return named(start, t)
    return t.say("{first}–{last}", first=named(start, t), last=named(end, t))


@lru_cache(maxsize=4096)
def day(of: date, t: Translator, *, weekday: bool = False) -> str:
    """A day in full: `2025年12月31日`, `31 December 2025`; with `weekday` its name too."""
    return _format(of, "full" if weekday else "long", t)


@lru_cache(maxsize=4096)
def short_day(of: date, t: Translator) -> str:
    """A day of the year we are in: `12月31日周三`, `Wed 31 Dec`."""
    return format_skeleton("MMMEd", of, locale=_LOCALES[t.language]).replace(",", "")


def yearly(occasion: Yearly, t: Translator) -> str:
    """When in the year: `每年10月14日`, `every September`."""
    first, _ = occasion.in_year(2024)  # a leap year, so that every yearly day is in it
    if occasion.day is None:
        return t.say("every {month}", month=_format(first, "M月" if t.chinese else "MMMM", t))
    return t.say("every year on {day}", day=_format(first, "M月d日" if t.chinese else "d MMMM", t))


def _format(of: date, form: str, t: Translator) -> str:
    return format_date(of, form, locale=_LOCALES[t.language])
