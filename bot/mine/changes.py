"""Changes of how a place is reminded, purely: from what was pressed or typed to settings that hold."""

import re
from dataclasses import replace
from datetime import time

from bot.mine.typed import read_hours, read_leads, read_time, read_zone
from bot.mine.verbs import Verb, number
from bot.refusal import Refusal
from bot.words.settings import span
from bot.words.translations import N_
from domain.reminders import MAX_LEAD, Digest, ReminderSettings

WHOLE_DAY = (time(0), time(23, 59))
LEADS = (90, 60, 30, 14, 7, 3, 1, 0)
TIMES = (time(8, 30), time(9), time(10), time(14), time(16))
HOURS = (
    (time(8, 30), time(17, 30)),
    (time(9), time(18)),
    (time(9), time(12)),
    WHOLE_DAY,
)
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Europe/London", "America/New_York")
REPEATS = (0, 1, 2, 3)
_TIME = re.compile(r"([01][0-9]|2[0-3])[0-5][0-9]")
_SHORTEST_MINUTES = 120  # as `ReminderSettings` asks


class Outside(Refusal):
    """The time of day would be outside of the hours; `remedy` is the nearest that can be kept to."""

    def __init__(self, remedy: ReminderSettings, text: str, /, **values: object) -> None:
        super().__init__(text, **values)
        self.remedy = remedy


def pressed(verb: Verb, what: str, settings: ReminderSettings) -> ReminderSettings | None:
    """The settings after a press; None for what no button of ours carries.

    Raises:
        Outside: the time of day would be outside of the hours.
        Refusal: it can't be kept to.
    """
    match verb:
        case Verb.LEAD if (lead := number(what)) is not None and lead <= MAX_LEAD:
            return toggled(settings, lead)
        case Verb.TIME if at := _times(what, 1):
            return with_time(settings, at[0])
        case Verb.SPAN if at := _times(what, 2):
            return with_hours(settings, (at[0], at[1]))
        case Verb.SPAN if at := _times(what, 3):
            return with_hours(replace(settings, hours=WHOLE_DAY, at=at[2]), (at[0], at[1]))
        case Verb.ZONE if what in ZONES:
            return replace(settings, zone=what)
        case Verb.DIGEST if what in frozenset(Digest):
            return replace(settings, digest=Digest(what))
        case Verb.REPEAT if (times := number(what)) in REPEATS:
            return replace(settings, repeats=times)
        case Verb.USUAL:
            return ReminderSettings()
        case _:
            return None


def typed(verb: Verb, text: str, settings: ReminderSettings) -> ReminderSettings:
    """The settings after something was typed for a screen: days before, time of day, hours, time zone.

    Raises:
        Outside, Refusal: as `pressed` does, and for what can't be read.
    """
    match verb:
        case Verb.LEADS:
            return replace(settings, leads=read_leads(text))
        case Verb.TIMES:
            return with_time(settings, read_time(text))
        case Verb.SPANS:
            return with_hours(settings, read_hours(text))
        case _:
            return replace(settings, zone=read_zone(text))


def written(*times: time) -> str:
    """Times of day as buttons carry them: `0830-1730`."""
    return "-".join(f"{one:%H%M}" for one in times)


def toggled(settings: ReminderSettings, lead: int) -> ReminderSettings:
    """With one lead time more, or less.

    Raises:
        Refusal: it is the only one.
    """
    leads = set(settings.leads) ^ {lead}
    if not leads:
        raise Refusal(N_("One is needed; to hear nothing, mute."))
    return replace(settings, leads=tuple(leads))


def with_time(settings: ReminderSettings, at: time) -> ReminderSettings:
    """At another time of day.

    Raises:
        Outside: it is outside of the hours.
    """
    start, end = settings.hours
    if not start <= at <= end:
        remedy = replace(settings, at=at, hours=(min(start, at), max(end, at)))
        raise Outside(
            remedy,
            N_("{time} is outside of the hours, {hours}, in which you are reminded."),
            time=f"{at:%H:%M}",
            hours=span(settings.hours),
        )
    return replace(settings, at=at)


def with_hours(settings: ReminderSettings, hours: tuple[time, time]) -> ReminderSettings:
    """Within other hours.

    Raises:
        Outside: the time of day is outside of them.
        Refusal: they are too short, or end on the next day.
    """
    start, end = hours
    if (end.hour - start.hour) * 60 + end.minute - start.minute < _SHORTEST_MINUTES:
        raise Refusal(N_("Hours last two hours at least, and end on the day on which they began."))
    if not start <= settings.at <= end:
        raise Outside(
            replace(settings, hours=hours, at=start),
            N_("The time of day, {time}, would be outside of {hours}."),
            time=f"{settings.at:%H:%M}",
            hours=span(hours),
        )
    return replace(settings, hours=hours)


def _times(what: str, count: int) -> list[time] | None:
    """What `written` wrote, if it is so many."""
    parts = what.split("-")
    if len(parts) != count or not all(_TIME.fullmatch(part) for part in parts):
        return None
    return [time(int(part[:2]), int(part[2:])) for part in parts]
