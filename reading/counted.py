"""What running text counts: 一是建立清单；二是开展培训; 1.建立清单。2.开展培训."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from reading.markers import numeral

if TYPE_CHECKING:
    from collections.abc import Iterable


class Counted(NamedTuple):
    """One of a row at `start:end` of its text; its words begin at `words`, `number` is as printed: 一."""

    number: str
    start: int
    words: int
    end: int


def counted(text: str, spans: Iterable[tuple[int, int]]) -> list[Counted]:
    """The members of the first row in these stretches of a text; nothing where there is but one."""
    row: list[Counted] = []
    for start, end in spans:
        marks = list(_MARK.finditer(text, start, end))
        for mark, following in zip_longest(marks, marks[1:]):
            number = mark[1] or mark[2] or mark[3]
            if (int(number) if mark[3] else numeral(number)) != len(row) + 1:
                return row if len(row) > 1 else []
            until = following.start() if following else end
            until = start + len(text[start:until].rstrip(" ;,"))
            row.append(Counted(number=number, start=mark.start(), words=mark.end(), end=until))
    return row if len(row) > 1 else []


# 一是, 二是要; 第一，; 1.
_MARK: Final = re.compile(
    "(?:(?<=[。;:,])|(?<![^\\n]))(?:([一二三四五六七八九十]{1,2})是要?|第([一二三四五六七八九十]{1,2})[,:]"
    "|([0-9]{1,2})(?:、|[.](?![0-9])))"
)
