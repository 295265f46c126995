"""A sentence parted so that each figure stands in a clause of its own, with its date and comparator."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.policy import Comparator
from reading.comparators import comparator_at
from reading.dealing import AND, dealt_out, for_each
from reading.due import Due, without_dates
from reading.stating import NAMES, stating, within
from reading.wording import JOINING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.timeline import Deadline
    from reading.figures import Figure


class Clause(NamedTuple):
    """A figure's clause `start:end` of its sentence.

    `before` and `after` are its words at the sides of figure, comparator and date; `subject` the clause
    before it, `follows` whether that has a figure; `head` the words before the first figure of its list;
    `continues` where 、 or 和 ties it to the figure before; `within` where it is a part of that one (其中).
    `metric` is set where the sentence deals out figures to metrics (分别).
    """

    start: int
    end: int
    figure: Figure
    before: str
    after: str
    subject: str
    follows: bool
    head: str
    continues: bool
    within: bool
    comparator: Comparator | None
    due: Deadline | None
    per: str | None
    metric: str | None = None
    place: tuple[int, int] | None = None  # which of how many, in a row behind 分别
    unmatched: bool = False  # as many figures as things were not listed


def clauses_of(text: str, figures: Sequence[Figure], dues: Sequence[Due]) -> list[Clause]:
    """The clauses of a sentence's figures, without those in names, dates and what a change sets out from."""
    names = [match.span() for match in NAMES.finditer(text)]
    kept = stating(text, figures, dues, names)
    sentence = _Sentence(text, _commas(text, figures, names), dues)
    found: list[Clause] = []
    outset: int | None = None  # where 由 of 由6家增至10家 stands
    for index, figure in enumerate(kept):
        following = kept[index + 1] if index + 1 < len(kept) else None
        start = _outset(text, figure, following)
        if start is None:
            found.append(_clause(sentence, figure, following, found, outset))
        outset = start
    clauses = dealt_out(text, found, dues)
    if "各" in text or "均" in text:
        return [each for clause in clauses for each in for_each(clause, text, dues)]
    return clauses


def _commas(text: str, figures: Sequence[Figure], names: Sequence[tuple[int, int]]) -> list[int]:
    """Where a clause ends: no comma of a name, a remark in brackets or a figure, 3,000."""
    whole = [*names, *(match.span() for match in _REMARK.finditer(text))] if "(" in text else names
    commas = []
    for match in _COMMA.finditer(text):
        at = match.start()
        in_figure = text[at - 1 : at] in _WITHIN_FIGURE and any(one.start <= at < one.end for one in figures)
        if not in_figure and not (whole and within(at, whole)):
            commas.append(at)
    return commas


class _Sentence(NamedTuple):
    """A sentence with the places of the commas that part it, and its dates."""

    text: str
    commas: Sequence[int]
    dues: Sequence[Due]


def _clause(
    sentence: _Sentence,
    figure: Figure,
    following: Figure | None,
    found: Sequence[Clause],
    outset: int | None,
) -> Clause:
    text, commas, dues = sentence.text, sentence.commas, sentence.dues
    index = bisect_left(commas, figure.start)
    left = commas[index - 1] + 1 if index else 0
    right = commas[index] if index < len(commas) else len(text)
    tied = found[-1] if found and found[-1].figure.end > left else None  # by 、 or 和
    start, end = left, right
    if tied:
        start = max(start, _cut(text, tied.figure, figure))
    if following and following.start < right:
        end = min(end, max(figure.end, _cut(text, figure, following)))
    opened = _skip_open(text, start, figure.start) if text[start] in _OPENERS else start
    comparator, ahead, behind = comparator_at(text[start : figure.start], text[figure.end : end])
    if figure.meant in _OWN_SENSE or comparator is None:
        comparator = figure.meant or comparator
    before = without_dates(text, opened, figure.start - ahead if outset is None else outset, dues)
    before_left = commas[index - 2] + 1 if index > 1 else 0
    words = text[opened:end]
    after = without_dates(text, figure.end + behind, end, dues)
    part = _is_part(words, text, left)
    per = _period(words) if _RECURS.search(words) else None
    return Clause(
        start=opened,
        end=max(figure.end, opened + len(words.rstrip(_LOOSE)) + (")" in words and _closing(words))),
        figure=figure,
        before=_WITHIN.sub("", before) if "其中" in before or "含" in before else before,
        after=_A_YEAR.sub("", after) if after.startswith("/") else after,
        subject=without_dates(text, before_left, max(before_left, left - 1), dues) if left else "",
        follows=bool(found) and before_left <= found[-1].figure.start < left,
        head=tied.head if tied else before,
        continues=tied is not None,
        within=part or (tied is not None and tied.within),
        comparator=comparator,
        due=_due(sentence, left, right, found, figure) if dues else None,
        per=per or (tied.per if tied and not _GROWS_YEARLY.search(tied.before) else None),
    )


