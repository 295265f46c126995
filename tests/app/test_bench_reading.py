"""The bench of readings: scores, ratios and memory in the promised form, and clear words for bad input."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.bench import gold, reading
from app.bench.reading import measure_reading, told
from app.cli import main
from reading.document import DEFAULT_LIMITS
from reading.scoring import ASPECTS

GOLD = Path(__file__).parents[1] / "reading" / "gold"
NAME = "tibet-short-notice"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("ROUNDS", 1), ("AT_LEAST", 1), ("LONG", {"long": DEFAULT_LIMITS.characters + 1})):
        monkeypatch.setattr(reading, name, size)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for ending in ("txt", "json"):
        shutil.copy(GOLD / f"{NAME}.{ending}", tmp_path)
    return tmp_path


def _change(file: Path, change: Callable[[dict[str, list[dict[str, object]]]], None]) -> None:
    content = json.loads(file.read_text("utf-8"))
    change(content)
    file.write_text(json.dumps(content), "utf-8")


async def test_the_result_has_scores_cases_ratios_and_memory(folder: Path) -> None:
    result = await measure_reading(folder)
    assert result["bench"] == "reading"
    assert set(result["cases"]) == {"ours", "jieba"}
    for case in result["cases"].values():
        assert case["per_s"] == pytest.approx(1e6 / case["cpu_us"], rel=0.01)
    ratio = result["cases"]["ours"]["per_s"] / result["cases"]["jieba"]["per_s"]
    assert result["ratios"] == {"ours_to_jieba": pytest.approx(ratio, rel=0.01)}
    assert result["left_out"] == []
    assert set(result["scores"]["aspects"]) == set(ASPECTS)
    assert all(one["f1"] == 1 for one in result["scores"]["aspects"].values())
    assert result["scores"]["files"] == {}
    assert result["memory"]["long"]["outcome"] == "refused: too_long"
    assert 0 < result["memory"]["long"]["before_mb"] <= result["memory"]["long"]["most_mb"]
    assert json.loads(json.dumps(result)) == result
    assert "ours_to_jieba: " in told(result)


async def test_a_file_that_is_not_perfect_is_told_with_what_differs(folder: Path) -> None:
    def ask_for_more(content: dict[str, list[dict[str, object]]]) -> None:
        content["targets"][0]["value"] = 99

    _change(folder / f"{NAME}.json", ask_for_more)
    result = await measure_reading(folder)
    aspects = result["scores"]["aspects"]
    assert aspects["targets"]["wrong"] == aspects["targets"]["missed"] == 1
    assert aspects["targets"]["f1"] < aspects["measures"]["f1"] == 1
    faulty = result["scores"]["files"][f"{NAME}.txt"]
    assert faulty["aspects"]["targets"]["missed"] == 1
    assert "- >=99项 2024-12-31" in faulty["differences"]
    assert f"{NAME}.txt: targets" in told(result)


async def test_without_jieba_the_ratio_is_left_out_and_said_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jieba", None)
    result = await measure_reading(folder)
    assert set(result["cases"]) == {"ours"}
    assert result["ratios"] == {}
    assert result["left_out"] == ["jieba"]
    assert "jieba: left out" in told(result)


def test_the_command_prints_one_json_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "reading", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scores"]["texts"] == 1


def test_without_a_folder_our_own_gold_is_read_or_its_absence_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(gold.scored_folder(None)) == len(list(GOLD.glob("*.json")))
    monkeypatch.setattr(gold, "_OURS", tmp_path / "absent")
    assert main(["bench", "reading"]) == 2
    assert "give a DIR" in capsys.readouterr().err


def _no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def _no_gold(folder: Path) -> None:
    (folder / f"{NAME}.json").unlink()


def _no_text(folder: Path) -> None:
    (folder / f"{NAME}.txt").unlink()


def _broken(folder: Path) -> None:
    (folder / f"{NAME}.json").write_text('{"targets": [', "utf-8")


def _a_list(folder: Path) -> None:
    (folder / f"{NAME}.json").write_text("[]", "utf-8")


def _of_another_form(folder: Path) -> None:
    (folder / f"{NAME}.json").write_text('{"targets": [{"value": "many"}]}', "utf-8")


def _unreadable_text(folder: Path) -> None:
    (folder / f"{NAME}.txt").write_bytes(b"\x7fELF\x00\x01\x02" * 90)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_no_folder, "No such file or directory"),
        (_no_gold, "no gold files in it"),
        (_no_text, "its text is missing"),
        (_broken, "not JSON"),
        (_a_list, "not one JSON object"),
        (_of_another_form, "not in the form of"),
        (_unreadable_text, NAME),
    ],
)
def test_bad_input_is_told_in_one_line(
    spoil: Callable[[Path], None], words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder)
    assert main(["bench", "reading", str(folder)]) == 2
    told_of = capsys.readouterr()
    assert told_of.out == ""
    assert words in told_of.err
    assert told_of.err.count("\n") == 1
