"""One fact told: its own words, and before them what was asked of it (until when, who, how far)."""

from datetime import date

from answering.answer import Aspect, FactItem, Found
from bot.words.charges import who
from bot.words.dates import day, until
from bot.words.figures import figure
from bot.words.marks import bold, quote, shorten
from bot.words.names import capital, fact_name, in_brackets, name, numbered, place, term
from bot.words.occasions import next_occasion
from bot.words.phases import stage_lines
from bot.words.translations import Translator
from domain.policy import (
    Basis,
    Department,
    Goal,
    Group,
    Measure,
    Policy,
    Safeguard,
    Stage,
    Target,
    YearlyEvent,
)
from domain.timeline import Deadline, Precision

# Telegram folds a quotation by itself; this keeps a hostile document from filling ten messages.
QUOTE_LIMIT = 1500


def fact_lines(item: FactItem, today: date, t: Translator) -> list[str]:
    """The lines of one fact."""
    found = item.found
    match item.aspect:
        case Aspect.DEADLINE if not isinstance(found.fact, Stage | YearlyEvent):
            return [*_deadline(found, today, t), *_figure_in_passing(found, t)]
        case Aspect.WHO:
            return [*_who(item, t), _subject(found, t)]
        case Aspect.PROGRESS:
            return [t.say("Nobody has reported any progress on this yet."), _subject(found, t)]
        case Aspect.DETAIL:
            return [*_detail(found, today, t), *_quoted(found)]
        case _:
            return _detail(found, today, t)


def due_line(due: Deadline | None, today: date, t: Translator) -> str:
    """`🗓 到2025年（还有 39 天）`, or that the text sets no date."""
    if due is None:
        return "🗓 " + t.say("The text sets no date for this.")
    return "🗓 " + capital(until(due, today, t))


def _detail(found: Found, today: date, t: Translator) -> list[str]:
    policy = found.policy
    match found.fact:
        case Target() as target:
            lead = t.say("Target: {figure}", figure=bold(figure(target, t)))
            return [lead, _subject(found, t), due_line(target.due, today, t)]
        case Goal() as goal:
            return [bold(name(goal.statement, t)), place(policy, t), due_line(goal.due, today, t)]
        case Measure() as measure:
            return _measure(measure, policy, today, t)
        case Group() as group:
            return _group(group, policy, t)
        case Stage() as stage:
            return stage_lines(stage, policy, today, t)
        case Safeguard() as safeguard:
            summary = [name(safeguard.summary, t)] if safeguard.summary else []
            return [bold(name(safeguard.title, t)), *summary, place(policy, t)]
        case Basis() as basis:
            return [*_basis(basis, t), place(policy, t)]
        case YearlyEvent() as event:
            return next_occasion(event, today, t)
        case Department() as department:
            return [bold(name(department.name, t)), place(policy, t)]


def _measure(measure: Measure, policy: Policy, today: date, t: Translator) -> list[str]:
    lines = [bold(fact_name(measure, t))]
    group = next((group for group in policy.groups if group.id == measure.group), None)
    lines.append(f"{place(policy, t)} · {fact_name(group, t)}" if group else place(policy, t))
    if measure.summary:
        lines.append(name(measure.summary, t))
    if measure.charges:
        lines += [f"👥 {line}" for line in who(measure, policy, t)]
    if measure.due:
        lines.append(due_line(measure.due, today, t))
    return lines


def _group(group: Group, policy: Policy, t: Translator) -> list[str]:
    measures = [measure for measure in policy.measures if measure.group == group.id]
    return [
        bold(numbered(group.number, name(group.title, t), t)),
        f"{place(policy, t)} · {t.say_n('{n} measure', '{n} measures', len(measures))}",
        *(fact_name(measure, t) for measure in measures),
    ]


def _basis(basis: Basis, t: Translator) -> list[str]:
    title = name(basis.title, t)
    number = [term(basis.number, t)] if basis.number else []
    return [bold(in_brackets(title) if t.chinese else title), *number]


def _deadline(found: Found, today: date, t: Translator) -> list[str]:
    due = getattr(found.fact, "due", None)
    if due is None:
        return [bold(t.say("The text sets no date for this."))]
    lines = [bold(capital(until(due, today, t)))]
    if due.precision is not Precision.DAY:
        lines.append(
            t.say("The text says no more than that; days are counted to {day}.", day=day(due.day, t))
        )
    return lines


def _figure_in_passing(found: Found, t: Translator) -> list[str]:
    if isinstance(found.fact, Target):
        return [t.say("{subject}: {words}", subject=_subject(found, t), words=figure(found.fact, t))]
    return [_subject(found, t)]


def _who(item: FactItem, t: Translator) -> list[str]:
    fact = item.found.fact
    if isinstance(fact, Measure) and fact.charges:
        return who(fact, item.found.policy, t, asked=item.asked, emphasis=True)
    return [bold(t.say("The text names no department in charge of this."))]


def _subject(found: Found, t: Translator) -> str:
    """Of what this is said: `浙江省 · 牵头和参与制修订的国际标准`."""
    return f"{place(found.policy, t)} · {fact_name(found.fact, t)}"


def _quoted(found: Found) -> list[str]:
    wording = found.fact.passage.quote
    return [quote(shorten(wording, QUOTE_LIMIT))] if wording else []
