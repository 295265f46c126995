"""One fact, told as it was asked for: its figure, its date, those in charge, or that it states none."""

from collections.abc import Sequence
from datetime import date

from answering.answer import Aspect, EventItem, FactItem, Found, ListItem, Missing, MissingItem
from answering.cues import Cue
from answering.naming import name_of
from answering.reply import Reply
from answering.rules.asking import Asking, missing, said, which
from answering.rules.passages import has_a_date_for_it
from answering.rules.stating import charged, due_of
from domain.policy import FactKind, Group, Measure, YearlyEvent

# Entries that a figure, a date or a department can be asked of.
_STATING = frozenset({FactKind.TARGET, FactKind.GOAL, FactKind.MEASURE, FactKind.GROUP})
# Those of them with a date, where the text sets one.
_DATED = frozenset({FactKind.TARGET, FactKind.GOAL, FactKind.MEASURE})


def one_of(asking: Asking, found: Sequence[Found]) -> Reply:
    """The one that fits, all that have one name (24年和26年分别多少), or the question which of them."""
    if len(found) == 1:
        return tell(asking, found[0])
    several = len({one.policy.id for one in found}) > 1
    if not several and len({name_of(one.fact).zh for one in found}) == 1:
        return said(asking, [item for one in sorted(found, key=_when) for item in tell(asking, one).items])
    return which(
        asking,
        [one.reference(aspect_of(asking, one)) for one in found],
        subject=asking.query.subject,
        policy=None if several else found[0].policy,
    )


def tell(asking: Asking, found: Found) -> Reply:
    """One fact, with what was asked of it first."""
    if isinstance(found.fact, YearlyEvent):
        return said(asking, occurrences(asking, [found]))
    if isinstance(found.fact, Group):
        return heading(asking, found, found.fact)
    aspect = aspect_of(asking, found)
    if aspect is Aspect.WHO and asking.asks(Cue.WHEN) and found.kind is FactKind.MEASURE:
        return _who_and_when(asking, found)
    if aspect is Aspect.WHO and not charged(found):
        return _states_no(asking, Missing.DEPARTMENT, found)
    if aspect is Aspect.DEADLINE and found.kind is FactKind.MEASURE and has_a_date_for_it(asking, found):
        return said(asking, [FactItem(found=found, aspect=Aspect.DETAIL)])
    if aspect is Aspect.DEADLINE and found.kind in _DATED and due_of(found) is None:
        return _states_no(asking, Missing.DEADLINE, found)
    return said(asking, [FactItem(found=found, aspect=aspect)])


def aspect_of(asking: Asking, found: Found) -> Aspect:
    """What is asked of this fact."""
    if found.kind not in _STATING:
        dated = found.kind is FactKind.STAGE and asking.asks(Cue.WHEN)
        return Aspect.DEADLINE if dated else Aspect.DETAIL
    if found.kind is FactKind.TARGET and asking.asks(Cue.FIGURE):
        return Aspect.FIGURE
    if asking.asks(Cue.WHO) or FactKind.DEPARTMENT in asking.kinds:
        return Aspect.WHO
    if asking.asks(Cue.WHEN) and not asking.asks(Cue.FIGURE):
        return Aspect.DEADLINE
    return Aspect.FIGURE if found.kind is FactKind.TARGET else Aspect.DETAIL


def heading(asking: Asking, found: Found, group: Group) -> Reply:
    """A heading: its measures, with those in charge where that was asked."""
    under = tuple(one for one in asking.entries(found.policy, FactKind.MEASURE) if _is_under(one, group))
    if aspect_of(asking, found) is Aspect.WHO:
        told = [FactItem(found=one, aspect=Aspect.WHO) for one in under if charged(one)]
        return said(asking, told) if told else _states_no(asking, Missing.DEPARTMENT, found)
    counted = asking.asks(Cue.COUNT, Cue.FIGURE)
    return said(
        asking,
        [
            ListItem(
                kind=FactKind.MEASURE,
                policy=found.policy,
                found=under,
                counted=counted,
                heading=group.title.zh,
            )
        ],
    )


def occurrences(asking: Asking, events: Sequence[Found], also: Sequence[Found] = ()) -> list[EventItem]:
    """Yearly occasions, each with the time it comes next; `also` are the entries of other policies for it."""
    items = []
    for found in events:
        if isinstance(found.fact, YearlyEvent):
            first, last = found.fact.yearly.next_from(asking.today)
            item = EventItem(policy=found.policy, event=found.fact, first=first, last=last, also=tuple(also))
            items.append(item)
    return items


def _when(found: Found) -> date:
    due = due_of(found)
    return due.day if due else date.max


def _who_and_when(asking: Asking, found: Found) -> Reply:
    """谁牵头，几时完成: both where the text states both, else the one and that the other is missing."""
    stated = {Aspect.WHO: bool(charged(found)), Aspect.DEADLINE: due_of(found) is not None}
    if all(stated.values()):
        return said(asking, [FactItem(found=found, aspect=Aspect.DETAIL)])
    reasons = {Aspect.WHO: Missing.DEPARTMENT, Aspect.DEADLINE: Missing.DEADLINE}
    told = [FactItem(found=found, aspect=aspect) for aspect, there in stated.items() if there]
    lacking = [
        MissingItem(reason=reasons[aspect], subject=asking.query.subject, policy=found.policy, found=found)
        for aspect, there in stated.items()
        if not there
    ]
    return said(asking, [*told, *lacking])


def _is_under(found: Found, group: Group) -> bool:
    return isinstance(found.fact, Measure) and found.fact.group == group.id


def _states_no(asking: Asking, reason: Missing, found: Found) -> Reply:
    return missing(asking, reason, subject=asking.query.subject, policy=found.policy, found=found)
