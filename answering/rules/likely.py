"""A figure that no words name, but all else points to: by its short form, its passage, or words like its own.

Only of the one policy asked about, and only where a single figure comes into question.
"""

from collections.abc import Iterator
from typing import Final

from answering.answer import Found
from answering.lexicon import STANDARD
from answering.naming import name_of
from answering.query import Query
from answering.rules.aptness import folded
from answering.rules.asking import Asking
from answering.rules.other_words import in_other_words
from answering.rules.passages import sentences_of
from answering.rules.stating import is_in
from answering.search import Hit, good
from answering.units import THINGS, goes_with
from domain.policy import FactKind, Policy, Target

# Of the words of the subject its passage holds nearly all, and the figure's own name many.
_PASSAGE: Final = 0.9
_SHARED: Final = 0.4
# Else the sentence that sets it holds most of them.
_SENTENCE: Final = 0.8
# 强检率: shorter forms stand for too much.
_SHORTEST: Final = 3


def likely(asking: Asking) -> list[Hit]:
    """The one figure that is meant, or none."""
    if asking.only is None or not asking.query.segments:
        return []
    found: list[Hit] = []
    for hits in _found(asking, asking.only):
        if hits and _is_in_time(asking, hits):
            return hits
        found = found or hits
    return found


def _found(asking: Asking, policy: Policy) -> Iterator[list[Hit]]:
    yield _by_short_form(asking, policy)
    yield _in_its_passage(asking)
    yield in_other_words(asking, policy)


def _is_in_time(asking: Asking, hits: list[Hit]) -> bool:
    spans = asking.query.spans
    return not spans or any(is_in(hit.doc.found, spans) for hit in hits)


def _by_short_form(asking: Asking, policy: Policy) -> list[Hit]:
    """强制检定率 is 强检率, and the other way about."""
    asked = "".join(segment.text for segment in asking.query.segments)
    if asked.endswith(STANDARD):
        return []  # 行业标准 is not short for 行业团体标准
    found = [
        doc
        for target in policy.targets
        if _fits(asking.query, target) and _is_short_for(*sorted((asked, folded(target.metric.zh)), key=len))
        if (doc := asking.index.by_reference.get((policy.id, FactKind.TARGET, target.id)))
    ]
    return [Hit(found[0], 1.0, 1.0, likely=True)] if len(found) == 1 else []


def _is_short_for(short: str, long: str) -> bool:
    """Whether it begins and ends the same and holds nothing else, in the same order."""
    if not _SHORTEST <= len(short) < len(long) <= 2 * len(short):
        return False
    left = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(char in left for char in short)


def _in_its_passage(asking: Asking) -> list[Hit]:
    """大型仪器预约响应几个工作日: the measure is about it, and one figure of it counts days."""
    if asking.query.unit in {None, THINGS}:
        return []
    measures = good(asking.ranked((FactKind.MEASURE,)), _PASSAGE)
    if len(measures) != 1:
        return []
    measure = measures[0].doc.found
    held = [
        hit
        for hit in asking.ranked((FactKind.TARGET,))
        if isinstance(hit.doc.found.fact, Target)
        if hit.doc.found.fact.passage.clause == measure.fact.passage.clause
        if _fits(asking.query, hit.doc.found.fact)
    ]
    found = good(held, _SHARED) or [hit for hit in held if _is_told_with_it(asking, measure, hit.doc.found)]
    return [found[0]._replace(likely=True)] if len(found) == 1 and not found[0].lacks_a_name else []


def _is_told_with_it(asking: Asking, measure: Found, target: Found) -> bool:
    """白酒作坊整治多少家: the sentence is about it, and 整治企业 is what is done in it."""
    asked, told = asking.query.subject, folded(target.fact.passage.quote or "")
    return asked[-2:] in folded(name_of(target.fact).zh) and any(
        told in sentence and asking.index.likeness.between(asked, sentence).asked >= _SENTENCE
        for sentence in sentences_of(measure)
    )


def _fits(query: Query, target: Target) -> bool:
    return goes_with(query.unit, target.unit.zh)
