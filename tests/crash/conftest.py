"""What every crash story has: dice, a nursery, a database, and more time than other tests."""

import os
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.crash.nursery import Nursery, nursery
from tests.crash.town import tell
from tests.patience import patience
from tests.storage.conftest import postgres

__all__ = ["patience", "postgres"]


@pytest.fixture(scope="package")
def born() -> Iterator[Nursery]:
    """Who gives birth to processes."""
    with nursery() as ours:
        yield ours


@pytest.fixture
def dice(capsys: pytest.CaptureFixture[str]) -> random.Random:
    """Seeded; the seed is told, and `CRASH_SEED` gives it again."""
    seed = int(os.environ.get("CRASH_SEED") or random.SystemRandom().randrange(10**6))
    tell(capsys, f"seed {seed}")
    return random.Random(seed)  # noqa: S311 - dice


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The address of an empty database."""
    return f"sqlite+aiosqlite:///{tmp_path}/zhunshi.sqlite3"


@pytest.fixture
async def postgresql(postgres: Path) -> AsyncIterator[str]:
    """The address of an empty database."""
    address = f"postgresql+asyncpg://zhunshi:s3cret@/{{}}?host={postgres}"
    engine = create_async_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("CREATE DATABASE crash"))
    yield address.format("crash")
    async with engine.connect() as connection:
        await connection.execute(text("DROP DATABASE crash WITH (FORCE)"))
    await engine.dispose()
