"""A document as its readers see it: the original characters, and where its paragraphs stand in them."""

from dataclasses import dataclass
from typing import NamedTuple


class Paragraph(NamedTuple):
    """One line or block of the text; `text[start:end]` of its document, without the line end behind it.

    A block that was wrapped into lines is one paragraph, and holds their line ends.
    """

    start: int
    end: int
    cell: tuple[int, int, int] | None = None  # table, row, column; None for running text


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The original characters exactly; for docx, pdf and HTML what was taken out of them."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    name: str = ""  # of the file, for messages only
