"""Where days stand on a picture: the years it spans, their ticks, and lanes for what would overlap."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Self

_NARROWEST = 84.0  # pixels that a year needs for its number
_HAIR = 0.01  # pixels; sums of fractions are never quite the same
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A stretch of the scale with its name's place: `begin` to `end` in pixels."""

    year: int
    month: int | None  # where the whole scale is one year
    begin: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Whole years from left to right; a day's place is where it begins."""

    first: int  # years
    last: int
    left: float  # pixels
    right: float

    @classmethod
    def of(cls, days: Iterable[date], today: date, left: float, right: float) -> Self:
        """Wide enough for all days, and for today unless that took more than half of it."""
        years = [day.year for day in days] or [today.year]
        first, last = min(years), max(years)
        more = max(first - today.year, today.year - last)
        if more <= last - first + 1:
            first, last = min(first, today.year), max(last, today.year)
        return cls(first=first, last=last, left=left, right=right)

    def holds(self, day: date) -> bool:
        """Whether the day is on it."""
        return self.first <= day.year <= self.last

    def begin(self, day: date) -> float:
        """Where the day begins."""
        return self._at(day.toordinal())

    def end(self, day: date) -> float:
        """Where the day is over."""
        return self._at(day.toordinal() + 1)

    def ticks(self) -> Iterator[Tick]:
        """The stretches that have a name: months of one year, years, or some years at a time."""
        if self.first == self.last:
            for month in range(1, 13):
                yield Tick(year=self.first, month=month, begin=self._month(month), end=self._month(month + 1))
            return
        each = (self.right - self.left) / (self.last - self.first + 1)
        step = next((step for step in _STEPS if step * each >= _NARROWEST), _STEPS[-1])
        for year in range(self.first, self.last + 1, step):
            after = min(year + step - 1, self.last)
            to = self._at(_new_year(after + 1))
            if to - self._at(_new_year(year)) >= _NARROWEST:
                yield Tick(year=year, month=None, begin=self._at(_new_year(year)), end=to)

    def _month(self, month: int) -> float:
        return self._at(date(self.first, month, 1).toordinal()) if month <= 12 else self.right

    def _at(self, ordinal: int) -> float:
        begin, end = _new_year(self.first), _new_year(self.last + 1)
        return self.left + (ordinal - begin) / (end - begin) * (self.right - self.left)


def lanes(extents: Sequence[tuple[float, float]]) -> list[int]:
    """For each stretch the first lane in which it overlaps none before it; they may touch."""
    taken: list[list[tuple[float, float]]] = []
    chosen: list[int] = []
    for left, right in extents:
        free = (
            lane
            for lane, others in enumerate(taken)
            if all(right <= begin + _HAIR or end <= left + _HAIR for begin, end in others)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        chosen.append(lane)
    return chosen


def _new_year(year: int) -> int:
    return date(year, 1, 1).toordinal() if year <= MAXYEAR else date.max.toordinal() + 1
