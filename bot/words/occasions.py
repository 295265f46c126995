"""Yearly occasions: the next one, with the days to it."""

from datetime import date

from answering.answer import EventItem
from bot.words.dates import day, named, yearly
from bot.words.figures import number
from bot.words.marks import bold
from bot.words.names import name
from bot.words.translations import Translator
from domain.policy import YearlyEvent
from domain.timeline import Deadline, Precision


def event_lines(item: EventItem, today: date, t: Translator) -> list[str]:
    """The occurrence of an occasion that is under way or comes next."""
    return _occurrence(item.event, item.first, item.last, today, t)


def next_occasion(event: YearlyEvent, today: date, t: Translator) -> list[str]:
    """The same, worked out from today."""
    return _occurrence(event, *event.yearly.next_from(today), today, t)


def _occurrence(event: YearlyEvent, first: date, last: date, today: date, t: Translator) -> list[str]:
    return [
        t.say(
            "{dates}, {standing}",
            dates=bold(_dates(event, first, t)),
            standing=span_standing(first, last, today, t),
        ),
        f"{name(event.name, t)} · {yearly(event.yearly, t)}",
    ]


def _dates(event: YearlyEvent, first: date, t: Translator) -> str:
    if event.yearly.day is None:
        return named(Deadline(first, Precision.MONTH), t)
    return day(first, t, weekday=True)


def span_standing(first: date, last: date, today: date, t: Translator) -> str:
    """How some days, or one, lie to today: `还有 7 天`, under way, or past."""
    if today > last:
        days = (today - last).days
        return t.say_n("{n} day ago", "{n} days ago", days, n=number(days, t))
    if first <= today:
        if first == last:
            return t.say("that is today")
        left = (last - today).days
        return t.say_n("now on, {n} day left", "now on, {n} days left", left, n=number(left, t))
    days = (first - today).days
    return t.say_n("in {n} day", "in {n} days", days, n=number(days, t))
