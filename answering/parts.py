"""Several things asked at once: each part of the question answered by itself."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from answering.answer import FactItem, Status
from answering.index import Index
from answering.query import Query
from answering.question import parse_folded
from answering.reply import Reply
from answering.respond import respond

MAX_PARTS: Final = 3


def each_by_itself(folded: str, whole: Query, index: Index, today: date) -> Reply | None:
    """国家标准和行业标准分别多少 of one policy, where each is answered, and by an entry of its own."""
    if len(whole.policies) != 1 or not _EACH.search(folded):
        return None
    parts = [part.strip() for part in _LIST.split(_EACH.sub("", folded)) if part.strip()]
    if not 2 <= len(parts) <= MAX_PARTS:
        return None
    head = "".join([one.text for one in parse_folded(parts[-1], index, today=today).segments])
    replies: list[Reply] = []
    for part in parts:
        reply = next((one for one in _replies(part, head, whole, index, today) if _tells_one(one)), None)
        if reply is None:
            return None
        replies.append(reply)
    items = tuple(dict.fromkeys(item for one in replies for item in one.items))
    if len(items) != len(parts):
        return None
    read_as = tuple(pair for one in replies for pair in one.read_as)
    return replies[-1]._replace(items=items, query=whole, read_as=read_as)


def _replies(part: str, head: str, whole: Query, index: Index, today: date) -> Iterator[Reply]:
    """What a part is answered with: as it stands, then with what the last one ends in (国家、行业|标准)."""
    for text in (part, *(part + head[at:] for at in range(1, len(head) - 1))):
        query = parse_folded(text, index, today=today)
        if query.segments:
            yield respond(index, _part_of(whole, query, listed=True), today)


def _tells_one(reply: Reply) -> bool:
    return reply.status is Status.ANSWERED and len(reply.items) == 1 and isinstance(reply.items[0], FactItem)


def part_by_part(folded: str, whole: Query, index: Index, today: date) -> Reply | None:
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
        unit=part.unit or (whole.unit if listed else None),
        spans=part.spans or whole.spans,
    )


_CLAUSES: Final = re.compile("[,;:!?。、]|[.](?![0-9])")
_AND: Final = re.compile("还有|以及|和|跟|与|及| and ")
_LIST: Final = re.compile("还有|以及|和|跟|与|及|、| and ")
_EACH: Final = re.compile(
    "(?=[分各两三rbe])(?:分别|各自|各(?=要|是|为|有|多少|几|达)|[两三](?:个|项|条|类|者|样)|respectively|\\bboth\\b|\\beach\\b)"
)
