"""What a fact states: its date, those in charge, its number."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from answering.answer import Found
from answering.index import Doc
from answering.query import Span
from domain.policy import FactKind, Goal, Measure, Policy, Role, Stage, Target, YearlyEvent
from domain.timeline import Deadline
from language.numerals import parse_number
from language.script import fold


def due_of(found: Found) -> Deadline | None:
    """The date by which it shall be done."""
    fact = found.fact
    return fact.due if isinstance(fact, Target | Goal | Measure) else None


def due(doc: Doc) -> Deadline | None:
    """The same for what was found by search, which may be a milestone."""
    return doc.milestone.due if doc.milestone else due_of(doc.found)


def is_in(found: Found, spans: Iterable[Span]) -> bool:
    """Whether it falls in one of these times: a stage by its period, everything else by its date."""
    if isinstance(found.fact, Stage):
        return overlaps(found.fact, spans)
    deadline = due_of(found)
    return deadline is not None and any(span.first <= deadline.day <= span.last for span in spans)


def overlaps(stage: Stage, spans: Iterable[Span]) -> bool:
    """Whether a stage is under way at any of these times."""
    return any(span.first <= stage.end.day and stage.start.first_day <= span.last for span in spans)


def charged(found: Found) -> set[str]:
    """The ids of the departments in charge."""
    fact = found.fact
    return {charge.department for charge in fact.charges} if isinstance(fact, Measure) else set()


def is_sole(found: Found) -> bool:
    """Whether one department answers for it alone."""
    fact = found.fact
    return isinstance(fact, Measure) and any(charge.role is Role.SOLE for charge in fact.charges)


def is_a_body(policy: Policy, department: str) -> bool:
    """Whether it is named one by one; 区政府各部门 and 各镇街 are not."""
    roles = {
        charge.role for one in policy.measures for charge in one.charges if charge.department == department
    }
    return bool(roles - {Role.COLLECTIVE, Role.IMPLEMENTING})


def occasion_of(found: Found) -> str:
    """The day or month of a yearly event, the same for the same occasion in every policy."""
    return str(found.fact.yearly) if isinstance(found.fact, YearlyEvent) else ""


def number_of(found: Found) -> str:
    """Its number in plain digits, of a target the one in its id."""
    if found.kind is FactKind.TARGET:
        return found.fact.id.lstrip("T")
    return plain(found.fact.number) if isinstance(found.fact, Measure) else ""


@lru_cache(maxsize=1024)  # a few forms, asked of every entry
def plain(printed: str) -> str:
    """（七）, 7. and 任务七 as 7."""
    value = parse_number(_CALLED.sub("", fold(printed)).strip("(). "))
    return str(value) if value is not None else printed


# What a number is called, in front of it.
_CALLED: Final = re.compile("^[^0-9一二三四五六七八九十百(]+")
