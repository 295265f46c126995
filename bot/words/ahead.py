"""What comes, in words: dates under their months, each with how far it is and whose it is."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from babel.dates import get_day_names

from bot.words.dates import named
from bot.words.marks import bold
from bot.words.names import capital, place
from bot.words.occasions import span_standing
from bot.words.reminders import Reader, called, when_words
from bot.words.translations import LOCALE_NAMES, Translator
from domain.events import Occurrence
from domain.policy import FactKind
from domain.timeline import Deadline, Precision

Labelled = Sequence[tuple[str, Occurrence]]  # each with what stands before it in a list


def month_name(of: date, t: Translator) -> str:
    """The month that a day is in: `2026年12月`, `December 2026`."""
    return named(Deadline(of, Precision.MONTH), t)


def weekday_letters(t: Translator) -> list[str]:
    """Monday to Sunday, as calendars head their columns: `一`, `M`."""
    names = get_day_names("narrow", context="stand-alone", locale=LOCALE_NAMES[t.language])
    return [names[number] for number in range(7)]


def when_it_is(one: Occurrence, reader: Reader) -> str:
    """Its date and how far it is, `到2025年（还有 39 天）`; of what is over not whether it was done."""
    t, today = reader.t, reader.today
    if one.last >= today:
        return capital(when_words(one.facts(), reader))
    dates = when_words(one.facts(), reader, done=True)
    past = span_standing(one.first, one.last, today, t)
    return capital(t.say("{when} ({standing})", when=dates, standing=past))


def what_it_is(one: Occurrence, reader: Reader) -> str:
    """What it is and whose: `制定周期：15 个月以内 · 山城市`; of several policies, nobody's alone."""
    policy = reader.library.policy(one.event.policy)
    own = called(one.facts(), reader)
    alone = sum(bool(one.policy) and one.kind is FactKind.POLICY for one in one.event.subjects) <= 1
    return f"{own} · {place(policy, reader.t)}" if policy and alone else own


def in_a_line(one: Occurrence, reader: Reader) -> str:
    """Both: `世界标准日 · 2026年10月14日星期三（还有 7 天）`."""
    return f"{what_it_is(one, reader)} · {when_it_is(one, reader)}"


def by_dates(labelled: Labelled, reader: Reader) -> Iterator[str]:
    """A line for each date, and under it one for each thing that falls on it."""
    for words, of_date in groupby(labelled, key=lambda pair: when_it_is(pair[1], reader)):
        yield bold(words)
        yield from (f"{label} {what_it_is(one, reader)}" for label, one in of_date)


def by_months(labelled: Labelled, reader: Reader) -> Iterator[str]:
    """A block for each month that something comes in."""
    for first, of_month in groupby(labelled, key=lambda pair: pair[1].day.replace(day=1)):
        yield "\n".join([f"🗓 {bold(month_name(first, reader.t))}", *by_dates(list(of_month), reader)])
