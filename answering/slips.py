"""Slips of the keyboard: what an unrecognised question was probably meant to say."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from answering.cues import Cue
from answering.index import Index
from answering.lexicon import tokenize
from answering.units import counts
from language.likeness import look_or_sound_alike
from language.pinyin import pinyin
from language.places import near_places
from language.words import stem

# (as written, as understood)
Slip = tuple[str, str]

# A name of four characters with one slip reaches 75 of 100.
NEAR_ENOUGH: Final = 66
LOOKED_AT: Final = 30
# So many characters beside a stretch that means nothing may belong to a name with the slip in it.
BESIDE: Final = 6
# A shorter name may be a part of something else.
_LONG: Final = 4
_HAN: Final = re.compile("[一-鿿]")
_RETROFLEX: Final = re.compile("^([zcs])h")
_LEVELS: Final = frozenset("省市区县州旗镇乡")


def mend(
    index: Index, folded: str, *, policies: Sequence[str] = (), loose: Sequence[str] = ()
) -> Iterator[tuple[str, tuple[Slip, ...]]]:
    """The text with more and more of its slips mended: places, then English words, then Chinese names.

    Args:
        index: the catalogue.
        folded: the question.
        policies: those it names rightly, so that no place is looked for.
        loose: the stretches of it that mean nothing; Chinese slips are looked for in and beside them.
    """
    asked = folded
    slips: list[Slip] = []
    for find in _FINDERS[bool(policies) :]:
        text = _around(folded, loose) if find is _chinese else folded
        found = [(written, meant) for written, meant in find(index, text) if written != meant]
        for written, meant in found:
            if written in folded:
                folded = folded.replace(written, meant, 1)
                slips.append((written, meant))
        if found:
            yield folded, tuple(slips)
    if words := list(_words(index, policies, [_from_what_counts(asked, stretch) for stretch in loose])):
        for written, meant in words:
            asked = asked.replace(written, meant, 1)
        yield asked, tuple(words)


def _words(index: Index, policies: Sequence[str], loose: Sequence[str]) -> Iterator[Slip]:
    """A character of a word that the policy does not hold, for one like it that makes one: 资询 for 咨询."""
    policy = index.by_id.get(policies[0]) if len(policies) == 1 else None
    if policy is None or policy.title.en:
        return
    words = index.words_of_policy(policy.id)
    for stretch in loose:
        meant = stretch
        for at in range(len(stretch)):
            meant = meant[:at] + _meant(index, words, meant, at) + meant[at + 1 :]
        if meant != stretch:
            yield stretch, meant


def _from_what_counts(asked: str, stretch: str) -> str:
    """几量标准: 几 before what is counted by nothing may be the slip itself."""
    return "几" + stretch if "几" + stretch in asked and not counts(stretch[0]) else stretch


def _meant(index: Index, words: AbstractSet[str], stretch: str, at: int) -> str:
    """The character there, or the one that was probably meant where it makes no word that anybody uses."""
    char, before, behind = stretch[at], stretch[at - 1 : at] if at else "", stretch[at + 1 : at + 2]
    around = {before + char, char + behind}
    if not _HAN.match(char) or any(pair in words or pair in index.known for pair in around):
        return char
    return _better(words, before, char, behind) or char


def _better(words: AbstractSet[str], before: str, char: str, behind: str) -> str | None:
    """The one character that sounds like it and makes most words with its neighbours."""
    gains: Counter[str] = Counter()
    for word in words:
        if before and word[0] == before and _sound_alike(char, word[1]):
            gains[word[1]] += 1
        if behind and word[1:] == behind and _sound_alike(char, word[0]):
            gains[word[0]] += 1
    best = gains.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


@lru_cache(maxsize=4096)
def _sound_alike(one: str, other: str) -> bool:
    return not _sounds(one).isdisjoint(_sounds(other))


@lru_cache(maxsize=4096)
def _sounds(char: str) -> frozenset[str]:
    """Its readings as many speak: zh as z, -ng as -n."""
    return frozenset(_RETROFLEX.sub(r"\1", sound).removesuffix("g") for sound in pinyin(char))


def _around(text: str, loose: Sequence[str]) -> str:
    """The stretches with what stands beside them, apart from each other; all of it where there are none."""
    spans = ((at, at + len(stretch)) for stretch in loose if (at := text.find(stretch)) >= 0)
    parts = [text[max(0, start - BESIDE) : end + BESIDE] for start, end in spans]
    return " ".join(parts) or text


def _places(index: Index, text: str) -> Iterator[Slip]:
    """淅江 for 浙江, zhejaing for zhejiang."""
    yield from ((slip.text, slip.wanted.lower()) for slip in near_places(text, index.regions)[:1])


def _english(index: Index, text: str) -> Iterator[Slip]:
    """Words that nobody here uses, one letter (in long ones two) from a word that somebody does."""
    known = index.vocabulary
    words = (word.strip(".,;:!?()\"'") for word in text.replace("-", " ").split() if word.isascii())
    for word in dict.fromkeys(words):
        if not word.isalpha() or len(word) < 4 or stem(word) in known.stems:
            continue
        if index.lexicon.meanings([stem(word)]):
            continue  # hunan is no slip of human
        limit = 1 if len(word) < 8 else 2
        near = process.extractOne(
            word, known.words_from(word[0]), scorer=OSA.distance, score_cutoff=limit, processor=None
        )
        if near is not None:
            yield word, near[0]


def _chinese(index: Index, text: str) -> Iterator[Slip]:
    """A stretch of the text that differs by one character from a name: 标淮 for 标准."""
    names = index.vocabulary.names_near(text)
    near = process.extract(text, names, scorer=fuzz.partial_ratio, score_cutoff=NEAR_ENOUGH, limit=LOOKED_AT)
    taken: set[int] = set()
    right = _written_right(index, text)
    for name, _, _ in sorted(near, key=lambda one: (-round(one[1]), -len(one[0]))):
        for start, end in _windows(text, name):
            if any(first < end < last or first < start < last for first, last in right):
                continue  # 标准化专 of 标准化专家 is no slip of 标准化专业
            if _is_word_beside(index, text, start, end, name):
                continue  # 科技项 of 科技项目 is no slip of 科技厅
            if taken.isdisjoint(range(start, end)) and _is_slip(index, text[start:end], name):
                taken.update(range(start, end))
                yield text[start:end], _most_alike(text[start:end], name, [other for other, _, _ in near])
                break


_FINDERS: Final[tuple[Callable[[Index, str], Iterator[Slip]], ...]] = (_places, _english, _chinese)


def _written_right(index: Index, text: str) -> list[tuple[int, int]]:
    """Where names of the catalogue and places stand without a slip: 洛阳数据中心 holds no 大数据中心."""
    tokens = tokenize(text)
    return [
        (tokens.starts[first], tokens.ends[behind - 1])
        for first, behind, senses in index.lexicon.matches(tokens.words)
        if behind - first > 1 and not all(isinstance(sense, Cue) for sense in senses)
    ]


def _windows(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where it may stand: about as long, and with its first or its last character."""
    if name in text:
        return
    sizes = (len(name),) if len(name) < 5 else (len(name), len(name) - 1, len(name) + 1)
    for size in sizes:
        for start in range(len(text) - size + 1):
            if text[start] == name[0] or text[start + size - 1] == name[-1]:
                yield start, start + size


