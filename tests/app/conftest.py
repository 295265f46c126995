"""A clean place to stand: no settings of the machine, and an empty working folder."""

import asyncio
import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.settings import PREFIX, Settings
from app.store import open_store


@pytest.fixture(scope="session")
def prepared_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store that holds the bundle, for tests that only read."""
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('prepared')}/store.sqlite3"

    async def prepare() -> None:
        async with open_store(Settings(database_url=SecretStr(url))):
            pass

    asyncio.run(prepare())
    return url


@pytest.fixture
def prepared(prepared_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of this test read the prepared store."""
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", prepared_url)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
