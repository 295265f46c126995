"""Whether a figure is of what was asked: of the same kind of standard, a share where a share is asked for.

Asked of policies that are held in Chinese only: their metrics are as long as a sentence and have no other
names, so words that stand far apart in one may be all that a question shares with it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from answering.answer import Found
from answering.cues import Cue
from answering.lexicon import STANDARD
from answering.naming import name_of
from answering.query import Query, Segment
from answering.search import Hit
from answering.shorthand import alike
from answering.units import FAILING, MEASURED, goes_with
from domain.policy import Policy, Target
from language.script import fold


def apt(query: Query, hits: list[Hit]) -> list[Hit]:
    """The hits without other figures: 深圳标准在“一带一路”国家应用 counts no 国家标准, 4年 are no 项."""
    if query.unit:
        hits = [hit for hit in hits if goes_with(query.unit, _unit(hit))]
    if not any(in_chinese_only(hit.doc.found.policy) for hit in hits):
        return hits
    asked = _DONE.sub("", " ".join(segment.text for segment in query.segments))
    counts = not query.cues.isdisjoint(_COUNTS)
    return [hit for hit in hits if _is_apt(asked, hit, query) and not (counts and _is_beside(query, hit))]


def aptest(segments: Sequence[Segment], equal: list[Hit]) -> list[Hit]:
    """Of equals those counted like it, 国际标准 and not 采用国际标准的比例; else those that end in it."""
    if len(equal) < 2 or not segments:
        return equal
    if len(equal := _wholes(segments, equal)) == 1:
        return equal
    head = segments[-1].text
    if head.endswith(STANDARD):
        equal = [hit for hit in equal if _unit(hit) == _OF_STANDARDS] or equal
        bare = not _OF_ALL.sub("", "".join(segment.text for segment in segments[:-1]))
        return [hit for hit in equal if bare and _is_total(hit, head)] or equal
    return [hit for hit in equal if name_of(hit.doc.found.fact).zh.endswith(head)] or equal


def _wholes(segments: Sequence[Segment], equal: list[Hit]) -> list[Hit]:
    """Of 地方标准 and 地方标准（种植类） the second where 种植类 is asked for, else the first."""
    names = {name_of(hit.doc.found.fact).zh for hit in equal}
    parts = [match for match in map(_PART.fullmatch, names) if match and match[1] in names]
    others = {part[1] if _is_asked_for(part, segments) else part.group() for part in parts}
    return [hit for hit in equal if name_of(hit.doc.found.fact).zh not in others]


def _is_asked_for(part: re.Match[str], segments: Iterable[Segment]) -> bool:
    """Whether it is named beside the whole, which may be 国家级、省级试点."""
    asked = "".join(segment.text for segment in segments)
    return fold(part[2]) in asked.replace(fold(part[1]), " ")


def whole_of(found: Found, targets: Iterable[Found]) -> Found | None:
    """Of the part 标准创新型企业（省级以上） the whole, due at the same time."""
    part = _PART.fullmatch(name_of(found.fact).zh)
    if part is None or not isinstance(found.fact, Target):
        return None
    wholes = (one for one in targets if name_of(one.fact).zh == part[1])
    return next(
        (one for one in wholes if isinstance(one.fact, Target) and one.fact.due == found.fact.due), None
    )


def part_of(found: Found, segments: Sequence[Segment], targets: Iterable[Found]) -> Found | None:
    """Of 国家级、省级试点 the part 国家级、省级试点（国家级） where only 国家级 is asked for."""
    if not isinstance(found.fact, Target):
        return None
    for one in targets:
        part = _PART.fullmatch(name_of(one.fact).zh)
        same_date = isinstance(one.fact, Target) and one.fact.due == found.fact.due
        if part and same_date and part[1] == name_of(found.fact).zh and _is_asked_for(part, segments):
            return one
    return None


def _is_total(hit: Hit, head: str) -> bool:
    """Whether it counts all of them: 主导或参与制定行业标准, and not 制修订有色金属领域行业标准."""
    before, found, after = folded(name_of(hit.doc.found.fact).zh).partition(head)
    return bool(found) and not _OF_ALL.sub("", before + after)


def _unit(hit: Hit) -> str:
    fact = hit.doc.found.fact
    return fact.unit.zh if isinstance(fact, Target) else ""


def _is_apt(asked: str, hit: Hit, query: Query) -> bool:
    fact = hit.doc.found.fact
    policy = hit.doc.found.policy
    if not isinstance(fact, Target) or not in_chinese_only(policy):
        return True
    said = _said(fact)
    if query.failing != (FAILING in said):
        return False
    counts_standards = query.unit not in MEASURED and fact.unit.zh not in _OF_NO_STANDARDS
    if asked.endswith(STANDARD) and not (STANDARD in said and (counts_standards or query.unit in MEASURED)):
        return False
    if any(asked in base for base in _SET_AGAINST.findall(fact.metric.zh)):
        return False
    kinds, counted = set(_KIND.findall(asked)), set(_KIND.findall(fact.metric.zh.rpartition("的")[2]))
    if not kinds <= set(_KIND.findall(f"{said} {policy.title.zh}")):
        return False
    if kinds and counted and kinds.isdisjoint(counted):
        return False  # 转化为国家标准的团体标准 counts no 国家标准
    return not asked.endswith(_SHARE) or fact.unit.zh in _SHARES or _SHARE in fact.metric.zh


def _is_beside(query: Query, hit: Hit) -> bool:
    """Whether its figure is of something else: nothing near it says 博士 of 博士研究生, 里程 of 公路里程."""
    fact, policy = hit.doc.found.fact, hit.doc.found.policy
    if not isinstance(fact, Target) or not in_chinese_only(policy):
        return False
    first, last = query.segments[0], query.segments[-1]
    if hit.coverage >= _CERTAIN:
        return False
    around = next((one for one in policy.measures if one.passage.clause == fact.passage.clause), None)
    heading, passage = (around.title.zh, around.passage.quote or "") if around else ("", "")
    begins, ends = _LEADING.sub("", first.text)[:2], _TRAILING.sub("", last.text)[-2:]
    if _is_han(begins) and begins not in f"{_said(fact)} {policy.title.zh} {folded(passage)}":
        return True
    return _is_han(ends) and set(ends).isdisjoint(folded(f"{fact.metric.zh} {policy.title.zh} {heading}"))


def _is_han(pair: str) -> bool:
    return _HAN_PAIR.fullmatch(pair) is not None


def _said(fact: Target) -> str:
    return folded(f"{fact.metric.zh} {fact.passage.quote or ''}")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A name or passage as questions are read; the same few are looked at again and again."""
    return _QUOTES.sub("", alike(fold(text)))


