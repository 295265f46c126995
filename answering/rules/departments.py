"""Departments: what one is in charge of, whether it is in charge of a subject, what several share."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from answering.answer import Aspect, DutiesItem, FactItem, Found, ListItem, Missing, Reference
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.aptness import folded
from answering.rules.asking import MAX_CHOICES, Asking, missing, said, which
from answering.rules.hits import CHARGED
from answering.rules.stating import charged
from answering.rules.telling import one_of
from answering.search import equals, good, rank
from domain.policy import Charge, Department, FactKind, Measure, Policy, Role

_LEVEL: Final = re.compile("^(?:自治区|[省市区县])|[省市区县]$")
# Who answers for it alone leads it.
_ROLES: Final[Mapping[Role | None, frozenset[Role]]] = {
    Role.LEAD: frozenset({Role.LEAD, Role.SOLE}),
    Role.COOPERATING: frozenset({Role.COOPERATING}),
    None: frozenset(Role),
}
# (policy, department), by their ids
Pair = tuple[str, str]


def of_a_department(asking: Asking) -> Reply | None:
    """科技局负责什么, 科技局负责碳达峰吗, 水利局和气象局一起负责哪条."""
    if not asking.query.departments:
        return _of_an_unknown_office(asking)
    pairs = [
        pair for pair in asking.query.departments if not asking.scope or pair[0] in asking.query.policies
    ]
    if not pairs and not asking.query.inherited:
        return missing(asking, Missing.TOPIC, subject=_name(asking))
    pairs = pairs or list(asking.query.departments)
    if asking.query.segments:
        in_charge = _in_charge(asking, pairs)
        if in_charge is not None or not asking.asks(Cue.DUTY, Cue.MEASURE, Cue.WHO):
            return in_charge
    return _shared(asking, pairs) or _duties(asking, pairs)


def _of_an_unknown_office(asking: Asking) -> Reply | None:
    """自治区财政厅负责什么, where it is in charge of nothing: what speaks of it, and no more."""
    office = asking.query.office
    if asking.only is None or office is None or asking.asks(Cue.WHO):
        return None
    bare = _LEVEL.sub("", office.removeprefix(_LEVEL.sub("", asking.only.region.zh)))
    about = [
        found
        for kind in (FactKind.MEASURE, FactKind.SAFEGUARD)
        for found in asking.entries(asking.only, kind)
        if bare in folded(found.fact.passage.quote or "")
    ]
    return one_of(asking, about) if about else missing(asking, Missing.TOPIC, subject=office)


def of_the_busiest(asking: Asking) -> Reply | None:
    """哪个部门任务最多: counted from the charges."""
    if not asking.asks(Cue.COMPARE) or not (FactKind.DEPARTMENT in asking.kinds or asking.asks(Cue.WHO)):
        return None
    if asking.query.departments or asking.query.segments or len(asking.query.policies) > 1:
        return None
    duties = [_duties_of(asking, policy, one) for policy in asking.policies for one in policy.departments]
    most = max((len(one.measures) for one in duties), default=0)
    busiest = [one for one in duties if len(one.measures) == most]
    return said(asking, busiest[:MAX_CHOICES]) if busiest else None


def _in_charge(asking: Asking, pairs: Sequence[Pair]) -> Reply | None:
    """Whether a department is in charge of a subject: 科技局负责碳达峰吗."""
    policies = {policy for policy, _ in pairs}
    hits = equals(good(rank(asking.index, asking.query.segments, policies=policies, kinds=CHARGED)))
    measures = [hit.doc.found for hit in hits if isinstance(hit.doc.found.fact, Measure)]
    if not measures:
        return None
    theirs = [one for one in measures if charged(one) & {department for _, department in pairs}]
    told = measures if len(measures) == 1 else theirs or measures[:1]
    return said(
        asking,
        [FactItem(found=one, aspect=Aspect.WHO, asked=_asked(one, pairs)) for one in told[:MAX_CHOICES]],
    )


def _asked(found: Found, pairs: Sequence[Pair]) -> Department | None:
    """The department of that policy that was asked about."""
    departments = found.policy.departments
    return next((one for one in departments if (found.policy.id, one.id) in pairs), None)


def _shared(asking: Asking, pairs: Sequence[Pair]) -> Reply | None:
    """What several departments of one policy are in charge of together: 水利局和气象局一起负责哪条."""
    if not asking.asks(Cue.TOGETHER) or len(pairs) < 2 or len({policy for policy, _ in pairs}) > 1:
        return None
    policy = asking.index.by_id[pairs[0][0]]
    ids = {department for _, department in pairs}
    found = tuple(one for one in asking.entries(policy, FactKind.MEASURE) if ids <= charged(one))
    if not found:
        return None
    names = "、".join(one.name.zh for one in policy.departments if one.id in ids)
    return said(asking, [ListItem(kind=FactKind.MEASURE, policy=policy, found=found, heading=names)])


def _duties(asking: Asking, pairs: Sequence[Pair]) -> Reply:
    """What each of them is in charge of, or which one is meant."""
    if len(pairs) > MAX_CHOICES or (len({policy for policy, _ in pairs}) > 1 and not asking.scope):
        choices = [Reference(policy=policy, kind=FactKind.DEPARTMENT, id=one) for policy, one in pairs]
        return which(asking, choices, subject=asking.query.subject)
    duties = [_duties_of(asking, *_held(asking, pair)) for pair in pairs]
    measures = [one for duty in duties for one in duty.measures]
    if asking.asks(Cue.WHEN) and len(duties) == len(measures) == 1:  # 管哪个任务，几时交
        found = Found(policy=duties[0].policy, kind=FactKind.MEASURE, fact=measures[0])
        return said(asking, [FactItem(found=found, aspect=Aspect.DETAIL)])
    return said(asking, duties)


def _duties_of(asking: Asking, policy: Policy, department: Department) -> DutiesItem:
    measures = asking.index.duties.get((policy.id, department.id), ())
    roles = _ROLES[asking.query.role]
    theirs = tuple(
        one for one in measures if any(_is_charged(department, roles, charge) for charge in one.charges)
    )
    return DutiesItem(policy=policy, department=department, measures=theirs or measures)


def _is_charged(department: Department, roles: frozenset[Role], charge: Charge) -> bool:
    return charge.department == department.id and charge.role in roles


def _held(asking: Asking, pair: Pair) -> tuple[Policy, Department]:
    policy = asking.index.by_id[pair[0]]
    return policy, next(one for one in policy.departments if one.id == pair[1])


def _name(asking: Asking) -> str:
    return _held(asking, asking.query.departments[0])[1].name.zh
