"""Whose policy it is: the place, the zone or the provinces that a title or a signature names."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from language.places import PlaceSpan, find_places
from language.script import aligned
from reading.sections import names_an_action

if TYPE_CHECKING:
    from collections.abc import Sequence


def region_of(title: str) -> str | None:
    """The smallest place a Simplified title names first, 重庆市江津区 is 江津区; 全国 for a national policy.

    Provinces in a row are one region, 四川省、重庆市; so is one that has a name of its own, 长三角.
    """
    title = _BEFORE_PLACE.sub("", title)
    acts = names_an_action(title)  # 推进高新区… names no zone
    if not acts and (match := _ZONE.match(title) or _JOINT.match(title)):
        return match[0]
    alike = _SPACES.sub(" ", aligned(title, simplified=True))
    found = [span for span in find_places(alike) if not _is_other(span, alike)]
    if found:
        return _joined(found, alike)
    if not acts and (match := _REGION.match(title)):
        return match[0]
    return "全国" if _NATIONAL.match(title) else None


def region_of_level(text: str, cited: Sequence[str]) -> str | None:
    """The place of a document cited, where those who act are of its level: 市教育局, and 《广州市…决定》."""
    levels = Counter(_LEVEL_OF_OFFICE.findall(text))
    if not levels:
        return None
    level = levels.most_common(1)[0][0]
    return next((name for name in filter(None, map(region_of, cited)) if name.endswith(level)), None)


def _joined(found: Sequence[PlaceSpan], title: str) -> str:
    names = [found[0].place.name]
    for place, follower in pairwise(found):
        between = title[place.end : follower.start]
        if not between:
            names[-1] = follower.place.name
        elif between in "、 和" and place.place.level is follower.place.level:
            names.append(follower.place.name)
        else:
            break
    return "、".join(names)


def _is_other(span: PlaceSpan, title: str) -> bool:
    """松江省 is not 松江区."""
    behind = _LEVEL.match(title, span.end)
    return bool(behind and span.text[-1] != span.place.name[-1] != behind[0])


_SPACES: Final = re.compile("  +")
_LEVEL_OF_OFFICE: Final = re.compile(
    "(?<=[、:,(和])([省市县区])(?=[\u4e00-\u9fff]{1,10}(?:局|委|厅|办)(?:[、,;)负牵]))"
)
_BEFORE_PLACE: Final = re.compile(
    "^(?:20[0-9]{2}年度?|关于|《|中共|原标题:|(?:一图[读看]懂|一张图[读看]懂|图解)[:|]? ?《?)+"
)
_JOINT: Final = re.compile(
    "京津冀|长三角|长江三角洲|粤港澳大湾区|成渝地区双城经济圈|成渝地区|川渝|长江经济带|黄河流域|珠三角|东北三省"
)
_LEVEL: Final = re.compile("(?:[省市区县州盟旗镇]|乡(?!村)|街道)(?![域间块位别镇])")
_REGION: Final = re.compile(
    "(?!自治[区州县]|国家|全国|中国|国务院)[\u4e00-\u9fff]{2,10}?(?<![强全])(?:自治区|自治州|自治县|新区|开发区|高新区|省|市(?!场)|州|盟|区(?!域)|县(?!域)|旗|镇|乡|街道)"
)
_ZONE: Final = re.compile(
    "[\u4e00-\u9fff]{2,6}?(?:新区|开发区|高新区|示范区|自贸区|工业园区|生产建设兵团)(?![\u4e00-\u9fff]{0,3}[市县区])"
)
# 甲总局 乙部, who sign together, are of the whole country too.
_NATIONAL: Final = re.compile(
    "国家|全国|国务院|中国|中华|中共中央|[\u4e00-\u9fff]{2,12}(?:部|总局)(?:等|办公厅|关于)"
    "|(?![\u4e00-\u9fff]{0,8}[委局厅司公])[\u4e00-\u9fff]{2,12}(?:部|总局)(?: |$)"
)
