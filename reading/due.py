"""Dates of a text as deadlines, and which of them govern what: 到2025年, 2025年6月底前, “十四五”末."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.timeline import Deadline, Precision
from language.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Sequence


class Due(NamedTuple):
    """A date at `start:end` of a text by which something shall be so."""

    start: int
    end: int
    deadline: Deadline
    leads: bool  # opens its clause, and so governs what follows


def deadline(first: date, last: date, precision: str) -> Deadline:
    """The last day of what was named, with the precision it was named in."""
    named = _NAMED.get(precision)
    return Deadline(last, named or _of_period(first, last, end=True))


def opening(first: date, last: date, precision: str) -> Deadline:
    """The first year, month or day of a period: 2023年3月—6月 opens with 2023-03."""
    if precision != "period":
        return deadline(first, last, precision)
    match _of_period(first, last, end=False):
        case Precision.YEAR:
            return Deadline(first.replace(month=12, day=31), Precision.YEAR)
        case Precision.MONTH:
            return Deadline(first.replace(day=monthrange(first.year, first.month)[1]), Precision.MONTH)
        case _:
            return Deadline(first, Precision.DAY)


def find_dues(text: str, year: int | None) -> list[Due]:
    """The dates a text sets, in order; base years, past dates and periods that begin are none.

    The text is Simplified. `year` is the policy's own, which 年内 and 12月底 mean; None where it is unknown.
    """
    if not ("年" in text or "月" in text or "季度" in text or _may_date(text)):
        return []
    found: list[Due] = []
    for span in find_dates(text, date(year or _NO_YEAR, 1, 1), simplified=True):
        written = span.text
        if (
            span.last.year < _FIRST_YEAR
            or not ("年" in written or _DATED.search(written) or _YEARS.match(text, span.end))
            or _is_base(text, span.start, span.end)
        ):
            continue
        if written.startswith("年") and text[max(0, span.start - 1) : span.start] in _COUNTS:  # 两年内
            continue
        start, end = _with_words(text, span.start, span.end)
        due = deadline(span.first, span.last, span.precision)
        if (
            span.precision == "year"
            and text[end - 1] == "前"
            and _BEFORE_YEAR.match(text, span.end)
            and span.first.year > (year or 0)
        ):
            due = Deadline(date(span.first.year - 1, 12, 31), Precision.YEAR)
        found.append(Due(start, end, due, _leads(text, start)))
    if year and ("全年" in text or "年度" in text):
        found += [
            Due(
                start=m.start(),
                end=m.end(),
                deadline=Deadline(date(year, 12, 31), Precision.YEAR),
                leads=True,
            )
            for m in _WHOLE_YEAR.finditer(text)
        ]
        found.sort(key=lambda one: one.start)
    return _in_apposition(text, found)


def dues_at_end(text: str, end: Deadline) -> list[Due]:
    """Where a text speaks of the policy's end without its date: 到试点期末, 规划期满时."""
    return [
        Due(start=match.start(), end=match.end(), deadline=end, leads=_leads(text, match.start()))
        for match in _PERIOD_END.finditer(text)
    ]


def told_end(text: str) -> Deadline | None:
    """The end of the period a text sets for itself: 试点期限为2024年5月至2027年4月."""
    told = _TOLD_PERIOD.search(text)
    spans = find_dates(told[1], date(_NO_YEAR, 1, 1), simplified=True) if told else []
    return deadline(spans[0].first, spans[0].last, spans[0].precision) if len(spans) == 1 else None


def dates_row(words: str, year: int | None) -> Deadline | None:
    """The date of a line that is nothing else, and so governs those below it: 【到2025年】, 2026年底前：."""
    if len(words) > _LONGEST_DATE or not (("年" in words or "月" in words) and _SETS_DATE.search(words)):
        return None
    dues = find_dues(words, year)
    if len(dues) != 1 or not _NO_MORE.fullmatch(words[: dues[0].start] + words[dues[0].end :]):
        return None
    return dues[0].deadline


def is_past(due: Deadline, since: int | None) -> bool:
    """Whether a date lies before the policy's own year, and so tells what was reached."""
    return since is not None and due.day.year < since


def _may_date(text: str) -> bool:
    """Whether a text may hold a date without 年, 月 and 季度: “十四五”, 2024-06."""
    return bool(("五" in text and _PLAN.search(text)) or _IN_FIGURES.search(text))


def _in_apposition(text: str, dues: list[Due]) -> list[Due]:
    """到“十五五”中期的2028年 is one date: the narrower one stands for both."""
    if len(dues) < 2:
        return dues
    merged: list[Due] = []
    for due in dues:
        if merged and _APPOSITION.fullmatch(text, merged[-1].end, due.start):
            wider = merged.pop()
            due = due._replace(start=wider.start, leads=wider.leads)  # noqa: PLW2901
        merged.append(due)
    return merged


