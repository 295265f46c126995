"""Which words mean what: the catalogue's own names beside the cues, found in a text by the longest match."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, Generic, NamedTuple, TypeVar

from language.words import stem

T = TypeVar("T")

# What every policy here is about: it tells nothing. One token, lest 浙江标准 be found in 浙江标准化经费.
GENERIC: Final = "标准化"
STANDARD: Final = "标准"
# Whose a figure is, where a policy tells several: 国家级试点, 省级试点.
LEVEL: Final = re.compile("国家级|省级|市级|区级|县级|自治区级")
# Else a Chinese character is a token, and so is a Latin word or number: `4k超高清` is 4k 超 高 清.
_TOKEN: Final = re.compile(rf"([a-z0-9]+(?:[.&][a-z0-9]+)*|{GENERIC}|{STANDARD}|[\u3007\u3400-\u9fff])")


class Tokens(NamedTuple):
    """A folded text as tokens: `words` (English ones as stems), and where each stands."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def joined(self, first: int, last: int) -> bool:
        """Whether no space or punctuation stands between two neighbouring tokens."""
        return self.ends[first] == self.starts[last]

    def part(self, first: int, behind: int) -> str:
        """The text from one token to before another."""
        return self.text[self.starts[first] : self.ends[behind - 1]]


def tokenize(folded: str) -> Tokens:
    """Cut a folded text into tokens."""
    pieces = _TOKEN.split(folded)  # in turn what is between the tokens, and a token
    bounds = list(accumulate(map(len, pieces)))
    return Tokens(folded, _words(pieces[1::2]), bounds[:-1:2], bounds[1::2])


def words_of(folded: str) -> list[str]:
    """The words of its tokens only."""
    return _words(_TOKEN.findall(folded))


def _words(tokens: list[str]) -> list[str]:
    return [token if token > _LATIN else _word(token) for token in tokens]


_LATIN: Final = "\u3000"  # is before this


def _word(token: str) -> str:
    return stem(token) if token.isalpha() and token.isascii() else token


class _Node(dict[str, "_Node[T]"], Generic[T]):
    """The nodes that the next token leads to, and what the tokens up to here mean."""

    __slots__ = ("meanings",)

    def __init__(self) -> None:
        self.meanings: tuple[T, ...] = ()


class Lexicon(Generic[T]):
    """A trie from token sequences to meanings."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, words: Iterable[str], meaning: T) -> None:
        """Let these tokens mean `meaning` too; a text of Chinese characters is its own tokens."""
        node = self._root
        for word in words:
            following = node.get(word)
            if following is None:
                following = node[word] = _Node()
            node = following
        if node is not self._root and meaning not in node.meanings:
            node.meanings += (meaning,)

    def meanings(self, words: Iterable[str]) -> tuple[T, ...]:
        """What exactly these tokens mean."""
        node: _Node[T] | None = self._root
        for word in words:
            node = node.get(word) if node is not None else None
        return node.meanings if node is not None else ()

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """Longest matches from left to right as (first token, token behind the last, meanings)."""
        at, count = 0, len(words)
        root = self._root
        while at < count:
            node, end, found = root.get(words[at]), at + 1, None
            while node is not None:
                if node.meanings:
                    found = (at, end, node.meanings)
                node = node.get(words[end]) if end < count else None
                end += 1
            if found is not None:
                yield found
                at = found[1]
            else:
                at += 1


def pairs(tokens: Sequence[str]) -> list[str]:
    """Search terms of a run of tokens: pairs of Chinese characters, Latin words alone.

    标准化 parts what stands beside it. 标准 is a term, but what it shares with its neighbours is none: a text
    that speaks of 北斗应用标准 holds all of 北斗标准.
    """
    terms: list[str] = []
    before = ""
    for word in tokens:
        if word == GENERIC:
            before = ""
        elif word == STANDARD:
            terms.append(word)
            before = ""
        elif word[0] < "\u3007":
            if word not in _GENERIC_WORDS:
                terms.append(word)
            before = ""
        else:
            if before:
                terms.append(before + word)
            before = word
    return terms


_GENERIC_WORDS: Final = frozenset({stem("standardisation"), stem("standardise")})
