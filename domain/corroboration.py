"""Two texts of one policy, a full one and a digest: what both say, what one adds, where they disagree."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.matching import COMPARED, key_of, matched, of_kind
from domain.policy import (
    AnyFact,
    Basis,
    FactKind,
    Goal,
    Measure,
    Policy,
    Stage,
    Target,
    YearlyEvent,
)
from domain.timeline import Deadline

PERIOD = "policy"
"""Stands for an entry's id where the policy's own period is meant."""


class Relation(StrEnum):
    """What a text is to the one that is held of the same policy."""

    VERSION = "version"  # takes its place: what it leaves out is gone
    TEXT = "text"  # the same policy in fewer or more words: nothing goes
    UNSURE = "unsure"  # a person has to say which of the two


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What two texts say otherwise of the same thing; whole policies where their periods differ."""

    kind: FactKind
    fuller: AnyFact | Policy
    shorter: AnyFact | Policy

    @property
    def id(self) -> str:
        """By which it is chosen: of the shorter text's entry."""
        return PERIOD if isinstance(self.shorter, Policy) else self.shorter.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """A shorter text beside a fuller one of the same policy."""

    agreed: int  # statements of the shorter that the fuller has too
    contradictions: tuple[Contradiction, ...] = ()
    additions: tuple[tuple[FactKind, AnyFact], ...] = ()  # what only the shorter says


def relation(held: Policy, new: Policy) -> Relation:
    """What a text is to the one held, by how much each says.

    One nearly as long is a later version. Where one is much shorter, they are two texts if it says little
    that the longer does not. Measures of its own, or another period or issuer, leave it open.
    """
    fuller, shorter = by_fullness(held, new)
    if 3 * _size(shorter) > 2 * _size(fuller):
        return Relation.VERSION
    found = corroboration(fuller, shorter)
    measures = any(kind is FactKind.MEASURE for kind, _ in found.additions)
    frame = _periods_differ(held, new) or _issuers_differ(held, new)
    sure = not measures and not frame and 4 * found.agreed >= 3 * _size(shorter)
    return Relation.TEXT if sure else Relation.UNSURE


def by_fullness(held: Policy, new: Policy) -> tuple[Policy, Policy]:
    """The one that says more, then the other."""
    return (new, held) if _size(new) > _size(held) else (held, new)


def corroboration(fuller: Policy, shorter: Policy) -> Corroboration:
    """Compare two texts of a policy; that one leaves something out contradicts nothing."""
    found: list[Contradiction] = []
    if _periods_differ(fuller, shorter):
        found.append(Contradiction(kind=FactKind.POLICY, fuller=fuller, shorter=shorter))
    additions: list[tuple[FactKind, AnyFact]] = []
    agreed = 0
    for kind in COMPARED:
        same = matched(kind, fuller, shorter, by_number=False)
        for fact in of_kind(shorter, kind):
            said = same.get(fact.id)
            if said is not None and _disagree(said, fact, fuller, shorter):
                found.append(Contradiction(kind=kind, fuller=said, shorter=fact))
            elif said is not None or _is_heading(fact, fuller):
                agreed += 1
            else:
                additions.append((kind, fact))
    return Corroboration(agreed=agreed, contradictions=tuple(found), additions=tuple(additions))


def _size(policy: Policy) -> int:
    return sum(len(of_kind(policy, kind)) for kind in COMPARED)


def _is_heading(fact: AnyFact, fuller: Policy) -> bool:
    """A digest gives as its tasks what the full text has as headings over its own."""
    return isinstance(fact, Measure) and key_of(fact.title) in {key_of(one.title) for one in fuller.groups}


def _periods_differ(one: Policy, other: Policy) -> bool:
    return _dates_differ(one.start, other.start) or _dates_differ(one.end, other.end)


def _issuers_differ(one: Policy, other: Policy) -> bool:
    """温州市人民政府 and 温州市人民政府办公室 do not."""
    if one.issuer is None or other.issuer is None:
        return False
    names = key_of(one.issuer.name), key_of(other.issuer.name)
    return not (names[0] in names[1] or names[1] in names[0])


def _dates_differ(one: Deadline | None, other: Deadline | None) -> bool:
    """到2025年 and 2025年底前 do not: the one lies within the other."""
    if one is None or other is None:
        return False
    return not (one.first_day <= other.day <= one.day or other.first_day <= one.day <= other.day)


def _disagree(said: Any, fact: Any, fuller: Policy, shorter: Policy) -> bool:
    match fact:
        case Target():
            return _figure(said) != _figure(fact) or _dates_differ(said.due, fact.due)
        case Goal():
            return _dates_differ(said.due, fact.due)
        case Measure():
            mine, theirs = _charged(said, fuller), _charged(fact, shorter)
            return _dates_differ(said.due, fact.due) or bool(mine and theirs and not theirs <= mine)
        case Stage():
            known = {one.name.zh: one.due for one in said.milestones}
            dates = [(said.start, fact.start), (said.end, fact.end)]
            dates += [(known[one.name.zh], one.due) for one in fact.milestones if one.name.zh in known]
            return any(_dates_differ(*pair) for pair in dates)
        case Basis():
            return bool(said.number and fact.number and said.number != fact.number)
        case YearlyEvent():
            return bool(said.yearly != fact.yearly)
        case _:
            return False


def _figure(target: Target) -> tuple[object, ...]:
    return target.comparator, target.value, target.value_max, target.unit.zh, target.per


def _charged(measure: Measure, policy: Policy) -> frozenset[str]:
    names = {one.id: one.name.zh for one in policy.departments}
    return frozenset(names[charge.department] for charge in measure.charges)
