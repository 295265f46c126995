"""Figures, dates and button captions in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.answer import Aspect, Reference
from bot.texts import (
    fact_label,
    figure,
    gettext,
    label,
    labels,
    number,
    policy_label,
    standing,
    when,
    yearly,
)
from bot.words.names import cut, width
from domain.languages import Language
from domain.policy import Comparator, FactKind, Name, Target
from domain.timeline import Deadline, Yearly
from tests.bot.texts_cast import HILL, IMPORTED, SHELF, found

HANS, HANT, EN = map(gettext, Language)
TARGET = HILL.targets[0]


def bounded(comparator: Comparator, value: str = "30", **changes: object) -> Target:
    return replace(TARGET, comparator=comparator, value=Decimal(value), **changes)  # type: ignore[arg-type]  # fields of several types


@pytest.mark.parametrize(
    ("target", "simplified", "traditional", "english"),
    [
        (bounded(Comparator.AT_LEAST), "30 项以上", "30 項以上", "at least 30"),
        (bounded(Comparator.MORE_THAN), "超过 30 项", "超過 30 項", "more than 30"),
        (bounded(Comparator.AT_MOST), "30 项以内", "30 項以內", "at most 30"),
        (bounded(Comparator.LESS_THAN), "低于 30 项", "低於 30 項", "less than 30"),
        (bounded(Comparator.EXACTLY), "30 项", "30 項", "30"),
        (bounded(Comparator.ABOUT), "约 30 项", "約 30 項", "about 30"),
        (
            bounded(Comparator.RANGE, "10", value_max=Decimal(15)),
            "10—15 项",
            "10—15 項",
            "between 10 and 15",
        ),
    ],
)
def test_every_bound_has_its_words(target: Target, simplified: str, traditional: str, english: str) -> None:
    assert figure(target, HANS) == simplified
    assert figure(target, HANT) == traditional
    assert figure(target, EN) == english


@pytest.mark.parametrize(
    ("unit", "value", "simplified", "english"),
    [
        (Name(zh="%"), "60", "60%以上", "at least 60%"),
        (Name(zh="%", en="%"), "99.50", "99.5%以上", "at least 99.5%"),
        (Name(zh="个月"), "1", "1 个月以上", "at least 1 month"),
        (Name(zh="个工作日"), "5", "5 个工作日以上", "at least 5 working days"),
        (Name(zh="亿元"), "2", "2 亿元以上", "at least 2 亿元"),
        (Name(zh="项"), "12000", "12,000 项以上", "at least 12,000"),
        (Name(zh="项"), "4000", "4000 项以上", "at least 4,000"),
    ],
)
def test_units_keep_their_meaning_in_english(unit: Name, value: str, simplified: str, english: str) -> None:
    target = bounded(Comparator.AT_LEAST, value, unit=unit)
    assert figure(target, HANS) == simplified
    assert figure(target, EN) == english


def test_a_yearly_rate_says_so() -> None:
    assert figure(replace(TARGET, per="year"), HANS) == "每年 30 项以上"
    assert figure(replace(TARGET, per="year"), EN) == "at least 30 a year"


@given(st.decimals(min_value=0, max_value=10**15, allow_nan=False, places=4))
def test_a_number_is_written_in_full_without_trailing_zeros(value: Decimal) -> None:
    written = number(value, EN).replace(",", "")
    assert Decimal(written) == value
    assert "." not in written or not written.endswith("0")


@pytest.mark.parametrize(
    ("stated", "simplified", "english"),
    [
        ("2025", "到2025年", "by the end of 2025"),
        ("2025-06", "2025年6月底前", "by the end of June 2025"),
        ("2025-Q3", "2025年第三季度末前", "by the end of Q3 2025"),
        ("2025-06-30", "2025年6月30日前", "by 30 June 2025"),
    ],
)
def test_a_date_is_as_exact_as_it_was_stated(stated: str, simplified: str, english: str) -> None:
    assert when(Deadline.parse(stated), HANS) == simplified
    assert when(Deadline.parse(stated), EN) == english


@pytest.mark.parametrize(
    ("today", "simplified", "english"),
    [
        (date(2025, 12, 30), "还有 1 天", "1 day left"),
        (date(2025, 12, 31), "今天是最后一天", "today is the last day"),
        (date(2026, 1, 1), "已过去 1 天", "1 day ago"),
        (date(2016, 12, 31), "还有 3287 天", "3,287 days left"),
    ],
)
def test_days_are_counted_to_the_last_day_allowed(today: date, simplified: str, english: str) -> None:
    assert standing(Deadline.parse("2025"), today, HANS) == simplified
    assert standing(Deadline.parse("2025"), today, EN) == english


def test_yearly_dates_have_no_year() -> None:
    assert yearly(Yearly.parse("02-29"), HANS) == "每年2月29日"
    assert yearly(Yearly.parse("09"), EN) == "every September"


def test_choices_among_policies_are_told_apart_by_their_place() -> None:
    choices = (found("T1").reference(), found("T1", IMPORTED).reference())
    assert labels(choices, SHELF, HANS) == ("山城市 · 国际标准", "湖港 · 标准投入")


def test_choices_within_a_policy_need_no_place() -> None:
    choices = (found("T1").reference(), found("M1").reference())
    assert labels(choices, SHELF, HANT) == ("國際標準", "1. 建設標準雲")


def test_choices_about_one_fact_are_told_apart_by_what_is_asked() -> None:
    choices = (found("M1").reference(Aspect.WHO), found("M1").reference(Aspect.DEADLINE))
    assert labels(choices, SHELF, HANS) == ("1. 建设标准云 · 谁负责", "1. 建设标准云 · 期限")


def test_captions_that_would_be_the_same_are_numbered() -> None:
    assert labels((found("T1").reference(),) * 2, SHELF, EN) == (
        "1. international standards",
        "2. international standards",
    )


@pytest.mark.parametrize(
    ("reference", "caption"),
    [
        (Reference(policy=HILL.id, kind=FactKind.POLICY), "Hill City Standardisation Plan"),
        (
            Reference(policy=HILL.id, kind=FactKind.TARGET, aspect=Aspect.LIST),
            "Hill City · numeric targets",
        ),
        (
            Reference(policy=HILL.id, kind=FactKind.STAGE, aspect=Aspect.NOW),
            "Hill City · stages · stage now",
        ),
        (Reference(policy="", kind=FactKind.POLICY, aspect=Aspect.LIST), "policies"),
        (Reference(policy="", kind=FactKind.POLICY, aspect=Aspect.HELP), "what can be asked"),
        (Reference(policy="gone", kind=FactKind.TARGET, id="T1"), "numeric targets"),
    ],
)
def test_a_reference_has_a_caption_whatever_it_points_to(reference: Reference, caption: str) -> None:
    assert label(reference, SHELF, EN) == caption


def test_a_policy_is_captioned_by_its_place_unless_its_title_begins_with_it() -> None:
    assert policy_label(HILL, HANS) == "山城市标准化行动方案"
    assert policy_label(IMPORTED, HANS) == "湖港 · 湖州港标准化意见"


def test_a_caption_is_cut_at_a_word() -> None:
    long = replace(HILL.targets[0], metric=Name(zh="标准" * 30, en="standards " * 9))
    one = replace(found("T1"), fact=long)
    assert fact_label(one, EN) == "standards standards standards standards…"
    assert fact_label(one, HANS) == "标准" * 9 + "标…"


@given(st.text(max_size=80), st.integers(min_value=1, max_value=60))
def test_a_cut_text_fits_and_begins_like_the_whole(text: str, columns: int) -> None:
    short = cut(text, columns)
    assert width(short) <= columns or not short
    assert short == text or text.startswith(short.removesuffix("…"))
