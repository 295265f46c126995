"""How much two names have in common that say the same in other words: 奶牛示范牧场, 奶业标准化示范牧场."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from answering.lexicon import GENERIC, STANDARD

_FILE: Final = Path(__file__).parent / "data" / "synonyms.txt"


class Common(NamedTuple):
    """How much of what is asked a name holds, and how much of the name is asked for, each from 0 to 1."""

    asked: float
    name: float


class Likeness:
    """How much the characters of names tell: the rarer, the more."""

    def __init__(self, names: Iterable[str]) -> None:
        held = [frozenset(_pieces(name)) for name in names]
        counts = Counter(piece for one in held for piece in one)
        count = len(held) + 1
        self._weights = {piece: math.log(1 + count / often) for piece, often in counts.items()}
        self._unknown = math.log(1 + count)

    def between(self, asked: str, name: str) -> Common:
        """What they have in common."""
        return Common(self._covered(asked, name), self._covered(name, asked))

    def holds_any(self, word: str, name: str) -> bool:
        """Whether something of a word is in the name."""
        return self._covered(word, name) > 0

    def _covered(self, one: str, other: str) -> float:
        pieces, there = _pieces(one), frozenset(_pieces(other))
        weights = {piece: self._weights.get(piece, self._unknown) for piece in pieces}
        total = sum(weights.values())
        rare = _RARE * self._unknown
        held = {piece for piece in pieces if len(piece) > 1 and piece in there}
        held |= {char for pair in held if pair[0] >= _HAN for char in pair}
        held |= {piece for piece, weight in weights.items() if weight >= rare and piece in there}
        return sum([weight for piece, weight in weights.items() if piece in held]) / total if total else 0.0


@lru_cache(maxsize=4096)
def _pieces(name: str) -> tuple[str, ...]:
    """What there is to compare of a folded name in official words: characters, their pairs, English words."""
    pieces: list[str] = []
    for run in _RUN.findall(in_official_words(name)):
        pieces += [run] if run[0] < _HAN else [*run, *map("".join, pairwise(run))]
    return tuple(dict.fromkeys(pieces))


@lru_cache(maxsize=4096)
def in_official_words(name: str) -> str:
    """开公司 as 企业开办, without what tells nothing."""
    pattern, meant = _synonyms()
    return _GENERIC.sub(" ", pattern.sub(lambda match: meant[match[0]], name))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    meant: dict[str, str] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            official, _, said = line.partition(": ")
            meant |= {official: official} | dict.fromkeys(said.split(", "), official)
    longest_first = sorted(meant, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), meant


# These tell nothing of a figure; a stretch ends where they stood.
_GENERIC: Final = re.compile(
    f"{GENERIC}|{STANDARD}|时间|比例|[率量](?=$| )|数量|平均|工作日|办事"
    "|国家级|自治区级|[省市区县]级|[的和及与或、]"
)
_HAN: Final = "\u4e00"
_RUN: Final = re.compile("[\u4e00-\u9fff]+|[a-z0-9]+")
# A character by itself is held where few names hold it: 奶, and not 品.
_RARE: Final = 0.75
