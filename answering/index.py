"""Every fact of the catalogue as a document: which words it holds, and which names mean it.

Ranking is a plain weighted sum of inverse document frequencies (Robertson & Spärck Jones) over pairs of Chinese
characters and English stems; no length norm, since a fact's words are few and chosen.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from answering.answer import Found
from answering.cues import Cue, cue_terms
from answering.lexicon import Lexicon, pairs, tokenize
from domain.policy import (
    Basis,
    Department,
    FactKind,
    Goal,
    Group,
    Measure,
    Milestone,
    Name,
    Policy,
    Safeguard,
    Stage,
    Target,
    YearlyEvent,
)
from language.places import Level, all_places
from language.script import fold
from language.words import stem

# How much a word tells by where it stands in a fact.
NAMED: Final = 3.0  # its title, metric or statement
ALIAS: Final = 2.5  # other words for it
TOPIC: Final = 2.0  # what it is about
PROSE: Final = 1.0  # its summary
QUOTED: Final = 0.8  # the original passage


class PolicySense(NamedTuple):
    """A word that means a policy: its region, or its title."""

    policy: str
    by_title: bool


class DepartmentSense(NamedTuple):
    """A word that means a department of a policy."""

    policy: str
    department: str


class FactSense(NamedTuple):
    """A word that means, or is a topic of, the document with that number."""

    doc: int
    weight: float


class PlaceSense(NamedTuple):
    """A word that means a place; `code` is its GB/T 2260 code, of which a place within it shares the front."""

    name: str
    code: str


Sense = Cue | PolicySense | DepartmentSense | FactSense | PlaceSense


@dataclass(frozen=True, slots=True)
class Doc:
    """A fact to be found; with `milestone` the one within its stage."""

    number: int
    found: Found
    milestone: Milestone | None = None


class Index:
    """Documents, the words they hold, and the lexicon of names."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.docs: list[Doc] = []
        self.postings: dict[str, dict[int, float]] = {}
        self.lexicon: Lexicon[Sense] = Lexicon()
        self.policies = tuple(policies)
        self.regions = [term for policy in self.policies for term in _names(policy.region) if len(term) > 1]
        self.by_reference: dict[tuple[str, str, str], Doc] = {}
        for term, cues in cue_terms().items():
            for cue in sorted(cues):
                self.lexicon.add(term, cue)
        for place in all_places().values():
            for name in {place.name, place.short} - {""}:
                self.lexicon.add_words(name, PlaceSense(name, place.code))
            if place.level is not Level.COUNTY:  # county names in pinyin are too many, and too like words
                self.lexicon.add(place.english, PlaceSense(place.english, place.code))
        for policy in self.policies:
            self._add_policy(policy)
        count = max(len(self.docs), 1)
        self.weights = {term: math.log(1 + count / len(docs)) for term, docs in self.postings.items()}
        self.unknown = math.log(1 + 2 * count)

    def weight(self, term: str) -> float:
        """How much a search term tells: rare ones much, unknown ones most."""
        return self.weights.get(term, self.unknown)

    def title_words(self, policy: Policy) -> set[str]:
        """The tokens of a policy's title and its other names, in both languages."""
        return {word for term in _names(policy.title) for word in tokenize(fold(term)).words}

    @cached_property
    def chinese_names(self) -> list[str]:
        """Every Chinese name a question may hold, of three characters or more: of facts and departments."""
        terms = {fold(term) for doc in self.docs for term, weight in fact_terms(doc.found) if weight >= TOPIC}
        terms |= {
            fold(term)
            for policy in self.policies
            for name in (policy.title, *(one.name for one in policy.departments))
            for term in _names(name)
        }
        return sorted(term for term in terms if len(term) > 2 and _HAN.fullmatch(term))

    @cached_property
    def chinese_name_set(self) -> frozenset[str]:
        """The same, to look a stretch of text up."""
        return frozenset(self.chinese_names)

    @cached_property
    def words(self) -> dict[str, str]:
        """Every English word known, by its stem."""
        texts = [text for doc in self.docs for text, _ in fact_terms(doc.found)]
        texts += [term for policy in self.policies for one in policy.departments for term in _names(one.name)]
        texts += cue_terms()
        found = (word for text in texts for word in re.findall("[a-z]{3,}", fold(text)))
        return {stem(word): word for word in found}

    def words_from(self, letter: str) -> list[str]:
        """The English words that begin so: hardly anybody slips at the first letter."""
        return [word for word in self.words.values() if word[0] == letter]

    def _add_policy(self, policy: Policy) -> None:
        for term in (term for term in _names(policy.region) if len(term) > 1):  # 浙 stands in 浙政发 too
            self.lexicon.add(term, PolicySense(policy.id, by_title=False))
        for term in _names(policy.title):
            self.lexicon.add(term, PolicySense(policy.id, by_title=True))
        for kind, fact in policy.facts():
            found = Found(policy=policy, kind=kind, fact=fact)
            if isinstance(fact, Department):
                for term in _names(fact.name):
                    self.lexicon.add(term, DepartmentSense(policy.id, fact.id))
                continue
            self._add(found, None, fact_terms(found))
            if isinstance(fact, Stage):
                for milestone in fact.milestones:
                    terms = [(term, NAMED) for term in _names(milestone.name)]
                    self._add(found, milestone, iter(terms))

    def _add(self, found: Found, milestone: Milestone | None, terms: Iterator[tuple[str, float]]) -> None:
        number = len(self.docs)
        doc = Doc(number, found, milestone)
        self.docs.append(doc)
        key = milestone.id if milestone else found.fact.id
        self.by_reference[found.policy.id, found.kind, key] = doc
        for term, weight in terms:
            if weight >= TOPIC:
                self.lexicon.add(term, FactSense(number, weight))
            for word in pairs(tokenize(fold(term)).words):
                held = self.postings.setdefault(word, {})
                held[number] = max(weight, held.get(number, 0.0))


