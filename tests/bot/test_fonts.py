"""Fonts: which is taken, what its families are called, and what is none."""

import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.fonts import find_font, read_font
from domain.errors import BadInput
from domain.languages import Language


def face(*families: tuple[int, str], at: int = 0) -> bytes:
    """The least of a font: a table of names; its offsets count from the start of the file, `at` before it."""
    records, strings = b"", b""
    for what, family in families:
        text = family.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, what, len(text), len(strings))
        strings += text
    names = struct.pack(">3H", 0, len(families), 6 + len(records)) + records + strings
    head = struct.pack(">4s4H", b"\0\1\0\0", 1, 0, 0, 0)
    return head + struct.pack(">4s3I", b"name", 0, at + 28, len(names)) + names


def collection(*families: str) -> bytes:
    starts, faces = [], b""
    first = 12 + 4 * len(families)
    for family in families:
        starts.append(first + len(faces))
        faces += face((1, family), at=starts[-1])
    return struct.pack(f">4s2I{len(families)}I", b"ttcf", 0x10000, len(families), *starts) + faces


def test_each_script_gets_the_family_made_for_its_readers(tmp_path: Path) -> None:
    file = tmp_path / "Some-Regular.ttc"
    file.write_bytes(collection("Some JP", "Some SC", "Some TC"))
    font = read_font(file)
    assert font.families == ("Some JP", "Some SC", "Some TC")
    assert [font.family(language) for language in Language] == ["Some SC", "Some TC", "Some SC"]


def test_a_family_of_many_weights_goes_by_the_name_of_the_whole(tmp_path: Path) -> None:
    file = tmp_path / "one.ttf"
    file.write_bytes(face((1, "One Light"), (16, "One")))
    assert read_font(file).family(Language.TRADITIONAL) == "One"


def test_the_bold_letters_beside_it_are_taken_too(tmp_path: Path) -> None:
    regular, bold = tmp_path / "A-Regular.otf", tmp_path / "A-Bold.otf"
    regular.write_bytes(face((1, "A")))
    assert read_font(regular).files == (regular,)
    bold.write_bytes(face((1, "A")))
    assert read_font(regular).files == (regular, bold)


def test_the_chosen_font_counts_before_the_usual_ones_and_without_any_there_is_none(tmp_path: Path) -> None:
    usual, chosen = tmp_path / "usual.ttf", tmp_path / "chosen.ttf"
    usual.write_bytes(face((1, "Usual")))
    chosen.write_bytes(face((1, "Chosen")))
    for given_, expected in ((chosen, "Chosen"), (None, "Usual")):
        font = find_font(given_, (tmp_path / "missing.ttf", usual))
        assert font is not None
        assert font.families == (expected,)
    assert find_font(None, (tmp_path / "missing.ttf",)) is None


def test_what_is_no_font_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"missing\.ttf"):
        read_font(tmp_path / "missing.ttf")
    for content in (b"", b"a text, and no font at all", face(), collection("A")[:40]):
        file = tmp_path / "bad.ttf"
        file.write_bytes(content)
        with pytest.raises(BadInput, match=r"bad\.ttf"):
            read_font(file)


@given(content=st.binary(max_size=300), kind=st.sampled_from([b"ttcf", b"\0\1\0\0", b"OTTO", b""]))
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, kind: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.ttf"
    file.write_bytes(kind + content)
    with suppress(BadInput):
        assert read_font(file).families
