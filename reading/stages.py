"""Stages with their periods and milestones: 第一阶段（2023年）, 启动阶段（2023年3月—6月）, 中期评估."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from language.dates import find_dates
from reading.due import deadline, find_dues, opening
from reading.outline import paragraphs
from reading.result import ReadMilestone, ReadStage, Unread
from reading.sections import Topic
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.timeline import Deadline
    from reading.outline import Node
    from reading.plain import Plain


def read_stages(root: Node, plain: Plain, year: int | None) -> tuple[list[ReadStage], list[Unread]]:
    """The stages of an outline, in order, and the headings of stages that name no time."""
    stages: list[ReadStage] = []
    unread: list[Unread] = []
    for node in root.walk():
        of_stages = node.topic is _STAGES
        if not (of_stages or "阶段" in node.title):
            continue
        if not _is_stage(node, plain):
            if of_stages and not node.children:
                stages += _told(node, plain, year)
            continue
        period = _period(node, plain, year)
        if period is None:
            if "阶段" in node.title and of_stages and not node.children:
                quotation = plain.quotation(node.start, node.body)
                unread.append(Unread(quotation=quotation, reason="是一个阶段，但没有写明起止时间"))
            continue
        stages.append(
            ReadStage(
                clause=node.clause,
                quotation=plain.quotation(node.start, node.last),
                name=_name(node, plain),
                start=period[0],
                end=period[1],
                points=tuple(_points(node, plain)),
                milestones=tuple(_milestones(node, plain, year, period[1])),
            )
        )
    return stages, unread


def _told(node: Node, plain: Plain, year: int | None) -> Iterator[ReadStage]:
    """Stages that running text tells: 2025年1月至6月为启动阶段，成立专班; each with its sentence."""
    for start, end in paragraphs(node):
        for match in _SENTENCE.finditer(plain.text, start, end):
            told = next(filter(None, (told.match(match[0]) for told in _TOLD)), None)
            period = _span(told["time"], year) if told else None
            if told is None or period is None:
                continue
            words = match[0][told.end() :].strip(" ,:")
            yield ReadStage(
                clause=node.clause,
                quotation=plain.quotation(match.start(), match.end()),
                name=polished(told["name"]),
                start=period[0],
                end=period[1],
                points=(polished(words),) if words else (),
                milestones=tuple(_milestones_of(words, year, period[1])),
            )


def _is_stage(node: Node, plain: Plain) -> bool:
    if node.parent is None or len(node.title) > 60:
        return False
    if "阶段" in node.title and _STAGE.search(node.title):
        return not _SEVERAL.search(node.title) and not any("阶段" in one.title for one in node.children)
    if node.topic is not _STAGES or node.parent.topic is not _STAGES or _STAGE.search(node.parent.title):
        return False
    return bool(_TIME.search(node.title) or _YEAR.match(node.title) or _YEAR.match(_first_words(node, plain)))


def _period(node: Node, plain: Plain, year: int | None) -> tuple[Deadline, Deadline] | None:
    """The time in the heading, else the one that the text begins with."""
    return _span(node.title, year) or _span(_first_words(node, plain), year)


def _first_words(node: Node, plain: Plain) -> str:
    first = plain.text[node.body : node.end].lstrip("。:")
    if not first and node.blocks:
        first = plain.text[node.blocks[0].start : node.blocks[0].end]
    sentence = _SENTENCE.match(first[:40])
    return sentence[0] if sentence else ""


def _span(raw: str, year: int | None) -> tuple[Deadline, Deadline] | None:
    """From the first date of these words to the last; 方案印发之日至2025年12月 does not say from when."""
    words = _DOTTED.sub(r"\1年\2月", raw) if "." in raw else raw
    spans = [
        span
        for span in find_dates(words, date(year or 1800, 1, 1), simplified=True)
        if span.first.year > 1900 and ("年" in words[span.start : span.end] or _MONTHS.search(words))
    ]
    if not spans or _FROM_ISSUE.search(words):
        return None
    head, last = spans[0], spans[-1]
    start = opening(head.first, head.last, head.precision)
    return start, deadline(last.first, last.last, last.precision)


def _name(node: Node, plain: Plain) -> str:
    """启动阶段 of 启动阶段; 动员部署 of 第一阶段：动员部署（2023年）; 启动年 of 2024年为启动年."""
    behind = _DATE_AHEAD.match(node.title)
    title = behind[1] if behind else node.title
    bare = _YEARS_ON.sub("", _TIME.sub("", title)).strip(" :,—-*")
    if _ONLY_ORDER.fullmatch(bare):
        told = _NAME_BEHIND.match(plain.text, node.body, node.end)
        return polished(told[1] if told else bare)
    return polished(_ORDER.sub("", bare) or node.title)


def _points(node: Node, plain: Plain) -> Iterator[str]:
    for start, end in paragraphs(node):
        text = plain.text[start if start != node.start else node.body : end]
        for sentence in _SENTENCE.findall(text):
            if 4 <= len(sentence) <= 200:
                yield polished(sentence)


def _milestones(node: Node, plain: Plain, year: int | None, end: Deadline) -> Iterator[ReadMilestone]:
    """An evaluation within the stage, by its sentence's date where there is one, else by the stage's end."""
    seen: set[str] = set()
    for start, stop in paragraphs(node):
        text = plain.text[start if start != node.start else node.body : stop]
        if start == node.start and _TIME.search(text) and "。" not in text.strip("。"):
            continue  # the rest of the heading: 第四阶段：总结验收（2025年1月—4月）
        for sentence in _SENTENCE.findall(text):
            for milestone in _milestones_of(sentence, year, end):
                if milestone.name not in seen:
                    seen.add(milestone.name)
                    yield milestone


def _milestones_of(sentence: str, year: int | None, end: Deadline) -> Iterator[ReadMilestone]:
    for match in _MILESTONE.finditer(sentence):
        dues = [due for due in find_dues(sentence, year) if due.end <= match.start()]
        yield ReadMilestone(name=match[0], due=dues[-1].deadline if dues else end)


_STAGES: Final = Topic.STAGES  # asked of every heading: a member is slow
_STAGE: Final = re.compile("第[一二三四五六1-6]阶段|[\u4e00-\u9fff]{2,8}阶段 ?(?:[:(（]|$|20[0-9]{2}[年.])")
_SEVERAL: Final = re.compile("(?:分|[两二三四五]个)阶段(?!第)|阶段(?:性|目标|任务|划分|安排)|各阶段")
_YEAR: Final = re.compile("20[0-9]{2}[年.]")
_DOTTED: Final = re.compile(r"(20[0-9]{2})\.([0-9]{1,2})(?![0-9.])")  # 2023.3—2023.6
_MONTHS: Final = re.compile("[(][0-9]{1,2}月[^()年]{0,16}[)]")  # of the policy's own year
_FROM_ISSUE: Final = re.compile("(?:之日|即日|印发|发布|公布)起?(?:至|到|-|—)")
_IS_STAGE: Final = re.compile(
    "(?P<time>[^,。;]{4,30}?)(?:为|是)(?P<name>[\u4e00-\u9fff]{2,8}阶段)(?=[,:。;]|$)"
)
_IN_BRACKETS: Final = re.compile(
    "(?:第[一二三四五六1-6]阶段[:,、 ]*)?(?P<name>[\u4e00-\u9fff]{2,12})\\((?P<time>[^()]{4,30})\\)"
)
# 2024年1—3月：编制方案
_TIME_FIRST: Final = re.compile(
    "(?P<time>20[0-9]{2}年[^,。;:]{0,24}):(?P<name>[\u4e00-\u9fff]{2,12})(?=[,。;]|$)"
)
_TOLD: Final = (_IS_STAGE, _IN_BRACKETS, _TIME_FIRST)
_TIME: Final = re.compile(
    "[(][0-9]{1,2}月[^()年]{0,16}[)]|[(（〔【][^()（）〔〕]*20[0-9]{2}[年.][^()（）〔〕]*[)）〕】]"
)
# 第一阶段（2023年）, 2024年: a name only where none stands behind, 第一阶段：动员部署。
_ONLY_ORDER: Final = re.compile("第[一二三四五六1-6](?:阶段|步)|20[0-9]{2}[年.0-9月日底前上下半至到—-]{1,20}")
_ORDER: Final = re.compile("^第[一二三四五六1-6](?:阶段|步)[:,、 —为是]*|^20[0-9]{2}年度?(?:为|是|[:,])")
_NAME_BEHIND: Final = re.compile("[: ] *(?:为|是)?([\u4e00-\u9fff]{2,10})(?=[(。;:,]|$)")
_DATE_AHEAD: Final = re.compile(
    "20[0-9]{2}年[0-9年月日底末前上下半至到—-]{1,20},([^,]{2,})"
)  # 2024年3月至5月，全面推进
_YEARS_ON: Final = re.compile("(?<=.)(?:从|自)?[0-9]{4}年.*$")
_SENTENCE: Final = re.compile("[^。;\n]+")
_MILESTONE: Final = re.compile(
    "(?<![按每逐入])(?:(?:年度|中期|终期|期中|期末|末期|年中|年终|阶段性?|第三方|绩效)(?:总结)?(?:评估|评价|验收|考核|检查|督查)"
    "|(?:总结|考核|评估|检查|达标)+验收|总结评估)(?!后|中|的|结果|意见|问题|整改|办法|方案|指标|标准|制度|机制|体系)"
)
