"""One subject in several policies, side by side."""

from collections.abc import Mapping
from datetime import date

from answering.answer import Aspect, ComparisonItem, FactItem, Found, ListItem, Missing, MissingItem
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.aptness import apt, aptest
from answering.rules.asking import Asking, said
from answering.rules.hits import asks_who, wanted_kinds
from answering.rules.nothing import nothing_fits
from answering.rules.other_words import in_other_words
from answering.rules.passages import told_in_words
from answering.rules.stating import charged, is_in
from answering.rules.telling import tell
from answering.search import Hit, equals, good, rank
from answering.units import MONEY
from domain.policy import Policy, Target


def compares(asking: Asking) -> bool:
    """Whether several policies are asked about: 浙江和广东, 各地, 哪个多."""
    if len(asking.query.policies) > 1 or asking.asks(Cue.EVERYWHERE):
        return True
    return asking.asks(Cue.COMPARE) and not asking.query.inherited and not asking.scope


def compare(asking: Asking) -> Reply:
    """The figures where one of them sets one, else what each of them holds."""
    policies = asking.scope if len(asking.scope) > 1 else asking.index.policies
    best = {policy.id: _best(asking, policy) for policy in policies}
    targets = {policy: _target(asking, hits) for policy, hits in best.items()}
    if asking.query.unit and not any(targets.values()):
        best = {policy.id: in_other_words(asking, policy) for policy in policies}
        targets = {policy: _target(asking, hits) for policy, hits in best.items()}
    if asking.query.unit == MONEY:
        told = [found for policy in policies if (found := told_in_words(asking, policy))]
        if told:
            return said(asking, [FactItem(found=found, aspect=Aspect.DETAIL) for found in told])
    if any(targets.values()) and not asks_who(asking):
        rows = tuple((policy, targets[policy.id]) for policy in policies)
        return said(asking, [ComparisonItem(subject=asking.query.subject, rows=rows)])
    return _entries(asking, best)


def _entries(asking: Asking, best: Mapping[str, list[Hit]]) -> Reply:
    found = tuple(hits[0].doc.found for hits in best.values() if hits)
    if not found:
        return nothing_fits(asking)
    if len(found) == 1:
        return tell(asking, found[0])
    if asks_who(asking):
        return _in_charge(asking, found)
    heading = asking.query.subject
    return said(asking, [ListItem(kind=found[0].kind, policy=None, found=found, heading=heading)])


def _in_charge(asking: Asking, found: tuple[Found, ...]) -> Reply:
    told = [FactItem(found=one, aspect=Aspect.WHO) for one in found if charged(one)]
    if told:
        return said(asking, told)
    reason, first = Missing.DEPARTMENT, found[0]
    nobody = MissingItem(reason=reason, subject=asking.query.subject, policy=first.policy, found=first)
    return said(asking, [nobody])


def _best(asking: Asking, policy: Policy) -> list[Hit]:
    kinds = wanted_kinds(asking)
    segments = asking.query.segments
    hits = good(rank(asking.index, segments, policies=(policy.id,), kinds=kinds))
    return aptest(segments, equals(apt(asking.query, hits)))


def _target(asking: Asking, hits: list[Hit]) -> Target | None:
    """Of several for several years the one for the year asked about, else the last."""
    within = [hit for hit in hits if is_in(hit.doc.found, asking.query.spans)]
    facts = [hit.doc.found.fact for hit in within or hits]
    targets = [fact for fact in facts if isinstance(fact, Target)]
    return max(targets, key=lambda one: one.due.day if one.due else date.min, default=None)
