"""When a reminder comes again that somebody put off: never outside of the place's hours, nor on a day off."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.reminding.verbs import Later
from bot.words.dates import short_day
from bot.words.translations import Translator
from domain.reminders import ReminderSettings
from domain.workdays import Workdays

_HOUR = timedelta(hours=1)


def moments(settings: ReminderSettings, now: datetime, workdays: Workdays) -> dict[Later, datetime]:
    """What can be chosen, in UTC; what would disturb comes at the next time of day instead."""
    hour, today = now + _HOUR, settings.day_of(now)
    if not settings.may_disturb(hour, workdays):
        hour = settings.next_moment(hour, workdays)
    days = {Later.DAY: 1, Later.WEEK: 7}
    return {Later.HOUR: hour} | {
        later: settings.moment(workdays.on_or_after(today + timedelta(days=n))) for later, n in days.items()
    }


def moved(later: Later, at: datetime, now: datetime) -> bool:
    """Whether it comes at another time than was asked for."""
    return later is Later.HOUR and at != now + _HOUR


def in_words(at: datetime, now: datetime, settings: ReminderSettings, t: Translator) -> str:
    """A moment by the clock of the place: the time alone where it is today."""
    there = at.astimezone(ZoneInfo(settings.zone))
    if there.date() == settings.day_of(now):
        return f"{there:%H:%M}"
    return f"{short_day(there.date(), t)} {there:%H:%M}"
