"""Names of offices, and lists of them: 市发展和改革委、各县（市、区）政府等."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator


def names_of(words: str, *, sure: bool = False) -> tuple[list[str], bool]:
    """The names of a list, and whether it ends in 等; 、 within brackets parts nothing: 各县（市、区）政府.

    `sure`: the words stand where only departments do, so that a name needs no known ending.
    """
    found: list[str] = []
    open_ended = False
    for name in parted(words):
        short = without_et_cetera(name)
        open_ended |= short != name
        short = short.strip(" :,、。【】〔〕")
        if (short[:1] in _MAY_GO_AHEAD or "级层面" in short) and (ahead := _AHEAD.match(short)):
            short = short[ahead.end() :]
        if short.endswith(_ENDS_BEHIND):
            short = _BEHIND.sub("", short)
        if 2 <= len(short) <= 40 and (sure or is_department(short) or governs_place(short, words)):
            found.append(polished(short))
    return found, open_ended


def is_department(name: str) -> bool:
    """Whether a name ends like an office's, 局, 委, 办公室, or begins as only offices do, 各镇街."""
    return (name.endswith(_USUAL_ENDS) or bool(_OFFICE.search(name))) and not _is_none(name)


def ends_like_an_office(name: str) -> bool:
    """The stricter question, for running text: 市民广泛 begins like an office's name, but is none."""
    return bool(_NAME_END.search(name)) and not (_is_none(name) or may_be_anyone(name))


def may_be_anyone(name: str) -> bool:
    """Whether a name is of a sort that is more often spoken of than charged: 龙头企业, 平台, 各高校."""
    return bool(_ANYBODY.search(name))


def governs_place(name: str, words: str) -> bool:
    """A town, 南头镇; or 古城区 of 古城区、玉龙县人民政府, whose last says what each of them is."""
    if _TOWN.fullmatch(name):
        return True
    return bool(_PLACE.fullmatch(name) and _OFFICE_BEHIND.search(words, words.find(name)))


def parted(words: str) -> list[str]:
    """The names of a list as they stand there."""
    return list(_parted(words)) if _HARD.search(words) else _PLAIN.split(words)


def _parted(words: str) -> Iterator[str]:
    depth = start = 0
    for match in _SEPARATOR.finditer(words):
        mark = match[0]
        if mark in "()":
            depth += 1 if mark == "(" else -1
        elif (
            depth <= 0
            and not (mark == "、" and _one_name(words[start : match.start()], words[match.end() :]))
            and (mark in _PARTS_SURELY or _joins(words[start : match.start()], words[match.end() :]))
        ):
            yield words[start : match.start()]
            start = match.end()
    yield words[start:]


def without_et_cetera(name: str) -> str:
    """市财政局 of 市财政局等有关部门."""
    return _ET_CETERA.sub("", name) if "等" in name else name


def _is_none(name: str) -> bool:
    return bool(_NO_NAME.match(name) or _NO_OFFICE.search(name))


def _joins(before: str, after: str) -> bool:
    """Whether 和 stands between two names, not within one: 财政局和科技局, 发展和改革委."""
    return bool(_NAME_END.search(before)) and bool(_STARTS_OFFICE.match(after))


def _one_name(before: str, after: str) -> bool:
    """Whether 、 stands within one name: 各市、州、县人民政府, 各区、县级市, 各乡镇、街道."""
    return bool(_LEVELS.search(before) and _LEVEL_AHEAD.match(after))


