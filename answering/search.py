"""A Query's subject to the facts it fits, best first, each with how much of the subject it explains."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from answering.index import Doc, Index
from answering.lexicon import pairs
from answering.query import Segment
from domain.policy import FactKind

# Below this share of the subject explained, a fact is not what was asked about.
ENOUGH: Final = 0.6
ENOUGH_IN_ENGLISH: Final = 0.5
# A name of the catalogue counts as explained by a fact that holds this much of it: 国际标准 by 各类国际标准.
MOST_OF_A_NAME: Final = 0.75
# A loose English word that other facts hold tells less against a fact than one that none holds.
ELSEWHERE: Final = 0.5
# A loose stretch before the name it goes with tells less than one behind it.
BEFORE_A_NAME: Final = 0.3
# Facts whose score reaches this share of the best one fit equally well.
EQUAL: Final = 0.9
LOOKED_AT: Final = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact that fits: `score` orders, `coverage` tells how much of the subject it explains (0 to 1)."""

    doc: Doc
    score: float
    coverage: float


def rank(
    index: Index,
    segments: Collection[Segment],
    *,
    policies: Collection[str] = (),
    kinds: Collection[FactKind] = (),
    where: Callable[[Doc], bool] | None = None,
) -> list[Hit]:
    """The facts that hold something of the segments, best first; those of `policies` and `kinds` only."""
    scores = _scores(index, segments)
    hits = []
    for number in sorted(scores, key=scores.__getitem__, reverse=True):
        doc = index.docs[number]
        if policies and doc.found.policy.id not in policies:
            continue
        if (kinds and doc.found.kind not in kinds) or (where is not None and not where(doc)):
            continue
        hits.append(Hit(doc, scores[number], _coverage(index, segments, number)))
        if len(hits) == LOOKED_AT:
            break
    return hits


def good(hits: list[Hit], enough: float = ENOUGH) -> list[Hit]:
    """Those that explain enough of the subject."""
    return [hit for hit in hits if hit.coverage >= enough]


def equals(hits: list[Hit]) -> list[Hit]:
    """The best and all that fit as well as it."""
    if not hits:
        return []
    best = max(hits, key=lambda hit: (round(hit.coverage, 2), hit.score))
    return [hit for hit in hits if hit.score >= EQUAL * best.score and hit.coverage >= EQUAL * best.coverage]


def _scores(index: Index, segments: Collection[Segment]) -> dict[int, float]:
    scores: dict[int, float] = {}
    for segment in segments:
        total = 0.0
        for term in pairs(segment.words):
            weight = index.weight(term)
            total += weight
            for number, held in index.postings.get(term, {}).items():
                scores[number] = scores.get(number, 0.0) + weight * held
        for sense in segment.senses:
            scores[sense.doc] = scores.get(sense.doc, 0.0) + (total or index.unknown) * sense.weight
    return scores


def _coverage(index: Index, segments: Collection[Segment], number: int) -> float:
    total = explained = 0.0
    names = [at for at, segment in enumerate(segments) if segment.senses]
    for at, segment in enumerate(segments):
        of_segment = held = 0.0
        for term in pairs(segment.words):
            weight = index.weight(term)
            holders = index.postings.get(term)
            if holders and number in holders:
                held += weight
            elif holders and not segment.senses and term.isascii():
                weight *= ELSEWHERE
            of_segment += weight
        if any(sense.doc == number for sense in segment.senses):
            of_segment = of_segment or index.unknown
            held = of_segment
        elif segment.senses and held < MOST_OF_A_NAME * of_segment:
            held = 0.0
        if not segment.senses and names and at < names[-1] and not segment.text.isascii():
            # Chinese puts the head last: 培养几位专家 asks for 专家, 专家经费 for 经费.
            of_segment *= BEFORE_A_NAME
            held *= BEFORE_A_NAME
        total += of_segment
        explained += held
    return explained / total if total else 0.0
