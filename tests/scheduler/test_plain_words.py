"""Notices in plain words: nothing said is lost, and every part fits."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import Button, Notice, NoticeKind
from domain.languages import Language
from scheduler.plain_words import Remarks, parts, plain_words, untagged

REMARKS = Remarks(picture="[图]", file="[文件]", correction="更正：")
ZH, EN = Language.SIMPLIFIED, Language.ENGLISH

HTML = {
    "<b>月底前</b>报送<i>进展</i>。": "月底前报送进展。",
    "A &lt; B &amp;&amp; C &gt; D &quot;E&quot; &#39;F&#39;": "A < B && C > D \"E\" 'F'",
    '见<a href="https://example.org/a?b=1&amp;c=2">原文</a>。': "见原文 (https://example.org/a?b=1&c=2)。",
    '<a href="https://example.org">https://example.org</a>': "https://example.org",
    '<a href="https://example.org"><b>粗</b>字</a>': "粗字 (https://example.org)",
    '<a href="tg://user?id=7">周敏</a>': "周敏",
    "<a>无址</a>": "无址",
    "<blockquote expandable>第一条\n第二条</blockquote>\n<tg-spoiler>藏</tg-spoiler>": "第一条\n第二条\n藏",
    '<pre><code class="language-py">x = 1\n  y</code></pre>': "x = 1\n  y",
    "": "",
}  # fmt: skip


@pytest.mark.parametrize("html", HTML)
def test_tags_go_and_what_they_meant_stays(html: str) -> None:
    assert untagged(html) == HTML[html]


def a_notice(**fields: object) -> Notice:
    return Notice(**{"id": "n", "text": {ZH: "<b>请报送</b>", EN: "Please report"}} | fields)  # type: ignore[arg-type] # fields by name


def test_the_reader_gets_their_language() -> None:
    assert plain_words(a_notice(), ZH, REMARKS) == "请报送"
    assert plain_words(a_notice(), EN, REMARKS) == "Please report"


def test_what_can_not_be_shown_is_told() -> None:
    assert plain_words(a_notice(kind=NoticeKind.PHOTO, media="x"), ZH, REMARKS) == "请报送\n\n[图]"
    document = a_notice(kind=NoticeKind.DOCUMENT, media="x", text={})
    assert plain_words(document, ZH, REMARKS) == "[文件]"


def test_buttons_that_open_something_are_lines_and_the_others_are_left_out() -> None:
    rows = (
        (Button(label={ZH: "原文"}, url="https://example.org/a"), Button(label={ZH: "签收"}, data="a")),
        (Button(label={ZH: "政策库"}, url="http://example.org/b"), Button(label={ZH: "我"}, url="tg://me")),
    )  # fmt: skip
    told = plain_words(a_notice(buttons=rows), ZH, REMARKS)
    assert told == "请报送\n\n原文: https://example.org/a\n政策库: http://example.org/b"


def test_a_correction_says_so_first() -> None:
    assert plain_words(a_notice(), ZH, REMARKS, correction=True) == "更正：\n\n请报送"


def test_half_an_emoji_can_be_sent_after_all() -> None:
    assert plain_words(a_notice(text={ZH: "国际\ud83d标准"}), ZH, REMARKS) == "国际?标准"


def test_a_short_text_is_one_part_as_it_is() -> None:
    assert parts("  标准\n", 2048) == ["  标准\n"]


def test_a_long_text_is_cut_between_paragraphs_before_lines_before_sentences() -> None:
    assert parts("甲乙丙。\n丁戊。\n\n己庚。", 32) == ["(1/2)\n甲乙丙。\n丁戊。", "(2/2)\n己庚。"]
    assert parts("甲乙丙。\n丁戊己。庚辛。", 32) == ["(1/2)\n甲乙丙。", "(2/2)\n丁戊己。庚辛。"]
    assert parts("甲乙丙。丁戊。己庚辛。", 32) == ["(1/2)\n甲乙丙。丁戊。", "(2/2)\n己庚辛。"]
    assert parts("标" * 20, 32) == ["(1/3)\n" + "标" * 8, "(2/3)\n" + "标" * 8, "(3/3)\n" + "标" * 4]


TEXT = st.text(st.sampled_from("标准。 \n😀a.<é"), max_size=400) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=300
)


@given(TEXT, st.integers(32, 200))
def test_every_part_fits_and_nothing_is_lost(text: str, limit: int) -> None:
    found = parts(text, limit)
    assert all(len(part.encode()) <= limit for part in found)
    if len(found) > 1:
        numbers = [re.match(r"\((\d+)/(\d+)\)\n", part) for part in found]
        assert [number and number.groups() for number in numbers] == [
            (f"{one}", f"{len(found)}") for one in range(1, len(found) + 1)
        ]
        found = [part.partition("\n")[2] for part in found]
        assert all(found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(st.sampled_from("<a href=\"'b>/&lt;标 \n"), max_size=60))
def test_no_markup_breaks_the_reading(html: str) -> None:
    assert isinstance(untagged(html), str)
