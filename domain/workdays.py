"""Working days (工作日): weekdays that are no statutory holiday, and make-up days (调休上班) on weekends."""

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workdays:
    """The calendar of working days, for any day there is.

    A year that is not in `published` has no make-up days yet, and its holidays may still be moved: what rests
    on it is provisional.
    """

    days_off: frozenset[date] = frozenset()  # statutory holidays, on whatever day of the week
    make_up: frozenset[date] = frozenset()  # weekend days on which is worked
    published: frozenset[int] = frozenset()  # years whose arrangement is known

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day, as far as is known."""
        return day in self.make_up or (day.weekday() < 5 and day not in self.days_off)

    def on_or_before(self, day: date) -> date:
        """That day if it is a working day, else the last one before it."""
        while not self.is_workday(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """That day if it is a working day, else the next one."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def provisional(self, day: date) -> bool:
        """Whether the answers for that day may still change."""
        return day.year not in self.published
