"""Events as an iCalendar file (RFC 5545): whole days, ids that stay, a sequence that counts the changes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.events import Event, Occurrence, Span
from domain.timeline import Deadline
from scheduler.events import occurrences

_LINE = 75  # bytes
_PAST, _AHEAD = timedelta(days=365), timedelta(days=400)  # of what comes again and again
_ALWAYS = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A time of an event with its history: how often it was changed, and when the last time."""

    occurrence: Occurrence
    sequence: int = 0
    changed_at: datetime


def listed(events: Iterable[Event], today: date) -> Iterator[Occurrence]:
    """What stands in a calendar: all that comes once, and of the rest a year back and a year ahead."""
    for event in events:
        once = isinstance(event.when, Deadline | Span)
        yield from occurrences(event, *(_ALWAYS if once else (today - _PAST, today + _AHEAD)))


def calendar(
    entries: Iterable[Entry],
    name: str,
    title: Callable[[Occurrence], str],
    about: Callable[[Occurrence], str] = lambda _: "",
    *,
    refresh: timedelta | None = None,
) -> str:
    """The file's text, with the line ends the format asks for.

    Args:
        entries: in the order they shall stand in.
        name: of the calendar, as a calendar program shows it.
        title: says what a time of an event is, in one line.
        about: says more of it; nothing where that is empty.
        refresh: how often a program shall look for changes, in whole hours; None: it gets a copy.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Zhunshi//Zhunshi//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(_refresh(refresh) if refresh else ()),
        *(line for one in entries for line in _event(one, title(one.occurrence), about(one.occurrence))),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _refresh(every: timedelta) -> Iterator[str]:
    """As the standard has it (RFC 7986), and as Outlook has it."""
    duration = f"PT{every // timedelta(hours=1)}H"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{duration}"
    yield f"X-PUBLISHED-TTL:{duration}"


def _event(entry: Entry, title: str, about: str) -> Iterator[str]:
    one = entry.occurrence
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}@zhunshi"
    yield f"DTSTAMP:{entry.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{entry.sequence}"
    # A deadline is its last day only; what lasts ends with the day before DTEND.
    yield f"DTSTART;VALUE=DATE:{_day(one.day)}"
    yield f"DTEND;VALUE=DATE:{_day(one.last + timedelta(days=1))}"
    yield f"SUMMARY:{_escaped(title)}"
    if about:
        yield f"DESCRIPTION:{_escaped(about)}"
    yield f"CATEGORIES:{one.event.kind.value}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")  # %Y does not pad


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """Lines of 75 bytes at most, those after the first begun by a space; no character is cut in two."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + character, size + width
    yield part
