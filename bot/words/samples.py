"""Samples: questions that the policies held can answer, each of another kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from answering.answer import Aspect, Reference
from bot.words.names import name, place, titled
from bot.words.translations import Translator
from domain.policy import FactKind, Policy, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A question in words, and the pointer to its answer."""

    text: str
    reference: Reference


def samples(policies: Sequence[Policy], t: Translator) -> tuple[Sample, ...]:
    """At most five, the most telling first, taken from the policies in turn."""
    found: list[Sample] = []
    for turn, ask in enumerate((_target, _departments, _stage, _event, _overview)):
        turned = [*policies[turn:], *policies[:turn]]
        found += [sample for policy in turned if (sample := ask(policy, t))][:1]
    return tuple(found)


def _target(policy: Policy, t: Translator) -> Sample | None:
    # The shortest stands on a button whole.
    for target in sorted(policy.targets, key=lambda target: len(name(target.metric, t)))[:1]:
        metric = name(target.metric, t)
        text = t.say("What is {place}'s target for {metric}?", place=place(policy, t), metric=metric)
        return _sample(text, policy, FactKind.TARGET, target.id, Aspect.FIGURE)
    return None


def _departments(policy: Policy, t: Translator) -> Sample | None:
    """A measure whose departments share it: the usual case."""
    for measure in sorted(policy.measures, key=lambda measure: len(name(measure.title, t))):
        if any(charge.role is Role.SHARED for charge in measure.charges):
            title = name(measure.title, t)
            text = t.say("Who is in charge of “{title}” in {place}?", title=title, place=place(policy, t))
            return _sample(text, policy, FactKind.MEASURE, measure.id, Aspect.WHO)
    return None


def _stage(policy: Policy, t: Translator) -> Sample | None:
    if not policy.stages:
        return None
    text = t.say("What stage is {place} in now?", place=place(policy, t))
    return _sample(text, policy, FactKind.STAGE, "", Aspect.NOW)


def _event(policy: Policy, t: Translator) -> Sample | None:
    for event in policy.events:
        text = t.say("When is the next {event}?", event=name(event.name, t))
        return _sample(text, policy, FactKind.EVENT, event.id, Aspect.DEADLINE)
    return None


def _overview(policy: Policy, t: Translator) -> Sample:
    text = t.say("What is in {title}?", title=titled(policy, t))
    return _sample(text, policy, FactKind.POLICY, "", Aspect.OVERVIEW)


def _sample(text: str, policy: Policy, kind: FactKind, fact_id: str, aspect: Aspect) -> Sample:
    return Sample(text=text, reference=Reference(policy=policy.id, kind=kind, id=fact_id, aspect=aspect))
