"""HTML: what a browser would show of the policy, and nothing of the page around it."""

import pytest

from reading.document import DEFAULT_LIMITS, read_document
from reading.formats.web_page import read_html
from reading.paragraphs import Document
from tests.reading.documents.files import is_sound, said


def _read(markup: str) -> Document:
    return read_html(markup, "", DEFAULT_LIMITS)


def _cells(document: Document) -> dict[tuple[int, int, int] | None, str]:
    return {one.cell: document.text[one.start : one.end] for one in document.paragraphs}


def test_scripts_styles_menus_and_hidden_parts_are_not_shown() -> None:
    document = _read(
        "<html><head><title>门户</title><style>p{}</style><script>var a = '<p>假</p>';</script></head><body>"
        "<nav><ul><li>首页<li>政策</ul></nav><div style='color:red; display: none'>暗<div>处</div></div>"
        "<span hidden>略</span>"
        "<h1>行动方案</h1><noscript>请开启脚本</noscript><p>一、总体要求</p><footer>版权所有</footer></body></html>"
    )
    assert said(document) == ["行动方案", "一、总体要求"]
    assert is_sound(document)


def test_entities_are_the_characters_they_name() -> None:
    assert said(_read("<p>&#12288;&nbsp;&ldquo;标准&#x2B;&rdquo; A&amp;B&lt;C</p>")) == ["“标准+” A&B<C"]


def test_a_break_ends_a_paragraph_and_source_lines_do_not() -> None:
    assert said(_read("<p>到2026年，\n   建成<b>国家级</b>\t试点<br/>完善  AB\nCD标准</p>")) == [
        "到2026年，建成国家级 试点",
        "完善 AB CD标准",
    ]


def test_pinyin_above_characters_is_left_out() -> None:
    assert said(_read("<p>江津<ruby>区<rp>(</rp><rt>qū</rt><rp>)</rp></ruby>方案</p>")) == ["江津区方案"]


def test_a_table_is_its_cells_in_their_columns() -> None:
    document = _read(
        "<p>附表</p><table><thead><tr><th rowspan=2>序号<th colspan=2>目标<th>单位</thead>"
        "<tr><td>2026年</td><td>2028年</td><td>市局<p>县局</p></td></tr></table>"
    )
    assert _cells(document) == {
        None: "附表",
        (0, 0, 0): "序号",
        (0, 0, 1): "目标",
        (0, 0, 3): "单位",
        (0, 1, 1): "2026年",
        (0, 1, 2): "2028年",
        (0, 1, 3): "县局",
    }
    assert "2026年\t2028年\t市局\n县局" in document.text


def test_tables_that_only_lay_out_the_page_are_running_text() -> None:
    document = _read(
        "<table><tr><td>一、总体要求<table><tr><td>指标<td>12项</table>二、主要任务</table>"
        "<table><tr><td>（此件公开发布）</table>"
    )
    assert [
        (one.cell is None, text) for one, text in zip(document.paragraphs, said(document), strict=True)
    ] == [
        (True, "一、总体要求"),
        (False, "指标"),
        (False, "12项"),
        (True, "二、主要任务"),
        (True, "（此件公开发布）"),
    ]


def test_what_word_and_old_editors_leave_in_a_page_does_no_harm() -> None:
    markup = (
        "<?xml:namespace prefix=o /><p class=MsoNormal><![if !supportLists]>一、<![endif]><o:p></o:p>总体"
        "<st1:chsdate>要求</st1:chsdate><![weird[x]]></p></div></table></td>"
        "<p>二、任务<!-- 注 --></p><pre>1.甲\n2.乙</pre>"
    )
    assert said(_read(markup)) == ["一、总体要求", "二、任务", "1.甲", "2.乙"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_page_is_read_in_the_encoding_it_has_whatever_it_says(encoding: str) -> None:
    page = "<html><head><meta charset='big5'></head><body><p>推进标准化战略实施</p></body></html>"
    assert said(read_document(page.encode(encoding), "a.htm")) == ["推进标准化战略实施"]
