"""The bench: its questions are many and different, its result has the promised shape."""

import gc
from pathlib import Path

import pytest

from answering.library import Library
from app.bench import answers
from app.bench.answers import measure_answers, told
from app.bench.collector import Collector
from app.bench.questions import mixed_questions
from app.settings import load_settings
from language.script import to_simplified
from storage.catalogue import load_folder


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(load_folder(Path(__file__).parents[2] / "catalogue"))


def test_the_questions_are_all_different_and_mixed(library: Library) -> None:
    questions = mixed_questions(library, 3_000)
    assert len(set(questions)) == 3_000
    english = sum(question.isascii() for question in questions)
    traditional = sum(to_simplified(question) != question for question in questions)
    assert 300 < english < 1_500
    assert 300 < traditional < 1_500
    assert questions == mixed_questions(library, 3_000)


async def test_the_result_has_cases_ratios_times_and_collections(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("ROUNDS", 1), ("IN_PROCESS", 40), ("BY_WEBHOOK", 20), ("WARM_UP", 5)):
        monkeypatch.setattr(answers, name, size)
    try:
        result = await measure_answers(load_settings())
    finally:
        gc.unfreeze()
    assert result["bench"] == "answers"
    assert set(result["cases"]) == {"echo", "ours", "echo_webhook", "ours_webhook"}
    for case in result["cases"].values():
        assert case["per_s"] == pytest.approx(1e6 / case["cpu_us"], rel=0.01)
    ratio = result["cases"]["ours"]["per_s"] / result["cases"]["echo"]["per_s"]
    assert result["ratios"]["ours_to_echo"] == pytest.approx(ratio, rel=0.01)
    assert set(result["ratios"]) == {"ours_to_echo", "ours_to_echo_webhook"}
    assert result["questions"]["count"] == 40
    assert 0 < result["questions"]["p50_ms"] <= result["questions"]["p99_ms"]
    assert 0 <= result["gc"]["share"] < 1
    assert "ours_to_echo: " in told(result)


def test_a_collection_is_noted_while_it_is_watched() -> None:
    collector = Collector()
    gc.collect()
    with collector.watching():
        gc.collect()
    gc.collect()
    assert 0 < collector.longest == collector.collecting <= collector.watched
    assert 0 < collector.share <= 1
