"""A typed line as a date with a name, `3月15日 例会`, or why it is none."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from domain.events import FIRST_YEAR, LAST_YEAR, Lunar, Rule, Span
from language.script import aligned
from scheduler.repetition import Stated
from scheduler.typed.days import find_day
from scheduler.typed.parts import TAIL, BadLine, Flaw, Found, number
from scheduler.typed.repeats import find_repetition

__all__ = ["LONGEST_NAME", "DateLine", "Flaw", "flaw_of", "read_line", "tidy"]

LONGEST_NAME = 60
_LONGEST_LINE = 200  # of which a date takes 100 at most, and reading takes its time
_LONGEST = 366  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """What a line says."""

    name: str
    when: Stated
    collection: bool = False  # whether it seems to be about figures that are collected


def read_line(text: str, today: date, *, named: bool = True) -> DateLine | Flaw:
    """The date of a line and what stands beside it, or why it is not taken; any text will do.

    A day without a year is the next such day; "by the end of June" is its last day; the 31st of every month
    is the last day of it. Without `named` the name may be missing.
    """
    line = tidy(text)
    if len(line) > _LONGEST_LINE:
        return Flaw.LONG_NAME
    written = _ISO_RANGE.sub("~", aligned(line))
    try:
        found = _extended(_find(written, today), written)
        if flaw := flaw_of(found.when, today):
            return flaw
    except BadLine as error:
        return error.flaw
    except (ValueError, OverflowError):  # a rule that names no day until our years end
        return Flaw.YEARS
    name = _name(line, written, found)
    if named and not name:
        return Flaw.NO_NAME
    if len(name) > LONGEST_NAME:
        return Flaw.LONG_NAME
    again = isinstance(found.when, Rule)
    return DateLine(name=name, when=found.when, collection=again and bool(_FIGURES.search(aligned(name))))


def tidy(text: str) -> str:
    """A typed text on one line, without what is not seen."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def flaw_of(when: Stated, today: date) -> Flaw | None:
    """What is wrong with a date; for one that is kept for a while, also later."""
    match when:
        case Span(first=first, last=last):
            days = (last - first).days + 1
        case Rule(first=first, days=days):
            pass
        case Lunar(days=days):
            first = today
    if days < 1:
        return Flaw.BACKWARDS
    if days > _LONGEST:
        return Flaw.TOO_LONG
    if first.year < FIRST_YEAR or (first + timedelta(days - 1)).year > LAST_YEAR:
        return Flaw.YEARS
    return Flaw.PAST if isinstance(when, Span) and when.last < today else None


def _find(written: str, today: date) -> Found:
    """A repetition if there is one, else a date."""
    if repetition := find_repetition(written, today):
        return repetition
    found = find_day(written, today)
    if _LUNAR.search(written, 0, found.start) if found else _LUNAR_WORD.search(written):
        raise BadLine(Flaw.LUNAR)  # 农历闰四月初八: not the April of everybody else
    if _AGAIN.search(written, 0, found.start if found else len(written)) or (
        found and _OF_EACH.match(written, found.end)
    ):
        raise BadLine(Flaw.NO_DAY)
    if found is None:
        raise BadLine(Flaw.NO_DATE)
    return found


def _extended(found: Found, written: str) -> Found:
    """With how long it lasts, and the word that makes it a deadline."""
    if _HALF_READ.match(written, found.end):
        raise BadLine(Flaw.BACKWARDS)
    if _ANOTHER.match(written, found.end) or _ONE_BEFORE.search(written, 0, found.start):
        raise BadLine(Flaw.SEVERAL)
    lasts = _LASTS.match(written, found.end) if found.single else None
    if lasts is None:
        tail = TAIL.match(written, found.end)
        return replace(found, end=tail.end()) if tail else found
    said = lasts["days"] or lasts["weeks"] or lasts["n"]
    days = 1 if said in {"a", "one"} else number(said)
    days *= 7 if lasts["weeks"] or (lasts["unit"] or "").startswith("week") else 1
    if not 1 <= days <= _LONGEST:
        raise BadLine(Flaw.TOO_LONG)
    when = found.when
    if isinstance(when, Span):
        return replace(found, end=lasts.end(), when=replace(when, last=when.first + timedelta(days - 1)))
    return replace(found, end=lasts.end(), when=replace(when, days=days))


def _name(line: str, written: str, found: Found) -> str:
    """What stands before and behind, without the words that only lead to the date."""
    start, end = found.start, found.end
    while match := _HEAD.search(written, 0, start):
        start = match.start()
    if link := _LINK.match(written, end):
        end = link.end()
    before, after = line[:start].strip(_EDGES), line[end:].strip(_EDGES)
    latin = before[-1:].isascii() or after[:1].isascii()
    return (" " if latin else "").join(part for part in (before, after) if part)


_N: Final = "(?:[0-9]{1,4}|[一二两三四五六七八九十百]{1,5})"
_LASTS: Final = re.compile(
    f" ?,? ?(?:(?:起|开始) ?,?(?:为期|共|连续|持续|历时)?|为期|共|连续|持续|历时)"
    f" ?(?:(?P<days>{_N}) ?[天日]|(?P<weeks>{_N}) ?(?:周|个?星期))"
    "|,? for (?P<n>[0-9]{1,4}|a|one) (?P<unit>days?|weeks?)(?![a-z])"
)
_HALF_READ: Final = re.compile(
    " ?(?:-+|~|至|到|to|until) ?(?:[0-9一二三四五六七八九十廿初]{1,4}[月日号]|[0-9]{1,2} [a-z]{3})"
)
# 每月10日、20日; the 1st and 15th of every month
_ANOTHER: Final = re.compile(
    " ?(?:[、,和与及]|and) ?(?:the )?(?:[0-9一二三四五六七八九十廿初]{1,4}[日号]|[0-9]{1,2}(?:st|nd|rd|th))"
)
_ONE_BEFORE: Final = re.compile("[0-9]{1,2}(?:st|nd|rd|th)(?:,? and|,) $")
_ISO_RANGE: Final = re.compile("(?<=[0-9])-(?=[0-9]{4}[-/.][0-9]{1,2}[-/.])")
_OF_EACH: Final = re.compile(",? (?:of |in )?(?:every|each) ")
_HEAD: Final = re.compile(
    "(?:(?<![a-z])(?:by|before|until|till|no later than|due|on|in|at|from|the|end of|of) ?"
    "|不晚于|截[至止]到?|(?:请|定|拟)于|[请于在自从到至])$"
)
_LINK: Final = re.compile("[是的]")
_EDGES: Final = " ,;:.!，；：、。！-—–~·|"
_LUNAR_WORD: Final = re.compile("农历|阴历|旧历|(?<![a-z])lunar")
_LUNAR: Final = re.compile(f"(?:{_LUNAR_WORD.pattern})[的闰 ]*$")
_AGAIN: Final = re.compile(
    "每|隔[周月季年]|(?<![a-z])(?:every|each|daily|weekly|monthly|quarterly|yearly|annually)(?![a-z])"
)
_FIGURES: Final = re.compile(
    "报送|上报|填报|报数|采集|汇总|报表|数据|统计|(?<![a-z])(?:figures?|data|statistics|collect\\w*|returns?)"
)
