"""Who issued a policy, and when."""

from answering.answer import Aspect, Item, Missing, MissingItem, PolicyItem
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.asking import Asking, said, which_policy
from answering.search import good
from domain.policy import FactKind, Policy


def of_publication(asking: Asking) -> Reply | None:
    """谁印发的, 哪年发布的; 依据什么印发 asks for the basis."""
    wanted = _wanted(asking)
    if not wanted or FactKind.BASIS in asking.kinds:
        return None
    if asking.query.segments and good(asking.ranked()):
        return None
    if not asking.scope:
        return which_policy(asking, Aspect.ISSUER)
    return said(asking, [_stated(policy, aspect) for policy in asking.scope for aspect in wanted])


def _wanted(asking: Asking) -> list[Aspect]:
    """The issuer, the date of issue, or both."""
    if not asking.asks(Cue.ISSUER, Cue.ISSUED, Cue.PUBLISH):
        return []
    by_name = {Cue.ISSUER: Aspect.ISSUER, Cue.ISSUED: Aspect.ISSUED}
    by_verb = {Cue.WHO: Aspect.ISSUER, Cue.WHEN: Aspect.ISSUED}
    wanted = [aspect for cue, aspect in by_name.items() if asking.asks(cue)]
    if wanted == [Aspect.ISSUER] and asking.asks(Cue.WHEN):
        return [*wanted, Aspect.ISSUED]  # 谁发布的，哪年
    if wanted or not asking.asks(Cue.PUBLISH):
        return wanted
    wanted = [aspect for cue, aspect in by_verb.items() if asking.asks(cue)]
    if wanted or asking.query.segments:
        return wanted
    return [Aspect.ISSUER, Aspect.ISSUED]


def _stated(policy: Policy, aspect: Aspect) -> Item:
    by_issuer = aspect is Aspect.ISSUER
    if policy.issuer if by_issuer else policy.issued:
        return PolicyItem(policy=policy, aspect=aspect)
    return MissingItem(reason=Missing.ISSUER if by_issuer else Missing.ISSUED, policy=policy)
