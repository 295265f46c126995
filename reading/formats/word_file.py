"""docx: the body in its order, as the page shows it: numbers of lists written out, changes accepted."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from domain.errors import Unreadable, UnreadableDocument
from reading.formats.assembly import Assembly, Cell
from reading.formats.limits import Limits
from reading.formats.numbering import Numbering
from reading.formats.package import Package
from reading.paragraphs import Document


def read_docx(data: bytes, name: str, limits: Limits) -> Document:
    """The paragraphs and tables of a docx; notes, comments, headers and the table of contents are left out.

    Raises:
        UnreadableDocument: It is damaged, protected, empty, or larger than allowed.
    """
    package = Package(data, limits)
    folder, main = _main_part(package)
    root = package.xml(folder + main)
    body = root.find("body") if root is not None else None
    if body is None:
        raise UnreadableDocument("there is no document in it", reason=Unreadable.BROKEN)
    story = _Story(
        styles=_Styles(package.xml(f"{folder}styles.xml")),
        numbering=Numbering(package.xml(f"{folder}numbering.xml")),
        assembly=Assembly(limits),
    )
    story.tell(body, None)
    return story.assembly.document(name)


def _main_part(package: Package) -> tuple[str, str]:
    """Folder and name of the document itself: nearly always word/ and document.xml."""
    links = package.xml("_rels/.rels")
    for link in links if links is not None else ():
        if link.get("Type", "").endswith("/officeDocument"):
            folder, slash, name = link.get("Target", "").lstrip("/").rpartition("/")
            return folder + slash, name
    return "word/", "document.xml"


class _Styles:
    """What the styles of paragraphs add to them."""

    def __init__(self, root: Element | None) -> None:
        self._styles = (
            {style.get("styleId", ""): style for style in root.iter("style")} if root is not None else {}
        )

    def name(self, style: str) -> str:
        found = self._styles[style].find("name") if style in self._styles else None
        return found.get("val", "").lower() if found is not None else style.lower()

    def numbered(self, style: str) -> tuple[str, Element] | None:
        """The style that says how a paragraph is numbered, this one or one it is based on, and its numPr."""
        for _ in range(_LONGEST_CHAIN):
            if style not in self._styles:
                return None
            found = self._styles[style].find("pPr/numPr")
            if found is not None:
                return style, found
            base = self._styles[style].find("basedOn")
            style = base.get("val", "") if base is not None else ""
        return None


class _Story:
    """Walks through the body and writes its paragraphs down."""

    def __init__(self, *, styles: _Styles, numbering: Numbering, assembly: Assembly) -> None:
        self.assembly = assembly
        self._styles, self._numbering = styles, numbering
        self._tables = 0

    def tell(self, parent: Element, cell: Cell | None, depth: int = 0) -> None:
        """Write down what stands in the body, a cell or a text box."""
        if depth > _DEEPEST:
            raise UnreadableDocument("it is nested too deeply", reason=Unreadable.BROKEN)
        for child in _flat(parent, {"p", "tbl"}):
            if child.tag == "p":
                self._tell_paragraph(child, cell, depth)
            else:
                self._tell_table(child, depth)

    def _tell_paragraph(self, paragraph: Element, cell: Cell | None, depth: int) -> None:
        if not self._styles.name(_style(paragraph)).startswith("toc "):
            label = self._label(paragraph)
            text = "".join(_texts(paragraph))
            if label and text.strip():
                text = label + text.lstrip()
            for line in text.split("\n"):
                self.assembly.add(line, cell)
        for box in _flat(paragraph, {"txbxContent"}):
            self.tell(box, cell, depth + 1)

    def _label(self, paragraph: Element) -> str:
        style = _style(paragraph)
        own = paragraph.find("pPr/numPr")
        inherited = self._styles.numbered(style)
        number, level = _number_and_level(own)
        if inherited and not number:
            source, properties = inherited
            number, base = _number_and_level(properties)
            level = level or base or str(self._numbering.level_of_style(number, source))
        if not number or number == "0" or paragraph.find("pPr/rPr/del") is not None:
            return ""
        return self._numbering.label(number, int(level) if level.isdecimal() else 0)

    def _tell_table(self, table: Element, depth: int) -> None:
        rows = [row for row in _flat(table, {"tr"}) if row.find("trPr/del") is None]
        single = len(rows) == 1 and sum(1 for _ in _flat(rows[0], {"tc"})) == 1
        number = self._tables
        self._tables += 1
        for at, row in enumerate(rows):
            column = _integer(row.find("trPr/gridBefore"), 0)
            for box in _flat(row, {"tc"}):
                # A frame around running text is no table.
                self.tell(box, None if single else (number, at, column), depth + 1)
                column += _integer(box.find("tcPr/gridSpan"), 1)


def _flat(parent: Element, tags: set[str]) -> Iterator[Element]:
    """The nearest descendants with these tags, wrappers looked through, in order."""
    waiting = list(reversed(parent))
    while waiting:
        child = waiting.pop()
        if child.tag in tags:
            yield child
        elif child.tag not in _UNSEEN:
            waiting.extend(reversed(child))


def _texts(paragraph: Element) -> Iterator[str]:
    """The text of a paragraph piece by piece, its own line breaks as such."""
    for piece in _flat(paragraph, {"r", "t"}):  # a t outside of a run is one of a formula
        if piece.tag == "t":
            yield piece.text or ""
        elif not _is_hidden(piece):
            yield from map(_piece, _flat(piece, {"t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym"}))


def _piece(piece: Element) -> str:
    if piece.tag == "t":
        return piece.text or ""
    if piece.tag == "sym":  # a letter of a font of signs: the sign is not known by it
        return "\ufffd"
    return _SIGNS[piece.tag]


def _is_hidden(run: Element) -> bool:
    vanish = run.find("rPr/vanish")
    return vanish is not None and vanish.get("val", "1") not in {"0", "false", "off"}


def _style(paragraph: Element) -> str:
    style = paragraph.find("pPr/pStyle")
    return style.get("val", "") if style is not None else ""


def _number_and_level(properties: Element | None) -> tuple[str, str]:
    if properties is None:
        return "", ""
    number, level = properties.find("numId"), properties.find("ilvl")
    return (
        number.get("val", "") if number is not None else "",
        level.get("val", "") if level is not None else "",
    )


def _integer(element: Element | None, default: int) -> int:
    text = element.get("val", "") if element is not None else ""
    return min(int(text), 1000) if text.isascii() and text.isdigit() and len(text) < 6 else default


_DEEPEST: Final = 50
_LONGEST_CHAIN: Final = 20
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Properties, what was deleted or moved away, the second of two forms of one drawing, pinyin above characters.
_UNSEEN: Final = frozenset(
    [
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "del",
        "moveFrom",
        "Fallback",
        "rt",
        "txbxContent",
    ]
)
