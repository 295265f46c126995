"""How much a document may ask of the machine that reads it."""

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A document beyond one of these is refused; none is cut."""

    file_bytes: int = 20 * MEGABYTE
    characters: int = 2_000_000
    paragraphs: int = 200_000
    pages: int = 2_000
    unpacked_bytes: int = 200 * MEGABYTE  # of all members of a docx together
    unpacked_ratio: int = 100  # unpacked to packed, minded from 10 MB on: a small page may be all blanks
    members: int = 5_000  # files in a docx
    seconds: float = 60  # for html, docx and pdf, which are read apart
    memory_bytes: int = 1024 * MEGABYTE  # the same
