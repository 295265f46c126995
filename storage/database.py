"""The door to the database: opening with clear errors, transactions, migrations at start, upserts."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Table, event, inspect, select, table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql import column

from domain.errors import BadSetting

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 10_000
_CONNECT_SECONDS = 10
# What opening raises besides SQLAlchemy's own: no such host or folder, an option the driver doesn't know.
_FAILURES = (SQLAlchemyError, OSError, TypeError, ValueError)


class Database:
    """An open database; `async with open_database(url)` opens, checks and closes it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        if engine.dialect.name == "sqlite":
            self._reader = engine
            # SQLite has one writer at a time. A queue of our own beats its sleeping retries, and those
            # who wait hold no connection that a reader could use.
            self._turn: AbstractAsyncContextManager[None] = asyncio.Lock()
        else:
            self._reader = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._turn = nullcontext()

    @classmethod
    async def open(cls, url: str, *, full_sync: bool = False) -> Self:
        """Connect to `sqlite+aiosqlite:///path` or `postgresql+asyncpg://user:password@host/name`.

        The last folder of an SQLite path is made if missing. `full_sync` makes SQLite wait for the disk at
        every commit: a power cut then loses nothing (a killed process never does).

        Raises:
            BadSetting: the address is malformed or nothing fit answers there; one line, no password.
        """
        address = _address(url)
        database = cls(_engine(address, full_sync=full_sync))
        try:
            async with database.read() as connection:
                await connection.execute(select(1))
        except BaseException as error:
            await database.close()
            if isinstance(error, _FAILURES):
                raise BadSetting(f"{_shown(address)}: {_reason(error, address)}") from error
            raise
        return database

    async def close(self) -> None:
        """Close every connection; the process can't end before."""
        await self._engine.dispose()

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection in a transaction that sees one state of the data."""
        return self._reader.begin()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that may write; it commits at the end, or rolls back on an error.

        Never open a second one inside: it would wait for the first.
        """
        async with self._turn, self._writer.begin() as connection:
            yield connection

    async def migrate(self) -> None:
        """Bring the tables up to this version; cheap when they are, safe when two processes start at once.

        Raises:
            BadSetting: a newer version of the service made this database, or it can't be written to.
        """
        head = _head()
        try:
            async with self.read() as connection:
                if await _version(connection) == head:
                    return
            async with self.write() as connection:
                await only_one(connection, "migrate")
                version = await _version(connection)
                if version is not None and version > head:
                    raise BadSetting(
                        f"{self}: made by a newer version of the service"
                        f" (tables at {version}, this version knows {head})"
                    )
                if version != head:
                    await connection.run_sync(_upgrade)
        except DBAPIError as error:
            raise BadSetting(f"{self}: can't be migrated: {_reason(error, self._engine.url)}") from error

    async def versions(self) -> tuple[str | None, str]:
        """The version of the tables, None before the first migration, and the one this code needs."""
        async with self.read() as connection:
            return await _version(connection), _head()

    def __str__(self) -> str:
        return _shown(self._engine.url)


@asynccontextmanager
async def open_database(url: str, *, full_sync: bool = False) -> AsyncIterator[Database]:
    """Open a database for as long as the block runs; see `Database.open`."""
    database = await Database.open(url, full_sync=full_sync)
    try:
        yield database
    finally:
        await database.close()


def upsert(connection: AsyncConnection, into: Table, *, keep: Collection[str] = ()) -> Any:
    """An insert of rows that replaces those of the same primary key, but for the columns to `keep`."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(into)
    key = list(into.primary_key.columns)
    changed = {
        one.name: statement.excluded[one.name]
        for one in into.columns
        if one not in key and one.name not in keep
    }
    return statement.on_conflict_do_update(index_elements=key, set_=changed)


async def only_one(connection: AsyncConnection, what: str) -> None:
    """Let one write transaction at a time do `what`, over all processes; SQLite's are alone anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": what})


def to_json(value: object) -> str:
    """The JSON text that the database holds: sorted, so that equal values have equal texts."""
    plain = json.dumps(value, default=_figure, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Half of a cut emoji is no UTF-8; this turns it into the escape that JSON has for it.
    return plain.encode(errors="backslashreplace").decode()


def _figure(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"not JSON: {value!r}")


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        # The driver's own words may hold the password.
        raise BadSetting(
            "the database address can't be read; it looks like sqlite+aiosqlite:///var/zhunshi.sqlite3"
            " or postgresql+asyncpg://user:password@host/name"
        ) from error
    if address.drivername not in _DRIVERS:
        raise BadSetting(
            f"the database address starts with {address.drivername}://;"
            " known are sqlite+aiosqlite:// and postgresql+asyncpg://"
        )
    return address.set(drivername=_DRIVERS[address.drivername])


def _engine(address: URL, *, full_sync: bool) -> AsyncEngine:
    if address.drivername == "postgresql+asyncpg":
        options: dict[str, Any] = {"pool_pre_ping": True, "connect_args": {"timeout": _CONNECT_SECONDS}}
        return create_async_engine(address, json_serializer=to_json, **options)
    _try_file(address)
    engine = create_async_engine(address, json_serializer=to_json)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        _prepare_sqlite(connection, full_sync=full_sync)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that starts by reading can't turn into a writing one while another writes.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _try_file(address: URL) -> None:
    # Before aiosqlite does: where it can't open a file, its thread may outlive the event loop.
    if address.database in (None, "", ":memory:"):
        raise BadSetting("the database address names no file: sqlite+aiosqlite:///var/zhunshi.sqlite3 does")
    if address.query:
        raise BadSetting(f"{_shown(address)}: an SQLite address takes no options")
    folder = Path(str(address.database)).parent
    try:
        folder.mkdir(exist_ok=True)
        with closing(sqlite3.connect(str(address.database))) as connection:
            connection.execute("PRAGMA schema_version")
    except OSError as error:
        raise BadSetting(f"{_shown(address)}: the folder {folder} can't be made: {error.strerror}") from error
    except sqlite3.Error as error:
        raise BadSetting(f"{_shown(address)}: {error}") from error


def _prepare_sqlite(connection: Any, *, full_sync: bool) -> None:
    connection.isolation_level = None  # `begin` below says when a transaction starts, not the driver
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {_BUSY_MS}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        f"synchronous = {'FULL' if full_sync else 'NORMAL'}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _head() -> str:
    # Read from the files' names: asking Alembic would cost its import at every start.
    return max(file.name.partition("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


async def _version(connection: AsyncConnection) -> str | None:
    if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
        return None
    version: str | None = await connection.scalar(
        select(column("version_num")).select_from(table("alembic_version"))
    )
    return version


def _upgrade(connection: Connection) -> None:
    # Here and not above: a start with nothing to migrate need not pay for the import.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _shown(address: URL) -> str:
    return f"the database {address.render_as_string(hide_password=True)}"


def _reason(error: BaseException, address: URL) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    words = " ".join(str(cause).split())[:300] or type(cause).__name__
    return words.replace(str(address.password), "***") if address.password else words
