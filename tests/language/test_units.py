"""Numbers with their units, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.units import UNITS, find_quantities, unit_name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("国际标准30项以上", [("30", "项")]),
        ("采标率达到60％，提高2个百分点", [("60", "%"), ("2", "百分点")]),
        ("百分之六十以上", [("60", "%")]),
        ("奖励30万元和1.2亿元，3万家企业", [("30", "万元"), ("1.2", "亿元"), ("30000", "家")]),
        ("12个月內，30個工作日，三年", [("12", "个月"), ("30", "工作日"), ("3", "年")]),
        ("到2025年", []),
        ("60 percent in 3 months", [("60", "%"), ("3", "个月")]),
        ("30余项，5 个", [("30", "项"), ("5", "个")]),
        ("3/30/300", []),
    ],
)
def test_a_quantity_is_a_number_and_its_unit(text: str, found: list[tuple[str, str]]) -> None:
    assert [(quantity.value, quantity.unit) for quantity in find_quantities(text)] == [
        (Decimal(value), unit) for value, unit in found
    ]


@given(st.text())
def test_quantities_stand_where_they_say(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.unit in UNITS


def test_english_names_follow_the_value() -> None:
    assert (unit_name("个月", 1), unit_name("个月", 12), unit_name("斤", 2)) == ("month", "months", "斤")
