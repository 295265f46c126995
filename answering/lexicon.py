"""Which words mean what: the catalogue's own names beside the cues, found in a text by the longest match."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from language.script import fold
from language.words import stem

T = TypeVar("T")

# A Chinese character is a token, and so is a Latin word or number: `4k超高清` is 4k 超 高 清.
_TOKEN: Final = re.compile(r"[a-z0-9]+(?:[.&][a-z0-9]+)*|[\u3007\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A folded text as tokens: `words` (English ones as stems), and where each stands."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def joined(self, first: int, last: int) -> bool:
        """Whether no space or punctuation stands between two neighbouring tokens."""
        return self.ends[first] == self.starts[last]


def tokenize(folded: str) -> Tokens:
    """Cut a folded text into tokens."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(folded):
        word = match.group()
        words.append(stem(word) if word.isalpha() and word.isascii() else word)
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(folded, words, starts, ends)


@dataclass(slots=True)
class _Node(Generic[T]):
    children: dict[str, "_Node[T]"] = field(default_factory=dict)
    meanings: list[T] = field(default_factory=list)


class Lexicon(Generic[T]):
    """A trie from token sequences to meanings."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, term: str, meaning: T) -> None:
        """Let `term`, in any script, mean `meaning` too."""
        self.add_words(tokenize(fold(term)).words, meaning)

    def add_words(self, words: Iterable[str], meaning: T) -> None:
        """The same for a term that is cut into tokens; a text of Chinese characters is its own tokens."""
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        if node is not self._root and meaning not in node.meanings:
            node.meanings.append(meaning)

    def meanings(self, term: str) -> list[T]:
        """What exactly this term means."""
        node: _Node[T] | None = self._root
        for word in tokenize(fold(term)).words:
            node = node.children.get(word) if node else None
        return node.meanings if node else []

    def matches(self, words: list[str]) -> Iterator[tuple[int, int, list[T]]]:
        """Longest matches from left to right as (first token, token behind the last, meanings)."""
        at, count = 0, len(words)
        root = self._root.children
        while at < count:
            node, end, found = root.get(words[at]), at + 1, None
            while node is not None:
                if node.meanings:
                    found = (at, end, node.meanings)
                node = node.children.get(words[end]) if end < count else None
                end += 1
            if found is not None:
                yield found
                at = found[1]
            else:
                at += 1


def pairs(tokens: Sequence[str]) -> list[str]:
    """Search terms of a run of tokens: pairs of Chinese characters, Latin words alone.

    标准化 is what every policy here is about; it tells nothing, and parts what stands beside it.
    """
    terms: list[str] = []
    before = ""
    at, count = 0, len(tokens)
    while at < count:
        word = tokens[at]
        if word == "标" and tokens[at : at + 3] in _GENERIC:
            before = ""
            at += 3
            continue
        if word[0] < "\u3007":
            if word not in _GENERIC_WORDS:
                terms.append(word)
            before = ""
        else:
            if before:
                terms.append(before + word)
            before = word
        at += 1
    return terms


_GENERIC: Final = (["标", "准", "化"], ("标", "准", "化"))
_GENERIC_WORDS: Final = frozenset({stem("standardisation"), stem("standardise")})
