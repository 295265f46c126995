"""Long HTML in parts: none too long, none broken, nothing lost."""

import re
from html import escape, unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.words.splitting import LIMIT, length, split

words = st.text(alphabet=st.sampled_from("ab <>&\"'。！. \n\n\n准时😀é"), min_size=1, max_size=40)
html = st.recursive(
    words.map(escape),
    lambda inner: st.one_of(
        st.builds("<b>{}</b>".format, inner),
        st.builds('<a href="https://t.me/?a=1&amp;b">{}</a>'.format, inner),
        st.builds("<blockquote expandable>{}</blockquote>".format, inner),
        st.lists(inner, min_size=1, max_size=6).map("".join),
    ),
    max_leaves=20,
)


def text_of(part: str) -> str:
    return unescape(re.sub("<[^>]*>", "", part))


def solid(text: str) -> str:
    return "".join(text.split())


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(html, st.integers(min_value=2, max_value=60))
def test_no_part_is_too_long_or_empty_and_nothing_but_white_space_is_lost(source: str, limit: int) -> None:
    parts = split(source, limit)
    assert all(0 < units(text_of(part)) <= limit for part in parts)
    assert all(text_of(part) == text_of(part).strip() != "" for part in parts)
    assert "".join(solid(text_of(part)) for part in parts) == solid(text_of(source))


@given(html, st.integers(min_value=2, max_value=60))
def test_every_part_closes_what_it_opens(source: str, limit: int) -> None:
    for part in split(source, limit):
        stack: list[str] = []
        for close, tag in re.findall(r"<(/?)([a-z]+)[^>]*>", part):
            assert not close or stack.pop() == tag
            stack += [] if close else [tag]
        assert not stack
        assert "&" not in re.sub(r"&(?:amp|lt|gt|quot|#x27);", "", part)


@given(html)
def test_emphasis_stays_on_the_same_characters(source: str) -> None:
    def bold(part: str) -> str:
        depth, kept = 0, []
        for piece in re.split("(</?b>)", part):
            depth += {"<b>": 1, "</b>": -1}.get(piece, 0)
            kept += [solid(text_of(piece))] if depth else []
        return "".join(kept)

    assert "".join(map(bold, split(source, 7))) == bold(source)


@given(html)
def test_what_fits_is_one_part_as_it_was(source: str) -> None:
    parts = split(source)
    assert len(parts) == bool(text_of(source).strip())
    assert all(text_of(part) == text_of(source).strip() for part in parts)


def test_length_counts_entities_as_one_and_tags_as_nothing() -> None:
    assert length("<b>a&amp;😀</b>") == 4


def test_a_cut_is_made_between_paragraphs_before_lines_before_words() -> None:
    assert split("one two\n\nthree four", 14) == ["one two", "three four"]
    assert split("one two\nthree four", 14) == ["one two", "three four"]
    assert split("one two three", 9) == ["one two", "three"]
    assert split("第一句。第二句没有完", 6) == ["第一句。", "第二句没有完"]


def test_a_tag_that_spans_a_cut_is_closed_and_opened_again() -> None:
    source = '<a href="x"><b>one\n\ntwo</b></a>'
    assert split(source, 4) == ['<a href="x"><b>one</b></a>', '<a href="x"><b>two</b></a>']


def test_a_text_without_any_break_is_cut_at_the_limit_but_not_within_a_character() -> None:
    assert [units(part) for part in split("😀" * 5000)] == [LIMIT, LIMIT, 1808]


def test_words_fill_the_parts_to_the_limit() -> None:
    assert len(split("word " * 40_000)) == 49
