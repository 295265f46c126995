"""What stands in front of a policy and behind it: title, issuer, region, date of issue, frames and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from language.dates import find_dates
from reading.issuing import find_issued, find_issuer
from reading.markers import Kind, find_marker
from reading.noise import tail
from reading.region import region_of, region_of_level
from reading.titles import ends_like_title, find_title, names_itself
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.timeline import Deadline
    from reading.blocks import Block
    from reading.plain import Plain
    from reading.result import Issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What frames a policy: its body is `blocks[body:tail]` of the document's.

    `since` is the year before which a date can only tell of the past; None where nothing says.
    `told`: the text is no policy but tells of the one that its title names.
    """

    title: str | None
    region: str | None
    issuer: Issuer | None
    issued: Deadline | None
    body: int
    tail: int
    since: int | None
    is_report: bool
    told: bool = False


def read_front(blocks: Sequence[Block], plain: Plain) -> Front:
    """Find the policy within its document."""
    end = tail(blocks)
    head = _first_heading(blocks[:end])
    title, body, told = find_title(blocks, head)
    body = _behind_contents(blocks, _behind_imprint(blocks, body))
    named = title or ""
    region = region_of(named)
    front, closing = list(blocks[: min(head, 60)]), blocks[max(head, end - 6) : end]
    issuer = find_issuer(front, closing, plain, region)
    if region is None:
        others = [block.text for block in (*front, *closing) if names_itself(block.text)]
        others += [match[match.lastindex or 0] for block in front if (match := _OWN_PLACE.search(block.text))]
        region = next(filter(None, map(region_of, [issuer.name if issuer else "", *others])), None)
    if region is None and title:
        cited = [name for block in blocks[body : max(head, body)] for name in _CITED.findall(block.text)]
        region = region_of_level(plain.text, cited) if cited else None
    issued = find_issued([*blocks[:head], *blocks[max(head, end - 4) : end]])
    return Front(
        title=polished(title) if title else None,
        region=region,
        issuer=issuer,
        issued=issued,
        body=body,
        tail=end,
        since=_since(named, issued, blocks[:head]),
        is_report=bool(_REPORT.search(named)),
        told=told,
    )


def _behind_imprint(blocks: Sequence[Block], body: int) -> int:
    """Where the text begins behind a frame's lines below the title: 政策, 发布部门：某局, 有效性：有效."""
    last = body
    for at in range(body, min(len(blocks), body + 12)):
        if _IMPRINT.match(blocks[at].text):
            last = at + 1
        elif at > last or len(blocks[at].text) > _SHORT_LABEL:
            break
    return last


def _behind_contents(blocks: Sequence[Block], body: int) -> int:
    """Where the text begins behind a table of contents, 目录, whose first line comes again as a heading."""
    head = next(
        (at for at in range(body, min(len(blocks), body + 6)) if _CONTENTS.fullmatch(blocks[at].text)), None
    )
    if head is None or head + 2 > len(blocks):
        return body
    first = _PAGE.sub("", blocks[head + 1].text)
    if not any(block.text.startswith(first) for block in blocks[head + 2 :]):
        return body
    end = head + 2
    while not (blocks[end].text.startswith(first) or "。" in blocks[end].text):
        end += 1
    return end


def _first_heading(blocks: Sequence[Block]) -> int:
    """Where the numbered headings begin; without any, an eighth of the text may hold the title."""
    for at, block in enumerate(blocks):
        marker = None if block.cell else find_marker(block.text)
        if marker and marker.kind in _OPENING and not ends_like_title(block.text):
            return at
    return min(len(blocks), max(6, len(blocks) // 8))


def _since(title: str, issued: Deadline | None, blocks: Sequence[Block]) -> int | None:
    """The year of issue; else the first of the title's period; else that of the latest document cited."""
    if issued:
        return issued.day.year
    if match := _TITLE_YEAR.search(title):
        return int(match[1] or match[2] or match[3])
    if _FIVE_YEARS.search(title):
        return min(
            (span.first.year for span in find_dates(title, date(1, 1, 1), simplified=True)), default=None
        )
    years = [int(year) for block in blocks for year in _NUMBERED.findall(block.text)]
    return max(years, default=None)


_OPENING: Final = frozenset(
    {Kind.FORMAL, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.COUNT, Kind.BRACKET, Kind.FIGURE, Kind.WORD}
)
_IMPRINT: Final = re.compile(
    "(?:(?:发布|发文|印发|颁布|成文|生效|施行|失效|公开)(?:部门|机关|机构|单位|日期|时间|文号)"
    "|政策文号|发文字号|文号|[有时]效性|效力级别|索引号|主题分类|信息来源|来源|浏览量|点击数): *[^。]{0,40}$"
)
_CONTENTS: Final = re.compile("[ *#【]*目 *[录次][】 *]*")
_PAGE: Final = re.compile("[ .·…\t]*[0-9]{0,3}$")  # 第一章 发展基础……3
_SHORT_LABEL: Final = 6
_REPORT: Final = re.compile("(?:总结|报告|通报|白皮书)(?:\\(.{2,20}\\))?$")
_OWN_PLACE: Final = re.compile(
    "结合([^我本各,。;]{2,8}?)(?:省|市|区|县)?实际|记者从([^,。]{2,12}?[局厅委办部府])(?:得知|获悉|了解)"
    "|^(?:原标题:)?([^,。:;《]{2,16}?)(?:出台|印发|发布|推出)(?:了?《|[^。]{4,40}$)"
)
# 2024年…要点, …（2023—2025年）; not 面向2035年.
_CITED: Final = re.compile("《([^《》]{6,60})》")
_TITLE_YEAR: Final = re.compile(
    "(20[0-9]{2})年度?[^0-9]{2,24}(?:要点|清单|计划|安排|方案|通知|台账|任务|重点工作|分解|分工|表)$|\\((20[0-9]{2})年度?\\)$|(20[0-9]{2})年?(?:-|—+|至|到"
    "|~)20[0-9]{2}"
)
_FIVE_YEARS: Final = re.compile("十[三四五六七]五”?(?:时期)?.*(?:规划|纲要|计划)")
_NUMBERED: Final = re.compile("[〔\\[(](20[0-9]{2})[〕\\])] ?第?[0-9]+ ?号")
