"""Whether a figure is of what was asked: of the same kind of standard, a share where a share is asked for.

Asked of policies that are held in Chinese only: their metrics are as long as a sentence and have no other
names, so words that stand far apart in one may be all that a question shares with it.
"""

import re
from collections.abc import Sequence
from typing import Final

from answering.lexicon import STANDARD
from answering.naming import name_of
from answering.query import Query, Segment
from answering.search import Hit
from answering.units import goes_with
from domain.policy import Policy, Target
from language.script import fold


def apt(query: Query, hits: list[Hit]) -> list[Hit]:
    """The hits without those figures: 深圳标准在“一带一路”国家应用 counts no 国家标准, 4年 answers no 多少项."""
    if query.unit:
        hits = [hit for hit in hits if goes_with(query.unit, _unit(hit))]
    if not any(_in_chinese_only(hit.doc.found.policy) for hit in hits):
        return hits
    asked = " ".join(segment.text for segment in query.segments)
    return [hit for hit in hits if _is_apt(asked, hit)]


def aptest(segments: Sequence[Segment], equal: list[Hit]) -> list[Hit]:
    """Of equals those counted like it, 国际标准 and not 采用国际标准的比例; else those that end in it."""
    if len(equal) < 2 or not segments:
        return equal
    if len(equal := _wholes(segments, equal)) == 1:
        return equal
    head = segments[-1].text
    if head.endswith(STANDARD):
        return [hit for hit in equal if _unit(hit) == _OF_STANDARDS] or equal
    return [hit for hit in equal if name_of(hit.doc.found.fact).zh.endswith(head)] or equal


def _wholes(segments: Sequence[Segment], equal: list[Hit]) -> list[Hit]:
    """Without those of a part that was not asked for: of 地方标准 and 地方标准（种植类） the first."""
    names = {name_of(hit.doc.found.fact).zh for hit in equal}
    parts = {name: match[1] for name in names if (match := _PART.search(name)) and name[: match.start()] in names}
    asked = "".join(segment.text for segment in segments)
    unasked = {name for name, part in parts.items() if fold(part) not in asked}
    return [hit for hit in equal if name_of(hit.doc.found.fact).zh not in unasked]


def _unit(hit: Hit) -> str:
    fact = hit.doc.found.fact
    return fact.unit.zh if isinstance(fact, Target) else ""


def _is_apt(asked: str, hit: Hit) -> bool:
    fact = hit.doc.found.fact
    if not isinstance(fact, Target) or not _in_chinese_only(hit.doc.found.policy):
        return True
    said = f"{fact.metric.zh} {fact.passage.quote or ''}"
    if asked.endswith(STANDARD) and (STANDARD not in said or fact.unit.zh in _OF_NO_STANDARDS):
        return False
    if not set(_KIND.findall(asked)) <= set(_KIND.findall(said)):
        return False
    return not asked.endswith(_SHARE) or fact.unit.zh in _SHARES or _SHARE in fact.metric.zh


def _in_chinese_only(policy: Policy) -> bool:
    return policy.title.en is None


_PART: Final = re.compile("（([^（）]+)）$")
_KINDS: Final = "国际|国家|行业|地方|团体"
# 国际标准, and 国际 of 国际、国家标准; not of 国际标准化会议 or 国际标准组织.
_KIND: Final = re.compile(f"({_KINDS})(?=(?:[、和及与或]|{_KINDS})*标准(?!化|组织))")
# 参与国际标准制定数量 is counted so, 国际标准组织在深机构 is not.
_OF_STANDARDS: Final = "项"
# 地方标准备案…跟踪评价300份 counts reports.
_OF_NO_STANDARDS: Final = frozenset("家份名人位户场次期篇年") | {"个月", "人次"}
_SHARE: Final = "率"
_SHARES: Final = frozenset({"%", "‰", "个百分点"})