def _is_base(text: str, start: int, end: int) -> bool:
    if text.endswith(_BASE_BEFORE, 0, start) or _BASE_AFTER.match(text, end):
        return True
    return "的" in text[end : end + 11] and bool(_ITS_OWN.match(text, end))


def _with_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The date with the words around it: 力争到2025年底前."""
    before = text[max(0, start - 1) : start] in _BEFORE_ENDS and _BEFORE.search(
        text, max(0, start - 8), start
    )
    after = text[end : end + 1] in _AFTER_STARTS and _AFTER.match(text, end)
    return (before.start() if before else start), (after.end() if after else end)


def _leads(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in ",。;:!( \n(—、“"


def _of_period(first: date, last: date, *, end: bool) -> Precision:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return Precision.YEAR
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return Precision.MONTH
    return Precision.DAY if end or first.day != 1 else Precision.MONTH


def overlapping(dues: Sequence[Due], start: int, end: int) -> bool:
    """Whether a stretch lies in one of the dates."""
    for due in dues:  # noqa: SIM110 - any() takes three times as long, and this is asked of every figure
        if due.start < end and start < due.end:
            return True
    return False


def without_dates(text: str, start: int, end: int, dues: Sequence[Due]) -> str:
    """A stretch of a text without the dates in it."""
    if not dues:
        return text[start:end].replace("()", "").strip(" ,")
    words, done = "", start
    for due in dues:
        if due.end > done and due.start < end:
            words += text[done : max(done, due.start)]
            done = min(end, due.end)
    return (words + text[done:end]).replace("()", "").strip(" ,")


_NAMED: Final = {precision.value: precision for precision in Precision}
_PERIOD_END: Final = re.compile(
    "(?:到|至)?(?:试点|规划|计划|方案|行动|创建|建设|实施)+周?期(?:末|满|结束)时?|(?:到|至)周?期末时?"
)
_TOLD_PERIOD: Final = re.compile(
    "(?:试点|规划|计划|行动|创建|建设|实施)(?:期限?|周期|时间|期间)(?:为|是|:|自|从)*([^,。;\\n]{7,24})"
)
_LONGEST_DATE: Final = 20
_SETS_DATE: Final = re.compile("[到底末前:]|目标|^[^0-9(]|^20[0-9]{2}年$")
_NO_MORE: Final = re.compile(
    "[^\u3400-\u9fffA-Za-z0-9]*(?:的?(?:主要|工作|具体|阶段性?)?目标(?:任务)?)?[^\u3400-\u9fffA-Za-z0-9]*"
)
_COUNTS: Final = frozenset("一二两三四五六七八九十几多数")
_APPOSITION: Final = re.compile("”?(?:初期|中期|后期|末期|开局|收官)(?:之年|年)?(?:的|,|即)")
_NO_YEAR: Final = 1800  # 12月底 without any year about it falls here, and is left out
_FIRST_YEAR: Final = 1950
_PLAN: Final = re.compile("十[一二三四五六]?五")
_IN_FIGURES: Final = re.compile("[0-9][0-9]{3}[-./][0-9]")
_DATED: Final = re.compile("[月季五]|[0-9][-./][0-9]")
_YEARS: Final = re.compile("(?:[、,和及]20[0-9]{2}){0,5}[、和及]20[0-9]{2}年")  # 2024、2025、2026年
# 2025年前 is before that year, unless this would be before the policy's own; 2025年底前 is within it.
_BEFORE_YEAR: Final = re.compile("(?<=年)(?:以|之)?前(?!后|[一二三1-3]季度)")
_WHOLE_YEAR: Final = re.compile("(?<=[,。;:、])(?:全年|本年度|年度内)|^(?:全年|本年度)")
_BEFORE_ENDS: Final = frozenset("争保取划计力中并,到至于在止“\n")  # with a line's, over which $ looks
_AFTER_STARTS: Final = frozenset("”年底末之以前止时期")
_BEFORE: Final = re.compile("(?:力争|确保|争取|计划|预计|努力|其中|并|,)?(?:到|至|于|在|截至|截止)?“?$")
_AFTER: Final = re.compile("”?(?:年)?(?:底|末|年底|年末)?(?:之?前|以前|止|时|期间)?")
# 比2020年增长, 较上年, 以2020年为基数, 2023年起, 2021年以来
_BASES: Final = (*"比较以自从由", "对照", "相比")
_BASE_BEFORE: Final = (*_BASES, *(f"{base}“" for base in _BASES))
_BASE_AFTER: Final = re.compile(
    "第? ?[0-9]{1,4}(?:号|次)"
    "|(?:年)?(?:底|末)?(?:以来|之后|以后|起|开始|基础上|为基[数期准]|相比|同期|的(?=[0-9])|基数)"
)
# 2021年省政府印发的
_ITS_OWN: Final = re.compile("(?!底?前|[底末])[\u4e00-\u9fff]{0,8}(?:颁布|发布|印发|制定|修订|出台)的")
