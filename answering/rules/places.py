"""Places that no policy is of, and occasions that none names."""

from collections.abc import Iterable

from answering.answer import Aspect, Missing
from answering.cues import Cue
from answering.index import Index
from answering.lexicon import words_of
from answering.query import Query, Segment
from answering.reply import Reply
from answering.rules.asking import Asking, missing, which_policy
from answering.search import ENOUGH, good, rank
from domain.policy import Policy

# Asked with these, a place must be the policy's own: another place's figure is no answer.
_FIGURES = frozenset({Cue.FIGURE, Cue.COUNT, Cue.TARGET, Cue.PROGRESS, Cue.COMPARE})
# A place counts as spoken of only where its whole name stands.
_ITS_NAME = 0.99


def with_places_spoken_of(query: Query, index: Index) -> Query:
    """哪条提到粤港澳大湾区: the question with such a place as its subject, where a policy speaks of it."""
    if not query.strangers or query.titled or query.cues & _FIGURES:
        return query
    if not query.segments and not any(one in index.by_id for one in query.policies):
        return query
    subject = (*query.segments, *_named(query.strangers))
    if not good(rank(index, subject, policies=query.policies), _ITS_NAME):
        return query
    return query._replace(segments=subject, strangers=())


def of_a_stranger(asking: Asking) -> Reply | None:
    """A place that no policy is of: what is said about it, or of a zone named after it, is offered."""
    query = asking.query
    if not query.strangers:
        return None
    if asking.scope and query.segments and not asking.cues & _FIGURES and good(asking.ranked()):
        return None  # 江津跟成都、重庆双城经济圈有关的: the place only goes with the subject
    named_after = _named_after(query.strangers, asking.index)
    policies = [policy.id for policy in named_after]
    subject = query.segments if policies else _named(query.strangers)
    about = good(rank(asking.index, subject, policies=policies), ENOUGH if policies else 1.0)
    if named_after and not about:
        return which_policy(asking, Aspect.OVERVIEW, policies=named_after)
    nearest = [hit.doc.found for hit in about]
    return missing(asking, Missing.PLACE, subject="、".join(query.strangers), nearest=nearest)


def _named_after(places: Iterable[str], index: Index) -> list[Policy]:
    """The policies of a zone in such a place: 昆山经济技术开发区 for 昆山, which is not the same."""
    stems = tuple(stem for place in places if len(stem := place.rstrip("省市区县")) > 1)
    return [policy for policy in index.policies if policy.region.zh.startswith(stems)]


def of_an_unknown_occasion(asking: Asking) -> Reply | None:
    """世界计量日: an occasion by its form, but no policy names it."""
    if asking.query.occasion is None or asking.asks(Cue.FIGURE):
        return None
    return missing(asking, Missing.EVENT, subject=asking.query.occasion)


def _named(places: Iterable[str]) -> tuple[Segment, ...]:
    return tuple(Segment(tuple(words_of(place)), place) for place in places)
