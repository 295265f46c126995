"""Fonts with Chinese characters: where one usually is, and what the families in its file are called."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.errors import BadInput
from domain.languages import Language

USUAL = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),  # Debian, Ubuntu: fonts-noto-cjk
    Path("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"),  # Arch, Alpine
    Path("/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc"),  # Fedora
    Path("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/System/Library/Fonts/Hiragino Sans GB.ttc"),  # macOS
    Path("C:/Windows/Fonts/msyh.ttc"),  # Windows
)
REMEDY = "apt-get install fonts-noto-cjk"
_ENDINGS = {Language.TRADITIONAL: (" TC", " HK")}
_SIMPLIFIED = (" SC", " CN", " GB")
_NAME, _FAMILY, _TYPOGRAPHIC = b"name", 1, 16
_MOST_FACES, _MOST_TABLES = 100, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """Files to draw with, the bold one too where there is one; and the families in them."""

    files: tuple[Path, ...]
    families: tuple[str, ...]

    def family(self, language: Language) -> str:
        """The family whose characters have the forms that readers of that language know."""
        for ending in _ENDINGS.get(language, _SIMPLIFIED):
            for family in self.families:
                if family.endswith(ending):
                    return family
        return self.families[0]


def find_font(chosen: Path | None, usual: tuple[Path, ...] = USUAL) -> Font | None:
    """The chosen font, or the first of the usual ones that is there; None where none is.

    Raises:
        BadInput: the chosen file is none that can be drawn with.
    """
    if chosen is not None:
        return read_font(chosen)
    for file in usual:
        if file.is_file():
            return read_font(file)
    return None


def read_font(file: Path) -> Font:
    """What stands in a font's file (ttf, otf, ttc).

    Raises:
        BadInput: it is none, or can't be read.
    """
    try:
        families = tuple(dict.fromkeys(_families(file.read_bytes())))
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from error
    except (struct.error, UnicodeDecodeError, ValueError) as error:
        raise BadInput(f"{file}: not a font") from error
    if not families:
        raise BadInput(f"{file}: a font without a name")
    bold = file.with_name(file.name.replace("Regular", "Bold"))
    files = (file, bold) if bold != file and bold.is_file() else (file,)
    return Font(files=files, families=families)


def _families(content: bytes) -> Iterator[str]:
    """The name of each face; a collection holds several."""
    starts: tuple[int, ...] = (0,)
    if content[:4] == b"ttcf":
        (count,) = struct.unpack_from(">I", content, 8)
        starts = struct.unpack_from(f">{min(count, _MOST_FACES)}I", content, 12)
    for start in starts:
        (tables,) = struct.unpack_from(">H", content, start + 4)
        for number in range(min(tables, _MOST_TABLES)):
            tag, _, offset, _ = struct.unpack_from(">4s3I", content, start + 12 + 16 * number)
            if tag == _NAME:
                yield from _family(content, offset)


def _family(content: bytes, table: int) -> Iterator[str]:
    """Its name in English as Windows knows it: the whole family's, where that is told apart."""
    _, count, strings = struct.unpack_from(">3H", content, table)
    found: dict[int, str] = {}
    for number in range(count):
        record = struct.unpack_from(">6H", content, table + 6 + 12 * number)
        platform, _, tongue, what, length, offset = record
        if platform == 3 and tongue == 0x409 and what in {_FAMILY, _TYPOGRAPHIC}:
            at = table + strings + offset
            found[what] = content[at : at + length].decode("utf-16-be")
    if found:
        yield found.get(_TYPOGRAPHIC) or found[_FAMILY]
