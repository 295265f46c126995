"""A database with tables, and the office around it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scheduler.courier_cast import Office
from tests.stores import new_store


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An office with an empty outbox."""
    async with new_store(tmp_path) as db:
        yield Office(db)
