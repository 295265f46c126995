"""What a section is about, from the words of its heading: 工作目标, 主要任务, 实施步骤, 保障措施."""

from __future__ import annotations

import re
from enum import StrEnum
from string import ascii_letters
from typing import Final


class Topic(StrEnum):
    """What a section holds."""

    GENERAL = "general"  # 总体要求: goals, perhaps principles
    GOALS = "goals"  # 工作目标
    PRINCIPLES = "principles"  # 指导思想, 基本原则
    PAST = "past"  # 发展基础, 主要成效
    TASKS = "tasks"  # 主要任务
    STAGES = "stages"  # 实施步骤
    SAFEGUARDS = "safeguards"  # 保障措施
    APPENDIX = "appendix"  # 附件


# What no task is: where a part of this name stands below another, it is not the tasks'.
INNER_TOPICS: Final = frozenset({Topic.GOALS, Topic.PRINCIPLES, Topic.PAST, Topic.STAGES, Topic.GENERAL})


def topic_of(title: str) -> Topic | None:
    """What a heading of this title announces; None where it names a matter: 推动标准与科技互动."""
    title = _chinese(title)
    if asks(title):
        return next((topic for topic, words in _ASKED if words.search(title)), None)
    if len(title) <= 16 and _ASIDE.fullmatch(title):
        return Topic.PAST
    if ("目标" in title or "指标" in title) and _GOALS.search(title) and not _NOT_GOALS.search(title):
        return Topic.GOALS
    if len(title) <= 16 and _SUPPORT.fullmatch(title):
        return Topic.SAFEGUARDS
    if _ANY_KEY.search(title):
        bare = _FILLERS.sub("", title) if len(title) <= 24 else title
        topic = None if _OTHER_WORDS.search(bare) else _told_by_key(title, bare)
        if title.endswith("标准化工作") and "重点" not in title and topic in {None, Topic.TASKS}:
            return None  # 标准化工作 is a matter as 计量工作 is
        if topic:
            return topic
    if len(title) <= 20 and _STAGES.search(title) and not _NO_STAGES.search(title):
        return Topic.STAGES
    return Topic.APPENDIX if _APPENDIX.match(title) else None


def _told_by_key(title: str, bare: str) -> Topic | None:
    """The topic of a title that holds its word; `bare` is without fillers, and may hold nothing else."""
    for topic, key, beside in _TOPICS:
        if key.search(title) and not beside.sub("", key.sub("", bare)):
            other = _NOT_WITH.get(topic)
            if other is None or not other.search(title):
                return topic
    return None


def is_bare_part(title: str) -> bool:
    """Whether a heading names nothing but a part of a policy, 重点任务, 保障措施: no task is called so."""
    return bool(_BARE_PART.fullmatch(_chinese(title)))


def _chinese(title: str) -> str:
    """A heading without its English double: 重点行动 of Key Actions 重点行动, 目标 of 目标（Goals）."""
    if title[:1] in _LETTERS or title[-1:] in _LETTERS_OR_BRACKET:
        return _ENGLISH.sub("", title) or title
    return title


def asks(title: str) -> bool:
    """Whether a heading is a question, 实施哪些行动？; it is no task, but what answers it may be."""
    return title.endswith("?") or bool(_MAY_ASK.search(title) and _QUESTION.search(title))


def names_an_action(title: str) -> bool:
    """Whether a heading begins with what is to be done: 推动, 加强, 构建."""
    return bool(_ACTION.match(title))


_LETTERS: Final = frozenset(ascii_letters)
_LETTERS_OR_BRACKET: Final = _LETTERS | {")"}
_ENGLISH: Final = re.compile(
    "^[A-Za-z][A-Za-z&', -]*[ /|](?=[^A-Za-z])|[ /|]*\\(?[A-Za-z][A-Za-z&', -]*\\)?$"
)
_BARE_PART: Final = re.compile(
    "总体(?:要求|思路|目标)|指导思想|基本原则|(?:主要|工作|发展|具体)目标(?:任务)?|目标任务"
    "|(?:重点|主要|工作)(?:任务|工作|举措|措施|内容)|(?:组织|实施)?保障(?:措施|机制)?|组织实施|工作要求|实施步骤"
    "|(?:(?:部门|单位|工作|主要|具体)?(?:职责|责任)|组织|任务|工作)分工|(?:部门|单位|主要|工作)职责(?:任务)?"
    "|(?:(?:出台|制定|编制)?背景|目标|任务|步骤|保障|举措|措施)"
)
_MAY_ASK: Final = re.compile("[问哪么何样]")
_QUESTION: Final = re.compile("^问:|哪些|哪几|什么|为何|是如何|怎么|怎样")
_ASKED: Final = (
    (Topic.PAST, re.compile("背景|为什么|为何|意义|必要性|依据|过程|考虑|特点|亮点")),
    (Topic.GOALS, re.compile("目标")),
    (Topic.STAGES, re.compile("(?<!下一)步(?!骤?伐)|阶段|何时|时候|进度")),  # 分几步走？
    (Topic.SAFEGUARDS, re.compile("保障|确保|落实|落地|组织实施|保落")),
    (Topic.TASKS, re.compile("任务|举措|措施|行动|内容|工作|安排|部署|要求|政策|[做干]")),
)
# The parts around the matter in what explains a policy: 起草过程, 适用范围, 咨询方式, 名词解释.
_ASIDE: Final = re.compile(
    "(?:试点|申报|创建|实施|验收|评价|认定)(?:范围|对象|条件|程序|流程|方式|标准|办法)|组织机构|资金安排|工作流程"
    "|联系(?:方式|人)|其他事项|(?:有关|相关)说明|术语(?:和|与)定义"
    "|(?:主要)?(?:起草|制定|编制|出台|修订|政策|文件|适用|名词|术语|咨询|解读|特色|创新|新旧)(?:政策|的)?"
    "(?:背景|过程|依据|情况|目的|意义|范围|对象|方式|解释|释义|机关|部门|亮点|特点|点|差异|及|和|与|、)+"
)
_GOALS: Final = re.compile(
    "目标(?:要求|任务|指标)?(?:和|与|及|、|$|[(（:])|主要(?:发展)?指标$|^(?:工作|总体|发展|预期)目标"
)
_NOT_GOALS: Final = re.compile("^(?:完善|健全|建立|强化|加强|落实|分解|聚焦|对标|围绕|锚定)")

