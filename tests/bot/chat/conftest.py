"""A bot on a stage: a database file, a clock that we set, and a Telegram that records."""

from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from cryptography.fernet import Fernet
from structlog.testing import capture_logs

from answering.library import Library
from bot.access import Access
from bot.dispatcher import build_dispatcher
from bot.messenger import Messenger
from bot.pictures.studio import Pictures
from bot.shelf import Shelf
from bot.throttle import Throttle
from bot.updates import feed
from domain.languages import Language
from reading.document import Limits
from scheduler.holidays import workdays
from scheduler.reminding import Reminding, current_events
from storage.addresses import Addresses
from storage.audit import AuditLog
from storage.broadcasts import Broadcasts
from storage.chats import Chats
from storage.conversations import Conversations
from storage.database import Database
from storage.dates import Dates
from storage.feeds import Feeds
from storage.invitations import Invitations
from storage.outbox import Outbox
from storage.plans import Plans
from storage.policies import load_policies
from storage.readings import Readings
from storage.reminders import Reminders
from storage.standings import Standings
from storage.subscriptions import Subscriptions
from storage.updates import SeenUpdates
from tests.bot.chat.cast import POLICIES, private
from tests.bot.chat.telegram import TOKEN, Call, Telegram
from tests.stores import new_store

_LIBRARY = Library(POLICIES)


class Stage:
    """Lets people write and press, and returns what we did upon it."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.telegram = Telegram()
        self.bot = Bot(TOKEN, session=self.telegram)
        self.shelf = Shelf(library=_LIBRARY)
        self.now = datetime(2026, 11, 22, 1, tzinfo=UTC)
        self.pauses: list[float] = []
        self.chats: Chats
        self.conversations: Conversations
        self.seen: SeenUpdates
        self.dispatcher: Dispatcher
        self.admins: tuple[int, ...] = ()
        self.outbox = Outbox(db)
        self.broadcasts = Broadcasts(db, self.outbox)
        self.pictures = Pictures()  # without a font: timelines come as text
        self.keys: str | None = Fernet.generate_key().decode()
        self.environment: dict[str, str] = {}
        self.addresses: Addresses
        self.reminding: Reminding
        self.woken = 0
        self.last_message = 0
        self.logs: list[MutableMapping[str, Any]] = []
        self._ids = count(1)

    async def open(self) -> None:
        """Start, or start again after a stop."""
        self.chats = await Chats.load(self.db)
        self.addresses = Addresses(
            self.db,
            self.chats,
            AuditLog(self.db),
            self.outbox,
            keys=self.keys,
            environment=self.environment,
        )
        self.conversations = await Conversations.load(self.db)
        reminders = Reminders(self.db, self.outbox, admins=self.admins)
        self.reminding = Reminding(self.db, reminders, workdays(), now=lambda: self.now, wake=self._wake)
        self.seen = await SeenUpdates.load(self.db)
        self.dispatcher = build_dispatcher(
            bot=self.bot,
            shelf=self.shelf,
            chats=self.chats,
            conversations=self.conversations,
            seen_updates=self.seen,
            access=Access(admins=self.admins),
            throttle=Throttle(),
            clock=lambda: self.now,
            sleep=self._sleep,
            services={
                "outbox": self.outbox,
                "broadcasts": self.broadcasts,
                "subscriptions": Subscriptions(self.db),
                "audit": AuditLog(self.db),
                "messenger": Messenger(self.bot, self.chats, default=Language.SIMPLIFIED),
                "fanout_wake": self._wake,
                "courier_wake": self._wake,
                "addresses": self.addresses,
                "readings": Readings(self.db),
                "read_limits": Limits(file_bytes=1_000_000, characters=50_000),
                "restock": self._restock,
                "feeds": Feeds(self.db),
                "feed_url": "https://example.org/calendar",
                "invitations": Invitations(self.db),
                "standings": Standings(self.db),
                "reminders": reminders,
                "dates": Dates(self.db),
                "plans": Plans(self.db),
                "workdays": workdays(),
                "replan": self.reminding.replan,
                "events_now": lambda: current_events(self.db),
                "pictures": self.pictures,
            },
        )
        await self.bot.me()
        self.telegram.calls.clear()

    async def restart(self) -> None:
        """Stop in good order and start again."""
        await self.conversations.close()
        await self.seen.close()
        await self.open()

    async def update(self, raw: Call) -> list[Call]:
        """Bring an update; returns the calls it led to."""
        before = len(self.telegram.calls)
        await feed(self.dispatcher, self.bot, {"update_id": next(self._ids), **raw})
        return self.telegram.calls[before:]

    @property
    def last_id(self) -> int:
        """The id of the message we sent last."""
        return self.telegram.last_id

    async def says(self, person: Call, text: str | None = None, **fields: Any) -> list[Call]:
        """A person writes; 10 seconds after what was before."""
        return await self.update({"message": self.message(person, text, **fields)})

    def message(self, person: Call, text: str | None = None, **fields: Any) -> Call:
        """A message as Telegram writes it; commands and mentions are marked."""
        self.now += timedelta(seconds=10)
        self.last_message = next(self._ids)
        message = {"message_id": self.last_message, "date": int(self.now.timestamp()), "from": person}
        whole = message | {"chat": private(person), "text": text, "entities": _entities(text or "")} | fields
        return {key: value for key, value in whole.items() if value is not None}

    async def presses(self, person: Call, data: str, **message: Any) -> list[Call]:
        """A person presses a button of a message of ours."""
        self.now += timedelta(seconds=10)
        ours = {"message_id": 7, "date": 1, "chat": private(person), "text": "…"} | message
        press = {"id": f"p{next(self._ids)}", "from": person, "chat_instance": "1", "data": data}
        return await self.update({"callback_query": press | {"message": ours}})

    async def _restock(self) -> None:
        self.shelf.library = Library((*POLICIES, *await load_policies(self.db)))

    def _wake(self) -> None:
        self.woken += 1

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


def _entities(text: str) -> list[Call]:
    found, at = [], 0
    for word in text.split(" "):
        kind = {"@": "mention", "/": "bot_command"}.get(word[:1])
        length = len(word.encode("utf-16-le", "surrogatepass")) // 2
        if kind:
            found.append({"type": kind, "offset": at, "length": length})
        at += length + 1
    return found


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[Stage]:
    """A stage on a new database file."""
    async with new_store(folder) as db:
        stage = Stage(db)
        await stage.open()
        yield stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot, running."""
    async with open_stage(tmp_path) as one:
        with capture_logs() as logs:
            one.logs = logs
            yield one
