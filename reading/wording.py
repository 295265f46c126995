"""How a name or title is written out: Simplified mainland wording with Chinese punctuation."""

from __future__ import annotations

import re
from typing import Final


def polished(words: str) -> str:
    """Chinese punctuation where Chinese stands beside it; spaces at the ends and Markdown's stars go."""
    words = words.strip(" *#\t")
    if not _MAY_CHANGE.search(words):
        return words
    words = _SPACE.sub("", words)
    if words.isascii():
        return words
    return _NARROW.sub(lambda match: _WIDE[match[0]], words)


_MAY_CHANGE: Final = re.compile("[ ,;:()!?]")  # most names have none of them
_SPACE: Final = re.compile("(?<=[“”《》、。,;:()]) +|(?<! ) +(?=[“”《》、。,;:()])")
_WIDE: Final = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
# Not within figures: 3,000 and 4:6.
_NARROW: Final = re.compile(r"[;()!?]|(?<![0-9])[,:]|[,:](?![0-9])")
