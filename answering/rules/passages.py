"""What a text tells in words only: money in a safeguard, how often, a date within the task it belongs to."""

import re
from functools import lru_cache
from typing import Final

from answering.answer import Found
from answering.cues import Cue
from answering.naming import name_of
from answering.rules.aptness import folded, in_chinese_only
from answering.rules.asking import Asking
from answering.units import HOW_OFTEN
from domain.policy import FactKind, Policy


def told_in_words(asking: Asking, policy: Policy | None) -> Found | None:
    """The one measure or safeguard that says what is asked in its own words: 市财政三年安排不少于6000万元."""
    wanted = _wanted(asking)
    if policy is None or wanted is None or not in_chinese_only(policy) or not _subject(asking):
        return None
    told = [
        (max(_fits(asking, found, sentence) for sentence in sentences), found)
        for kind in (FactKind.SAFEGUARD, FactKind.MEASURE)
        for found in asking.entries(policy, kind)
        if (sentences := [one for one in sentences_of(found) if _tells(one, wanted, asking)])
    ]
    most = max((fit for fit, _ in told), default=0.0)
    best = [found for fit, found in told if fit >= _AHEAD * most]
    return best[0] if most >= _MOST and len(best) == 1 else None


def has_a_date_for_it(asking: Asking, found: Found) -> bool:
    """Whether the sentence that is most about what is asked tells a date: 2017年6月底前推行统一服务标准."""
    sentences = list(sentences_of(found))
    best = max(sentences, key=lambda sentence: _fits(asking, found, sentence), default="")
    return len(sentences) > 1 and _DATE.search(best) is not None and _fits(asking, found, best) >= _MOST


def sentences_of(found: Found) -> tuple[str, ...]:
    """The sentences of its passage, folded."""
    return _sentences(found.fact.passage.quote or "")


@lru_cache(maxsize=1024)
def _sentences(quote: str) -> tuple[str, ...]:
    return tuple(filter(None, _END.split(folded(quote))))


def _fits(asking: Asking, found: Found, sentence: str) -> float:
    """How much of the subject the sentence under its heading holds."""
    return asking.index.likeness.between(_subject(asking), f"{name_of(found.fact).zh} {sentence}").asked


def _tells(sentence: str, wanted: re.Pattern[str], asking: Asking) -> bool:
    """Whether it tells such a thing, and as it shall be; money for the work is not a reward for somebody."""
    if _PAST.search(sentence):
        return False
    if wanted is not _MONEY:
        return wanted.search(sentence) is not None
    of_the_work = _BUDGET.search(_subject(asking)) is not None
    clauses = [clause for clause in sentence.split(",") if wanted.search(clause)]
    return any(not (of_the_work and _REWARD.search(clause)) for clause in clauses)


def _subject(asking: Asking) -> str:
    if asking.asks(Cue.PROGRESS):
        return "进展报"  # 各单位几号前报进展
    return " ".join([segment.text for segment in asking.query.segments])


def _wanted(asking: Asking) -> re.Pattern[str] | None:
    """What such a sentence must tell."""
    if asking.query.unit == HOW_OFTEN:
        return _EVERY
    if asking.query.unit in _FIGURES:
        return _FIGURES[asking.query.unit]
    if asking.asks(Cue.FIGURE) and asking.query.unit is None and _OF_MONEY.search(_subject(asking)):
        return _MONEY
    return _DATE if asking.asks(Cue.WHEN) and not asking.asks(Cue.FIGURE) else None


# 截至2023年底已有41家 is how things stood.
_PAST: Final = re.compile("截至|已有|已达|已建成|仅为|现有|去年|上年|十[一二三]五")
_MOST: Final = 0.7
_AHEAD: Final = 0.8
_END: Final = re.compile("[。;\n]")
_EVERY: Final = re.compile("每[一两二三四五六七八九十0-9半]*个?(?:年|季度|季|月|周|半年)")
_MONEY: Final = re.compile("[0-9][0-9,.]*[万亿]?元")
_FIGURES: Final = {
    "money": _MONEY,
    "time": re.compile("[0-9.]+个?(?:工作日|天|日(?!前)|小时|分钟|个月)"),
    "share": re.compile("[0-9.]+%"),
}
_DATE: Final = re.compile("[0-9]{4}年|[0-9]{1,2}月|[0-9]{1,2}日|季度|[上下]半年")
_REWARD: Final = re.compile("[奖补]|资助|最高|一次性")
_BUDGET: Final = re.compile("经费|资金|财政|投入|预算")
_OF_MONEY: Final = re.compile("资金|经费|[奖补]|投入|资助|专项")
