"""A policy and what it states: targets, goals, measures, stages, safeguards, basis, events, departments.

A policy (政策文件) is called so whatever its title says: 方案, 意见, 规划. What its text leaves out is None
or empty here, and is answered as "not stated".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.timeline import Deadline, Yearly


class FactKind(StrEnum):
    """What a fact is; the word that citations and links use."""

    POLICY = "policy"
    TARGET = "target"  # 指标, with a figure
    GOAL = "goal"  # 定性目标, without one
    GROUP = "group"  # a heading over measures
    MEASURE = "measure"  # 举措, 任务
    STAGE = "stage"  # 阶段
    SAFEGUARD = "safeguard"  # 保障措施
    BASIS = "basis"  # 依据文件
    EVENT = "event"  # comes every year
    DEPARTMENT = "department"  # 责任单位


class Comparator(StrEnum):
    """How a target's value is meant."""

    AT_LEAST = ">="  # 以上, 不少于, 达到
    MORE_THAN = ">"  # 超过
    AT_MOST = "<="  # 以内, 不超过
    LESS_THAN = "<"  # 低于
    EXACTLY = "="  # a bare number
    ABOUT = "~"  # 左右
    RANGE = "range"  # 10—15


class Role(StrEnum):
    """In which way a department answers for a measure."""

    SOLE = "sole"  # （某局负责）: alone
    LEAD = "lead"  # 牵头单位
    COOPERATING = "cooperating"  # 配合单位
    SHARED = "shared"  # （甲局、乙局等按职责分工负责）: each for its part
    COLLECTIVE = "collective"  # （各部门按职责分工负责）: no department named
    IMPLEMENTING = "implementing"  # （各镇街落实）


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in Simplified Chinese and, where known, English; `aliases` are other words people use."""

    zh: str
    en: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a fact stands: the clause (`二（三）2`), and in a read document the exact characters.

    `quote` is the original wording, `start` and `end` its character positions; None in the bundled
    catalogue, which holds facts only.
    """

    clause: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every statement of a policy has: an id that is unique in the policy, and its passage."""

    id: str
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    """A numeric target (指标). `value_max` only with a range; `per` is `year` for a yearly rate."""

    metric: Name
    comparator: Comparator
    value: Decimal
    value_max: Decimal | None = None
    unit: Name
    due: Deadline | None = None
    per: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Fact):
    """A qualitative goal: what shall be so by a date, without a figure."""

    statement: Name
    due: Deadline | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A department's part in a measure."""

    department: str  # id in the policy's departments
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Fact):
    """A heading over measures; `number` as printed, `（一）`."""

    number: str
    title: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Fact):
    """A task at the finest numbered level; `number` as printed, `group` the id of its heading.

    `charges` is empty where the text names no department; `open_ended` where its list ends in 等.
    """

    number: str
    title: Name
    group: str | None = None
    summary: Name | None = None
    topics: tuple[str, ...] = ()
    charges: tuple[Charge, ...] = ()
    open_ended: bool = False
    due: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A thing to be done within a stage by a date, 中期评估."""

    id: str
    name: Name
    due: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Fact):
    """A stage (阶段) with its period, what happens in it, and its milestones."""

    name: Name
    start: Deadline
    end: Deadline
    points: tuple[Name, ...] = ()
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard(Fact):
    """A supporting arrangement (保障措施)."""

    title: Name
    summary: Name | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis(Fact):
    """A document the policy rests on or cites, with its number where printed, 国办函〔2018〕25号."""

    title: Name
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyEvent(Fact):
    """An occasion the policy names that comes every year."""

    name: Name
    yearly: Yearly


@dataclass(frozen=True, slots=True, kw_only=True)
class Department(Fact):
    """A department in charge; its passage is the first clause that names it."""

    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer(Fact):
    """Who issued the policy, where the text or its frame says so."""

    name: Name


AnyFact = Target | Goal | Group | Measure | Stage | Safeguard | Basis | YearlyEvent | Department


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy with all it states.

    `issued` is when it was published, `start` to `end` the period it covers; None where not stated.
    """

    id: str
    title: Name
    region: Name
    issuer: Issuer | None = None
    issued: Deadline | None = None
    start: Deadline | None = None
    end: Deadline | None = None
    summary: Name | None = None
    targets: tuple[Target, ...] = ()
    goals: tuple[Goal, ...] = ()
    groups: tuple[Group, ...] = ()
    measures: tuple[Measure, ...] = ()
    stages: tuple[Stage, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    basis: tuple[Basis, ...] = ()
    events: tuple[YearlyEvent, ...] = ()
    departments: tuple[Department, ...] = ()

    def facts(self) -> Iterator[tuple[FactKind, "AnyFact"]]:
        """Every statement with its kind, in the order of the text's parts."""
        yield from ((FactKind.TARGET, fact) for fact in self.targets)
        yield from ((FactKind.GOAL, fact) for fact in self.goals)
        yield from ((FactKind.GROUP, fact) for fact in self.groups)
        yield from ((FactKind.MEASURE, fact) for fact in self.measures)
        yield from ((FactKind.STAGE, fact) for fact in self.stages)
        yield from ((FactKind.SAFEGUARD, fact) for fact in self.safeguards)
        yield from ((FactKind.BASIS, fact) for fact in self.basis)
        yield from ((FactKind.EVENT, fact) for fact in self.events)
        yield from ((FactKind.DEPARTMENT, fact) for fact in self.departments)
