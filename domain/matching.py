"""Which entry of one text of a policy is which entry of another: told by name, by number, by figure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable
from typing import Any

from domain.policy import FactKind, Measure, Name, Policy, Target

FIELDS = {
    FactKind.TARGET: "targets",
    FactKind.GOAL: "goals",
    FactKind.GROUP: "groups",
    FactKind.MEASURE: "measures",
    FactKind.STAGE: "stages",
    FactKind.SAFEGUARD: "safeguards",
    FactKind.BASIS: "basis",
    FactKind.EVENT: "events",
    FactKind.DEPARTMENT: "departments",
}
COMPARED = tuple(kind for kind in FIELDS if kind not in (FactKind.GROUP, FactKind.DEPARTMENT))
"""The kinds that state something; groups and departments show in the measures they belong to."""

_NAMES = {
    FactKind.TARGET: "metric",
    FactKind.GOAL: "statement",
    FactKind.EVENT: "name",
    FactKind.STAGE: "name",
    FactKind.DEPARTMENT: "name",
}
_TELLING = 4  # letters, from which on a part of a name tells it: not 标准 of 国际标准


def of_kind(policy: Policy, kind: FactKind) -> tuple[Any, ...]:
    """All entries of a kind."""
    found: tuple[Any, ...] = getattr(policy, FIELDS[kind])
    return found


def name_field(kind: FactKind) -> str:
    """The field that holds an entry's name."""
    return _NAMES.get(kind, "title")


def matched(kind: FactKind, old: Policy, new: Policy, *, by_number: bool = True) -> dict[str, Any]:
    """The old entry of each new one that has one, by the new one's id.

    Measures are matched by number too, which tells only where both texts number alike.
    """
    found: dict[str, Any] = {}
    left, rest = list(of_kind(old, kind)), list(of_kind(new, kind))
    for key in _keys(kind, by_number=by_number):
        waiting: dict[Hashable, list[Any]] = defaultdict(list)
        for was in left:
            waiting[key(was, old)].append(was)
        for fact in rest:
            if same := waiting[key(fact, new)]:
                found[fact.id] = same.pop(0)
        left, rest = _unmatched(left, rest, found)
    for alike in _LIKENESSES.get(kind, ()):
        found |= _paired(left, rest, alike)
        left, rest = _unmatched(left, rest, found)
    return found


def _unmatched(left: list[Any], rest: list[Any], found: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    taken = {was.id for was in found.values()}
    return [was for was in left if was.id not in taken], [fact for fact in rest if fact.id not in found]


def _paired(left: list[Any], rest: list[Any], alike: Callable[[Any, Any], bool]) -> dict[str, Any]:
    """Those that are like one another and like no third."""
    likes = {fact.id: [was for was in left if alike(was, fact)] for fact in rest}
    often = Counter(was.id for found in likes.values() for was in found)
    return {at: found[0] for at, found in likes.items() if len(found) == 1 and often[found[0].id] == 1}


def _keys(kind: FactKind, *, by_number: bool) -> tuple[Callable[[Any, Policy], Hashable], ...]:
    """What tells an entry, the surest first."""
    name = name_field(kind)

    def named(fact: Any, _: Policy) -> Hashable:
        return key_of(getattr(fact, name))

    match kind:
        case FactKind.TARGET:
            return (
                lambda fact, _: (key_of(fact.metric), fact.due, fact.per),
                lambda fact, _: (key_of(fact.metric), _amount(fact)),
                named,
            )
        case FactKind.MEASURE if by_number:
            return named, lambda fact, policy: (_heading(fact, policy), fact.number)
        case _:
            return (named,)


def _heading(measure: Measure, policy: Policy) -> str:
    return next((key_of(group.title) for group in policy.groups if group.id == measure.group), "")


def _amount(target: Target) -> Hashable:
    return target.value, target.value_max, target.unit.zh


def _same_figure(one: Target, other: Target) -> bool:
    """贯标企业 1000家 is 企业贯标 1000家: the letters of the one are in the other."""
    if (_amount(one), one.due) != (_amount(other), other.due):
        return False
    short, long = sorted((key_of(one.metric), key_of(other.metric)), key=len)
    return len(short) >= _TELLING and not Counter(short) - Counter(long)


def _same_end(one: Target, other: Target) -> bool:
    """牵头制定国家标准 300项 is 国家标准 350项, said otherwise."""
    short, long = sorted((key_of(one.metric), key_of(other.metric)), key=len)
    return one.unit.zh == other.unit.zh and len(short) >= _TELLING and long.endswith(short)


def _part(one: Any, other: Any) -> bool:
    """A shorter text says half of a sentence."""
    short, long = sorted((key_of(one.statement), key_of(other.statement)), key=len)
    return len(short) >= _TELLING and short in long


_LIKENESSES: dict[FactKind, tuple[Callable[[Any, Any], bool], ...]] = {
    FactKind.TARGET: (_same_figure, _same_end),
    FactKind.GOAL: (_part,),
}


def key_of(name: Name) -> str:
    """The letters of a name that tell it from others."""
    return letters(name.zh).replace("的", "")  # 新增的标准 is 新增标准


def letters(text: str) -> str:
    """Without punctuation and spaces."""
    return "".join(char for char in text if char.isalnum())
