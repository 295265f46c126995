"""Mixed questions about what the library holds, in three languages, each only once."""

import random
from collections.abc import Iterator

from answering.library import Library
from domain.policy import Department, Measure, Name, Policy, Stage, Target, YearlyEvent
from language.script import to_traditional

_TARGET = (
    "{place}{fact}要达到多少",
    "{place}的{fact}什么时候完成",
    "{fact} {place}",
    "{place}{fact}完成了吗",
)
_TARGET_EN = (
    "How many {fact} must {place} reach?",
    "When is the {place} target for {fact} due?",
    "{place} {fact}",
)
_MEASURE = ("{place}第{number}条是什么", "{place}{fact}由谁负责", "{place}关于{fact}有什么举措", "{fact}")
_MEASURE_EN = (
    "What does {place} plan for {fact}?",
    "Who is in charge of {fact} in {place}?",
    "{place}: {fact}",
)
_DEPARTMENT = ("{place}{fact}负责什么", "{fact}在{place}有哪些任务")
_DEPARTMENT_EN = ("What is the {fact} of {place} in charge of?", "{place} {fact} duties")
_STAGE = ("{place}{fact}做什么", "{place}{fact}到什么时候")
_STAGE_EN = ("What happens in the {fact} of {place}?",)
_EVENT = ("{fact}是哪天，{place}", "{place}说的{fact}还有几天")
_EVENT_EN = ("When is {fact} next, as {place} has it?",)
_POLICY = ("{place}有哪些指标", "{place}有几项任务", "{place}现在到哪个阶段", "{place}这份文件讲什么")
_POLICY_EN = (
    "List the targets of {place}",
    "Which stage is {place} in now?",
    "What is the {place} policy about?",
)
_NOWHERE = ("江苏{fact}要多少", "{place}{fact}预算多少", "{place}2040年{fact}")
_NOWHERE_EN = ("How many {fact} must Jiangsu reach?", "What is the budget of {place} for {fact}?")

_BEFORE = ("", "", "请问", "你好，", "想了解一下，", "麻烦问下", "帮我查查")
_AFTER = ("", "", "？", "呢？", "，谢谢", "?", "来着")
_BEFORE_EN = ("", "", "Please, ", "Hello, ", "Quick question: ", "For my report: ")
_AFTER_EN = ("", "?", " thanks", " please", "!")


def mixed_questions(library: Library, count: int) -> list[str]:
    """`count` different questions, always the same for the same library: some mistyped, some unanswerable."""
    chance = random.Random(20250630)  # noqa: S311 - the same questions every time are the point
    found: dict[str, None] = {}
    plain = [sentence for policy in library.policies for sentence in _about(policy)]
    while len(found) < count:
        chinese, text = chance.choice(plain)
        before, after = (_BEFORE, _AFTER) if chinese else (_BEFORE_EN, _AFTER_EN)
        question = chance.choice(before) + text + chance.choice(after)
        if chinese and chance.random() < 0.35:
            question = to_traditional(question)
        if chance.random() < 0.1:
            question = _slipped(question, chance.randrange(len(question)))
        found[question] = None
    return list(found)


def _about(policy: Policy) -> Iterator[tuple[bool, str]]:
    """Sentences about one policy, and whether each is Chinese."""
    yield from _filled(policy, policy.title, _POLICY, _POLICY_EN)
    for _, fact in policy.facts():
        match fact:
            case Target(metric=name):
                yield from _filled(policy, name, _TARGET + _NOWHERE, _TARGET_EN + _NOWHERE_EN)
            case Measure(title=name, number=number):
                yield from _filled(policy, name, _MEASURE, _MEASURE_EN, number)
            case Department(name=name):
                yield from _filled(policy, name, _DEPARTMENT, _DEPARTMENT_EN)
            case Stage(name=name):
                yield from _filled(policy, name, _STAGE, _STAGE_EN)
            case YearlyEvent(name=name):
                yield from _filled(policy, name, _EVENT, _EVENT_EN)


def _filled(
    policy: Policy, name: Name, chinese: tuple[str, ...], english: tuple[str, ...], number: str = ""
) -> Iterator[tuple[bool, str]]:
    place = policy.region
    number = number.strip("（）().、")
    for words in dict.fromkeys((name.zh, *name.aliases[:3])):
        if not words.isascii():
            yield from ((True, form.format(place=place.zh, fact=words, number=number)) for form in chinese)
    if name.en and place.en:
        for form in english:
            yield False, form.format(place=place.en, fact=name.en)


def _slipped(text: str, at: int) -> str:
    """With one character left out, as a hurried person writes."""
    return text[:at] + text[at + 1 :] or text
