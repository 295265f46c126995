"""All entries of a kind, listed or counted, in one policy or in each; which policies have none."""

from collections.abc import Iterable, Sequence
from typing import Final

from answering.answer import Aspect, FactItem, Found, Item, ListItem, Missing, MissingItem, PoliciesItem
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.asking import Asking, missing, said, which_policy
from answering.rules.hits import asks_who
from answering.rules.stating import due_of, is_a_body, is_in, is_sole
from answering.rules.telling import occurrences
from answering.search import good
from domain.policy import FactKind, Policy

# What a policy holds lists of; of several kinds named, the first here is the one listed: 各阶段的任务.
_LISTS: Final[tuple[FactKind, ...]] = (
    FactKind.STAGE,
    FactKind.SAFEGUARD,
    FactKind.BASIS,
    FactKind.EVENT,
    FactKind.DEPARTMENT,
    FactKind.GROUP,
    FactKind.MEASURE,
    FactKind.GOAL,
    FactKind.TARGET,
)
# With a year these are asked about by what is due then, as most state no date of their own.
_UNDATED: Final = frozenset({FactKind.MEASURE, FactKind.GROUP, FactKind.SAFEGUARD})
# Asked of these, 谁负责 lists the departments.
_IN_CHARGE_OF: Final = frozenset({None, FactKind.MEASURE, FactKind.GROUP, FactKind.TARGET, FactKind.GOAL})
_NONE_OF: Final = {FactKind.DEPARTMENT: Missing.DEPARTMENT, FactKind.STAGE: Missing.STAGE}


def of_entries(asking: Asking) -> Reply | None:
    """有哪些指标, 几个阶段, 哪些政策没有写部门."""
    kind = _kind(asking)
    if kind is None:
        return _policies_held(asking)
    if asking.query.spans and kind in _UNDATED and not _falls_in(asking, kind):
        return None
    if not asking.scope and asking.cues >= {Cue.WITHOUT, Cue.EVERYWHERE}:
        return _without(asking, kind)
    counted = asking.asks(Cue.COUNT, Cue.FIGURE) and not asking.asks(Cue.LIST)
    counted = counted or (asking.asks(Cue.COMPARE) and asking.only is None)
    if asking.asks(Cue.EVERYWHERE) or not asking.scope:
        return _everywhere(asking, kind, counted=counted)
    return _in_scope(asking, kind, counted=counted)


def _falls_in(asking: Asking, kind: FactKind) -> bool:
    """9月底前要完成哪些任务: whether one of them has a date of its own then."""
    return any(is_in(one, asking.query.spans) for one in asking.all_of(kind))


def of_sole_charge(asking: Asking) -> Reply | None:
    """哪条由一个部门单独负责."""
    asked = asking.asks(Cue.SOLE) and (asks_who(asking) or FactKind.MEASURE in asking.kinds)
    if not asked or (asking.query.segments and good(asking.ranked())):
        return None
    found = [one for one in asking.all_of(FactKind.MEASURE) if is_sole(one)]
    if not found:
        return missing(asking, Missing.DEPARTMENT)
    return said(asking, [FactItem(found=one, aspect=Aspect.WHO) for one in found])


def listed(
    asking: Asking, policy: Policy, kind: FactKind, *, counted: bool = False, brief: bool = False
) -> Item:
    """A policy's entries of a kind, those of the time asked for; or that it has none."""
    spans = asking.query.spans
    held = _held(asking, policy, kind, counted=counted)
    found = tuple(one for one in held if not spans or is_in(one, spans))
    if spans and not found:
        return MissingItem(reason=Missing.YEAR, subject=spans[0].label, policy=policy, kind=kind)
    if not found:
        return MissingItem(reason=_NONE_OF.get(kind, Missing.KIND), policy=policy, kind=kind)
    if kind is FactKind.EVENT and not counted and len(found) == 1:
        return occurrences(asking, found)[0]
    return ListItem(kind=kind, policy=policy, found=found, counted=counted, brief=brief)


