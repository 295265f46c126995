"""What is answered: facts with their sources, before any words are chosen.

The bot's `texts` turns an Answer into words; nothing here knows a language beyond its tag.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from domain.languages import Language
from domain.policy import (
    AnyFact,
    Department,
    FactKind,
    Measure,
    Milestone,
    Policy,
    Stage,
    Target,
    YearlyEvent,
)


class Status(StrEnum):
    """How the question ended."""

    ANSWERED = "answered"
    CLARIFY = "clarify"  # several things fit equally well; `choices` holds at most three
    NO_RECORD = "no_record"  # the store does not hold what was asked


class Aspect(StrEnum):
    """What is asked of a fact. The value stands in buttons, so it is one letter."""

    DETAIL = "d"  # all there is to say
    FIGURE = "f"  # 多少
    DEADLINE = "t"  # 什么时候，还有几天
    WHO = "w"  # 谁负责
    DUTIES = "u"  # 这个部门负责什么
    LIST = "l"  # 有哪些
    COUNT = "n"  # 有几个
    NOW = "c"  # 现在到哪个阶段
    OVERVIEW = "o"  # 主要内容
    COMPARE = "v"  # 相比
    PROGRESS = "p"  # 完成了多少
    ISSUER = "i"  # 谁发布的
    ISSUED = "y"  # 哪年发布的
    HELP = "h"  # 你能做什么


class Missing(StrEnum):
    """Why there is no answer."""

    PLACE = "place"  # no policy of that region is held
    TARGET = "target"  # no numeric target about the subject
    TOPIC = "topic"  # nothing about the subject
    YEAR = "year"  # nothing for that year
    DEPARTMENT = "department"  # the text names no department in charge
    DEADLINE = "deadline"  # the text sets no date
    PROGRESS = "progress"  # nobody has reported progress; a policy holds none
    STAGE = "stage"  # the text sets out no such stage, or none at all
    NUMBER = "number"  # no entry with that number
    EVENT = "event"  # the text names no such occasion
    KIND = "kind"  # the policy has none of that kind (safeguards, basis, ...)
    ISSUER = "issuer"  # the text does not say who issued it
    ISSUED = "issued"  # the text does not say when
    UNCLEAR = "unclear"  # nothing in the question was recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A pointer to a fact, or to a policy with `id` empty, and what is asked of it; fits a button.

    With an empty `policy` it means all policies.
    """

    policy: str
    kind: FactKind
    id: str = ""
    aspect: Aspect = Aspect.DETAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact in its policy."""

    policy: Policy
    kind: FactKind
    fact: AnyFact

    def reference(self, aspect: Aspect = Aspect.DETAIL) -> Reference:
        """The pointer to it."""
        return Reference(policy=self.policy.id, kind=self.kind, id=self.fact.id, aspect=aspect)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactItem:
    """One fact, told with `aspect` first. `asked` is the department a yes-or-no question named."""

    found: Found
    aspect: Aspect
    asked: Department | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """Facts of one kind; with `counted` their number is what was asked. `policy` is None across policies.

    `heading` is what they have in common where that is more than the kind: a group's title, a topic.
    With `brief` only the number is told, as one of several.
    """

    kind: FactKind
    policy: Policy | None
    found: tuple[Found, ...]
    counted: bool = False
    brief: bool = False
    heading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesItem:
    """What a department is in charge of."""

    policy: Policy
    department: Department
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NowItem:
    """Which stage is under way: `current`, or None before the first (`upcoming`) or after the last."""

    policy: Policy
    current: Stage | None
    upcoming: Stage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneItem:
    """A milestone within its stage."""

    policy: Policy
    stage: Stage
    milestone: Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class EventItem:
    """A yearly occasion: `first` to `last` is the occurrence under way or next; `also` names it elsewhere."""

    policy: Policy
    event: YearlyEvent
    first: date
    last: date
    also: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonItem:
    """One subject in several policies; None where that policy sets no such target."""

    subject: str
    rows: tuple[tuple[Policy, Target | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyItem:
    """A policy: its overview, or who issued it, or when."""

    policy: Policy
    aspect: Aspect


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliciesItem:
    """The policies held, listed or counted."""

    policies: tuple[Policy, ...]
    counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingItem:
    """What is not there: `subject` in the asker's own words, `policy` where one was meant.

    `nearest` are facts worth offering instead; they are named, never given as the answer.
    """

    reason: Missing
    subject: str = ""
    policy: Policy | None = None
    kind: FactKind | None = None
    found: Found | None = None
    nearest: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarifyItem:
    """Several things fit: which policy (`by_policy`), or which of these facts."""

    by_policy: bool
    subject: str = ""
    policy: Policy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpItem:
    """What can be asked here."""


Item = (
    FactItem
    | ListItem
    | DutiesItem
    | NowItem
    | MilestoneItem
    | EventItem
    | ComparisonItem
    | PolicyItem
    | PoliciesItem
    | MissingItem
    | ClarifyItem
    | HelpItem
)


class Citation(NamedTuple):
    """A source: which fact of which policy, and the clause it stands in."""

    policy: Policy
    kind: FactKind
    id: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer without its words.

    Attributes:
        items: what to say, in order.
        choices: what can be pressed: the alternatives of a clarification, or what is near (at most three).
        today: the day that "days left" counts from.
        context: what a follow-up refers to; JSON-safe, to be handed to the next `ask`.
        read_as: typing slips that were read as something else, (as written, as understood).
        cited: the sources of the items, where they were worked out already; ask `citations()`.
    """

    status: Status
    language: Language
    items: tuple[Item, ...]
    today: date
    choices: tuple[Reference, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    read_as: tuple[tuple[str, str], ...] = ()
    cited: tuple[Citation, ...] | None = field(default=None, repr=False, compare=False)

    def citations(self) -> tuple[Citation, ...]:
        """The sources of everything said, each once, in order."""
        return sources(self.items) if self.cited is None else self.cited


def sources(items: Iterable[Item]) -> tuple[Citation, ...]:
    """The sources of what is said, each once, in order."""
    # Told apart by their ids: hashing a whole policy costs more than the answer.
    cited = (citation for item in items for citation in _sources(item))
    return tuple({(one.policy.id, one.kind, one.id): one for one in cited}.values())


def _sources(item: Item) -> Iterator[Citation]:
    match item:
        case FactItem(found=found):
            yield cite(found)
        case ListItem(found=several):
            yield from (cite(found) for found in several)
        case DutiesItem(policy=policy, department=department, measures=measures):
            yield cite(Found(policy=policy, kind=FactKind.DEPARTMENT, fact=department))
            for measure in measures:
                yield cite(Found(policy=policy, kind=FactKind.MEASURE, fact=measure))
        case NowItem(policy=policy, current=current, upcoming=upcoming):
            stages = [stage for stage in (current, upcoming) if stage] or policy.stages
            yield from (cite(Found(policy=policy, kind=FactKind.STAGE, fact=stage)) for stage in stages)
        case MilestoneItem(policy=policy, stage=stage):
            yield cite(Found(policy=policy, kind=FactKind.STAGE, fact=stage))
        case EventItem(policy=policy, event=event, also=also):
            yield cite(Found(policy=policy, kind=FactKind.EVENT, fact=event))
            yield from (cite(found) for found in also)
        case ComparisonItem(rows=rows):
            for policy, target in rows:
                if target is not None:
                    yield cite(Found(policy=policy, kind=FactKind.TARGET, fact=target))
        case PolicyItem(policy=policy):
            clause = policy.issuer.passage.clause if policy.issuer else ""
            yield Citation(policy=policy, kind=FactKind.POLICY, id=policy.id, clause=clause)
        case PoliciesItem(policies=policies):
            for policy in policies:
                yield Citation(policy=policy, kind=FactKind.POLICY, id=policy.id, clause="")
        case MissingItem(found=found) if found is not None:
            yield cite(found)
        case _:
            return


def cite(found: Found) -> Citation:
    """The source of one fact."""
    return Citation(policy=found.policy, kind=found.kind, id=found.fact.id, clause=found.fact.passage.clause)
