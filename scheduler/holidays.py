"""Working days in China: as published while `chinesecalendar` knows the year, then by the law alone."""

from functools import lru_cache

from chinese_calendar import constants  # type: ignore[import-untyped] # ships no types
from holidays import country_holidays

from domain.workdays import Workdays

# A statutory holiday of the years to come never moves: only the days around it are arranged anew.
_YEARS_AHEAD = 15


@lru_cache(maxsize=1)
def workdays() -> Workdays:
    """The calendar as the installed packages know it; years after the last published one are provisional."""
    published = frozenset(day.year for day in constants.holidays)
    after = range(max(published) + 1, max(published) + 1 + _YEARS_AHEAD)
    by_law = frozenset(country_holidays("CN", years=after))
    return Workdays(
        days_off=frozenset(constants.holidays) | by_law,
        make_up=frozenset(constants.workdays),
        published=published,
    )
