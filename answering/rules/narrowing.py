"""Which of the facts that fit are meant: by figure, by time, by what they state, by the question before."""

from answering.cues import Cue
from answering.naming import name_of
from answering.rules.aptness import aptest
from answering.rules.asking import Asking
from answering.rules.stating import charged, due, is_in
from answering.search import Hit, equals, rank
from answering.units import TOTAL
from domain.policy import FactKind, Stage, YearlyEvent

# A bare subject fits every policy that explains nearly as much of it as the best one.
_NEARLY = 0.95


def meant(asking: Asking, hits: list[Hit]) -> list[Hit]:
    """Those that are meant; none where all that fit have another date than the one asked for."""
    best = _of_value(asking, hits) or _in_time(asking, _equals(asking, hits), hits)
    return _echoing(asking, _aptest(asking, _able(asking, best)))


def _of_value(asking: Asking, hits: list[Hit]) -> list[Hit]:
    """The targets with the very figure that the question names: 那600家企业."""
    return [hit for hit in hits if getattr(hit.doc.found.fact, "value", None) in asking.query.values]


def _equals(asking: Asking, hits: list[Hit]) -> list[Hit]:
    """Those that fit equally; a bare subject, with nothing asked of it, fits each policy that has it."""
    best = equals(hits)
    if asking.scope or asking.query.facts or asking.cues - {Cue.FILLER, Cue.FOLLOW}:
        return best
    top = max(hit.coverage for hit in hits)
    firsts: dict[str, Hit] = {}
    for hit in hits:
        if hit.coverage >= _NEARLY * top:
            firsts.setdefault(hit.doc.found.policy.id, hit)
    return best if len(firsts) == 1 else list(firsts.values())


def _in_time(asking: Asking, best: list[Hit], hits: list[Hit]) -> list[Hit]:
    """Those of the time asked for, where they state one at all."""
    spans = asking.query.spans
    if not spans or asking.asks(Cue.NOW):
        return best
    within = [hit for hit in best if is_in(hit.doc.found, spans)]
    if within or not any(due(hit.doc) for hit in best):
        return within or best
    return equals([hit for hit in hits if is_in(hit.doc.found, spans)])


def _able(asking: Asking, best: list[Hit]) -> list[Hit]:
    """Among equals, those that state what is asked: departments for who, a date for when."""
    able: list[Hit] = []
    if asking.asks(Cue.WHO) or FactKind.DEPARTMENT in asking.kinds:
        able = [hit for hit in best if charged(hit.doc.found) or hit.doc.found.kind is FactKind.GROUP]
    elif asking.asks(Cue.WHEN):
        able = [hit for hit in best if due(hit.doc) or isinstance(hit.doc.found.fact, Stage | YearlyEvent)]
    return able or best


def _aptest(asking: Asking, best: list[Hit]) -> list[Hit]:
    """Among equals of one policy those that are most nearly what the subject says."""
    if len({hit.doc.found.policy.id for hit in best}) > 1:
        return best
    totals = [hit for hit in best if name_of(hit.doc.found.fact).zh.endswith(TOTAL)]
    return aptest(asking.query.segments, (asking.query.total and totals) or best)


def _echoing(asking: Asking, best: list[Hit]) -> list[Hit]:
    """国际标准多少？ 国家的呢？: among equals, those that go with the subject before and its answer."""
    if len(best) < 2 or not asking.query.echo:
        return best
    numbers = {hit.doc.number for hit in best}
    again = rank(asking.index, asking.query.echo, among=numbers)
    closest = max((hit.coverage for hit in again), default=0.0)
    close = {hit.doc.number for hit in again if hit.coverage >= closest > 0}
    best = [hit for hit in best if hit.doc.number in close] or best
    beside = {
        (policy, doc.found.fact.passage.clause)
        for policy, kind, fact in asking.query.before
        if (doc := asking.index.by_reference.get((policy, kind, fact)))
    }
    return [hit for hit in best if _place_of(hit) in beside] or best


def _place_of(hit: Hit) -> tuple[str, str]:
    found = hit.doc.found
    return found.policy.id, found.fact.passage.clause
