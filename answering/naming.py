"""The words a fact can be found by, and how much each of them tells."""

from collections.abc import Iterator
from typing import Final

from domain.policy import (
    AnyFact,
    Basis,
    Department,
    Goal,
    Group,
    Measure,
    Name,
    Safeguard,
    Stage,
    Target,
    YearlyEvent,
)

NAMED: Final = 3.0  # its title, metric or statement
ALIAS: Final = 2.5  # other words for it
TOPIC: Final = 2.0  # what it is about
PROSE: Final = 1.0  # its summary
QUOTED: Final = 0.8  # the original passage


def terms_of(fact: AnyFact) -> Iterator[tuple[str, float]]:
    """The words a fact can be found by, each with how much it tells."""
    name = name_of(fact)
    yield from ((text, NAMED) for text in (name.zh, name.en) if text)
    yield from ((alias, ALIAS) for alias in name.aliases)
    if isinstance(fact, Target | Goal | Measure | Safeguard):
        yield from ((topic, TOPIC) for topic in fact.topics)
    if isinstance(fact, Measure | Safeguard) and fact.summary:
        yield from ((text, PROSE) for text in forms(fact.summary))
    if isinstance(fact, Stage):
        yield from ((text, PROSE) for point in fact.points for text in forms(point))
    if isinstance(fact, Basis) and fact.number:
        yield fact.number, ALIAS
    if fact.passage.quote:
        yield fact.passage.quote, QUOTED


def name_of(fact: AnyFact) -> Name:
    """What a fact is called."""
    match fact:
        case Target(metric=name) | Goal(statement=name):
            return name
        case Group(title=name) | Measure(title=name) | Safeguard(title=name) | Basis(title=name):
            return name
        case Stage(name=name) | YearlyEvent(name=name) | Department(name=name):
            return name


def forms(name: Name) -> Iterator[str]:
    """A name in each language, and its other words."""
    yield name.zh
    if name.en:
        yield name.en
    yield from name.aliases
