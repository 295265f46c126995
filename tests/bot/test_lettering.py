"""Lettering: lines fit, lose nothing that is not marked as cut, and break where a reader would."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.lettering import cut, lines_of, width_of

LETTERS = "标准化发展（，。、）“”AaWiIl.- 12%"
TEXTS = st.text(LETTERS, max_size=80) | st.text(max_size=60)
WIDTHS = st.integers(80, 900)
SIZE = 30


def plain(text: str) -> str:
    return "".join(text.split())


@given(text=TEXTS, width=WIDTHS, most=st.integers(1, 4))
def test_every_line_fits_and_only_the_last_is_cut(text: str, width: int, most: int) -> None:
    lines = lines_of(text, SIZE, width, most)
    assert len(lines) <= most
    assert all(width_of(line, SIZE) <= width for line in lines)
    whole = plain("".join(lines))
    if whole != plain(text):
        assert whole.endswith("…")
        assert len(lines) == most


@given(text=TEXTS, width=WIDTHS)
def test_a_cut_text_fits_and_begins_as_the_whole(text: str, width: int) -> None:
    short = cut(text, SIZE, width)
    assert width_of(short, SIZE) <= width
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_a_word_is_not_cut_in_two_where_that_can_be_helped() -> None:
    text = "standards on the national list"
    assert cut(text, SIZE, width_of("standards on the natio", SIZE)) == "standards on the…"


def test_two_lines_are_of_much_the_same_length() -> None:
    text = "共性关键技术和应用类科技计划项目形成标准研究成果的比率"
    first, second = lines_of(text, SIZE, SIZE * 24, 2)
    assert first + second == text
    assert len(second) >= 8


def test_a_line_ends_at_a_comma_rather_than_within_a_word() -> None:
    lines = lines_of("形成市场驱动、政府引导、企业为主、社会参与、开放融合的格局", SIZE, SIZE * 25, 2)
    assert lines == ["形成市场驱动、政府引导、企业为主、", "社会参与、开放融合的格局"]


def test_figures_and_what_stands_in_brackets_begin_together() -> None:
    lines = lines_of("海港市标准化提升三年行动计划（2026—2028年）实施细则和任务分解", SIZE, SIZE * 22, 2)
    assert lines == ["海港市标准化提升三年行动计划", "（2026—2028年）实施细则和任务分解"]


def test_no_line_begins_with_a_comma_or_closing_bracket() -> None:
    text = "标准标准标准标准，标准标准标准）标准"
    for width in range(3, 16):
        assert not any(line[0] in "，）" for line in lines_of(text, SIZE, SIZE * width, 9))
