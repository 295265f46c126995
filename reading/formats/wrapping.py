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


def full_lines(lines: Sequence[Line]) -> int:
    """How many lines of a plain text were cut at its right margin; 0 if it does not look cut at one.

    It does if many lines end there, most of them in mid-sentence, and hardly one beyond.
    """
    if not fits_page([line.right for line in lines]):
        return 0
    right = right_margin(lines)
    full = [line for line in lines if line.right > right - 2]
    inside = [line for line in full if not _ENDS.search(line.text) and _COMMAS.search(line.text)]
    beyond = sum(line.right > right + 2 for line in lines)
    cut = len(full) * 4 >= len(lines) and len(inside) * 2 > len(full) and beyond * 20 <= len(lines)
    return len(full) if cut else 0


def fits_page(rights: Sequence[float]) -> bool:
    """Whether lines that end there are enough for a page, and full ones as long as a page is wide."""
    return len(rights) >= _FEWEST_LINES and _NARROWEST <= _margin(rights) <= WIDEST


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
