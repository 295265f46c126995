"""Opening the store: the database at its place, its tables current, the bundled catalogue in it."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.clock import now
from app.settings import PREFIX, Settings
from domain.errors import BadSetting
from domain.policy import Policy
from storage.catalogue import load_folder
from storage.database import Database
from storage.policies import revisions, save_policies

BUNDLE = "bundled catalogue"
"""Who saved a revision that no person did."""

DEFAULT_DATABASE = "sqlite+aiosqlite:///var/zhunshi.sqlite3"


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Database]:
    """The store of the service, for as long as the block runs.

    Raises:
        BadSetting: the database can't be used; names the variable.
        BadCatalogue: the bundled catalogue is broken; nothing of it was saved.
    """
    named = settings.database_url
    url = named.get_secret_value() if named else DEFAULT_DATABASE
    async with opened(url, full_sync=settings.full_sync) as database:
        await _make_ready(database, settings.catalogue)
        yield database


@asynccontextmanager
async def open_store_to_read(settings: Settings) -> AsyncIterator[Database]:
    """The same for a command that only looks: with no database named, a fresh one that is gone afterwards."""
    if settings.database_url is not None:
        async with open_store(settings) as database:
            yield database
        return
    with tempfile.TemporaryDirectory(prefix="zhunshi-") as folder:
        async with opened(f"sqlite+aiosqlite:///{folder}/catalogue.sqlite3") as database:
            await _make_ready(database, settings.catalogue)
            yield database


@asynccontextmanager
async def opened(url: str, *, full_sync: bool = False) -> AsyncIterator[Database]:
    """The database at an address as it is; what is wrong with the address names the setting."""
    try:
        database = await Database.open(url, full_sync=full_sync)
    except BadSetting as error:
        raise BadSetting(f"{PREFIX}DATABASE_URL: {error}") from error
    try:
        yield database
    finally:
        await database.close()


async def _make_ready(database: Database, catalogue: Path) -> None:
    """Bring the tables up to date, and in what the bundle says but for policies that a person changed."""
    await database.migrate()
    policies = load_folder(catalogue)
    ours = [policy for policy in policies if await _is_ours(database, policy)]
    await save_policies(database, ours, now=now(), saved_by=BUNDLE)


async def _is_ours(database: Database, policy: Policy) -> bool:
    saved = await revisions(database, policy.id)
    return not saved or saved[-1].saved_by == BUNDLE
