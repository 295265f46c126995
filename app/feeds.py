"""Calendars over HTTP: what a place follows, for whatever calendar program knows the place's address."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from aiohttp import web

from app.clock import now, today
from app.settings import FEED_PATH
from bot.caller import language_of
from bot.shelf import Shelf
from bot.texts import gettext
from bot.words.calendar import calendar_title
from bot.words.feeds import calendar_about, calendar_name
from domain.events import Event, Subject
from scheduler.ics import Entry, calendar, listed
from scheduler.reminding import current_events
from storage.chats import Chats
from storage.database import Database
from storage.feeds import Feed, Feeds
from storage.plans import Plans
from storage.subscriptions import Subscriptions

FRESH = timedelta(minutes=1)
"""How long a calendar is given out as it was, whatever was followed or changed meanwhile."""

REFRESH = timedelta(hours=6)
_MOST = 256  # calendars that are kept for that minute
_NAME = re.compile(r"(\d{1,9})-([0-9a-f]{64})\.ics", re.ASCII)
_BEFORE_ALL = datetime(2020, 1, 1, tzinfo=UTC)  # of what no plan holds: it lies back, or far ahead
_HEADERS = {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
_NOT_FOUND = "There is no calendar at this address. Ask for the address again with /calendar_link.\n"


@dataclass(frozen=True, slots=True)
class Page:
    """A calendar as it is sent; the tag differs where the text does."""

    text: str
    tag: str


class Calendars:
    """All calendars: each is made when it is asked for, and kept for a minute.

    So a request costs one read of the store, and whether any date changed is looked up once a minute.
    """

    def __init__(  # noqa: PLR0913 - what a calendar is made of
        self,
        *,
        feeds: Feeds,
        subscriptions: Subscriptions,
        plans: Plans,
        events_now: Callable[[], Awaitable[list[Event]]],
        chats: Chats,
        shelf: Shelf,
        now: Callable[[], datetime],
        today: Callable[[], date],
    ) -> None:
        """Args: `events_now` gives all events of the store."""
        self.feeds = feeds
        self._subscriptions = subscriptions
        self._plans = plans
        self._events_now = events_now
        self._chats = chats
        self._shelf = shelf
        self._now = now
        self._today = today
        self._turn = asyncio.Lock()
        self._looked_at: datetime | None = None
        self._basis = ""
        self._events: list[Event] = []
        self._entries: list[Entry] = []
        self._pages: dict[int, Page] = {}

    async def page(self, number: int, signature: str) -> Page | None:
        """The calendar at an address; None for a wrong address, or one that was given up."""
        feed = await self.feeds.find(number, signature)
        if feed is None:
            return None
        async with self._turn:
            await self._look()
            page = self._pages.get(feed.id)
            if page is None:
                if len(self._pages) >= _MOST:
                    self._pages.clear()
                page = self._pages[feed.id] = await self._made(feed)
        return page

    async def _look(self) -> None:
        """Take in what changed, if the last look is a minute old; the clock may have been moved back."""
        now, today = self._now(), self._today()
        if self._looked_at is not None and timedelta() <= now - self._looked_at < FRESH:
            return
        basis = await self._plans.basis()
        if basis != self._basis:
            self._events, self._basis = await self._events_now(), basis
        history = await self._plans.history()
        unplanned = (0, _BEFORE_ALL)
        self._entries = [
            Entry(occurrence=one, sequence=sequence, changed_at=changed_at)
            for one in sorted(listed(self._events, today), key=lambda one: (one.day, one.id))
            for sequence, changed_at in [history.get((one.event.key, one.key), unplanned)]
        ]
        self._pages.clear()
        self._looked_at = now

    async def _made(self, feed: Feed) -> Page:
        held = await self._subscriptions.of(feed.chat_id, feed.thread_id)
        wanted = {Subject(one.policy_id, one.kind, one.fact_id) for one in held}
        t, library = gettext(language_of(feed.chat_id, None, self._chats)), self._shelf.library
        chat = self._chats.get(feed.chat_id)
        text = calendar(
            [one for one in self._entries if not wanted.isdisjoint(one.occurrence.event.subjects)],
            calendar_name(chat.title if chat else "", t),
            lambda one: calendar_title(one, t),
            lambda one: calendar_about(one, library, t),
            refresh=REFRESH,
        )
        return Page(text, hashlib.sha256(text.encode()).hexdigest()[:32])


def build_calendars(database: Database, chats: Chats, shelf: Shelf) -> Calendars:
    """All of them, of a store."""
    return Calendars(
        feeds=Feeds(database),
        subscriptions=Subscriptions(database),
        plans=Plans(database),
        events_now=lambda: current_events(database),
        chats=chats,
        shelf=shelf,
        now=now,
        today=today,
    )


def feed_routes(calendars: Calendars) -> list[web.RouteDef]:
    """The page of a calendar; it answers HEAD too, and "not modified" to who has it already."""

    async def feed(request: web.Request) -> web.Response:
        asked = _NAME.fullmatch(request.match_info["name"])
        page = await calendars.page(int(asked[1]), asked[2]) if asked else None
        if page is None:
            return web.Response(status=404, text=_NOT_FOUND, headers={"Cache-Control": "no-store"})
        if any(tag.value in {"*", page.tag} for tag in request.if_none_match or ()):
            answer = web.Response(status=304, headers=_HEADERS)
        else:
            answer = web.Response(text=page.text, content_type="text/calendar", headers=_HEADERS)
        answer.etag = page.tag
        return answer

    return [web.get(f"{FEED_PATH}/{{name}}", feed)]
