"""Reviewing, wired: drafts of texts that were read, and the library that takes in what is published."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from answering.library import Library
from app.clock import now
from app.settings import Settings, read_limits
from bot.shelf import Shelf
from reading.formats.limits import Limits
from scheduler.ticks import Tick
from storage.database import Database
from storage.policies import current_revisions, load_policies
from storage.readings import Readings

KEEP_DRAFTS = timedelta(days=30)


class Stock:
    """Keeps the library as the store is."""

    def __init__(
        self, database: Database, shelf: Shelf, held: str, after: Callable[[], Awaitable[None]]
    ) -> None:
        """Args beyond the obvious.

        held: the `current_revisions` that the shelf's library was made of, or earlier ones.
        after: follows whenever the library has changed.
        """
        self._database = database
        self._shelf = shelf
        self._after = after
        self._turn = asyncio.Lock()  # of two that publish at once, the later library stays
        self._held = held

    async def look(self) -> None:
        """Take in what has changed, if anything has."""
        async with self._turn:
            current = await current_revisions(self._database)
            if current == self._held:
                return
            await self._read(current)
        await self._after()

    async def take_in(self) -> None:
        """Something was published here."""
        async with self._turn:
            await self._read(await current_revisions(self._database))
        await self._after()

    async def _read(self, current: str) -> None:
        policies = await load_policies(self._database)
        self._shelf.library = await asyncio.to_thread(Library, policies)
        self._held = current


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """What the rest of the service needs of reviewing."""

    readings: Readings
    stock: Stock
    limits: Limits

    def services(self) -> Mapping[str, Any]:
        """What handlers ask for by name."""
        return {"readings": self.readings, "read_limits": self.limits, "restock": self.stock.take_in}

    def ticks(self) -> tuple[Tick, Tick]:
        """What is published by another process is known here too; and drafts of last month are forgotten."""
        return (
            Tick(name="take in policies published elsewhere", seconds=30, do=self.stock.look),
            Tick(name="forget old drafts of policies", seconds=86_400, do=self._purge),
        )

    async def _purge(self) -> None:
        await self.readings.purge(before=now() - KEEP_DRAFTS)


def reviewing(
    settings: Settings, database: Database, shelf: Shelf, held: str, after: Callable[[], Awaitable[None]]
) -> Reviewing:
    """Put it together; see `Stock` for `held` and `after`."""
    stock = Stock(database, shelf, held, after)
    return Reviewing(readings=Readings(database), stock=stock, limits=read_limits(settings))
