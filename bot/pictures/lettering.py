"""Lettering: how wide a text will be, estimated without its font, and how it is broken and cut to fit."""

import re
import unicodedata

_NARROW = frozenset("fijlrtI.,:;'|!()[]{}-· ")
_BROAD = frozenset("mwMW%@—…“”‘’&")
# What is not broken: words and figures (`2026—2028年`), with brackets that open before them, and what closes
# after them, commas and spaces.
_PIECES = re.compile(
    r"[（《〈“‘「『]*(?:[!-~]+(?:[—–]+[!-~]+)*[年月日]?|.)[，。、；：！？）》〉”’」』…·\s]*", re.DOTALL
)
_IN_WORD = re.compile(r"[!-~]{2}")
_EVENED = (0.52, 0.6, 0.68, 0.76, 0.84, 0.92)  # of the width
_PAUSES, _SHORTLY = "，、；：）》”", 6
_LOOSE = " ,;:，、；：（("


def width_of(text: str, size: float) -> float:
    """At least the width that a text will have, in pixels, in the letters of common fonts."""
    return size * sum(map(_ems, text))


def cut(text: str, size: float, width: float) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis; words stay whole where they can."""
    if width_of(text, size) <= width:
        return text
    room = width - width_of("…", size)
    kept = 0
    while kept < len(text) and (room := room - width_of(text[kept], size)) >= 0:
        kept += 1
    begun = text[:kept]
    if _IN_WORD.fullmatch(text[kept - 1 : kept + 1]) and (space := begun.rfind(" ")) > kept // 2:
        begun = begun[:space]
    return begun.rstrip(_LOOSE) + "…"


def lines_of(text: str, size: float, width: float, most: int) -> list[str]:
    """The text in lines that fit, broken where its script allows, of much the same length.

    It has `most` lines at most; the last is cut where they are too few.
    """
    lines = _filled(text, size, width, most)
    if len(lines) < 2 or lines[-1].endswith("…"):
        return lines
    tries = (_filled(text, size, part * width, most, pausing=True) for part in _EVENED)
    return next((one for one in tries if len(one) == len(lines) and not one[-1].endswith("…")), lines)


def _filled(text: str, size: float, width: float, most: int, *, pausing: bool = False) -> list[str]:
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most - 1:
        line = _first_line(rest, size, width)
        if pausing and len(line) < len(rest):
            line = _to_pause(line)
        lines.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    return [*lines, cut(rest, size, width)] if rest else lines


def _first_line(text: str, size: float, width: float) -> str:
    end = 0
    for piece in _PIECES.findall(text):
        if width_of(text[:end] + piece.rstrip(), size) > width:
            break
        end += len(piece)
    if end:
        return text[:end]
    # Not even its first piece fits: a long word is broken.
    lengths = range(len(text), 1, -1)
    return text[: next((n for n in lengths if width_of(text[:n], size) <= width), 1)]


def _to_pause(line: str) -> str:
    """The line up to a comma or bracket shortly before its end, where there is one."""
    pause = max(map(line.rfind, _PAUSES)) + 1
    return line[:pause] if 0 < len(line) - pause <= _SHORTLY and pause else line


def _ems(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    if char in _BROAD:
        return 1.0 if char in "—…“”‘’" else 0.92
    if char in _NARROW:
        return 0.36
    if char.isascii():
        return 0.66 if char.isupper() else 0.57
    return 1.0
