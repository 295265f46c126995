"""What departments are called for short, by the general usage of Chinese offices."""

import re
from collections.abc import Iterator
from typing import Final


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
