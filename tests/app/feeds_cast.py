"""A service's calendars on a database file, with a clock that the test sets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from answering.library import Library
from app.clock import SHANGHAI
from app.feeds import FRESH, Calendars, feed_routes
from app.settings import HOME
from bot.shelf import Shelf
from domain.events import Event, Subject
from scheduler.holidays import workdays
from scheduler.reminding import Reminding, current_events
from storage.catalogue import load_folder
from storage.chats import Chats
from storage.database import Database
from storage.dates import AddedDate, Dates
from storage.feeds import Feed, Feeds
from storage.outbox import Outbox
from storage.plans import Plans
from storage.policies import save_policies
from storage.reminders import Reminders
from storage.subscriptions import Subscription, Subscriptions
from tests.stores import new_store

MIN, GROUP, ADMIN = 7_000_000_001, -4_000_111, 7_000_000_009
START = datetime(2025, 1, 1, 1, tzinfo=UTC)


class Almanac:
    """What the calendars are made of; the bundled policies are held."""

    def __init__(self, db: Database, chats: Chats) -> None:
        self.db = db
        self.chats = chats
        self.now = START
        self.loads = 0
        self.feeds = Feeds(db)
        self.dates = Dates(db)
        self.subscriptions = Subscriptions(db)
        reminders = Reminders(db, Outbox(db))
        self.reminding = Reminding(db, reminders, workdays(), now=lambda: self.now, wake=lambda: None)
        self.calendars = Calendars(
            feeds=self.feeds,
            subscriptions=self.subscriptions,
            plans=Plans(db),
            events_now=self._events,
            chats=chats,
            shelf=Shelf(Library(load_folder(HOME / "catalogue"))),
            now=lambda: self.now,
            today=self.today,
        )
        self.server = TestServer(web.Application())
        self.server.app.add_routes(feed_routes(self.calendars))
        self.session: ClientSession

    def today(self) -> date:
        """The day in China."""
        return self.now.astimezone(SHANGHAI).date()

    async def follow(self, chat_id: int, *subjects: Subject) -> Feed:
        """Let a chat follow these; returns its calendar."""
        for one in subjects:
            wanted = Subscription(
                chat_id=chat_id, policy_id=one.policy, kind=one.kind, fact_id=one.fact, created_by=ADMIN
            )
            await self.subscriptions.follow(wanted, self.now)
        return await self.feeds.of(chat_id, None, ADMIN, self.now)

    async def add(self, one: AddedDate) -> int:
        """An administrator adds a date."""
        number = await self.dates.add(one, ADMIN, self.now)
        await self.settled()
        return number

    async def settled(self) -> None:
        """All is planned, and the minute is over for which calendars are given out as they were."""
        await self.reminding.plan()
        self.now += FRESH

    async def get(
        self, name: str, *, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Ask for a calendar: status, headers with names in small letters, text."""
        url = self.server.make_url(f"/calendar/{name}")
        async with self.session.request(method, url, headers=headers) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, await answer.text()

    async def text(self, feed: Feed) -> str:
        """The calendar as a program gets it."""
        status, _, text = await self.get(feed.name)
        assert status == 200, text
        return text

    async def _events(self) -> list[Event]:
        self.loads += 1
        return await current_events(self.db)


@asynccontextmanager
async def almanac(folder: Path) -> AsyncIterator[Almanac]:
    """The calendars, served."""
    async with new_store(folder) as db:
        await save_policies(db, load_folder(HOME / "catalogue"), now=START - timedelta(1), saved_by="test")
        one = Almanac(db, await Chats.load(db))
        await one.chats.remember(GROUP, "group", "标准化工作群", now=START)
        async with one.server, ClientSession() as one.session:
            await one.reminding.plan()
            yield one


def events(text: str) -> dict[str, dict[str, Any]]:
    """What an independent parser reads, by the ids of the events."""
    from icalendar import Calendar  # noqa: PLC0415 - a tenth of a second, which not all tests need

    found: Any = Calendar.from_ical(text)
    return {
        str(one["UID"]): {
            "sequence": int(one["SEQUENCE"]),
            "start": one["DTSTART"].dt,
            "end": one["DTEND"].dt,
            "title": str(one["SUMMARY"]),
            "about": str(one.get("DESCRIPTION", "")),
            "category": one["CATEGORIES"].to_ical().decode(),
            "stamp": one["DTSTAMP"].dt,
        }
        for one in found.walk("VEVENT")
    }
