"""The numbers that Word counts by itself: 一、（一）1. are not in the text of a docx, but in its lists."""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from language.numerals import format_numeral_zh

_DEEPEST: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How one level of a list counts."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""  # %1 is the number of the first level
    style: str = ""  # paragraphs in this style stand on this level
    restarts_after: int | None = None  # level whose next number makes this one start again; None: any above
    digits_only: bool = False
    spaced: bool = False


@dataclass(slots=True)
class _List:
    """The levels of a list and how far each has counted; lists of one family count on together."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through the lists of a document, paragraph by paragraph."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}  # by number
        self._starts: dict[str, dict[int, int]] = {}  # what a number starts again with, until it is met
        if root is not None:
            self._learn(root)

    def level_of_style(self, number: str, style: str) -> int:
        """The level of a list that paragraphs in a style stand on."""
        levels = self._lists[number].levels if number in self._lists else {}
        return next((at for at, level in levels.items() if level.style == style), 0)

    def label(self, number: str, at: int) -> str:
        """The number of the next paragraph on a level, 0 being the highest: `（二）`; bullets have none."""
        family = self._lists.get(number)
        if family is None or at not in family.levels:
            return ""
        starts = self._starts.get(number, {})
        level, counts = family.levels[at], family.counts
        if at in starts:
            counts[at] = starts.pop(at)
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [other for other in counts if other > at]:
            after = family.levels[deeper].restarts_after
            if after is None or at < after:
                del counts[deeper]
        return _written(family, at)

    def _learn(self, root: Element) -> None:
        families = {str(family.get("abstractNumId")): _levels(family) for family in root.iter("abstractNum")}
        linked = {
            style.get("val"): str(family.get("abstractNumId"))
            for family in root.iter("abstractNum")
            if (style := family.find("styleLink")) is not None
        }
        for family in root.iter("abstractNum"):
            if (link := family.find("numStyleLink")) is not None and link.get("val") in linked:
                families[str(family.get("abstractNumId"))] = families[linked[link.get("val")]]
        for num in root.findall("num"):
            base = families.get(_value(num, "abstractNumId"))
            if base is None:
                continue
            number = str(num.get("numId"))
            own = {
                at: level
                for change in num.iter("lvlOverride")
                for at, level in _levels(change).levels.items()
            }
            self._lists[number] = _List({**base.levels, **own}, base.counts) if own else base
            self._starts[number] = {
                _integer(change.get("ilvl"), 0): _integer(_value(change, "startOverride"), 1)
                for change in num.iter("lvlOverride")
                if change.find("startOverride") is not None
            }


def _levels(parent: Element) -> _List:
    levels = {
        _integer(level.get("ilvl"), 0): _Level(
            start=_integer(_value(level, "start"), 1),
            form=_value(level, "numFmt") or "decimal",
            pattern=_value(level, "lvlText"),
            style=_value(level, "pStyle"),
            restarts_after=_integer(restart, 0) if (restart := _value(level, "lvlRestart")) else None,
            digits_only=level.find("isLgl") is not None,
            spaced=_value(level, "suff") == "space",
        )
        for level in parent.findall("lvl")
    }
    return _List({at: level for at, level in levels.items() if 0 <= at < _DEEPEST})


def _written(family: _List, at: int) -> str:
    level = family.levels[at]
    if level.form in {"none", "bullet"}:
        return ""
    text = level.pattern
    for other, above in family.levels.items():
        if other <= at:
            form = "decimal" if level.digits_only else above.form
            text = text.replace(f"%{other + 1}", _number(family.counts.get(other, above.start), form))
    return text + " " if level.spaced or _OPEN_END.search(text) else text


def _number(number: int, form: str) -> str:
    """A number in one of Word's forms; one that is out of a form's reach is written in digits."""
    if form in _CHINESE and 0 <= number < 10_000:
        return format_numeral_zh(number)
    if form in _DIGITS:
        return "".join(_DIGITS[form][int(digit)] for digit in str(abs(number)))
    if form in _SIGNS and 0 < number <= len(_SIGNS[form]):
        return _SIGNS[form][number - 1]
    if form in {"upperLetter", "lowerLetter"} and 0 < number <= 26 * 30:
        letters = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form in {"upperRoman", "lowerRoman"} and 0 < number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "decimalZero":
        return f"{number:02}"
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN.items():
        text += letters * (number // value)
        number %= value
    return text


def _value(parent: Element, tag: str) -> str:
    child = parent.find(tag)
    return child.get("val", "") if child is not None else ""


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


_OPEN_END: Final = re.compile("[0-9A-Za-z章节節条條]$")  # 第一章 stands apart from its title
_CHINESE: Final = frozenset(
    f"{family}Counting{suffix}"
    for family in ("chinese", "taiwanese", "japanese")
    for suffix in ("", "Thousand")
)
_DIGITS: Final = {
    "ideographDigital": "〇一二三四五六七八九",
    "taiwaneseDigital": "〇一二三四五六七八九",
    "decimalFullWidth": "０１２３４５６７８９",
}
_SIGNS: Final = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖拾",
    "ideographLegalTraditional": "壹貳參肆伍陸柒捌玖拾",
}
_ROMAN: Final = {
    1000: "M",
    900: "CM",
    500: "D",
    400: "CD",
    100: "C",
    90: "XC",
    50: "L",
    40: "XL",
    10: "X",
    9: "IX",
    5: "V",
    4: "IV",
    1: "I",
}
