"""A later version of a policy beside the one held: what is the same entry, what is new, changed or gone."""

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.matching import COMPARED, FIELDS, key_of, letters, matched, name_field, of_kind
from domain.policy import AnyFact, Charge, FactKind, Measure, Milestone, Name, Policy, Stage, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry that both versions have, and that says something else now."""

    kind: FactKind
    old: AnyFact
    new: AnyFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The difference of two versions; groups and departments show in the measures they belong to."""

    new: tuple[tuple[FactKind, AnyFact], ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[tuple[FactKind, AnyFact], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def changes(old: Policy, new: Policy) -> Changes:
    """What `new` says otherwise than `old`: targets are matched by metric, measures by title, then number."""
    added: list[tuple[FactKind, AnyFact]] = []
    changed: list[Change] = []
    gone: list[tuple[FactKind, AnyFact]] = []
    for kind in COMPARED:
        same = matched(kind, old, new)
        for fact in of_kind(new, kind):
            was = same.get(fact.id)
            if was is None:
                added.append((kind, fact))
            elif _said(was, old) != _said(fact, new):
                changed.append(Change(kind=kind, old=was, new=fact))
        kept = {fact.id for fact in same.values()}
        gone += [(kind, fact) for fact in of_kind(old, kind) if fact.id not in kept]
    return Changes(new=tuple(added), changed=tuple(changed), gone=tuple(gone))


def continuing(old: Policy, new: Policy) -> Policy:
    """The new version under the ids of the old one, so that whoever follows an entry goes on following it.

    What was not there before gets an id that no entry of the old version had. English names and other words
    of ours stay with what is called the same.
    """
    ids = _ids(old, new)
    facts: dict[str, Any] = {field: _continued(field, kind, old, new, ids) for kind, field in FIELDS.items()}
    if old.issuer and new.issuer:
        facts["issuer"] = replace(new.issuer, name=_name(old.issuer.name, new.issuer.name))
    return replace(
        new, id=old.id, title=_name(old.title, new.title), region=_name(old.region, new.region), **facts
    )


def contradictions(policy: Policy) -> tuple[tuple[Target, ...], ...]:
    """Targets of one metric, unit and date whose figures differ, the metrics in the order of the text."""
    found: dict[Hashable, list[Target]] = defaultdict(list)
    for target in policy.targets:
        found[key_of(target.metric), target.unit.zh, target.due, target.per].append(target)
    return tuple(
        tuple(targets)
        for targets in found.values()
        if len({(one.comparator, one.value, one.value_max) for one in targets}) > 1
    )


def fresh(start: str, taken: Iterable[str]) -> str:
    """An id that none of these is, with this start: T10 where T9 is the last."""
    numbers = [
        int(rest) for one in taken if one.startswith(start) and (rest := one[len(start) :]).isdecimal()
    ]
    return f"{start}{max(numbers, default=0) + 1}"


def held_as(title: str, held: Sequence[Policy]) -> Policy | None:
    """The policy of this title among those held."""
    return next((policy for policy in held if same_title(policy.title.zh, title)), None)


def identified(policy: Policy, held: Sequence[Policy]) -> Policy:
    """The policy under the id of the one it is a later version of, else under one made from its frame."""
    known = held_as(policy.title.zh, held)
    if known is not None:
        return continuing(known, policy)
    frame = f"{policy.region.zh}\n{policy.title.zh}\n{policy.start}\n{policy.end}"
    return replace(policy, id=f"p-{hashlib.sha256(frame.encode()).hexdigest()[:10]}")


def same_title(one: str, other: str) -> bool:
    """Whether two titles name one policy: punctuation and spaces do not count."""
    return letters(one) == letters(other)


_OWN = ("topics", "summary")  # words of ours, which no text holds


def _said(fact: Any, policy: Policy) -> Hashable:
    """All that an entry states, without where it stands and under which number."""
    match fact:
        case Target():
            figure = (fact.comparator, fact.value, fact.value_max, fact.unit.zh, fact.per)
            return key_of(fact.metric), figure, fact.due
        case Measure():
            names = {department.id: department.name.zh for department in policy.departments}
            charges = {(names.get(charge.department), charge.role) for charge in fact.charges}
            return key_of(fact.title), frozenset(charges), fact.due
        case Stage():
            points = tuple(point.zh for point in fact.points)
            return fact.start, fact.end, points, tuple((one.name.zh, one.due) for one in fact.milestones)
        case _:
            return getattr(fact, "due", None), getattr(fact, "number", None), getattr(fact, "yearly", None)


def _ids(old: Policy, new: Policy) -> dict[str, str]:
    """The id to be of each entry of the new version."""
    taken = {fact.id for _, fact in old.facts()}
    taken |= {one.id for stage in old.stages for one in stage.milestones}
    ids: dict[str, str] = {}
    for kind in FIELDS:
        same = matched(kind, old, new)
        for fact in of_kind(new, kind):
            was = same.get(fact.id)
            ids[fact.id] = was.id if was else fresh(fact.id[:1], taken)
            taken.add(ids[fact.id])
    return ids


def _continued(field: str, kind: FactKind, old: Policy, new: Policy, ids: dict[str, str]) -> tuple[Any, ...]:
    same = matched(kind, old, new)
    return tuple(_carried(fact, same.get(fact.id), kind, ids) for fact in getattr(new, field))


def _carried(fact: Any, was: Any, kind: FactKind, ids: dict[str, str]) -> Any:
    """An entry under its id, and with what we know of it from before."""
    values: dict[str, Any] = {"id": ids[fact.id]}
    if was is not None:
        name = name_field(kind)
        values[name] = _name(getattr(was, name), getattr(fact, name))
        if values[name] is getattr(was, name):
            values |= {own: getattr(was, own) for own in _OWN if hasattr(was, own)}
    match fact:
        case Target() if was is not None:
            values["unit"] = _name(was.unit, fact.unit)
        case Measure():
            values["group"] = ids.get(fact.group) if fact.group else None
            values["charges"] = tuple(
                Charge(department=ids[one.department], role=one.role) for one in fact.charges
            )
        case Stage():
            values["milestones"] = _milestones(fact, was, values["id"])
    return replace(fact, **values)


def _milestones(stage: Stage, was: Stage | None, stage_id: str) -> tuple[Milestone, ...]:
    known = {one.name.zh: one for one in was.milestones} if was else {}
    taken = {one.id for one in known.values()}
    found: list[Milestone] = []
    for one in stage.milestones:
        before = known.pop(one.name.zh, None)
        own = before.id if before else fresh(f"{stage_id}-", taken)
        taken.add(own)
        found.append(replace(one, id=own, name=before.name if before else one.name))
    return tuple(found)


def _name(old: Name, new: Name) -> Name:
    """The name with its English and its other words, where it is still the same."""
    return old if key_of(old) == key_of(new) else new
