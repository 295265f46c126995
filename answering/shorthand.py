"""Short forms that everybody in the field uses, written out before a question is read."""

import re
from typing import Final


def expand(folded: str) -> str:
    """Write short forms out: 国标 becomes 国家标准, int'l international, 哪两条 哪几条, 19年 2019年."""
    folded = _SHORT.sub(lambda match: _FORMS[match.group()], folded)
    if "哪" in folded:
        folded = _WHICH_N.sub(r"哪几\1", folded)
    if "年" in folded:
        folded = _SHORT_YEAR.sub(r"20\1年", folded)
    return folded


_FORMS: Final = {
    "制订": "制定",
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
_WHICH_N: Final = re.compile("哪[一两二三四五六七八九十]{1,2}(条|项|个|份|件|家|类|大)")
# 15年内 and 10年间 are spans of time.
_SHORT_YEAR: Final = re.compile("(?<![0-9.])(1[5-9]|2[0-9]|3[0-5])年(?![内间来以期])")