def _is_slip(index: Index, piece: str, name: str) -> bool:
    """One character written for another, one left out or added, two changed about."""
    if index.vocabulary.knows(piece) or ("不" in piece) != ("不" in name):
        return False  # 不合格率 is no slip of 合格率
    if len(piece) != len(name):
        return OSA.distance(piece, name, score_cutoff=1) == 1
    if not KNOWN_OFFICES.isdisjoint((piece, piece[1:])):  # 税务局, 市税务局
        return False
    if any(map(index.vocabulary.knows, (piece[1:], piece[:-1]))):
        return False
    off = [at for at, (one, other) in enumerate(zip(piece, name, strict=True)) if one != other]
    if off and all(piece[at] in _LEVELS and name[at] in _LEVELS for at in off):
        return False  # 某市民政局 is no slip of 某区民政局
    if len(name) >= 4 and len(off) == 2 and off[1] == off[0] + 1:
        return _is_swapped(piece, name, off)
    return _is_mistaken(index, piece, name, off)


def _is_word_beside(index: Index, text: str, start: int, end: int, name: str) -> bool:
    """Whether the character that would be wrong makes a word with the one beside the stretch."""
    if len(name) >= _LONG:
        return False
    behind, before = text[end - 1 : end + 1], text[max(start - 1, 0) : start + 1]
    last = text[end - 1] != name[-1] and len(behind) == 2 and behind in index.postings
    return last or (text[start] != name[0] and len(before) == 2 and before in index.postings)


def _most_alike(piece: str, name: str, names: Sequence[str]) -> str:
    """国计标准 is 国际标准, which sounds the same, rather than 国家标准."""
    alike = (other for other in names if len(other) == len(piece) and _is_alike(piece, other))
    return name if _is_alike(piece, name) else next(alike, name)


def _is_alike(piece: str, name: str) -> bool:
    off = [(one, other) for one, other in zip(piece, name, strict=False) if one != other]
    return len(piece) == len(name) and len(off) == 1 and look_or_sound_alike(*off[0])


def _is_swapped(piece: str, name: str, off: list[int]) -> bool:
    """国准标际: two neighbours, each in the other's place."""
    first, second = off
    return piece[first] == name[second] and piece[second] == name[first]


def _is_mistaken(index: Index, piece: str, name: str, off: list[int]) -> bool:
    """One character (in long names two) for another like it, or one for any that makes no word there."""
    if len(off) > (1 if len(name) < 7 else 2):
        return False
    if all(look_or_sound_alike(piece[at], name[at]) for at in off):
        return True
    if len(off) > 1 or len(name) < 4:
        return False
    at = off[0]
    around = {piece[max(at - 1, 0) : at + 1], piece[at : at + 2]}
    return not any(len(pair) == 2 and pair in index.postings for pair in around)


# Offices that exist: another one's name with one character changed, but no slip.
_OFFICES: Final = """
税务局 地税局 国税局 审计局 统计局 财政局 金融局 国资委 烟草局 邮政局 供销社 粮食局
教育局 教委 科技局 科委 知识产权局 体育局 文旅局 档案局 公安局 司法局 信访局 民宗局 宗教局
民政局 人社局 医保局 卫健局 卫健委 工信局 经信局 经信委 商务局 商务委 发改委 能源局
住建局 住建委 规划局 交通局 交通委 水利局 水务局 农业局 农委 林业局 海洋局 环保局
气象局 地震局 应急局 人大 政协 法院 检察院 编办
残联 妇联 科协 文联 侨联 工商联 工会 总工会 团委
"""
KNOWN_OFFICES: Final = frozenset(_OFFICES.split())
