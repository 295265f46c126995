"""How a place is reminded, in plain words: how long before, when in the day, in which hours, how often."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from bot.words.dates import day
from bot.words.translations import LOCALE_NAMES, N_, Translator
from domain.reminders import Digest, ReminderSettings

_DIGESTS = {
    Digest.OFF: N_("no digest"),
    Digest.DAILY: N_("daily digest"),
    Digest.WEEKLY: N_("weekly digest"),
}
_DIGESTS_EXPLAINED = {
    Digest.OFF: N_("Each reminder comes on its day; what falls on one day is one message."),
    Digest.DAILY: N_("One message a day at most: what is late or new waits for its time."),
    Digest.WEEKLY: N_("All of a week comes in one message, on its first working day."),
}


def manner_lines(settings: ReminderSettings, t: Translator) -> list[str]:
    """All of it, a sentence a line."""
    hours = span(settings.hours)
    return [
        t.say(
            "{leads}, at {time}, {zone}.",
            leads=leads_words(settings.leads, t),
            time=f"{settings.at:%H:%M}",
            zone=zone_words(settings.zone, t),
        ),
        t.say(
            "Only on working days in China, {hours}; what falls on a day off comes the working day before.",
            hours=hours,
        ),
        digest_explained(settings.digest, t),
        repeats_words(settings, t),
    ]


def leads_words(leads: tuple[int, ...], t: Translator) -> str:
    """`30, 7 and 1 days before, and on the day`; the longest comes first."""
    before = [str(lead) for lead in leads if lead]
    if not before:
        return t.say("On the day itself")
    first, last = before[:-1], before[-1]
    days = t.say("{some} and {last}", some=("、" if t.chinese else ", ").join(first), last=last)
    days = days if first else last
    biggest = max(leads)
    if 0 in leads:
        return t.say_n(
            "{days} day before, and on the day", "{days} days before, and on the day", biggest, days=days
        )
    return t.say_n("{days} day before", "{days} days before", biggest, days=days)


def lead_words(lead: int, t: Translator) -> str:
    """One of them."""
    return t.say_n("{n} day", "{n} days", lead) if lead else t.say("on the day")


def digest_explained(digest: Digest, t: Translator) -> str:
    """What it means, in one line."""
    return t.say(_DIGESTS_EXPLAINED[digest])


def repeats_words(settings: ReminderSettings, t: Translator) -> str:
    """How often it is told again."""
    n = settings.repeats
    if not n:
        return t.say("What nobody answers is not repeated.")
    if settings.digest is Digest.WEEKLY:
        return t.say_n(
            "What nobody answers is repeated {n} time, a week later.",
            "What nobody answers is repeated {n} times, each a week later.",
            n,
        )
    return t.say_n(
        "What nobody answers is repeated {n} time, on the next working day.",
        "What nobody answers is repeated {n} times, on the next working days.",
        n,
    )


def zone_words(zone: str, t: Translator) -> str:
    """A time zone by where it holds."""
    if zone == "Asia/Shanghai":
        return t.say("Beijing time")
    if "/" not in zone or zone.startswith("Etc/"):
        return zone
    return get_timezone_location(ZoneInfo(zone), locale=LOCALE_NAMES[t.language])


def span(hours: tuple[time, time]) -> str:
    """`08:30–17:30`."""
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}"


def clock_words(at: datetime, zone: str, t: Translator) -> str:
    """An instant on the clock of a place."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{day(there.date(), t, weekday=True)} {there:%H:%M}"


def day_on_clock(at: datetime, zone: str, t: Translator) -> str:
    """The day it is then, where the place is."""
    return day(at.astimezone(ZoneInfo(zone)).date(), t, weekday=True)


def digest_name(digest: Digest, t: Translator) -> str:
    """The same in two or three words, for a button."""
    return t.say(_DIGESTS[digest])