_LEVELS: Final = re.compile(
    "(?:^|各|均需)(?:设区|省?辖)?[市州县区旗镇乡盟街道、]{1,9}(?:\\([市州县区旗、]{1,5}\\))?$"
)
_LEVEL_AHEAD: Final = re.compile(
    "(?:县级)?[市州县区旗镇乡盟街道、]{1,9}(?:\\([^()]*\\))?(?:人民)?(?:政府|办事处|党委|管委会)|(?:县级市|街道)(?![^、,。;)])"
)
_OFFICE_ENDS: Final = (
    "局|委|厅|办|部|院|中心|公司|集团|海关|办公室|办公厅|委员会|政府|管委会?|总队|支队|大队|联社|协会"
    "|学会|商会|工会|联合会|残联|妇联|科协|文联"
    "|工商联|团委|总工会|单位|部门|镇街|街镇|乡镇|街道|区县|县区|市县|县市|处|所|站|银行|法院|检察院|大学"
    "|学院|研究院|支行|分行|市州|州市|开发区|园区"
    "|功能区|新区|办事处|党委|党工委|机构|平台|企业|专班|基地|社|署|(?:银|分|支|央|商|信|人|农|工|建)行|队|馆|团|台|报社|电视台|各区|各县"
    "|各市|各镇|乡镇场|直属库|储备库|邮政|电网|公积金|(?<![儿眼外内妇产专学骨牙本文理工])科|股|科室|股室|党校|学校|供电|电信|联通|移动|社区|小组"
)
_USUAL_ENDS: Final = ("局", "委", "厅", "办", "部", "中心", "公司", "政府")
_OFFICE: Final = re.compile(
    rf"(?:{_OFFICE_ENDS})(?:\([^()]*\))?$|^各.{{1,14}}$|^\(?[市区县省州]\)?(?!场(?!监)|民)[^。;:]{{2,12}}$"
)
_NAME_END: Final = re.compile(rf"(?:{_OFFICE_ENDS})(?:\([^()]*\))?$")
_TOWN: Final = re.compile("[\u4e00-\u9fff]{2,4}[镇乡]")
_PLACE: Final = re.compile("[\u4e00-\u9fff]{1,9}[省市县区旗州盟]")
_OFFICE_BEHIND: Final = re.compile(
    "[省市县区旗州盟](?:、[^、,;]{2,9}[省市县区旗州盟])*、[^、,;]{2,12}(?:政府|管委会|行署|局|厅|委|办)"
)
_NO_NAME: Final = re.compile(
    "(?:县级市|地级市|市级|省级|县级|区级)$|以下|下同|即|含|包括|其中|(?:责任|牵头|配合|主办|承办|协办|参与|参加|实施|落实)?(?:单位|部门)$"
    "|[全内外局东西南北中大一二三四五六七八九十两几].$"
)
_NO_OFFICE: Final = re.compile("的$|标准$|制度$|“|”|《")
_ANYBODY: Final = re.compile(
    "(?:企业|机构|平台|基地|园区|协会|学会|商会|社区|(?<![大支总])队|[学院]校|大学)$"
)
_STARTS_OFFICE: Final = re.compile(
    "[省市区县州旗各]|[^、,和及与]{2,14}(?:局|委|厅|办|部|院|中心|政府|公司|会)"
)
_PLAIN: Final = re.compile("[、,\n]")
# What makes a list hard to part: brackets, words that may stand within a name, 各市、州人民政府.
_HARD: Final = re.compile("[() 和及与会以]|[市州县区旗镇乡盟街道]、(?:县级)?[市州县区旗镇乡盟街道]")
_SEPARATOR: Final = re.compile("[、,()\n]|  |会同|以及|[和及与 ]")
_PARTS_SURELY: Final = frozenset({"、", ",", "\n", "  ", "会同"})  # the others may stand within a name
_MAY_GO_AHEAD: Final = frozenset("此该本这以任均由请会及和与并其")
_AHEAD: Final = re.compile(
    "(?:(?:此项|该项|本项|这项)(?:工作|任务))?"
    "(?:[省市县区]级层面)?(?:(?:以下)?(?:任务)?均需|由|请|会同|以及|及|和|与|并|其他)?"
)
_BEHIND: Final = re.compile(
    "(?:按|依|根据)?(?:照|据)?(?:各自)?(?:的)?职责(?:分工)?$|(?:共同|分别|具体|联合|结合实际|抓好)$"
)
_ENDS_BEHIND: Final = ("职责", "分工", "共同", "分别", "具体", "联合", "实际", "抓好")
_ET_CETERA: Final = re.compile(
    "等(?:[市区县省]?(?:级|直|政府)?(?:有关|相关|各|多个)?(?:部门|单位|职能部门|责任单位"
    "|成员单位)(?:和单位)?)?(?:按.*)?$"
)
