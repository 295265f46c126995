"""HTML: the text a browser would show, without the page's frame; tables to cells."""

import re
from html.parser import HTMLParser
from typing import Final

from reading.formats.assembly import Assembly, Cell
from reading.formats.limits import Limits
from reading.paragraphs import Document


def read_html(text: str, name: str, limits: Limits) -> Document:
    """The paragraphs of a page; what holds no text of its own (scripts, menus, hidden parts) is left out.

    Raises:
        UnreadableDocument: Nothing is left, or more than allowed.
    """
    page = _Page()
    page.feed(text)
    page.close()
    page.end_paragraph()
    assembly = Assembly(limits)
    for said, table, cell in page.paragraphs:
        assembly.add(said, cell if table and table.holds_data() else None)
    return assembly.document(name)


class _Table:
    """A table that is being read, and the grid that its spanning cells take up."""

    def __init__(self, number: int) -> None:
        self.number, self.row, self.column = number, -1, 0
        self.cells, self.nests = 0, False
        self._taken: dict[int, int] = {}  # column to the last row that a cell above reaches

    def start_row(self) -> None:
        self.row, self.column = self.row + 1, -1

    def start_cell(self, columns: int, rows: int) -> None:
        if self.row < 0:
            self.start_row()
        self.column = max(self.column, 0)
        while self._taken.get(self.column, -1) >= self.row:
            self.column += 1
        for column in range(self.column, self.column + columns):
            self._taken[column] = self.row + rows - 1
        self.cells += 1

    def holds_data(self) -> bool:
        """Not so if it only lays out the page: it holds other tables, or is a single box."""
        return not self.nests and self.cells > 1


class _Page(HTMLParser):
    """Collects the paragraphs of a page, each with the table and cell it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[tuple[str, _Table | None, Cell | None]] = []
        self._pieces: list[str] = []
        self._tables: list[_Table] = []
        self._count = 0
        self._unseen = ""  # the tag whose content is not shown
        self._unseen_depth = 0
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unseen:
            self._unseen_depth += tag == self._unseen
            return
        if _UNSEEN.fullmatch(tag) or (not _UNCLOSED.fullmatch(tag) and _is_hidden(attrs)):
            self._unseen, self._unseen_depth = tag, 1
        if _BLOCK.fullmatch(tag):
            self.end_paragraph()
        if tag == "table":
            if self._tables:
                self._tables[-1].nests = True
            self._tables.append(_Table(self._count))
            self._count += 1
        elif tag == "tr" and self._tables:
            self._tables[-1].start_row()
        elif tag in {"td", "th"} and self._tables:
            spans = dict(attrs)
            self._tables[-1].start_cell(_span(spans.get("colspan")), _span(spans.get("rowspan")))
        elif tag == "pre":
            self._verbatim += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _UNSEEN.fullmatch(tag):  # <script/> opens one all the same, <iframe/> in XHTML does not
            return
        self.handle_starttag(tag, attrs)
        if not _UNCLOSED.fullmatch(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            self._unseen_depth -= tag == self._unseen
            if not self._unseen_depth:
                self._unseen = ""
            return
        if _BLOCK.fullmatch(tag):
            self.end_paragraph()
        if tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "pre":
            self._verbatim = max(0, self._verbatim - 1)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._verbatim:
            *lines, data = data.splitlines() or [""]
            for line in lines:
                self._pieces.append(line)
                self.end_paragraph()
        self._pieces.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - the signature of html.parser
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # <![anything[ is no error of the page's reader
            return self.parse_bogus_comment(i)

    def end_paragraph(self) -> None:
        if not self._pieces:
            return
        text = _BLANKS.sub(_settled, "".join(self._pieces))
        self._pieces.clear()
        table = self._tables[-1] if self._tables else None
        cell = (table.number, max(table.row, 0), max(table.column, 0)) if table else None
        if text.strip():
            self.paragraphs.append((text, table, cell))


def _settled(match: re.Match[str]) -> str:
    """One space for a run of blanks; none where the source was merely wrapped between Chinese characters."""
    text, start, end = match.string, match.start(), match.end()
    wrapped = "\n" in match[0] and start > 0 and text[start - 1] > "\u2e80" and text[end : end + 1] > "\u2e80"
    return "" if wrapped else " "


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(
        name == "hidden" or (name == "style" and _HIDDEN.search(value or "") is not None)
        for name, value in attrs
    )


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 1000) if value and re.fullmatch("[0-9]{1,6}", value) else 1


_BLANKS: Final = re.compile("[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN: Final = re.compile(
    "script|style|template|noscript|title|nav|footer|select|textarea|button|svg|iframe|object|rp|rt"
)
_UNCLOSED: Final = re.compile("p|li|td|th|tr|dt|dd|br|hr|img|input|meta|link|col|wbr|source|area|base")
_BLOCK: Final = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure"
    "|form|h[1-6]|head|header|hr|html|legend|li|main|menu|ol|option|p|pre|section|summary|table|tbody|td|tfoot"
    "|th|thead|tr|ul"
)