def fact_terms(found: Found) -> Iterator[tuple[str, float]]:
    """The words a fact can be found by, each with how much it tells."""
    fact = found.fact
    name = fact_name(found)
    yield name.zh, NAMED
    if name.en:
        yield name.en, NAMED
    yield from ((alias, ALIAS) for alias in name.aliases)
    if isinstance(fact, Target | Goal | Measure | Safeguard):
        yield from ((topic, TOPIC) for topic in fact.topics)
    if isinstance(fact, Measure | Safeguard) and fact.summary:
        yield from ((text, PROSE) for text in _names(fact.summary))
    if isinstance(fact, Stage):
        yield from ((text, PROSE) for point in fact.points for text in _names(point))
    if isinstance(fact, Basis) and fact.number:
        yield fact.number, ALIAS
    if fact.passage.quote:
        yield fact.passage.quote, QUOTED


def fact_name(found: Found) -> Name:
    """What a fact is called."""
    match found.fact:
        case Target(metric=name) | Goal(statement=name):
            return name
        case Group(title=name) | Measure(title=name) | Safeguard(title=name) | Basis(title=name):
            return name
        case Stage(name=name) | YearlyEvent(name=name) | Department(name=name):
            return name


def kinds_of(cues: Iterable[Cue]) -> list[FactKind]:
    """The kinds of entry that the cues name."""
    return [_KINDS[cue] for cue in cues if cue in _KINDS]


_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_KINDS: Final = {
    Cue.TARGET: FactKind.TARGET,
    Cue.GOAL: FactKind.GOAL,
    Cue.MEASURE: FactKind.MEASURE,
    Cue.GROUP: FactKind.GROUP,
    Cue.STAGE: FactKind.STAGE,
    Cue.SAFEGUARD: FactKind.SAFEGUARD,
    Cue.BASIS: FactKind.BASIS,
    Cue.EVENT: FactKind.EVENT,
    Cue.DEPARTMENT: FactKind.DEPARTMENT,
    Cue.POLICY: FactKind.POLICY,
}


def _names(name: Name) -> Iterator[str]:
    yield name.zh
    if name.en:
        yield name.en
    yield from name.aliases
