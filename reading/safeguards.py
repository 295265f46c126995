"""Supporting arrangements: the headings below 保障措施, or its paragraphs where it has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.counted import counted
from reading.measures import title_of
from reading.outline import paragraphs
from reading.result import ReadSafeguard
from reading.sections import Topic
from reading.wording import polished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading.outline import Node
    from reading.plain import Plain


def read_safeguards(root: Node, plain: Plain) -> Iterator[ReadSafeguard]:
    """The supporting arrangements of an outline, in order."""
    for section in root.walk():
        if section.topic is not _SAFEGUARDS or section.parent is None or section.parent.topic is _SAFEGUARDS:
            continue
        if _CLOSING.search(section.title):
            continue
        named = [child for child in section.children if child.title]
        for child in named:
            quotation = plain.quotation(child.start, child.last)
            yield ReadSafeguard(title=title_of(child), clause=child.clause, quotation=quotation)
        if not named:
            yield from _paragraphs(section, plain)


def _paragraphs(section: Node, plain: Plain) -> Iterator[ReadSafeguard]:
    """Without headings the first words of a paragraph name it, or those of each member it counts."""
    for one in (row := counted(plain.text, paragraphs(section))):
        if words := _FIRST_CLAUSE.match(plain.text, one.words, one.end):
            quotation = plain.quotation(one.start, one.end)
            yield ReadSafeguard(title=polished(words[0]), clause=section.clause, quotation=quotation)
    for block in () if row else section.blocks:
        words = _FIRST_CLAUSE.match(block.text)
        if block.cell is None and words and len(block.text) > 12:
            yield ReadSafeguard(
                title=polished(words[0]),
                clause=section.clause,
                quotation=plain.quotation(block.start, block.end),
            )


_SAFEGUARDS: Final = Topic.SAFEGUARDS  # asked of every heading: a member is slow
_CLOSING: Final = re.compile("附则|^其他")  # 本措施自印发之日起施行
_FIRST_CLAUSE: Final = re.compile("[^,。;:(]{2,40}")
