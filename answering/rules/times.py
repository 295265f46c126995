"""Questions about a time and no subject: what is due in a year, what is ahead."""

from answering.answer import Aspect, FactItem, Item, ListItem, Missing
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.asking import MAX_CHOICES, Asking, missing, said
from answering.rules.entries import listed
from answering.rules.stating import due_of, is_in, occasion_of
from answering.rules.telling import occurrences
from domain.policy import FactKind


def of_what_is_ahead(asking: Asking) -> Reply | None:
    """接下来有什么截止: the next date that is set, and the yearly occasions as they come."""
    if not asking.asks(Cue.NEXT) or asking.query.segments:
        return None
    items: list[Item] = []
    if FactKind.EVENT not in asking.kinds:
        items += _next_due(asking)
    events = {occasion_of(one): one for one in asking.all_of(FactKind.EVENT)}
    coming = sorted(occurrences(asking, list(events.values())), key=lambda one: one.first)
    items += coming[:MAX_CHOICES]
    return said(asking, items) if items else None


def of_a_time(asking: Asking) -> Reply | None:
    """A time and nothing else: the stages under way and what is due then."""
    spans = asking.query.spans
    if not spans:
        return None
    items: list[Item] = []
    for policy in asking.policies:
        stages = [one for one in asking.entries(policy, FactKind.STAGE) if is_in(one, spans)]
        items += [FactItem(found=one, aspect=Aspect.DETAIL) for one in stages]
        targets = listed(asking, policy, FactKind.TARGET)
        items += [targets] if isinstance(targets, ListItem) else []
    return said(asking, items) if items else missing(asking, Missing.YEAR, subject=spans[0].label)


def _next_due(asking: Asking) -> list[ListItem]:
    """The target or goal with the nearest date to come."""
    dated = [*asking.all_of(FactKind.TARGET), *asking.all_of(FactKind.GOAL)]
    ahead = [(due, one) for one in dated if (due := due_of(one)) and due.day >= asking.today]
    if not ahead:
        return []
    _, found = min(ahead, key=lambda pair: pair[0])
    return [ListItem(kind=found.kind, policy=found.policy, found=(found,))]
