"""Places that nothing here is about and no list holds, told by how their names are written and where they stand.

Their figures must not be taken from a policy that has some.
"""

import re
from collections.abc import Container
from typing import Final, NamedTuple

from answering.lexicon import Tokens, pairs
from language.pinyin import is_pinyin


class Outsider(NamedTuple):
    """A place of so many tokens; one that is `certain`, by its suffix, counts beside a policy's place too."""

    count: int
    certain: bool


def outsider(tokens: Tokens, first: int, behind: int, known: Container[str]) -> Outsider | None:
    """The place that a stretch of tokens without a meaning begins with: 北陵区 before 民政局, 北陵 before 国际标准.

    Args:
        tokens: the question's.
        first: the first of the stretch.
        behind: where it ends.
        known: the search terms of the catalogue; a name that shares one may be anything else.
    """
    text = _run(tokens, first, behind)
    if len(text) < _SHORT:
        return None
    if (match := _WITH_SUFFIX.match(text)) and _is_unknown(match[1], known):
        return Outsider(match.end(), certain=True)
    alone = len(text) == _SHORT or _begins_a_word(text[1:], known)
    return Outsider(_SHORT, certain=False) if alone and _is_unknown(text[:_SHORT], known) else None


def is_outsider_in_latin(word: str, known: Container[str]) -> bool:
    """Whether an English word is none, but may be a place's name: beiling."""
    return len(word) >= _LATIN and word not in known and is_pinyin(word)


def _run(tokens: Tokens, first: int, behind: int) -> str:
    """The Chinese characters in a row."""
    end = first + 1
    while end < behind and tokens.joined(end - 1, end) and len(tokens.words[end]) == 1:
        end += 1
    return tokens.part(first, end)


def _is_unknown(name: str, known: Container[str]) -> bool:
    return _ASKING.isdisjoint(name) and not any(pair in known for pair in pairs(name))


def _begins_a_word(text: str, known: Container[str]) -> bool:
    """原|验证: a word of the catalogue begins behind the first character, and none with it."""
    return len(text) > _SHORT and text[:2] not in known and text[1:3] in known


_SHORT: Final = 2
_LATIN: Final = 5
_ASKING: Final = frozenset("哪各每几全本某这那其他它我你您咱两三四五多少些个所有请问想要何什么怎谁是在的")
_WITH_SUFFIX: Final = re.compile(
    "([\u4e00-\u9fff]{2,4}?)"
    "(?:(?:经济|高新)?技术(?:产业)?开发区|经济开发区|经开区|开发区|高新区|自由贸易试验区|自贸试验区|自贸区|新区|工业园区"
    "|自治[区州县]|(?<![全外跨节])省(?!级)|(?<![城都门上超强全各县地])市(?![场级民值面])"
    "|(?<![小社园校景库山灾城街片厂牧林矿灌港特地辖湾郊专范护能验作])区(?![域块间划分级])|(?<![全各强市])县(?![域级])|街道)"
)
