"""The documents a policy rests on: 根据《…》（国办函〔2018〕25号）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.result import ReadBasis
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reading.blocks import Block
    from reading.plain import Plain


def read_basis(preamble: Sequence[Block], plain: Plain, title: str | None) -> Iterator[ReadBasis]:
    """The documents that the preamble cites, each once; neither the policy itself nor its short name."""
    seen: set[str] = {polished(title)} if title else set()
    for block in preamble:
        text = block.text
        if block.cell or "《" not in text or _COVER.search(text) or not _RESTS.search(text):
            continue
        short = {polished(match[1]) for match in _SHORT.finditer(text)}
        for match in _CITED.finditer(text):
            name = polished(match[1])
            if name in seen or name in short:
                continue
            seen.add(name)
            yield ReadBasis(
                title=name,
                number=match[2],
                clause="导语",
                quotation=plain.quotation(block.start + match.start(), block.start + match.end()),
            )


_CITED: Final = re.compile(
    r"《((?:[^《》]|《[^《》]{0,60}》){4,100})》(?:(?:的通知|精神"
    r"|文件)?[(〔]([^()《》]{2,20}[〔\[(][0-9X×]{4}[〕\])][^()《》,]{0,8}号)(?:[,;][^()《》]{2,16})?[)〕])?"
)
_SHORT: Final = re.compile("(?:以下|下称|下文)?(?:统?简称|称)(?:为|:)?“?《([^《》]{2,20})》")
_RESTS: Final = re.compile(
    "为[\u4e00-\u9fff]{0,6}(?:实施|《)|落到实处|根据|按照|依据|依照|贯彻|落实|遵循|参照|对照|结合|精神|要求|规定"
)
_COVER: Final = re.compile("印发给你们|(?:印发|出台|发布)《|是[0-9]{4}年.*发布的")
