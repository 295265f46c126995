"""New stores with all tables, quickly: the migrations run once a process, and each test gets a copy."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database, open_database

_SQLITE = "sqlite+aiosqlite:///"
_TEMPLATE = "all_tables"


@asynccontextmanager
async def new_store(folder: Path) -> AsyncIterator[Database]:
    """An SQLite file in that folder."""
    file = folder / "zhunshi.sqlite3"
    _copy(file)
    async with open_database(f"{_SQLITE}{file}") as database:
        yield database


async def fill(url: str) -> None:
    """Give the empty database at this address, of either kind, all tables."""
    if url.startswith(_SQLITE):
        _copy(Path(url.removeprefix(_SQLITE)))
        return
    server, _, rest = url.partition("@/")
    name, _, query = rest.partition("?")
    engine = create_async_engine(f"{server}@/postgres?{query}", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        known = text("SELECT 1 FROM pg_database WHERE datname = :name")
        if await connection.scalar(known, {"name": _TEMPLATE}) is None:
            await connection.execute(text(f"CREATE DATABASE {_TEMPLATE}"))
            async with open_database(f"{server}@/{_TEMPLATE}?{query}") as template:
                await template.migrate()
        await connection.execute(text(f"DROP DATABASE {name}"))
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}"))
    await engine.dispose()


def _copy(file: Path) -> None:
    file.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    """The file that the migrations make; in a thread of its own, as a loop may run in this one."""

    async def migrate(url: str) -> None:
        async with open_database(url) as database:
            await database.migrate()

    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        file = Path(folder) / "template.sqlite3"
        thread.submit(asyncio.run, migrate(f"{_SQLITE}{file}")).result()
        return file.read_bytes()
