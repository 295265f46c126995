"""A question that was not understood is looked at again: in Chinese, with its slips mended, part by part."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final

from answering.answer import ComparisonItem, Item, Missing, MissingItem, Status
from answering.conversation import understand
from answering.index import Index
from answering.query import Memory, Query
from answering.question import parse_folded
from answering.reply import Reply
from answering.respond import respond
from answering.slips import Slip, mend
from answering.terms import in_chinese
from domain.policy import Target
from language.places import find_places

MAX_PARTS: Final = 3
_LOST: Final = frozenset({Missing.TOPIC, Missing.TARGET, Missing.UNCLEAR})
_CLAUSES: Final = re.compile("[,;:!?。、]|[.](?![0-9])")
_AND: Final = re.compile("还有|以及|和|跟|与|及| and ")


def reply_to(folded: str, memory: Memory | None, index: Index, today: date) -> tuple[Reply, tuple[Slip, ...]]:
    """The reply to a question, and the slips that were mended to find it."""
    first = respond(index, understand(folded, memory, index, today), today)
    if not _is_lost(first):
        return _with_rows_in_chinese(first, folded, memory, index, today), ()
    unclear: Reply | None = None
    mended: str = folded
    slips: tuple[Slip, ...] = ()
    for mended, slips in chain([(folded, ())], _mended(index, folded, first)):
        for text in _readings(index, mended, folded):
            again = respond(index, understand(text, memory, index, today), today)
            if _forgets_a_place(again, first, text):
                continue
            if again.status is Status.ANSWERED or (slips and _is_better(again, first)):
                return again, slips
            unclear = unclear or (again if _is_better(again, first) else None)
    if unclear is not None:
        return unclear, ()
    if first.status is not Status.NO_RECORD:
        return first, ()
    whole = understand(mended, memory, index, today) if slips or first.query is None else first.query
    parts = _part_by_part(mended, whole, index, today)
    return (parts, slips) if parts is not None else (first, ())


def _forgets_a_place(again: Reply, first: Reply, text: str) -> bool:
    """Whether a place that nothing is held of still stands in the text, but was read as something else."""
    places = first.query.strangers if first.query else ()
    return any(place in text for place in places) and not (again.query and again.query.strangers)


def _with_rows_in_chinese(
    first: Reply, folded: str, memory: Memory | None, index: Index, today: date
) -> Reply:
    """A comparison in English, with the figures of the policies that are held in Chinese only."""
    lacking = [
        policy
        for item in first.items
        if isinstance(item, ComparisonItem)
        for policy, target in item.rows
        if target is None and policy.title.en is None
    ]
    if not lacking or (chinese := in_chinese(folded)) == folded:
        return first
    again = respond(index, understand(chinese, memory, index, today), today)
    told = {
        policy.id: target
        for item in again.items
        if isinstance(item, ComparisonItem)
        for policy, target in item.rows
    }
    items = (_filled(item, told) if isinstance(item, ComparisonItem) else item for item in first.items)
    return first._replace(items=tuple(items))


def _filled(item: ComparisonItem, told: Mapping[str, Target | None]) -> ComparisonItem:
    rows = tuple((policy, target or told.get(policy.id)) for policy, target in item.rows)
    return replace(item, rows=rows)


def _readings(index: Index, text: str, folded: str) -> Iterator[str]:
    """What to look at again: the text where it differs from what was asked, and its English in Chinese."""
    if text != folded:
        yield text
    if index.in_chinese_only and (chinese := in_chinese(text)) != text:
        yield chinese


def _is_lost(reply: Reply) -> bool:
    """Whether the question was not understood: a slip may be why."""
    if reply.status is Status.CLARIFY and reply.query is not None:
        return not reply.query.policies or any(not segment.senses for segment in reply.query.segments)
    return reply.status is Status.NO_RECORD and any(map(_is_not_understood, reply.items))


def _mended(index: Index, folded: str, first: Reply) -> Iterator[tuple[str, tuple[Slip, ...]]]:
    """The text with its slips mended; none are looked for where each word of a placed question is known."""
    query = first.query or Query()
    loose = [segment.text for segment in query.segments if not segment.senses]
    placed = bool(query.policies)
    if loose or not (query.segments and placed):
        yield from mend(index, folded, placed=placed, loose=loose)


def _is_not_understood(item: Item) -> bool:
    """No such subject; or nobody in charge of it, while no entry is about it (国际标谁 for 国际标准)."""
    if not isinstance(item, MissingItem):
        return False
    if item.reason is Missing.PLACE:
        return not find_places(item.subject)  # 淅江: none that is known
    return item.reason in _LOST or (
        item.reason is Missing.DEPARTMENT and bool(item.subject) and not item.found
    )


def _is_better(again: Reply, first: Reply) -> bool:
    """Whether the mended text was understood, or at least understood as a choice."""
    if again.status is Status.ANSWERED or not _is_lost(again):
        return True
    return again.status is Status.CLARIFY and first.status is not Status.CLARIFY


def _part_by_part(folded: str, whole: Query, index: Index, today: date) -> Reply | None:
    """What its parts ask, each by itself: several subjects at once, or one among much else."""
    for cut in (_CLAUSES, _AND):
        parts = [part for part in cut.split(folded) if part.strip()]
        if len(parts) < 2:
            continue
        queries = [_part_of(whole, query, listed=cut is _AND) for query in _named(parts, index, today)]
        replies = [respond(index, query, today) for query in queries if query != whole]  # that failed
        told = [one for one in replies if one.status is Status.ANSWERED]
        # Clauses may hold other talk, but 甲和乙 is answered in full or not at all.
        if told and (cut is _CLAUSES or len(told) == len(replies) == len(parts)):
            items = dict.fromkeys(item for one in told for item in one.items)
            return told[-1]._replace(items=tuple(items)[:MAX_PARTS])
    return None


def _named(parts: list[str], index: Index, today: date) -> Iterator[Query]:
    """The parts that name something of the catalogue."""
    for part in parts:
        query = parse_folded(part, index, today=today)
        if any(segment.senses for segment in query.segments):
            yield query


def _part_of(whole: Query, part: Query, *, listed: bool) -> Query:
    """A part with the place and time of the whole; in a list (甲和乙各多少) what is asked holds for all."""
    return part._replace(
        policies=part.policies or whole.policies,
        strangers=part.strangers or whole.strangers,
        cues=part.cues | whole.cues if listed else part.cues,
        spans=part.spans or whole.spans,
    )
