"""Figures with their units in a sentence: 30项, 1.2万家, 百分之六十, 九成五, 40—60项, 翻一番, 前10位, 4:6.

What is counted is written out (1.2万户 is 12000户); what is measured keeps the magnitude that people say it
in (1200万亩, 3亿元, 22万元/人). A share that a decimal gives is a percentage (四分之三 is 75%), a third is
1 of the unit /3.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.policy import Comparator
from language.numerals import parse_number

if TYPE_CHECKING:
    from collections.abc import Callable


class Figure(NamedTuple):
    """A figure at `start:end` of a text; `meant` where its own form tells the comparator.

    `spoken` is written in Chinese numerals, which also name things (三大, 五项任务).
    """

    start: int
    end: int
    value: Decimal
    unit: str
    high: Decimal | None = None
    meant: Comparator | None = None
    spoken: bool = False


# A numeral, or a power of ten behind a comparator.
MAY_HOLD_FIGURE: Final = re.compile(
    "[0-9一二两三四五六七八九十半零于过到破超逾近](?:(?<![于过到破超逾近])|[百千万])"
)


def find_figures(text: str) -> list[Figure]:
    """The figures of a text, in order; a number in a name (4K, ISO37000, “三同步”) has none."""
    figures = []
    for match in _ANY.finditer(text):
        figure = _READERS[match.lastgroup or "plain"](match)
        if figure is not None:
            figures.append(figure)
    return figures


def _plain(match: re.Match[str]) -> Figure | None:
    digits, magnitude, digits2, _, unit1, unit2, each, more = match.group(*_PLAIN_PARTS)
    if digits2:
        return _range(match)
    unit = unit2 or unit1 or ""
    if magnitude:
        value, unit = _money(_value(digits, magnitude), magnitude, unit)
    else:
        value = Decimal(digits.replace(",", ""))
    meant = Comparator.MORE_THAN if more else None
    return Figure(match.start(), match.end(), value, unit + each if each else unit, None, meant)


def _range(match: re.Match[str]) -> Figure | None:
    """40—60项, 3至5万元."""
    digits, magnitude, digits2, magnitude2, unit1, unit2, each, _ = match.group(*_PLAIN_PARTS)
    unit = unit2 or unit1 or ""
    first, second = _value(digits, magnitude or magnitude2), _value(digits2, magnitude2)
    if second <= first or (not unit and second >= _FIRST_YEAR):  # 2024—2025冰雪季, GB/T 1.1—2020
        return None
    value, unit = _money(first, magnitude2 or magnitude or "", unit)
    high, _ = _money(second, magnitude2 or "", unit2 or "")
    return Figure(*match.span(), value, unit + (each or ""), high, Comparator.RANGE)


def _spoken(match: re.Match[str]) -> Figure | None:
    value = parse_number(match["cn"])
    if value is None:
        return None
    unit, high = match["cnunit"], parse_number(match["cn2"]) if match["cn2"] else None
    if high is not None:  # 四十至五十个, 三到五家
        meant = Comparator.RANGE
        return Figure(*match.span(), value, unit, high, meant, spoken=True) if high > value else None
    value, unit = _money(value, match["cn"][-1], unit)
    more = Comparator.MORE_THAN if match["cnmore"] else None
    return Figure(*match.span(), value, unit, None, more, spoken=True)


def _percent(match: re.Match[str]) -> Figure | None:
    value = Decimal(100) if match["hundredth"] == "百" else parse_number(match["hundredth"])
    return None if value is None else Figure(*match.span(), value, "%")


def _tenths(match: re.Match[str]) -> Figure | None:
    """九成五 is 95%, 八成 80%, 六成半 65%."""
    tens, ones = _DIGITS.get(match["tenth"], 2), match["rest"]  # 两成
    rest = 5 if ones == "半" else _DIGITS.get(ones or "", 0)
    return Figure(*match.span(), Decimal(10 * tens + rest), "%", spoken=True)


def _half(match: re.Match[str]) -> Figure:
    return Figure(*match.span(), Decimal(50), "%", spoken=True)


def _round(match: re.Match[str]) -> Figure | None:
    """不少于百家, 突破千人: a power of ten with nothing before it, behind a comparator only."""
    value = parse_number("一" + match["round"])
    return None if value is None else Figure(*match.span(), value, match["roundunit"], spoken=True)


def _part(match: re.Match[str]) -> Figure | None:
    """四分之三 is 75%; 三分之二, which no decimal gives, is 2 of /3; so is 2/3."""
    part, whole = match["share"].split("/") if match["share"] else (match["part"], match["whole"])
    above, below = parse_number(part), parse_number(whole)
    if above is None or not below or above >= below:
        return None
    if 1000 % below == 0:
        return Figure(*match.span(), 100 * above / below, "%", spoken=True)
    return Figure(*match.span(), above, f"/{below}", spoken=True)


def _doubling(match: re.Match[str]) -> Figure | None:
    value = parse_number(match["fold"] or "一")
    return None if value is None else Figure(*match.span(), value, "番")


def _none(match: re.Match[str]) -> Figure:
    """重大事故为零, 零发生: none at all."""
    return Figure(*match.span(), Decimal(0), "", spoken=True)


def _first_ever(match: re.Match[str]) -> Figure:
    return Figure(*match.span(), Decimal(0), "项", meant=Comparator.MORE_THAN)


def _rank(match: re.Match[str]) -> Figure | None:
    value = parse_number(match["rank"])
    if value is None or value < 2:
        return None
    return Figure(*match.span(), value, match["rankunit"] or "位", meant=Comparator.AT_MOST)


def _ratio(match: re.Match[str]) -> Figure | None:
    """4:6; 10:22 and 09:30 are times of a day unless they are called a ratio."""
    if _CLOCK.fullmatch(match[0]) and "比" not in match.string[max(0, match.start() - 8) : match.start()]:
        return None
    return Figure(*match.span(), Decimal(match["left"]), f":{match['right']}")


def _value(digits: str, magnitude: str | None) -> Decimal:
    value = Decimal(digits.replace(",", ""))
    for unit in magnitude or "":
        value *= _SCALES[unit]
    return value


def _money(value: Decimal, magnitude: str, unit: str) -> tuple[Decimal, str]:
    """1.2亿元 stays 1.2 of 亿元, as people say it; so 500万千瓦时."""
    zeros = _ZEROS.get(magnitude)
    if zeros and unit in MEASURED:
        return value / 10**zeros, magnitude + unit
    return value, unit


_FIRST_YEAR: Final = 1900
_CLOCK: Final = re.compile("(?:[01]?[0-9]|2[0-3]):[0-5][0-9]")
_DIGITS: Final = {char: at for at, char in enumerate("零一二三四五六七八九")}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ZEROS: Final = {"万": 4, "亿": 8, "万亿": 12}
# Measured, not counted.
MEASURED: Final = frozenset(
    {"元", "美元", "千瓦", "千瓦时", "兆瓦", "吉瓦", "吨标准煤", "吨", "吨公里", "公斤", "千克", "斤"}
    | {"亩", "公顷", "平方米", "平方公里", "平方千米", "立方米", "公里", "千米", "米", "标准箱", "标箱"}
)
_UNITS: Final = (
    "个百分点|百分点|个批次|个学时|个课时|个?基点|个等级|个工作日|工作日|个月|人次|项次|件次|家次|场次|批次|户次|台套|台次|平方公里|平方千米"
    "|平方米|立方米|吨标准煤|吨公里"
    "|千瓦时|千瓦|兆瓦|吉瓦|微克|毫克|公斤|千克|标准箱|标箱|架次|车次|列次|班次|公里|千米|公顷|小时|分钟|课时|学时|美元|亿元|万元|%|‰|项|个|家|名|人|条|种|类|件"
    "|份|次|批|套|倍"
    "|位|元|天|日|周|年|场|所|座|支|只|对|期|篇|部|本|册|处|片|户|亩|米|吨|台|辆|架|艘|款|门|节|度|级|张"
    "|番|毫秒|秒|宗|起(?![草步到点动来止])|例|株|头|轮|升(?!级)"
    "|届|枚|幅|间|栋|幢|段|站|点|分(?!之|别)|岁|笔|列(?![入为])|斤|颗|卷|盏|眼"
)
_SPOKEN_UNITS: Final = (
    "个百分点|个工作日|个月|人次|万元|亿元|项|个|家|名|人|条|种|类|件|份|批|套|倍|位|场|所|座|支|期|处|户"
    "|元|门"
    "|张|次|天|届|轮|座|台|辆|亩|公里|平方米|篇|册|款|艘|株|吨|小时|分钟|学时"
)
UNIT: Final = re.compile(f"[十百千万亿]{{0,2}}(?:{_UNITS})(?:/[^()/]{{1,6}})?")
_NUMBER: Final = (
    r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])(?:\.[0-9]{1,6})?|[0-9]{1,13}(?![0-9])(?:\.[0-9]{1,6})?"
)
_MAGNITUDE: Final = "[十百千](?![米克瓦分])万?亿?|万亿|[万亿]"
_CN: Final = "[一二两三四五六七八九十][零一二两三四五六七八九十百千万亿]{0,12}"
# Of each what: 22万元/人, 30微克/立方米, 0.5吨标准煤/万元; 50项/年 says how often instead.
_EACH: Final = (
    "/(?:[百千万]{1,2})?(?:人口|人|元|亩|吨|平方公里|平方千米|平方米|立方米|公里|公顷|户|家|件|个|辆|台|次|升|千瓦时"
    "|小时|日|天)"
)
_ANY: Final = re.compile(
    "(?=[0-9一二两三四五六七八九十前百千万翻零半])(?<![0-9](?=[0-9]))(?:"  # what a figure may start with
    # 前10位, 前三名, 前10%
    "前(?<![提之以年月日目]前) ?(?P<rank>[0-9]{1,3}|[三五八]|二?十)(?P<rankunit>位|名|强|%)?"
    "(?![0-9年个月天项])(?P<ranks>)"
    rf"|百分之(?P<hundredth>{_NUMBER}|[零一二两三四五六七八九十百点]{{1,9}})(?P<percent>)"
    "|(?P<whole>[二三四五六七八九十])分之(?P<part>[一二两三四五六七八九])(?P<parts>)"
    "|(?<![0-9A-Za-z/.])(?P<share>[1-9]/[2-9])(?![0-9/])(?P<shares>)"
    "|翻(?P<fold>[一两二三])?(?:番|(?<!翻)倍)(?P<folds>)"
    "|零”?的?突破”?(?P<firsts>)"
    "|(?:(?<=[为至到])零(?=$|[,、;。)])|零发生)(?P<nones>)"
    r"|(?<![0-9.:])(?P<left>[0-9]{1,3}) ?: ?(?P<right>[0-9]{1,3})(?![0-9:])(?P<ratios>)"
    "|(?<![一二三四五六七八九十百])(?P<tenth>[一二两三四五六七八九])成(?P<rest>[一二三四五六七八九半])?"
    "(?=$|[^一-龥]|以[上下内]|左右|提[高升]|[增升扩])(?P<tenths>)"
    # 30项, 1.2万家, 40—60项, 20%至30%: no part of a code (ISO37000, 4K, 1.2.3), not 每10万人
    rf"|(?<![A-Za-z0-9.〔\[第号每/+])(?!20[0-9]{{2}}\.[0-9]{{1,2}}(?![0-9%]))(?P<n>{_NUMBER})(?P<m>{_MAGNITUDE})?(?P<unit1>{_UNITS})?"
    rf"(?:(?:[-—~～]{{1,2}}|至|到)(?P<n2>{_NUMBER})(?P<m2>{_MAGNITUDE})?)?"
    rf"(?P<more>[余多])?(?![A-Za-z0-9]|\.[0-9]|[年月日号](?!度))(?P<unit>(?(unit1)(?(n2)(?:{_UNITS})|)"
    rf"|(?:{_UNITS})?))(?P<each>{_EACH})?(?P<plain>)"
    rf"|(?<=[于过到破超逾近])(?<!附近)(?P<round>[百千万])(?P<roundunit>{_SPOKEN_UNITS})(?P<rounds>)"
    "|(?<!另)(?:一半|半数)(?=以上|[,、;。]|$)(?P<halves>)"
    rf"|(?<![第每统唯数几百千一二三四五六七八九十“])(?P<cn>{_CN})(?:(?:[至到—~]|——)(?P<cn2>{_CN}))?(?P<cnmore>[余多])?(?P<cnunit>{_SPOKEN_UNITS})(?P<spoken>)"
    ")"
)
# By number: a match looks names up anew each time.
_PLAIN_PARTS: Final = tuple(
    _ANY.groupindex[name] for name in ("n", "m", "n2", "m2", "unit1", "unit", "each", "more")
)
_READERS: Final[dict[str, Callable[[re.Match[str]], Figure | None]]] = {
    "ranks": _rank,
    "percent": _percent,
    "parts": _part,
    "shares": _part,
    "folds": _doubling,
    "firsts": _first_ever,
    "nones": _none,
    "ratios": _ratio,
    "tenths": _tenths,
    "rounds": _round,
    "halves": _half,
    "plain": _plain,
    "spoken": _spoken,
}
