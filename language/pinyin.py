"""Chinese names in Latin letters, as English texts write them."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from language.data import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Syllables of one letter, and ng, would make a name of most words.
_WHOLE: Final = re.compile(".[aeiou]|[aeo]n")
# Two characters of two readings each; of more nobody writes them all.
_MOST: Final = 4


def pinyin(name: str) -> Iterator[str]:
    """A name without tones, in each reading of its characters: 长陵 is zhangling or changling.

    Nothing where a character is not known.
    """
    sounds = [_readings().get(char, ()) for char in name]
    yield from islice(map("".join, product(*sounds)), _MOST)


def is_pinyin(word: str) -> bool:
    """Whether a word in small letters can be a name of two syllables or more: linhai, kunshan."""
    return bool(_name().fullmatch(word))


@cache
def _name() -> re.Pattern[str]:
    sounds = {sound for readings in _readings().values() for sound in readings if _WHOLE.search(sound)}
    return re.compile(f"(?:{'|'.join(sorted(sounds, key=len, reverse=True))}){{2,}}")


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    """Readings by character."""
    return {char: tuple(sounds.split()) for char, sounds, _ in read_table("characters.tsv")}
