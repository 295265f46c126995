"""Search terms: pairs of characters, stems, and the words a question merely asks with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.script import fold
from language.words import STOPWORDS, bigrams, keywords, stem


def test_chinese_gives_pairs_and_english_gives_stems() -> None:
    assert bigrams("国际标准 iso 37000 项 standards") == [
        "国际",
        "际标",
        "标准",
        "iso",
        "37000",
        "项",
        "standard",
    ]


def test_a_question_is_left_with_what_it_is_about() -> None:
    assert keywords("请问目的是什么") == ["目的"]
    assert keywords("how many standards does zhejiang require") == ["standard", "zhejiang", "requir"]


@pytest.mark.parametrize(
    "family",
    [
        "standard standards",
        "standardisation standardization standardise standardized standardising standardizes",
        "require requires required requiring",
        "plan plans planned planning",
        "measure measures measured",
        "city cities",
        "process processes",
        "deadline deadlines",
    ],
)
def test_the_forms_of_a_word_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["standard standardisation", "process procedure", "need nee", "basis bas", "rise ris"]
)
def test_different_words_keep_different_stems(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


@given(st.text())
def test_terms_are_pieces_of_the_text_and_never_empty(text: str) -> None:
    folded = fold(text)
    assert all(term for term in bigrams(folded))
    assert all(term in folded for term in bigrams(folded) if term > "\u3400")


def test_the_stopwords_are_of_both_languages() -> None:
    assert {"多少", "什么", "请问", "how", "the"} <= STOPWORDS
    assert all(fold(word) == word for word in STOPWORDS)
