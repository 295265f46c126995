"""The outline of a policy: a tree of numbered and plain headings with the text under each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from language.dates import find_dates
from reading.headings import markers_of, title_length
from reading.markers import NUMBERED, Kind, Marker
from reading.sections import INNER_TOPICS, Topic, asks, is_bare_part, names_an_action, topic_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading.blocks import Block


@dataclass(slots=True, kw_only=True)
class Node:
    """A heading: `start:body` is its number and its `words`, `body:end` the rest of its own block.

    `clause` is how people cite it: 二（三）2, 第三章第一节; the heading itself where it has no number.
    `blocks` are the paragraphs under it and before its first child. The root has no heading.
    """

    kind: Kind | None
    number: str = ""
    title: str = ""
    clause: str = ""
    start: int = 0
    words: int = 0
    body: int = 0
    end: int = 0
    depth: int = 0
    parent: Node | None = None
    announces: Topic | None = None  # by its title alone
    topic: Topic | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Where the text of the node and all below it ends."""
        node = self
        while node.children:
            node = node.children[-1]
        return node.blocks[-1].end if node.blocks else node.end

    def walk(self) -> list[Node]:
        """The node and all below it, in the order of the text."""
        found = [self]
        for child in self.children:
            if child.children:
                found += child.walk()
            else:
                found.append(child)
        return found


def build_outline(blocks: Sequence[Block], since: int | None = None) -> Node:
    """The tree of these blocks; a kind of numbering stands as deep as where it first appeared.

    A part that names a time before the year `since` tells of the past: 一、“十二五”期间工作扎实推进.
    """
    root = Node(kind=None)
    markers = markers_of(blocks)
    numbered = any(marker and marker.kind in NUMBERED for marker in markers)
    at = root
    for block, marker in zip(blocks, markers, strict=True):
        if marker is None or (at is root and numbered and marker.kind is _BULLET):
            at.blocks.append(block)  # a bullet up here belongs to a frame: · 发布单位：…
        else:
            at = _place(_heading(block, marker), at)
    for part in root.children if since else ():
        if part.announces is None and _ended_before(part.title, since):
            part.announces = Topic.PAST
    for node in root.walk():
        node.topic = _topic(node)
    return root


def _ended_before(title: str, since: int | None) -> bool:
    """Whether a heading begins with a time that was over by then: “十二五”期间…, 2023年工作回顾."""
    if since is None or not _DATED.match(title):
        return False
    spans = find_dates(title, date(1, 1, 1), simplified=True)
    return bool(spans) and spans[0].start < _EARLY and spans[0].last.year < since


def paragraphs(node: Node, *, below: bool = True) -> list[tuple[int, int]]:
    """The spans of a node's text: its own line, its paragraphs, and those below it."""
    spans: list[tuple[int, int]] = []
    for one in node.walk() if below and node.children else (node,):
        if one.end > one.start:
            spans.append((one.start, one.end))
        if one.blocks:
            spans += [(block.start, block.end) for block in one.blocks if block.cell is None]
    return spans


def _place(node: Node, at: Node) -> Node:
    """Hang the heading below the nearest one that may hold it."""
    above = at
    while above.parent and not _may_hold(above, node):
        above = above.parent
    node.parent = above
    node.clause = _clause(node, above)
    above.children.append(node)
    return node


def _clause(node: Node, above: Node) -> str:
    if node.kind is _DECIMAL:
        return node.number
    if node.kind is _BULLET:
        return above.clause or "正文"
    return above.clause + node.number if node.number else node.title


def _may_hold(above: Node, node: Node) -> bool:
    kind, depth = node.kind, node.depth
    if kind is _PLAIN and depth == 0:
        return above.kind is None
    if kind is _DECIMAL and above.kind in _OVER_DECIMAL:
        return node.number.startswith(above.number + ".")
    if _rank(node) <= _rank(above):
        return False
    one: Node | None = above
    while one:  # none of its own sort stands over a heading
        if one.kind is kind and one.depth == depth:
            return False
        one = one.parent
    return True


def _rank(node: Node) -> float:
    return 3.5 if node.depth and node.kind is _PLAIN else _RANK[node.kind]


