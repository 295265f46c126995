"""Uploaded files: kept in memory up to a bound, known by file_id, measured when they are images."""

import secrets
import struct
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import PurePath

from sandbox.call import Upload
from sandbox.errors import Json, bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes a bot may download."""
PHOTO_LIMIT = 10 * 1024 * 1024
"""Bytes of one photo."""
KEPT = 256 * 1024 * 1024
"""Bytes all files may take; the oldest go first."""


@dataclass(kw_only=True, slots=True, frozen=True)
class StoredFile:
    """A file's bytes and names; `size` is (width, height) of an image."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    content: bytes
    size: tuple[int, int] | None

    @property
    def path(self) -> str:
        """The file_path getFile tells."""
        folder = "photos" if self.size else "documents"
        return f"{folder}/{self.unique_id}{PurePath(self.name).suffix}"


@dataclass(kw_only=True, slots=True)
class Files:
    """All files by file_id."""

    room: int = KEPT
    by_id: OrderedDict[str, StoredFile] = field(default_factory=OrderedDict)

    def add(self, upload: Upload) -> StoredFile:
        """Keep an upload, dropping the oldest files when there is no room."""
        stored = StoredFile(
            file_id=f"BQAC{secrets.token_urlsafe(24)}",
            unique_id=secrets.token_hex(6),
            name=PurePath(upload.name.replace("\\", "/")).name or "file",
            mime=upload.mime,
            content=upload.content,
            size=image_size(upload.content),
        )
        self.by_id[stored.file_id] = stored
        self.room -= len(stored.content)
        while self.room < 0 and len(self.by_id) > 1:
            self.room += len(self.by_id.popitem(last=False)[1].content)
        return stored

    def get(self, file_id: str) -> StoredFile:
        """The file; raises ApiError 400 when it is unknown."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def at(self, path: str) -> StoredFile | None:
        """The file at a file_path."""
        return next((stored for stored in self.by_id.values() if stored.path == path), None)

    def clear(self) -> None:
        """Forget all."""
        self.room += sum(len(stored.content) for stored in self.by_id.values())
        self.by_id.clear()


def photo(stored: StoredFile) -> list[Json]:
    """The PhotoSizes of an image; raises ApiError 400 on what is none."""
    if len(stored.content) > PHOTO_LIMIT:
        raise bad_request("file is too big for a photo: 10 MB at most")
    if stored.size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = stored.size
    if width + height > 10_000 or not 1 <= max(width, height) <= 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    size = {"width": width, "height": height, "file_size": len(stored.content)}
    return [{"file_id": stored.file_id, "file_unique_id": stored.unique_id} | size]


def document(stored: StoredFile) -> Json:
    """The Document of a file."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_name": stored.name,
        "mime_type": stored.mime,
        "file_size": len(stored.content),
    }


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP (extended form); None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[8:16] == b"WEBPVP8X" and len(content) >= 30:
        return (
            1 + int.from_bytes(content[24:27], "little"),
            1 + int.from_bytes(content[27:30], "little"),
        )
    return _jpeg_size(content) if content[:2] == b"\xff\xd8" else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