def with_deadlines(asking: Asking, items: Sequence[Item]) -> list[Item]:
    """For 什么时候 and 还剩几天 of a whole list: one entry for each date in it."""
    if not asking.asks(Cue.WHEN) or (asking.query.spans and asking.asks(Cue.LIST, Cue.COUNT)):
        return list(items)  # 2023年底前到期的指标有哪几个 names the date itself
    told: list[Item] = []
    for item in items:
        told += [FactItem(found=one, aspect=Aspect.DEADLINE) for one in _first_of_each_date(item)] or [item]
    return told


def _first_of_each_date(item: Item) -> Iterable[Found]:
    dates: dict[str, Found] = {}
    for found in item.found if isinstance(item, ListItem) else ():
        if due := due_of(found):
            dates.setdefault(str(due), found)
    return dates.values()


def _kind(asking: Asking) -> FactKind | None:
    """The kind that is listed; 浙江谁负责 and 任务由谁负责 list the departments."""
    named = next((kind for kind in _LISTS if kind in asking.kinds), None)
    counts_others = named is not None and asking.asks(Cue.COMPARE, Cue.COUNT, Cue.FIGURE)  # 谁的举措多
    who = asking.scope and asking.asks(Cue.WHO) and not counts_others
    return FactKind.DEPARTMENT if who and named in _IN_CHARGE_OF else named


def _held(asking: Asking, policy: Policy, kind: FactKind, *, counted: bool) -> tuple[Found, ...]:
    """Targets are listed with the goals beside them, and departments are those named one by one."""
    found = asking.entries(policy, kind)
    if kind is FactKind.DEPARTMENT:
        return tuple(one for one in found if is_a_body(policy, one.fact.id))
    if kind is FactKind.TARGET and not counted:
        return found + asking.entries(policy, FactKind.GOAL)
    return found


def _in_scope(asking: Asking, kind: FactKind, *, counted: bool) -> Reply:
    """In each policy asked about; counted in one, every kind that was named."""
    named = [one for one in _LISTS if one in asking.kinds] if counted and asking.only else []
    kinds: list[FactKind] = named or [kind]
    brief = counted and len(asking.scope) * len(kinds) > 1
    items = [
        listed(asking, policy, one, counted=counted, brief=brief) for policy in asking.scope for one in kinds
    ]
    return said(asking, with_deadlines(asking, items))


def _everywhere(asking: Asking, kind: FactKind, *, counted: bool) -> Reply:
    """No policy named: what each holds, or the question which is meant."""
    holders = [policy for policy in asking.index.policies if asking.entries(policy, kind)]
    if not holders:
        return missing(asking, Missing.KIND, kind=kind)
    brief = counted and len(holders) > 1
    items = [listed(asking, policy, kind, counted=counted, brief=brief) for policy in holders]
    if asking.query.spans:
        held = [item for item in items if isinstance(item, ListItem)]
        return said(asking, with_deadlines(asking, held or items[:1]))
    of_all = asking.asks(Cue.EVERYWHERE, Cue.COUNT, Cue.COMPARE, Cue.POLICY)
    if of_all or kind is FactKind.EVENT or len(holders) == 1:
        return said(asking, items)
    return which_policy(asking, Aspect.LIST, kind=kind, policies=holders)


def _without(asking: Asking, kind: FactKind) -> Reply:
    """Which policies have none of a kind."""
    lacking = tuple(policy for policy in asking.index.policies if not asking.entries(policy, kind))
    if not lacking:
        return missing(asking, Missing.KIND, kind=kind)
    return said(asking, [PoliciesItem(policies=lacking)])


def _policies_held(asking: Asking) -> Reply | None:
    """有哪些政策, 几份文件."""
    if asking.scope:
        return None
    held = asking.index.policies
    if FactKind.POLICY in asking.kinds and not asking.query.spans:
        counted = asking.asks(Cue.COUNT, Cue.FIGURE)
        return said(asking, [PoliciesItem(policies=held, counted=counted)])
    return said(asking, [PoliciesItem(policies=held)]) if asking.asks(Cue.EVERYWHERE) else None
