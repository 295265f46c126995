"""What departments are called for short, by the general usage of Chinese offices."""

import re
from collections.abc import Iterator
from typing import Final

from language.pinyin import pinyin


def short_names(name: str) -> Iterator[str]:
    """The short forms of a department's full name: 省工业和信息化厅 is 工业和信息化厅 and 工信厅."""
    bare = _LEVEL.sub("", name)
    if bare != name and (len(bare) >= _LONG_ENOUGH or bare in _BRIEF):
        yield bare
    for full, short in _ABBREVIATED.items():
        if full in bare:
            told = bare.replace(full, short)
            yield told
            if bare != name:
                yield name.replace(full, short)


def asked_what_it_does(folded: str) -> str | None:
    """The office that is asked what it does, whether or not a policy knows it: 财政厅 of 财政厅负责什么."""
    if not ("厅" in folded or "局" in folded or "委" in folded):
        return None
    match = _DOES_WHAT.search(folded) or _DOES_WHAT_IN_ENGLISH.search(folded)
    return match[1] if match else None


def latin_names(name: str) -> Iterator[str]:
    """What a customs house is called in Latin letters: manzhouli customs."""
    if name.endswith(_CUSTOMS):
        yield from (f"{latin} customs" for latin in pinyin(name.removesuffix(_CUSTOMS)))


_CUSTOMS: Final = "海关"
_DOES_WHAT_IN_ENGLISH: Final = re.compile(
    "([\u4e00-\u9fff]{2,8}[厅局委])[^?]*(?:in charge of|responsible for|(?:have|has) to|\\bdo\\b)"
)


_DOES_WHAT: Final = re.compile(
    "((?:自治区|[省市区县])?(?:(?![省市区县])[\u4e00-\u9fff]){2,6}(?:厅|局|委|委员会))[^,。?!]{0,6}?"
    "(?:负责|分管|管|干|做|牵头|承担|参与|配合|落实)(?:的|了|的是)?(?:什么|啥|嘛|哪|几)"
)
# 省, 市, 区 in front, or a place with one of these: 江津区市场监管局.
_UNIT: Final = "(?:省|自治区|市(?!场|政(?![务府法协])|民(?![政族宗]))|区(?!域)|县|州|旗)"
# Names of two characters; of others that are left so the rest is no office.
_BRIEF: Final = ("教委", "农委", "科委", "外办", "侨办")
_LEVEL: Final = re.compile(
    f"^(?:[\u4e00-\u9fff]{{2,6}}?)??{_UNIT}(?=[\u4e00-\u9fff]{{3}}|{'|'.join(_BRIEF)})"
)
_LONG_ENOUGH: Final = 3
_ABBREVIATED: Final = {
    "市场监督管理": "市监",
    "市场监管": "市监",
    "工业和信息化": "工信",
    "经济和信息化": "经信",
    "经济信息": "经信",
    "发展和改革": "发改",
    "发展改革": "发改",
    "人力资源和社会保障": "人社",
    "人力资源社会保障": "人社",
    "人力社保": "人社",
    "住房和城乡建设": "住建",
    "住房城乡建设": "住建",
    "卫生健康": "卫健",
    "文化和旅游": "文旅",
    "文化旅游": "文旅",
    "自然资源和规划": "资规",
    "规划和自然资源": "规资",
    "农业农村": "农业",
    "科学技术": "科技",
    "交通运输": "交通",
    "教育": "教",
    "政务服务和数据管理": "政数",
    "地方金融监督管理": "金融",
    "地方金融监管": "金融",
    "应急管理": "应急",
    "医疗保障": "医保",
}
