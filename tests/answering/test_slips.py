"""Slips of the keyboard, mended or left alone."""

import pytest

from answering.slips import mend
from language.script import fold
from tests.answering.cast import INDEX, ask


def mended(text: str) -> str:
    """The text with all its slips mended."""
    return [fold(text), *(mended for mended, _ in mend(INDEX, fold(text)))][-1]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("宁渡国际标准", "宁波国际标准"),
        ("ningpo targets", "ningbo targets"),
        ("国际标淮", "国际标准"),
        ("国标际准", "国际标准"),
        ("推进养老务服规范", "推进养老服务规范"),
        ("推行垃圾份类规程", "推行垃圾分类规程"),
        ("推行垃圾类规程", "推行垃圾分类规程"),
        ("internatonal standrds", "international standards"),
        ("the dedline", "the deadline"),
        ("mesure 2", "measure 2"),
    ],
)
def test_one_slip_in_a_name_or_word_is_mended(written: str, meant: str) -> None:
    assert meant in mended(written)


@pytest.mark.parametrize(
    "text",
    ["市财政局", "宁波市财政局负责什么", "税务局", "苏州", "杭州", "丝绸标准", "zzzz", "the port", "😀", ""],
)
def test_what_exists_and_what_is_like_nothing_stays(text: str) -> None:
    assert mended(text) == fold(text)


def test_slips_are_reported_as_written_and_as_understood() -> None:
    answer = ask("宁波国际标淮多少项")
    assert answer.read_as == (("国际标淮", "国际标准"),)


def test_a_question_that_is_understood_is_left_as_it_is() -> None:
    assert ask("宁波国际标准多少项").read_as == ()


def test_a_slip_whose_mending_does_not_help_is_not_reported() -> None:
    assert ask("火星mesurment").read_as == ()
