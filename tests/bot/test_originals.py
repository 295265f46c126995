"""A clause verbatim: the phrase marked exactly, among the sentences of its paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.originals import marked
from bot.words.marks import Markup, finish
from domain.policy import Passage


def shown(text: str, phrase: str, markup: Markup = Markup.HTML) -> str:
    start = text.index(phrase)
    return finish(
        marked(Passage(clause="一", quote=phrase, start=start, end=start + len(phrase)), text), markup
    )


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        # a paragraph between a heading and another paragraph
        (
            "一、目标\n到2028年，国家标准45项，团体标准9项。\n二、任务\n其他。",
            "国家标准45项",
            "到2028年，<b>国家标准45项</b>，团体标准9项。",
        ),
        # wrapped lines of a pdf are one paragraph
        (
            "一、目标\n到2028年，在全市范围内组织制定并且发布实施国\n家标准45项，团体标准9项。\n别的。",
            "团体标准9项",
            "到2028年，在全市范围内组织制定并且发布实施国\n家标准45项，<b>团体标准9项</b>。",
        ),
        (
            "到2028年，国家标准45项，团\n体标准9项。\n别的。",
            "国家标准45项",
            "到2028年，<b>国家标准45项</b>，团\n体标准9项。",
        ),
        ("國家標準（guó）<45>項", "<45>項", "國家標準（guó）<b>&lt;45&gt;項</b>"),
    ],
)
def test_the_phrase_stands_in_its_paragraph(text: str, phrase: str, wanted: str) -> None:
    assert shown(text, phrase) == wanted


def test_of_a_long_paragraph_the_sentences_beside_it_are_shown() -> None:
    long = "".join(f"第{n}句话说的是别的事情。" for n in range(60))
    text = f"{long}国家标准45项，团体标准9项。{long}"
    words = shown(text, "国家标准45项")
    assert "事情。<b>国家标准45项</b>，团体标准9项。第0句" in words
    assert len(words) < 400
    assert words.startswith("第")
    assert words.endswith("。")


def test_where_the_text_is_not_the_one_that_was_read_the_phrase_stands_alone() -> None:
    passage = Passage(clause="一", quote="国家标准", start=0, end=4)
    for text in (None, "别的文本", ""):
        assert finish(marked(passage, text), Markup.HTML) == "<b>国家标准</b>"


@given(
    st.text("甲乙。；\n <&1", max_size=500),
    st.text("甲乙。\n<", min_size=1, max_size=30),
    st.text("丙。\n", max_size=400),
)
def test_the_marked_phrase_is_the_one_that_was_read_and_the_rest_stands_around_it(
    before: str, phrase: str, after: str
) -> None:
    text = before + phrase + after
    passage = Passage(clause="一", quote=phrase, start=len(before), end=len(before + phrase))
    ahead, rest = marked(passage, text).split("\ue000")
    inside, behind = rest.split("\ue001")
    assert inside == phrase
    assert before.endswith(ahead.removeprefix("…"))
    assert after.startswith(behind.removesuffix("…"))
