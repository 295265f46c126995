"""Occasions of every year that a policy names: 世界标准日, 质量月, 消费者权益日."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from domain.timeline import Yearly
from reading.result import ReadEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading.outline import Node
    from reading.plain import Plain


def read_events(root: Node, plain: Plain) -> Iterator[ReadEvent]:
    """The occasions an outline names, each once, with its clause."""
    if not _OCCASION.search(plain.text):
        return
    seen: set[str] = set()
    for node in root.walk():
        spans = [(node.start, node.end), *[(block.start, block.end) for block in node.blocks]]
        for start, end in spans:
            for match in _OCCASION.finditer(plain.text, start, end):
                name = match[0]
                if name not in seen:
                    seen.add(name)
                    yield ReadEvent(
                        name=name,
                        yearly=Yearly.parse(_OCCASIONS[name]),
                        clause=node.clause or "正文",
                        quotation=plain.quotation(*match.span()),
                    )


_OCCASIONS: Final = {
    "世界标准日": "10-14",
    "质量月": "09",
    "消费者权益日": "03-15",
    "世界计量日": "05-20",
    "世界认可日": "06-09",
    "世界知识产权日": "04-26",
    "世界环境日": "06-05",
    "世界质量日": "11-14",
    "全国生态日": "08-15",
    "中国品牌日": "05-10",
    "安全生产月": "06",
    "国家宪法日": "12-04",
    "全国防灾减灾日": "05-12",
    "全国科技工作者日": "05-30",
    "中国旅游日": "05-19",
    "世界水日": "03-22",
    "世界地球日": "04-22",
    "世界食品安全日": "06-07",
    "全国消防日": "11-09",
    "全国交通安全日": "12-02",
    "全民国家安全教育日": "04-15",
    "中国航天日": "04-24",
    "植树节": "03-12",
    "国际档案日": "06-09",
    "国家扶贫日": "10-17",
}
_OCCASION: Final = re.compile("(?:" + "|".join(sorted(_OCCASIONS, key=len, reverse=True)) + ")(?![报刊])")
