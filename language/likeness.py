"""Which Chinese characters are taken for one another: said alike, or written alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Levenshtein

from language.data import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=4096)
def look_or_sound_alike(one: str, other: str) -> bool:
    """Whether a person (or an input method) may put one character for the other.

    Said alike: a common reading, tones aside, with zh/z, ch/c, sh/s and -ng/-n as one, as many speak.
    Written alike: at most half of the Cangjie code differs: 浙 EQHL 淅 EDHL, 津 ELQ 律 HOLQ.
    """
    known = _characters()
    if one not in known or other not in known:
        return False
    (sounds, shape), (other_sounds, other_shape) = known[one], known[other]
    if not sounds.isdisjoint(other_sounds):
        return True
    longer = max(len(shape), len(other_shape))
    return longer > 2 and Levenshtein.distance(shape, other_shape) * 2 <= longer


@cache
def _characters() -> Mapping[str, tuple[frozenset[str], str]]:
    """Readings, blurred, and Cangjie code by character."""
    return {
        char: (frozenset(_blurred(sound) for sound in sounds.split()), shape)
        for char, sounds, shape in read_table("characters.tsv")
    }


def _blurred(sound: str) -> str:
    return _RETROFLEX.sub(r"\1", sound).removesuffix("g")


_RETROFLEX: Final = re.compile("^([zcs])h")
