"""Places that are in no list: their figures must not be taken from a policy that has some."""

import re
from collections.abc import Container
from typing import Final, NamedTuple

from answering.lexicon import Tokens, pairs
from language.pinyin import is_pinyin


class Outsider(NamedTuple):
    """A place by how its name is written, of so many tokens; by its suffix it is `certain` to be one."""

    length: int
    certain: bool


def outsider(
    tokens: Tokens, first: int, behind: int, known: Container[str], *, before_office: bool = False
) -> Outsider | None:
    """The place that a stretch of tokens without a meaning begins with: 北陵区, or 北陵 before 国际标准.

    Args:
        tokens: the question's.
        first: the first of the stretch.
        behind: where it ends.
        known: the search terms of the catalogue; a name that shares one may be anything else.
        before_office: whether a department follows; then all of it is the place: 鹿鸣山 of 鹿鸣山区民政局.
    """
    text = _run(tokens, first, behind)
    if len(text) < _SHORT or text[:_SHORT] in known:
        return None
    if (match := _WITH_SUFFIX.match(text)) and _is_unknown(match[1], known):
        return Outsider(match.end(), certain=True)
    if before_office and len(text) <= _LONGEST and _is_unknown(text, known):
        return Outsider(len(text), certain=False)
    alone = len(text) == _SHORT or _begins_a_word(text[1:], known)
    return Outsider(_SHORT, certain=False) if alone and _is_unknown(text[:_SHORT], known) else None


def suffix_behind(text: str, end: int) -> int:
    """How long the suffix is that makes another place of a name that ends there: 北陵市 is not 北陵区."""
    match = _SUFFIX.match(text, end)
    return len(match[0]) if match else 0


def is_outsider_in_latin(word: str, known: Container[str]) -> bool:
    """Whether a word is no English one, but may be a place's name: beiling."""
    if not word.isascii() or len(word) < _LATIN or word in known:
        return False
    return word not in _ENGLISH and is_pinyin(word)


def _run(tokens: Tokens, first: int, behind: int) -> str:
    """The Chinese characters in a row, a token each."""
    end = first
    while end < behind and tokens.words[end] >= _HAN and len(tokens.words[end]) == 1:
        if end > first and not tokens.joined(end - 1, end):
            break
        end += 1
    return tokens.text[tokens.starts[first] : tokens.starts[first] + end - first]


def _is_unknown(name: str, known: Container[str]) -> bool:
    """Whether it shares no word with the catalogue, and is more than one character and a suffix: 港区."""
    if len(name) == _SHORT and name[1] in "省市区县":
        return False
    return _ASKING.isdisjoint(name) and not any(pair in known for pair in pairs(name))


def _begins_a_word(text: str, known: Container[str]) -> bool:
    """原|验证: a word of the catalogue begins behind the first character, and none with it."""
    return len(text) > _SHORT and text[:2] not in known and text[1:3] in known


_HAN: Final = "\u3400"
_SHORT: Final = 2
# English words that could be pinyin.
_LIKE_PINYIN: Final = """
balance banana bandage chance change damage dance dense dining enhance gaming guidance house language
manage mining minute mouse naming range route sauna senate sense sewage shaping shine suite timing women
"""
_ENGLISH: Final = frozenset(_LIKE_PINYIN.split())
_LONGEST: Final = 6
_LATIN: Final = 5
_ASKING: Final = frozenset(
    "哪各每几全本某这那其他它我你您咱两三四五多少些个所有请问想要何什么怎谁是在的预将需若但且或因据听咋啥嘛该"
)
_LEVEL: Final = (
    "(?<![全外跨节强])省(?!级)|(?<![城都门上超强全各县地])市(?![场级民值面县区])"
    "|(?<![小社园校景库山灾城街片厂牧林矿灌港特地辖湾郊专范护能验作强])区(?![域块间划分级县])"
    "|(?<![全各强市])县(?![域级区市])"
)
_ZONE: Final = (
    "(?:经济|高新)?技术(?:产业)?开发区|经济开发区|经开区|开发区|高新区"
    "|自由贸易试验区|自贸试验区|自贸区|新区|工业园区"
)
_SUFFIX: Final = re.compile(f"{_ZONE}|{_LEVEL}")
_WITH_SUFFIX: Final = re.compile(f"([\u4e00-\u9fff]{{2,4}}?)(?:{_ZONE}|自治[区州县]|{_LEVEL}|街道)")
