"""A reading in the stable form of `zhunshi read --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from domain.timeline import Deadline
    from reading.result import ReadBasis, Reading, ReadMeasure, ReadStage, ReadTarget


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading in JSON's types; a date is the last day of what was named, as `2025-12-31`, or None."""
    return {
        "title": reading.title,
        "issuer": reading.issuer.name if reading.issuer else None,
        "region": reading.region,
        "period": {
            "start": reading.start.first_day.isoformat() if reading.start else None,
            "end": _day(reading.end),
        },
        "targets": [_target(target) for target in reading.targets],
        "measures": [_measure(measure) for measure in reading.measures],
        "stages": [_stage(stage) for stage in reading.stages],
        "safeguards": [safeguard.title for safeguard in reading.safeguards],
        "events": [{"name": event.name, "date": str(event.yearly)} for event in reading.events],
        "basis": [_basis(basis) for basis in reading.basis],
        "unread": [{"quote": item.quotation.text, "reason": item.reason} for item in reading.unread],
    }


def _target(target: ReadTarget) -> dict[str, Any]:
    return {
        "metric": target.metric,
        "comparator": str(target.comparator),
        "value": _figure(target.value),
        "value_max": None if target.value_max is None else _figure(target.value_max),
        "unit": target.unit,
        "due": _day(target.due),
        "per": target.per,
        "quote": target.quotation.text,
        "start": target.quotation.start,
        "end": target.quotation.end,
        "section": target.clause,
    }


def _measure(measure: ReadMeasure) -> dict[str, Any]:
    return {
        "number": measure.number,
        "title": measure.title,
        "parent": measure.parent,
        "departments": list(measure.departments),
        "lead": list(measure.lead),
        "due": _day(measure.due),
        "quote": measure.quotation.text,
    }


def _stage(stage: ReadStage) -> dict[str, Any]:
    return {
        "name": stage.name,
        "start": stage.start.first_day.isoformat(),
        "end": _day(stage.end),
        "milestones": [milestone.name for milestone in stage.milestones],
    }


def _basis(basis: ReadBasis) -> str:
    return f"{basis.title}（{basis.number}）" if basis.number else basis.title


def _day(deadline: Deadline | None) -> str | None:
    return deadline.day.isoformat() if deadline else None


def _figure(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
