"""Entries by number: 第5条, 第三大任务, 二（三）2, and the one before or behind the one just told."""

from dataclasses import replace

from answering.answer import Found, ListItem, Missing
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.asking import Asking, missing, said
from answering.rules.stating import number_of, plain
from answering.rules.telling import one_of, tell
from domain.policy import FactKind
from language.script import fold


def of_a_neighbour(asking: Asking) -> Reply | None:
    """下一条, the previous measure: beside the one that was told."""
    step = asking.asks(Cue.AFTER) - asking.asks(Cue.BEFORE)
    if not step or len(asking.query.facts) != 1:
        return None
    doc = asking.index.by_reference.get(asking.query.facts[0])
    if doc is None:
        return None
    row = asking.entries(doc.found.policy, doc.found.kind)
    at = next((at for at, one in enumerate(row) if one.fact.id == doc.found.fact.id), -1) + step
    if not 0 <= at < len(row):
        return missing(asking, Missing.NUMBER, policy=doc.found.policy, kind=doc.found.kind)
    # WHEN and WHO were asked of the entry before.
    return tell(replace(asking, cues=asking.cues - {Cue.WHEN, Cue.WHO}), row[at])


def of_a_number(asking: Asking) -> Reply | None:
    """A clause, a heading or an entry by its number."""
    query = asking.query
    if query.clause:
        return _by_clause(asking, query.clause)
    if query.group:
        return _by_heading(asking, query.group)
    if query.number:
        return _by_number(asking, query.number)
    return _by_value(asking) if query.values and not query.segments and not asking.kinds else None


def _by_number(asking: Asking, number: str) -> Reply:
    """第5条: the entry so numbered, or the fifth where numbers restart under each heading."""
    kind = FactKind.TARGET if asking.kinds == {FactKind.TARGET} else FactKind.MEASURE
    found = [one for one in asking.all_of(kind) if number_of(one) == number]
    found = found or _in_order(asking, kind, int(number))
    return one_of(asking, found) if found else missing(asking, Missing.NUMBER, subject=number, kind=kind)


def _by_value(asking: Asking) -> Reply | None:
    """那600家说的是什么: the target with that figure."""
    targets = asking.all_of(FactKind.TARGET)
    found = [one for one in targets if getattr(one.fact, "value", None) in asking.query.values]
    return one_of(asking, found) if found else None


def _in_order(asking: Asking, kind: FactKind, number: int) -> list[Found]:
    if asking.only is None or kind is not FactKind.MEASURE:
        return []
    measures = asking.entries(asking.only, kind)
    restarts = len({number_of(one) for one in measures}) != len(measures)
    return [measures[number - 1]] if restarts and 1 <= number <= len(measures) else []


def _by_heading(asking: Asking, number: str) -> Reply:
    """第三大任务: the third heading; in a policy without headings the third measure."""
    found = [
        Found(policy=policy, kind=FactKind.GROUP if policy.groups else FactKind.MEASURE, fact=fact)
        for policy in asking.policies
        for fact in (policy.groups or policy.measures)
        if plain(fact.number) == number
    ]
    if not found:
        return missing(asking, Missing.NUMBER, subject=number, kind=FactKind.GROUP)
    return one_of(asking, found)


def _by_clause(asking: Asking, clause: str) -> Reply:
    """二(三)2: what stands there; several targets of one clause are told together."""
    found = _standing_in(asking, clause)
    if not found:
        return missing(asking, Missing.NUMBER, subject=clause)
    found = [one for one in found if fold(one.fact.passage.clause) == clause] or found
    figures = all(one.kind in {FactKind.TARGET, FactKind.GOAL} for one in found)
    if figures and len(found) > 1 and len({one.policy.id for one in found}) == 1:
        return said(asking, [ListItem(kind=FactKind.TARGET, policy=found[0].policy, found=tuple(found))])
    return one_of(asking, found)


def _standing_in(asking: Asking, clause: str) -> list[Found]:
    return [
        Found(policy=policy, kind=kind, fact=fact)
        for policy in asking.policies
        for kind, fact in policy.facts()
        if kind is not FactKind.DEPARTMENT and _fits(fold(fact.passage.clause), clause)
    ]


def _fits(held: str, asked: str) -> bool:
    """二(三)2 fits itself; (三)2 and (三) fit every clause that ends so."""
    return held == asked or (asked.startswith("(") and held.endswith(asked))