def in_chinese_only(policy: Policy) -> bool:
    """Whether it is as an import leaves it: without English, and without other words for its metrics."""
    return policy.title.en is None


_QUOTES: Final = re.compile("[\"'《》]")
# So much of the subject explained leaves no doubt.
_CERTAIN: Final = 0.8
_COUNTS: Final = frozenset({Cue.FIGURE, Cue.COUNT})
_HAN_PAIR: Final = re.compile("[\u4e00-\u9fff]{2}")
# Around a name these tell of no part of it.
_OF_ALL: Final = re.compile(
    "[、和](?:国际|国家|行业|地方|团体)标准|主导|参与|牵头|承担|或|和|及|制定|修订|制修订|研制|发布|新增|新培育|培育|现行|有效|累计|自治区级|[省市区县]级|总量|总数|数量|的"
)
# What is counted stands behind these, and before those.
_LEADING: Final = re.compile("^(?:主导|参与|牵头|新增|新建|累计|年均|每年|平均|全[省市区县])+")
_TRAILING: Final = re.compile(
    "(?:制定|修订|研制|建设|新建|创建|打造|培育|培养|培训|发布|新增|完成|保持|累计|申请|申报|引进"
    "|增长|增加|提高|提升|下降|数量|总数|总量|人数|金额|规模|[数额量率])+$"
)
_DONE: Final = re.compile(" ?(?:制定|修订|研制|发布|培育|新增)+$")
_PART: Final = re.compile("(.+)（([^（）]+)）")
_KINDS: Final = "国际|国家|行业|地方|团体"
# 国际标准, and 国际 of 国际、国家标准; not of 国际标准化会议 or 国际标准组织.
_KIND: Final = re.compile(f"({_KINDS})(?=(?:[、和及与或]|{_KINDS})*标准(?!化|组织))")
# 参与国际标准制定数量 is counted so, 国际标准组织在深机构 is not.
_OF_STANDARDS: Final = "项"
# 地方标准备案…跟踪评价300份 counts reports.
_OF_NO_STANDARDS: Final = frozenset("家份名人位户场次期篇年批册") | {"个月", "人次"}
# 占地区生产总值比重 is no figure for 地区生产总值.
_SET_AGAINST: Final = re.compile("占.+?(?=比重|比例|比率)|单位.+?(?=能耗|排放)")
_SHARE: Final = "率"
_SHARES: Final = frozenset({"%", "‰", "个百分点"})
