"""Questions about a policy as a whole, about what can be asked here, and about nothing at all."""

from answering.answer import Aspect, HelpItem, Missing, PolicyItem, Status
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.asking import Asking, missing, said, which_policy
from answering.rules.entries import listed, with_deadlines
from domain.policy import FactKind


def of_nothing(asking: Asking) -> Reply | None:
    """你能做什么, or a text in which nothing was recognised."""
    query = asking.query
    about = query.policies or query.segments or query.departments or query.facts or query.strangers
    if asking.asks(Cue.HELP) and not about:
        return Reply(Status.ANSWERED, (HelpItem(),))
    return missing(asking, Missing.UNCLEAR) if query.empty else None


def of_a_whole_policy(asking: Asking) -> Reply | None:
    """主要内容, or a policy named and nothing else; 什么时候截止 of it asks for all its dates."""
    if not asking.scope:
        return _which(asking)
    if asking.asks(Cue.WHEN):
        targets = [listed(asking, policy, FactKind.TARGET) for policy in asking.scope]
        return said(asking, with_deadlines(asking, targets))
    return said(asking, [PolicyItem(policy=policy, aspect=Aspect.OVERVIEW) for policy in asking.scope])


def _which(asking: Asking) -> Reply | None:
    if asking.asks(Cue.WHEN):
        return which_policy(asking, Aspect.DEADLINE)
    return which_policy(asking, Aspect.OVERVIEW) if asking.asks(Cue.OVERVIEW, Cue.NOW) else None
