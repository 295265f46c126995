"""What everything on a timeline's picture is drawn with."""

from dataclasses import dataclass

from bot.pictures.content import Due, Timeline
from bot.pictures.scale import Scale
from bot.pictures.svg import Page
from bot.pictures.theme import Theme

_SOON = 30  # days; the usual first reminder comes then


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page, what it shows, where its days stand, and its colours."""

    page: Page
    shown: Timeline
    scale: Scale
    theme: Theme

    def x_of(self, due: Due) -> float:
        """Where a date is over."""
        return self.scale.end(due.deadline.day)

    def tone(self, due: Due) -> str:
        """What is over is quiet, what is near is warm."""
        days = due.deadline.days_from(self.shown.today)
        if days < 0:
            return self.theme.past
        return self.theme.soon if days <= _SOON else self.theme.accent
