"""docx: the body as the page shows it."""

from typing import Any

import docx
import pytest

from reading.document import DEFAULT_LIMITS
from reading.formats.word_file import read_docx
from reading.paragraphs import Document
from tests.reading.documents.files import is_sound, said, saved, word_xml


def _read(document: Any) -> Document:
    return read_docx(saved(document), "", DEFAULT_LIMITS)


def _level(at: int, form: str, pattern: str, more: str = "") -> str:
    how = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{at}">{how}</w:lvl>'


def _add_list(document: Any, number: int, levels: str, *, again: bool = False) -> None:
    """A list that paragraphs can belong to; a second number of it starts again at one."""
    numbering = document.part.numbering_part.element
    numbering.insert(0, word_xml(f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'))
    numbering.append(word_xml(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    if again:
        numbering.append(
            word_xml(
                f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )


def _add(document: Any, text: str, number: int, level: int = 0) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(word_xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


def test_numbers_that_word_counts_by_itself_are_written_out() -> None:
    document = docx.Document()
    levels = (
        _level(0, "chineseCountingThousand", "%1、")
        + _level(1, "chineseCounting", "（%2）")
        + _level(2, "decimal", "%3.")
        + _level(3, "decimalEnclosedCircle", "%4")
    )
    _add_list(document, 70, levels, again=True)
    for text, level in (
        ("总体要求", 0),
        ("指导思想", 1),
        ("目标", 1),
        ("主要任务", 0),
        ("科技", 1),
        ("机制", 2),
    ):
        _add(document, text, 70, level)
    document.add_paragraph("正文不计数。")
    for text, level in (("项目", 2), ("细项", 3), ("农业", 1), ("种业", 2)):
        _add(document, text, 70, level)
    for _ in range(9):
        _add(document, "其他", 70)
    _add(document, "附件重新开始", 71)
    assert said(_read(document)) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）目标",
        "二、主要任务",
        "（一）科技",
        "1.机制",
        "正文不计数。",
        "2.项目",
        "①细项",
        "（二）农业",
        "1.种业",
        *(f"{number}、其他" for number in ("三", "四", "五", "六", "七", "八", "九", "十", "十一")),
        "一、附件重新开始",
    ]


@pytest.mark.parametrize(
    ("form", "pattern", "labels"),
    [
        ("upperRoman", "%1.", ["I.", "II.", "III.", "IV."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)", "d)"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "丙、", "丁、"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、", "肆、"]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "３．", "４．"]),
        ("decimalZero", "%1.", ["01.", "02.", "03.", "04."]),
        ("chineseCounting", "第%1章", ["第一章 ", "第二章 ", "第三章 ", "第四章 "]),
        ("bullet", "\uf0b7", ["", "", "", ""]),
        ("none", "", ["", "", "", ""]),
        ("aFormOfTheFuture", "%1、", ["1、", "2、", "3、", "4、"]),
    ],
)
def test_each_form_of_numbers_is_written_as_word_shows_it(form: str, pattern: str, labels: list[str]) -> None:
    document = docx.Document()
    _add_list(document, 70, _level(0, form, pattern))
    for _ in labels:
        _add(document, "条", 70)
    assert said(_read(document)) == [f"{label}条" for label in labels]


def test_headings_can_be_numbered_by_their_style() -> None:
    document = docx.Document()
    _add_list(
        document,
        70,
        _level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Heading1"/>')
        + _level(1, "decimal", "%1.%2", '<w:pStyle w:val="Heading2"/><w:isLgl/>'),
    )
    for style in ("Heading 1", "Heading 2"):
        properties = document.styles[style].element.get_or_add_pPr()
        properties.append(word_xml('<w:numPr><w:numId w:val="70"/></w:numPr>'))
    for text, level in (("总体要求", 1), ("主要任务", 1), ("科技", 2), ("农业", 2)):
        document.add_heading(text, level)
    assert said(_read(document)) == ["一、总体要求", "二、主要任务", "2.1 科技", "2.2 农业"]


def test_tables_stand_between_the_paragraphs_around_them() -> None:
    document = docx.Document()
    document.add_paragraph("附表")
    table = document.add_table(2, 3)
    for at, text in enumerate(("序号", "指标", "责任单位")):
        table.cell(0, at).text = text
    table.cell(1, 0).merge(table.cell(1, 1)).text = "合计"
    table.cell(1, 2).text = "市科技局\n市农业局"
    document.add_paragraph("附注")
    read = _read(document)
    assert [(one.cell, text) for one, text in zip(read.paragraphs, said(read), strict=True)] == [
        (None, "附表"),
        ((0, 0, 0), "序号"),
        ((0, 0, 1), "指标"),
        ((0, 0, 2), "责任单位"),
        ((0, 1, 0), "合计"),
        ((0, 1, 2), "市科技局"),
        ((0, 1, 2), "市农业局"),
        (None, "附注"),
    ]
    assert is_sound(read)


def test_a_frame_of_one_cell_is_running_text() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "东湖市人民政府文件"
    assert [one.cell for one in _read(document).paragraphs] == [None]


def test_insertions_count_and_deletions_do_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("建成")._p
    paragraph.append(word_xml("<w:del><w:r><w:delText>三十</w:delText></w:r></w:del>"))
    paragraph.append(word_xml("<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"))
    paragraph.append(word_xml("<w:ins><w:r><w:t>五十</w:t></w:r></w:ins>"))
    paragraph.append(word_xml("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"))
    paragraph.append(
        word_xml("<w:hyperlink><w:r><w:t>项</w:t><w:footnoteReference w:id='1'/></w:r></w:hyperlink>")
    )
    paragraph.append(word_xml("<w:r><w:instrText>PAGE</w:instrText><w:noBreakHyphen/><w:t>标准</w:t></w:r>"))
    assert said(_read(document)) == ["建成五十项-标准"]


def test_line_breaks_part_paragraphs_and_the_table_of_contents_is_left_out() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、总体要求\t1", style="toc 1")
    document.add_paragraph("一、总体要求\n　　到2026年")
    assert said(_read(document)) == ["一、总体要求", "到2026年"]


def test_a_text_box_follows_the_paragraph_it_hangs_on_once() -> None:
    document = docx.Document()
    run = document.add_paragraph("正文").add_run()._r
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>框中的字</w:t></w:r></w:p></w:txbxContent></w:pict>"
    run.append(word_xml(f"<w:object>{box}<w:Fallback>{box}</w:Fallback></w:object>"))
    assert said(_read(document)) == ["正文", "框中的字"]
