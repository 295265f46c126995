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
    if "哪" in folded:
        folded = _WHICH_N.sub(r"哪几\1", folded)
    if "单位" in folded:
        folded = _PER_UNIT.sub("", folded)
    if "谁的" in folded:
        folded = _WHOSE.sub(r"\1谁更\2", folded)
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
        rf"(?<![a-z0-9]){re.escape(key)}(?![a-z0-9])" if key.isascii() else rf"{key}(?!准)"  # 本地标准
        for key in sorted(_FORMS, key=len, reverse=True)
    )
    + ")"
)
# 单位GDP能耗 asks for no 责任单位.
_PER_UNIT: Final = re.compile("(?<![任头责管合设])单位(?=gdp|工业|地区|面积|产品|产值|增加值)")
# 谁的满意度高 asks 满意度谁更高; whose tasks are more is another question.
_WHOSE: Final = re.compile("谁的(?!任务|举措|工作|负责)([^谁?,。]{2,12}?)更?([高低多少大严])(?=$|[?,。吗呢])")
_WHICH_N: Final = re.compile("哪[一两二三四五六七八九十]{1,2}(条|项|个|份|件|家|类|大)")
# 15年内 and 10年间 are spans of time.
_SHORT_YEAR: Final = re.compile("(?<![0-9.])(1[5-9]|2[0-9]|3[0-5])年(?![内间来以期])")
