"""The times that a question names, and yearly occasions that are known by their form only."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from answering.blanking import blank
from answering.query import Span
from language.dates import DateSpan, find_dates


def read_spans(folded: str, today: date) -> tuple[tuple[Span, ...], str]:
    """The times named, and the text without them; a year that only tells which policy is meant is none."""
    if not _MAY_HOLD_DATE.search(folded):
        return (), folded
    spans: list[Span] = []
    rest = folded
    for found in find_dates(folded, today):
        before = folded[: found.start]
        if before.endswith(_ASKED):
            continue  # 几月底前, 哪年底 ask for it
        if (
            _is_asked_for(found)
            and not before.endswith(_AGAINST)
            and not _NAMES_POLICY.match(rest[found.end :])
        ):
            spans.append(Span(found.first, found.last, found.text))
        if found.text not in _NOW:
            rest = blank(rest, found.start, _past_then(rest, found.end))
    return tuple(spans), rest


def find_occasion(folded: str) -> str | None:
    """世界计量日, world metrology day: an occasion by its form, whether or not a policy names it."""
    if not any(ending in folded for ending in _ENDINGS):
        return None
    match = _OCCASION.search(folded)
    return match.group() if match else None


def in_year(span: Span, year: int) -> Span:
    """The same months of that year, where the question names none: 10月底前 of a policy for 2024."""
    if not _OF_ANY_YEAR.match(span.label):
        return span
    first = span.first.replace(year=year, day=1)
    last = date(year, span.last.month, monthrange(year, span.last.month)[1])
    return span._replace(first=first, last=last)


def _past_then(text: str, end: int) -> int:
    """Behind 2017年 also 底前: nothing of it begins a subject."""
    match = _BY_THEN.match(text, end)
    return match.end() if match else end


def _is_asked_for(found: DateSpan) -> bool:
    """Policies date by months at the least; 明天 and 昨天 belong to the talk around the question."""
    return (found.last - found.first).days >= _SHORTEST_MONTH or found.text[0].isdigit()


_ASKED: Final = ("几", "哪")
_BY_THEN: Final = re.compile("底?(?:之|以)?前|底")
# 比2022年下降 is set against that year, and due in another.
_AGAINST: Final = ("比", "较", "compared with ", "compared to ", "against ")
_SHORTEST_MONTH: Final = 27
_MAY_HOLD_DATE: Final = re.compile(
    "[0-9年月季周天末]|year|month|quarter|week|today|tomorrow|yesterday|五(?:规划)?时?期?"
    "|january|february|march|april|june|july|august|september|october|november|december|\\bmay\\b"
)
# 2017年的意见, 2018 plan
_NAMES_POLICY: Final = re.compile(
    "年?(?:的|那个|那份|版|出台的|发布的|印发的)*(?:标准化|试点|工作|实施|建设|行动)*(?:方案|意见|政策|文件|规划|计划|要点|纲要)"
    r"| (?:plan|opinions?|policy|document)\b"
)
_OF_ANY_YEAR: Final = re.compile("[0-9]{1,2}月|第?[1-4一二三四](?:个)?季度|[上下]半年|年底")
# These ask for the state of things too, and stay to be read so.
_NOW: Final = frozenset({"今天", "今日", "today", "现在"})
_ENDINGS: Final = ("日", "周", "节", "day", "week", "month")
_OCCASION: Final = re.compile(
    "(?:世界|国际|全国|中国)[\u4e00-\u9fff]{1,6}?(?:宣传日|日|宣传周|周|节)(?![程常本期报])"
    r"|\b(?:world|international|national) (?:[a-z]+ ){1,3}(?:day|week|month)\b"
)