def _heading(block: Block, marker: Marker) -> Node:
    """Part a heading from the text that may stand in one line with it: 1.加快…建设。提升…水平."""
    words = block.text[marker.end :]
    length = title_length(words)
    title = words[: min(length, _LONGEST_TITLE)].strip(" *#:;。】")
    return Node(
        kind=marker.kind,
        number=marker.number,
        title=title,
        announces=topic_of(title),
        start=block.start,
        words=block.start + marker.end,
        body=block.start + marker.end + length,
        end=block.end,
        depth=marker.depth,
    )


def _topic(node: Node) -> Topic | None:
    parent = node.parent
    if parent is None:
        return None
    own = node.announces if len(node.title) <= 40 else None
    if parent.kind is None:
        return (
            None if own is Topic.SAFEGUARDS and _goes_before_tasks(node, parent) else _by_children(node, own)
        )
    if parent.topic in _HANDED_DOWN:
        inner = own in INNER_TOPICS and parent.topic is None
        named = own in _NAMED_WITHIN and (asks(node.title) or is_bare_part(node.title))
        inherited = own if inner or named else parent.topic
        return inherited if parent.kind in NUMBERED or parent.kind is Kind.PLAIN else None
    return own if own in INNER_TOPICS else parent.topic


def _goes_before_tasks(node: Node, root: Node) -> bool:
    """Supporting arrangements close a policy: 一、健全工作机制 ahead of other tasks is a group of them."""
    behind = root.children[root.children.index(node) + 1 :]
    # An annex counts anew.
    later = takewhile(lambda one: one.kind is node.kind and one.number != "一", behind)
    return (
        names_an_action(node.title)
        and any(child.kind in NUMBERED for child in node.children)
        and any(one.announces in {None, Topic.TASKS} and one.children for one in later)
    )


def _by_children(node: Node, own: Topic | None) -> Topic | None:
    """组织实施 holds stages in one text and safeguards in another: what stands below it tells."""
    staged = len([child for child in node.children if _STAGE.search(child.title)])
    if staged and staged * 2 >= len(node.children):
        return Topic.STAGES
    if own is Topic.STAGES and _ARRANGED.search(node.title) and len(node.children) > 1:
        timed = any(_STEP.search(child.title) for child in node.children)
        return own if timed else Topic.TASKS  # 工作安排 of what is to be done, not of when
    return own


_LONGEST_TITLE: Final = 200
_EARLY: Final = 3  # characters that may stand before a heading's date
_DATED: Final = re.compile("“?(?:20[0-9]{2}|[过去近]{0,2}十[一二三四五]五)")
_PLAIN, _DECIMAL, _BULLET = Kind.PLAIN, Kind.DECIMAL, Kind.BULLET  # asked of every heading: a member is slow
_OVER_DECIMAL: Final = frozenset({Kind.DECIMAL, Kind.FIGURE})
# How deep a kind may stand at the highest: （一） never holds 一、, nor ① a 1.
_RANK: Final = {
    None: -1,  # the root
    Kind.CHAPTER: 0,
    Kind.PLAIN: 1,
    Kind.SECTION: 1,
    Kind.FORMAL: 1.5,
    Kind.ARTICLE: 2,
    Kind.COUNT: 2,
    Kind.WORD: 3,
    Kind.BRACKET: 3,
    Kind.FIGURE: 4,
    Kind.DECIMAL: 5,
    Kind.SMALL: 6,
    Kind.CIRCLE: 7,
    Kind.BULLET: 8,
}
_HANDED_DOWN: Final = frozenset({None, Topic.TASKS, Topic.SAFEGUARDS, Topic.APPENDIX})
_NAMED_WITHIN: Final = INNER_TOPICS | {Topic.SAFEGUARDS}  # 主要内容 of an explanation holds （三）保障措施
_ARRANGED: Final = re.compile("^(?!.*(?:时间|进度|步骤|阶段)).*安排")
_STEP: Final = re.compile("[0-9]+月|[0-9]{4}年|部署|启动|动员|实施|验收|总结|推进$")
_STAGE: Final = re.compile(r"阶段|\((?:20[0-9]{2}[年.])[^)]*\)")
