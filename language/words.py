"""Words for search, cut without a dictionary: Chinese by pairs of characters, English by stems."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final


def bigrams(folded_text: str) -> list[str]:
    """The search terms of a folded text, in order.

    国际标准 gives 国际 际标 标准; a character alone gives itself; a Latin word its stem; numbers stay.
    """
    terms: list[str] = []
    for run in _RUNS.findall(folded_text):
        if run[0] < "\u3400":
            terms.append(stem(run))
        elif len(run) == 1:
            terms.append(run)
        else:
            terms += map(str.__add__, run, run[1:])
    return terms


def keywords(folded_text: str) -> list[str]:
    """The search terms of a folded question, without the words it merely asks with."""
    return bigrams(_ASKING.sub(" ", folded_text))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """What the forms of a lower-case English word share: standardise and standardization, standardiz."""
    for ending, kept in _ENDINGS:
        word = ending.sub(kept, word)
    return word


_RUNS: Final = re.compile(
    "[\u3400-\u9fff\U00020000-\U000323af]+|[0-9]+(?:[.,][0-9]+)*|[^\\W\\d_\u3400-\u9fff]+"
)

# Each step takes the word as the step before left it.
_ENDINGS: Final = (
    (re.compile("(?<=..)ies$"), "y"),
    (re.compile("(ss|x|z|ch|sh)es$"), r"\1"),
    (re.compile("([^aius]|ea)s$"), r"\1"),  # not focus, basis, process
    (re.compile("i[sz]ation$"), "ize"),  # standardisation
    (re.compile("(?<=....)is(e|ed|ing|er)$"), r"iz\1"),  # standardise; not rise
    (re.compile("([aeiouy])([b-df-hj-np-rtv-y])\\2(?:ing|ed)$"), r"\1\2"),  # planned; not assessed
    (re.compile("([aeiouy].*[^aeiou])(?:ing|ed)$"), r"\1"),  # required; not need
    (re.compile("(?<=....)e$"), ""),  # require as required
)

STOPWORDS: Final = frozenset((Path(__file__).parent / "data" / "stopwords.txt").read_text("utf-8").split())


def _asking() -> re.Pattern[str]:
    longest_first = sorted(STOPWORDS - {"的"}, key=len, reverse=True)
    english = "|".join(word for word in longest_first if word.isascii())
    chinese = "|".join(word for word in longest_first if not word.isascii())
    return re.compile(f"(?<![a-z0-9])(?:{english})(?![a-z0-9])|(?<![目标])的|{chinese}")  # 目的, 标的 stay


_ASKING: Final = _asking()
