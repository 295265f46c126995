"""Which blocks are headings, and how much of their line: numbered ones, and short lines that open a part."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reading.departments import speaks_of_charge
from reading.markers import NUMBERED, Kind, Marker, find_marker, ordinal
from reading.sections import INNER_TOPICS, Topic, names_an_action, topic_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading.blocks import Block


def markers_of(blocks: Sequence[Block]) -> list[Marker | None]:
    """The marker of each block that is a heading; None for running text."""
    markers = [None if block.cell else find_marker(block.text) for block in blocks]
    if any("专栏" in block.text for block in blocks):
        markers = _without_boxes(blocks, markers)
    markers = _with_glued(blocks, markers)
    for index, marker in _plain_headings(blocks, markers).items():
        markers[index] = marker
    return markers


def title_length(words: str) -> int:
    """How much of a line is its heading: a first sentence, or what stands before a colon or a wide space."""
    if (part := _PART_AHEAD.match(words)) and not _SHORT_SENTENCE.match(words):
        return part.end()
    if " " in words[:_LONGEST_AHEAD] and (ahead := _TEXT_AHEAD.match(words)):
        return ahead.end()
    done = 0
    for stop in _TITLE_STOP.finditer(words):
        if stop.start() < done:
            continue
        if stop[0] not in _OPENERS:
            return stop.end() if stop[0] == "?" else stop.start()
        bracket = _BRACKET.match(words, stop.start())
        if speaks_of_charge(bracket[1]) if bracket else _CHARGE_AHEAD.match(words, stop.end()):
            return stop.start()
        done = bracket.end() if bracket else 0
    return len(words)


def _with_glued(blocks: Sequence[Block], markers: list[Marker | None]) -> list[Marker | None]:
    """11.121人才项目 between 10. and 12. is the eleventh, though its words begin with a figure."""
    begun = [at for at, block in enumerate(blocks) if block.text[0].isdecimal() and not block.cell]
    glued = {at: match for at in begun if (match := _GLUED.match(blocks[at].text))}
    rows = [(at, marker) for at in begun if (marker := markers[at]) and marker.kind is Kind.FIGURE]
    for (first, before), (last, after) in pairwise(rows) if glued else ():
        missing = (ordinal(before) or 0) + 1
        if ordinal(after) != missing + 1:
            continue
        for at in range(first + 1, last):
            if at in glued and int(glued[at][1]) == missing:
                markers[at] = Marker(kind=Kind.FIGURE, number=glued[at][1], end=glued[at].end())
    return markers


def _without_boxes(blocks: Sequence[Block], markers: list[Marker | None]) -> list[Marker | None]:
    """The numbers within a box, 专栏2 重点工程, are no headings of the text beside it."""
    count: int | None = None  # of the box's own items; None outside
    for index, (block, marker) in enumerate(zip(blocks, markers, strict=True)):
        if _BOX.match(block.text) and block.cell is None:
            count = 0
        elif count is not None and marker and marker.kind in _IN_BOX and ordinal(marker) in {None, count + 1}:
            markers[index], count = None, count + 1
        elif marker or block.cell:
            count = None
    return markers


def _plain_headings(blocks: Sequence[Block], markers: Sequence[Marker | None]) -> dict[int, Marker]:
    """The blocks that are headings without a number: one of depth 0 opens a part, one of 1 stands in it.

    Where headings are numbered only the words that can be nothing else count; where none is, every short
    line without an end counts that has running text below it.
    """
    texts = [None if block.cell else _unboxed(block.text.strip(" *#")) for block in blocks]
    numbered = sum(marker.kind in NUMBERED for marker in markers if marker)
    depths: dict[int, int] = {}
    part: Topic | None = None  # what the last heading of depth 0 announced
    for index, text in enumerate(texts):
        if not text or markers[index]:
            continue
        if text[0] == "第" and _STAGE_LINE.match(text) and not _STAGE_LINE.search(text, 8):
            depths[index] = 1
            continue
        if text[0] == "问" and _ASKED.match(text):
            depths[index] = 0
            continue
        if numbered < 2 and "由" in text and _TASK_IN_PROSE.match(text) and _ANSWERED.search(text):
            depths[index] = 0
            continue
        if len(text) > 32 or _PROSE.search(text) or _IMPRINT.fullmatch(text):
            continue
        topic = topic_of(text)
        if _STAGE_HEADING.match(text) or (part is topic is Topic.SAFEGUARDS and names_an_action(text)):
            depths[index] = 1
        elif topic is Topic.STAGES or (len(text) <= _LONGEST_BARE and (topic or text in _PREFACES)):
            boxed = blocks[index].text.startswith("【")
            depths[index] = int(numbered > 1 and topic in INNER_TOPICS and not boxed)
            part = topic
        elif numbered < 2 and _HEADING.match(text) and _has_prose_below(texts, index):
            depths[index] = int(not (part in INNER_TOPICS and names_an_action(text)))  # a task ends the goals
    return {
        index: Marker(kind=Kind.PLAIN, number="", end=_leading(blocks[index].text), depth=depth)
        for index, depth in depths.items()
    }


def _unboxed(text: str) -> str:
    """工作目标 of 【工作目标】."""
    return _BOXED.sub(r"\1", text) if text.startswith("【") else text


def _has_prose_below(texts: Sequence[str | None], index: int) -> bool:
    below = next((text for text in texts[index + 1 : index + 2] if text), "")
    return len(below) >= 8 and bool(_PROSE.search(below))


def _leading(text: str) -> int:
    match = _LEADING.match(text)
    return match.end() if match else 0


# 完善标准体系。制定指南，由市商务局牵头，市文旅局配合。
_TASK_IN_PROSE: Final = re.compile("[\u4e00-\u9fff“”、]{4,24}。(?=.)")
_ANSWERED: Final = re.compile("由[^。由]{2,60}(?:牵头|负责|承办|组织实施|落实)[^。]{0,60}。?$")
_GLUED: Final = re.compile(r"([0-9]{1,3})\.(?=[0-9])")
_BOX: Final = re.compile("[ *#]*专栏 ?[0-9一二三四五六七八九十]{0,3}[: ]?[^。;]{0,40}$")
_IN_BOX: Final = frozenset({Kind.FIGURE, Kind.SMALL, Kind.CIRCLE, Kind.BULLET, Kind.WORD})
_LONGEST_BARE: Final = 14
_PREFACES: Final = frozenset({"前言", "引言", "序言"})
# With its text in one line: 第一阶段：动员部署（2024年3月）。印发方案。
_STAGE_LINE: Final = re.compile("第[一二三四五六1-6]阶段 ?[(:]")
_BOXED: Final = re.compile("^【([^】]{0,10}(?:目标|任务|措施|步骤|安排|阶段|保障|背景|要求|原则))】$")
_LEADING: Final = re.compile("[ *#【]*(?:问: ?)?")
_ASKED: Final = re.compile("问: ?[^。]{4,60}$")
_STAGE_HEADING: Final = re.compile(r"第.{1,2}阶段|[^,。]{2,8}阶段 ?\([0-9]{4}年")
_TITLE_STOP: Final = re.compile(
    # Each begins with a character, not a class of them, so that a search passes all others by at once.
    "。|\\?|——(?=[^。:;—]{2,60}(?:牵头|负责|配合)[。;]?$)|:(?=.)|;(?=.)|  +(?=.)|\\(|〔|【"
    "| (?=(?:牵头|责任|主办|配合)(?:责任)?(?:单位|部门|科室):)"
)
# A part's name that its text follows at once: 指导思想以…为抓手, 主要目标到2025年.
_PART_AHEAD: Final = re.compile(
    "(?:指导思想|总体要求|总体思路|(?:基本|工作)原则|(?:主要|总体|工作|发展|创建|活动|具体|预期|建设|试点)?目标(?:任务)?"
    "|(?:主要|重点|工作)任务)(?=(?:力争)?到?20[0-9X×]{2}年|以(?!及)|坚持|按照|围绕|认真|深入|全面贯彻|贯彻|紧紧|通过|高举"
    "|立足|力争|进一步| (?=[\u4e00-\u9fff]))"
)
# 三、健全培育机制 各级部门要加强指导。: where a page lost its line ends a blank stands for them.
_TEXT_AHEAD: Final = re.compile(
    "[\u4e00-\u9fff“”]{4,24}(?= [\u4e00-\u9fff][^。;:(,]{2,},[^。;:(]{6,}[。;:(])"
)
_LONGEST_AHEAD: Final = 26
_SHORT_SENTENCE: Final = re.compile("[^。;:]{1,24}(?:$|[。;:])")
_OPENERS: Final = frozenset("(〔【[")
_CHARGE_AHEAD: Final = re.compile("[^)〕】]{0,8}(?:责任|牵头|负责|完成时[限间])")
# A bracket that the heading ends with: （甲局，长期）; not （甲局）牵头的.
_BRACKET: Final = re.compile(
    r"[(〔【\[]((?:[^()〔〕【】\[\]]|\([^()]{0,20}\)){2,200})[)〕】\]](?=$|[。;,:(〔【 ])"
)
_IMPRINT: Final = re.compile(
    "20[0-9]{2}年[0-9年月日]{0,6}|[^,。]{2,12}[〔\\[(]20[0-9]{2}[〕\\])] ?第?[0-9]+ ?号"
)
_PROSE: Final = re.compile("[。;!?]|,$|:$|[,:].*[,:]")
_HEADING: Final = re.compile(r"(?![(来\[【])[\u3400-\u9fff“《0-9A-Za-z].*[\u3400-\u9fff”》)]$")
