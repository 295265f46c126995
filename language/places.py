"""China's provinces, prefectures and counties in a text, exactly named or nearly so."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from language.gazetteer import Level, Place, above, all_places, rank
from language.likeness import look_or_sound_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


__all__ = ["Level", "NearSpan", "Place", "PlaceSpan", "all_places", "find_places", "near_places"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSpan:
    """A place named at `start:end`: `score` is 1 for an exact name, less the further it is off.

    `rivals` are the other places of that name (鼓楼区); the one beside its parent in the text comes first.
    """

    start: int
    end: int
    place: Place
    text: str
    score: float = 1.0
    rivals: tuple[Place, ...] = ()


def find_places(folded_text: str) -> list[PlaceSpan]:
    """The places a folded text names, in order and without overlap: 浙江, 江津区, zhejiang, zhejang."""
    found = sorted([*_chinese(folded_text), *_english(folded_text)], key=lambda span: span.start)
    return _settle_rivals(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearSpan:
    """A stretch of text that was probably meant as the wanted name; `score` as in `PlaceSpan`."""

    start: int
    end: int
    wanted: str
    text: str
    score: float


def near_places(folded_text: str, wanted: Sequence[str]) -> list[NearSpan]:
    """Where a folded text holds a wanted name with a slip: 淅江 for 浙江, zhejang for zhejiang.

    The rule for Chinese: as long as the name, one character different, that one written or said alike
    (see `likeness`), and no part of it belongs to a place that the text names rightly. For English: one edit
    in a word of 6 to 8 letters, two in a longer one.
    """
    taken = {at for span in _chinese(folded_text) for at in range(span.start, span.end)}
    found = []
    for name in wanted:
        slips = _english_slips(folded_text, name) if name.isascii() else _slips(folded_text, name)
        found += [slip for slip in slips if taken.isdisjoint(range(slip.start, slip.end))]
    return sorted(found, key=lambda slip: (slip.start, -slip.score))


# Chinese names


def _chinese(text: str) -> Iterator[PlaceSpan]:
    names, lengths = _chinese_names()
    done, before = 0, None
    for at in range(len(text) - 1):
        first = text[at : at + 2]
        if first not in lengths or at < done:
            continue
        for length in lengths[first]:
            places = names.get(text[at : at + length])
            if places and _is_meant(text, at, at + length, places, before):
                end = _past_suffix(text, at + length, places[0])
                before = PlaceSpan(start=at, end=end, place=places[0], text=text[at:end], rivals=places[1:])
                yield before
                done = end
                break


@cache
def _chinese_names() -> tuple[Mapping[str, tuple[Place, ...]], Mapping[str, tuple[int, ...]]]:
    """Places by name, the higher first, and the lengths to try, longest first, by first two characters."""
    names: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(all_places().values(), key=rank):
        for name in filter(None, (place.name, place.short)):
            names[name].append(place)
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:2]].add(len(name))
    return (
        {name: tuple(places) for name, places in names.items()},
        {first: tuple(sorted(them, reverse=True)) for first, them in lengths.items()},
    )


def _is_meant(text: str, start: int, end: int, places: Sequence[Place], before: PlaceSpan | None) -> bool:
    """Whether the name is no accident of its neighbours: 温州市|场, 上|海南|部, 示|范县, 主|城区.

    Right behind its province or prefecture (安徽省和县) it is none.
    """
    name = text[start:end]
    if _OTHER_WORDS.match(text, end - 1):
        return False
    if before and before.end == start and any(before.place.code in above(place) for place in places):
        return True
    if name in _GENERIC or (len(name) == 2 and name[1] in "县区市旗"):
        return name not in _GENERIC and not (start > 0 and text[start - 1] >= "\u3400")
    return not any(word in text[max(0, start - 2) : end + 2] for word in _STRADDLING.get(name, ()))


def _past_suffix(text: str, end: int, place: Place) -> int:
    """Behind a name without its full suffix, the short forms of it: 恩施州, 广西自治区, 香港特区."""
    match = _SHORT_SUFFIX.match(text, end)
    return match.end() if match and match[0][-1] == place.name[-1] else end


def _slips(text: str, name: str) -> Iterator[NearSpan]:
    length = len(name)
    if length < 2 or name in text or set(name).isdisjoint(text):
        return
    for at in range(len(text) - length + 1):
        piece = text[at : at + length]
        off = [(char, meant) for char, meant in zip(piece, name, strict=True) if char != meant]
        if len(off) == 1 and look_or_sound_alike(*off[0]):
            yield NearSpan(start=at, end=at + length, wanted=name, text=piece, score=1 - 1 / (2 * length))


# English names


def _english(text: str) -> Iterator[PlaceSpan]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + count - 1].end()
            key = _key(text[start:end])
            places, score = _english_names().get(key, ()), 1.0
            if not places and count == 1:
                places, score = _nearest(key)
            if places:
                yield PlaceSpan(
                    start=start,
                    end=end,
                    place=places[0],
                    text=text[start:end],
                    score=score,
                    rivals=places[1:],
                )
                at += count - 1
                break
        at += 1


@cache
def _english_names() -> Mapping[str, tuple[Place, ...]]:
    names: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(all_places().values(), key=rank):
        key = _key(place.english)
        if place.level is not Level.COUNTY or len(key) > 5:
            names[key].append(place)
    for alias, code in _ALIASES.items():
        names[_key(alias)].append(all_places()[code])
    return {key: tuple(places) for key, places in names.items()}


@cache
def _long_names() -> tuple[str, ...]:
    """Provinces and prefectures; counties are too many and too near each other to forgive a slip."""
    return tuple(
        key
        for key, (first, *_) in _english_names().items()
        if first.level is not Level.COUNTY and len(key) > 5
    )


@lru_cache(maxsize=4096)
def _nearest(key: str) -> tuple[tuple[Place, ...], float]:
    """The only name within the allowed edits of an unknown word; nothing where two are as near."""
    allowed = _allowed_edits(key)
    near = process.extract(key, _long_names(), scorer=OSA.distance, score_cutoff=allowed, limit=2)
    if not allowed or not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return (), 0.0
    name, edits, _ = near[0]
    return _english_names()[name], 1 - edits / len(key)


def _english_slips(text: str, name: str) -> Iterator[NearSpan]:
    wanted, allowed = _key(name), _allowed_edits(_key(name))
    for word in _WORD.finditer(text):
        edits = OSA.distance(_key(word[0]), wanted, score_cutoff=allowed)
        if 0 < edits <= allowed:
            yield NearSpan(
                start=word.start(), end=word.end(), wanted=name, text=word[0], score=1 - edits / len(name)
            )


def _allowed_edits(name: str) -> int:
    """One in a word of 6 to 8 letters, two in a longer one."""
    return 0 if len(name) < 6 else 1 if len(name) < 9 else 2


def _key(name: str) -> str:
    return name.lower().replace("'", "").replace(" ", "")


# Which of several places of one name


def _settle_rivals(found: list[PlaceSpan]) -> list[PlaceSpan]:
    """Prefer the place whose province or prefecture the text names too: 杭州西湖区, 南昌西湖区."""
    named = {span.place.code for span in found if not span.rivals}
    return [_settled(span, named) if span.rivals else span for span in found]


def _settled(span: PlaceSpan, named: set[str]) -> PlaceSpan:
    places = (span.place, *span.rivals)
    best = max(places, key=lambda place: not named.isdisjoint(above(place)))
    return replace(span, place=best, rivals=tuple(place for place in places if place is not best))


_OTHER_WORDS: Final = re.compile("市(?=场|值|面)|区(?=[域块间划分位别])|县(?=域)|省(?=[域略])|旗(?=[下帜舰])")
_SHORT_SUFFIX: Final = re.compile("自治[区州县旗]|特区|州(?!市)")
_WORD: Final = re.compile("[a-z]+(?:'(?!s(?![a-z]))[a-z]+)*")
_MOST_WORDS: Final = 3  # Da Hinggan Ling

# Counties in name (晋城城区), parts of any town in text.
_GENERIC: Final = frozenset({"城区", "郊区", "矿区", "新区", "市区", "东区", "西区", "南区", "北区"})

# Neighbours in official text that form a name by accident: 上海南部 is no 海南, 重大连续 no 大连.
_STRADDLING: Final = {
    "海南": ("上海南", "渤海南", "黄海南", "东海南", "临海南"),
    "河南": ("黄河南", "淮河南", "运河南"),
    "河北": ("黄河北", "淮河北", "运河北"),
    "湖南": ("太湖南", "西湖南", "湖南岸", "湖南侧"),
    "湖北": ("太湖北", "西湖北", "湖北岸", "湖北侧"),
    "江西": ("长江西", "珠江西", "江西岸"),
    "广西": ("推广西",),
    "大连": ("重大连", "扩大连", "较大连", "最大连"),
}
_ALIASES: Final = {
    "Xizang": "540000",
    "Macau": "820000",
    "Nei Mongol": "150000",
    "Peking": "110000",
    "Canton": "440100",
}
