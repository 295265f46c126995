"""Who issued a policy and when: its title, labels, signatures and dates, what news says."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from language.dates import find_dates
from reading.due import deadline
from reading.result import Issuer
from reading.titles import ORG, ends_like_title, stripped
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.timeline import Deadline
    from reading.blocks import Block
    from reading.plain import Plain


def find_issuer(
    front: Sequence[Block], closing: Sequence[Block], plain: Plain, region: str | None
) -> Issuer | None:
    """Who issued it, as the lines before or behind the policy say; its place is the `region`."""
    for clause, sign, pattern, group in _issuer_places(front, closing):
        for block in group:
            if block.cell or sign not in block.text:
                continue
            match = pattern.search(block.text[:400])
            if match and (clause != "标题" or ends_like_title(stripped(block.text))):
                start = block.start + match.start(1)
                return Issuer(
                    name=_full_name(match[1], region),
                    clause=clause,
                    quotation=plain.quotation(start, start + len(match[1])),
                )
    return None


def find_issued(blocks: Sequence[Block]) -> Deadline | None:
    """The date of these lines, else the year of the document's own number."""
    for block in blocks:
        match = _date_line(block.text[:60])
        if match is None and "年" in block.text[:400]:
            match = _SIGNED_WITHIN.search(block.text[:400])
        words = match[match.lastindex or 0] if match else ""
        found = find_dates(words, date(1, 1, 1), simplified=True) if words else []
        if found:
            return deadline(found[0].first, found[0].last, found[0].precision)
    numbered = [block.text for block in blocks if block.text.endswith("号")]
    own = next(filter(None, map(_OWN_NUMBER.fullmatch, numbered)), None)
    return deadline(date(int(own[1]), 1, 1), date(int(own[1]), 12, 31), "year") if own else None


def _issuer_places(
    front: Sequence[Block], closing: Sequence[Block]
) -> Iterator[tuple[str, str, re.Pattern[str], Sequence[Block]]]:
    """Where an issuer is named, the surest first: the clause, what its line holds, its form, the lines."""
    yield "标题", "关于", _ISSUER_OF_TITLE, front
    yield "题上署名", "", _SIGNED_ABOVE, [one for one, below in pairwise(front) if below.text[:2] == "关于"]
    yield "文前说明", "", _ISSUER_LABEL, front
    yield "落款", "", _SIGNATURE, _signed([*front, *closing])
    yield "文前报道", "", _ISSUER_IN_NEWS, front
    yield "文中署名", "年", _SIGNED_WITHIN, front


def _signed(blocks: Sequence[Block]) -> list[Block]:
    """The lines that a date follows, at once or behind a remark: （某局代章）."""
    lines = [
        one for one in blocks if not one.text.endswith("章)") or not _SEALED_FOR.fullmatch(one.text[:40])
    ]
    return [one for one, below in pairwise(lines) if _date_line(below.text[:60])]


def _date_line(line: str) -> re.Match[str] | None:
    return _DATE_LINE.fullmatch(line) if "年" in line or "日期】" in line else None


def _full_name(name: str, region: str | None) -> str:
    """省政府办公厅 is 浙江省人民政府办公厅."""
    name = polished(re.sub("(?<!人民)政府", "人民政府", name))
    if region and name[:1] in "省市区县" and region.endswith(name[:1]):
        return region + name[1:]
    return name


_SEALED_FOR: Final = re.compile(r"\([^()]{2,30}(?:代章|章)\)")
_ISSUER_OF_TITLE: Final = re.compile(
    f"^[ *#《]*(?:.*\\| *|【[^【】]*】 ?)?({ORG}(?: {ORG})*)(?:等.{{1,4}}部门)?(?:印发|转发)?关于"
)
_ISSUER_LABEL: Final = re.compile(
    f"(?:发布|发文|印发|颁布|制定|成文)(?:单位|机关|机构|部门)(?:: *|】 *)({ORG})"
)
_SIGNED_ABOVE: Final = re.compile(f"^({ORG}(?: +{ORG})*)$")
_SIGNATURE: Final = re.compile(f"^({ORG})$")
_ISSUER_IN_NEWS: Final = re.compile(
    f"(?:^|[,。:—]|日前|近日|日){{1,2}}(?!根据|按照|依据|贯彻|落实|为|经|现)({ORG})(?:日前|近日|不久前|联合|网站)?(?:正式)?(?:印发|出台|发布|下发"
    f"|公布|制定)(?:了|的)?(?:《|关于)"
)
# A page without line ends: ,某市某局2025年4月8日(此件公开发布).
_SIGNED_WITHIN: Final = re.compile(
    f"(?:^|[,。;: ])(?!按照|根据|依据|经)({ORG})(20[0-9]{{2}}年[0-9]{{1,2}}月[0-9]{{1,2}}日)(?=[( ])"
)
_DATE_LINE: Final = re.compile(
    "(?:[·●* ]*(?:发布|成文|发文|印发|颁布|施行)(?:日期"
    "|时间): *)?\\(?([0-9一二三四五六七八九〇○零]{4} ?年(?: ?[0-9一二三四五六七八九十]{1,2} ?月)?"
    "(?: ?[0-9一二三四五六七八九十]{1,3} ?日)?)(?:印发)?\\)?"
    "|[·* ]*【(?:发布|公布|成文|印发)日期】 *(20[0-9]{2}[-.][0-9]{1,2}[-.][0-9]{1,2})"
)
# A line of its own: 烟政办字〔2024〕8号.
_OWN_NUMBER: Final = re.compile("[\u4e00-\u9fff]{2,12}[〔\\[(](20[0-9]{2})[〕\\])] ?第?[0-9]+ ?号")
