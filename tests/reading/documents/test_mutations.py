"""Damage of any kind to a file that was sound gives a document or a reason, and nothing else."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import UnreadableDocument
from reading.document import DEFAULT_LIMITS, read_document, read_document_async
from reading.formats.encodings import decode
from reading.formats.web_page import read_html
from reading.formats.word_file import read_docx
from reading.paragraphs import Document
from tests.reading.documents.files import POLICY, docx_file, html_file, is_sound, pdf_file, pdf_page, zip_file

DOCX, HTML, TEXT = docx_file(), html_file(), "\r\n".join(POLICY).encode("gb18030")
PDF = pdf_file([pdf_page(POLICY[:6]), pdf_page(POLICY[6:])])

changes = st.lists(
    st.tuples(st.floats(0, 1), st.binary(max_size=4), st.integers(0, 40)), min_size=1, max_size=6
)


def damaged(data: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    """Pieces of a file replaced: where, by what, and how many bytes go."""
    for place, new, gone in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + gone :]
    return data


def reads_or_refuses(read: Callable[[], Document]) -> None:
    try:
        document = read()
    except UnreadableDocument:
        return
    assert is_sound(document)


@given(changes)
@settings(max_examples=60, deadline=None)
def test_damaged_text(changes: list[tuple[float, bytes, int]]) -> None:
    reads_or_refuses(lambda: read_document(damaged(TEXT, changes), "a.txt"))


@given(changes)
@settings(max_examples=60, deadline=None)
def test_damaged_html(changes: list[tuple[float, bytes, int]]) -> None:
    reads_or_refuses(lambda: read_html(decode(damaged(HTML, changes)), "", DEFAULT_LIMITS))


@given(st.text(alphabet="<>/!-[]&;#=\"' tdrphiv标1", max_size=80))
@settings(max_examples=100, deadline=None)
def test_anything_like_html(markup: str) -> None:
    reads_or_refuses(lambda: read_html(f"<p>{markup}</p>文", "", DEFAULT_LIMITS))


@given(changes)
@settings(max_examples=60, deadline=None)
def test_damaged_packages(changes: list[tuple[float, bytes, int]]) -> None:
    reads_or_refuses(lambda: read_docx(damaged(DOCX, changes), "", DEFAULT_LIMITS))


TAGS = (
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "pPr",
    "numPr",
    "numId",
    "ilvl",
    "br",
    "del",
    "txbxContent",
    "sym",
    "rPr",
)


def _elements() -> st.SearchStrategy[str]:
    attributes = st.sampled_from(["", ' w:val="1"', ' w:val="-1"', ' w:val="９"', ' w:val=""'])
    leaf = st.builds("<w:{0}{1}>标</w:{0}>".format, st.sampled_from(TAGS), attributes)
    return st.recursive(
        leaf,
        lambda inner: st.builds(
            "<w:{0}>{1}</w:{0}>".format, st.sampled_from(TAGS), st.lists(inner).map("".join)
        ),
    )


@given(_elements(), _elements())
@settings(max_examples=40, deadline=None)
def test_docx_whose_elements_stand_where_they_should_not(body: str, numbering: str) -> None:
    wide = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lists = f'<w:abstractNum w:abstractNumId="1">{numbering}</w:abstractNum>'
    lists += f'<w:num w:numId="1"><w:abstractNumId w:val="1"/>{numbering}</w:num>'
    parts = {
        "document": f"<w:document {wide}><w:body>{body}</w:body></w:document>",
        "numbering": f"<w:numbering {wide}>{lists}</w:numbering>",
        "styles": f"<w:styles {wide}><w:style>{numbering}</w:style></w:styles>",
    }
    file = zip_file({f"word/{name}.xml": part.encode() for name, part in parts.items()})
    reads_or_refuses(lambda: read_docx(file, "", DEFAULT_LIMITS))


@given(st.lists(changes, min_size=6, max_size=6))
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_damaged_pdf(several: list[list[tuple[float, bytes, int]]]) -> None:
    """The library may crash on it, so each is read apart."""

    async def read_all() -> list[Document | BaseException]:
        files = [damaged(PDF, changes) for changes in several]
        return await asyncio.gather(
            *(read_document_async(file, "a.pdf") for file in files), return_exceptions=True
        )

    for read in asyncio.run(read_all()):
        if isinstance(read, Document):
            assert is_sound(read)
        else:
            assert isinstance(read, UnreadableDocument)


@pytest.mark.parametrize("data", [DOCX, PDF, HTML], ids=["docx", "pdf", "html"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.97])
def test_a_file_that_was_cut_off(data: bytes, part: float) -> None:
    reads_or_refuses(lambda: read_document(data[: int(len(data) * part)], "a"))
