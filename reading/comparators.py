"""How a figure is meant, from the words at its sides: 不少于30项, 30项以上, 15个月以内, 8%左右."""

from __future__ import annotations

import re
from typing import Final

from domain.policy import Comparator


def comparator_at(before: str, after: str) -> tuple[Comparator | None, int, int]:
    """The comparator told by the text before and after a figure, and how much of each side is its words.

    None where neither says anything: a bare number is meant exactly.
    """
    may = before[-1:] in _BEFORE_ENDS or "少" in before[-6:] or "于" in before[-6:]  # 至少建成
    ahead = _BEFORE.search(before) if may else None
    behind = _AFTER.match(after) if after[:1] in _AFTER_STARTS else None
    told = _MEANT_BEHIND[behind[1]] if behind else _MEANT_AHEAD[ahead[1]] if ahead else None
    return told, len(ahead[0]) if ahead else 0, len(behind[0]) if behind else 0


_AHEAD: Final = {
    Comparator.AT_LEAST: "不少于|不低于|不小于|不得少于|不得低于|不下于|至少|最少|最低|达到|达|≥|>=|保底",
    Comparator.MORE_THAN: "超过|突破|高于|大于|多于|超|逾|优于|>",
    Comparator.AT_MOST: "不超过|不高于|不大于|不多于|不得超过|不得高于|最多|至多|最高|控制在|限制在|≤|<=",
    Comparator.LESS_THAN: "低于|少于|小于|不足|不到|短于|<",
    Comparator.EXACTLY: "=|等于",
    Comparator.ABOUT: "大约|约|接近|将近|近|约为",
}
_BEHIND: Final = {
    Comparator.AT_LEAST: "以上|及以上|或以上|起",
    Comparator.AT_MOST: "以内|之内|内|以下|及以下|之下",
    Comparator.ABOUT: "左右|上下|前后",
}
_MEANT_AHEAD: Final = {word: meant for meant, words in _AHEAD.items() for word in words.split("|")}
_MEANT_BEHIND: Final = {word: meant for meant, words in _BEHIND.items() for word in words.split("|")}
_ALL_AHEAD: Final = "|".join(sorted(_MEANT_AHEAD, key=len, reverse=True))
_ALL_BEHIND: Final = "|".join(sorted(_MEANT_BEHIND, key=len, reverse=True))
# What the two patterns end and start with; most words beside a figure do so with another character.
_BEFORE_ENDS: Final = frozenset("到了为至 \n").union(word[-1] for word in _MEANT_AHEAD)
_AFTER_STARTS: Final = frozenset(" (").union(word[0] for word in _MEANT_BEHIND)
_BEFORE: Final = re.compile(
    f"({_ALL_AHEAD})到?(?:了|为|至)?(?:(?<=至少|最少|多于|少于)[\u4e00-\u9fff]{{1,3}})? ?$"
)
_AFTER: Final = re.compile(f" ?(?:\\([^()0-9]{{1,3}}\\))? ?\\(?({_ALL_BEHIND})\\)?")
