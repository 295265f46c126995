"""English words by their stems."""

from __future__ import annotations

import pytest

from language.words import stem


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
