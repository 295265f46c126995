"""HTML becomes text and entities as in Telegram, or is refused in its words."""

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import ApiError
from sandbox.markup import parse_html, utf16_length
from sandbox.text import finished

_TAGS = {
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "s": "strikethrough",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_ATOMS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
_TREES = st.recursive(
    _ATOMS,
    lambda children: st.tuples(st.sampled_from(sorted(_TAGS)), st.lists(children, max_size=3)),
    max_leaves=12,
)


def _source(tree: Any) -> str:
    if isinstance(tree, str):
        return html.escape(tree, quote=False)
    tag, children = tree
    return f"<{tag}>{''.join(map(_source, children))}</{tag}>"


def _plain(tree: Any) -> str:
    return tree if isinstance(tree, str) else "".join(map(_plain, tree[1]))


def _spans(tree: Any, start: int = 0) -> list[tuple[str, int, int]]:
    """Every non-empty element as kind, offset and length."""
    if isinstance(tree, str):
        return []
    found, at = [], start
    for child in tree[1]:
        found += _spans(child, at)
        at += utf16_length(_plain(child))
    return [*found, (_TAGS[tree[0]], start, at - start)] if at > start else found


@given(st.lists(_TREES, max_size=4))
def test_every_well_formed_text_keeps_its_words_and_the_place_of_its_tags(trees: list[Any]) -> None:
    text, entities = parse_html("".join(map(_source, trees)))
    wanted, at = [], 0
    for tree in trees:
        wanted += _spans(tree, at)
        at += utf16_length(_plain(tree))
    assert text == "".join(map(_plain, trees))
    assert sorted((e["type"], e["offset"], e["length"]) for e in entities) == sorted(wanted)


@given(st.text(st.sampled_from("<>/&;ab \"'=#x1甲😀!bcodepreis-tg"), max_size=40))
def test_any_text_is_parsed_or_refused_never_a_crash(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ApiError as error:
        refusal = error.description
        text, entities = refusal.removeprefix("Bad Request: can't parse entities: "), []
        assert text != refusal
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_length(text)


@given(_ATOMS)
def test_an_escaped_text_comes_back_unchanged(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(st.lists(_TREES, max_size=3))
def test_trimming_never_leaves_an_entity_outside_the_text(trees: list[Any]) -> None:
    text, entities = finished(*parse_html("  " + "".join(map(_source, trees)) + "\n"))
    assert text == text.strip()
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_length(text)


@pytest.mark.parametrize(
    ("source", "kind", "extra"),
    [
        ("<strong>x</strong>", "bold", {}),
        ("<em>x</em>", "italic", {}),
        ("<ins>x</ins>", "underline", {}),
        ("<strike>x</strike>", "strikethrough", {}),
        ("<del>x</del>", "strikethrough", {}),
        ("<code>x</code>", "code", {}),
        ("<pre>x</pre>", "pre", {}),
        ('<pre><code class="language-python">x</code></pre>', "pre", {"language": "python"}),
        ('<span class="tg-spoiler">x</span>', "spoiler", {}),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote", {}),
        ('<tg-emoji emoji-id="5368">x</tg-emoji>', "custom_emoji", {"custom_emoji_id": "5368"}),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "text_link",
            {"url": "https://example.org/?a=1&b=2"},
        ),
        ("<a href='tg://user?id=1'>x</a>", "text_link", {"url": "tg://user?id=1"}),
        ("<B>x</B>", "bold", {}),
    ],
)
def test_every_tag_telegram_knows_is_known(source: str, kind: str, extra: dict[str, str]) -> None:
    assert parse_html(source) == ("x", [{"type": kind, "offset": 0, "length": 1} | extra])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a <b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("数 <x>b</x>", 'Unsupported start tag "x" at byte offset 4'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>a', 'Unclosed start tag "a" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError, match=re.escape(f"Bad Request: can't parse entities: {reason}")):
        parse_html(source)


def test_offsets_count_utf16_units() -> None:
    assert parse_html("😀<b>甲</b>")[1] == [{"type": "bold", "offset": 2, "length": 1}]


def test_commands_mentions_and_links_are_found_but_not_inside_code() -> None:
    _, entities = finished("/help@zhunshi_bot @zhunshi_bot https://example.org #标准", [])
    assert [e["type"] for e in entities] == ["bot_command", "mention", "url", "hashtag"]
    assert [e["type"] for e in finished(*parse_html("<code>/help</code>"))[1]] == ["code"]


@pytest.mark.parametrize("text", ["1/2", "a/b/c", "me@example.org", "国家标准/国际标准"])
def test_a_slash_or_sign_inside_a_word_is_no_command(text: str) -> None:
    assert finished(text, [])[1] == []
