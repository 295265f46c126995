"""Paragraphs of plain text and Markdown: positions stay true, markup and page numbers stay out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reading.document import DEFAULT_LIMITS
from reading.formats.plain_text import read_plain
from reading.paragraphs import Document
from tests.reading.documents.files import POLICY, is_sound, said, wrapped


def _read(text: str) -> Document:
    return read_plain(text, "", DEFAULT_LIMITS)


def _cells(document: Document) -> dict[tuple[int, int, int] | None, str]:
    return {one.cell: document.text[one.start : one.end] for one in document.paragraphs}


def test_markup_of_markdown_is_no_part_of_a_paragraph() -> None:
    text = (
        "# 东湖市行动方案\n\n"
        "##一、总体要求 ##\n"
        "**（一）指导思想**\n"
        "**（二）目标。** 到2026年\n"
        "- 国际标准12项\n* 国家标准90项\n> 见附件\n"
        "---\n```\n"
    )
    assert said(_read(text)) == [
        "东湖市行动方案",
        "一、总体要求",
        "（一）指导思想",
        "（二）目标。** 到2026年",
        "国际标准12项",
        "国家标准90项",
        "见附件",
    ]


def test_what_only_looks_like_markup_stays() -> None:
    lines = ["-5%以上", ">30项", "*号为约束性指标", "#话题#"]
    assert said(_read("\n".join(lines))) == lines


def test_a_table_of_markdown_is_its_cells() -> None:
    text = "表1\n\n| 指标 | 2026年 |\n|:--|--:|\n| 国际标准 | 12项 |\n国家标准 | \n\n说明 | 不是表"
    assert _cells(_read(text)) == {
        (0, 0, 0): "指标",
        (0, 0, 1): "2026年",
        (0, 1, 0): "国际标准",
        (0, 1, 1): "12项",
        (0, 2, 0): "国家标准",
        None: "说明 | 不是表",
    }


def test_page_numbers_that_were_pasted_along_are_no_paragraphs() -> None:
    assert said(_read("提升质量\n— 3 —\n- 4 -\n第5页 共10页\n完善标准")) == ["提升质量", "完善标准"]


def test_lines_wrapped_at_one_width_are_one_paragraph_that_keeps_its_line_ends() -> None:
    lines = [line for paragraph in POLICY for line in wrapped(paragraph)]
    document = _read("\r\n".join(lines))
    assert [one.replace("\r\n", "") for one in said(document)] == list(POLICY)
    assert len(lines) > len(POLICY)
    assert is_sound(document)


def test_lines_cut_after_so_many_characters_are_one_paragraph_too() -> None:
    text = "\n".join(
        line[at : at + 30]
        for paragraph in POLICY
        for line in (f"　　{paragraph}",)
        for at in range(0, len(line), 30)
    )
    assert [one.replace("\n", "") for one in said(_read(text))] == list(POLICY)


def test_wrapped_lines_without_indents_are_parted_where_a_sentence_or_a_number_says_so() -> None:
    lines = [line for paragraph in POLICY for line in wrapped(paragraph, 26)]
    lines = [line.lstrip("　") for line in lines]
    assert [one.replace("\n", "") for one in said(_read("\n".join(lines)))] == list(POLICY)


def test_a_list_of_items_of_like_length_is_not_taken_for_wrapped_lines() -> None:
    items = [
        f"（{number}）完善{word}领域标准体系，建成国家级试点{number}个以上；"
        for number, word in enumerate(("农业", "工业", "能源", "交通", "教育", "卫生", "养老", "环保"), 1)
    ]
    assert said(_read("\n".join(items))) == items


def test_lines_of_different_length_are_paragraphs_each() -> None:
    assert said(_read("\n".join(POLICY))) == list(POLICY)


@settings(deadline=None)
@given(
    st.text(alphabet=st.sampled_from("标准化，。1一、（）#*->|- \n\r\t　“”AZ`~=_—"), min_size=1, max_size=300)
)
def test_whatever_the_text_paragraphs_stand_in_it_in_order(text: str) -> None:
    text += "\n标"
    document = _read(text)
    assert document.text == text
    assert is_sound(document)
    assert "".join(said(document)).count("标") == text.count("标")
