"""What a follow-up refers to: a question that says less is completed from the one before it."""

from collections.abc import Callable
from datetime import date
from typing import Final

from answering.cues import KINDS, Cue
from answering.index import Index
from answering.lexicon import LEVEL
from answering.query import Memory, Query, Segment
from answering.question import parse_folded
from answering.units import share_asked_for

# Words that ask something of a subject, and need one.
_OF_A_SUBJECT: Final = frozenset(
    {Cue.WHO, Cue.WHEN, Cue.FIGURE, Cue.PROGRESS, Cue.DUTY, Cue.COUNT, Cue.SOLE, Cue.NOW}
)
# Words that compare or step from the subject before.
_FROM_A_SUBJECT: Final = frozenset({Cue.COMPARE, Cue.NEXT, Cue.EVERYWHERE, Cue.AFTER, Cue.BEFORE})
# Words with which a question needs no subject.
_ALONE: Final = frozenset({Cue.OVERVIEW, Cue.HELP, Cue.ISSUER, Cue.ISSUED, Cue.PUBLISH, Cue.EVERYWHERE})
# Words that ask for nothing in particular.
_TALK: Final = frozenset({Cue.FILLER, Cue.FOLLOW, Cue.LIST})


def understand(folded: str, memory: Memory | None, index: Index, today: date) -> Query:
    """A question in its conversation: read, and completed from the one before."""

    def segments(subject: str) -> tuple[Segment, ...]:
        return parse_folded(subject, index, today=today).segments if subject else ()

    return complete(parse_folded(folded, index, today=today), memory, segments)


def complete(query: Query, memory: Memory | None, segments: Callable[[str], tuple[Segment, ...]]) -> Query:
    """The question with what it leaves out taken from the one before.

    Args:
        query: the question by itself.
        memory: the one before it, if any.
        segments: cuts a remembered subject into segments again.
    """
    if memory is None or _stands_alone(query):
        return query
    follows = Cue.POLICY not in query.cues and (Cue.FOLLOW in query.cues or not _has_topic(query))
    if not _has_topic(query) and _wants_topic(query):
        query = _with_topic(query, memory, segments(memory.subject))
    elif query.segments and Cue.FOLLOW in query.cues:
        before = segments(memory.subject)
        said = _with_head(query.segments, before, segments)
        query = query._replace(segments=said, echo=before, before=memory.facts)
    return _with_policies(query, memory, follows=follows)


def remember(
    query: Query,
    facts: tuple[tuple[str, str, str], ...],
    policies: tuple[str, ...],
    before: Memory | None,
) -> Memory:
    """What the next question may refer to: this one, the facts told, and the policies they are of."""
    policies, subject = policies or query.policies, query.subject
    recent = (*before.recent, *policies) if before and before.subject == subject else policies
    return Memory(
        policies=policies,
        strangers=query.strangers,
        recent=tuple(dict.fromkeys(recent))[-3:],
        cues=query.cues - {Cue.FILLER, Cue.FOLLOW, Cue.HELP},
        subject=subject,
        departments=query.departments,
        facts=facts,
        spans=query.spans,
    )


def still_held(memory: Memory | None, index: Index) -> Memory | None:
    """The memory without departments that are gone: a policy may have been replaced in between."""
    if memory is None or not memory.departments:
        return memory
    held = {(policy.id, one.id) for policy in index.policies for one in policy.departments}
    return memory._replace(departments=tuple(pair for pair in memory.departments if pair in held))


def _stands_alone(query: Query) -> bool:
    return bool(query.policies and _has_topic(query)) or Cue.HELP in query.cues


def _has_topic(query: Query) -> bool:
    return bool(
        query.segments or query.departments or query.number or query.group or query.clause or query.ordinal
    )


def _wants_topic(query: Query) -> bool:
    """Whether it asks something of a subject it does not name: 谁负责？ 那广东呢？ and by 2017?"""
    names_kind = not query.cues.isdisjoint(KINDS)
    if query.cues & _ALONE:
        return Cue.EVERYWHERE in query.cues and not names_kind
    if names_kind:
        return False  # "它的指标是多少" asks for a list; "现在到哪个阶段" needs no subject
    asking = query.cues - _TALK
    if not asking:
        return bool(query.policies or query.spans or query.strangers or Cue.FOLLOW in query.cues)
    if query.policies and Cue.FOLLOW not in query.cues and asking <= {Cue.WHEN, Cue.NOW}:
        return False  # 浙江什么时候截止 asks for all its dates
    return asking <= _OF_A_SUBJECT | _FROM_A_SUBJECT


def _with_topic(query: Query, memory: Memory, segments: tuple[Segment, ...]) -> Query:
    """The subject before, and of the policy before what was told of it and for when."""
    same_policy = set(query.policies) <= set(memory.policies) and not query.strangers
    facts = memory.facts if same_policy and not query.spans else ()
    return query._replace(
        cues=query.cues if query.cues - _TALK else query.cues | memory.cues,
        segments=segments,
        # 还有谁负责 after a department's only measure asks about the measure.
        departments=() if facts and Cue.DUTY not in query.cues else memory.departments,
        facts=facts,
        unit=query.unit or share_asked_for(memory.subject),
        # Another policy's years are not this one's: 那广东呢 after 到2025年 asks for Guangdong's own.
        spans=query.spans or (memory.spans if same_policy else ()),
    )


def _with_head(
    said: tuple[Segment, ...], before: tuple[Segment, ...], segments: Callable[[str], tuple[Segment, ...]]
) -> tuple[Segment, ...]:
    """国际标准多少？ 国家的呢？: with the head of the subject before it names 国家标准."""
    if len(said) != 1 or said[0].senses or not before:
        return said
    word, last = said[0].text, before[-1].text
    if LEVEL.fullmatch(word):  # 国家级试点多少？ 省级的呢？
        subject = "".join([segment.text for segment in before])
        return segments(LEVEL.sub(word, subject) if LEVEL.search(subject) else word + subject)
    if last.isascii():
        parts = last.split(" ")
        heads = [" " + " ".join(parts[at:]) for at in range(len(parts) - 1, 0, -1)]
    else:
        heads = [last[at:] for at in range(len(last) - 2, 0, -1)]
    named = (one for head in heads if len(one := segments(word + head)) == 1 and one[0].senses)
    return next(named, said)


def _with_policies(query: Query, memory: Memory, *, follows: bool) -> Query:
    if query.policies:
        return query
    if Cue.COMPARE in query.cues and len(memory.recent) > 1:
        return query._replace(policies=memory.recent)
    if query.strangers or Cue.EVERYWHERE in query.cues:
        return query
    if memory.strangers and follows:
        return query._replace(strangers=memory.strangers)  # 其中种养殖的呢 is still about that place
    return query._replace(policies=memory.policies, inherited=bool(memory.policies))
