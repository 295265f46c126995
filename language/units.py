"""Numbers with what they count: 30项, 60%, 百分之六十, 1.2亿元, 12个月, 60 per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from language.numerals import find_numbers
from language.script import aligned

if TYPE_CHECKING:
    from decimal import Decimal

    from language.numerals import NumberSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit at `start:end`; the unit is a key of `UNITS`, whatever the text's language."""

    start: int
    end: int
    value: Decimal
    unit: str
    text: str


def find_quantities(text: str) -> list[Quantity]:
    """The numbers with a unit, in order: 30项以上 is 30 项, 1.2亿元 is 1.2 亿元, 百分之六十 is 60 %."""
    written = aligned(text)
    return [found for number in find_numbers(text) if (found := _quantity(text, written, number))]


def unit_name(unit: str, value: Decimal | int) -> str:
    """The English name of a unit for a value: item, items; for one without a name, the unit itself."""
    one, many = UNITS.get(unit, (unit, unit))
    return one if value == 1 else many


def _quantity(text: str, written: str, number: NumberSpan) -> Quantity | None:
    start, end, value = number.start, number.end, number.value
    if written.endswith("百分之", 0, start):
        return Quantity(start=start - 3, end=end, value=value, unit="%", text=text[start - 3 : end])
    match = _UNIT.match(written, end)
    if match is None:
        return None
    unit = _ENGLISH.get(match["unit"], match["unit"])
    if unit == "年" and value >= 1900:  # 2025年 is a date
        return None
    if unit == "元" and (magnitude := _MAGNITUDE.search(aligned(number.text))):
        unit = magnitude[0] + unit
        value /= 10 ** _ZEROS[magnitude[0]]
    return Quantity(start=start, end=match.end(), value=value, unit=unit, text=text[start : match.end()])


UNITS: Final = {
    "%": ("%", "%"),
    "百分点": ("percentage point", "percentage points"),
    "项": ("item", "items"),
    "个": ("", ""),
    "家": ("organisation", "organisations"),
    "名": ("person", "persons"),
    "人": ("person", "persons"),
    "条": ("item", "items"),
    "种": ("kind", "kinds"),
    "类": ("category", "categories"),
    "件": ("item", "items"),
    "份": ("copy", "copies"),
    "次": ("time", "times"),
    "批": ("batch", "batches"),
    "套": ("set", "sets"),
    "倍": ("times", "times"),
    "位": ("place", "places"),
    "元": ("yuan", "yuan"),
    "万元": ("ten thousand yuan", "ten thousand yuan"),
    "亿元": ("hundred million yuan", "hundred million yuan"),
    "万亿元": ("trillion yuan", "trillion yuan"),
    "小时": ("hour", "hours"),
    "天": ("day", "days"),
    "日": ("day", "days"),
    "工作日": ("working day", "working days"),
    "周": ("week", "weeks"),
    "个月": ("month", "months"),
    "年": ("year", "years"),
}
_ENGLISH: Final = {
    **dict.fromkeys(("percent", "per cent"), "%"),
    **dict.fromkeys(UNITS["百分点"], "百分点"),
    **{name: unit for unit in ("个月", "周", "小时", "年", "工作日", "天", "元") for name in UNITS[unit]},
}
_MAGNITUDE: Final = re.compile("[万亿]+$")
_ZEROS: Final = {"万": 4, "亿": 8, "万亿": 12}
_CHINESE_UNITS: Final = "|".join(
    sorted(UNITS.keys() - {"%", "万元", "亿元", "万亿元"}, key=len, reverse=True)
)
_ENGLISH_UNITS: Final = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_UNIT: Final = re.compile(
    f"[余多]? ?(?:个(?=百分点|工作日))?(?P<unit>%|{_CHINESE_UNITS}|(?<= )(?:{_ENGLISH_UNITS})(?![a-z]))"
)
