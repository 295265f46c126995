"""English words: what their forms share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """What the forms of a lower-case English word share: standardise and standardization, standardiz."""
    for ending, kept in _ENDINGS:
        word = ending.sub(kept, word)
    return word


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
