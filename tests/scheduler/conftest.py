"""A database with tables, and the office around it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import open_database
from tests.scheduler.courier_cast import Office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An office with an empty outbox."""
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/zhunshi.sqlite3") as db:
        await db.migrate()
        yield Office(db)
