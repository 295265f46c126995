"""What a subject finds, and how much of it is explained."""

import pytest

from answering.query import Segment
from answering.search import ENOUGH, Hit, equals, good, rank
from domain.policy import FactKind
from tests.answering.cast import INDEX, read


def hits(text: str, **narrowed: tuple[str, ...]) -> list[Hit]:
    """What the text finds."""
    policies = narrowed.get("policies", ())
    kinds = tuple(FactKind(kind) for kind in narrowed.get("kinds", ()))
    return rank(INDEX, read(text).segments, policies=policies, kinds=kinds)


def best(text: str) -> tuple[str, str, float]:
    """The best of them: policy, fact, coverage."""
    hit = hits(text)[0]
    return hit.doc.found.policy.id, hit.doc.found.fact.id, round(hit.coverage, 2)


@pytest.mark.parametrize(
    ("text", "policy", "fact"),
    [
        ("养老服务规范", "ningbo-2024", "M3"),
        ("smart port", "ningbo-2024", "M1"),
        ("中期评估", "ningbo-2024", "S2"),
        ("国办发〔2023〕9号", "ningbo-2024", "B1"),
        ("驻点辅导", "taizhou-2026", "M1"),
    ],
)
def test_a_fact_is_found_by_its_name_topic_milestone_number_and_quotation(
    text: str, policy: str, fact: str
) -> None:
    assert best(text) == (policy, fact, 1.0)


def test_half_of_a_name_is_another_name() -> None:
    others = [hit for hit in hits("国家标准") if hit.doc.found.policy.id == "suzhou-2022"]
    assert others
    assert {hit.coverage for hit in others} == {0.0}


def test_what_only_another_policy_calls_so_is_words_like_any() -> None:
    of_suzhou = hits("国家标准", policies=("suzhou-2022",))
    assert of_suzhou
    assert good(of_suzhou) == []
    assert not any(hit.lacks_a_name for hit in of_suzhou)


def test_half_of_loose_words_counts_as_half() -> None:
    coverage = next(hit.coverage for hit in hits("养老保险") if hit.doc.found.fact.id == "M3")
    assert 0 < coverage < ENOUGH


def test_a_loose_stretch_before_a_name_tells_less_than_one_behind_it() -> None:
    before, behind = best("火星智慧港口"), best("智慧港口火星")
    assert before[:2] == behind[:2] == ("ningbo-2024", "M1")
    assert before[2] > behind[2]


def test_only_the_policies_and_kinds_asked_for_are_found() -> None:
    found = hits("国际标准", policies=("suzhou-2022", "unknown"), kinds=("target",))
    assert {(hit.doc.found.policy.id, hit.doc.found.kind) for hit in found} == {
        ("suzhou-2022", FactKind.TARGET)
    }


def test_only_the_documents_asked_for_are_found() -> None:
    everything = hits("国际标准")
    number = everything[-1].doc.number
    assert [hit.doc.number for hit in rank(INDEX, read("国际标准").segments, among={number})] == [number]


def test_equals_are_the_best_and_what_fits_as_well() -> None:
    equal = equals(hits("国际标准"))
    assert {hit.doc.found.policy.id for hit in equal} >= {"ningbo-2024", "suzhou-2022"}
    assert equals([]) == []


def test_no_words_find_nothing_and_unknown_ones_nothing_good() -> None:
    assert rank(INDEX, ()) == []
    assert good(rank(INDEX, [Segment(("火", "星"), "火星")])) == []
