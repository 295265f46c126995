"""What stands before a heading: 第一章, 一、, （一）, 1., 1.1, （1）, ①, bullets, Markdown's #."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple


class Kind(StrEnum):
    """The ways of numbering; how deep each stands is up to the document."""

    CHAPTER = "chapter"  # 第一章, 第一部分, PART 1
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第一条
    FORMAL = "formal"  # 壹、
    COUNT = "count"  # 一、
    BRACKET = "bracket"  # （一）
    FIGURE = "figure"  # 1. 1、
    DECIMAL = "decimal"  # 1.1
    WORD = "word"  # 任务一：, 专项1, Action 1
    SMALL = "small"  # （1）
    CIRCLE = "circle"  # ①
    BULLET = "bullet"  # · —— ●
    PLAIN = "plain"  # a heading without a number


# What measures may carry; bullets and the small numbers within a task may not.
NUMBERED: Final = frozenset(Kind) - {Kind.BULLET, Kind.PLAIN, Kind.SMALL, Kind.CIRCLE}


class Marker(NamedTuple):
    """A heading's marker; `number` as printed, `end` where the heading's words begin in the line."""

    kind: Kind
    number: str
    end: int
    depth: int = 0  # of a decimal number: 1.1 is 1


def find_marker(line: str) -> Marker | None:
    """The marker a line begins with, if any."""
    match = _MARKER.match(line)
    if match is None or (name := match.lastgroup) is None:
        return None
    kind, number = _KINDS[name], match[name]
    if name == "ring":
        number = _CHINESE[ord(number) - ord("㈠")]
    if kind in _BRACKETED:
        number = f"（{number}）"
    return Marker(kind, number, match.end(), number.count("."))


def ordinal(marker: Marker) -> int | None:
    """Which one of its row a marker is, 1 for the first; None where it has no order."""
    written = re.sub("[^0-9一二三四五六七八九十壹贰叁参肆伍陆柒捌玖拾]", "", marker.number.rsplit(".", 1)[-1])
    return int(written) if written.isdecimal() else numeral(written.translate(_FORMAL))


def numeral(written: str) -> int | None:
    """三, 十二, 二十 as a number; None for anything else."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS.get(written)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


_BRACKETED: Final = frozenset({Kind.BRACKET, Kind.SMALL})
_KINDS: Final = {**{kind.value: kind for kind in Kind}, "padded": Kind.FIGURE, "ring": Kind.BRACKET}
_CHINESE: Final = "一二三四五六七八九十"
_DIGITS: Final = {char: at for at, char in enumerate("零一二三四五六七八九")}
_FORMAL: Final = str.maketrans("壹贰叁参肆伍陆柒捌玖拾", "一二三三四五六七八九十")
_CN: Final = "[一二三四五六七八九十]{1,3}"
_BULLETS: Final = "·●○◦■◆◇□▪▶►▸★☆√✓✔➢➤❖※✅❇☑⭐➡\U0001f300-\U0001faff"
# What a marker starts with, so that the text of a paragraph is told at once.
_STARTS: Final = (
    rf"[第(0-9一二三四五六七八九十壹贰叁参肆伍陆柒捌玖拾任行专工举措重主项ACMPTamt①-⓿❶-➓㈠-㈩*+—\-{_BULLETS}]"
)
_MARKER: Final = re.compile(
    rf"[ \t#>*]*(?={_STARTS})(?:"
    rf"(?P<chapter>第(?:{_CN}|[0-9]{{1,2}})(?:[编章篇]|部分)"
    r"|(?:PART|Part|Chapter)[ .·]{0,2}[0-9]{1,2}(?![0-9]))[ 、:.|]*"
    rf"|(?P<section>第(?:{_CN}|[0-9]{{1,2}})节)[ 、:]*"
    rf"|(?P<article>第(?:[一二三四五六七八九十百]{{1,5}}|[0-9]{{1,3}})条)[ 、:]*"
    "|(?P<formal>[壹贰叁参肆伍陆柒捌玖拾]{1,2})、 *"
    rf"|(?P<count>{_CN})(?:[、.．]|\b(?!\w)) *"
    rf"|\((?P<bracket>{_CN})\)[、.:]? *"
    # 1.1 推广: not 3.5万, 1.2倍
    r"|(?P<decimal>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[ 、.]*(?=[^0-9 、.%‰万亿倍个项家元名年月])"
    r"|(?P<figure>[0-9]{1,3})"
    r"(?:、|\.(?![0-9])|\.(?=20[0-9]{2}年|1?[0-9]月)|(?= [\u3400-\u9fff])|\ufe0f?\u20e3) *"
    # 01  推广, 01|推广: not 01月
    r"|(?P<padded>0[1-9])(?: *[|/]|(?= *(?![年月日时])[\u3400-\u9fff]))[ |/]*"
    "|(?P<ring>[㈠-㈩])[、.]? *"
    r"|\((?P<small>[0-9]{1,2})\)[、.:]? *|(?P<circle>[①-⓿❶-➓]) *"
    rf"|(?P<word>(?:(?:重点|主要|专项)?(?:任务|行动|工程|项目|举措|措施)|专[项题])(?:{_CN}|[0-9]{{1,2}})"
    "|(?:[Aa]ction|[Tt]ask|[Mm]easure|[Pp]roject) ?[0-9]{1,2})[:、. ] *"
    rf"|(?P<bullet>[{_BULLETS}]|——|--(?!-)|[-*+](?= ))[ ·\ufe0f]*)"
)
