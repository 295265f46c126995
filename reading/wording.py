"""How a name or title is written out: Simplified mainland wording with Chinese punctuation."""

from __future__ import annotations

import re
from typing import Final


def polished(words: str) -> str:
    """Chinese punctuation where Chinese stands beside it; spaces at the ends and Markdown's stars go."""
    words = _SPACE.sub("", words.strip(" *#\t"))
    if words.isascii():
        return words
    return _NARROW.sub(lambda match: _WIDE[match[0]], words)


_SPACE: Final = re.compile("(?<=[“”《》、。,;:()]) +|(?<! ) +(?=[“”《》、。,;:()])")
_WIDE: Final = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
# Not within figures: 3,000 and 4:6.
_NARROW: Final = re.compile(r"[;()!?]|(?<![0-9])[,:]|[,:](?![0-9])")
