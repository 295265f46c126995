"""Numbers as official text writes them: 三十, 两千, 3.5万, １，０００, 二〇二五."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from language.script import aligned


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSpan:
    """A number in a text: `text` is its half-open span `start:end` as written."""

    start: int
    end: int
    value: Decimal
    text: str


def parse_number(text: str) -> Decimal | None:
    """The value of a text that is a number as a whole, else None."""
    if text.isascii() and text.isdecimal():  # most are: no other form needs to be tried
        return Decimal(text)
    if text in _DIGITS:
        return Decimal(_DIGITS[text])
    written = _prepare(text).strip()
    if match := _ARABIC.fullmatch(written):
        return _scaled(Decimal(match["digits"].replace(",", "")), match["units"])
    if _YEAR_LIKE.fullmatch(written):
        return Decimal("".join(str(_DIGITS[char]) for char in written))
    if match := _DECIMAL.fullmatch(written):
        decimals = "".join(str(_DIGITS[char]) for char in match["decimals"])
        whole = _whole(match["whole"])
        return None if whole is None else _scaled(Decimal(f"{whole}.{decimals}"), match["units"])
    if written in {"半", "一半"}:
        return Decimal("0.5")
    whole = _whole(written)
    return None if whole is None else Decimal(whole)


def find_numbers(text: str) -> list[NumberSpan]:
    """The numbers in a text, in order; words that merely hold one (4K, ISO37000, 十四五) have none."""
    return [
        NumberSpan(start=match.start(), end=match.end(), value=value, text=text[match.start() : match.end()])
        for match in _CANDIDATE.finditer(_prepare(text))
        if (value := parse_number(match[0])) is not None
    ]


def format_numeral_zh(n: int) -> str:
    """A whole number from 0 to 99,999,999 in everyday Chinese: 二 十二 二十七 一百零五.

    Raises:
        ValueError: The number lies outside.
    """
    if not 0 <= n < 10**8:
        raise ValueError(f"{n} is not between 0 and 99999999")
    high, low = divmod(n, 10_000)
    text = _group(low) if not high else f"{_group(high)}万"
    if high and low:
        text += ("零" if low < 1000 else "") + _group(low)
    return text.removeprefix("一") if text.startswith("一十") else text


def _group(n: int) -> str:
    """A number below 10,000 with every 一 written: 一十二."""
    written = "".join(
        _NUMERALS[digit] + unit if (digit := n // 10**power % 10) else "零"
        for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, ""))
    )
    return re.sub("零+", "零", written).strip("零") or "零"


def _prepare(text: str) -> str:
    """The text character for character; a wide comma between narrow digits (3，300) parts a list."""
    return aligned(_LIST_COMMA.sub("、", text)).translate(_PLAIN)


def _scaled(value: Decimal, units: str) -> Decimal:
    for unit in units:
        value *= _UNITS[unit]
    return value


def _whole(written: str) -> int | None:
    """一百零五, 三万五 (35,000), 十二; None for what is no well-formed number: 十四五, 百千, 万."""
    for unit, scale in _UNITS.items():
        if unit in written:
            left, _, right = written.rpartition(unit)
            head = 1 if unit == "十" and not left else _whole(left)
            tail = _tail(right, scale)
            if not head or tail is None or head >= _LIMITS[unit]:
                return None
            return head * scale + tail
    return _DIGITS.get(written)


def _tail(written: str, scale: int) -> int | None:
    """What stands behind a unit of this scale: 一百[零五], and 一百[二], where a digit alone counts tens."""
    if not written:
        return 0
    if scale > 10 and written in _DIGITS:
        return _DIGITS[written] * scale // 10
    value = _whole(written.lstrip("零〇"))
    return None if value is None or value >= scale else value


_NUMERALS: Final = "零一二三四五六七八九"
_DIGITS: Final = {char: at for at, char in enumerate(_NUMERALS)} | {"〇": 0, "两": 2}
_UNITS: Final = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}  # the largest first
_LIMITS: Final = {"亿": 10**8, "万": 10**4, "千": 10, "百": 10, "十": 10}  # how many of a unit there can be

# The forms of accountants, and the circle that stands for a zero.
_PLAIN: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟○", "一二三四五六七八九十百千〇")
_LIST_COMMA: Final = re.compile("(?<=[0-9])，(?=[0-9])")

_ARABIC: Final = re.compile(
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?P<units>[十百千]?万?亿?)"
)
_YEAR_LIKE: Final = re.compile("(?=.{4}$|.*[零〇])[零〇一二三四五六七八九]{2,}")
_DECIMAL: Final = re.compile(
    "(?P<whole>[零〇一二两三四五六七八九十百]+)点(?P<decimals>[零〇一二三四五六七八九]+)(?P<units>[千万亿]?)"
)

_COUNTER: Final = "[余多来]?[个项家名条种类批次年月日天周人位件份部篇章款期倍届套]|小时|季度"
_CANDIDATE: Final = re.compile(
    # Arabic: no part of a code (ISO37000, GB 20000, 4K, 1.2.3), no kilo of another unit (千米), no 百分点.
    r"(?<![a-z0-9.])(?<!iso )(?<!iec )(?<!gb )(?<!/t )"
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    r"(?:[十百千](?![米克瓦分]))?万?亿?(?![a-z0-9]|\.[0-9])"
    # Chinese, of two characters or more: 二十 and 二〇二五, no name (二十大, 十分).
    "|(?<![数几统唯])[零〇一二两三四五六七八九十百千万亿]{2,}(?:点[零〇一二三四五六七八九]+[千万亿]?)?(?![大届])"
    "|[零〇一二三四五六七八九十]点[零〇一二三四五六七八九]+[千万亿]?"
    # One character counts something (三项, 半年) or orders it (第三).
    f"|(?<![数几统唯第一二三四五六七八九十])[一二两三四五六七八九十半](?={_COUNTER})"
    f"|(?<=[统唯]一)[二两三四五六七八九十](?={_COUNTER})"
    "|(?<=第)[一二三四五六七八九十]"
)
