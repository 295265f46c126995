"""The store: filled from the bundle once, never over what people changed, nothing half-loaded."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import main
from app.clock import now
from app.settings import Settings, load_settings
from app.store import BUNDLE, open_store
from domain.errors import BadCatalogue
from storage.catalogue import load_folder
from storage.policies import load_policies, revisions, save_policies


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """A database of its own, and a catalogue that may be changed."""
    shutil.copytree(load_settings().catalogue, tmp_path / "catalogue")
    monkeypatch.setenv("ZHUNSHI_CATALOGUE", str(tmp_path / "catalogue"))
    monkeypatch.setenv("ZHUNSHI_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3")
    return load_settings()


def edit(settings: Settings, old: str, new: str) -> None:
    file = settings.catalogue / "zhejiang-2023.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


async def saved(settings: Settings, policy_id: str = "zhejiang-2023") -> list[tuple[int, str]]:
    async with open_store(settings) as database:
        return [(one.revision, one.saved_by) for one in await revisions(database, policy_id)]


async def test_a_new_store_holds_the_bundle_and_opening_it_again_changes_nothing(settings: Settings) -> None:
    assert await saved(settings) == [(1, BUNDLE)]
    assert await saved(settings) == [(1, BUNDLE)]
    async with open_store(settings) as database:
        assert set(await load_policies(database)) == set(load_folder(settings.catalogue))


async def test_a_changed_bundle_becomes_a_new_revision(settings: Settings) -> None:
    await saved(settings)
    edit(settings, "id: zhejiang-2023\n", "id: zhejiang-2023\nissued: 2022\n")
    assert await saved(settings) == [(1, BUNDLE), (2, BUNDLE)]


async def test_what_a_person_changed_is_not_written_over(settings: Settings) -> None:
    async with open_store(settings) as database:
        ours = {policy.id: policy for policy in await load_policies(database)}["zhejiang-2023"]
        await save_policies(database, [replace(ours, measures=())], now=now(), saved_by="陈晓")
    edit(settings, "id: zhejiang-2023\n", "id: zhejiang-2023\nissued: 2022\n")
    assert await saved(settings) == [(1, BUNDLE), (2, "陈晓")]


async def test_a_broken_file_loads_nothing(settings: Settings) -> None:
    edit(settings, "id: zhejiang-2023\n", "id: zhejiang-2023\nissued: soon\n")
    with pytest.raises(BadCatalogue, match=r"^zhejiang-2023\.yaml: issued: "):
        await saved(settings)
    edit(settings, "issued: soon\n", "")
    assert await saved(settings, "wenzhou-2017") == [(1, BUNDLE)]


def test_a_command_that_only_looks_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "yaml"]) == 0
    assert "id: zhejiang-2023\n" in capsys.readouterr().out
    assert not any(tmp_path.rglob("*"))


def test_what_is_exported_is_what_the_loader_reads(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "yaml", "--to", str(tmp_path / "out")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
    assert load_folder(tmp_path / "out") == load_folder(settings.catalogue)


def test_a_folder_that_can_not_be_written_to_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["export", "yaml", "--to", str(tmp_path / "file")]) == 2
    assert "--to" in capsys.readouterr().err
