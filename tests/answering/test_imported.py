"""Policies read from texts: Chinese names only, metrics as long as a sentence, regions of every level."""

from datetime import date

import pytest

from answering.answer import Answer, Status
from answering.library import Library
from answering.rules.stating import plain
from tests.questions.checking import IMPORTED, library_for

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def library() -> Library:
    return library_for(IMPORTED)


def told(answer: Answer) -> set[tuple[str, str]]:
    return {(cited.policy.id, cited.id) for cited in answer.citations()}


def metrics(answer: Answer) -> set[str]:
    cited = told(answer)
    return {
        target.metric.zh
        for one in answer.citations()
        for target in one.policy.targets
        if (one.policy.id, target.id) in cited
    }


@pytest.mark.parametrize("place", ["武侯区", "武侯", "成都市武侯区", "成都武侯", "wuhou"])
def test_a_county_is_known_by_its_short_name_too(library: Library, place: str) -> None:
    answer = library.ask(f"{place}新增电梯多少台", today=TODAY)
    assert metrics(answer) == {"新增电梯"}


def test_a_new_area_is_known_without_its_suffix(library: Library) -> None:
    assert metrics(library.ask("贵安应用标杆场景几个", today=TODAY)) == {"标准应用标杆场景"}


def test_english_may_name_the_city_behind_the_district(library: Library) -> None:
    answer = library.ask("Which measures does Wuhou, Chengdu have?", today=TODAY)
    assert {policy for policy, _ in told(answer)} == {"wuhou"}


@pytest.mark.parametrize(
    "question",
    [
        "深圳国家标准多少项",  # the text counts 深圳标准 used in 国家, countries
        "贵安行业标准多少项",  # 具有行业影响力的团体标准组织
        "河北企业标准多少项",  # 龙头企业
        "贵安团体标准多少项",  # 团体标准组织
        "四川企业标准自我声明公开率多少",  # a number of standards, not the share of them
    ],
)
def test_words_that_stand_apart_are_no_name(library: Library, question: str) -> None:
    answer = library.ask(question, today=TODAY)
    assert answer.status is not Status.ANSWERED or not metrics(answer)


def test_of_equals_standards_are_counted_and_not_their_share(library: Library) -> None:
    assert metrics(library.ask("四川国际标准多少", today=TODAY)) == {"累计主导或参与制定国际标准"}


def test_a_comparison_takes_the_year_asked_about_and_else_the_last(library: Library) -> None:
    last = library.ask("天津和浙江的地方标准比较", today=TODAY)
    then = library.ask("比较河北和江苏2024年的农业地方标准", today=TODAY)
    assert ("tianjin", "T3") in told(last)
    assert ("hebei", "T3") in told(then)


def test_an_english_comparison_has_the_figures_of_both(library: Library) -> None:
    answer = library.ask("Compare national standards in Jiangsu and Zhejiang", today=TODAY)
    assert {policy for policy, _ in told(answer)} == {"jiangsu", "zhejiang-2023"}


def test_what_sounds_alike_is_the_likelier_slip(library: Library) -> None:
    assert metrics(library.ask("江苏国计标准要多少项", today=TODAY)) == {"主导和参与制定国际标准数量"}


def test_an_english_slip_is_mended_and_read_in_chinese(library: Library) -> None:
    assert metrics(library.ask("how many nationl standards for Jiangsu", today=TODAY)) == {"国家标准"}


def test_what_another_policy_calls_a_department_may_be_a_subject(library: Library) -> None:
    assert metrics(library.ask("鄞州区2025年示范镇街几个", today=TODAY)) == {"标准化示范镇街"}


def test_a_target_is_found_by_the_measure_it_stands_in(library: Library) -> None:
    assert metrics(library.ask("江苏碳达峰碳中和要制修订多少项地方标准", today=TODAY)) == {
        "制修订节能、低碳、循环经济类地方标准"
    }


@pytest.mark.parametrize("printed", ["任务4", "行动四", "4.", "（四）"])
def test_a_number_may_be_called_something(printed: str) -> None:
    assert plain(printed) == "4"


def test_a_comparison_sets_counts_beside_counts(library: Library) -> None:
    compared = library.ask("四川和广东国际标准谁多", today=TODAY)
    assert "累计主导或参与制定国际标准" in metrics(compared)
