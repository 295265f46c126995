"""A month as a grid of buttons, days off and days with dates marked; and a day with what is on it."""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.ahead.looking import of_month
from bot.ahead.screens import Sight, numbered, opening
from bot.ahead.verbs import Month, Scope, Verb, to
from bot.buttons import Button, Rows
from bot.texts import Markup, day
from bot.views import View
from bot.words.ahead import by_dates, month_name, weekday_letters
from bot.words.marks import bold, finish, italic
from bot.words.reminders import Reader
from bot.words.translations import N_, Translator
from domain.events import Occurrence
from domain.workdays import Workdays

_SHOWN, _OF_DAY = 8, 24  # dates under a month, whose days show the rest; and under a day
_BLANK = "·"  # Telegram shows no button without a label
_FREE, _BUSY = N_("{day}h"), N_("{day}w")  # a statutory day off, a weekend day that is worked
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A month as it is shown: what is on, and the days that offices work."""

    month: Month
    on: Mapping[date, Sequence[Occurrence]]
    workdays: Workdays


def leaf(sight: Sight, month: Month, workdays: Workdays) -> Leaf:
    """The month with what is on in it."""
    return Leaf(month=month, on=of_month(sight.events, month), workdays=workdays)


def month_view(sight: Sight, shown: Leaf) -> View:
    """The month."""
    t, reader = sight.reader.t, sight.reader
    found = list(dict.fromkeys(one for some in shown.on.values() for one in some))
    lines = [f"🗓 {bold(month_name(shown.month.first, t))}"]
    lines += by_dates([("•", one) for one in found[:_SHOWN]], reader)
    if (left := len(found) - _SHOWN) > 0:
        lines.append(t.say_n("… and {n} more", "… and {n} more", left))
    if not found:
        lines.append(t.say("Nothing is on in this month."))
    lines += ["", *_legend(shown, reader)]
    rows = (*_grid(sight, shown), *_turns(sight, shown.month), (_list(sight.scope, t),))
    return View(parts=[finish("\n".join(lines), Markup.HTML)], rows=rows)


def day_view(sight: Sight, shown: Leaf, chosen: date) -> View:
    """A day of the month, with what is on."""
    t, reader = sight.reader.t, sight.reader
    found = list(shown.on.get(chosen, ()))
    lines = [f"🗓 {bold(day(chosen, t, weekday=True))}", *_office(chosen, shown.workdays, reader), ""]
    labelled = numbered(found[:_OF_DAY])
    lines += by_dates(labelled, reader)
    if (left := len(found) - _OF_DAY) > 0:
        lines.append(t.say_n("… and {n} more", "… and {n} more", left))
    if not found:
        lines.append(t.say("Nothing is on that day."))
    back = Button(label="↩ " + month_name(chosen, t), press=to(Verb.MONTH, sight.scope, shown.month))
    rows = (
        *opening([(label.rstrip("."), one) for label, one in labelled], reader),
        *_days_beside(sight, chosen),
        (back,),
    )
    return View(parts=[finish("\n".join(lines), Markup.HTML)], rows=rows)


def _grid(sight: Sight, shown: Leaf) -> Rows:
    t, rest = sight.reader.t, to(Verb.REST)
    heads = tuple(Button(label=letter, press=rest) for letter in weekday_letters(t))
    blank = Button(label=_BLANK, press=rest)
    first, month = shown.month.first, shown.month
    days = [
        Button(label=_label(one, sight, shown), press=to(Verb.DAY, sight.scope, one))
        for one in (first + timedelta(days=n) for n in range(calendar.monthrange(month.year, month.month)[1]))
    ]
    cells = [blank] * first.weekday() + days
    cells += [blank] * (-len(cells) % 7)
    return (heads, *(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)))


def _label(one: date, sight: Sight, shown: Leaf) -> str:
    """`22`, `•1休` with something on and a day off, `▸22` today."""
    t, label = sight.reader.t, f"{one.day}"
    if one in shown.workdays.days_off:
        label = t.say(_FREE, day=label)
    elif one in shown.workdays.make_up:
        label = t.say(_BUSY, day=label)
    if one in shown.on:
        label = f"•{label}"
    return f"▸{label}" if one == sight.reader.today else label


def _legend(shown: Leaf, reader: Reader) -> list[str]:
    t = reader.t
    signs = [t.say("• something due"), t.say("▸ today")]
    if _of(shown.month, shown.workdays.days_off):
        signs.append(t.say("h statutory day off"))
    if _of(shown.month, shown.workdays.make_up):
        signs.append(t.say("w weekend day that is worked"))
    # The keyboard is as wide as the longest line: a short text would squeeze the days.
    lines = [italic("  ".join(signs)), t.say("Press a day to see what is on it, and whether offices work.")]
    if shown.workdays.provisional(shown.month.first):
        lines.append(italic(_provisional(shown.month.first, reader)))
    return lines


def _of(month: Month, days: Collection[date]) -> bool:
    return any(Month.of(one) == month for one in days)


def _office(chosen: date, workdays: Workdays, reader: Reader) -> list[str]:
    """Whether offices work on that day, as far as is known."""
    t, lines = reader.t, list[str]()
    if chosen in workdays.make_up:
        lines.append(t.say("A working day, in exchange for a day off."))
    elif chosen in workdays.days_off:
        lines.append(t.say("A statutory day off."))
    elif chosen.weekday() >= _SATURDAY:
        lines.append(t.say("A weekend."))
    else:
        lines.append(t.say("A working day."))
    if workdays.provisional(chosen):
        lines.append(italic(_provisional(chosen, reader)))
    return lines


def _provisional(of: date, reader: Reader) -> str:
    if of.year < reader.today.year:
        return reader.t.say("The days off of {year} are not known here.", year=of.year)
    return reader.t.say("The working days of {year} are not published yet: provisional.", year=of.year)


def _turns(sight: Sight, month: Month) -> Rows:
    """To the month before, this month, the month after; what is beyond the years known has no button."""
    here, back, on = Month.of(sight.reader.today), month.turned(-1), month.turned(1)
    places = [("◀", back), ("▶", on)]
    if here not in {back, month, on}:
        places.insert(1, (sight.reader.t.say("This month"), here))
    row = tuple(
        Button(label=label, press=to(Verb.MONTH, sight.scope, other)) for label, other in places if other
    )
    return (row,)


def _days_beside(sight: Sight, chosen: date) -> Rows:
    row = tuple(
        Button(label=label, press=to(Verb.DAY, sight.scope, beside))
        for label, beside in (("◀", chosen - timedelta(days=1)), ("▶", chosen + timedelta(days=1)))
        if Month.of(beside).turned(0)
    )
    return (row,)


def _list(scope: Scope, t: Translator) -> Button:
    return Button(label="📅 " + t.say("The next 90 days"), press=to(Verb.LIST, scope, 0))
