"""What a question is about: the facts that fit its subject, and the one of them that is told."""

import re
from typing import Final

from answering.answer import Aspect, FactItem, Found, ListItem, MilestoneItem, Missing
from answering.cues import Cue
from answering.naming import name_of
from answering.query import Segment
from answering.reply import Reply
from answering.rules.aptness import apt, part_of, whole_of
from answering.rules.asking import MAX_CHOICES, Asking, missing, said
from answering.rules.comparisons import compare, compares
from answering.rules.hits import fitting
from answering.rules.likely import likely
from answering.rules.narrowing import meant
from answering.rules.nothing import nothing_fits
from answering.rules.stating import is_in, occasion_of
from answering.rules.telling import occurrences, one_of, tell
from answering.search import Hit, equals, good
from domain.policy import FactKind, Stage

# Kinds of which a policy has few: asked which or how many, all of them answer.
_LISTED_WHOLE: Final = frozenset({FactKind.STAGE, FactKind.BASIS, FactKind.EVENT})
_CALLED: Final = frozenset({"行动", "工程", "专项", "专项行动"})
_MAIN: Final = re.compile("^(?:重点|主要|[一二两三四五六七八九十]?大)(?=..)")
# What a kind of entry is called: 专项行动.
_LONGEST: Final = 4


def of_a_subject(asking: Asking) -> Reply | None:
    """国际标准多少项, 碳达峰谁负责, 标准国际化创新的举措有哪些."""
    if not asking.query.segments and not asking.query.facts:
        return None
    if _asks_of_the_whole(asking) and _repeats_the_title(asking):
        return None
    if _asks_for_a_list(asking):
        return None
    if compares(asking):
        return compare(asking)
    several = _listed(asking) or _called_so(asking) or _several_targets(asking)
    if several is not None:
        return several
    hits = fitting(asking)
    if not hits:
        return nothing_fits(asking)
    reply = _chosen(asking, hits)
    if not hits[0].likely:
        return reply
    return reply._replace(read_as=((asking.query.subject, name_of(hits[0].doc.found.fact).zh),))


def _asks_of_the_whole(asking: Asking) -> bool:
    """质量强市纲要有哪些保障措施: what it holds, or what it says."""
    return asking.asks(Cue.OVERVIEW) or (asking.asks(Cue.LIST, Cue.COUNT) and bool(asking.kinds))


def _repeats_the_title(asking: Asking) -> bool:
    """浙江试点方案的主要内容: the subject is the policy."""
    titles = {word for policy in asking.scope for word in asking.index.title_words(policy)}
    return all(word in titles for segment in asking.query.segments for word in segment.words)


def _asks_for_a_list(asking: Asking) -> bool:
    """分几个阶段实施, 每年有哪些宣传活动: all stages, all occasions, unless one of them is named."""
    if not asking.asks(Cue.LIST, Cue.COUNT, Cue.FIGURE) or asking.asks(Cue.WHO, Cue.WHEN, Cue.EVERYWHERE):
        return False
    kinds = asking.kinds & _LISTED_WHOLE
    senses = (sense for segment in asking.query.segments for sense in segment.senses)
    return bool(kinds) and not any(asking.index.docs[sense.doc].found.kind in kinds for sense in senses)


# Several at once


def _listed(asking: Asking) -> Reply | None:
    """与数字经济有关的任务有哪些: a heading's measures, or all that fit, policy by policy."""
    listing = asking.asks(Cue.LIST, Cue.COUNT, Cue.FIGURE) and not asking.asks(Cue.WHO)
    if not listing or FactKind.MEASURE not in asking.kinds:
        return None
    hits = good(asking.ranked((FactKind.MEASURE, FactKind.GROUP)))
    headings = [hit.doc.found for hit in equals(hits) if hit.doc.found.kind is FactKind.GROUP]
    if len(headings) == 1:
        return tell(asking, headings[0])
    found = [hit.doc.found for hit in hits if hit.doc.found.kind is FactKind.MEASURE]
    if not found:
        return None
    counted = asking.asks(Cue.COUNT, Cue.FIGURE)
    if len(found) == 1 and not counted:
        return tell(asking, found[0])
    return said(asking, _by_policy(asking, found, counted=counted))


def _called_so(asking: Asking) -> Reply | None:
    """有哪几个行动, 多少个工程: the headings or measures that this policy calls so."""
    called = _MAIN.sub("", asking.query.subject)
    if (
        asking.only is None
        or not 0 < len(called) <= _LONGEST
        or not asking.asks(Cue.LIST, Cue.COUNT, Cue.FIGURE)
    ):
        return None
    for kind in (FactKind.GROUP, FactKind.MEASURE):
        held = asking.entries(asking.only, kind)
        found = tuple(one for one in held if name_of(one.fact).zh.endswith(called))
        if len(found) >= 2 and (called in _CALLED or len(held) <= 2 * len(found)):
            counted = not asking.asks(Cue.LIST)
            return said(asking, [ListItem(kind=kind, policy=asking.only, found=found, counted=counted)])
    return None


