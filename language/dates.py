"""Dates and spans of time in Chinese and English text: 2025年6月底前, “十四五”末, 下个月, by 2025."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from language.date_rules import RULES, Setting
from language.script import aligned

if TYPE_CHECKING:
    from datetime import date

    from language.date_rules import Precision, Rule, Time


class DateSpan(NamedTuple):
    """A time named at `start:end`, from its `first` day to its `last`, both within.

    Where a text says 2025年底 or 2025年6月底前 the span is the whole year or month: its deadline is `last`.
    """

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    text: str


def find_dates(text: str, today: date, *, simplified: bool = False) -> list[DateSpan]:
    """The times a text names, in order. A month without a year takes that of its sentence, else today's.

    What does not exist (2月31日) is left out, and so are years that only name something: 中国制造2025,
    〔2014〕35号. A yearly date (每年9月) is given as the one of this year. `simplified` as in `aligned`.
    """
    return _with_ranges(_single(text, aligned(text, simplified=simplified), today), text)


def _single(text: str, written: str, today: date) -> list[DateSpan]:
    found: list[DateSpan] = []
    fresh = setting = Setting(today, today.year)
    done = 0
    for match in ANY_RULE.finditer(written):
        if setting is not fresh and _SENTENCE_END.search(written, done, match.start()):
            setting = fresh
        start, done = match.span()
        time = _read(_RULE_OF[match.lastgroup or ""], written, start, setting)
        if time:
            if time.last.year != setting.year:
                setting = Setting(today, time.last.year)
            found.append(DateSpan(start, done, *time, text[start:done]))
    return found


def _read(rule: Rule, written: str, start: int, setting: Setting) -> Time | None:
    words = rule.pattern.match(written, start)
    try:
        return rule.read(words.groupdict(), setting) if words else None
    except (ValueError, OverflowError):  # 2月31日, 13月
        return None


def _with_ranges(spans: list[DateSpan], text: str) -> list[DateSpan]:
    """Two times with a dash or 至 between them are one period: 2023年1月至2025年6月."""
    if len(spans) < 2:
        return spans
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


def _any_rule() -> re.Pattern[str]:
    """All rules in one pattern, so that one pass decides: the leftmost match, of several the earliest rule.

    At each character only those are tried that may start with it: where few may, few are.
    """
    starts = sorted(set().union(*(rule.starts for rule in RULES)))
    chars: dict[tuple[int, ...], str] = defaultdict(str)  # that the same rules may start with
    for char in starts:
        chars[tuple(at for at, rule in enumerate(RULES) if char in rule.starts)] += re.escape(char)
    ways = (
        f"(?=[{them}])(?:{'|'.join(f'(?P<_{at}_{way}>{RULES[at].anonymous})' for at in rules)})"
        for way, (rules, them) in enumerate(chars.items())
    )
    return re.compile(f"(?=[{''.join(chars.values())}]){_MAY_START}(?:{'|'.join(ways)})")


# No date starts within an English word, with a figure like 30 of 30项 (no year, month or quarter), with 底前.
_MAY_START: Final = (
    "(?<![a-z](?=[a-z]))(?![0-9]{1,2}(?![0-9月季~—至到a-z -]))(?![今本明去前后](?![年天日月季周星]))"
)


ANY_RULE: Final = _any_rule()
_RULE_OF: Final = {group: RULES[int(group.split("_")[1])] for group in ANY_RULE.groupindex}
_SENTENCE_END: Final = re.compile("[。!?\\n]")
_TO: Final = re.compile(" ?(?:-+|~|～|[—–―]+|至|到|to|until) ?")
