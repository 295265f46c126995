"""What is counted: a figure in 所 is no answer to 多少门, nor one in years to 几项."""

import re
from functools import lru_cache
from typing import Final

THINGS: Final = "things"  # 个, 项: said of whatever can be counted
FAILING: Final = "不合格率"  # the opposite of 合格率
_MEASURED: Final = {
    "share": "% ‰ 个百分点 个点 成 percent",
    "money": "元 钱 yuan rmb",
    "time": "年 个月 月 周 天 日 个工作日 工作日 小时 个小时 分钟 秒 years months weeks days hours minutes",
    "length": "米 公里 千米",
    "area": "亩 公顷 平方米 平方公里",
}
_COUNTED: Final = {
    THINGS: "项 个 条 件 份 篇 种 类 款 处 批 张 册 本 部",
    "people": "人 名 位 人次 people",
    "bodies": "家 所 户 座 间 家次",
    "courses": "门",
    "occasions": "场 次 期",
    "machines": "台 辆 套 支",
}
_CLASSES: Final = {
    unit: name for name, units in (*_MEASURED.items(), *_COUNTED.items()) for unit in units.split(" ")
}
_LONGEST_FIRST: Final = "|".join(map(re.escape, sorted(_CLASSES, key=len, reverse=True)))
_ASKED: Final = re.compile(
    rf"(?:多少|几多|几)(?:[十百千万亿]+)?({_LONGEST_FIRST})"
    rf"|how many (?:working )?({_LONGEST_FIRST}|[a-z])"
    "|(百分之[几多]|百分比|占比|比例|比率)"
)


def unit_asked_for(folded: str) -> str | None:
    """The kind of unit a question counts in: 几家, 多少钱, how many days; None where it does not say."""
    match = _ASKED.search(folded)
    if match is None:
        return None
    if match[3]:
        return "share"
    return _CLASSES.get(match[1] or match[2], THINGS)


@lru_cache(maxsize=1024)  # few units, asked of every figure
def goes_with(asked: str | None, unit: str) -> bool:
    """Whether a figure in this unit can be what was asked for; 万元 and 亿元 are money."""
    unit = unit.split("/", maxsplit=1)[0]  # 万元/人
    held = _CLASSES.get(unit) or _CLASSES.get(unit[-1:])
    if asked is None or held is None or asked == held:
        return True
    return THINGS in (asked, held) and not {asked, held} & _MEASURED.keys()
