"""Correcting a draft: an entry dropped, or a field of it said otherwise in words that the reader reads."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from bot.refusal import Refusal
from bot.words.translations import N_
from domain.policy import (
    AnyFact,
    Charge,
    Department,
    FactKind,
    Goal,
    Issuer,
    Measure,
    Name,
    Passage,
    Policy,
    Target,
    YearlyEvent,
)
from domain.policy import Stage as PolicyStage
from reading.corrections import read_amount, read_deadline, read_departments, read_name

FRAME = "policy"
"""Stands for an entry's id where title, region or issuer are meant."""

LONGEST = 300
_NONE = frozenset({"无", "無", "没有", "沒有", "none", "-", "—"})
_FIELDS = {
    FactKind.TARGET: "targets",
    FactKind.GOAL: "goals",
    FactKind.MEASURE: "measures",
    FactKind.STAGE: "stages",
    FactKind.SAFEGUARD: "safeguards",
    FactKind.BASIS: "basis",
    FactKind.EVENT: "events",
}
REVIEWED = tuple(_FIELDS)
"""The kinds a person looks through; headings and departments follow from the measures."""


class Field(StrEnum):
    """What of an entry can be said otherwise."""

    NAME = "name"  # a metric, a title
    FIGURE = "figure"  # comparator, value and unit
    DUE = "due"
    WHO = "who"
    REGION = "region"
    ISSUER = "issuer"


def fields_of(fact: AnyFact) -> tuple[Field, ...]:
    """What of this entry can be said otherwise."""
    match fact:
        case Target():
            return (Field.NAME, Field.FIGURE, Field.DUE)
        case Measure():
            return (Field.NAME, Field.WHO, Field.DUE)
        case Goal():
            return (Field.NAME, Field.DUE)
        case _:
            return (Field.NAME,)


def of_kind(policy: Policy, kind: FactKind) -> tuple[AnyFact, ...]:
    """The entries of a kind that is reviewed."""
    found: tuple[AnyFact, ...] = getattr(policy, _FIELDS[kind])
    return found


def entry(policy: Policy, fact_id: str) -> tuple[FactKind, AnyFact] | None:
    """An entry that is reviewed, with its kind."""
    return next(
        ((kind, fact) for kind in REVIEWED for fact in of_kind(policy, kind) if fact.id == fact_id), None
    )


def without(policy: Policy, fact_id: str) -> Policy:
    """The policy without an entry, and without headings and departments that nothing names any more."""
    return _pruned(policy, _with(policy, fact_id, lambda _: None))


def corrected(policy: Policy, fact_id: str, field: Field, words: str) -> Policy:
    """The policy with a field said otherwise.

    Raises:
        Refusal: the words can't be read as that, or are too long.
    """
    if len(words) > LONGEST:
        raise Refusal(
            N_("That is too long: {length} characters, where {limit} fit."), length=len(words), limit=LONGEST
        )
    if fact_id == FRAME:
        return _frame(policy, field, words)
    match field:
        case Field.FIGURE:
            return _with(policy, fact_id, lambda fact: _with_amount(fact, words))
        case Field.DUE:
            due = None if words.strip().lower() in _NONE else read_deadline(words)
            if due is None and words.strip().lower() not in _NONE:
                raise Refusal(N_("I can't read that as a date. Write for example 2025-12 or 2025年底前."))
            return _with(policy, fact_id, lambda fact: replace(fact, due=due))
        case Field.WHO:
            return _pruned(policy, _with_departments(policy, fact_id, words))
        case _:
            return _with(policy, fact_id, lambda fact: _renamed(fact, _name(words)))


def _frame(policy: Policy, field: Field, words: str) -> Policy:
    named = _name(words)
    match field:
        case Field.REGION:
            return replace(policy, region=named)
        case Field.ISSUER:
            passage = policy.issuer.passage if policy.issuer else Passage(clause="—")
            return replace(policy, issuer=Issuer(id="issuer", name=named, passage=passage))
        case _:
            return replace(policy, title=named)


def _name(words: str) -> Name:
    read = read_name(words)
    if not read:
        raise Refusal(N_("A name needs at least one character."))
    return Name(zh=read)


def _renamed(fact: Any, name: Name) -> Any:
    match fact:
        case Target():
            return replace(fact, metric=name)
        case Goal():
            return replace(fact, statement=name)
        case PolicyStage() | YearlyEvent():
            return replace(fact, name=name)
        case _:
            return replace(fact, title=name)


def _with_amount(fact: Any, words: str) -> Any:
    amount = read_amount(words)
    if amount is None or not isinstance(fact, Target):
        raise Refusal(N_("I can't read that as one figure. Write for example 不少于30项 or 95%以上."))
    return replace(
        fact,
        comparator=amount.comparator,
        value=amount.value,
        value_max=amount.value_max,
        unit=Name(zh=amount.unit),
        per=amount.per,
    )


def _with_departments(policy: Policy, fact_id: str, words: str) -> Policy:
    parts = [] if words.strip().lower() in _NONE else read_departments(words)
    if not parts and words.strip().lower() not in _NONE:
        raise Refusal(N_("I can't read departments in that. Write for example 市民政局、市财政局."))
    measure = next(one for one in policy.measures if one.id == fact_id)
    known = {one.name.zh: one for one in policy.departments}
    number = max((int(one.id[1:]) for one in policy.departments if one.id[1:].isdecimal()), default=0)
    for name, _ in parts:
        if name not in known:
            number += 1
            known[name] = Department(id=f"D{number}", passage=measure.passage, name=Name(zh=name))
    charges = tuple(Charge(department=known[name].id, role=role) for name, role in parts)
    policy = replace(policy, departments=tuple(known.values()))
    return _with(policy, fact_id, lambda fact: replace(fact, charges=charges, open_ended=False))


def _with(policy: Policy, fact_id: str, change: Callable[[Any], Any]) -> Policy:
    """The policy with one entry changed, or left out where the change gives None."""
    held = entry(policy, fact_id)
    if held is None:
        raise Refusal(N_("That is no longer there."))
    field = _FIELDS[held[0]]
    changed = (change(fact) if fact.id == fact_id else fact for fact in getattr(policy, field))
    values: dict[str, Any] = {field: tuple(fact for fact in changed if fact is not None)}
    return replace(policy, **values)


def _pruned(before: Policy, after: Policy) -> Policy:
    """Without the departments and headings that a measure named before, and none names now."""
    gone = _named(before) - _named(after)
    return replace(
        after,
        departments=tuple(one for one in after.departments if one.id not in gone),
        groups=tuple(one for one in after.groups if one.id not in gone),
    )


def _named(policy: Policy) -> frozenset[str | None]:
    charged = {charge.department for measure in policy.measures for charge in measure.charges}
    return frozenset({*charged, *(measure.group for measure in policy.measures)})
