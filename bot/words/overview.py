"""A policy as a whole: what it holds, who issued it, when."""

from datetime import date

from answering.answer import Aspect, PolicyItem
from bot.words.dates import named, period, until, when
from bot.words.lists import counted
from bot.words.marks import bold
from bot.words.names import capital, joined, name, place, policy_name, titled
from bot.words.translations import Translator
from domain.policy import Department, FactKind, Policy, Role


def policy_lines(item: PolicyItem, today: date, t: Translator) -> list[str]:
    """The overview of a policy, or its issuer or year of issue first."""
    policy = item.policy
    match item.aspect:
        case Aspect.ISSUER:
            return [bold(capital(_issuer(policy, t))), titled(policy, t)]
        case Aspect.ISSUED:
            return [bold(capital(_issued(policy, t))), titled(policy, t)]
        case Aspect.DEADLINE if policy.end:
            return [bold(capital(until(policy.end, today, t))), titled(policy, t)]
        case _:
            return _overview(policy, t)


def _overview(policy: Policy, t: Translator) -> list[str]:
    lines = [bold(policy_name(policy, t))]
    if policy.summary:
        lines.append(name(policy.summary, t))
    lines += [
        t.say("Region: {words}", words=place(policy, t)),
        t.say("Issued by: {words}", words=_issuer(policy, t)),
        t.say("Issued: {words}", words=_issued(policy, t)),
    ]
    if span := _span(policy, t):
        lines.append(t.say("Period: {words}", words=span))
    holds = [
        counted(kind, len(facts), t)
        for kind, facts in (
            (FactKind.TARGET, policy.targets),
            (FactKind.GOAL, policy.goals),
            (FactKind.MEASURE, policy.measures),
            (FactKind.STAGE, policy.stages),
            (FactKind.DEPARTMENT, _named_departments(policy)),
            (FactKind.SAFEGUARD, policy.safeguards),
        )
        if facts
    ]
    if holds:
        lines.append(t.say("Holds: {words}", words=joined(holds, t)))
    return lines + (
        [t.say("First goal: {words}", words=name(policy.goals[0].statement, t))] if policy.goals else []
    )


def _issuer(policy: Policy, t: Translator) -> str:
    return name(policy.issuer.name, t) if policy.issuer else t.say("not stated in the text")


def _issued(policy: Policy, t: Translator) -> str:
    return named(policy.issued, t) if policy.issued else t.say("not stated in the text")


def _named_departments(policy: Policy) -> list[Department]:
    """Without those that stand for many: 各部门 and 各镇街 are nobody's name."""
    all_of = {
        charge.department
        for measure in policy.measures
        for charge in measure.charges
        if charge.role in (Role.COLLECTIVE, Role.IMPLEMENTING)
    }
    return [department for department in policy.departments if department.id not in all_of]


def _span(policy: Policy, t: Translator) -> str:
    if policy.start and policy.end:
        return period(policy.start, policy.end, t)
    return when(policy.end, t) if policy.end else ""
