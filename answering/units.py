"""What is counted: a figure in 所 is no answer to 多少门, nor one in years to 几项."""

import re
from functools import lru_cache
from typing import Final

MONEY: Final = "money"
HOW_OFTEN: Final = "how often"  # 多久一次
THINGS: Final = "things"  # 个, 项: said of whatever can be counted
FAILING: Final = "不合格率"  # the opposite of 合格率
TOTAL: Final = "总数"
_MEASURED: Final = {
    "share": "% ‰ 个百分点 个点 成 percent",
    MONEY: "元 钱 yuan rmb",
    "time": "年 个月 月 周 天 日 个工作日 工作日 小时 个小时 分钟 秒"
    " years months month weeks week days day hours hour minutes minute",
    "length": "米 公里 千米",
    "area": "亩 公顷 平方米 平方公里 面积",
    "score": "分",
}
MEASURED: Final = frozenset(_MEASURED)
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
    rf"(?:多少|几多|几|多大)(?:[十百千万亿]+)?({_LONGEST_FIRST})"
    rf"|how many (?:working )?({_LONGEST_FIRST}|[a-z])"
    "|(百分之[几多]|百分比|占比|比例|比率|几成|多少成)|(多久|多长时间|几年|几个月|how (?:long|often))"
)


def unit_asked_for(folded: str) -> str | None:
    """The kind of unit a question counts in: 几家, 多少钱, how many days; None where it does not say."""
    match = _ASKED.search(folded)
    if match is None:
        return MONEY if _GIVEN.search(folded) else None
    if _OFTEN.search(folded):
        return HOW_OFTEN
    if match[3]:
        return "share"
    if match[4]:
        return "time"
    return _CLASSES.get(match[1] or match[2], THINGS)


def unit_named_by(unit: str) -> str | None:
    """The kind of a unit; 五千万 is money."""
    return MONEY if unit[-1] in "万亿元" else _CLASSES.get(unit)


def counts(word: str) -> bool:
    """Whether it can stand behind a number: 家, 项."""
    return word in _CLASSES


def time_asked_for(folded: str) -> str | None:
    """通关时间压到多少 asks for a time, 缩短多少 perhaps for a share of it."""
    return "time" if _OF_TIME.search(folded) and not _CHANGED.search(folded) else None


def share_asked_for(folded: str) -> str | None:
    """采标率, and no more words; so 基地面积."""
    if folded.endswith(("面积", "面积?")):
        return "area"
    return "share" if _ONLY_A_SHARE.search(folded) else None


def unit_named(folded: str) -> str | None:
    """The kind of unit that what is compared is measured in: 制定周期谁更短, 给的钱差多少."""
    if _GIVEN.search(folded):
        return MONEY
    return "time" if _OF_TIME.search(folded) else "share" if _OF_SHARES.search(folded) else None


def asks_twice(folded: str) -> bool:
    """多少家，其中省级多少家."""
    return folded.count("多少") + folded.count("几") > 1 or folded.count("how many") > 1


def asks_how_long(folded: str) -> bool:
    """几天办完, and not 还有几天, which counts down to a date."""
    return _HOW_LONG.search(folded) is not None and _COUNTDOWN.search(folded) is None


@lru_cache(maxsize=1024)  # few units, asked of every figure
def goes_with(asked: str | None, unit: str) -> bool:
    """Whether a figure in this unit can be what was asked for; 万元 and 亿元 are money."""
    unit = unit.split("/", maxsplit=1)[0]  # 万元/人
    held = _CLASSES.get(unit) or _CLASSES.get(unit[-1:])
    if asked == HOW_OFTEN:
        return held in {None, "occasions"}
    if asked is None or held is None or asked == held:
        return True
    return THINGS in (asked, held) and not {asked, held} & _MEASURED.keys()


# 补多少, 给的钱差多少, how much does it pay
_GIVEN: Final = re.compile(
    "(?:[补奖拨]|资助|奖励|补贴|补助|扶持)(?:给)?(?:的)?多少|[给拿出花]的?钱|钱[^?]{0,4}多少"
    "|how much (?:money|(?:does|will|can|do|is|would) .*(?:pay|award|subsid|grant|reward|spend|fund|give))"
)
_OFTEN: Final = re.compile(
    "(?:多久|多长时间|几年|几个月|几个?季度|几天|几周).{0,4}?[1一][次届回场]|how often"
)
_OF_TIME: Final = re.compile("时间|周期|时限|用时")
_CHANGED: Final = re.compile(
    "(?:缩短|压缩|下降|降低|减少|压减|缩减|提高|增加|要少|要短|[快短少]多少)(?:了|幅度|比例)?(?!到|至)"
)
_OF_SHARES: Final = re.compile("比例|比率|[^效频]率")
_ONLY_A_SHARE: Final = re.compile("(?:[^效频]率|比例)[?]?$")
_HOW_LONG: Final = re.compile("(?:几|多少)(?:个)?(?:天|日|小时|分钟|工作日|月(?![份底前])|周)|多久|多长时间")
_COUNTDOWN: Final = re.compile(
    "还有|还剩|剩|距|离|倒计|截止|到期|期限|过期|逾期|过了|多少天前|多少天后|几天[前后]"
    "|什么时候|何时|几时|世界|节|日期|[日周月]是"
)
