"""Dates in both languages, what they cover, and what only looks like one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.date_rules import RULES
from language.dates import ANY_RULE, find_dates

WEDNESDAY = date(2024, 5, 15)


def spans(text: str) -> list[str]:
    """Each date found, as `first..last precision`, months and days short."""
    return [
        f"{found.first}..{found.last} {found.precision}".replace(f"..{found.first} day", " day")
        for found in find_dates(text, WEDNESDAY)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Years
        ("到2025年", "2025-01-01..2025-12-31 year"),
        ("到二〇二五年", "2025-01-01..2025-12-31 year"),
        ("二○二五年底", "2025-01-01..2025-12-31 year"),
        ("二〇二五", "2025-01-01..2025-12-31 year"),
        ("２０２５年底前", "2025-01-01..2025-12-31 year"),
        ("浙江2025国际标准", "2025-01-01..2025-12-31 year"),
        ("by 2025", "2025-01-01..2025-12-31 year"),
        ("by the end of 2025", "2025-01-01..2025-12-31 year"),
        ("年底前", "2024-01-01..2024-12-31 year"),
        ("今年", "2024-01-01..2024-12-31 year"),
        ("明年", "2025-01-01..2025-12-31 year"),
        ("去年", "2023-01-01..2023-12-31 year"),
        ("前年", "2022-01-01..2022-12-31 year"),
        ("后年", "2026-01-01..2026-12-31 year"),
        ("後年", "2026-01-01..2026-12-31 year"),
        ("next year", "2025-01-01..2025-12-31 year"),
        # Plans and other periods
        ("“十四五”末", "2025-01-01..2025-12-31 year"),
        ("“十四五”期间", "2021-01-01..2025-12-31 period"),
        ("「十三五」時期末", "2020-01-01..2020-12-31 year"),
        ("十五五规划", "2026-01-01..2030-12-31 period"),
        ("“十五”期间", "2001-01-01..2005-12-31 period"),
        ("the 14th five-year plan", "2021-01-01..2025-12-31 period"),
        ("（2023—2025年）", "2023-01-01..2025-12-31 period"),
        ("2023年至2025年", "2023-01-01..2025-12-31 period"),
        ("2023-2025", "2023-01-01..2025-12-31 period"),
        ("from 2023 to 2025", "2023-01-01..2025-12-31 period"),
        ("2024年3月至2025年6月", "2024-03-01..2025-06-30 period"),
        ("2024年1-3月", "2024-01-01..2024-03-31 period"),
        ("9月1日至30日", "2024-09-01..2024-09-30 period"),
        ("2025年下半年", "2025-07-01..2025-12-31 period"),
        ("first half of 2025", "2025-01-01..2025-06-30 period"),
        ("三月上旬", "2024-03-01..2024-03-10 period"),
        ("2024年2月下旬", "2024-02-21..2024-02-29 period"),
        ("下周", "2024-05-20..2024-05-26 period"),
        ("last week", "2024-05-06..2024-05-12 period"),
        # Quarters
        ("2025年第三季度", "2025-07-01..2025-09-30 quarter"),
        ("本季度", "2024-04-01..2024-06-30 quarter"),
        ("下季度", "2024-07-01..2024-09-30 quarter"),
        ("this quarter", "2024-04-01..2024-06-30 quarter"),
        ("Q3 2025", "2025-07-01..2025-09-30 quarter"),
        ("2025 Q3", "2025-07-01..2025-09-30 quarter"),
        ("third quarter of 2025", "2025-07-01..2025-09-30 quarter"),
        # Months
        ("2025年6月底前", "2025-06-01..2025-06-30 month"),
        ("6月底", "2024-06-01..2024-06-30 month"),
        ("明年6月", "2025-06-01..2025-06-30 month"),
        ("本月", "2024-05-01..2024-05-31 month"),
        ("月底前", "2024-05-01..2024-05-31 month"),
        ("下个月", "2024-06-01..2024-06-30 month"),
        ("上個月", "2024-04-01..2024-04-30 month"),
        ("last month", "2024-04-01..2024-04-30 month"),
        ("in June 2025", "2025-06-01..2025-06-30 month"),
        ("October deadlines", "2024-10-01..2024-10-31 month"),
        ("in May", "2024-05-01..2024-05-31 month"),
        # Days
        ("10月14日", "2024-10-14 day"),
        ("二〇二五年十二月三十一日", "2025-12-31 day"),
        ("2025-06-30", "2025-06-30 day"),
        ("2025/6/30", "2025-06-30 day"),
        ("14 October", "2024-10-14 day"),
        ("14th of October 2025", "2025-10-14 day"),
        ("October 14, 2025", "2025-10-14 day"),
        ("今天", "2024-05-15 day"),
        ("tomorrow", "2024-05-16 day"),
        ("本周五前", "2024-05-17 day"),
        ("下周日", "2024-05-26 day"),
    ],
)
def test_a_time_covers_its_days(text: str, expected: str) -> None:
    assert spans(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "《中国制造2025》",
        "Made in China 2025",
        "2030年可持续发展议程",
        "国办发〔2014〕35号",
        "(2021)143号",
        "ISO37000、ISO 2025、GB/T 20000-2018",
        "4K 415X",
        "2月31日",
        "2025年13月",
        "2025年2月29日",
        "2025-02-30",
        "2025项标准",
        "2025 家企业",
        "电话0571-20250000",
        "六个月内，6个月，十五年，二十五项，九五折",
        "may we ask",
        "今后年度，以前年度",
        "每周三次",
        "",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert spans(text) == []


def test_a_month_takes_the_year_of_its_sentence() -> None:
    text = "2023年6月底前启动，12月底前完成。10月复查。"
    assert [str(found.last) for found in find_dates(text, WEDNESDAY)] == [
        "2023-06-30",
        "2023-12-31",
        "2024-10-31",
    ]


def test_two_dates_of_one_paragraph_are_both_found_in_place() -> None:
    text = "到2025年达到10项，到2035年全面形成。"
    assert [text[found.start : found.end] for found in find_dates(text, WEDNESDAY)] == ["2025年", "2035年"]


@pytest.mark.parametrize(
    ("today", "text", "first"),
    [
        (date(2024, 12, 31), "下个月", date(2025, 1, 1)),
        (date(2024, 1, 31), "上个月", date(2023, 12, 1)),
        (date(2024, 1, 31), "上季度", date(2023, 10, 1)),
        (date(2024, 12, 31), "明天", date(2025, 1, 1)),
        (date(2024, 12, 31), "下周", date(2025, 1, 6)),
    ],
)
def test_relative_times_cross_the_year(today: date, text: str, first: date) -> None:
    assert [found.first for found in find_dates(text, today)] == [first]


PIECES = [
    "2025",
    "二〇二五",
    "年",
    "13",
    "6",
    "月",
    "31",
    "日",
    "底",
    "至",
    "-",
    "—",
    "十",
    "五",
    "”",
    "第",
    "季度",
    "下",
    "周",
]


@given(
    st.lists(st.sampled_from([*PIECES, "Q3", " ", "of", "June", "next", "week", "。", "〔", "〕", "号"])),
    st.dates(),
)
def test_finding_is_total_and_tells_the_truth_about_positions(pieces: list[str], today: date) -> None:
    text = "".join(pieces)
    done = 0
    for found in find_dates(text, today):
        assert done <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert found.first <= found.last
        done = found.end


BITS = (
    "2025 2 0 1 30 12 6 年 月 日 号 季度 第 三 十 二 四 五 一 九 规划 末 底 前 上 下 半年 本 这 个 周 星期"
    " 至 - — 项 in of by may march q 1st th five year plan next quarter agenda 制造 中国 iso gb 〔 〕 ( 议程"
    " 今 明 去 后 天 〇 / ."
)
EVERY_RULE = re.compile(
    "(?<![a-z](?=[a-z]))(?:" + "|".join(f"(?P<_{at}>{rule.anonymous})" for at, rule in enumerate(RULES)) + ")"
)


@given(st.lists(st.sampled_from([*BITS.split(" "), " "]), max_size=9).map("".join))
def test_what_a_rule_may_start_with_hides_none_of_its_dates(text: str) -> None:
    """Trying all rules at every character finds the same, by the same rules."""
    tried = [(match.span(), (match.lastgroup or "").split("_")[1]) for match in ANY_RULE.finditer(text)]
    assert tried == [(match.span(), (match.lastgroup or "")[1:]) for match in EVERY_RULE.finditer(text)]
