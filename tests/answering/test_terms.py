"""A policy held in Chinese only can be asked about in English."""

from datetime import date
from decimal import Decimal

import pytest

from answering.answer import FactItem, Status
from answering.library import Library
from answering.terms import in_chinese
from domain.languages import Language
from domain.policy import Comparator, Name, Passage, Policy, Target
from domain.timeline import Deadline

HUNAN = Policy(
    id="hunan",
    title=Name(zh="湖南省标准化方案"),
    region=Name(zh="湖南省"),
    targets=(
        Target(
            id="T1",
            passage=Passage(clause="一"),
            metric=Name(zh="主导或参与制修订国际标准"),
            comparator=Comparator.AT_LEAST,
            value=Decimal(40),
            unit=Name(zh="项"),
            due=Deadline.parse("2025"),
        ),
    ),
)
TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("group standards", "团体标准"),
        ("carbon neutrality", "碳中和"),
        ("standardisation pilots", "标准化试点"),
    ],
)
def test_terms_of_the_field_are_known_in_both_languages(text: str, chinese: str) -> None:
    assert chinese in in_chinese(text)


def test_words_that_are_no_terms_stay() -> None:
    assert in_chinese("who pilots this") != "who pilots this"
    assert in_chinese("who leads this") == "who leads this"


def test_an_english_question_finds_a_target_without_an_english_name() -> None:
    answer = Library((HUNAN,)).ask("How many international standards must Hunan lead by 2025?", today=TODAY)
    assert answer.status is Status.ANSWERED
    assert answer.language is Language.ENGLISH
    [item] = answer.items
    assert isinstance(item, FactItem)
    assert item.found.fact.id == "T1"


def test_what_it_does_not_hold_stays_unanswered_in_english_too() -> None:
    answer = Library((HUNAN,)).ask("How many group standards must Hunan have?", today=TODAY)
    assert answer.status is Status.NO_RECORD
    assert answer.read_as == ()
