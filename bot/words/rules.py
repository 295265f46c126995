"""Rules in words: when an added date comes (`every month on the 28th`), and why a typed one is not taken.

A rule's words, typed as they stand, are read as that rule again, in each language.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import get_day_names

from bot.words.dates import day, period, yearly
from bot.words.marks import italic
from bot.words.names import term
from bot.words.occasions import span_standing
from bot.words.translations import LOCALE_NAMES, N_, Translator
from domain.events import Lunar, Occurrence, Rule, Span
from domain.timeline import Deadline, Precision, Yearly
from domain.workdays import Workdays
from language.numerals import format_numeral_zh
from scheduler.repetition import LAST, STATED, Repeat, Repetition, Stated, repetition
from scheduler.typed.lines import LONGEST_NAME, Flaw

_FLAWS = {
    Flaw.NO_DATE: N_("I found no date in that."),
    Flaw.NO_NAME: N_("I found a date, but not what it is about."),
    Flaw.LONG_NAME: N_("That name is too long: {most} characters at most."),
    Flaw.NO_SUCH_DAY: N_("There is no such day."),
    Flaw.PAST: N_("That is over already. Send a day that is still ahead, or one that comes again."),
    Flaw.YEARS: N_("Only the years 2000 to 2099 can be used."),
    Flaw.BACKWARDS: N_(
        "That ends before it begins. A date over the end of a year is best sent with both years."
    ),
    Flaw.TOO_LONG: N_("A date lasts 366 days at most."),
    Flaw.LUNAR: N_("The lunar calendar has no such day. Leap months can't be used."),
    Flaw.NO_DAY: N_("On which day? Name it, such as the 28th, or the last day."),
    Flaw.SEVERAL: N_("I found several dates. Send one date a message."),
}
_QUARTER_ENDS = {
    1: N_("every quarter on the last day of the first month"),
    2: N_("every quarter on the last day of the second month"),
    3: N_("every quarter on the last day"),
}
_QUARTER_DAYS = {
    1: N_("every quarter on the {day} of the first month"),
    2: N_("every quarter on the {day} of the second month"),
    3: N_("every quarter on the {day} of the last month"),
}
_NTH = {
    1: N_("every month on the first {weekday}"),
    2: N_("every month on the second {weekday}"),
    3: N_("every month on the third {weekday}"),
    4: N_("every month on the fourth {weekday}"),
    LAST: N_("every month on the last {weekday}"),
}


def flaw_words(flaw: Flaw, t: Translator) -> str:
    """Why a line is not taken."""
    return t.say(_FLAWS[flaw], most=LONGEST_NAME)


def rule_words(when: Stated, t: Translator) -> str:
    """When it comes: a day, a period, or how it comes again and for how long."""
    match when:
        case Span(first=first, last=last) if first == last:
            return day(first, t)
        case Span(first=first, last=last):
            return period(Deadline(first, Precision.DAY), Deadline(last, Precision.DAY), t)
        case Lunar():
            return _lasting(_lunar(when, t), when.days, t)
        case Rule():
            known = repetition(when.text)
            if known is None:
                return t.say("by a rule of its own: {rule}", rule=when.text)
            if known == Repetition(repeat=Repeat.YEAR):
                return _yearly(when, t)
            return _lasting(_again(known, t), when.days, t)


def remark_words(when: Stated, t: Translator) -> str:
    """What happens where a month or a year does not have the day; empty where all do."""
    known = repetition(when.text) if isinstance(when, Rule) else None
    if known and known.day in STATED and known.repeat is not Repeat.YEAR:
        return t.say("In a month without that day it is the month's last.")
    if isinstance(when, Lunar) and when.day == 30:
        return t.say("In a month of 29 days it is the 29th.")
    return ""


def time_lines(times: Sequence[Occurrence], today: date, workdays: Workdays, t: Translator) -> list[str]:
    """The next times, a line each, and when that of a day off is told."""
    if not times:
        return [t.say("It does not come any more.")]
    lines = [t.say_n("Next time:", "Next times:", len(times))]
    for time in times:
        on = day(time.day, t, weekday=True)
        if time is times[0]:
            on = t.say(
                "{when} ({standing})", when=on, standing=span_standing(time.first, time.last, today, t)
            )
        told = workdays.on_or_before(time.day)
        if told != time.day:
            on = t.say("{day}: a day off, told on {other}", day=on, other=day(told, t))
        lines.append(f"• {on}")
    if workdays.provisional(times[0].day):
        lines.append(
            italic(t.say("The days off of that year are not published yet, so this may still move."))
        )
    return lines


def _again(its: Repetition, t: Translator) -> str:
    match its.repeat:
        case Repeat.WEEK:
            return t.say("every {weekday}", weekday=_weekday(its.weekday, t))
        case Repeat.MONTH if its.nth:
            return t.say(_NTH[its.nth], weekday=_weekday(its.weekday, t))
        case Repeat.MONTH if its.day == LAST:
            return t.say("every month on the last day")
        case Repeat.MONTH:
            return t.say("every month on the {day}", day=_numbered(its.day, t))
        case Repeat.QUARTER if its.day == LAST:
            return t.say(_QUARTER_ENDS[its.month])
        case Repeat.QUARTER:
            return t.say(_QUARTER_DAYS[its.month], day=_numbered(its.day, t))
        case Repeat.HALF_YEAR:
            return t.say("every half-year on the last day")
        case _:
            return t.say("every year on the last day of February")


def _yearly(rule: Rule, t: Translator) -> str:
    """A whole month as one."""
    first = rule.first
    if first.day == 1 and _is_month(first, rule.days):
        return yearly(Yearly(first.month), t)
    return _lasting(yearly(Yearly(first.month, first.day), t), rule.days, t)


def _is_month(first: date, days: int) -> bool:
    next_month = (first.replace(day=28) + timedelta(4)).replace(day=1)
    return days == (28 if first.month == 2 else (next_month - first).days)


def _lasting(words: str, days: int, t: Translator) -> str:
    if days == 1:
        return words
    return t.say_n("{when} for {n} day", "{when} for {n} days", days, when=words)


def _lunar(lunar: Lunar, t: Translator) -> str:
    """每年农历八月十五, 每年农历腊月廿三."""
    if not t.chinese:
        on = f"the {_numbered(lunar.day, t)} day of the {_numbered(lunar.month, t)} month"
    else:
        tens = "初" if lunar.day <= 10 else "廿" if 20 < lunar.day < 30 else ""
        number = format_numeral_zh(lunar.day - 20 if tens == "廿" else lunar.day)
        on = term(f"{_MONTHS.get(lunar.month) or format_numeral_zh(lunar.month)}月{tens}{number}", t)
    return t.say("every year on {day} of the lunar calendar", day=on)


_MONTHS = {1: "正", 12: "腊"}


def _weekday(number: int, t: Translator) -> str:
    return str(get_day_names("wide", locale=LOCALE_NAMES[t.language])[number - 1])


def _numbered(number: int, t: Translator) -> str:
    """28th, or in Chinese the number."""
    if t.chinese:
        return f"{number}"
    ending = "th" if number // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
