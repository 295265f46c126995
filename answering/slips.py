"""Slips of the keyboard: what an unrecognised question was probably meant to say."""

from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from answering.index import Index
from language.likeness import look_or_sound_alike
from language.places import near_places
from language.words import stem

# A name of four characters with one slip reaches 75 of 100.
NEAR_ENOUGH: Final = 66
LOOKED_AT: Final = 30
# Offices that exist: another one's name with one character changed, but no slip.
KNOWN_OFFICES: Final = frozenset(
    "税务局 审计局 统计局 财政局 教育局 公安局 司法局 民政局 水利局 水务局 林业局 农业局 商务局 文旅局 应急局 体育局 气象局 信访局 档案局 医保局"
    " 人社局 住建局 规划局 交通局 科技局 工信局 经信局 环保局 卫健局 能源局 粮食局 海洋局 知识产权局 金融局 国资委 发改委 教委 科委 农委 商务委 经信委"
    " 卫健委 住建委 交通委 宗教局 民宗局 地税局 国税局 邮政局 烟草局 地震局 供销社 残联 妇联 工会 团委 总工会 科协 文联 侨联 工商联 编办 人大 政协 法院 检察院".split()
)


def mend(index: Index, folded: str) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The text with more and more of its slips mended, each as (as written, as understood)."""
    slips: list[tuple[str, str]] = []
    for find in (_places, _english, _chinese):
        found = [(written, meant) for written, meant in find(index, folded) if written != meant]
        for written, meant in found:
            if written in folded:
                folded = folded.replace(written, meant, 1)
                slips.append((written, meant))
        if found:
            yield folded, tuple(slips)


def _places(index: Index, text: str) -> Iterator[tuple[str, str]]:
    """淅江 for 浙江, zhejaing for zhejiang."""
    yield from ((slip.text, slip.wanted.lower()) for slip in near_places(text, index.regions)[:1])


def _english(index: Index, text: str) -> Iterator[tuple[str, str]]:
    """Words that nobody here uses, one letter (in long ones two) from a word that somebody does."""
    for word in {token for token in text.replace("-", " ").split() if token.isascii()}:
        bare = word.strip(".,;:!?()\"'")
        if not bare.isalpha() or len(bare) < 4 or stem(bare) in index.words:
            continue
        limit = 1 if len(bare) < 8 else 2
        near = process.extractOne(
            bare, index.words_from(bare[0]), scorer=OSA.distance, score_cutoff=limit, processor=None
        )
        if near is not None:
            yield bare, near[0]


def _chinese(index: Index, text: str) -> Iterator[tuple[str, str]]:
    """A stretch of the text that differs by one character from a name: 标淮 for 标准."""
    near = process.extract(
        text, index.chinese_names, scorer=fuzz.partial_ratio, score_cutoff=NEAR_ENOUGH, limit=LOOKED_AT
    )
    taken: set[int] = set()
    for name, _, _ in sorted(near, key=lambda one: (-round(one[1]), -len(one[0]))):
        for start, end in _windows(text, name):
            if taken.isdisjoint(range(start, end)) and _is_slip(index, text, start, end, name):
                taken.update(range(start, end))
                yield text[start:end], name
                break


def _windows(text: str, name: str) -> Iterator[tuple[int, int]]:
    if name in text:
        return
    sizes = (len(name),) if len(name) < 5 else (len(name), len(name) - 1, len(name) + 1)
    for size in sizes:
        for start in range(len(text) - size + 1):
            if text[start] == name[0] or text[start + size - 1] == name[-1]:
                yield start, start + size


def _is_slip(index: Index, text: str, start: int, end: int, name: str) -> bool:
    """One character written for another like it, or for any that makes no word; one left out or added."""
    piece = text[start:end]
    if piece in index.chinese_name_set:
        return False
    if len(piece) != len(name):
        return OSA.distance(piece, name, score_cutoff=1) == 1
    if piece in KNOWN_OFFICES or not index.chinese_name_set.isdisjoint((piece[1:], piece[:-1])):
        return False
    off = [at for at, (one, other) in enumerate(zip(piece, name, strict=True)) if one != other]
    if len(off) == 2 and off[1] == off[0] + 1 and len(name) >= 4:
        return piece[off[0]] == name[off[1]] and piece[off[1]] == name[off[0]]
    if len(off) > (1 if len(name) < 7 else 2):
        return False
    at = off[0]
    if all(look_or_sound_alike(piece[at], name[at]) for at in off):
        return True
    if len(off) > 1:
        return False
    around = {piece[max(at - 1, 0) : at + 1], piece[at : at + 2]}
    return len(name) >= 4 and not any(len(pair) == 2 and pair in index.postings for pair in around)
