"""Words about a text that was read: what it holds, what is doubtful, why it could not be read."""

from collections.abc import Iterable, Sequence

from bot.words.dates import named, period, when
from bot.words.figures import figure
from bot.words.marks import bold, clean, shorten
from bot.words.names import fact_name, joined, name
from bot.words.translations import N_, NN_, Translator
from domain.errors import Unreadable
from domain.policy import AnyFact, Goal, Measure, Policy, Stage, Target, YearlyEvent
from domain.revisions import contradictions

_QUOTE = 120
_NAMED = 3  # of several things, before "and more"
_UNDATED = NN_("{n} target without a date: {names}", "{n} targets without a date: {names}")
_UNREAD = NN_("{n} place not read: {names}", "{n} places not read: {names}")

REFUSALS = {
    Unreadable.EMPTY: N_("There is nothing in this file."),
    Unreadable.NO_TEXT: N_("This file holds pictures only, no text: a scan can't be read."),
    Unreadable.BINARY: N_("This is neither text nor a document that I know."),
    Unreadable.UNKNOWN_FORMAT: N_("I do not read this format. Send docx, pdf, HTML or text."),
    Unreadable.ENCRYPTED: N_("This file is locked with a password. Send it without one."),
    Unreadable.BROKEN: N_("This file is damaged, or not whole. Send it again."),
    Unreadable.TOO_LARGE: N_("This file is too large to be read."),
    Unreadable.TOO_LONG: N_("This text is too long to be read."),
    Unreadable.OVERBLOWN: N_("This file unpacks to far more than it seems, so I did not open it."),
    Unreadable.TOO_SLOW: N_("Reading this file takes too long; I stopped."),
    Unreadable.TOO_HEAVY: N_("Reading this file takes too much memory; I stopped."),
}


def unread_lines(unread: Iterable[tuple[str, str]], t: Translator) -> list[str]:
    """What could not be read: each quotation, and why (in the text's own language)."""
    lines = [f"• “{shorten(clean(quote), _QUOTE)}”: {clean(reason)}" for quote, reason in unread]
    return [bold(t.say("Could not be read:")), *lines] if lines else []


def entry_line(fact: AnyFact, policy: Policy, t: Translator) -> str:
    """An entry in a line: name, figure, date, departments."""
    said = shorten(fact_name(fact, t), _QUOTE)
    match fact:
        case Target():
            words = t.say("{subject}: {words}", subject=said, words=figure(fact, t))
            return f"{words} · {when(fact.due, t) if fact.due else '⚠️ ' + t.say('no date')}"
        case Stage():
            return t.say("{subject}: {words}", subject=said, words=period(fact.start, fact.end, t))
        case Measure():
            names = {one.id: name(one.name, t) for one in policy.departments}
            parts = [said]
            if fact.charges:
                parts.append("👥 " + joined([names[charge.department] for charge in fact.charges], t))
            return " · ".join([*parts, *([when(fact.due, t)] if fact.due else [])])
        case Goal():
            return f"{said} · {when(fact.due, t)}" if fact.due else said
        case YearlyEvent():
            return f"{said} · {fact.yearly}"
        case _:
            return said


def frame_lines(policy: Policy, t: Translator) -> list[str]:
    """Region, issuer and period."""
    issuer = name(policy.issuer.name, t) if policy.issuer else t.say("not stated in the text")
    lines = [
        t.say("Region: {words}", words=shorten(name(policy.region, t), _QUOTE)),
        t.say("Issued by: {words}", words=shorten(issuer, _QUOTE)),
    ]
    if policy.issued:
        lines.append(t.say("Issued: {words}", words=named(policy.issued, t)))
    if policy.end:
        lines.append(period_line(policy, t))
    return lines


def period_line(policy: Policy, t: Translator) -> str:
    """The time that a policy is for."""
    if policy.start and policy.end:
        return t.say("Period: {words}", words=period(policy.start, policy.end, t))
    if policy.end:
        return t.say("Period: {words}", words=when(policy.end, t))
    return t.say("Period: {words}", words=t.say("not stated in the text"))


def doubt_lines(
    policy: Policy, unread: Sequence[tuple[str, str]], t: Translator, *, titled: bool, placed: bool
) -> list[str]:
    """What a person should look at first; empty where nothing is doubtful."""
    lines = [] if titled else [t.say("I found no title. Without one it can't be published.")]
    lines += [] if placed else [t.say("I found no region.")]
    lines += [] if policy.end else [t.say("I found no period.")]
    if undated := [fact_name(one, t) for one in policy.targets if one.due is None and one.per is None]:
        n, names = len(undated), _some(undated, t)
        lines.append(
            t.say_n(
                "{n} target without a date: {names}", "{n} targets without a date: {names}", n, names=names
            )
        )
    for targets in contradictions(policy)[:_NAMED]:
        figures = " / ".join(dict.fromkeys(figure(one, t) for one in targets))
        subject = shorten(fact_name(targets[0], t), _QUOTE)
        lines.append(
            t.say("The text contradicts itself: {subject}: {figures}", subject=subject, figures=figures)
        )
    if unread:
        n, quotes = len(unread), [f"“{shorten(quote, 40)}”" for quote, _ in unread]
        lines.append(
            t.say_n("{n} place not read: {names}", "{n} places not read: {names}", n, names=_some(quotes, t))
        )
    return [f"⚠️ {line}" for line in lines]


def _some(words: Sequence[str], t: Translator) -> str:
    shown = joined([shorten(one, 40) for one in words[:_NAMED]], t)
    return shown if len(words) <= _NAMED else shown + "…"
