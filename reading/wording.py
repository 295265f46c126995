"""How a name or title is written out: Simplified mainland wording with Chinese punctuation."""

from __future__ import annotations

import re
from typing import Final


def polished(words: str) -> str:
    """Chinese punctuation where Chinese stands beside it; spaces at the ends and Markdown's stars go."""
    words = words.strip(" *#\t")
    if words.isalpha() or not _MAY_CHANGE.search(words):
        return words
    if " " in words:
        words = _SPACE.sub("", words)
    if words.isascii():
        return words
    return _NARROW.sub(lambda match: _WIDE[match[0]], words)


# 和 that joins, not the one a word begins with: 和谐, 和睦, 和美乡村 (but 和美丽乡村), 和平 (but 和平台).
JOINING: Final = "和(?!谐|睦|美(?![丽化育食容术好妆])|平(?![台均衡行面时安原])|田(?![间园头径]))"
_MAY_CHANGE: Final = re.compile("[ ,;:()!?]")  # most names have none of them
_SPACE: Final = re.compile("(?<=[“”《》、。,;:()]) +|(?<! ) +(?=[“”《》、。,;:()])")
_WIDE: Final = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
# Not within figures: 3,000 and 4:6.
_NARROW: Final = re.compile("[,;:()!?](?<![0-9][,:](?=[0-9]))")
