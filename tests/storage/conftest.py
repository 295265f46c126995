"""Databases to test on: each test runs on an SQLite file, and on a PostgreSQL server of the tests' own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database, open_database
from tests.stores import fill

_numbers = count(1)
_QUICK = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/zhunshi.sqlite3"
    folder = request.getfixturevalue("postgres")
    name = f"test_{next(_numbers)}"
    address = f"postgresql+asyncpg://zhunshi:s3cret@/{{}}?host={folder}"
    engine = create_async_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return address.format(name)


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    """An open database with all tables."""
    await fill(url)
    async with open_database(url) as database:
        yield database


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The folder of the socket of a PostgreSQL server that lives as long as the tests."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here (initdb not found); Debian's package is `postgresql`")
    # Not in pytest's folder: the path of a socket is short, and the server runs as another user than root.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    run = _runner(folder)
    try:
        run(
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "zhunshi",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        )
        control = [programs / "pg_ctl", "-D", folder / "data"]
        run(*control, "-w", "-l", folder / "log", "-o", f"-k {folder} {_QUICK}", "start")
        try:
            yield folder
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


def _runner(folder: Path) -> Callable[..., None]:
    other_user: list[str] = []
    if os.geteuid() == 0:  # which PostgreSQL refuses to run as
        shutil.chown(folder, "postgres")
        other_user = ["runuser", "-u", "postgres", "--"]

    def run(*command: str | Path) -> None:
        line = [*other_user, *map(str, command)]
        done = subprocess.run(
            line, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        assert done.returncode == 0, done.stderr.decode()

    return run
