"""A document in the one form that the rules read, with the way back to its original characters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from language.script import mainland_wording, pinyin_spans, to_simplified
from reading.result import Quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reading.paragraphs import Document


class Edit(NamedTuple):
    """`start:end` of the original reads `new`."""

    start: int
    end: int
    new: str


def likeness(text: str) -> str:
    """Narrow, Simplified, quotes as “”, character for character; case and Chinese punctuation stay."""
    for wide, narrow in _USUAL:
        text = text.replace(wide, narrow)
    return to_simplified(_WIDE.sub(lambda match: _NARROW[ord(match[0])], text))


class Plain:
    """The text that the rules read: Simplified, mainland wording, without pinyin and wrapped line ends.

    Its positions lead back to the original: it keeps the pieces that were taken over or reworded.
    """

    def __init__(self, document: Document, likeness: str, gaps: Iterable[Edit] = ()) -> None:
        self._original = document.text
        self._at: list[int] = []  # where each piece starts here
        self._from: list[int] = []  # and where in the original
        self._until: list[int | None] = []  # where a reworded piece ends there; None for one taken over
        pieces: list[str] = []
        done = length = 0
        for start, end, new in _in_order([*_edits(document.text, likeness), *gaps]):
            for first, piece, until in ((done, likeness[done:start], None), (start, new, end)):
                if piece:
                    self._add(length, first, until)
                    pieces.append(piece)
                    length += len(piece)
            done = end
        self._add(length, done, None)
        self.text = "".join([*pieces, likeness[done:]])
        self._ends = [*self._at[1:], len(self.text)]  # where each piece ends here

    def quotation(self, start: int, end: int) -> Quotation:
        """The original characters that `text[start:end]` was read from."""
        piece = bisect_right(self._at, start) - 1
        # One piece, taken over: most are.
        if self._until[piece] is None and start <= end <= self._ends[piece]:
            shift = self._from[piece] - self._at[piece]
            first, last = start + shift, end + shift
        else:
            first = self._back(start, at_end=False)
            last = max(first, self._back(end - 1, at_end=True)) if end > start else first
        return Quotation(self._original[first:last], first, last)

    def position(self, original: int) -> int:
        """Where the original position stands here; within something dropped, what follows it."""
        if self._from == [0]:  # nothing reworded or dropped
            return original
        piece = max(0, bisect_right(self._from, original) - 1)
        length = self._ends[piece] - self._at[piece]
        if self._until[piece] is not None:
            return self._at[piece] + (0 if original == self._from[piece] else length)
        return self._at[piece] + min(length, max(0, original - self._from[piece]))

    def _add(self, at: int, first: int, until: int | None) -> None:
        self._at.append(at)
        self._from.append(first)
        self._until.append(until)

    def _back(self, position: int, *, at_end: bool) -> int:
        piece = max(0, bisect_right(self._at, position) - 1)
        until = self._until[piece]
        if until is not None:
            return until if at_end else self._from[piece]
        return self._from[piece] + position - self._at[piece] + at_end


def _edits(original: str, likeness: str) -> Iterable[Edit]:
    yield from (Edit(start, end, "") for start, end in pinyin_spans(original))
    yield from (Edit(*found) for found in mainland_wording(likeness))
    yield from (Edit(*match.span(), "") for match in _INVISIBLE.finditer(likeness))
    rows: list[tuple[int, int]] | None = None  # found when first asked for
    for match in _LOOSE_SPACE.finditer(likeness):  # 到 2025 年: a typist's space beside a figure
        rows = list(_rows(likeness)) if rows is None else rows
        if rows and any(start <= match.start() < end for start, end in rows):
            continue
        if not _OUTLINE_NUMBER.match(likeness, likeness.rfind("\n", 0, match.start()) + 1, match.end()):
            yield Edit(*match.span(), "")


def _rows(text: str) -> Iterable[tuple[int, int]]:
    """Lines with two figures that only a blank parts, each with the line above: a table's rows and head."""
    for match in _TWO_FIGURES.finditer(text):
        above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, match.start())))
        end = text.find("\n", match.end())
        yield above + 1, end if end >= 0 else len(text)


def _in_order(edits: Sequence[Edit]) -> Iterable[Edit]:
    """From left to right; of two that overlap the first."""
    done = 0
    for edit in sorted(edits):
        if edit.start >= done:
            yield edit
            done = edit.end


class _Narrow(dict[int, str]):
    """A character's narrow form, worked out when first met; what has none of one character stays."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        narrow = unicodedata.normalize("NFKC", char) if _COMPATIBLE.match(char) else char
        self[code] = narrow = narrow if len(narrow) == 1 else char
        return narrow


# Wide forms and doubled ideographs, not the circled figures ①, which NFKC would open.
_FORMS: Final = "\u2e80-\u2fdf\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff5e"
_COMPATIBLE: Final = re.compile(f"[{_FORMS}]")
_NARROW: Final = _Narrow(
    {
        **{ord(old): new for old, new in zip("「」『』﹃﹄﹁﹂", "“”‘’‘’“”", strict=True)},
        **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u3000"), " "),
        **dict.fromkeys(map(ord, "–―−‒"), "—"),
        **dict.fromkeys(map(ord, "•‧∙・"), "·"),
        ord("﹪"): "%",
    }
)
# What every text has goes first; few texts have another of those above.
_USUAL: Final = tuple(zip("，：；（）\u3000", ",:;() ", strict=True))
_WIDE: Final = re.compile(f"[{_FORMS}{re.escape(''.join(map(chr, _NARROW)))}]")
_UNSEEN: Final = "[\0-\x08\x0b\x0e-\x1f\u00ad\u200b-\u200f\u2060\ufeff]"
_INVISIBLE: Final = re.compile(f"{_UNSEEN}{_UNSEEN}*")  # not with +: a search looks for the first one only
_HAN: Final = "\u3400-\u9fff，。、；：“”（）"
_LOOSE_SPACE: Final = re.compile(f" (?:(?<=[{_HAN}] )(?=[0-9])|(?<=[0-9%] )(?=[{_HAN}])|(?<=[0-9] )(?=%))")
_TWO_FIGURES: Final = re.compile("(?<= )[0-9][0-9.]{0,8}%? [≥≤<>]?[0-9]")
_OUTLINE_NUMBER: Final = re.compile(
    r" *(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|附件[0-9]"
    r"|(?:任务|行动|工程|专[项题]|[A-Z][a-z]{3,9} )[0-9]{1,2}) ?$"  # Action 1 数据标准
)
