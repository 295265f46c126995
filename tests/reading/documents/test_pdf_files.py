"""pdf: lines back to paragraphs, without what each page repeats."""

from reading.document import read_document
from tests.reading.documents.files import POLICY, Placed, is_sound, pdf_file, pdf_page, said, wrapped


def _read(*pages: list[Placed]) -> list[str]:
    document = read_document(pdf_file(pages), "a.pdf")
    assert is_sound(document)
    return said(document)


def test_running_heads_and_page_numbers_are_left_out() -> None:
    text = [wrapped(paragraph) for paragraph in POLICY]
    lines = [line for paragraph in text for line in paragraph]
    pages = [
        [
            (200, 800, 9, "东湖市人民政府公报 2026年第3期"),
            *pdf_page(lines[start : start + 5]),
            (290, 50, 12, str(number)),
        ]
        for number, start in enumerate(range(0, len(lines), 5), 7)
    ]
    assert len(pages) > 2
    assert _read(*pages) == list(POLICY)


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first, *rest = wrapped(POLICY[3])
    numbers = [[(290.0, 50.0, 12.0, text)] for text in ("— 1 —", "— 2 —")]
    assert _read(pdf_page([first]) + numbers[0], pdf_page(rest) + numbers[1]) == [POLICY[3]]


def test_a_line_that_is_not_full_ends_its_paragraph() -> None:
    lines = ["　　推进标准化工作", *wrapped(POLICY[1]), "　　三、保障措施"]
    assert _read(pdf_page(lines)) == ["推进标准化工作", POLICY[1], "三、保障措施"]


def test_a_title_on_two_lines_is_one() -> None:
    title: list[Placed] = [
        (140, 780, 22, "东湖市人民政府关于印发"),
        (110, 745, 22, "标准化创新行动方案的通知"),
    ]
    lines = [line for paragraph in POLICY[1:4] for line in wrapped(paragraph)]
    assert _read(title + pdf_page(lines, top=690)) == [
        "东湖市人民政府关于印发标准化创新行动方案的通知",
        *POLICY[1:4],
    ]


def test_words_of_latin_letters_keep_the_space_between_them() -> None:
    assert _read([(80, 700, 16, "参与 ISO TC 标准"), (80, 600, 16, "研制")]) == ["参与 ISO TC 标准", "研制"]


def test_parts_of_a_row_that_stand_apart_are_parted_by_tabs() -> None:
    row: list[Placed] = [(80, 700, 16, "国际标准"), (280, 700, 16, "12项"), (420, 700, 16, "市科技局")]
    assert _read(row) == ["国际标准\t12项\t市科技局"]


# Two rows and three columns; the first column is not parted.
GRID = b"80 600 360 100 re S 180 600 m 180 700 l S 330 600 m 330 700 l S 180 650 m 440 650 l S"
FRAME = b"40 30 515 790 re S"


def test_a_table_is_known_by_the_lines_that_were_drawn() -> None:
    page: list[Placed] = [
        (100, 640, 16, "质量强市"),
        (190, 670, 16, "国际标准"),
        (350, 670, 16, "12项"),
        (190, 635, 16, "国家标准和团体标"),
        (190, 615, 16, "准化"),
        (350, 635, 16, "市局"),
        (350, 615, 16, "县局"),
    ]
    text = pdf_page(wrapped(POLICY[1]), top=790) + page + pdf_page(wrapped(POLICY[10]), top=560)
    document = read_document(pdf_file([text], drawn=FRAME + b" " + GRID), "a.pdf")
    assert is_sound(document)
    assert [(one.cell, text) for one, text in zip(document.paragraphs, said(document), strict=True)] == [
        (None, POLICY[1]),
        ((0, 0, 0), "质量强市"),
        ((0, 0, 1), "国际标准"),
        ((0, 0, 2), "12项"),
        ((0, 1, 1), "国家标准和团体标准化"),
        ((0, 1, 2), "市局"),
        ((0, 1, 2), "县局"),
        (None, POLICY[10]),
    ]


def test_a_frame_around_the_page_is_no_table() -> None:
    document = read_document(pdf_file([pdf_page(wrapped(POLICY[1]))], drawn=FRAME), "a.pdf")
    assert [(one.cell, text) for one, text in zip(document.paragraphs, said(document), strict=True)] == [
        (None, POLICY[1])
    ]
