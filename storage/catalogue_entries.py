"""The fields of a catalogue file: pydantic models that check them and turn them into the domain's nouns."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self
from unicodedata import category

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from domain.policy import (
    Basis,
    Charge,
    Comparator,
    Department,
    Goal,
    Group,
    Issuer,
    Measure,
    Milestone,
    Name,
    Passage,
    Policy,
    Role,
    Safeguard,
    Stage,
    Target,
    YearlyEvent,
)
from domain.timeline import Deadline, Yearly


def _printable(text: str) -> str:
    # Neither a chat nor PostgreSQL takes NUL and its like; YAML can smuggle them in as escapes.
    if any(category(character) == "Cc" for character in text if character not in "\n\t"):
        raise ValueError("a control character")
    return text


def _plain_figure(figure: Decimal) -> Decimal:
    # `0e-999999999` has one digit, and a billion when written out.
    if abs(int(figure.as_tuple().exponent)) > 18:
        raise ValueError("more than 18 places")
    return figure


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_printable),
]
# A quotation is kept character by character: its positions count them.
Quote = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
# Ids stand in links and buttons, which Telegram bounds: short, and of plain characters.
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,15}$")]
PolicyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
DateText = Annotated[Deadline, BeforeValidator(lambda value: Deadline.parse(str(value)))]
YearlyText = Annotated[Yearly, BeforeValidator(lambda value: Yearly.parse(str(value)))]
Figure = Annotated[Decimal, Field(ge=0, allow_inf_nan=False, max_digits=18), AfterValidator(_plain_figure)]

# A passage stands flat in its entry: the domain's name to the file's.
_PASSAGE = {"clause": "clause", "quote": "quote", "start": "quote_start", "end": "quote_end"}


class Entry(BaseModel):
    """A map of the file; `noun` is the domain type it becomes."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    noun: ClassVar[type]

    def to_domain(self) -> Any:
        """Build the domain value, entries within it included."""
        values = {name: _to_domain(getattr(self, name)) for name in type(self).model_fields}
        if isinstance(self, FactEntry):
            values["passage"] = Passage(**{key: values.pop(name) for key, name in _PASSAGE.items()})
        return self.noun(**values)


class NameEntry(Entry):
    """A bilingual name."""

    noun = Name
    zh: Text
    en: Text | None = None
    aliases: tuple[Text, ...] = ()


class FactEntry(Entry):
    """What every fact has: an id and where it stands."""

    id: Id
    clause: Text
    quote: Quote | None = None
    quote_start: int | None = Field(default=None, ge=0)
    quote_end: int | None = Field(default=None, ge=0)


class TargetEntry(FactEntry):
    """A numeric target."""

    noun = Target
    metric: NameEntry
    comparator: Comparator
    value: Figure
    value_max: Figure | None = None
    unit: NameEntry
    due: DateText | None = None
    per: Text | None = None
    topics: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _range_has_two_ends(self) -> Self:
        if (self.comparator is Comparator.RANGE) != (self.value_max is not None):
            raise ValueError("value_max belongs to the comparator `range`, and to it only")
        if self.value_max is not None and self.value_max < self.value:
            raise ValueError("value_max is below value")
        return self


class GoalEntry(FactEntry):
    """A qualitative goal."""

    noun = Goal
    statement: NameEntry
    due: DateText | None = None
    topics: tuple[Text, ...] = ()


class GroupEntry(FactEntry):
    """A heading over measures."""

    noun = Group
    number: Text
    title: NameEntry


class ChargeEntry(Entry):
    """A department's part in a measure."""

    noun = Charge
    department: Id
    role: Role


class MeasureEntry(FactEntry):
    """A task."""

    noun = Measure
    number: Text
    title: NameEntry
    group: Id | None = None
    summary: NameEntry | None = None
    topics: tuple[Text, ...] = ()
    charges: tuple[ChargeEntry, ...] = ()
    open_ended: bool = False
    due: DateText | None = None


