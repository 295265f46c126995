"""The service that the chat page of a test belongs to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.app.processes import Running, zhunshi_run


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Running]:
    """`zhunshi run` without a token, where 陈晓 administers; people write faster here than anybody types."""
    address = f"sqlite+aiosqlite:///{tmp_path}/zhunshi.sqlite3"
    async with zhunshi_run(
        database_url=address, throttle_burst="1000", throttle_per_second="1000"
    ) as running:
        yield running
