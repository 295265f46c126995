"""One text in every kind of file is read as the same paragraphs."""

from collections.abc import Callable

import pytest

from reading.document import read_document, read_document_async
from tests.reading.documents.files import (
    POLICY,
    docx_file,
    html_file,
    is_sound,
    pdf_file,
    pdf_page,
    said,
    wrapped,
)


def _text() -> bytes:
    return "\n".join(f"　　{paragraph}" for paragraph in POLICY).encode()


def _windows_text() -> bytes:
    return "\r\n".join(POLICY).encode("gb18030")


def _wide_text() -> bytes:
    return "\r\n".join(POLICY).encode("utf-16")


def _markdown() -> bytes:
    headings = [f"## {paragraph}" if len(paragraph) < 15 else paragraph for paragraph in POLICY]
    return "\n\n".join(headings).encode()


def _wrapped_text() -> bytes:
    return "\n".join(line for paragraph in POLICY for line in wrapped(paragraph)).encode()


def _pdf() -> bytes:
    lines = [line for paragraph in POLICY for line in wrapped(paragraph)]
    return pdf_file([pdf_page(lines[:8]), pdf_page(lines[8:])])


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (_text, "方案.txt"),
        (_windows_text, "方案.txt"),
        (_wide_text, "方案.txt"),
        (_markdown, "方案.md"),
        (_wrapped_text, "方案.txt"),
        (html_file, "方案.html"),
        (docx_file, "方案.docx"),
        (_pdf, "方案.pdf"),
        (docx_file, ""),  # the content says enough
        (_pdf, "方案.txt"),
        (html_file, "方案.doc"),
    ],
)
async def test_a_policy_reads_the_same_in_every_kind_of_file(make: Callable[[], bytes], name: str) -> None:
    document = read_document(make(), name)
    assert [paragraph.replace("\n", "") for paragraph in said(document)] == list(POLICY)
    assert is_sound(document)
    assert document.name == name
    assert await read_document_async(make(), name) == document


def test_a_text_file_keeps_its_characters_exactly() -> None:
    original = "　　一、总体要求\r\n\r\n到2025年，\t建成30项。 \n"
    document = read_document(original.encode(), "方案.txt")
    assert document.text == original
    assert said(document) == ["一、总体要求", "到2025年，\t建成30项。"]


def test_a_file_that_came_from_a_chat_without_its_suffix_is_known_by_its_content() -> None:
    assert said(read_document("标准化方案".encode(), "photo.jpg")) == ["标准化方案"]
