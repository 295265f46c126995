"""Numbers in both ways of writing, and the words that merely look like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.numerals import find_numbers, format_numeral_zh, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十", "30"),
        ("两千", "2000"),
        ("兩千", "2000"),
        ("3.5万", "35000"),
        ("１，０００", "1000"),
        ("1,000.5", "1000.5"),
        ("3千万", "30000000"),
        ("一百二十亿", "12000000000"),
        ("一万亿", "1000000000000"),
        ("一百二", "120"),
        ("三万五", "35000"),
        ("一万零五", "10005"),
        ("三点五万", "35000"),
        ("壹佰贰拾", "120"),
        ("〇", "0"),
        ("○", "0"),
        ("半", "0.5"),
        ("二〇二五", "2025"),
        ("二○二五", "2025"),
        ("二零二五", "2025"),
        (" 12 ", "12"),
    ],
)
def test_a_number_is_read_whole(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "十四五", "万", "百", "千百", "一一", "1.2.3", "30项", "一带一路", "abc", "-", "1,00"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.text(st.sampled_from("0123456789.,，零〇○一二两三十百千万亿点半壹拾 ABｃ")))
def test_reading_is_total(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


@given(st.text())
def test_found_numbers_stand_where_they_say(text: str) -> None:
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text
        assert parse_number(number.text) == number.value


@given(st.integers(0, 10**8 - 1))
def test_a_written_numeral_reads_back(n: int) -> None:
    assert parse_number(format_numeral_zh(n)) == n


@pytest.mark.parametrize(
    ("n", "text"),
    [(0, "零"), (1, "一"), (10, "十"), (12, "十二"), (27, "二十七"), (105, "一百零五"), (10005, "一万零五")],
)
def test_numerals_are_written_as_headings_are(n: int, text: str) -> None:
    assert format_numeral_zh(n) == text


@pytest.mark.parametrize("n", [-1, 10**8])
def test_a_numeral_out_of_range_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="not between"):
        format_numeral_zh(n)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("国际标准10项以上，国家标准100项", [10, 100]),
        ("3/30/300", [3, 30, 300]),
        ("五千三百家，3，30，300", [5300, 3, 30, 300]),
        ("４K电视、ISO37000、GB/T20000、415X", []),
        ("ISO 37000 与 GB 20000", []),
        ("一带一路、统一、唯一、十分、第一产业", [1]),
        ("“十四五”期间第三项", [3]),
        ("党的二十大", []),
        ("统一三项标准", [3]),
        ("一二三产业，数十项，几百家", []),
        ("两个以上，半年内，三项", [2, Decimal("0.5"), 3]),
        ("投入30万元，12余项", [300000, 12]),
        ("二〇二五年", [2025]),
    ],
)
def test_numbers_are_found_and_words_are_not(text: str, values: list[Decimal]) -> None:
    assert [number.value for number in find_numbers(text)] == values
