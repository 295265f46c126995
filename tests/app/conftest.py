"""A clean place to stand: no settings of the machine, and an empty working folder."""

import os
from pathlib import Path

import pytest

from app.settings import PREFIX


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
