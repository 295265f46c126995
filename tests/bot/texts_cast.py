"""Policies for the tests of words: one with everything, one as an import leaves it, one that means harm."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from answering.answer import Answer, Found, Item, Reference, Status
from bot.texts import Markup, render
from domain.languages import Language
from domain.policy import FactKind, Policy
from domain.timeline import Deadline, Yearly
from storage.catalogue import loads

TODAY = date(2026, 11, 22)

HILL = loads(
    """
id: hill-2024
title: {zh: 山城市标准化行动方案, en: Hill City Standardisation Plan}
region: {zh: 山城市, en: Hill City}
issuer: {clause: 落款, name: {zh: 山城市人民政府, en: Hill City Government}}
issued: 2024-03-05
start: 2024
end: 2026
summary: {zh: 三年建成标准体系。, en: A system of standards in three years.}
targets:
  - {id: T1, clause: 一（二）, metric: {zh: 国际标准, en: international standards},
     comparator: ">=", value: 30, unit: {zh: 项}, due: 2025}
  - {id: T2, clause: 一（二）, metric: {zh: 制定周期, en: drafting time},
     comparator: "<=", value: 15, unit: {zh: 个月, en: months}, due: 2026-12-31}
  - {id: T3, clause: 二（一）1, metric: {zh: 培养专家, en: experts trained},
     comparator: "=", value: 4000, unit: {zh: 名}}
goals:
  - {id: Q1, clause: 一（二）, statement: {zh: 标准体系更加健全, en: A sounder system}, due: 2035}
groups:
  - {id: G1, clause: 二（一）, number: （一）, title: {zh: 夯实基础, en: Lay foundations}}
measures:
  - id: M1
    clause: 二（一）1
    number: "1"
    title: {zh: 建设标准云, en: Build a standards cloud}
    group: G1
    summary: {zh: 把标准放到一处。, en: Bring all standards together.}
    charges: [{department: D1, role: lead}, {department: D2, role: cooperating}]
    open_ended: true
  - id: M2
    clause: 二（一）2
    number: "2"
    title: {zh: 培养人才, en: Train people}
    group: G1
    charges: [{department: D1, role: sole}]
    due: 2026-09
  - {id: M3, clause: 二（一）3, number: "3", title: {zh: 加强宣传, en: Spread the word}, group: G1}
  - id: M4
    clause: 二（一）4
    number: "4"
    title: {zh: 深化合作, en: Deepen cooperation}
    charges:
      - {department: D1, role: shared}
      - {department: D2, role: shared}
      - {department: D3, role: collective}
      - {department: D4, role: implementing}
stages:
  - id: S1
    clause: 三（一）
    name: {zh: 启动阶段, en: Opening stage}
    start: 2024
    end: 2024
    points: [{zh: 部署试点, en: Set up pilots}]
  - id: S2
    clause: 三（二）
    name: {zh: 推进阶段, en: Main stage}
    start: 2025
    end: 2026
    milestones: [{id: S2-1, name: {zh: 中期评估, en: Mid-term evaluation}, due: 2025-Q3}]
safeguards:
  - {id: F1, clause: 四（一）, title: {zh: 加强领导, en: Strengthen leadership},
     summary: {zh: 成立小组。, en: Set up a group.}}
basis:
  - {id: B1, clause: 导语, title: {zh: 国家标准化纲要, en: National Outline}, number: 国办函〔2020〕1号}
events:
  - {id: E1, clause: 二（一）3, name: {zh: 世界标准日, en: World Standards Day}, yearly: 10-14}
  - {id: E2, clause: 二（一）3, name: {zh: 质量月, en: Quality Month}, yearly: "09"}
departments:
  - {id: D1, clause: 二（一）1, name: {zh: 市科技局, en: Science Bureau}}
  - {id: D2, clause: 二（一）1, name: {zh: 市财政局, en: Finance Bureau}}
  - {id: D3, clause: 二（一）4, name: {zh: 各部门, en: all departments}}
  - {id: D4, clause: 二（一）4, name: {zh: 各镇街, en: all towns}}
""",
    name="hill.yaml",
)

# As an import leaves a policy: no English names, no topics, every fact with its wording.
IMPORTED = loads(
    """
id: lake-2026
title: {zh: 湖州港标准化意见}
region: {zh: 湖港}
targets:
  - {id: T1, clause: 一, quote: 到2027年，标准投入达2.50亿元左右。, quote_start: 5, quote_end: 22,
     metric: {zh: 标准投入}, comparator: "~", value: 2.50, unit: {zh: 亿元}, due: 2027-06}
measures:
  - {id: M1, clause: 二（一）, number: （一）, title: {zh: 推进标准入企},
     quote: 推进标准入企。, quote_start: 30, quote_end: 37}
""",
    name="lake.yaml",
)

MEAN = '<b>&amp; "x"</blockquote>\ue000\ue005\x00<a href=\''


def _mean(value: Any, key: str = "") -> Any:
    """The same with every name, number, clause and quotation made hostile; what refers stays."""
    match value:
        case Deadline() | Yearly() | StrEnum():
            return value
        case tuple():
            return tuple(_mean(one) for one in value)
        case str():
            return value if key in {"id", "department", "group", "per"} else MEAN + value
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = {field.name: _mean(getattr(value, field.name), field.name) for field in fields(value)}
            return type(value)(**parts)
        case _:
            return value


HOSTILE: Policy = _mean(HILL)


class Shelf:
    """The policies above, looked up as the library does."""

    policies = (HILL, IMPORTED)

    def policy(self, policy_id: str) -> Policy | None:
        """The policy with that id."""
        return {policy.id: policy for policy in self.policies}.get(policy_id)

    def find(self, policy_id: str, kind: FactKind, fact_id: str) -> Found | None:
        """The fact with that id."""
        facts = all_of(policy, kind) if (policy := self.policy(policy_id)) else ()
        return next((one for one in facts if one.fact.id == fact_id), None)


SHELF = Shelf()


def all_of(policy: Policy, kind: FactKind) -> tuple[Found, ...]:
    """Every fact of a kind."""
    return tuple(
        Found(policy=policy, kind=kind, fact=fact) for other, fact in policy.facts() if other is kind
    )


def found(fact_id: str, policy: Policy = HILL) -> Found:
    """The fact with that id."""
    return next(
        Found(policy=policy, kind=kind, fact=fact) for kind, fact in policy.facts() if fact.id == fact_id
    )


def answer(
    *items: Item,
    language: Language = Language.SIMPLIFIED,
    today: date = TODAY,
    choices: tuple[Reference, ...] = (),
    read_as: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """An answer of these items."""
    return Answer(
        status=Status.ANSWERED, language=language, items=items, today=today, choices=choices, read_as=read_as
    )


def said(*items: Item, language: str = "zh-Hans", markup: Markup = Markup.PLAIN, **more: Any) -> list[str]:
    """The lines of an answer, empty ones left out."""
    text = render(answer(*items, language=Language(language), **more), SHELF, markup=markup)
    return [line for line in text.splitlines() if line]
