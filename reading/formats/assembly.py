"""A document put together from the paragraphs that were taken out of a file."""

from typing import Final

from domain.errors import Unreadable, UnreadableDocument
from reading.formats.limits import Limits
from reading.paragraphs import Document, Paragraph

BLANKS: Final = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\u200b\ufeff"
"""What may stand around a paragraph and is none of it."""

Cell = tuple[int, int, int]


class Assembly:
    """Collects paragraphs in their order; each stands on its own line, cells of one row share theirs."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._paragraphs: list[Paragraph] = []
        self._length = 0

    def add(self, text: str, cell: Cell | None = None) -> None:
        """Append a paragraph; one of blanks only is none.

        Raises:
            UnreadableDocument: The document grows beyond its limits.
        """
        text = text.translate(_UNWRITABLE).strip(BLANKS)
        if not text:
            return
        if self._paragraphs:
            self._put("\t" if _share_a_row(self._paragraphs[-1].cell, cell) else "\n")
        start = self._length
        self._put(text)
        self._paragraphs.append(Paragraph(start=start, end=self._length, cell=cell))
        check_length(self._length, len(self._paragraphs), self._limits)

    def document(self, name: str) -> Document:
        """What was collected.

        Raises:
            UnreadableDocument: That is nothing.
        """
        if not self._paragraphs:
            raise UnreadableDocument("there is no text in it", reason=Unreadable.NO_TEXT)
        return Document(text="".join(self._pieces), paragraphs=tuple(self._paragraphs), name=name)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def check_length(characters: int, paragraphs: int, limits: Limits) -> None:
    """Whether so much may be read.

    Raises:
        UnreadableDocument: It may not.
    """
    for number, limit, unit in (
        (characters, limits.characters, "characters"),
        (paragraphs, limits.paragraphs, "paragraphs"),
    ):
        if number > limit:
            raise UnreadableDocument(f"it has more than {limit:,} {unit}", reason=Unreadable.TOO_LONG)


def _share_a_row(one: Cell | None, other: Cell | None) -> bool:
    return one is not None and other is not None and one[:2] == other[:2] and one[2] != other[2]


# A lone half of a surrogate pair and NUL can't be stored or sent; what stood there is damaged.
_UNWRITABLE: Final = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")
