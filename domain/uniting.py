"""Making one policy of two texts of it: the fuller one's, with what a person takes over from the shorter."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from domain.corroboration import Contradiction, by_fullness, corroboration
from domain.matching import FIELDS, key_of, of_kind
from domain.policy import Charge, Department, FactKind, Measure, Passage, Policy, Stage
from domain.revisions import continuing, fresh


def united(held: Policy, new: Policy, taken: Collection[str] = ()) -> Policy:
    """What is held after another text of it came: the fuller text, whichever that is, under the ids held.

    `taken` are ids of the shorter text: entries to add, or to believe where the two contradict. Their
    passages keep the quotation and lose the positions, which count the other text.
    """
    fuller, shorter = by_fullness(held, new)
    found = corroboration(fuller, shorter)
    policy = fuller
    for one in found.contradictions:
        if one.id in taken:
            policy = _believing(policy, one, shorter)
    for kind, fact in found.additions:
        if fact.id in taken:
            policy = _with(policy, kind, fact, shorter)
    return policy if fuller is held else continuing(held, policy)


_STATED = {
    FactKind.TARGET: ("comparator", "value", "value_max", "unit", "per", "due"),
    FactKind.GOAL: ("due",),
    FactKind.MEASURE: ("charges", "open_ended", "due"),
    FactKind.STAGE: ("start", "end", "milestones"),
    FactKind.BASIS: ("number",),
    FactKind.EVENT: ("yearly",),
}
"""What of an entry another text can contradict; its name and what hangs on it stay."""

_LEFT_OUT = ("due", "charges", "open_ended")  # where the shorter text says none, the fuller one's stay


def _believing(policy: Policy, one: Contradiction, shorter: Policy) -> Policy:
    """The policy with what the shorter text says of this."""
    if isinstance(one.shorter, Policy) or isinstance(one.fuller, Policy):
        return replace(policy, start=shorter.start or policy.start, end=shorter.end or policy.end)
    own = one.fuller
    policy, told = _transferred(policy, one.kind, one.shorter, shorter)
    stated = {field: getattr(told, field) for field in _STATED[one.kind]}
    values = {field: said for field, said in stated.items() if said or field not in _LEFT_OUT}
    if isinstance(own, Stage):
        dates = {point.name.zh: point.due for point in told.milestones}
        values["milestones"] = tuple(
            replace(point, due=dates.get(point.name.zh, point.due)) for point in own.milestones
        )
    changed = replace(own, passage=told.passage, **values)
    facts = tuple(changed if fact.id == own.id else fact for fact in of_kind(policy, one.kind))
    return _having(policy, one.kind, facts)


def _with(policy: Policy, kind: FactKind, fact: Any, shorter: Policy) -> Policy:
    """The policy with an entry that only the shorter text has."""
    policy, told = _transferred(policy, kind, fact, shorter)
    own = fresh(fact.id[:1], _ids(policy))
    if isinstance(told, Stage):
        points = (replace(point, id=f"{own}-{at}") for at, point in enumerate(told.milestones, 1))
        told = replace(told, milestones=tuple(points))
    return _having(policy, kind, (*of_kind(policy, kind), replace(told, id=own)))


def _transferred(policy: Policy, kind: FactKind, fact: Any, shorter: Policy) -> tuple[Policy, Any]:
    """An entry as it stands in the fuller text's policy, which gets the departments it names."""
    passage = Passage(clause=f"另一文本：{fact.passage.clause}", quote=fact.passage.quote)
    if kind is not FactKind.MEASURE:
        return policy, replace(fact, passage=passage)
    headings = {key_of(group.title): group.id for group in policy.groups}
    named = next((key_of(group.title) for group in shorter.groups if group.id == fact.group), "")
    policy, charges = _charged(policy, fact, shorter, passage)
    return policy, replace(fact, passage=passage, group=headings.get(named), charges=charges)


def _charged(
    policy: Policy, measure: Measure, shorter: Policy, passage: Passage
) -> tuple[Policy, tuple[Charge, ...]]:
    known = {one.name.zh: one.id for one in policy.departments}
    names = {one.id: one.name for one in shorter.departments}
    charges: list[Charge] = []
    for charge in measure.charges:
        name = names[charge.department]
        if name.zh not in known:
            known[name.zh] = fresh("D", _ids(policy))
            new = Department(id=known[name.zh], passage=passage, name=name)
            policy = replace(policy, departments=(*policy.departments, new))
        charges.append(replace(charge, department=known[name.zh]))
    return policy, tuple(charges)


def _ids(policy: Policy) -> list[str]:
    points = [point.id for stage in policy.stages for point in stage.milestones]
    return [fact.id for _, fact in policy.facts()] + points


def _having(policy: Policy, kind: FactKind, facts: tuple[Any, ...]) -> Policy:
    values: dict[str, Any] = {FIELDS[kind]: facts}
    return replace(policy, **values)
