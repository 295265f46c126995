"""Headings within a block: run together in one line, or on a page that was copied without its line ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.markers import Kind, find_marker, ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def inner_headings(text: str, start: int, end: int) -> Iterator[int]:
    """Where the next headings of a block's row stand within it, （二） behind a sentence under （一）."""
    if end - start <= 20:
        return
    if find_marker(text[start : start + 40]):
        inners = [match.end() for match in INNER.finditer(text, start, end)]
        if text.find("(一)", start + 1, end) >= 0:
            inners = sorted([*inners, *_nested(text, [start, *inners], end)])
        yield from _row(text, start, inners)
    elif end - start > SHORTEST_PAGE:
        yield from _page(text, start, end)


def _row(text: str, start: int, places: Sequence[int]) -> Iterator[int]:
    """Those of the places that carry on the row which the heading at `start` begins."""
    marker = find_marker(text[start : start + 40])
    rows = [marker] if marker else []
    counts: dict[Kind, int] = {}  # how far each kind has come, where its numbers go on from group to group
    for at in places:
        inner = find_marker(text[at : at + 40]) if at > start else None
        number = ordinal(inner) if inner else None
        if inner is None or number is None:
            continue
        depth = next((depth for depth, one in enumerate(rows) if one.kind is inner.kind), len(rows))
        before = ordinal(rows[depth]) if depth < len(rows) else counts.get(inner.kind)
        if number == (before or 0) + 1 or (number == 1 and depth == len(rows)):
            yield at
            rows[depth:] = [inner]
            counts[inner.kind] = number


def _nested(text: str, heads: Sequence[int], end: int) -> Iterator[int]:
    """Where （一） follows the heading above it at once: 一、总体要求（一）指导思想。…."""
    yield from (match.end() for at in heads if (match := _ABOVE.match(text, at, end)))


def _page(text: str, start: int, end: int) -> Iterator[int]:
    """Where a page without line ends is parted, if 一、 and 二、 stand on it: title, addressees, headings."""
    if sealed := _SEALED.search(text, start, end) if text.find("(此件", start, end) >= 0 else None:
        yield from sealed.span(1)
    places = [match.start() for match in _MAY_HEAD.finditer(text, start, end)]
    counts = [
        (at, ordinal(one))
        for at in places
        if (one := find_marker(text[at : at + 40])) and one.kind is Kind.COUNT
    ]
    if [number for _, number in counts[:2]] != [1, 2]:
        return
    first = counts[0][0]
    if text[first - 1] not in _ENDS and not _PART.match(text, first + 2):
        return  # 做好三件事：一、抓统一；二、抓规范
    parts = {at for match in _TITLE.finditer(text, start, first) for at in match.span(1)}
    parts.update(at for match in _ADDRESSED.finditer(text, start, first) for at in match.span(1))
    yield from sorted(at for at in parts if start < at < first)
    yield first
    yield from _row(text, first, places)


INNER: Final = re.compile(
    r"[。；;)] *(?=[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、](?![0-9])"
    r"|[①-⑳])"
)
SHORTEST_PAGE: Final = 150  # characters that no paragraph of that kind is shorter than
_ABOVE: Final = re.compile(r"[一二三四五六七八九十]{1,3}、[^。;:,()]{2,30}(?=\(一\)[^()]{2,60}[。;])")
# On a page a heading may follow one without a full stop, or a line of offices: 责任单位：甲局（二）推广应用.
_MAY_HEAD: Final = re.compile(
    r"\((?=[一二三四五六七八九十]{1,3}\))"
    "|(?<![第之统唯单专逐万一二三四五六七八九十0-9])[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
    r"|(?<![0-9.第])[0-9]{1,2}[.、](?=[\u4e00-\u9fff“《])"
)
_ENDS: Final = frozenset("。;)  ")
_PART: Final = re.compile(
    " ?(?:总体|指导|基本|工作|主要|发展|活动|创建|目标|重点|任务|充分|提高|明确|切实|加强|强化)"
)
_KINDS: Final = "(?:意见|通知|方案|办法|计划|规划|措施|要点|纲要)(?:\\([^()日]{2,20}\\))?"
# 某市行动方案为推动…; 现印发给你们。某市行动方案根据…
_TITLE: Final = re.compile(
    f"(?:(?<![^\\n])|[。)日])((?:(?!月[0-9]{{1,2}}日)[^。,;:!?\\n]){{6,60}}?{_KINDS})"
    "(?=(?:\\([^()]{2,20}日\\))?(?:为|根据|按照|现就))"
)
# …的意见各县、区人民政府：: a title, and those it is addressed to.
_ADDRESSED: Final = re.compile(
    "(?<=意见|通知|方案|办法|计划|规划|措施)"
    "( ?(?:\\([^()]{4,24}号\\)|[\u4e00-\u9fff]{2,8}[〔\\[]20[0-9]{2}[〕\\]][0-9]+号)? *)"
    "(?=各[^。:;《》]{2,140}:)"
)
# 某局2025年4月8日（此件公开发布）工作方案为推动…: a title between what hands it on and its own words.
_SEALED: Final = re.compile(f"\\(此件[^()]{{2,12}}\\)([^。:,;]{{6,60}}?{_KINDS})(?=为|根据|按照)")
