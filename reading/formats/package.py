"""A docx as a package: a zip whose members are measured before one is unpacked, and XML without a DTD."""

import io
import lzma
import struct
import zipfile
import zlib
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from domain.errors import Unreadable, UnreadableDocument
from reading.formats.limits import MEGABYTE, Limits

_MINDED_FROM: Final = 10 * MEGABYTE
_UNPACKING_FAILS: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError),
)


class Package:
    """The members of a package by their names."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open it.

        Raises:
            UnreadableDocument: It is no zip, or would unpack to more than allowed.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNPACKING_FAILS as error:
            raise _broken("the file is cut off or damaged") from error
        members = self._zip.infolist()
        size = sum(member.file_size for member in members)
        blown = size > _MINDED_FROM and size > limits.unpacked_ratio * len(data)
        if blown or size > limits.unpacked_bytes or len(members) > limits.members:
            raise UnreadableDocument("it unpacks to more than is allowed", reason=Unreadable.OVERBLOWN)

    def xml(self, name: str) -> Element | None:
        """The root of a member; names are without their namespaces: `p`, `val`. None where there is no such.

        Raises:
            UnreadableDocument: The member is damaged, encrypted, or no plain XML.
        """
        try:
            # A member never yields more than the size it was measured by.
            data = self._zip.read(name)
        except KeyError:
            return None
        except RuntimeError as error:
            raise UnreadableDocument("it is protected by a password", reason=Unreadable.ENCRYPTED) from error
        except _UNPACKING_FAILS as error:
            raise _broken(f"its part {name} is damaged") from error
        try:
            return _parse(data)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise _broken(f"its part {name} is not well-formed") from error


def _parse(data: bytes) -> Element:
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: builder.start(
        _local(tag), {_local(name): value for name, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: builder.end(_local(tag))
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(data, True)  # noqa: FBT003 - expat takes no keywords
    return builder.close()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse(*_: object) -> None:
    """Only a DTD can declare entities, which grow without end or fetch other files; Word writes none."""
    raise UnreadableDocument("it declares entities, as no docx does", reason=Unreadable.OVERBLOWN)


def _broken(text: str) -> UnreadableDocument:
    return UnreadableDocument(text, reason=Unreadable.BROKEN)
