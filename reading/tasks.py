"""Which headings of an outline are tasks: those at the finest numbered level, under which groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reading.counted import counted
from reading.markers import NUMBERED, Kind
from reading.outline import Node, paragraphs
from reading.sections import INNER_TOPICS, Topic, asks, is_bare_part, names_an_action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFinder:
    """Finds the tasks in an outline of this text; `is_charged`: whether somebody answers for a heading."""

    text: str
    is_charged: Callable[[Node], bool]

    def sections(self, root: Node) -> Iterator[Node]:
        """The parts that hold tasks: 主要任务; where none is called so every part with a matter.

        Beside them what names an action, 推动…, and what somebody answers for.
        """
        named = any(node.topic is Topic.TASKS for node in root.children)
        listed = self._is_list(root)
        for node in root.children:
            if (
                self._deals_out(node)
                or node.topic is Topic.TASKS
                or (
                    node.topic is None
                    and (node.children or not asks(node.title))
                    and (
                        names_an_action(node.title)
                        or (not named and any(c.kind in NUMBERED for c in node.children))
                        or (node.kind in NUMBERED and (listed or self.is_charged(node)))
                    )
                )
            ):
                yield node

    def _deals_out(self, node: Node) -> bool:
        """Goals that offices answer for one by one, and an opening 一、强化统筹 that they do: tasks both."""
        if node.topic is Topic.GOALS:
            return sum(self._answered(child) for child in node.children) * 2 > len(node.children)
        opens = node.topic is Topic.SAFEGUARDS and node.number == "一" and not node.children
        return opens and names_an_action(node.title) and self.is_charged(node)

    def _answered(self, node: Node) -> bool:
        """Whether somebody answers for a numbered goal: 1.生产总值增长7%（牵头单位：甲局）."""
        return node.topic is Topic.GOALS and node.kind in NUMBERED and self.is_charged(node)

    def _is_list(self, root: Node) -> bool:
        """Whether the text is a list of duties: somebody answers for most of its headings."""
        tasks = [node for node in root.children if node.topic is None and node.kind is Kind.FIGURE]
        return len(tasks) > 2 and sum(map(self.is_charged, tasks)) * 2 > len(tasks)

    def grouped(self, section: Node) -> Iterator[tuple[Node | None, list[Node]]]:
        """The tasks of a section under their headings; a section without headings is itself the task."""
        children = self._finest(section)
        if not children:
            # 职责分工 told in running text is no task.
            if section.topic is not Topic.TASKS and not is_bare_part(section.title):
                yield None, [section]
            return
        alone: list[Node] = []
        bare = section if section.topic is None else None  # 主要任务 names no group
        for child in children:
            below = self._finest(child)
            if below:
                if alone:
                    yield bare, alone
                    alone = []
                yield from self._under(child, below)
            elif not (_is_bare(child, self.text) and any(map(self._finest, children))):
                alone.append(child)
        if alone:
            yield bare, alone

    def _under(self, heading: Node, children: Sequence[Node]) -> Iterator[tuple[Node, list[Node]]]:
        flat: list[Node] = []
        for child in children:
            if below := self._finest(child):
                if flat:
                    yield heading, flat
                    flat = []
                yield from self._under(child, below)
            else:
                flat.append(child)
        if flat:
            yield heading, flat

    def _finest(self, node: Node) -> list[Node]:
        """The headings below a node that may be tasks: numbered and plain ones, else bullets."""
        if not node.children:
            return self._told(node) if _may_tell(node) else []
        numbered = [child for child in node.children if child.kind in _HEADINGS]
        if numbered:
            row = [one for one in numbered if one.topic not in _NO_TASKS or self._answered(one)]
            return [one for one in row if self._says_what(one)]
        if _may_tell(node) and (told := self._told(node)):
            return told
        charged = self._each_charged(node)
        if charged or (node.kind in NUMBERED and node.topic is not Topic.TASKS):
            return charged
        bullets = [child for child in node.children if child.kind is Kind.BULLET]
        return bullets if node.parent and node.parent.kind is None and len(bullets) > 1 else []

    def _each_charged(self, node: Node) -> list[Node]:
        """（1）, ① below a task are tasks themselves where each has its own departments.

        A single one is where its number goes on from those of another group: （3）.
        """
        small = [child for child in node.children if child.kind in _SMALL]
        several = len(small) > 1 or (small and small[0].number not in {"（1）", "①"})
        return small if several and all(map(self.is_charged, small)) else []

    def _says_what(self, node: Node) -> bool:
        """Whether a heading may be a task: a question or 重点任务 is none, but what is below it may be."""
        return not (asks(node.title) or is_bare_part(node.title)) or bool(self._finest(node))

    def _told(self, node: Node) -> list[Node]:
        """The tasks that running text counts up: 一是建立清单；二是开展培训."""
        return [
            Node(
                kind=Kind.COUNT,
                number=one.number,
                title=words[0],
                clause=node.clause + one.number,
                start=one.start,
                words=one.words,
                body=words.end(),
                end=one.end,
                parent=node,
            )
            for one in counted(self.text, paragraphs(node))
            if (words := _FIRST_CLAUSE.match(self.text, one.words, one.end))
        ]


def _is_bare(node: Node, text: str) -> bool:
    """Whether a heading has no text of its own: beside groups it is one whose members are not there."""
    return not (node.blocks or node.children) and text[node.start : node.end].endswith(node.title[-1:])


def _may_tell(node: Node) -> bool:
    """Whether the running text below a heading counts up tasks: 主要任务, 实施哪些行动？."""
    first = node.parent is not None and node.parent.kind is None
    tells = asks(node.title) or (node.topic is Topic.TASKS and (first or is_bare_part(node.title)))
    return tells and not any("专栏" in block.text[:4] for block in node.blocks)  # a box beside the text


_HEADINGS: Final = NUMBERED | {Kind.PLAIN}
_SMALL: Final = frozenset({Kind.SMALL, Kind.CIRCLE})
_NO_TASKS: Final = INNER_TOPICS | {Topic.SAFEGUARDS}
_FIRST_CLAUSE: Final = re.compile("[^,。;:(]{2,60}")
