"""News of a policy: which of its paragraphs say what the policy asks, 《意见》提出，到2025年，…."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.outline import Node
from reading.sections import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.timeline import Deadline
    from reading.targets import TargetReader


def read_told(root: Node, reader: TargetReader) -> Node:
    """Read the opening paragraphs that hand on a policy's goals; returns what is left of the outline.

    Where there are such the other opening paragraphs are the newspaper's own: 去年全市新增标准20项.
    """
    scope: Deadline | None = None
    goals = list(_goals(root))
    for part in goals:
        scope = reader.read(part, scope if _GOES_ON.search(part.blocks[0].text) else None)
    if not goals:
        return root
    # Of goals without figures only those of a date: not 《方案》提出七项举措，推动….
    reader.goals[:] = [goal for goal in reader.goals if goal.due]
    return Node(kind=None, blocks=[one for one in root.blocks if one.cell], children=root.children)


def _goals(root: Node) -> Iterator[Node]:
    for block in root.blocks:
        if block.cell is None and _ASKS.search(block.text):
            yield Node(kind=None, topic=Topic.GOALS, blocks=[block])


_ASKS: Final = re.compile(
    "》[^。,《]{0,8}(?:提出|明确|要求|指出|确定|部署|规定)|[》”]这样描绘|目标(?:是|为|:)"
    "|(?:按照|根据|依据|依照)(?:该|这[份个项])?[^。,]{0,8}(?:规划|方案|意见|计划|办法|措施|纲要)》?,"
    "|(?:规划|方案|意见|计划|措施|纲要)》?(?:还|又|同时)?(?:提出|明确|列出|要求|部署|确定)"
    "|到“?(?:20[0-9]{2}年|第?十[一二三四五六七]个?五)"
)
# Goals of the date in the paragraph before it.
_GOES_ON: Final = re.compile("^[^。,]{0,12}(?:指标|目标)")
