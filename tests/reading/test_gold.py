"""Our own gold: short policies in many styles, with what a person reads in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from reading.as_json import to_json
from reading.document import read_document
from reading.policy import read_policy
from reading.scoring import differences, score
from tests.reading.scoring import document_of

GOLD = Path(__file__).parent / "gold"
NAMES = sorted(path.stem for path in GOLD.glob("*.json"))
NEGATIVE = [name for name in NAMES if name.startswith(("negative", "regulation"))]


def _gold(name: str) -> tuple[str, dict[str, Any]]:
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
    return text, json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def test_there_are_at_least_twelve_gold_texts_and_some_are_negative() -> None:
    assert len(NAMES) >= 12
    assert len(NEGATIVE) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_gold_text_is_read_as_a_person_reads_it(name: str) -> None:
    text, gold = _gold(name)
    reading = to_json(read_policy(document_of(text)))
    assert differences(reading, gold) == []
    assert all(one.f1 == 1 for one in score(reading, gold, text).values())


@pytest.mark.parametrize("name", NAMES)
def test_front_safeguards_events_and_basis_of_a_gold_text_agree(name: str) -> None:
    text, gold = _gold(name)
    reading = to_json(read_policy(document_of(text)))
    for field in ("title", "issuer", "region", "period", "safeguards", "events", "basis"):
        if field in gold:
            assert reading[field] == gold[field], field


@pytest.mark.parametrize("name", NAMES)
def test_the_file_of_a_gold_text_is_read_as_its_lines_are(name: str) -> None:
    text, gold = _gold(name)
    document = read_document(text.encode(), f"{name}.txt")
    reading = to_json(read_policy(document))
    assert differences(reading, gold) == []
    assert all(one.f1 == 1 for one in score(reading, gold, document.text).values())
    for field in ("title", "region"):
        if field in gold:
            assert reading[field] == gold[field], field


@pytest.mark.parametrize("name", NAMES)
def test_numbers_parents_and_leads_of_measures_agree(name: str) -> None:
    text, gold = _gold(name)
    fields = ("number", "title", "parent", "departments", "lead", "due")
    read = [
        [measure[field] for field in fields]
        for measure in to_json(read_policy(document_of(text)))["measures"]
    ]
    if "measures" in gold:
        assert read == [[measure[field] for field in fields] for measure in gold["measures"]]


@pytest.mark.parametrize("name", NEGATIVE)
def test_a_text_without_targets_yields_none(name: str) -> None:
    text, gold = _gold(name)
    assert gold["targets"] == []
    assert read_policy(document_of(text)).targets == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_gold_quotations_stand_at_their_positions(name: str) -> None:
    text, gold = _gold(name)
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in gold["targets"])
