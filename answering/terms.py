"""English terms of the field in Chinese: a policy held in Chinese only can be asked about in English."""

import re
from functools import cache
from pathlib import Path
from typing import Final

_LATIN: Final = re.compile("[a-z]{5}")
_FILE: Final = Path(__file__).parent / "data" / "terms.tsv"


def in_chinese(folded: str) -> str:
    """The text with each English term of the field replaced by its Chinese name."""
    if not _LATIN.search(folded):
        return folded
    pattern, names = _terms()
    return pattern.sub(lambda match: f" {names[match[1]]} ", folded)


@cache
def _terms() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = (line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    names = dict(line.split("\t") for line in lines)
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})(?:s|es)?\b"), names
