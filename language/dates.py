"""Dates and spans of time in Chinese and English text: 2025年6月底前, “十四五”末, 下个月, by 2025."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from language.date_rules import RULES, Setting
from language.script import aligned

if TYPE_CHECKING:
    from datetime import date

    from language.date_rules import Precision, Rule, Time


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """A time named at `start:end`, from its `first` day to its `last`, both within.

    Where a text says 2025年底 or 2025年6月底前 the span is the whole year or month: its deadline is `last`.
    """

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    text: str


def find_dates(text: str, today: date) -> list[DateSpan]:
    """The times a text names, in order. A month without a year takes that of its sentence, else today's.

    What does not exist (2月31日) is left out, and so are years that only name something: 中国制造2025,
    〔2014〕35号. A yearly date (每年9月) is given as the one of this year.
    """
    return _with_ranges(_single(text, today), text)


def _single(text: str, today: date) -> list[DateSpan]:
    written = aligned(text)
    found: list[DateSpan] = []
    year, done = today.year, 0
    for match in _ANY.finditer(written):
        if _SENTENCE_END.search(written, done, match.start()):
            year = today.year
        start, done = match.span()
        time = _read(RULES[int((match.lastgroup or "_0")[1:])], written, start, Setting(today, year))
        if time:
            year = time.last.year
            found.append(DateSpan(start=start, end=done, text=text[start:done], **time._asdict()))
    return found


def _read(rule: Rule, written: str, start: int, setting: Setting) -> Time | None:
    words = rule.pattern.match(written, start)
    try:
        return rule.read(words.groupdict(), setting) if words else None
    except (ValueError, OverflowError):  # 2月31日, 13月
        return None


def _with_ranges(spans: list[DateSpan], text: str) -> list[DateSpan]:
    """Two times with a dash or 至 between them are one period: 2023年1月至2025年6月."""
    merged: list[DateSpan] = []
    for span in spans:
        before = merged[-1] if merged else None
        if before and before.first <= span.first and _TO.fullmatch(text, before.end, span.start):
            merged[-1] = DateSpan(
                start=before.start,
                end=span.end,
                first=before.first,
                last=span.last,
                precision="period",
                text=text[before.start : span.end],
            )
        else:
            merged.append(span)
    return merged


# The characters that can begin a date, to pass the others by at once.
_MAY_START: Final = (
    "(?=(?<![a-z])[a-gijl-qstvy]|[0-9〔(\\[一二三四五六七八九十今本明昨去前后这下上第年月周星]"
    "|[制智中工愿战计行议])"  # 制造2025 and its like
)

# All rules in one pattern, so that one pass decides: the leftmost match, of several the earliest rule.
_ANY: Final = re.compile(
    _MAY_START + "(?:" + "|".join(f"(?P<_{at}>{rule.anonymous})" for at, rule in enumerate(RULES)) + ")"
)
_SENTENCE_END: Final = re.compile("[。!?\\n]")
_TO: Final = re.compile(" ?(?:-+|~|～|[—–―]+|至|到|to|until) ?")
