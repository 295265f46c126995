"""A question that was not understood is looked at again: in Chinese, with its slips mended, part by part."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from typing import Final

from answering.answer import ComparisonItem, Item, Missing, MissingItem, Status, sources
from answering.blanking import blank
from answering.conversation import understand
from answering.cues import Cue
from answering.index import Index
from answering.parts import each_by_itself, part_by_part
from answering.query import Memory, Query
from answering.reply import Reply
from answering.respond import respond
from answering.shorthand import expand
from answering.slips import Slip, mend
from answering.terms import in_chinese, readings_in_chinese
from answering.titles import without_title
from answering.units import unit_named_by
from domain.policy import Target
from language.places import find_places

_LOST: Final = frozenset({Missing.TOPIC, Missing.TARGET, Missing.UNCLEAR})
# How many 企业 must be checked for 强制性标准: Chinese puts last what is counted.
_HEAD: Final = re.compile("(?<=how many )(\\s*(?:[一-鿿]+ +)+)([^,;?]+?)[?. ]*$")
_CHINESE: Final = re.compile("[一-鿿]+")
_YES_OR_NO: Final = re.compile("[吗么]|是不是|是否|对不对|没错")
_FIGURE_NAMED: Final = re.compile(
    "(?:[0-9.]+|[零一二三四五六七八九十百千半]+)(%|成|[万亿]?元|[万亿]|个?工作日|天|个月|小时|分钟)"
)
_HOW_MUCH: Final = frozenset({Cue.FIGURE})


def reply_to(folded: str, memory: Memory | None, index: Index, today: date) -> tuple[Reply, tuple[Slip, ...]]:
    """The reply to a question, and the slips that were mended to find it."""
    query = understand(folded, memory, index, today)
    if (listed := _listed(folded, query, index, today)) is not None:
        return listed, ()
    first = respond(index, query, today)
    if not _is_lost(first):
        return _with_rows_in_chinese(first, folded, memory, index, today), ()
    if (figure := _of_a_figure_named(folded, memory, index, today)) is not None:
        return figure, ()
    if (titled := _of_a_policy_called(folded, first, memory, index, today)) is not None:
        return titled, ()
    unclear: tuple[Reply, tuple[Slip, ...]] | None = None
    mended: str = folded
    slips: tuple[Slip, ...] = ()
    for mended, slips in chain([(folded, ())], _mended(index, folded, first)):
        for text, again in _replies(index, mended, first, memory, today, mend=mended != folded):
            if _forgets_a_place(again, first, text):
                continue
            if again.status is Status.ANSWERED:
                return _as_asked(again, first), slips
            if (unclear is None or (slips and not unclear[1])) and _is_better(again, first):
                unclear = _as_asked(again, first), slips
    if unclear is not None:
        return unclear
    if first.status is not Status.NO_RECORD:
        return first, ()
    whole = understand(mended, memory, index, today) if slips or first.query is None else first.query
    parts = part_by_part(mended, whole, index, today)
    return (parts, slips) if parts is not None else (first, ())


def _of_a_figure_named(folded: str, memory: Memory | None, index: Index, today: date) -> Reply | None:
    """是要提速五成吗: asks for the figure, whichever is named."""
    named = _FIGURE_NAMED.search(folded)
    if named is None or not _YES_OR_NO.search(folded):
        return None
    query = understand(blank(folded, *named.span()), memory, index, today)
    reply = respond(index, query._replace(cues=query.cues | _HOW_MUCH, unit=unit_named_by(named[1])), today)
    return reply if reply.status is Status.ANSWERED else None


def _of_a_policy_called(
    folded: str, first: Reply, memory: Memory | None, index: Index, today: date
) -> Reply | None:
    """信阳质量强市年底前要完成哪些: beside the place of the one policy words of its title call it."""
    query = first.query
    if query is None or len(query.policies) != 1 or Cue.FIGURE in query.cues:
        return None  # 信阳质量强市多少钱 asks for no list
    policy = index.by_id.get(query.policies[0])  # None where a context names what is held no more
    words = [segment.text for segment in query.segments]
    if policy is None or (rest := without_title(folded, words, policy)) == folded:
        return None
    reply = respond(index, understand(rest, memory, index, today), today)
    return reply if reply.status is Status.ANSWERED else None


def _listed(folded: str, query: Query, index: Index, today: date) -> Reply | None:
    """甲和乙分别多少, in Chinese or in English."""
    listed = each_by_itself(folded, query, index, today)
    if listed is None and index.in_chinese_only and " and " in folded:
        listed = each_by_itself(in_chinese(folded, with_verbs=False), query, index, today)
    return listed


def _as_asked(again: Reply, first: Reply) -> Reply:
    """With the subject as it was asked for, which may have been in English."""
    asked = first.query.subject if first.query else ""
    return again._replace(read_as=tuple((asked or said, meant) for said, meant in again.read_as))


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


def _replies(  # noqa: PLR0913 - what a question is answered with, and what was said first
    index: Index, text: str, first: Reply, memory: Memory | None, today: date, *, mend: bool
) -> Iterator[tuple[str, Reply]]:
    """What the text is answered with, where it was mended, and its English in Chinese; each with its reading.

    What is done (train, foster) is read only to choose among what fits without it.
    """
    if mend:
        yield text, respond(index, understand(text, memory, index, today), today)
    if not index.in_chinese_only:
        return
    yield from _replies_in_chinese(index, readings_in_chinese(text), first, memory, today)
    if not mend:
        yield from _replies_by_dictionary(index, text, first, memory, today)


def _replies_by_dictionary(
    index: Index, text: str, first: Reply, memory: Memory | None, today: date
) -> Iterator[tuple[str, Reply]]:
    """What our terms lack is looked up; an answer must tell of each word that was found so."""
    names = partial(index.dictionary.name, policies=first.query.policies if first.query else ())
    known = set(_CHINESE.findall(in_chinese(text)))
    for chinese, reply in _replies_in_chinese(index, readings_in_chinese(text, names), first, memory, today):
        words = set(_CHINESE.findall(chinese)) - known
        told = sources(reply.items)
        if reply.status is not Status.ANSWERED or index.dictionary.is_answered(chinese, words, told):
            yield chinese, reply


def _replies_in_chinese(
    index: Index, readings: Iterable[str], first: Reply, memory: Memory | None, today: date
) -> Iterator[tuple[str, Reply]]:
    choices: set[str] | None = None
    for chinese in readings:
        query = understand(_HEAD.sub(r"\2 \1", expand(chinese)), memory, index, today)
        if first.query:  # a rate that is a name in Chinese still asks for a figure
            cues = query.cues | (first.query.cues & _HOW_MUCH)
            query = query._replace(cues=cues, unit=query.unit or first.query.unit)
        reply = respond(index, query, today)
        if choices is None or {one.id for one in sources(reply.items)} <= choices:
            yield chinese, reply
        if reply.status is not Status.CLARIFY:
            return
        choices = {choice.id for choice in reply.choices}


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
        yield from mend(index, folded, policies=query.policies, loose=loose)


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
