"""Reviewing, wired: drafts of texts that were read, and the library that takes in what is published."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from answering.library import Library
from app.clock import now
from app.settings import Settings, read_limits
from bot.shelf import Shelf
from scheduler.ticks import Tick
from storage.database import Database
from storage.policies import load_policies
from storage.readings import Readings

KEEP_DRAFTS = timedelta(days=30)


def reviewing(settings: Settings, database: Database, shelf: Shelf) -> Mapping[str, Any]:
    """What handlers ask for by name."""
    turn = asyncio.Lock()  # of two that publish at once, the later library stays

    async def restock() -> None:
        async with turn:
            policies = await load_policies(database)
            shelf.library = await asyncio.to_thread(Library, policies)

    return {"readings": Readings(database), "read_limits": read_limits(settings), "restock": restock}


def purging(services: Mapping[str, Any]) -> Tick:
    """Drafts that nobody confirmed in a month are forgotten."""
    readings: Readings = services["readings"]

    async def purge() -> None:
        await readings.purge(before=now() - KEEP_DRAFTS)

    return Tick(name="forget old drafts of policies", seconds=86_400, do=purge)
