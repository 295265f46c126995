"""Whatever the text: nothing is raised, and every quotation is what stands at its positions."""

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.as_json import to_json
from reading.as_policy import to_policy
from reading.policy import read_policy
from reading.result import Quotation, Reading
from storage.catalogue import dumps
from tests.reading.scoring import document_of

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "gold").glob("*.txt"))]
SCRAPS = (
    *"（）()《》“”、，。；：一二十百万亿0123456789.%年月日|\t\n\r—①",
    "到2025年，",
    "分别",
    "其中",
    "由3项增至",
    "各1个、",
    "责任单位：",
    "（一）",
    "第一章",
    "\0",
    "\ufffd",
    "\ud800",
    "區(qū)",
    "智慧型",
)


def _quotations(reading: Reading) -> Iterator[Quotation]:
    for name in (
        "targets",
        "goals",
        "groups",
        "measures",
        "stages",
        "safeguards",
        "basis",
        "events",
        "unread",
    ):
        yield from (found.quotation for found in getattr(reading, name))
    if reading.issuer:
        yield reading.issuer.quotation


def _check(text: str) -> None:
    reading = read_policy(document_of(text))
    assert all(text[one.start : one.end] == one.text for one in _quotations(reading))
    tree = to_json(reading)
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in tree["targets"])
    policy = to_policy(reading, "drawn")
    groups = {group.id for group in policy.groups}
    departments = {department.id for department in policy.departments}
    for measure in policy.measures:
        assert measure.group is None or measure.group in groups
        assert {charge.department for charge in measure.charges} <= departments


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    """A gold text with scraps put in, stretches cut out, doubled and moved."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(text)))
        until = min(len(text), at + draw(st.integers(0, 60)))
        match draw(st.sampled_from(["put", "cut", "double", "move"])):
            case "put":
                text = text[:at] + draw(st.sampled_from(SCRAPS)) + text[at:]
            case "cut":
                text = text[:at] + text[until:]
            case "double":
                text = text[:until] + text[at:]
            case _:
                rest = text[:at] + text[until:]
                to = draw(st.integers(0, len(rest)))
                text = rest[:to] + text[at:until] + rest[to:]
    return text


@settings(max_examples=150, deadline=None)
@given(_mutated())
def test_a_mutated_policy_raises_nothing_and_quotes_exactly(text: str) -> None:
    _check(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(SCRAPS), max_size=60).map("".join))
def test_any_characters_raise_nothing_and_are_quoted_exactly(text: str) -> None:
    _check(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_a_truncated_policy_raises_nothing_and_quotes_exactly(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    _check(text[start : data.draw(st.integers(start, len(text)))])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_shuffled_lines_raise_nothing_and_quote_exactly(text: str, random: Random) -> None:
    lines = text.split("\n")
    random.shuffle(lines)
    _check("\n".join(lines))


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_read_can_be_written_down_for_the_store(text: str) -> None:
    assert dumps(to_policy(read_policy(document_of(text)), "drawn"))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "(",
        "《",
        "“",
        "*",
        " ",
        "\t",
        "\n",
        "建成3项、",
        "到2025年,",
        "区(qū)",
        "\ufffd",
        "1.建设\n",
        "从3项",
        "——",
    ],
)
def test_a_long_run_of_anything_takes_time_in_proportion(piece: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        read_policy(document_of(piece * (length // len(piece))))
        return time.process_time() - start

    seconds(1000)
    longer = min(seconds(20_000) for _ in range(3))  # a collection of garbage may fall into one
    assert longer < 30 * max(seconds(2_000), 0.02)
