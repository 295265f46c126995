"""Which characters bytes mean, in the encodings that Chinese offices use, and what damage does to them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.errors import UnreadableDocument
from reading.formats.encodings import DAMAGE, decode
from tests.reading.documents.files import POLICY, TRADITIONAL

SIMPLIFIED_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312")
TRADITIONAL_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "big5", "cp950", "gb18030", "gbk")

clauses = st.sampled_from([clause for text in POLICY for clause in text.replace("；", "，").split("，")])
clauses_traditional = st.sampled_from(
    [clause for text in TRADITIONAL for clause in text.replace("；", "，").split("，")]
)
figures = st.integers(0, 10**6).map(str)


def _texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lines = st.lists(st.one_of(words, words, figures), min_size=1, max_size=8).map("，".join)
    return st.lists(lines, min_size=1, max_size=5).map("\r\n".join)


@settings(deadline=None)
@given(_texts(clauses), st.sampled_from(SIMPLIFIED_ENCODINGS))
@example("标准化", "gb18030")
@example("到2025年，建成30项以上", "gb2312")
def test_simplified_text_comes_back_from_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@settings(deadline=None)
@given(_texts(clauses_traditional), st.sampled_from(TRADITIONAL_ENCODINGS))
@example("標準化工作方案", "big5")
@example("標準化工作方案", "gbk")
@example("（一）基本原則～①", "gb18030")
def test_traditional_text_comes_back_from_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "phrase", ["标准化", "实施方案", "市政府", "责任单位：", "指导思想。", "国务院办公厅"]
)
def test_a_few_characters_are_enough_to_tell_gb18030_from_big5(phrase: str) -> None:
    assert decode(phrase.encode("gb18030")) == phrase


@pytest.mark.parametrize(
    "phrase", ["標準化", "實施方案", "市政府", "責任單位：", "指導思想。", "經濟部標準檢驗局"]
)
def test_a_few_characters_are_enough_to_tell_big5_from_gb18030(phrase: str) -> None:
    assert decode(phrase.encode("big5")) == phrase


@pytest.mark.parametrize(("encoding", "text"), [("gb18030", POLICY[3]), ("big5", TRADITIONAL[1])])
@pytest.mark.parametrize("place", range(12, 40))
def test_a_destroyed_byte_costs_its_own_characters_and_no_others(
    encoding: str, text: str, place: int
) -> None:
    data = bytearray(f"{text}\n{text}".encode(encoding))
    data[place] = 0xFF
    mended = decode(bytes(data))
    assert DAMAGE in mended
    assert mended.split("\n")[1] == text
    hurt = place // 2 + 2  # at most a byte for each character before it
    assert mended.startswith(text[: place // 2 - 4])
    assert mended.split("\n")[0].endswith(text[hurt + 6 :])


def test_a_lost_byte_does_not_turn_the_rest_of_its_line_into_other_words() -> None:
    data = "推进标准化战略，实施质量强市行动。\n深化标准化改革".encode("gb18030")
    assert decode(data[:4] + data[5:]) == f"推进{DAMAGE}准化战略，实施质量强市行动。\n深化标准化改革"


def test_a_damaged_byte_of_utf8_stays_visible() -> None:
    data = bytearray("到2025年，建成国家级试点20个以上。".encode())
    data[10] = 0xFF
    assert decode(bytes(data)).split(DAMAGE)[::3] == ["到2025年", "建成国家级试点20个以上。"]


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_text_that_can_be_stored_or_are_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except UnreadableDocument:
        return
    assert text.encode().decode() == text
    assert "\0" not in text
