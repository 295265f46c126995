"""A question beside the catalogue it is asked of, and the few forms that every reply takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from answering.answer import (
    Aspect,
    ClarifyItem,
    Found,
    Item,
    Missing,
    MissingItem,
    Reference,
    Status,
)
from answering.cues import Cue, kinds_of
from answering.index import Index
from answering.moments import in_year
from answering.query import Query
from answering.reply import Reply
from answering.search import Hit, rank
from answering.units import MEASURED
from domain.policy import FactKind, Policy

MAX_CHOICES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A complete question as the rules see it.

    Attributes:
        index: the catalogue.
        query: the question.
        today: the day it is asked.
        cues: its asking words; a rule may leave out those it has understood.
        kinds: the kinds of entry they name.
        scope: the policies it is about; empty where it names none.
    """

    index: Index
    query: Query
    today: date
    cues: frozenset[Cue]
    kinds: frozenset[FactKind]
    scope: tuple[Policy, ...]
    _ranked: dict[frozenset[FactKind], list[Hit]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, query: Query, index: Index, today: date) -> "Asking":
        """The question as it stands."""
        scope = tuple(index.by_id[one] for one in query.policies if one in index.by_id)
        kinds = kinds_of(query.cues)
        if query.spans and len(scope) == 1 and (year := _only_year(scope[0])):
            query = query._replace(spans=tuple(in_year(span, year) for span in query.spans))
        if query.unit and scope and not any(policy.events for policy in scope):
            kinds -= {FactKind.EVENT}  # 下乡活动办几场 counts no yearly occasions
        if query.unit in MEASURED:
            kinds -= {FactKind.MEASURE}  # 高频事项办理时间 counts no 事项
        return cls(index=index, query=query, today=today, cues=query.cues, kinds=kinds, scope=scope)

    def asks(self, *cues: Cue) -> bool:
        """Whether it holds one of these asking words."""
        return not self.cues.isdisjoint(cues)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies it is about, or else all."""
        return self.scope or self.index.policies

    @property
    def only(self) -> Policy | None:
        """The policy it is about, where that is one."""
        return self.scope[0] if len(self.scope) == 1 else None

    def all_of(self, kind: FactKind) -> list[Found]:
        """Every entry of a kind in these policies."""
        return [found for policy in self.policies for found in self.entries(policy, kind)]

    def entries(self, policy: Policy, kind: FactKind) -> tuple[Found, ...]:
        """Every entry of a kind in a policy, in the order of its text."""
        return self.index.entries.get((policy.id, kind), ())

    def ranked(self, kinds: Iterable[FactKind] = ()) -> list[Hit]:
        """What its policies hold of its subject, best first; worked out once for each set of kinds."""
        key = frozenset(kinds)
        if key not in self._ranked:
            self._ranked[key] = rank(self.index, self.query.segments, policies=self.query.policies, kinds=key)
        return self._ranked[key]


def _only_year(policy: Policy) -> int | None:
    """The year of all its dates: that of work points for a year."""
    dues = [one.due for row in (policy.targets, policy.goals, policy.measures) for one in row]
    years = {due.day.year for due in dues if due}
    return years.pop() if len(years) == 1 else None


def said(asking: Asking, items: Sequence[Item]) -> Reply:
    """These items: an answer, unless each of them tells what is missing."""
    nothing = all(isinstance(item, MissingItem) for item in items)
    return Reply(Status.NO_RECORD if nothing else Status.ANSWERED, tuple(items), (), asking.query)


def missing(  # noqa: PLR0913 - the slots of a MissingItem, all but two by name
    asking: Asking,
    reason: Missing,
    *,
    subject: str = "",
    policy: Policy | None = None,
    kind: FactKind | None = None,
    found: Found | None = None,
    nearest: Sequence[Found] = (),
) -> Reply:
    """What is not there; the fact that lacks it, or else what is near, can be pressed."""
    item = MissingItem(
        reason=reason,
        subject=subject,
        policy=policy or asking.only,
        kind=kind,
        found=found,
        nearest=tuple(nearest[:MAX_CHOICES]),
    )
    offered = (found,) if found else item.nearest
    return Reply(Status.NO_RECORD, (item,), tuple(one.reference() for one in offered), asking.query)


def which(
    asking: Asking, choices: Sequence[Reference], *, subject: str = "", policy: Policy | None = None
) -> Reply:
    """A question back, at most three to press: which policy, or with `policy` which entry of it."""
    item = ClarifyItem(by_policy=policy is None, subject=subject, policy=policy)
    return Reply(Status.CLARIFY, (item,), tuple(choices[:MAX_CHOICES]), asking.query)


def which_policy(
    asking: Asking,
    aspect: Aspect,
    *,
    kind: FactKind = FactKind.POLICY,
    policies: Sequence[Policy] | None = None,
) -> Reply:
    """The question back, which of these policies (or of all) is meant."""
    held = asking.index.policies if policies is None else policies
    return which(asking, [Reference(policy=policy.id, kind=kind, aspect=aspect) for policy in held])
