"""`zhunshi reminders`, what would be told when and to whom; `zhunshi export ics`, all dates as a calendar."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.clock import SHANGHAI, now, today
from app.settings import load_settings
from app.store import open_store_to_read
from bot.words.calendar import calendar_title
from bot.words.translations import gettext
from domain.errors import BadInput
from domain.events import FIRST_YEAR, LAST_YEAR, Event, Subject
from domain.languages import Language
from domain.plans import Moment
from domain.policy import FactKind
from domain.reminders import ReminderSettings, shortest_leads
from scheduler.holidays import workdays
from scheduler.ics import Entry, calendar, listed
from scheduler.planner import plan
from scheduler.reminding import current_events
from storage.plans import Plans
from storage.subscriptions import Subscription, Subscriptions
from storage.unwanted import Unwanted, unwanted

_LONGEST = timedelta(days=3_660)
_NOTHING = Unwanted()
_MOVED = timedelta(days=30)  # more than a reminder is ever moved for holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one place is told at once; without `chat`, what whoever follows everything would be told."""

    at: datetime
    zone: str
    chat: int | None
    thread: int | None
    provisional: bool  # the working days of that year are not published yet
    items: tuple[dict[str, Any], ...]  # as `Occurrence.facts`, and `lead`

    def to_json(self) -> dict[str, Any]:
        """As the command prints it."""
        return {
            "at": self.at.astimezone(ZoneInfo(self.zone)).isoformat(),
            "chat": self.chat,
            "thread": self.thread,
            "provisional": self.provisional,
            "items": list(self.items),
        }


async def list_reminders(first: date | None, last: date | None, *, as_json: bool) -> str:
    """What would be sent from the one day to the other; by default, in the next 90 days.

    Raises:
        BadInput: the period can't be used, or a setting or the store.
    """
    first = first or today()
    last = last or first + timedelta(days=90)
    if not (timedelta() <= last - first <= _LONGEST and FIRST_YEAR <= first.year <= last.year <= LAST_YEAR):
        raise BadInput(
            f"--from {first} --to {last}: not a period of ten years at most from {FIRST_YEAR} to {LAST_YEAR}"
        )
    async with open_store_to_read(load_settings()) as database:
        found = await current_events(database)
        subscriptions = await Subscriptions(database).all()
        left_out = await unwanted(database)
    messages = upcoming(found, subscriptions, first, last, left_out)
    if as_json:
        plain = [one.to_json() for one in messages]
        period = {"from": first.isoformat(), "to": last.isoformat()}
        return json.dumps({**period, "messages": plain}, ensure_ascii=False) + "\n"
    return "".join(_told(one) for one in messages) or f"nothing from {first} to {last}\n"


def upcoming(
    events: list[Event],
    subscriptions: list[Subscription],
    first: date,
    last: date,
    left_out: Unwanted = _NOTHING,
) -> list[Message]:
    """The messages of these days in the order of time; with no subscription, as one to everything.

    What a place wants to hear of no more, or falls into a time that it is muted for, is left out.
    """
    usual = ReminderSettings()
    settings = list(dict.fromkeys(one.settings or usual for one in subscriptions)) or [usual]
    start = datetime.combine(first, time(), SHANGHAI).astimezone(UTC)
    planned = plan(events, dict(enumerate(settings)), start, workdays(), horizon=last - first + _MOVED)
    in_time = [one for one in planned.moments if first <= settings[one.profile].day_of(one.at) <= last]
    by_profile = _by_subject(in_time)
    gathered: defaultdict[tuple[datetime, int, int, int], list[Moment]] = defaultdict(list)
    followers: list[Subscription | None] = [*subscriptions] or [None]
    for who in followers:
        profile = settings.index(who.settings or usual) if who else 0
        chat, thread = (who.chat_id, who.thread_id or 0) if who else (0, 0)
        for moment in by_profile[profile, _subject(who)]:
            if not (who and _is_unwanted(moment, who, left_out)):
                gathered[moment.at, chat, thread, profile].append(moment)
    return [
        Message(
            at=at,
            zone=settings[profile].zone,
            chat=chat or None,
            thread=thread or None,
            provisional=any(one.provisional for one in some),
            items=tuple(shortest_leads([{**one.occurrence.facts(), "lead": one.lead} for one in some])),
        )
        for (at, chat, thread, profile), some in sorted(gathered.items(), key=lambda one: one[0])
    ]


async def export_ics(file: Path | None, language: Language | None = None) -> str:
    """All dates as an iCalendar file; returns what to print: the text, or with a file its name.

    Titles are in the language, by default that of the settings.

    Raises:
        BadInput: a setting or the store can't be used, or the file can't be written.
    """
    settings = load_settings()
    async with open_store_to_read(settings) as database:
        found = await current_events(database)
        history = await Plans(database).history()
    t = gettext(language or settings.default_language)
    unchanged = (0, now())
    entries = [
        Entry(occurrence=one, sequence=sequence, changed_at=changed_at)
        for one in sorted(listed(found, today()), key=lambda one: (one.day, one.id))
        for sequence, changed_at in [history.get((one.event.key, one.key), unchanged)]
    ]
    text = calendar(entries, "准时", lambda one: calendar_title(one, t))
    return text if file is None else _write(file, text)


def _write(file: Path, text: str) -> str:
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput(f"--to {file}: {error.strerror}") from error
    return f"{file}\n"


def _by_subject(moments: Iterable[Moment]) -> defaultdict[tuple[int, Subject], list[Moment]]:
    found: defaultdict[tuple[int, Subject], list[Moment]] = defaultdict(list)
    for moment in moments:
        for subject in moment.occurrence.event.subjects:
            found[moment.profile, subject].append(moment)
    return found


def _is_unwanted(moment: Moment, who: Subscription, left_out: Unwanted) -> bool:
    if who.muted_until is not None and who.muted_until > moment.at:
        return True
    one = moment.occurrence
    return left_out.holds(who.chat_id, who.thread_id, one.event.key, one.key)


def _subject(who: Subscription | None) -> Subject:
    return Subject(who.policy_id, who.kind, who.fact_id) if who else Subject("", FactKind.POLICY, "")


def _told(message: Message) -> str:
    return "\n".join([_head(message), *(f"  {line}" for line in _lines(message)), ""])


def _head(message: Message) -> str:
    at = message.at.astimezone(ZoneInfo(message.zone))
    place = f"chat {message.chat}" if message.chat else "everything"
    topic = f", topic {message.thread}" if message.thread else ""
    return f"{at:%Y-%m-%d %H:%M %z}  {place}{topic}{'  (provisional)' if message.provisional else ''}"


def _lines(message: Message) -> Iterator[str]:
    for item in message.items:
        before = _BEFORE.get(item["lead"], f"{item['lead']} days before")
        yield f"{item['day']}  {before:<15} {item['name']['zh']}  [{item['event']}]"


_BEFORE = {0: "on the day", 1: "1 day before"}
