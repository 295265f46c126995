"""Bytes of a file to a Document: what kind it is, and who reads it, within limits."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from domain.errors import Unreadable, UnreadableDocument
from reading.apart import read_apart, read_apart_async
from reading.formats.encodings import decode
from reading.formats.kinds import Kind, kind_of_bytes, kind_of_text
from reading.formats.limits import MEGABYTE, Limits
from reading.formats.plain_text import read_plain
from reading.paragraphs import Document

__all__ = ["DEFAULT_LIMITS", "Limits", "read_document", "read_document_async"]

DEFAULT_LIMITS: Final = Limits()


def read_document(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The text of a file with its paragraphs; its content says what it is, and its name where that is silent.

    Text and Markdown are read here; HTML, docx and pdf in a process apart, which takes a moment to start.

    Raises:
        UnreadableDocument: It can't be read; has the reason, and a text that names the file.
    """
    with _naming(name):
        kind, content = _recognised(data, name, limits)
        if isinstance(content, str):
            return read_plain(content, name, limits)
        return read_apart(content, kind, name, limits)


async def read_document_async(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The same, without holding up other tasks.

    Raises:
        UnreadableDocument: It can't be read; has the reason, and a text that names the file.
    """
    with _naming(name):
        kind, content = await asyncio.to_thread(_recognised, data, name, limits)
        if isinstance(content, str):
            return await asyncio.to_thread(read_plain, content, name, limits)
        return await read_apart_async(content, kind, name, limits)


def _recognised(data: bytes, name: str, limits: Limits) -> tuple[Kind, bytes | str]:
    """The kind of a file, and its characters if they are read here, else its bytes; HTML's in UTF-8."""
    if len(data) > limits.file_bytes:
        raise UnreadableDocument(
            f"it is larger than {limits.file_bytes / MEGABYTE:.3g} MB", reason=Unreadable.TOO_LARGE
        )
    if not data.strip():
        raise UnreadableDocument("there is nothing in it", reason=Unreadable.EMPTY)
    kind = kind_of_bytes(data, name)
    if kind is not Kind.TEXT:
        return kind, data
    text = decode(data)
    kind = kind_of_text(text, name)
    return kind, text if kind is Kind.TEXT else text.encode()


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Put the name of the file before what is wrong with it, on one line."""
    try:
        yield
    except UnreadableDocument as error:
        shown = " ".join("".join(char if char.isprintable() else " " for char in name).split())[:100]
        text = f"{shown}: {error}" if shown else str(error)
        raise UnreadableDocument(text, reason=error.reason) from error
