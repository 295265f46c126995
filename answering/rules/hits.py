"""What fits the subject of a question well enough, among the kinds of entry that can hold what is asked."""

from collections.abc import Iterable
from typing import Final

from answering.cues import Cue
from answering.index import Doc
from answering.rules.aptness import apt
from answering.rules.asking import Asking
from answering.rules.likely import likely
from answering.rules.other_words import measure_in_other_words
from answering.search import ENOUGH, ENOUGH_IN_ENGLISH, Hit, good, rank
from domain.policy import FactKind

# What a date or a person in charge can be asked of.
DATED: Final = frozenset({FactKind.TARGET, FactKind.GOAL, FactKind.MEASURE, FactKind.STAGE, FactKind.EVENT})
CHARGED: Final = frozenset({FactKind.MEASURE, FactKind.GROUP})
# Where departments are named for measures, a target without any is not what was asked about.
_NEVER_CHARGED: Final = frozenset({FactKind.TARGET, FactKind.GOAL})
# Of these a count may be asked where one is named: 质量月是几月.
_COUNTED_BY_NAME: Final = frozenset({FactKind.EVENT, FactKind.STAGE, FactKind.BASIS})


def fitting(asking: Asking, kinds: Iterable[FactKind] = ()) -> list[Hit]:
    """The entry told before, where the question goes on from it, or what fits the subject."""
    kinds = tuple(kinds)
    if told := _told_before(asking, kinds):
        return told
    wanted = kinds or wanted_kinds(asking)
    hits = apt(asking.query, good(asking.ranked(wanted), _enough(asking)))
    if wanted == (FactKind.TARGET,):
        # Of 4K创新基地 the figure for 创新基地 is no answer.
        hits = [hit for hit in hits if not hit.lacks_a_name]
    if not hits and asking.query.inherited and not asking.asks(Cue.FOLLOW):
        # The policy only came from the question before: this one may be about another.
        hits = apt(asking.query, good(rank(asking.index, asking.query.segments, kinds=wanted)))
    if not hits and not kinds and asking.asks(Cue.FIGURE, Cue.COUNT):
        hits = apt(asking.query, likely(asking))
    elif not hits and not kinds and asking.asks(Cue.WHO, Cue.WHEN):
        hits = measure_in_other_words(asking)
    return hits if hits or kinds else _of_any_kind(asking)


def wanted_kinds(asking: Asking) -> tuple[FactKind, ...]:
    """Which kinds of entry can hold what is asked; none of them means any."""
    kinds = asking.kinds - {FactKind.DEPARTMENT, FactKind.POLICY}
    if asks_who(asking):
        return tuple(CHARGED)
    if FactKind.MEASURE in kinds:
        kinds |= {FactKind.GROUP, FactKind.SAFEGUARD}  # 措施 is said of these too
    counting = asking.asks(Cue.FIGURE, Cue.COUNT)
    if FactKind.TARGET in kinds or (counting and not kinds):
        return (FactKind.TARGET,) if counting else (FactKind.TARGET, FactKind.GOAL)
    return tuple(DATED if asking.asks(Cue.WHEN) else kinds)


def asks_who(asking: Asking) -> bool:
    """Whether those in charge are asked for; 谁的指标高 asks for a figure."""
    if FactKind.DEPARTMENT in asking.kinds:
        return True
    return asking.asks(Cue.WHO) and not asking.asks(Cue.FIGURE, Cue.TARGET, Cue.COMPARE)


def _told_before(asking: Asking, kinds: tuple[FactKind, ...]) -> list[Hit]:
    docs = (asking.index.by_reference.get(one) for one in asking.query.facts)
    return [Hit(doc, 1.0, 1.0) for doc in docs if doc and (not kinds or doc.found.kind in kinds)]


def _of_any_kind(asking: Asking) -> list[Hit]:
    """What fits but is of another kind; asked for a figure, it must at least be named."""
    if asking.scope and asking.kinds - {FactKind.POLICY} == {FactKind.BASIS} and not asks_who(asking):
        return []  # 计划依据哪个文件 is about no stage that 印发计划
    hits = apt(asking.query, good(asking.ranked()))
    if asks_who(asking) and any(policy.departments for policy in asking.scope):
        return [hit for hit in hits if hit.doc.found.kind not in _NEVER_CHARGED]
    if not asking.asks(Cue.FIGURE, Cue.COUNT):
        return hits
    return [hit for hit in hits if hit.doc.found.kind in _COUNTED_BY_NAME and _is_named(asking, hit.doc)]


def _is_named(asking: Asking, doc: Doc) -> bool:
    """Whether the question names this fact, rather than holding words of it."""
    return any(sense.doc == doc.number for segment in asking.query.segments for sense in segment.senses)


def _enough(asking: Asking) -> float:
    """English says the same in more ways than Chinese, so less of it is found again."""
    english = all(segment.text.isascii() for segment in asking.query.segments)
    return ENOUGH_IN_ENGLISH if english else ENOUGH
