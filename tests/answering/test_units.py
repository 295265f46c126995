"""What a question counts in, and which figures can answer it."""

import pytest

from answering.units import THINGS, goes_with, unit_asked_for


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("课程多少门", "courses"),
        ("补助多少万元", "money"),
        ("要花多少钱", "money"),
        ("培训几万人次", "people"),
        ("审批几个工作日", "time"),
        ("周期多少个月", "time"),
        ("治理率提高几个百分点", "share"),
        ("治理率提高几个点", "share"),
        ("女性占比", "share"),
        ("标准多少项", THINGS),
        ("how many standards", THINGS),
        ("how many working days", "time"),
        ("标准要多少", None),
        ("how much", None),
    ],
)
def test_the_unit_is_told_by_the_word_behind_how_many(question: str, unit: str | None) -> None:
    assert unit_asked_for(question) == unit


@pytest.mark.parametrize(
    ("question", "unit", "fits"),
    [
        ("多少门", "所", False),
        ("多少项", "年", False),
        ("多少项", "%", False),
        ("多少亿元", "万元/人", True),
        ("多少万元", "人次", False),
        ("多少家", "户", True),
        ("几个", "家", True),
        ("多少家", "个", True),
        ("多少名", "人次", True),
        ("多少", "%", True),
        ("多少项", "番", True),
    ],
)
def test_a_figure_in_another_unit_is_no_answer(question: str, unit: str, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    assert goes_with(unit_asked_for(question), unit) is fits
