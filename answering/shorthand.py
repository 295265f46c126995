"""Short forms that everybody in the field uses, written out before a question is read."""

import re
from typing import Final


def alike(folded: str) -> str:
    """Words that mean the same as one word: 满意率 as 满意度, Hong Kong's 资料安全 as 数据安全."""
    return _ALIKE.sub(lambda match: _MEANS[match.group()], folded)


def expand(folded: str) -> str:
    """Write short forms out: 国标 becomes 国家标准, int'l international, 哪两条 哪几条, 19年 2019年."""
    folded = alike(folded)
    folded = _SHORT.sub(lambda match: _FORMS[match.group()], folded)
    if folded[:1] in _PLACES or not _BESIDE.isdisjoint(folded):
        folded = _PLACE.sub(lambda match: _PLACES[match.group()], folded)
    if "哪" in folded:
        folded = _WHICH_N.sub(r"哪几\1", folded)
    if "单位" in folded:
        folded = _PER_UNIT.sub("", folded)
    if "谁的" in folded:
        folded = _WHOSE.sub(r"\1谁更\2", folded)
    if "文件" in folded:
        folded = _BY_WHOSE.sub("依据哪个文件", folded)
    if "年" in folded:
        folded = _SHORT_YEAR.sub(r"20\1年", folded)
    return folded


# Texts and questions alike are read with the second for the first.
_MEANS: Final = {
    "满意率": "满意度",
    "资料安全": "数据安全",
    "资料库": "数据库",
    "资料中心": "数据中心",
    "公共资料": "公共数据",
    "资讯": "信息",
    "制订": "制定",
    "标准话": "标准化",
    "比率": "比例",
    "比重": "比例",
    "占比": "比例",
    "中小微企业": "小微企业",
    "研究与试验发展": "研发",
    "婴幼儿照护": "托育",
}
_ALIKE: Final = re.compile(
    f"(?=[{''.join({key[0] for key in _MEANS})}])(?:{'|'.join(sorted(_MEANS, key=len, reverse=True))})"
)
_FORMS: Final = {
    "国标": "国家标准",
    "行标": "行业标准",
    "地标": "地方标准",
    "团标": "团体标准",
    "企标": "企业标准",
    "标委会": "标准化技术委员会",
    "技委会": "标准化技术委员会",
    "国际标委会": "国际标准化技术委员会",
    "市监局": "市场监管局",
    "市场监督管理局": "市场监管局",
    "int'l": "international",
    "intl": "international",
    "std": "standard",
    "stds": "standards",
    "dept": "department",
    "depts": "departments",
    "gov't": "government",
    "govt": "government",
    "tc": "technical committee",
    "tcs": "technical committees",
}
# Their first characters, so that all others are passed by at once.
_SHORT: Final = re.compile(
    f"(?=[{''.join({key[0] for key in _FORMS})}])(?:"
    + "|".join(
        rf"(?<![a-z0-9/]){re.escape(key)}(?![a-z0-9/])" if key.isascii() else rf"{key}(?!准)"  # 本地标准
        for key in sorted(_FORMS, key=len, reverse=True)
    )
    + ")"
)
# Places by their one character, where a question begins with it or sets it beside another: 粤的国标.
_ONE_CHARACTER: Final = """
京北京 沪上海 津天津 渝重庆 冀河北 晋山西 蒙内蒙古 辽辽宁 苏江苏 浙浙江 皖安徽 闽福建 赣江西 鲁山东 豫河南
鄂湖北 湘湖南 粤广东 桂广西 琼海南 川四川 黔贵州 滇云南 藏西藏 陕陕西 蓉成都 穗广州 甬宁波
"""
_PLACES: Final = {row[0]: row[1:] for row in _ONE_CHARACTER.split()}
_BESIDE: Final = frozenset("和跟与、比")
_SHORT_OF_PLACES: Final = "".join(_PLACES)
_PLACE: Final = re.compile(
    f"(?:^|(?<=[和跟与、比]))[{_SHORT_OF_PLACES}]"
    "(?=省|的|谁|哪|到?20[0-9]{2}|(?:国际|国家|地方|团体|行业|企业)?标准"
    f"|[和跟与、比](?:[{_SHORT_OF_PLACES}][的谁哪国地团行]|[\u4e00-\u9fff]{{2}}))"
)
# 单位GDP能耗 asks for no 责任单位.
_PER_UNIT: Final = re.compile("(?<![任头责管合设])单位(?=gdp|工业|地区|面积|产品|产值|增加值)")
# 谁的满意度高 asks 满意度谁更高; whose tasks are more is another question.
_WHOSE: Final = re.compile("谁的(?!任务|举措|工作|负责)([^谁?,。]{2,12}?)更?([高低多少大严])(?=$|[?,。吗呢])")
# 按国务院哪个文件来的: whose it is names no place to look at.
_BY_WHOSE: Final = re.compile(
    "(?:按照?|依照?|依据|根据|遵照|参照|照着?)(?:了|着)?(?:党中央|中共中央|中央|国务院|国家|部委|上级|省里|省政府|市里|市政府|[、和的])*"
    "(?:哪一?[个份部]|哪些|什么)(?:上级)?文件(?:来的?|定的|制定的?|办的)?"
)
_WHICH_N: Final = re.compile("哪[一两二三四五六七八九十]{1,2}(条|项|个|份|件|家|类|大)")
# 15年内 and 10年间 are spans of time.
_SHORT_YEAR: Final = re.compile("(?<![0-9.])(1[5-9]|2[0-9]|3[0-5])年(?![内间来以期])")
