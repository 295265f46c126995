"""`zhunshi read` and `import`: what a text demands is shown, or stored and answered from; no half things."""

import json
from pathlib import Path

import pytest

from app.cli import main
from app.reading import import_files
from app.settings import PREFIX
from storage.database import open_database
from storage.policies import load_policies
from storage.readings import Readings

TEXT = """云溪市质量基础设施提升行动方案（2024—2026年）

为夯实质量基础，制定本方案。

一、主要目标
到2026年底，牵头制定国家标准25项以上，培育团体标准不少于40项，标准化试点项目验收合格率达到95%。

二、重点任务
（一）完善标准供给
1.健全先进制造业标准。围绕智能装备补齐短板。（责任单位：市市场监管局、市经济和信息化局）
2.提升服务业标准水平。聚焦养老和物业。（责任单位：市民政局、市住房城乡建设局）

三、保障措施
（一）加强组织领导。建立联席会议。
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A policy of our own."""
    file = tmp_path / "云溪.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_reading_as_json_gives_quotations_at_their_positions(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--json", str(document)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["title"] == "云溪市质量基础设施提升行动方案（2024—2026年）"
    assert [(one["comparator"], one["value"], one["unit"], one["due"]) for one in found["targets"]] == [
        (">=", 25, "项", "2026-12-31"),
        (">=", 40, "项", "2026-12-31"),
        (">=", 95, "%", "2026-12-31"),
    ]
    for target in found["targets"]:
        assert TEXT[target["start"] : target["end"]] == target["quote"]
    assert found["measures"][0]["departments"] == ["市市场监管局", "市经济和信息化局"]


def test_reading_in_words_names_figures_and_departments(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--lang", "en", str(document)]) == 0
    shown = capsys.readouterr().out
    assert "at least 25" in shown
    assert "市民政局" in shown


def test_what_was_imported_is_answered_from(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3")
    assert main(["import", "--publish", str(document)]) == 0
    assert "revision 1" in capsys.readouterr().out
    assert main(["import", "--publish", str(document)]) == 0
    assert "unchanged" in capsys.readouterr().out
    assert main(["ask", "云溪市到2026年团体标准要多少项？"]) == 0
    answer = capsys.readouterr().out
    assert "40" in answer
    assert "云溪市质量基础设施提升行动方案" in answer


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "nothing in it"),
        (b"\x00\x01\x02" * 100, "b.txt"),
        ("随手写的一句话。".encode(), "states no targets"),
    ],
)
def test_what_states_nothing_is_refused_in_one_line_and_nothing_is_stored(  # noqa: PLR0917 - fixtures
    content: bytes,
    why: str,
    document: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = tmp_path / "store.sqlite3"
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", f"sqlite+aiosqlite:///{store}")
    bad = tmp_path / "b.txt"
    bad.write_bytes(content)
    assert main(["import", "--publish", str(document), str(bad)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert why in said.err
    assert not store.exists()


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "none.txt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_same_policy_twice_at_once_is_refused(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin = tmp_path / "twin.txt"
    twin.write_text(TEXT + "（二）强化评估。\n", encoding="utf-8")
    assert main(["import", "--publish", str(document), str(twin)]) == 2
    assert "the same policy" in capsys.readouterr().err


async def test_an_import_keeps_the_original_characters(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", address)
    await import_files([document])
    async with open_database(address) as db:
        (policy,) = [one for one in await load_policies(db) if one.title.zh.startswith("云溪市")]
        original = await Readings(db).original(policy.id)
    assert original is not None
    assert (original.name, original.text) == (document.name, TEXT)
    for target in policy.targets:
        assert TEXT[target.passage.start : target.passage.end] == target.passage.quote
