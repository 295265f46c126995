"""A figure asked for in other words than the text's: 办事窗口平均排队几分钟 is 窗口平均等候时间.

Only within one policy, and only where one figure of the kind asked for is clearly more like it than others.
"""

import re
from collections.abc import Iterable
from typing import Final

from answering.lexicon import LEVEL, STANDARD
from answering.likeness import Common, in_official_words
from answering.query import Query, Span
from answering.rules.aptness import folded, in_chinese_only
from answering.rules.asking import Asking
from answering.search import Hit
from answering.units import FAILING, MEASURED, goes_with
from domain.policy import FactKind, Policy, Target
from domain.timeline import Deadline


def in_other_words(asking: Asking, policy: Policy) -> list[Hit]:
    """The figure of that policy that is meant, for each of its years; or none."""
    if not in_chinese_only(policy):
        return []
    query, like = asking.query, asking.index.likeness
    asked = _subject(query)
    measured = query.unit in MEASURED
    if asked.endswith(STANDARD) and not measured:
        return []  # another kind of standard
    targets = [target for target in policy.targets if _is_comparable(query, asked, target)]
    if then := [one for one in targets if one.due and any(_is_in(one.due, span) for span in query.spans)]:
        targets = then
    common = {name: like.between(asked, name) for name in map(_name, targets)}
    best = max(common, key=common.__getitem__, default="")
    if not best:
        return []
    if not _is_enough(common.values(), common[best], measured=measured):
        return []
    if not _is_of_the_same(asking, asked, best, measured=measured):
        return []
    docs = (
        asking.index.by_reference.get((policy.id, FactKind.TARGET, target.id))
        for target in targets
        if _name(target) == best
    )
    return [Hit(doc, 1.0, 1.0, likely=True) for doc in docs if doc]


def _subject(query: Query) -> str:
    """What is asked for, without what is done with it and how it is measured: 高粱基地 of 高粱基地面积."""
    asked = _VERBS.sub("", " ".join(segment.text for segment in query.segments))
    bare = _HOW_MEASURED.sub("", asked)
    return bare if len(bare) >= _SHORTEST else asked


def measure_in_other_words(asking: Asking) -> list[Hit]:
    """The measure whose heading is clearly more like what is asked than all others: 鞋服标准行动."""
    if asking.only is None or not in_chinese_only(asking.only):
        return []
    like, asked = asking.index.likeness, " ".join(segment.text for segment in asking.query.segments)
    measures = asking.only.measures
    common = [like.between(asked, folded(one.title.zh)) for one in measures]
    best = max(common, default=Common(0.0, 0.0))
    rivals = sum(one.asked >= _AHEAD * best.asked for one in common)
    if best.asked < _MOST_OF_A_HEADING or best.name < _OF_THE_NAME or rivals != 1:
        return []
    measure = measures[common.index(best)]
    doc = asking.index.by_reference.get((asking.only.id, FactKind.MEASURE, measure.id))
    return [Hit(doc, 1.0, 1.0, likely=True)] if doc else []


def _is_in(due: Deadline, span: Span) -> bool:
    return span.first <= due.day <= span.last


def _name(target: Target) -> str:
    return folded(target.metric.zh)


def _is_comparable(query: Query, asked: str, target: Target) -> bool:
    """What is asked of 省级 is no figure of 国家级, nor what is asked of 不合格率 one of 合格率."""
    name = _name(target)
    if query.failing != (FAILING in name) or not goes_with(query.unit, target.unit.zh):
        return False
    if STANDARD in asked and STANDARD not in name + folded(target.passage.quote or ""):
        return False
    levels, held = set(LEVEL.findall(asked)), set(LEVEL.findall(name))
    return not levels or not held or not levels.isdisjoint(held)


def _is_enough(all_of_them: Iterable[Common], best: Common, *, measured: bool) -> bool:
    """Whether it holds most of what is asked, and no other nearly as much."""
    least, of_the_name, together = _ENOUGH_MEASURED if measured else _ENOUGH_COUNTED
    rivals = sum(one.asked >= _AHEAD * best.asked for one in all_of_them)
    return best.asked >= least and best.name >= of_the_name and sum(best) >= together and rivals == 1


def _is_of_the_same(asking: Asking, asked: str, name: str, *, measured: bool) -> bool:
    """Whether it is of the same thing, 药品 of 药品抽检合格率; what is counted stands last: 示范牧场."""
    like, official = asking.index.likeness, in_official_words(asked).strip()
    if not _KINDS.sub("", official).strip():  # 标龄 is no time that making a 地方标准 takes
        return like.between(asked, _MADE.sub("", name)).name >= _OF_A_BARE_NAME
    return like.holds_any(official[:2], name) and (measured or like.holds_any(asked[-2:], name))


# So much of what is asked is held, so much of the name is asked for, so much of both; by others less.
_ENOUGH_MEASURED: Final = (0.6, 0.2, 1.0)
_ENOUGH_COUNTED: Final = (0.65, 0.3, 1.2)
_MOST_OF_A_HEADING: Final = 0.7
_OF_THE_NAME: Final = 0.3
_OF_A_BARE_NAME: Final = 0.6
_AHEAD: Final = 0.75
_VERBS: Final = re.compile(
    "(?:制定|修订|制修订|研制|建设|新建|发布|培育|培养|(?<=...)[画印办开招评选拿收])+$"
)
_HOW_MEASURED: Final = re.compile(" *(?:总?面积|总?数量|个数|家数|占比|比例|比率|总量|规模)$")
_SHORTEST: Final = 4
_KINDS: Final = re.compile("国际|国家|行业|地方|团体|研制")
_MADE: Final = re.compile("制定|修订|制修订|研制|编制")
