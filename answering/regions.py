"""What the place of a policy is called: in full, for short, and in Latin letters."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from answering.cues import cue_terms
from answering.naming import forms
from domain.policy import Name
from language.pinyin import pinyin
from language.places import Level, Place, all_places


def names_of(region: Name) -> dict[str, Place | None]:
    """The names of a policy's region, each with its place where the gazetteer knows one.

    A text gives the full name, and people say 台州 for 台州市, 昆山经开区 for 昆山经济技术开发区.
    Those of one character are left out: 浙 stands in 浙政发 too.
    """
    parts = region.zh.split("、")  # 四川省、重庆市
    place = _unmistakable().get(region.zh)
    names: dict[str, Place | None] = dict.fromkeys(forms(region), place)
    for part in parts:
        place = _unmistakable().get(part)
        known = _names_of_known(place) if place else _names_of_unknown(part)
        names |= dict.fromkeys((part, *known) if len(parts) > 1 else known, place)
    return {name: place for name, place in names.items() if len(name) > 1}


def _names_of_known(place: Place) -> Iterator[str]:
    """Those of the gazetteer; of a county's none that is a word: 和平, He."""
    stem = place.name[:-1]
    short = place.short or (stem if len(_of_stem().get(stem, ())) == 1 else "")
    county = place.level is Level.COUNTY
    yield from shorter(place)
    if not (county and short in cue_terms()):
        yield short
    if not county or (len(place.english) >= _LIKE_NO_WORD and place.english.lower() not in cue_terms()):
        yield from _in_latin(place.english, place.name)


def _names_of_unknown(name: str) -> Iterator[str]:
    """Those of a zone, a town, or one of several places of a name; 昆山 of 昆山高新区 is the city."""
    suffix = _SUFFIX.search(name)
    if suffix is None or suffix.start() < _SHORTEST:
        return
    stem = name[: suffix.start()]
    yield from (stem + form for form in _FORMS.get(suffix[0], ()))
    zone, others = suffix["zone"], _of_stem().get(stem, ())
    bare = stem not in cue_terms() and not any(one.short == stem if zone else _is_city(one) for one in others)
    if bare:
        yield stem
    for latin in pinyin(stem):
        names = list(_in_latin(latin.capitalize(), name))
        free = bare and len(latin) >= _LIKE_NO_WORD and latin not in cue_terms()
        yield from names if free else names[1:]


def shorter(place: Place) -> Iterator[str]:
    """Shorter forms than its short name: 内蒙."""
    yield from _SHORTER.get(place.short, ())


_SHORTER: Final[Mapping[str, Sequence[str]]] = {"内蒙古": ("内蒙",)}


def _is_city(place: Place) -> bool:
    return place.level is not Level.COUNTY


def _in_latin(latin: str, name: str) -> Iterator[str]:
    """Qingyuan, Qingyuan County."""
    yield latin
    suffix = next((one for one in _KINDS if name.endswith(one)), "")
    yield from (f"{latin} {kind}" for kind in _KINDS.get(suffix, ()))


@cache
def _unmistakable() -> Mapping[str, Place]:
    """Places by full name, without those that share it: 鼓楼区 may be any of several."""
    by_name: dict[str, list[Place]] = defaultdict(list)
    for place in all_places().values():
        by_name[place.name].append(place)
    return {name: places[0] for name, places in by_name.items() if len(places) == 1}


@cache
def _of_stem() -> Mapping[str, Sequence[Place]]:
    """The places of each name without its suffix."""
    places: dict[str, list[Place]] = defaultdict(list)
    for place in all_places().values():
        for stem in {place.name[:-1], place.short} - {""}:
            places[stem].append(place)
    return places


# Pinyin of fewer letters is too like an English word.
_LIKE_NO_WORD: Final = 4
# A place without its suffix has two characters or more.
_SHORTEST: Final = 2
# What each kind of zone is called too.
_ZONES: Final = (
    ("经济技术开发区", "经济开发区", "经开区", "开发区"),
    ("高新技术产业开发区", "高新技术开发区", "高新区", "开发区"),
    ("自由贸易试验区", "自贸试验区", "自由贸易区", "自贸区"),
    ("综合保税区", "综保区", "保税区"),
    ("工业园区", "园区"),
)
_FORMS: Final = {form: zone for zone in reversed(_ZONES) for form in zone}
_SUFFIX: Final = re.compile(
    f"(?:(?P<zone>{'|'.join(sorted(_FORMS, key=len, reverse=True))}|新区|示范区)"
    "|自治[区州县旗]|地区|街道|[两三四五六七八九十][地省市县区]|[省市区县州盟旗镇乡])$"
)
# The longer before what it ends with.
_KINDS: Final = {
    "自由贸易试验区": ("free trade zone", "pilot free trade zone", "ftz", "zone"),
    "高新技术产业开发区": ("high-tech zone",),
    "高新区": ("high-tech zone",),
    "经济技术开发区": ("economic and technological development zone", "development zone", "zone"),
    "开发区": ("development zone", "zone"),
    "新区": ("new area",),
    "自治区": ("autonomous region",),
    "自治州": ("prefecture",),
    "街道": ("subdistrict",),
    "县": ("county",),
    "镇": ("town",),
    "乡": ("township",),
    "旗": ("banner",),
}