def _period(words: str) -> str | None:
    """How often a figure shall be reached anew: 每年, 每季度, 月均."""
    return next((name for name, form in _PERIODS if form.search(words)), None)


def _is_part(words: str, text: str, left: int) -> bool:
    """其中国家级3个, 含国家级3个, and in brackets behind the whole: 试点30个（国家级3个）."""
    if "其中" in words or "含" in words:
        return bool(_WITHIN.match(words))
    return left > 0 and text[left - 1] == "(" and bool(_PART.match(text, left - 1))


def _cut(text: str, figure: Figure, following: Figure) -> int:
    """Where the clause of one figure ends and that of the next begins, within one comma's reach."""
    between = text[figure.end : following.start]
    at_once = _TIE_AT_ONCE.match(between)
    if at_once:
        return figure.end + at_once.end()
    tie = len(between)
    for match in _TIE.finditer(between):
        tie = match.end()
    return figure.end + tie


def _due(
    sentence: _Sentence, left: int, right: int, found: Sequence[Clause], figure: Figure
) -> Deadline | None:
    """The date in the figure's clause, else the last one before it in the sentence."""
    text, dues = sentence.text, [due for due in sentence.dues if due.end <= figure.start]
    if dues and dues[-1].end > left:
        return dues[-1].deadline
    figures = [*(clause.figure for clause in found), figure]
    ahead = [due for due in dues if _governs(text, due, figures) or _REACHED.search(text, left, figure.start)]
    if ahead and "年" in text[left : figure.start] and _OWN_TERM.search(text, left, figure.start):
        ahead = []  # 2024年底前完成修订，三年内采标率达到60%
    behind = [due for due in sentence.dues if figure.end <= due.start]
    if behind and (behind[0].start < right or _in_brackets(text, right, behind[0])):
        return behind[0].deadline
    if behind and not ahead:
        return next((due.deadline for due in (behind[0], behind[-1]) if _comes_late(text, right, due)), None)
    return ahead[-1].deadline if ahead else None


def in_remark(text: str, due: Due, figures: Sequence[Figure]) -> bool:
    """Whether a date stands in brackets with figures of its own: 标杆12家（2024年4家，2026年8家）."""
    close = text.find(")", due.end) if "(" in text[: due.start] else -1
    if close < 0 or "(" in text[due.end : close]:
        return False
    return any(due.end <= figure.start < close for figure in figures)


def _comes_late(text: str, right: int, due: Due) -> bool:
    """建成平台2个，2024年底前完成: the next clause dates this one, and a sentence's last one all of it."""
    if text[right : due.start] in {"", ",", ", "}:
        return bool(_LATE.match(text, due.end))
    return bool(_ALL_DONE.fullmatch(text, due.end))


def _in_brackets(text: str, right: int, due: Due) -> bool:
    """培训2000人次（2026年底前完成）."""
    return text[right : due.start] == "(" and bool(_BRACKET_ENDS.match(text, due.end))


def _governs(text: str, due: Due, figures: Sequence[Figure]) -> bool:
    """Whether a date reaches beyond its clause; 2023年底前投入运行，… tells of that one thing only."""
    if in_remark(text, due, figures):
        return False
    if due.start == 0 or not text[: due.end].endswith("前") or text[due.end : due.end + 1] in {"", ",", ":"}:
        return True
    comma = text.find(",", due.end)
    if comma >= 0 and _ITS_RATE.match(text, comma) and text.count(",", due.end, figures[-1].start) == 1:
        return True  # 2025年6月底前消除隐患，设施达标率100%
    return comma < 0 or any(due.end <= figure.start < comma for figure in figures)