# 夯实基础 is a task, 工作基础 is what was reached.
_FOUND: Final = re.compile(
    "^(?:加[强快大]|强化|完善|健全|提[升高]|推[进动]|打造|构建|建设|深化|改进|夯实|筑牢|巩固|打牢|优化|改善"
    "|营造|聚焦|解决|补齐)"
)
# Words that say nothing about what a section holds.
_FILLERS: Final = re.compile(
    "(?:过去|近|前)[一二三四五两几]?年来?|“[^”]{1,8}”|\\([^)]{1,20}\\)|主要|重点|工作|具体|实施|发展|规划|总体|总的|全面|加强|强化|健全|完善"
    "|落实|夯实|做好"
    "|切实|狠抓|压实|确保|抓好|注重|明确|严格|深化|改革|创新|试点|建设|推进|时期|期间|取得|当前|面临|存在|编制|有关|相关"
    "|标准化|年度|活动"
    "|出台|起草|制定|是什么|有哪些|[?]|基本|存在|现实|现有|攻坚|专项|集中|三年|的|与|和|及|、|,|。|:| "
)
_TOPICS: Final = tuple(
    (topic, re.compile(key), re.compile(beside or "(?!)"))
    for topic, key, beside in (  # the word that tells, and those that may stand beside it
        (Topic.GENERAL, "^总体|^总的|思路|总要求", "要求|考虑|思想|部署"),
        (Topic.PRINCIPLES, "指导思想|原则|定位|方针", ""),
        (
            Topic.PAST,
            "基本情况|概况|成效|成绩|现状|基础|背景|形势|环境|回顾|问题|不足|短板|机遇|挑战|意义|必要性|过程",
            "情况",
        ),
        (Topic.STAGES, "步骤|进度|日程|阶段|时间|时序|安排", "划分|方法|组织|表|推行|轴"),
        (
            Topic.SAFEGUARDS,
            "保障|组织|领导|要求|机制|督[导查]|监督|考核|责任|统筹|支持|附则|协调",
            "措施|评估|管理|政策|服务",
        ),
        (Topic.TASKS, "任务|举措|措施|内容|行动|领域|工程|事项|项目|清单|分工|政策|工作", "方向|一览|表"),
    )
)
# Without ^, so that a search looks for their first characters only.
_ANY_KEY: Final = re.compile("|".join(key.pattern.replace("^", "") for _, key, _ in _TOPICS))
# What none of these words is made of: a title that holds such a character names a matter.
_OTHER_WORDS: Final = re.compile(
    f"[^{re.escape(''.join(key.pattern + beside.pattern for _, key, beside in _TOPICS))}]"
)
# Support by its whole name; the last chapter of a plan: 规划实施.
_SUPPORT: Final = re.compile(
    "(?:规划|计划|纲要|方案)的?(?:组织)?实施(?:保障|机制)?"
    "|(?:强化)?(?:支撑保障|保障支撑)|保障(?:体系|条件)|配套(?:措施|政策|保障)?|(?:坚持|加强)党的(?:全面)?领导|推进实施"
)
_STAGES: Final = re.compile("分.{1,3}个?阶段|分步|步骤|进度(?:安排|计划)|时间(?:安排|节点|表)|工作安排$")
_NO_STAGES: Final = re.compile("重点(?!步骤)|任务")  # 重点工作安排
_NOT_WITH: Final = {Topic.PAST: _FOUND, Topic.STAGES: _NO_STAGES}  # though the topic's word is there
_APPENDIX: Final = re.compile("附件|附表|附录|附属档案")
_ACTION: Final = re.compile(
    "加快|加强|加大|强化|推动|推进|推行|推广|提升|提高|完善|健全|构建|建立|建设|打造|培育|深化|优化|实施"
    "|促进|夯实|筑牢"
    "|拓展|扩大|开展|发展|发挥|支持|鼓励|引导|营造|创新|探索|聚焦|围绕|突出|坚持|着力|大力|积极|持续|全面"
    "|深入|统筹"
    "|壮大|做强|做优|做大|做实|增强|激发|集聚|引领|助力|助推|服务|规范|落实|抓好|制定|编制|组织|参与|对接"
    "|畅通|布局"
    "|办好|总结|改善|保障|以|用"
)