def _by_policy(asking: Asking, found: list[Found], *, counted: bool) -> list[ListItem]:
    policies = {one.policy.id: one.policy for one in found}
    return [
        ListItem(
            kind=FactKind.MEASURE,
            policy=policy,
            found=tuple(one for one in found if one.policy.id == policy.id),
            counted=counted,
            heading=asking.query.subject,
        )
        for policy in policies.values()
    ]


def _several_targets(asking: Asking) -> Reply | None:
    """专家多少，骨干多少: each names a target of its own, and none of them all."""
    if asking.only is None or not asking.asks(Cue.FIGURE, Cue.COUNT, Cue.TARGET):
        return None
    named = [targets for one in asking.query.segments if (targets := _targets_named(asking, one))]
    apart = {number for targets in named for number in targets}
    if len(named) < 2 or any(len(targets) > 1 for targets in named) or len(apart) != len(named):
        return None
    found = [asking.index.docs[number].found for number in sorted(apart)]
    return said(asking, [FactItem(found=one, aspect=Aspect.FIGURE) for one in found[:MAX_CHOICES]])


def _targets_named(asking: Asking, segment: Segment) -> set[int]:
    """The targets of its policies that a stretch of the question names."""
    docs = (asking.index.docs[sense.doc] for sense in segment.senses)
    return {
        doc.number
        for doc in docs
        if doc.found.kind is FactKind.TARGET and doc.found.policy.id in asking.query.policies
    }


# One of those that fit


def _chosen(asking: Asking, hits: list[Hit]) -> Reply:
    best = meant(asking, hits) or _of_that_time(asking)
    if not best:
        near = [hit.doc.found for hit in equals(hits)]
        label = asking.query.spans[0].label
        return missing(asking, Missing.YEAR, subject=label, nearest=near, policy=near[0].policy)
    if len({hit.doc.found.policy.id for hit in best}) > 1:
        return _in_several_policies(asking, [hit.doc.found for hit in best])
    return _in_one_policy(asking, best)


def _of_that_time(asking: Asking) -> list[Hit]:
    """In other words for the time asked for: 采标率 of 2020, 采用国际标准比例 of 2018."""
    hits = apt(asking.query, likely(asking)) if asking.asks(Cue.FIGURE, Cue.COUNT) else []
    return [hit for hit in hits if is_in(hit.doc.found, asking.query.spans)]


def _in_several_policies(asking: Asking, best: list[Found]) -> Reply:
    """The same occasion in all of them is one answer, anything else a question which policy is meant."""
    events = all(one.kind is FactKind.EVENT for one in best)
    if events and len({occasion_of(one) for one in best}) == 1:
        return _same_occasion(asking, best)
    firsts: dict[str, Found] = {}
    for one in best:
        firsts.setdefault(one.policy.id, one)
    return one_of(asking, list(firsts.values()))


def _same_occasion(asking: Asking, events: list[Found]) -> Reply:
    return said(asking, occurrences(asking, events[:1], also=events[1:]))


def _whole_of(asking: Asking, part: Found) -> Found | None:
    """What a part is asked for beside: 多少家，其中省级以上多少家."""
    if not asking.query.twice:
        return None
    return whole_of(part, asking.entries(part.policy, FactKind.TARGET))


def _part_of(asking: Asking, whole: Found) -> Found | None:
    """The part of it that is asked for: 国家级、省级试点几个？ 那国家级的呢？."""
    return part_of(whole, asking.query.segments, asking.entries(whole.policy, FactKind.TARGET))


def _both(asking: Asking, whole: Found, part: Found) -> Reply:
    """标准创新型企业多少家，其中省级以上多少家."""
    return said(asking, [FactItem(found=one, aspect=Aspect.FIGURE) for one in (whole, part)])


def _in_one_policy(asking: Asking, best: list[Hit]) -> Reply:
    doc = best[0].doc
    if doc.milestone is not None and isinstance(doc.found.fact, Stage):
        item = MilestoneItem(policy=doc.found.policy, stage=doc.found.fact, milestone=doc.milestone)
        return said(asking, [item])
    if len(best) == 1:
        told = _part_of(asking, doc.found) or doc.found
        whole = _whole_of(asking, told)
        return tell(asking, told) if whole is None else _both(asking, whole, told)
    kinds = {hit.doc.found.kind for hit in best}
    # Of a figure and a task on one subject the figure is the answer, unless tasks were asked for.
    for kind in (FactKind.TARGET, FactKind.MEASURE, FactKind.STAGE):
        if kind in kinds and len(kinds) > 1:
            return _in_one_policy(asking, [hit for hit in best if hit.doc.found.kind is kind])
    found = tuple(hit.doc.found for hit in best)
    if kinds in ({FactKind.GOAL}, {FactKind.BASIS}):
        return said(asking, [ListItem(kind=found[0].kind, policy=found[0].policy, found=found)])
    return one_of(asking, found)
