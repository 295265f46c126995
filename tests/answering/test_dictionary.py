"""Words that our own terms lack are looked up in a dictionary, for policies held in Chinese only."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from answering import dictionary
from answering.answer import Answer
from answering.library import Library
from domain.policy import Name, Policy
from storage.catalogue import loads
from tests.answering.cast import NINGBO, TODAY, told

QUZHOU = loads(
    """
id: quzhou-2025
title: {zh: 衢州市柠檬产业标准化方案}
region: {zh: 衢州市}
targets:
  - {id: T1, clause: 一, metric: {zh: 柠檬商品化处理率}, comparator: ">=", value: 70, unit: {zh: "%"}}
  - {id: T2, clause: 一, metric: {zh: 标准化高粱基地}, comparator: ">=", value: 9, unit: {zh: 万亩}}
  - {id: T3, clause: 一, metric: {zh: 柠檬团体标准}, comparator: ">=", value: 4, unit: {zh: 项}, due: 2027}
measures:
  - {id: M1, clause: 二（一）, number: （一）, title: {zh: 壮大柠檬产业},
     charges: [{department: D1, role: lead}]}
  - {id: M2, clause: 二（二）, number: （二）, title: {zh: 规范高粱收储}}
departments:
  - {id: D1, clause: 二（一）, name: {zh: 市农业农村局}}
""",
    name="quzhou.yaml",
)
LISHUI = loads(
    """
id: lishui-2025
title: {zh: 丽水市冰雪产业标准化方案}
region: {zh: 丽水市}
targets:
  - {id: T1, clause: 一, metric: {zh: 冰雪地方标准}, comparator: ">=", value: 6, unit: {zh: 项}, due: 2027}
  - {id: T2, clause: 一, metric: {zh: 计量地方标准}, comparator: ">=", value: 5, unit: {zh: 项}, due: 2027}
""",
    name="lishui.yaml",
)


def library(*policies: Policy) -> Library:
    return Library(policies or (NINGBO, QUZHOU, LISHUI))


def ask(question: str, held: Library) -> Answer:
    return held.ask(question, today=TODAY)


@pytest.fixture(scope="module")
def held() -> Library:
    return library()


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the package's data is looked for instead: a folder without any."""
    monkeypatch.setattr(dictionary, "files", lambda _package: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What share of lemons should be commercially processed in Quzhou?", "quzhou/T1 figure"),
        ("How much sorghum base area must Quzhou build?", "quzhou/T2 figure"),
        ("How many ice and snow local standards should Lishui have by 2027?", "lishui/T1 figure"),
        ("Who is responsible for the lemon industry in Quzhou?", "quzhou/M1 who"),
    ],
)
def test_a_word_of_the_policy_is_known_in_english(held: Library, question: str, answer: str) -> None:
    assert told(ask(question, held)) == answer


@pytest.mark.parametrize(
    "question",
    [
        "How much sorghum base area must Lishui build?",  # another policy's
        "How many ice and snow local standards should Quzhou have?",
        "How much coffee must Quzhou sell?",  # nobody's
        "How many lemon trees must Quzhou plant?",  # 柠檬, but of trees there is nothing
        "How many sorghum farms must Quzhou have?",
        "How many lemons must Quzhou grow?",  # its figure counts standards
        "How much money must Quzhou spend on lemons?",
        "What share of lemons must Ningbo process?",  # held in English too
    ],
)
def test_a_word_that_is_not_in_the_policy_leads_nowhere(held: Library, question: str) -> None:
    answer = ask(question, held)
    assert not answer.citations()


def test_a_person_is_known_by_the_field(held: Library) -> None:
    known = library(QUZHOU, _with_metric("检验机构"))._index.dictionary
    assert known.name("inspectors", None, policies=("lishui-2025",)) == "检验"
    assert known.name("inspectors", None, policies=("quzhou-2025",)) is None
    assert told(ask("How many metrologist local standards has Lishui to write?", held)).startswith(
        "lishui/T2"
    )


def test_our_term_stands_unless_only_the_dictionarys_is_in_the_policy() -> None:
    known = library(_with_metric("金融金额"))._index.dictionary
    assert known.name("finance", "财政", policies=()) == "金融"
    assert known.name("amount", "金额", policies=()) == "金额"
    assert known.name("sorghum", "蜀黍", policies=()) == "蜀黍"


def test_the_nearest_sense_comes_first_and_the_longest_of_equals() -> None:
    known = library(_with_metric("处理、加工、果、水果"))._index.dictionary
    assert known.name("fruit", None, policies=()) == "水果"
    assert known.name("processed", None, policies=()) == "加工"


def test_what_asks_is_no_word_of_a_policy() -> None:
    known = library(_with_metric("多少、什么"))._index.dictionary
    assert known.name("how much", None, policies=()) is None


def test_the_dictionary_stays_closed_while_our_terms_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "files", lambda _package: pytest.fail("opened"))
    fresh = library()
    assert told(ask("How many group standards must Quzhou have?", fresh)) == "quzhou/T3 figure"
    assert told(ask("衢州柠檬团体标准多少项", fresh)) == "quzhou/T3 figure"


def test_without_the_package_all_else_is_answered(nowhere: Path) -> None:
    assert not list(nowhere.iterdir())
    without = library()
    assert told(ask("How many group standards must Quzhou have?", without)) == "quzhou/T3 figure"
    assert not ask("How many ice and snow local standards should Quzhou have?", without).citations()


def test_a_spoilt_dictionary_is_none(nowhere: Path) -> None:
    file = nowhere / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    file.parent.mkdir()
    for spoilt in (b"no archive", gzip.compress(b"x" * 999)[:-9], gzip.compress("高粱".encode("gb18030"))):
        file.write_bytes(spoilt)
        assert library()._index.dictionary.name("sorghum", None, policies=()) is None


def test_lines_that_are_no_entries_are_passed_by(nowhere: Path) -> None:
    file = nowhere / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    file.parent.mkdir()
    lines = "# 高粱 高粱\n\n高粱\n高粱 高粱 [gao1 liang2] /kaoliang; sorghum (grass)/\n"
    file.write_bytes(gzip.compress(lines.encode()))
    assert library()._index.dictionary.name("sorghum", None, policies=()) == "高粱"


def _with_metric(name: str) -> Policy:
    [first, *_] = LISHUI.targets
    return replace(LISHUI, targets=(replace(first, metric=Name(zh=name)),))
