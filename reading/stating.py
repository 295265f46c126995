"""Which figures of a sentence state something: not those in names and dates, nor those that say of what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.due import overlapping
from reading.figures import MEASURED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading.due import Due
    from reading.figures import Figure


def stating(
    text: str, figures: Sequence[Figure], dues: Sequence[Due], names: Sequence[tuple[int, int]]
) -> list[Figure]:
    """The figures that may be indicators; `names` are the stretches that only name something."""
    spans = [*names, *(match.span() for match in _TERMS.finditer(text))] if _TERM_ENDS.search(text) else names
    return [
        figure
        for before, figure, following in zip((None, *figures), figures, (*figures[1:], None), strict=False)
        if not (dues and overlapping(dues, figure.start, figure.end))
        and not (spans and within(figure.start, spans))
        and text[figure.end : figure.end + 1] not in _DAMAGED
        and not _stands_beside(text, before, figure, following)
    ]


def _stands_beside(text: str, before: Figure | None, figure: Figure, following: Figure | None) -> bool:
    """Whether a figure belongs to a date, a name, a base year, or to what another figure is of."""
    if figure.unit == "年" and figure.value >= _FIRST_YEAR:
        return True
    if following and following.unit == "年" and following.value >= _FIRST_YEAR:
        following = None
    if figure.spoken and figure.value == 1 and _names_once(text, figure):
        return True
    if "(" in text[figure.start - 6 : figure.start] and _BASE_VALUE.search(text, 0, figure.start):
        return True
    if following and following.unit == "%" and _is_of_rate(text, figure, following):
        return True
    if text.endswith("上述", 0, figure.start):
        return True  # 上述4类产品销售收入达到…
    if figure.unit == "年":
        return bool(_TERM_OF.match(text, figure.end))
    measures = _measures(figure)
    if measures and before and before.unit in _EARNERS and _EARNING.fullmatch(text, before.end, figure.start):
        return True
    if not measures and text[figure.end : figure.end + 1] not in {"及", "以"}:
        return False
    return _says_of_what(text, figure, following, measures=measures)


def _measures(figure: Figure) -> bool:
    return figure.unit == "人" or figure.unit.lstrip("万亿") in MEASURED


def _is_of_rate(text: str, figure: Figure, following: Figure) -> bool:
    """全县14个乡镇服务站建成率达到90%, 城乡三项保险参保率达到95%: a number within what the rate is of."""
    if not _OWN_RATE.fullmatch(text, figure.end, following.start):
        return False
    return figure.spoken or bool(_NO_VERB.search(text, max(0, figure.start - 2), figure.start))


def _says_of_what(text: str, figure: Figure, following: Figure | None, *, measures: bool) -> bool:
    """5000亩以上示范基地6个, 年收入2000万元以上企业, 超10亿元企业5家; but 10个以上企业 are counted."""
    if following and _UPWARDS.fullmatch(text, figure.end, following.start):
        earns = figure.unit in _EARNERS and _measures(following)
        return not (earns and _EARNING.fullmatch(text, figure.end, following.start))
    if not measures:
        return False
    if following and _NOUN.fullmatch(text, figure.end, following.start):
        return True
    if text.endswith(_OVER, 0, figure.start) and _WHAT.match(text, figure.end):
        return True
    return bool(_OF_WHAT.match(text, figure.end))


def _names_once(text: str, figure: Figure) -> bool:
    """Whether one of something belongs to a name, 一次验收合格率; 每季度开展一次培训 counts."""
    names = _NAMES_ON.match(text, figure.end)
    return bool(names) and not _OFTEN.search(text, 0, figure.start)


def within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the stretches."""
    for start, end in spans:  # noqa: SIM110 - any() takes three times as long
        if start <= at < end:
            return True
    return False


_ANSWERABLE: Final = "[^()〔〕【】]{0,200}(?:负责|牵头|责任单位|责任部门|配合|落实)[^()]{0,200}[)〕】]"
# Each way starts with a character of its own, so that a search passes others by.
NAMES: Final = re.compile(
    f"《[^》]{{1,80}}》|“(?!零)[^”]{{1,24}}”|\\({_ANSWERABLE}|〔{_ANSWERABLE}|【{_ANSWERABLE}"
)
# Spans of time and ages that only say of what: 3年内, 三年行动, 65岁以上, 15分钟生活圈.
_TERMS: Final = re.compile(
    "[0-9一二两三四五六七八九十]{1,3}年(?:之?内|时间|来|间|行动|计划|攻坚|规划|制)"
    "|(?:[0-9]{1,2}[-—至到])?[0-9]{1,3}周?岁(?=(?:及?以[上下])?的?(?!左右)[\u4e00-\u9fff]{2})"
    "|[0-9一二三四五六七八九十]{1,3}分钟(?=[\u4e00-\u9fff]{0,8}圈)|(?:7[×*xX])?24小时(?=[\u4e00-\u9fff])"
    "|1[0-9]{4}(?=[\u4e00-\u9fff]{0,4}(?:热线|平台))"
    "|(?<![0-9至到为在过于])[0-9]{1,3}(?:分钟|小时|个?工作日|[天日]|个月)(?:之|以)?内(?=[\u4e00-\u9fff])"
)
# What each of them has in it; few sentences have one.
_TERM_ENDS: Final = re.compile("年(?:之?内|时间|来|间|行动|计划|攻坚|规划|制)|岁|分钟|内|24小时|热线|平台")
_DAMAGED: Final = frozenset("?\ufffd□")
_NAMES_ON: Final = re.compile("(?![以左及和])[\u4e00-\u9fff]")
_OFTEN: Final = re.compile("(?:每|至少|不少于)[^,]*$")
_BASE_VALUE: Final = re.compile("[比较](?:20[0-9]{2}|上|去)年[底末]?[(][^()]{0,6}$")  # 较2023年（90%）提高
# 5000亩以上示范基地6个: the first says of what.
_UPWARDS: Final = re.compile("及?以[上下内]的?[\u4e00-\u9fff“”]{2,16}")
_OWN_RATE: Final = re.compile("[^,、和及0-9]{3,30}率[^,率0-9]{0,6}")
_NO_VERB: Final = re.compile("(?:^|[,:;底前末年]|[全我][市省县区镇乡])$")
_NOUN: Final = re.compile("[\u4e00-\u9fff“”]{2,8}(?<![和与])")
_OF: Final = (
    "[\u4e00-\u9fff]{0,6}?(?:企业|项目|单位|机构|社区|园区|基地|城市|场所|店|建筑|工程|学校|设施|用户"
    "|产业|市场|商户|公司|平台|集群|[农牧养殖]场)(?!居民|人员|职工|员工|群众|师生|学生)"
)
_OF_WHAT: Final = re.compile(f"及?以[上下内]的?{_OF}")
_OVER: Final = ("超", "过", "逾")
_WHAT: Final = re.compile(f"的?{_OF}")  # 超2000亿元产业
_EARNERS: Final = frozenset("家个户名")
# 5家以上年销售收入过百亿元的企业 counts enterprises.
_EARNING: Final = re.compile("(?:及?以上|左右)?年?[^,、;0-9]{2,8}(?:超过?|[过达逾]|达到|突破)")
_TERM_OF: Final = re.compile("(?:及?以[上下内])?的[\u4e00-\u9fff]{2}")  # 标龄超过5年的标准
_FIRST_YEAR: Final = 1900
