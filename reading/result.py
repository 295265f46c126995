"""What a reading found in a text: each statement with its exact quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar, dataclass_transform

from domain.policy import Comparator, Role

if TYPE_CHECKING:
    from decimal import Decimal

    from domain.timeline import Deadline, Yearly


class Quotation(NamedTuple):
    """The original characters `start:end` of the document's text, the end exclusive."""

    text: str
    start: int
    end: int


_Kind = TypeVar("_Kind")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def _value(kind: type[_Kind]) -> type[_Kind]:
    """A frozen dataclass to the type checker only: at run time one takes three times as long to make."""
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(kind)


@_value
class Found:
    """What every statement has: its clause (`二（三）2`) and its quotation."""

    clause: str
    quotation: Quotation


@_value
class ReadTarget(Found):
    """A target with a figure; `per` is `year` for a yearly rate, `metric` in mainland wording."""

    metric: str
    comparator: Comparator
    value: Decimal
    value_max: Decimal | None = None
    unit: str
    due: Deadline | None = None
    per: str | None = None


@_value
class ReadGoal(Found):
    """What shall be so, without a figure."""

    statement: str
    due: Deadline | None = None


@_value
class ReadGroup(Found):
    """A heading over measures."""

    number: str
    title: str


@_value
class ReadCharge:
    """A department as the text names it, and its part."""

    department: str
    role: Role
    clause: str


@_value
class ReadMeasure(Found):
    """A task at the finest numbered level; `group` is its heading's clause, `parent` its title."""

    number: str
    title: str
    parent: str | None = None
    group: str | None = None
    charges: tuple[ReadCharge, ...] = ()
    open_ended: bool = False
    due: Deadline | None = None

    @property
    def departments(self) -> tuple[str, ...]:
        """All departments, in the order of the text."""
        return tuple(dict.fromkeys(charge.department for charge in self.charges))

    @property
    def lead(self) -> tuple[str, ...]:
        """The departments that take the lead (牵头)."""
        named = (charge.department for charge in self.charges if charge.role is Role.LEAD)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMilestone:
    """A thing to be done within a stage, 中期评估."""

    name: str
    due: Deadline


@_value
class ReadStage(Found):
    """A stage with its period and what happens in it."""

    name: str
    start: Deadline
    end: Deadline
    points: tuple[str, ...] = ()
    milestones: tuple[ReadMilestone, ...] = ()


@_value
class ReadSafeguard(Found):
    """A supporting arrangement (保障措施)."""

    title: str


@_value
class ReadBasis(Found):
    """A document the policy rests on, with its number where printed."""

    title: str
    number: str | None = None


@_value
class ReadEvent(Found):
    """An occasion that comes every year."""

    name: str
    yearly: Yearly


@_value
class Issuer(Found):
    """Who issued the policy."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What looks like a statement but could not be read, and why (a sentence in Simplified Chinese)."""

    quotation: Quotation
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one text states; empty fields are what it leaves out."""

    title: str | None = None
    region: str | None = None
    issuer: Issuer | None = None
    issued: Deadline | None = None
    start: Deadline | None = None
    end: Deadline | None = None
    targets: tuple[ReadTarget, ...] = ()
    goals: tuple[ReadGoal, ...] = ()
    groups: tuple[ReadGroup, ...] = ()
    measures: tuple[ReadMeasure, ...] = ()
    stages: tuple[ReadStage, ...] = ()
    safeguards: tuple[ReadSafeguard, ...] = ()
    basis: tuple[ReadBasis, ...] = ()
    events: tuple[ReadEvent, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def departments(self) -> tuple[str, ...]:
        """Every department named, in the order of the text."""
        return tuple(dict.fromkeys(name for measure in self.measures for name in measure.departments))
