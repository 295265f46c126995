"""Stages: the one of a number, the one under way, those of a time."""

from answering.answer import Aspect, FactItem, Found, Missing, NowItem
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.asking import Asking, missing, said
from answering.rules.stating import is_in
from answering.rules.telling import one_of
from answering.search import good
from domain.policy import FactKind, Policy


def of_a_stage(asking: Asking) -> Reply | None:
    """第二阶段, 现在到哪个阶段, 2024年是什么阶段; a stage asked for by its name is a subject."""
    if FactKind.STAGE not in asking.kinds:
        return None
    told_apart = asking.query.ordinal is not None or asking.asks(Cue.NOW)
    if not told_apart and asking.query.segments and good(asking.ranked((FactKind.STAGE,))):
        return None
    policies = asking.scope or tuple(policy for policy in asking.index.policies if policy.stages)
    if not any(policy.stages for policy in policies):
        return missing(asking, Missing.STAGE, kind=FactKind.STAGE)
    if asking.query.ordinal is not None:
        return _by_ordinal(asking, asking.query.ordinal)
    if asking.asks(Cue.NOW):
        return said(asking, [_now(asking, policy) for policy in policies])
    return _in_time(asking) if asking.query.spans else None


def _by_ordinal(asking: Asking, ordinal: int) -> Reply:
    rows = [asking.entries(policy, FactKind.STAGE) for policy in asking.policies]
    found = [one for row in rows for one in _nth(row, ordinal)]
    if not found:
        return missing(asking, Missing.STAGE, subject=str(ordinal), kind=FactKind.STAGE)
    return one_of(asking, found)


def _nth(stages: tuple[Found, ...], ordinal: int) -> tuple[Found, ...]:
    """The first is 1, the last -1; nothing where there is no such stage."""
    at = ordinal - 1 if ordinal > 0 else len(stages) + ordinal
    return stages[at : at + 1] if ordinal and at >= 0 else ()


def _in_time(asking: Asking) -> Reply:
    spans = asking.query.spans
    found = [one for one in asking.all_of(FactKind.STAGE) if is_in(one, spans)]
    if not found:
        return missing(asking, Missing.YEAR, subject=spans[0].label, kind=FactKind.STAGE)
    if len({one.policy.id for one in found}) > 1 and not asking.scope:
        return one_of(asking, found)
    return said(asking, [FactItem(found=one, aspect=Aspect.DETAIL) for one in found])


def _now(asking: Asking, policy: Policy) -> NowItem:
    today, stages = asking.today, policy.stages
    current = next((one for one in stages if one.start.first_day <= today <= one.end.day), None)
    upcoming = next((one for one in stages if one.start.first_day > today), None)
    return NowItem(policy=policy, current=current, upcoming=upcoming)
