"""Figures: numbers, units and bounds in words, `30 项以上`, `at most 15 months`."""

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from bot.words.names import name
from bot.words.translations import LOCALE_NAMES, N_, NN_, Translator
from domain.policy import Comparator, Name, Target

_BOUNDS = {
    Comparator.AT_LEAST: N_("at least {amount}"),
    Comparator.MORE_THAN: N_("more than {amount}"),
    Comparator.AT_MOST: N_("at most {amount}"),
    Comparator.LESS_THAN: N_("less than {amount}"),
    Comparator.EXACTLY: N_("{amount}"),
    Comparator.ABOUT: N_("about {amount}"),
    Comparator.RANGE: N_("between {amount}"),
}

# 30项, 20个: Chinese counts with a word that English leaves out.
_COUNT_WORDS = frozenset("项个家名人位条件种次批类张所处份支只台座篇部")
# Units that an imported policy brings without an English name.
_UNITS = {
    "个月": NN_("{n} month", "{n} months"),
    "年": NN_("{n} year", "{n} years"),
    "天": NN_("{n} day", "{n} days"),
    "日": NN_("{n} day", "{n} days"),
    "个工作日": NN_("{n} working day", "{n} working days"),
    "工作日": NN_("{n} working day", "{n} working days"),
    "个百分点": NN_("{n} percentage point", "{n} percentage points"),
}
_PERCENT = frozenset("%％")
_GROUPED_FROM = 10_000


def figure(target: Target, t: Translator) -> str:
    """The target's value with its bound and unit, `每年 30 项以上`."""
    numbers = number(target.value, t)
    if target.value_max is not None:
        dash = "—" if t.chinese else " and "
        numbers = f"{numbers}{dash}{number(target.value_max, t)}"
    last = target.value if target.value_max is None else target.value_max
    text = t.say(_BOUNDS[target.comparator], amount=_amount(numbers, last, target.unit, t))
    return _each(text, target.per, t) if target.per else text


@lru_cache(maxsize=4096)
def number(value: Decimal | int, t: Translator) -> str:
    """A number without trailing zeros; Chinese groups its digits from five on, as 4000 项 and 10,000 项."""
    pattern = "#,##0" if not t.chinese or value >= _GROUPED_FROM else "0"
    if fraction := f"{Decimal(value):f}".partition(".")[2].rstrip("0"):
        pattern += "." + "#" * len(fraction)
    return format_decimal(value, format=pattern, locale=LOCALE_NAMES[t.language])


def _amount(numbers: str, last: Decimal, unit: Name, t: Translator) -> str:
    if unit.zh in _PERCENT:
        return f"{numbers}%"
    if t.chinese:
        return f"{numbers} {name(unit, t)}"
    if unit.en is None and unit.zh in _COUNT_WORDS:
        return numbers
    if unit.en is None and unit.zh in _UNITS:
        return t.say_n(*_UNITS[unit.zh], 1 if last == 1 else 2, n=numbers)
    return f"{numbers} {name(unit, t)}"


def _each(text: str, per: str, t: Translator) -> str:
    match per:
        case "year":
            return t.say("{figure} a year", figure=text)
        case "quarter":
            return t.say("{figure} a quarter", figure=text)
        case "month":
            return t.say("{figure} a month", figure=text)
        case _:
            return f"{text} / {per}"
