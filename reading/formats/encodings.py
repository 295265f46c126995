"""Bytes of Chinese text to characters: UTF-8, UTF-16, GB18030 and Big5 told apart, damage kept visible.

Most bytes are valid both as GB18030 and as Big5. Only one of the two gives characters that people write.
"""

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from domain.errors import Unreadable, UnreadableDocument

DAMAGE: Final = "\ufffd"


def decode(data: bytes) -> str:
    """The characters of a text file, without a byte order mark; a damaged one is U+FFFD.

    Raises:
        UnreadableDocument: No encoding makes a text of these bytes.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        sample = _sample(data)
    best = max(_ENCODINGS, key=lambda encoding: _plausibility(sample.decode(encoding, "replace")))
    # UTF-8 finds its feet again after damage by itself; the others do not.
    text = data.decode(best, "replace") if best == "utf-8" else _mended(data, best)
    return _checked(text.translate(_MAINSTREAM) if best == _BIG5 else text)


def _sample(data: bytes) -> bytes:
    first = _BEYOND_ASCII.search(data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    return data[start : start + _SAMPLE_BYTES]


def _checked(text: str) -> str:
    if len(_NO_TEXT.findall(text)) > max(1, len(text) // 20):
        raise UnreadableDocument("it is no text that can be read", reason=Unreadable.BINARY)
    return text.replace("\0", DAMAGE)


def _plausibility(text: str) -> float:
    """How much the characters beyond ASCII are those that people write, from -3 to 2."""
    chars = _WIDE.findall(text)
    return sum(map(_weight, chars)) / len(chars) if chars else 0


@cache
def _weight(char: str) -> float:
    if char in _EVERYWHERE:
        return 2
    if char in _everyday():
        return 1
    if char == DAMAGE or "\ue000" <= char <= "\uf8ff":
        return -3
    return -0.5 if "\u4e00" <= char <= "\u9fff" else -1


@cache
def _everyday() -> frozenset[str]:
    """What both standards put first: 3,755 Simplified and 5,401 Traditional characters in daily use."""
    simplified = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    lows = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = (bytes((high, low)) for high in range(0xA4, 0xC7) for low in lows)
    chars = {char for pair in simplified for char in pair.decode("gb2312", "ignore")}
    chars |= {char for pair in traditional if pair <= b"\xc6\x7e" for char in pair.decode("big5", "ignore")}
    return frozenset(chars | set(_MARKS_OF_TEXT))


def _mended(data: bytes, encoding: str) -> str:
    """Decoded strictly, and where that fails, line by line so that damage does not run on.

    After a lost byte every pair up to the end of the line is misread, and most misreadings are valid: 标准化
    would become other words without a sign. No pair ends in a line end, so lines are safe to part.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return "".join(_lines_mended(data, encoding))


def _lines_mended(data: bytes, encoding: str) -> Iterator[str]:
    budget = _MENDABLE_BYTES
    for line in io.BytesIO(data):
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            budget -= len(line)
            yield _mend(line, encoding) if budget > 0 else line.decode(encoding, "replace")


def _mend(line: bytes, encoding: str) -> str:
    """The likeliest reading of a damaged line: the cheapest way through its bytes, one to four at a step."""
    best: list[tuple[float, int, str]] = [
        (0, 0, "")
    ]  # for each length: cost, where the last step began, its char
    for end in range(1, len(line) + 1):
        steps = [
            (best[end - width][0] + _cost(char), end - width, char)
            for width in (1, 2, 4)
            if width <= end and (char := _char(line[end - width : end], encoding))
        ]
        best.append(min(steps))
    chars, at = [], len(line)
    while at:
        _, at, char = best[at]
        chars.append(char)
    return "".join(reversed(chars))


def _char(step: bytes, encoding: str) -> str:
    """The one character these bytes are; a single byte that is none is damage; "" where they are several."""
    try:
        char = step.decode(encoding)
    except UnicodeDecodeError:
        return DAMAGE if len(step) == 1 else ""
    return char if len(char) == 1 else ""


def _cost(char: str) -> float:
    return 0 if char.isascii() else 5 if char == DAMAGE else 1.5 - _weight(char)


_BIG5: Final = "big5hkscs"  # knows ① and the like, which Big5 proper does not
_ENCODINGS: Final = ("gb18030", _BIG5, "utf-8")  # of equals the first
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE_BYTES: Final = 65_536
_MENDABLE_BYTES: Final = 1_000_000
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
_WIDE: Final = re.compile(r"[^\0-\x7f]")
# Damage, and controls that no text has; not with +, so that a search looks for the first one only.
_NO_TEXT: Final = re.compile("[\ufffd\0-\x08\x0e-\x19][\ufffd\0-\x08\x0e-\x19]*")
_MARKS_OF_TEXT: Final = "·…—～〔〕【】〈〉『』％＋－０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩℃㎡\u3000\u00a0"
# What no page of official text is without, in both scripts.
_EVERYWHERE: Final = frozenset(
    "，。、；：（）《》“”「」？"
    "的一是在了不和有大这主中人上为以个国要他时来用们生到作地于出就分对成会可发年动同工也能下过产行法进部度家力体制机关新点"
    "建设标准化市政府区县各单位责任局业经济社会全面推质量服务管理技术创高展实施水平强加快完善级二三十组织意见方案通知规定"
    "這為個國時來們於會發動過產進體製機關點設標準區縣單責業經濟質務術創實強與級組織見規對學從後開無"
)
# The forms of these marks that Taiwan's systems write for the same bytes.
_MAINSTREAM: Final = str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡")
