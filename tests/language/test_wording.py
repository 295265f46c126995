"""Pinyin noise and wording of Taiwan, found with their positions in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.script import fold, mainland_wording, pinyin_spans, to_simplified

NOISY = st.text(st.sampled_from("區域(（)）qūqyùfāzhǎnISO試行2023 、。"), max_size=40)
TAIWAN = st.text(st.sampled_from("网际路由人工智慧型套用配房数位化专积体电附属档案最佳软动"), max_size=30)


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("區(qū)域協(xié)同發(fā)展", ["(qū)", "(xié)", "(fā)"]),
        ("統（tǒng）籌（chóu）", ["（tǒng）", "（chóu）"]),
        ("綠(lǜ)色", ["(lǜ)"]),
        ("國際標準(ISO)、辦法(試行)、方案(2023)", []),
        ("標準(biaozhun)", []),  # without a tone mark it may be a name
        ("(qū)域", []),  # no character before it that it could double
        ("ISO(xié)", []),
        ("發展(fāzhǎn)", []),  # of a whole word: a gloss that someone wrote
        ("", []),
    ],
)
def test_only_brackets_that_double_a_character_in_pinyin_are_noise(text: str, noise: list[str]) -> None:
    assert [text[start:end] for start, end in pinyin_spans(text)] == noise


@given(NOISY)
def test_pinyin_spans_are_in_order_apart_and_all_that_folding_drops(text: str) -> None:
    spans = pinyin_spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    bare = "".join(char for at, char in enumerate(text) if not any(a <= at < b for a, b in spans))
    assert fold(text) == fold(bare) or pinyin_spans(bare)  # what is left may happen to look like noise


def _in_mainland_wording(simplified: str) -> str:
    for start, end, words in reversed(mainland_wording(simplified)):
        simplified = simplified[:start] + words + simplified[end:]
    return simplified


@pytest.mark.parametrize(
    ("written", "mainland"),
    [
        ("推進網際網路與智慧型製造", "推进互联网与智能制造"),
        ("先進標準套用", "先进标准应用"),
        ("配套用房、整套用具", "配套用房、整套用具"),
        ("數位經濟、數位專家", "数字经济、数位专家"),
        ("網路安全、網路由器", "网络安全、网路由器"),
        ("軟體和晶片，軟體動物", "软件和芯片，软体动物"),
        ("著力推進、著作權", "着力推进、著作权"),
        ("附屬檔案：行動計畫", "附件：行动计划"),
        ("人工智慧與智慧城市", "人工智能与智慧城市"),
        ("智慧財產權", "知识产权"),
        ("标准化发展", "标准化发展"),
        ("", ""),
    ],
)
def test_wording_of_taiwan_is_found_where_the_mainland_means_nothing_else(
    written: str, mainland: str
) -> None:
    assert _in_mainland_wording(to_simplified(written)) == mainland


def test_the_place_of_a_word_is_told() -> None:
    assert mainland_wording("工业网际网路标竿") == [(2, 6, "互联网"), (6, 8, "标杆")]


@given(TAIWAN)
def test_wording_is_found_in_order_and_none_is_left_of_what_was_found(text: str) -> None:
    found = mainland_wording(text)
    edges = [edge for start, end, _ in found for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(start < end and text[start:end] != words for start, end, words in found)
    assert all(not mainland_wording(words) for _, _, words in found)
