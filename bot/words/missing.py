"""What is not there, what is asked back, and what can be asked at all."""

from answering.answer import Answer, ClarifyItem, Missing, MissingItem
from bot.words.labels import Holdings, labels
from bot.words.marks import shorten
from bot.words.names import KINDS, fact_name, joined, name, place, titled
from bot.words.samples import samples
from bot.words.translations import N_, Translator
from domain.policy import FactKind, Policy

SUBJECT_LIMIT = 60

_REASONS = {
    Missing.PLACE: N_("No policy of {what} is held here."),
    Missing.TARGET: N_("There is no numeric target for {what} in {where}."),
    Missing.TOPIC: N_("There is nothing about {what} in {where}."),
    Missing.YEAR: N_("There is nothing for {what} in {where}."),
    Missing.DEPARTMENT: N_("No department in charge is named for {what} in {where}."),
    Missing.DEADLINE: N_("No date is set for {what} in {where}."),
    Missing.PROGRESS: N_("Nobody has reported any progress on {what}."),
    Missing.STAGE: N_("There is no such stage as {what} in {where}."),
    Missing.NUMBER: N_("There is no entry numbered {what} in {where}."),
    Missing.EVENT: N_("There is no such yearly occasion as {what} in {where}."),
    Missing.KIND: N_("There are no {kind} in {where}."),
    Missing.ISSUER: N_("The text does not say who issued {where}."),
    Missing.ISSUED: N_("The text does not say when {where} was issued."),
    Missing.UNCLEAR: N_("That question was not understood. Try naming a place and a subject."),
}


def missing_lines(item: MissingItem, answer: Answer, library: Holdings, t: Translator) -> list[str]:
    """Plainly what is not there, then the names of what is near, never their figures."""
    lines = [_reason(item, t)]
    if item.reason is Missing.PROGRESS:
        lines.append(t.say("A policy holds targets, not how far they have come."))
    if item.reason is Missing.DEPARTMENT and item.policy and not item.policy.departments:
        lines.append(t.say("The whole text names no department."))
    if item.reason is Missing.UNCLEAR:
        return [
            *lines,
            t.say("For example:"),
            *(f"• {sample.text}" for sample in samples(library.policies, t)[:3]),
        ]
    near = [f"{place(found.policy, t)} · {fact_name(found.fact, t)}" for found in item.nearest]
    if near:
        lines += [t.say("Nearest to it:"), *(f"• {one}" for one in near)]
    elif not item.found and (offered := labels(answer.choices, library, t, columns=80)):
        lines += [t.say("What can be asked instead:"), *(f"• {one}" for one in offered)]
    return lines


def clarify_lines(item: ClarifyItem, answer: Answer, library: Holdings, t: Translator) -> list[str]:
    """The question back, with the choices that the buttons offer."""
    values = {"what": _quoted(item.subject, t), "where": _where(item.policy, t)}
    if item.by_policy and not item.subject:
        lead = t.say("Which policy is meant?")
    elif item.by_policy:
        lead = t.say("Several policies speak of {what}. Which one is meant?", **values)
    elif item.policy:
        lead = t.say("Several things in {where} fit {what}. Which one is meant?", **values)
    else:
        lead = t.say("Several things fit {what}. Which one is meant?", **values)
    return [lead, *(f"• {one}" for one in labels(answer.choices, library, t, columns=80))]


def help_lines(library: Holdings, t: Translator) -> list[str]:
    """What can be asked, with samples."""
    return [
        t.say(
            "Ask about the standardisation policies held here: figures, deadlines, measures, departments"
            " in charge, stages, yearly occasions, comparisons, lists and counts."
        ),
        t.say("Every answer names its source; what a text does not say is answered so."),
        t.say("For example:"),
        *(f"• {sample.text}" for sample in samples(library.policies, t)),
    ]


def _reason(item: MissingItem, t: Translator) -> str:
    if item.reason is Missing.STAGE and item.policy:
        return _stages(item.policy, item.subject, t)
    policy = item.policy or (item.found.policy if item.found else None)
    subject = fact_name(item.found.fact, t) if item.found else item.subject
    return t.say(
        _REASONS[item.reason],
        what=_quoted(subject, t),
        where=_where(policy, t),
        kind=t.say(KINDS[item.kind or FactKind.TARGET]),
    )


def _stages(policy: Policy, subject: str, t: Translator) -> str:
    where = titled(policy, t)
    if not policy.stages:
        return t.say("{policy} sets out no stages.", policy=where)
    names = joined([name(stage.name, t) for stage in policy.stages], t)
    what = t.say("stage {n}", n=subject) if subject.isdecimal() else _quoted(subject, t)
    return t.say(
        "There is no such stage as {what} in {where}; it has {names}.", what=what, where=where, names=names
    )


def _quoted(subject: str, t: Translator) -> str:
    words = shorten(subject, SUBJECT_LIMIT)
    return t.say("“{words}”", words=words) if words else t.say("what was asked")


def _where(policy: Policy | None, t: Translator) -> str:
    return titled(policy, t) if policy else t.say("the policies held here")
