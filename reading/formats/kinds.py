"""Which kind of file some bytes are: their content decides, and the name where the content is silent."""

import re
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from domain.errors import Unreadable, UnreadableDocument


class Kind(StrEnum):
    """The kinds that are read."""

    TEXT = "text"  # Markdown too
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


def kind_of_bytes(data: bytes, name: str) -> Kind:
    """The kind of a file; any kind of text is TEXT until it is decoded.

    Raises:
        UnreadableDocument: The file is of a kind that is not read, or asks for a password.
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    if head.startswith(b"%PDF-") or (b"%PDF-" in head and _suffix(name) == ".pdf"):
        return Kind.PDF
    if head.startswith(_ZIPS):
        return _kind_of_zip(data, name)
    if head.startswith(_OLE):
        # A docx or xlsx with a password is a container of the older kind that holds such a stream.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableDocument("it is protected by a password", reason=Unreadable.ENCRYPTED)
        raise _unknown("a doc, wps or xls file")
    if head.startswith(tuple(_OTHERS)):
        raise _unknown(next(kind for magic, kind in _OTHERS.items() if head.startswith(magic)))
    if b"\0" in data and not data.startswith(_WIDE_MARKS):
        if _suffix(name) in {".docx", ".pdf"}:
            raise UnreadableDocument("the beginning of the file is damaged", reason=Unreadable.BROKEN)
        raise UnreadableDocument("it is no text: there are NUL bytes in it", reason=Unreadable.BINARY)
    return Kind.TEXT


def kind_of_text(text: str, name: str) -> Kind:
    """HTML or plain text.

    Raises:
        UnreadableDocument: It is written in another markup: RTF, XML.
    """
    head = text[:4096].lstrip("\ufeff \t\r\n\f")
    if head.startswith("{\\rtf"):
        raise _unknown("an RTF file")
    if _HTML.match(head) or ("<" in text and _suffix(name) in {".html", ".htm", ".xhtml"}):
        return Kind.HTML
    if _XML.match(head):
        raise _unknown("an XML file")
    return Kind.TEXT


def _kind_of_zip(data: bytes, name: str) -> Kind:
    if b"word/" in data or _suffix(name) == ".docx":
        return Kind.DOCX
    for mark, kind in _ZIPPED.items():
        if mark in data:
            raise _unknown(kind)
    raise _unknown("a zip archive")


def _unknown(kind: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{kind} can't be read; send docx, pdf, html, md or txt", reason=Unreadable.UNKNOWN_FORMAT
    )


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")  # of UTF-16 and UTF-32
_ZIPPED: Final = {
    b"OFD.xml": "an ofd file",
    b"xl/": "an xlsx file",
    b"ppt/": "a pptx file",
    b"application/vnd.oasis": "an odt file",
    b"application/epub": "an epub file",
}
_OTHERS: Final = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\0": "a picture",
    b"MM\0*": "a picture",
    b"RIFF": "a picture or a film",
    b"Rar!": "a rar archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gz archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_HTML: Final = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|table|span|h[1-6]"
    r"|article|section|main|ul|ol|font|center|br|script|style)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_XML: Final = re.compile(r"<\?xml\s|<!DOCTYPE\s|<svg\s", re.IGNORECASE)
