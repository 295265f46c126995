"""A reading as the domain's Policy, as a person confirms and the store keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.policy import (
    Basis,
    Charge,
    Department,
    Goal,
    Group,
    Issuer,
    Measure,
    Milestone,
    Name,
    Passage,
    Policy,
    Safeguard,
    Stage,
    Target,
    YearlyEvent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reading.result import Found, Reading, ReadMeasure, ReadStage, ReadTarget

UNTITLED: Final = "未命名文件"
NO_REGION: Final = "未写明地区"


def to_policy(reading: Reading, policy_id: str) -> Policy:
    """The reading with ids like the catalogue's (T1, Q1, G1, M1, S1, F1, B1, E1, D1) and Chinese names only.

    What the text leaves out stays out; only title and region have words of their own then, since a policy
    must have both.
    """
    departments = _departments(reading)
    ids = {department.name.zh: department.id for department in departments}
    groups = _groups(reading)
    group_ids = {group.passage.clause: group.id for group in groups}
    return Policy(
        id=policy_id,
        title=Name(zh=reading.title or UNTITLED),
        region=Name(zh=reading.region or NO_REGION),
        issuer=_issuer(reading),
        issued=reading.issued,
        start=reading.start,
        end=reading.end,
        targets=tuple(_target(one, f"T{at}") for at, one in enumerate(reading.targets, 1)),
        goals=tuple(
            Goal(id=f"Q{at}", passage=_passage(one), statement=Name(zh=one.statement), due=one.due)
            for at, one in enumerate(reading.goals, 1)
        ),
        groups=groups,
        measures=tuple(_measure(one, f"M{at}", ids, group_ids) for at, one in enumerate(reading.measures, 1)),
        stages=tuple(_stage(one, f"S{at}") for at, one in enumerate(reading.stages, 1)),
        safeguards=tuple(
            Safeguard(id=f"F{at}", passage=_passage(one), title=Name(zh=one.title))
            for at, one in enumerate(reading.safeguards, 1)
        ),
        basis=tuple(
            Basis(id=f"B{at}", passage=_passage(one), title=Name(zh=one.title), number=one.number)
            for at, one in enumerate(reading.basis, 1)
        ),
        events=tuple(
            YearlyEvent(id=f"E{at}", passage=_passage(one), name=Name(zh=one.name), yearly=one.yearly)
            for at, one in enumerate(reading.events, 1)
        ),
        departments=departments,
    )


def _issuer(reading: Reading) -> Issuer | None:
    if reading.issuer is None:
        return None
    return Issuer(id="issuer", name=Name(zh=reading.issuer.name), passage=_passage(reading.issuer))


def _passage(found: Found) -> Passage:
    quotation = found.quotation
    return Passage(clause=found.clause, quote=quotation.text, start=quotation.start, end=quotation.end)


def _target(target: ReadTarget, at: str) -> Target:
    return Target(
        id=at,
        passage=_passage(target),
        metric=Name(zh=target.metric),
        comparator=target.comparator,
        value=target.value,
        value_max=target.value_max,
        unit=Name(zh=target.unit or _unit(target)),
        due=target.due,
        per=target.per,
    )


def _unit(target: ReadTarget) -> str:
    """What a figure without a unit counts: an index points, 事故为零 cases, 差错率为零 per cent."""
    if target.value:
        return "分"
    return "%" if target.metric.endswith("率") else "起"


def _groups(reading: Reading) -> tuple[Group, ...]:
    return tuple(
        Group(id=f"G{at}", passage=_passage(one), number=one.number, title=Name(zh=one.title))
        for at, one in enumerate(reading.groups, 1)
    )


def _measure(
    measure: ReadMeasure, at: str, departments: Mapping[str, str], groups: Mapping[str, str]
) -> Measure:
    return Measure(
        id=at,
        passage=_passage(measure),
        number=measure.number or at.removeprefix("M"),
        title=Name(zh=measure.title),
        group=groups.get(measure.group) if measure.group else None,
        charges=tuple(
            Charge(department=departments[charge.department], role=charge.role) for charge in measure.charges
        ),
        open_ended=measure.open_ended,
        due=measure.due,
    )


def _stage(stage: ReadStage, at: str) -> Stage:
    return Stage(
        id=at,
        passage=_passage(stage),
        name=Name(zh=stage.name),
        start=stage.start,
        end=stage.end,
        points=tuple(Name(zh=point) for point in stage.points),
        milestones=tuple(
            Milestone(id=f"{at}-{number}", name=Name(zh=one.name), due=one.due)
            for number, one in enumerate(stage.milestones, 1)
        ),
    )


def _departments(reading: Reading) -> tuple[Department, ...]:
    """Each department once; its passage is the first measure that names it."""
    first = {name: measure for measure in reversed(reading.measures) for name in measure.departments}
    return tuple(
        Department(id=f"D{at}", passage=_passage(first[name]), name=Name(zh=name))
        for at, name in enumerate(reading.departments, 1)
    )
