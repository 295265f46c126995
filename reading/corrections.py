"""What a person writes to correct a reading, by the reader's own grammar: 不少于30项, 2025年6月底前."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy import Comparator
from domain.timeline import Deadline
from reading.clauses import clauses_of
from reading.departments import read_parts
from reading.due import find_dues
from reading.figures import find_figures
from reading.plain import likeness
from reading.wording import polished

if TYPE_CHECKING:
    from decimal import Decimal

    from domain.policy import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A figure with its comparator and unit; `per` is `year` for a yearly rate."""

    comparator: Comparator
    value: Decimal
    value_max: Decimal | None
    unit: str
    per: str | None


def read_amount(words: str) -> Amount | None:
    """`不少于30项`, `30—50项`, `95%以上`; None where that is not one figure with a known unit."""
    text = "".join(likeness(words).split())
    figures = find_figures(text)
    found = clauses_of(text, figures, ())
    if len(figures) != 1 or len(found) != 1:
        return None
    figure = found[0].figure
    if not figure.unit and found[0].after:
        return None
    return Amount(
        comparator=found[0].comparator or Comparator.EXACTLY,
        value=figure.value,
        value_max=figure.high,
        unit=figure.unit or "分",
        per=found[0].per,
    )


def read_deadline(words: str) -> Deadline | None:
    """`2025-12`, `2025-Q3`, `2025年12月底前`; None where there is not exactly one date."""
    text = "".join(likeness(words).split())
    try:
        return Deadline.parse(text)
    except ValueError:
        dues = find_dues(text, None)
    return dues[0].deadline if len(dues) == 1 else None


def read_name(words: str) -> str:
    """A title or a metric as the reader writes it: Simplified, on one line."""
    return polished(" ".join(likeness(words).split()))


def read_departments(words: str) -> list[tuple[str, Role]]:
    """`甲局、乙局`, `牵头单位：甲局；配合单位：乙局`: each department and its part."""
    text = likeness(words).strip()
    labelled = text if ":" in text or "牵头" in text or "负责" in text else f"责任单位:{text}"
    return list(dict.fromkeys((part.department, part.role) for part in read_parts(labelled)))
