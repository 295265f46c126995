"""The administrative divisions of China, from the provinces to the counties."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from language.data import read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


class Level(StrEnum):
    """The floor of the administration a place stands on."""

    PROVINCE = "province"  # provinces, autonomous regions, 直辖市, special administrative regions
    PREFECTURE = "prefecture"  # 地级市, 自治州, 地区, 盟
    COUNTY = "county"  # 区, 县, 县级市, 旗


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place by its GB/T 2260 code; `short` is empty where the name needs its suffix (朝阳区, 大同市)."""

    code: str
    name: str
    short: str
    english: str
    level: Level
    parent: str | None


@cache
def all_places() -> Mapping[str, Place]:
    """Every place by its code."""
    rows = {code: rest for code, *rest in read_table("places.tsv")}
    return {
        code: Place(
            code=code, name=name, short=short, english=english, level=_level(code), parent=_parent(code, rows)
        )
        for code, (name, short, english) in rows.items()
    }


def _parent(code: str, known: Collection[str]) -> str | None:
    """The prefecture or the province whose code this one starts with."""
    above = (f"{code[:4]}00", f"{code[:2]}0000")
    return next((other for other in above if other in known and other != code), None)


def _level(code: str) -> Level:
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.PREFECTURE if code.endswith("00") else Level.COUNTY


def above(place: Place) -> Iterator[str]:
    """The codes of the places it belongs to, the nearest first."""
    while place.parent:
        yield place.parent
        place = all_places()[place.parent]


def rank(place: Place) -> tuple[int, str]:
    """A sort key: the higher level first, then by code."""
    return list(Level).index(place.level), place.code
