"""The outline of a policy: a tree of numbered and plain headings with the text under each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reading.departments import speaks_of_charge
from reading.markers import Kind, Marker, find_marker
from reading.sections import Topic, asks, names_an_action, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        ends = [self.end, *(block.end for block in self.blocks), *(child.last for child in self.children)]
        return max(ends)

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.children:
                stack.extend(reversed(node.children))


NUMBERED: Final = frozenset(Kind) - {Kind.BULLET, Kind.PLAIN, Kind.SMALL, Kind.CIRCLE}


def build_outline(blocks: Sequence[Block]) -> Node:
    """The tree of these blocks; a kind of numbering stands as deep as where it first appeared."""
    root = Node(kind=None)
    markers = [None if block.cell else find_marker(block.text) for block in blocks]
    plain = _plain_headings(blocks, markers)
    numbered = any(marker and marker.kind in NUMBERED for marker in markers)
    at = root
    for index, block in enumerate(blocks):
        marker = plain.get(index) or markers[index]
        if marker is None or (marker.kind is Kind.BULLET and at is root and numbered):
            at.blocks.append(block)  # a bullet up here belongs to a frame: · 发布单位：…
        else:
            at = _place(_heading(block, marker), at)
    for node in root.walk():
        node.topic = _topic(node)
    return root


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
    if node.kind is Kind.DECIMAL:
        return node.number
    if node.kind is Kind.BULLET:
        return above.clause or "正文"
    return above.clause + node.number if node.number else node.title


def _may_hold(above: Node, node: Node) -> bool:
    if node.kind is Kind.PLAIN and node.depth == 0:
        return above.kind is None
    if node.kind is Kind.DECIMAL and above.kind in {Kind.DECIMAL, Kind.FIGURE}:
        return node.number.startswith(above.number + ".")
    if _rank(node) <= _rank(above):
        return False
    return not any(one.kind is node.kind and one.depth == node.depth for one in (above, *_ancestors(above)))


def _rank(node: Node) -> float:
    if node.kind is Kind.PLAIN and node.depth:
        return 3.5
    return _RANK[node.kind] if node.kind else -1


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent:
        node = node.parent
        yield node


def _heading(block: Block, marker: Marker) -> Node:
    """Part a heading from the text that may stand in one line with it: 1.加快…建设。提升…水平."""
    words = block.text[marker.end :]
    length = _title_length(words)
    title = words[: min(length, _LONGEST_TITLE)].strip(" *#:;。")
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


def _title_length(words: str) -> int:
    """How much of a line is its heading: a first sentence, or what stands before a colon or a wide space."""
    done = 0
    for stop in _TITLE_STOP.finditer(words):
        if stop.start() < done:
            continue
        if stop[0] not in _OPENERS:
            return stop.start()
        bracket = _BRACKET.match(words, stop.start())
        if speaks_of_charge(bracket[1]) if bracket else _CHARGE_AHEAD.match(words, stop.end()):
            return stop.start()
        done = bracket.end() if bracket else 0
    return len(words)


def _topic(node: Node) -> Topic | None:
    parent = node.parent
    if parent is None:
        return None
    own = node.announces if len(node.title) <= 40 else None
    if parent.kind is None:
        return _by_children(node, own)
    if parent.topic in _HANDED_DOWN:
        free = parent.topic is None or asks(node.title)
        inherited = own if free and own in INNER_TOPICS else parent.topic
        return inherited if parent.kind in NUMBERED or parent.kind is Kind.PLAIN else None
    return own if own in INNER_TOPICS else parent.topic


def _by_children(node: Node, own: Topic | None) -> Topic | None:
    """组织实施 holds stages in one text and safeguards in another: what stands below it tells."""
    staged = sum(bool(_STAGE.search(child.title)) for child in node.children)
    if staged and staged * 2 >= len(node.children):
        return Topic.STAGES
    return own


def _plain_headings(blocks: Sequence[Block], markers: Sequence[Marker | None]) -> dict[int, Marker]:
    """The blocks that are headings without a number: one of depth 0 opens a part, one of 1 stands in it.

    Where headings are numbered only the words that can be nothing else count; where none is, every short
    line without an end counts that has running text below it.
    """
    texts = [None if block.cell else block.text.strip(" *#") for block in blocks]
    numbered = sum(marker.kind in NUMBERED for marker in markers if marker)
    depths: dict[int, int] = {}
    part: Topic | None = None  # what the last heading of depth 0 announced
    for index, text in enumerate(texts):
        if not text or markers[index]:
            continue
        if _STAGE_LINE.match(text) and not _STAGE_LINE.search(text, 8):
            depths[index] = 1
            continue
        if _ASKED.match(text):
            depths[index] = 0
            continue
        if len(text) > 32 or _PROSE.search(text):
            continue
        topic = topic_of(text)
        if _STAGE_HEADING.match(text) or (part is topic is Topic.SAFEGUARDS and names_an_action(text)):
            depths[index] = 1
        elif topic is Topic.STAGES or (len(text) <= _LONGEST_BARE and (topic or text in _PREFACES)):
            depths[index] = int(numbered > 1 and topic in INNER_TOPICS)
            part = topic
        elif numbered < 2 and _HEADING.match(text) and _has_prose_below(texts, index):
            depths[index] = int(not (part in INNER_TOPICS and names_an_action(text)))  # a task ends the goals
    return {
        index: Marker(kind=Kind.PLAIN, number="", end=_leading(blocks[index].text), depth=depth)
        for index, depth in depths.items()
    }


def _has_prose_below(texts: Sequence[str | None], index: int) -> bool:
    below = next((text for text in texts[index + 1 : index + 2] if text), "")
    return len(below) >= 8 and bool(_PROSE.search(below))


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip(" *#"))


_LONGEST_TITLE: Final = 200
_LONGEST_BARE: Final = 14
_PREFACES: Final = frozenset({"前言", "引言", "序言"})
# How deep a kind may stand at the highest: （一） never holds 一、, nor ① a 1.
_RANK: Final = {
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
INNER_TOPICS: Final = frozenset({Topic.GOALS, Topic.PRINCIPLES, Topic.PAST, Topic.STAGES, Topic.GENERAL})
# With its text in one line: 第一阶段：动员部署（2024年3月）。印发方案。
_STAGE_LINE: Final = re.compile("第[一二三四五六1-6]阶段 ?[(:]")
_ASKED: Final = re.compile("问: ?[^。]{4,60}$")
_STAGE_HEADING: Final = re.compile(r"第.{1,2}阶段|[^,。]{2,8}阶段 ?\([0-9]{4}年")
_STAGE: Final = re.compile(r"阶段|\((?:20[0-9]{2}[年.])[^)]*\)")
_TITLE_STOP: Final = re.compile(
    "。|(?<=[?])|:(?=.)|;(?=.)|  +(?=.)|[(〔【]| (?=(?:牵头|责任|主办|配合)(?:责任)?(?:单位|部门|科室):)"
)
_OPENERS: Final = frozenset("(〔【[")
_CHARGE_AHEAD: Final = re.compile("[^)〕】]{0,8}(?:责任|牵头|负责|完成时[限间])")
# A bracket that the heading ends with: （甲局，长期）; not （甲局）牵头的.
_BRACKET: Final = re.compile(
    r"[(〔【\[]((?:[^()〔〕【】\[\]]|\([^()]{0,20}\)){2,200})[)〕】\]](?=$|[。;,:(〔【 ])"
)
_PROSE: Final = re.compile("[。;!?]|,$|:$|[,:].*[,:]")
_HEADING: Final = re.compile(r"(?![(来\[【])[\u3400-\u9fff“《0-9A-Za-z].*[\u3400-\u9fff”》)]$")
