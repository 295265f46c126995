"""Every name and English word that a question may hold, to tell what a slip was meant to say."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from answering.cues import cue_terms
from answering.naming import TOPIC, forms, terms_of
from domain.policy import Policy
from language.script import fold
from language.words import stem


class Vocabulary:
    """The Chinese names of facts, policies and departments, and the English words known."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        policies = tuple(policies)
        names = {fold(name) for policy in policies for name in _names(policy)}
        self.names: Final = sorted(name for name in names if len(name) > 2 and _HAN.fullmatch(name))
        self._known = frozenset(self.names)
        self._by_edge: Final[dict[str, list[int]]] = defaultdict(list)
        for at, name in enumerate(self.names):
            for char in {name[0], name[-1]}:
                self._by_edge[char].append(at)
        texts = [text for policy in policies for text in _texts(policy)]
        texts += cue_terms()
        words = {word for text in texts for word in _WORD.findall(fold(text))}
        self.stems: Final = frozenset(map(stem, words))
        self._by_letter: Final[dict[str, list[str]]] = defaultdict(list)
        for word in sorted(words):
            self._by_letter[word[0]].append(word)

    def knows(self, name: str) -> bool:
        """Whether it is one of the Chinese names."""
        return name in self._known

    def names_near(self, text: str) -> list[str]:
        """The Chinese names of which the text holds the first or the last character."""
        numbers = {at for char in set(text) for at in self._by_edge.get(char, ())}
        return [self.names[at] for at in sorted(numbers)]

    def words_from(self, letter: str) -> Sequence[str]:
        """The English words that begin so: hardly anybody slips at the first letter."""
        return self._by_letter.get(letter, [])


def _names(policy: Policy) -> Iterator[str]:
    yield from forms(policy.title)
    for department in policy.departments:
        yield from forms(department.name)
    for _, fact in policy.facts():
        yield from (term for term, weight in terms_of(fact) if weight >= TOPIC)


def _texts(policy: Policy) -> Iterator[str]:
    for _, fact in policy.facts():
        yield from (term for term, _ in terms_of(fact))


_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_WORD: Final = re.compile("[a-z]{3,}")