def _outset(text: str, figure: Figure, following: Figure | None) -> int | None:
    """Where a change sets out from this figure: 由6家增至10家, 从2020年的30%提高到50%."""
    if following is None or following.start - figure.end > 16:
        return None
    between = text[figure.end : following.start]
    if "," in between or not _ONWARD.search(between):
        return None
    start = max(text.rfind(mark, 0, figure.start) for mark in ",、") + 1
    out = _OUT.search(text, start, figure.start)
    return out.start() if out else None


def _skip_open(text: str, start: int, end: int) -> int:
    match = _OPEN.match(text, start, end)
    return match.end() if match else start


def _closing(words: str) -> int:
    """A bracket that closes within the clause belongs to it: 国家标准(含外文版)20项 (试行)."""
    return int(words.rstrip(" ,、").endswith(")") and words.count("(") >= words.count(")") > 0)


_LOOSE: Final = " ,、)和及与并"  # no part of a clause that ends in them
_OWN_SENSE: Final = frozenset({Comparator.RANGE, Comparator.AT_MOST})  # 40—60项, 前10位
_WITHIN_FIGURE: Final = frozenset("0123456789 ")  # before a comma or colon of its own: 3,000, 4 : 6
_REMARK: Final = re.compile("[(][^()0-9]{0,120}[)]")
# A comma ends a clause; so does a bracket that says what part of a figure it is. Each way starts with a
# character of its own, so that a search passes others by.
_COMMA: Final = re.compile(
    r",(?<!其中,)|:(?<!其中:)|\((?=其中|含[^()]{0,12}[0-9]|[国部省市县区]家?级[^()]{0,10}[0-9]|不少于|到?[0-9]{4}年)|\)(?<=[个项家名%上内]\))|—(?=—)"
)
_A_YEAR: Final = re.compile("^/[年季月]")  # 宣贯6场/年
_PART: Final = re.compile("(?<=[个项家名])[(](?=[国部省市县区]家?级)")  # 试点30个（国家级3个）
_OPENERS: Final = frozenset(" ,、(及与并和")
_OPEN: Final = re.compile(f"(?:[ ,、(及与并]|{JOINING})+")
_TIE_AT_ONCE: Final = re.compile(f"(?:及以上|以上|以内|左右|以下|之内)?(?:{AND}|并)+")
_TIE: Final = re.compile(f"{AND}|并")
_WITHIN: Final = re.compile("^[ (]*(?:其中|含(?=[^()]*$))[:,]?")
# What each of the periods below has in it; most clauses have nothing of it.
_RECURS: Final = re.compile("每|逐年|/年|月均|年[均新增培产度推制发完组举开服遴选引检至不]")
_PERIODS: Final = (
    (
        "year",
        re.compile(
            "[0-9]{1,3} ?[^0-9,]{0,3}/年|每年|年均(?!浓度|值|气温|降[水雨])|每年度"
            "|(?<![全今明当本去上前半0-9〇零一二两三四五六七八九十])年(?:新增|增[长速]|培[训养育]|产(?![能值量]))|年度新增|每个年度|逐年|^年(?=[推新培制发完组举开服遴选引检])|(?<![0-9〇零一二两三四五六七八九十])年(?=至少"
            "|不少于)"
        ),
    ),
    ("quarter", re.compile("每季度?")),
    ("month", re.compile("每月|月均")),
)
_GROWS_YEARLY: Final = re.compile("年均(?:增[长速]|递增|提[高升]|下降)")  # of that one alone
_OUT: Final = re.compile("[从由](?:[^,]{0,10}的)?(?=[^,]{0,12}$)|(?:目前|现有|现在)的?$")
_ONWARD: Final = re.compile(
    "(?:提高|提升|增加|增长|上升|扩大|缩短|压缩|压减|下降|降低|减少|缩减|拓展|发展|增|升|降|减"
    "|扩)[到至为]|[到至]$"
)
_REACHED: Final = re.compile("(?:达到?|超过?|突破)$")
_OWN_TERM: Final = re.compile("[一二两三四五六七八九十1-9]年内|20[0-9]{2}年起")
_BRACKET_ENDS: Final = re.compile("前?(?:完成|达到|实现|建成)?[)]")
_ALL_DONE: Final = re.compile("(?:全部|全面|基本)?(?:完成|落实到位)")
_ITS_RATE: Final = re.compile(",[^,0-9]{2,12}率[^,0-9]{0,4}[0-9.]{1,5}%")
_LATE: Final = re.compile("[^,。]{0,4}(?:完成(?![^,]{0,6}[0-9])|前)")
