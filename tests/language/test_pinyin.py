"""Chinese names in Latin letters."""

import pytest

from language.pinyin import is_pinyin, pinyin


def test_a_name_is_written_in_each_reading_of_its_characters() -> None:
    assert set(pinyin("长陵")) == {"changling", "zhangling"}


def test_a_character_that_is_not_known_leaves_no_name() -> None:
    assert list(pinyin("长Q")) == []


@pytest.mark.parametrize("word", ["linhai", "kunshan", "qingyuan"])
def test_a_word_of_two_syllables_can_be_a_name(word: str) -> None:
    assert is_pinyin(word)


@pytest.mark.parametrize("word", ["shan", "zhejaing", "standards", ""])
def test_other_words_cannot(word: str) -> None:
    assert not is_pinyin(word)
