"""Every fact of the catalogue as a document: which words it holds, and which names mean it.

Ranking is a plain weighted sum of inverse document frequencies (Robertson & Spärck Jones) over pairs of
Chinese characters and English stems; no length norm, since a fact's words are few and chosen.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from answering.answer import Found
from answering.cues import cue_terms
from answering.dictionary import Dictionary
from answering.lexicon import Lexicon, pairs, words_of
from answering.likeness import Likeness
from answering.naming import NAMED, QUOTED, TOPIC, forms, terms_of
from answering.offices import latin_names, short_names
from answering.regions import names_of, shorter
from answering.senses import DepartmentSense, FactSense, PlaceSense, PolicySense, Sense
from answering.shorthand import alike
from answering.vocabulary import Vocabulary
from domain.policy import Department, FactKind, Measure, Milestone, Policy, Stage, Target
from language.places import Level, all_places
from language.script import fold


@dataclass(frozen=True, slots=True)
class Doc:
    """A fact to be found; with `milestone` the one within its stage."""

    number: int
    found: Found
    milestone: Milestone | None = None


class Term(NamedTuple):
    """A search term: what it tells, what it tells against a fact without it, and who holds it how much."""

    weight: float
    lack: float
    holders: Mapping[int, float]


class Index:
    """Documents, the words they hold, and the lexicon of names."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = tuple(policies)
        self.by_id = {policy.id: policy for policy in self.policies}
        self.regions = [term for policy in self.policies for term in names_of(policy.region)]
        self.in_chinese_only = any(policy.title.en is None for policy in self.policies)
        self.docs: list[Doc] = []
        self.by_reference: dict[tuple[str, str, str], Doc] = {}
        self.postings: dict[str, dict[int, float]] = {}
        self.entries: dict[tuple[str, FactKind], tuple[Found, ...]] = {}
        self.departments: dict[tuple[str, str], Department] = {}
        self.duties: dict[tuple[str, str], tuple[Measure, ...]] = {}
        self._of_policy: dict[str, set[int]] = defaultdict(set)
        self._of_kind: dict[FactKind, set[int]] = defaultdict(set)
        self._words: dict[str, AbstractSet[str]] = {}
        self.lexicon: Lexicon[Sense] = Lexicon()
        self._add_cues()
        self._add_places()
        for policy in self.policies:
            self._add_policy(policy)
        self._title_terms = {
            policy.id: frozenset(term for form in forms(policy.title) for term in pairs(_tokens(form)))
            for policy in self.policies
        }
        self.known = frozenset().union(self.postings, *self._title_terms.values())
        self._title_words = {
            policy.id: frozenset(word for form in forms(policy.title) for word in _tokens(form))
            for policy in self.policies
        }
        self._all = set(range(len(self.docs)))  # not frozen: only with a set is `&` quick for a rare term
        count = max(len(self.docs), 1)
        # Rare terms tell much, unknown ones most.
        self.terms = {word: _term(count / len(held), held) for word, held in self.postings.items()}
        self.unknown = _term(2 * count, {})

    def numbers(self, policies: Collection[str], kinds: Collection[FactKind]) -> Collection[int]:
        """The documents of these policies and kinds; none of either means all."""
        of_policies = _union([self._of_policy.get(one, _NONE) for one in policies])
        of_kinds = _union([self._of_kind.get(one, _NONE) for one in kinds])
        if policies and kinds:
            return of_policies & of_kinds
        return of_policies if policies else of_kinds if kinds else self._all

    def words_of_policy(self, policy: str) -> AbstractSet[str]:
        """The pairs of Chinese characters that its entries hold; worked out when a slip is looked for."""
        if policy not in self._words:
            held = self._of_policy.get(policy, _NONE)
            chinese = ((term, on) for term, on in self.postings.items() if len(term) > 1 and term[0] >= "一")
            self._words[policy] = frozenset(term for term, on in chinese if not held.isdisjoint(on))
        return self._words[policy]

    def title_terms(self, policies: Collection[str]) -> Collection[str]:
        """The search terms of the titles of these policies."""
        known = self._title_terms
        if len(policies) == 1:
            return known.get(next(iter(policies)), frozenset())
        return frozenset[str]().union(*(known.get(one, ()) for one in policies))

    def title_words(self, policy: Policy) -> Collection[str]:
        """The tokens of a policy's title and its other names, in both languages."""
        return self._title_words.get(policy.id, frozenset())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names and words that a slip may have meant; built when the first slip is looked for."""
        return Vocabulary(self.policies)

    @cached_property
    def likeness(self) -> Likeness:
        """How much the characters of targets' names tell; built when one is asked for in other words."""
        return Likeness(fold(target.metric.zh) for policy in self.policies for target in policy.targets)

    @cached_property
    def dictionary(self) -> Dictionary:
        """What English words are called in policies held in Chinese only; built when one is unknown."""
        return Dictionary(self.policies, self.lexicon)

    def _add_cues(self) -> None:
        # Cues and places are written as they are folded: folding them again takes longer than all the rest.
        for term, cues in cue_terms().items():
            words = words_of(term)
            for cue in sorted(cues):
                self.lexicon.add(words, cue)

    def _add_places(self) -> None:
        for place in all_places().values():
            self.lexicon.add(place.name, PlaceSense(place.name, place.code))
            if place.short:
                for name in (place.short, *shorter(place)):
                    self.lexicon.add(name, PlaceSense(name, place.code))
            if place.level is not Level.COUNTY:  # county names in pinyin are too many, and too like words
                english = PlaceSense(place.english, place.code)
                self.lexicon.add(words_of(place.english.lower()), english)

    def _add_policy(self, policy: Policy) -> None:
        for term, place in names_of(policy.region).items():
            self.lexicon.add(_tokens(term), PolicySense(policy.id, by_title=False))
            if place:
                self.lexicon.add(_tokens(term), PlaceSense(term, place.code))
        for term in forms(policy.title):
            self.lexicon.add(_tokens(term), PolicySense(policy.id, by_title=True))
        for measure in policy.measures:
            for department in {charge.department for charge in measure.charges}:
                key = policy.id, department
                self.duties[key] = (*self.duties.get(key, ()), measure)
        headings = {} if policy.title.en else {one.passage.clause: one.title.zh for one in policy.measures}
        for kind, fact in policy.facts():
            found = Found(policy=policy, kind=kind, fact=fact)
            self.entries[policy.id, kind] = (*self.entries.get((policy.id, kind), ()), found)
            if isinstance(fact, Department):
                self.departments[policy.id, fact.id] = fact
                for term in (*forms(fact.name), *short_names(fact.name.zh), *latin_names(fact.name.zh)):
                    self.lexicon.add(_tokens(term), DepartmentSense(policy.id, fact.id))
                continue
            self._add(found, terms_of(fact))
            if isinstance(fact, Target) and fact.passage.clause in headings:
                self._add_words(len(self.docs) - 1, headings[fact.passage.clause], QUOTED)
            for milestone in fact.milestones if isinstance(fact, Stage) else ():
                self._add(found, ((term, NAMED) for term in forms(milestone.name)), milestone)

    def _add(
        self, found: Found, terms: Iterable[tuple[str, float]], milestone: Milestone | None = None
    ) -> None:
        number = len(self.docs)
        doc = Doc(number, found, milestone)
        self.docs.append(doc)
        self._of_policy[found.policy.id].add(number)
        self._of_kind[found.kind].add(number)
        self.by_reference[found.policy.id, found.kind, milestone.id if milestone else found.fact.id] = doc
        for term, weight in terms:
            self._add_words(number, term, weight)

    def _add_words(self, number: int, term: str, weight: float) -> None:
        words = _tokens(term)
        if weight >= TOPIC:
            self.lexicon.add(words, FactSense(number, weight))
        for pair in pairs(words):
            held = self.postings.setdefault(pair, {})
            held[number] = max(weight, held.get(number, 0.0))


def _term(rarity: float, holders: Mapping[int, float]) -> Term:
    weight = math.log(1 + rarity)
    return Term(weight, weight, holders)


def _union(sets: Sequence[AbstractSet[int]]) -> AbstractSet[int]:
    return sets[0] if len(sets) == 1 else set[int]().union(*sets)


_NONE: Final[AbstractSet[int]] = frozenset()


def _tokens(text: str) -> list[str]:
    return words_of(alike(fold(text)))
