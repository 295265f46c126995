"""What a follow-up refers to: a question that says less is completed from the one before it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from answering.cues import Cue
from answering.query import Memory, Query, Segment

# Words that ask something of a subject, and need one.
_OF_A_SUBJECT: Final = frozenset(
    {Cue.WHO, Cue.WHEN, Cue.FIGURE, Cue.PROGRESS, Cue.DUTY, Cue.COUNT, Cue.SOLE, Cue.NOW}
)
# Words that name a kind of entry: with them a question stands on its own.
_KINDS: Final = frozenset(
    {
        Cue.TARGET,
        Cue.GOAL,
        Cue.MEASURE,
        Cue.GROUP,
        Cue.STAGE,
        Cue.SAFEGUARD,
        Cue.BASIS,
        Cue.EVENT,
        Cue.DEPARTMENT,
        Cue.POLICY,
    }
)
_ALONE: Final = frozenset({Cue.OVERVIEW, Cue.HELP, Cue.ISSUER, Cue.ISSUED, Cue.PUBLISH, Cue.EVERYWHERE})


def complete(query: Query, memory: Memory | None, segments: Callable[[str], tuple[Segment, ...]]) -> Query:
    """The question with what it leaves out taken from the one before.

    Args:
        query: the question by itself.
        memory: the one before it, if any.
        segments: cuts a remembered subject into segments again.
    """
    if memory is None or _stands_alone(query):
        return query
    if not _has_topic(query) and _wants_topic(query):
        query = _with_topic(query, memory, segments)
    elif query.segments and Cue.FOLLOW in query.cues:
        query = replace(query, echo=segments(memory.subject))
    if Cue.COMPARE in query.cues and not query.policies and len(memory.recent) > 1:
        return replace(query, policies=memory.recent)
    if not query.policies and not query.strangers and Cue.EVERYWHERE not in query.cues:
        query = replace(query, policies=memory.policies, inherited=bool(memory.policies))
    return query


def _has_topic(query: Query) -> bool:
    return bool(
        query.segments or query.departments or query.number or query.group or query.clause or query.ordinal
    )


def _stands_alone(query: Query) -> bool:
    return bool(query.policies and _has_topic(query)) or Cue.HELP in query.cues


def _wants_topic(query: Query) -> bool:
    """Whether it asks something of a subject it does not name: 谁负责？ 那广东呢？ and by 2017?"""
    if query.cues & _ALONE:
        return Cue.EVERYWHERE in query.cues and not query.cues & _KINDS
    asking = query.cues - {Cue.FILLER, Cue.FOLLOW, Cue.LIST}
    if asking & _KINDS:
        # "它的指标是多少" asks for a list; "现在到哪个阶段" needs no subject.
        return False
    if not asking:
        return bool(query.policies or query.spans or query.strangers or Cue.FOLLOW in query.cues)
    if query.policies and Cue.FOLLOW not in query.cues and asking <= {Cue.WHEN, Cue.NOW}:
        return False
    return bool(asking <= _OF_A_SUBJECT | {Cue.COMPARE, Cue.NEXT, Cue.EVERYWHERE, Cue.AFTER, Cue.BEFORE})


def _with_topic(query: Query, memory: Memory, segments: Callable[[str], tuple[Segment, ...]]) -> Query:
    same_policy = not query.policies or set(query.policies) <= set(memory.policies)
    moves_on = bool(query.policies or query.strangers or query.spans)
    asking = query.cues - {Cue.FILLER, Cue.FOLLOW, Cue.LIST}
    cues = query.cues | (memory.cues if not asking else frozenset())
    facts = memory.facts if same_policy and not query.strangers and not (moves_on and query.spans) else ()
    return replace(
        query,
        cues=cues,
        segments=segments(memory.subject),
        # 还有谁负责 after a department's only measure asks about the measure.
        departments=() if facts and Cue.DUTY not in query.cues else memory.departments,
        facts=facts,
        # The years of another policy are not this one's: 那广东呢 after 到2025年 asks for Guangdong's own date.
        spans=query.spans or (memory.spans if same_policy and not query.strangers else ()),
    )


def remember(
    query: Query,
    facts: tuple[tuple[str, str, str], ...],
    policies: tuple[str, ...],
    before: Memory | None,
) -> Memory:
    """What the next question may refer to."""
    same_subject = before is not None and before.subject == query.subject
    recent = (*(before.recent if before and same_subject else ()), *(policies or query.policies))
    return Memory(
        policies=policies or query.policies,
        recent=tuple(dict.fromkeys(recent))[-3:],
        cues=query.cues - {Cue.FILLER, Cue.FOLLOW, Cue.HELP},
        subject=query.subject,
        departments=query.departments,
        facts=facts,
        spans=query.spans,
    )
