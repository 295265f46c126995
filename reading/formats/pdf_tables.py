"""The tables of a pdf: it has none, only lines that were drawn; where they form a grid, its cells."""

import ctypes
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from pypdfium2 import raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line that was drawn, level or upright: where it stands, and from where to where it runs."""

    at: float
    start: float
    end: float

    def meets(self, at: float, along: float) -> bool:
        """Whether it is the line at this place, and runs past that point."""
        return abs(self.at - at) < _NEAR and self.start - _NEAR <= along <= self.end + _NEAR


class Grid:
    """Level and upright rules that cross."""

    def __init__(self, level: list[Rule], upright: list[Rule]) -> None:
        self._level, self._upright = level, upright
        self._xs, self._ys = _places(upright), _places(level)

    def top(self) -> float:
        """Its highest rule."""
        return self._ys[-1]

    @property
    def is_table(self) -> bool:
        """A frame around a page is none."""
        return len(self._xs) > 1 and len(self._ys) > 1 and len(self._xs) + len(self._ys) > 4

    def cell(self, x: float, y: float) -> tuple[int, int, float] | None:
        """Row, column and right edge of the cell around a point; a cell over several has the first."""
        column, below = bisect(self._xs, x) - 1, bisect(self._ys, y) - 1
        if not (0 <= column < len(self._xs) - 1 and 0 <= below < len(self._ys) - 1):
            return None
        last = column
        while column > 0 and not _runs(self._upright, self._xs[column], y):
            column -= 1
        while last < len(self._xs) - 2 and not _runs(self._upright, self._xs[last + 1], y):
            last += 1
        while below < len(self._ys) - 2 and not _runs(self._level, self._ys[below + 1], x):
            below += 1
        return len(self._ys) - 2 - below, column, self._xs[last + 1]


def grids(page: pypdfium2.PdfPage) -> list[Grid]:
    """The tables on a page from top to bottom."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for (x, y), (other_x, other_y) in _strokes(page):
        if abs(y - other_y) < 1 and abs(x - other_x) > _SHORTEST:
            level.append(Rule(at=y, start=min(x, other_x), end=max(x, other_x)))
        elif abs(x - other_x) < 1 and abs(y - other_y) > _SHORTEST:
            upright.append(Rule(at=x, start=min(y, other_y), end=max(y, other_y)))
        if len(level) + len(upright) > _MOST_RULES:  # a drawing
            return []
    found = [Grid(*crossing) for crossing in _crossings(_merged(level), _merged(upright))]
    return sorted((grid for grid in found if grid.is_table), key=Grid.top, reverse=True)


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules that carry one another on, as one: each cell has its own piece of what is one line."""
    merged: list[Rule] = []
    for place in _places(rules):
        runs: list[Rule] = []
        near = (rule for rule in rules if place <= rule.at <= place + _NEAR)
        for rule in sorted(near, key=lambda rule: rule.start):
            if runs and rule.start <= runs[-1].end + _NEAR:
                runs[-1] = replace(runs[-1], end=max(runs[-1].end, rule.end))
            else:
                runs.append(replace(rule, at=place))
        merged += runs
    return merged


def _crossings(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules parted into those that hang together."""
    parts: list[tuple[list[Rule], list[Rule]]] = []
    for rule in level if len(level) + len(upright) <= _MOST_LINES else ():
        crossed = [one for one in upright if rule.meets(rule.at, one.at) and one.meets(one.at, rule.at)]
        joined = [part for part in parts if any(one in part[1] for one in crossed)]
        parts = [part for part in parts if part not in joined]
        levels = [one for part in joined for one in part[0]]
        uprights = [one for part in joined for one in part[1]]
        parts.append(([*levels, rule], [*uprights, *(one for one in crossed if one not in uprights)]))
    return parts


def _places(rules: list[Rule]) -> list[float]:
    """Where rules stand, each place once, from small to large."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _runs(rules: list[Rule], at: float, along: float) -> bool:
    return any(rule.meets(at, along) for rule in rules)


Point = tuple[float, float]


def _strokes(page: pypdfium2.PdfPage) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of all that was drawn on a page."""
    for number in range(max(0, raw.FPDFPage_CountObjects(page))):
        drawn = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_PATH:
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
            segments = min(raw.FPDFPath_CountSegments(drawn), _MOST_RULES)
            yield from pairwise([_point(drawn, at, matrix) for at in range(segments)])


def _point(drawn: Any, at: int, matrix: Any) -> Point:
    """An end of a segment of a path, on the page."""
    at_x, at_y = ctypes.c_float(), ctypes.c_float()
    segment = raw.FPDFPath_GetPathSegment(drawn, at)
    raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(at_x), ctypes.byref(at_y))
    x, y = at_x.value, at_y.value
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


_NEAR: Final = 3.0  # points: the two sides of a thick rule are one
_SHORTEST: Final = 5.0
_MOST_RULES: Final = 4_000
_MOST_LINES: Final = 400