class MilestoneEntry(Entry):
    """A thing due within a stage."""

    noun = Milestone
    id: Id
    name: NameEntry
    due: DateText


class StageEntry(FactEntry):
    """A stage."""

    noun = Stage
    name: NameEntry
    start: DateText
    end: DateText
    points: tuple[NameEntry, ...] = ()
    milestones: tuple[MilestoneEntry, ...] = ()

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end.day < self.start.first_day:
            raise ValueError("the stage ends before it starts")
        return self


class SafeguardEntry(FactEntry):
    """A supporting arrangement."""

    noun = Safeguard
    title: NameEntry
    summary: NameEntry | None = None
    topics: tuple[Text, ...] = ()


class BasisEntry(FactEntry):
    """A cited document."""

    noun = Basis
    title: NameEntry
    number: Text | None = None


class EventEntry(FactEntry):
    """A yearly occasion."""

    noun = YearlyEvent
    name: NameEntry
    yearly: YearlyText


class DepartmentEntry(FactEntry):
    """A department in charge."""

    noun = Department
    name: NameEntry


class IssuerEntry(FactEntry):
    """Who issued the policy."""

    noun = Issuer
    id: Id = "issuer"
    name: NameEntry


class PolicyEntry(Entry):
    """A whole file."""

    noun = Policy
    id: PolicyId
    title: NameEntry
    region: NameEntry
    issuer: IssuerEntry | None = None
    issued: DateText | None = None
    start: DateText | None = None
    end: DateText | None = None
    summary: NameEntry | None = None
    targets: tuple[TargetEntry, ...] = ()
    goals: tuple[GoalEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    measures: tuple[MeasureEntry, ...] = ()
    stages: tuple[StageEntry, ...] = ()
    safeguards: tuple[SafeguardEntry, ...] = ()
    basis: tuple[BasisEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()
    departments: tuple[DepartmentEntry, ...] = ()

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        facts = (self.targets, self.goals, self.groups, self.measures, self.stages)
        more = (self.safeguards, self.basis, self.events, self.departments)
        milestones = tuple(milestone for stage in self.stages for milestone in stage.milestones)
        _refuse_repeats(entry.id for part in (*facts, *more, milestones) for entry in part)
        groups = {group.id for group in self.groups}
        departments = {department.id for department in self.departments}
        for measure in self.measures:
            if measure.group is not None and measure.group not in groups:
                raise ValueError(f"measures[{measure.id}].group: no group has the id {measure.group}")
            for charge in measure.charges:
                if charge.department not in departments:
                    raise ValueError(
                        f"measures[{measure.id}].charges: no department has the id {charge.department}"
                    )
        return self

    @classmethod
    def tree_of(cls, policy: Policy) -> dict[str, Any]:
        """The policy as plain maps and lists in the order of the format; what is not stated is left out."""
        tree: dict[str, Any] = plain(policy)
        return tree


def _refuse_repeats(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"the id {one} is there twice")
        seen.add(one)


def _to_domain(value: Any) -> Any:
    if isinstance(value, Entry):
        return value.to_domain()
    if isinstance(value, tuple):
        return tuple(_to_domain(item) for item in value)
    return value


def plain(value: Any) -> Any:
    """A noun of the domain as maps, lists, text and figures; what is not stated is left out."""
    match value:
        case Deadline() | Yearly() | StrEnum():
            return str(value)
        case tuple():
            return [plain(item) for item in value]
        case Passage():
            return {name: getattr(value, key) for key, name in _PASSAGE.items()}
        case _ if is_dataclass(value):
            tree: dict[str, Any] = {}
            for field in fields(value):
                item = plain(getattr(value, field.name))
                tree |= item if field.name == "passage" else {field.name: item}
            return {key: item for key, item in tree.items() if not _is_unstated(item)}
        case _:
            return value


def _is_unstated(item: Any) -> bool:
    # Not `in (None, False, [])`: a figure or a position of 0 is stated, and equals False.
    return item is None or item is False or item == []
