"""Which lines are one paragraph that was wrapped at the right margin.

Widths are counted in Chinese characters. A Latin letter is half of one, on a page; in a text that a program
cut after so many characters it counts as much.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

WIDEST: Final = 60
"""Wider pages are not taken for pages."""


class Line(NamedTuple):
    """A line as it stands on the page."""

    text: str  # without blanks around it
    left: float  # where it begins, counted from the left edge
    right: float  # where it ends
    apart: bool = False  # something above parts it from the line before


def width(text: str) -> float:
    """How wide a text is."""
    return len(text) - len(text.encode("latin-1", "ignore")) / 2


def full_lines(texts: Sequence[str], rights: Sequence[float]) -> int:
    """How many lines of a plain text, of which each ends so far to the right, were cut at its right margin.

    0 if it does not look cut at one. It does if they are enough for a page, full ones as long as a page is
    wide, and many end at the margin, most of them in mid-sentence, and hardly one beyond.
    """
    if len(rights) < _FEWEST_LINES:
        return 0
    margin = _margin(rights)
    if not _NARROWEST <= margin <= WIDEST:
        return 0
    full = [text for text, right in zip(texts, rights, strict=True) if right > margin - 2]
    if len(full) * 4 < len(rights) or sum(right > margin + 2 for right in rights) * 20 > len(rights):
        return 0
    inside = sum(1 for text in full if not _ENDS.search(text) and _COMMAS.search(text))
    return len(full) if inside * 2 > len(full) else 0


def right_margin(lines: Sequence[Line]) -> float:
    """Where full lines end; one in twenty may stand out."""
    return _margin([line.right for line in lines])


def _margin(rights: Sequence[float]) -> float:
    return sorted(rights)[-1 - len(rights) // 20]


def paragraphs_of(lines: Sequence[Line], measure: Callable[[str], float] = width) -> list[range]:
    """The lines of each paragraph, as ranges of their indices; `measure` is what their widths came from."""
    if not lines:
        return []
    left, right = min(line.left for line in lines), right_margin(lines)
    indented = sum(_INDENT[0] < line.left - left < _INDENT[1] for line in lines) * 10 >= len(lines)
    starts = [
        at
        for at, line in enumerate(lines)
        if not at
        or line.apart
        or line.left > left + _INDENT[0]
        or lines[at - 1].right + measure(first_token(line.text)) <= right - _SLACK  # it had room above
        or not (indented or _reads_on(lines[at - 1].text, line.text))
    ]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def first_token(text: str) -> str:
    """What a line begins with that could not have been cut: a character with its marks, or a word."""
    token = _TOKEN.match(text)
    return token[0] if token else ""


def _reads_on(above: str, text: str) -> bool:
    """Where first lines are not set in, only the words tell whether a line goes on."""
    return not _ENDS.search(above) and not _NUMBERED.match(text)


_FEWEST_LINES: Final = 4
_NARROWEST: Final = 15
_SLACK: Final = 0.75  # half a character, and some for uneven setting
_INDENT: Final = (0.8, 4.5)  # the first line of a paragraph stands two characters in
_ENDS: Final = re.compile("[。！？；：!?;:…][”’）)」』]*$")
_COMMAS: Final = re.compile("[，、。；,]")
# What the end of a line never parts: a Latin word or a number, and the marks that cling to a character.
_TOKEN: Final = re.compile("[（“‘《〈【〔「『(]*(?:[!-~]+|.)[，。、；：！？）”’》〉】〕」』…％%,.;:)]*")
_NUMBERED: Final = re.compile(
    r"第[一二三四五六七八九十百零\d]+[章节節条條]|[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,3}(?:[．、]|\.(?!\d))|[①-⑳]"
)
