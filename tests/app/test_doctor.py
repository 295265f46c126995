"""`zhunshi doctor`: a line each, with what to do; 1 when something fails."""

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest

from app import doctor
from app.cli import main
from app.settings import load_settings
from app.store import open_store
from sandbox.server import running
from sandbox.world import TOKEN, World


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    address = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv("ZHUNSHI_DATABASE_URL", address)
    return address


async def examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str]]:
    code = await doctor.examine(sys.stdout)
    lines = capsys.readouterr().out.splitlines()
    return code, {line.split()[1]: line for line in lines}


def test_a_fresh_checkout_is_fit_to_start(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, lines = asyncio.run(examined(capsys))
    assert code == 0
    assert lines["settings"].startswith("ok")
    assert lines["catalogue"].startswith("ok")
    assert "4 policies" in lines["catalogue"]
    assert lines["database"].startswith("warn")
    assert "`zhunshi run` makes it" in lines["database"]
    assert lines["token"].startswith("warn")
    assert not any(tmp_path.rglob("*")), "a doctor only looks"


@pytest.mark.usefixtures("url")
async def test_a_store_in_use_is_found_current(capsys: pytest.CaptureFixture[str]) -> None:
    async with open_store(load_settings()):
        pass
    _, lines = await examined(capsys)
    assert lines["database"].startswith("ok")
    assert lines["schema"].startswith("ok")


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize(("version", "mark"), [("0000", "warn"), ("9999", "fail")])
async def test_tables_of_another_release_are_pointed_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, version: str, mark: str
) -> None:
    async with open_store(load_settings()):
        pass
    with sqlite3.connect(tmp_path / "store.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [version])
    connection.close()
    code, lines = await examined(capsys)
    assert lines["schema"].startswith(mark)
    assert code == (mark == "fail")


async def test_a_file_that_is_no_database_fails(
    capsys: pytest.CaptureFixture[str], url: str, tmp_path: Path
) -> None:
    assert url
    (tmp_path / "store.sqlite3").write_text("a letter, not a database\n" * 100)
    code, lines = await examined(capsys)
    assert code == 1
    assert lines["database"].startswith("fail")


async def test_a_broken_catalogue_fails_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text("id: broken\n")
    monkeypatch.setenv("ZHUNSHI_CATALOGUE", str(tmp_path))
    code, lines = await examined(capsys)
    assert code == 1
    assert "broken.yaml: title" in lines["catalogue"]


@pytest.mark.parametrize(
    ("theirs", "mark", "words"), [(TOKEN, "ok", "@zhunshi_bot"), (f"{TOKEN}x", "fail", "Unauthorized")]
)
async def test_the_token_is_tried_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], theirs: str, mark: str, words: str
) -> None:
    async with running(World(token=theirs)) as telegram:
        monkeypatch.setenv("ZHUNSHI_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("ZHUNSHI_API_URL", telegram.url)
        _, lines = await examined(capsys)
    assert lines["telegram"].startswith(mark)
    assert words in lines["telegram"]
    assert TOKEN not in "".join(lines.values())


async def test_a_telegram_that_can_not_be_reached_fails_without_the_address_of_the_call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHUNSHI_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("ZHUNSHI_API_URL", "http://127.0.0.1:9")
    code, lines = await examined(capsys)
    assert code == 1
    assert "can't be reached" in lines["telegram"]
    assert TOKEN not in lines["telegram"]


async def test_translations_that_are_not_compiled_say_how(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "en" / "LC_MESSAGES" / "zhunshi.po"
    source.parent.mkdir(parents=True)
    source.write_text("")
    monkeypatch.setattr(doctor, "LOCALES", tmp_path)
    monkeypatch.setattr(doctor, "LOCALE_NAMES", {"en": "en"})
    code, lines = await examined(capsys)
    assert lines["translations"].startswith("warn")
    assert "pybabel compile" in lines["translations"]
    source.unlink()
    code, lines = await examined(capsys)
    assert lines["translations"].startswith("fail")
    assert code == 1


async def test_missing_fonts_are_a_warning_with_the_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "chosen_font", lambda _: None)
    code, lines = await examined(capsys)
    assert lines["fonts"].startswith("warn")
    assert "fonts-noto-cjk" in lines["fonts"]
    assert code == 0


async def test_a_font_that_is_none_fails_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHUNSHI_FONT_FILE", __file__)
    code, lines = await examined(capsys)
    assert "ZHUNSHI_FONT_FILE" in lines["fonts"]
    assert "not a font" in lines["fonts"]
    assert code == 1


def test_a_malformed_setting_is_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHUNSHI_MODE", "carrier pigeon")
    assert main(["doctor"]) == 2
    assert "ZHUNSHI_MODE" in capsys.readouterr().err
