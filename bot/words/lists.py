"""Several facts at once: lists, counts, a department's duties, the policies held, comparisons."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from answering.answer import ComparisonItem, DutiesItem, Found, ListItem, PoliciesItem
from bot.words.charges import ROLES
from bot.words.dates import named, period, until, when, yearly
from bot.words.figures import figure
from bot.words.marks import bold, clean
from bot.words.names import KINDS, capital, fact_name, joined, name, place, policy_name, term, titled
from bot.words.translations import NN_, Translator
from domain.policy import (
    AnyFact,
    Basis,
    Charge,
    FactKind,
    Goal,
    Group,
    Measure,
    Policy,
    Stage,
    Target,
    YearlyEvent,
)
from domain.timeline import Deadline

# More lines than this nobody reads on a phone; buttons lead to the rest.
MAX_LINES = 30
SLACK = 4  # "… and 2 more" is no gain

COUNTS = {
    FactKind.POLICY: NN_("{n} policy", "{n} policies"),
    FactKind.TARGET: NN_("{n} numeric target", "{n} numeric targets"),
    FactKind.GOAL: NN_("{n} qualitative goal", "{n} qualitative goals"),
    FactKind.GROUP: NN_("{n} group of measures", "{n} groups of measures"),
    FactKind.MEASURE: NN_("{n} measure", "{n} measures"),
    FactKind.STAGE: NN_("{n} stage", "{n} stages"),
    FactKind.SAFEGUARD: NN_("{n} safeguard", "{n} safeguards"),
    FactKind.BASIS: NN_("{n} document it rests on", "{n} documents it rests on"),
    FactKind.EVENT: NN_("{n} yearly occasion", "{n} yearly occasions"),
    FactKind.DEPARTMENT: NN_("{n} department in charge", "{n} departments in charge"),
}


def list_lines(item: ListItem, today: date, t: Translator) -> list[str]:
    """Facts of one kind under their number, those of several policies under the name of each."""
    if not item.found:
        held = titled(item.policy, t) if item.policy else t.say("the policies held here")
        return [t.say("There are no {kind} in {where}.", kind=t.say(KINDS[item.kind]), where=held)]
    kinds = Counter(found.kind for found in item.found)
    total = bold(joined([counted(kind, n, t) for kind, n in kinds.items()], t))
    where = [place(item.policy, t)] if item.policy else []
    heading = [term(item.heading, t)] if item.heading else []
    lines = [" · ".join([total, *where, *heading])]
    if item.brief:
        return lines
    due = _common_due(item.found)
    if due:
        lines.append("🗓 " + capital(until(due, today, t)))
    rows = list(_rows(item, t, with_due=due is None))
    return lines + bounded(rows, len(item.found), t)


def duties_lines(item: DutiesItem, t: Translator) -> list[str]:
    """The measures a department is in charge of, each with its part where that is not the usual one."""
    department = name(item.department.name, t)
    if not item.measures:
        return [
            t.say(
                "{policy} gives {department} no measure.",
                policy=titled(item.policy, t),
                department=department,
            )
        ]
    total = bold(counted(FactKind.MEASURE, len(item.measures), t))
    charges = [_charge(measure, item.department.id) for measure in item.measures]
    parts = Counter(charge.role for charge in charges if charge)
    usual = parts.most_common(1)[0][0] if parts else None
    lines = [f"{total} · {department}", place(item.policy, t)]
    if usual:
        lines[-1] += f" · {t.say(ROLES[usual])}"
    by_clause = _numbers_repeat(item.measures)
    rows = [
        _measure_row(measure, t, by_clause=by_clause)
        + (
            t.say(" ({words})", words=t.say(ROLES[charge.role]))
            if charge and charge.role is not usual
            else ""
        )
        for measure, charge in zip(item.measures, charges, strict=True)
    ]
    return lines + bounded(rows, len(rows), t)


def policies_lines(item: PoliciesItem, t: Translator) -> list[str]:
    """The policies held, a line each."""
    total = bold(counted(FactKind.POLICY, len(item.policies), t))
    rows = [f"{n}. {policy_name(policy, t)}{_span(policy, t)}" for n, policy in enumerate(item.policies, 1)]
    return [total, *bounded(rows, len(rows), t)]


def comparison_lines(item: ComparisonItem, t: Translator) -> list[str]:
    """One subject, a line for each policy; no sum is done on figures that mean different things."""
    regions = Counter(policy.region for policy, _ in item.rows)
    lines = [bold(term(item.subject, t))]
    for policy, target in item.rows:
        where = place(policy, t) if regions[policy.region] == 1 else policy_name(policy, t)
        if target is None:
            words = t.say("sets no numeric target for this")
        else:
            words = bold(figure(target, t)) + (
                t.say(" ({words})", words=when(target.due, t)) if target.due else t.say(" (no date set)")
            )
        lines.append("• " + _pair(where, words, t))
        if target is not None:
            lines.append(f"   {name(target.metric, t)}")
    return lines


def counted(kind: FactKind, n: int, t: Translator) -> str:
    """`27 条举措`, `1 stage`."""
    return t.say_n(*COUNTS[kind], n)


def bounded(rows: list[str], total: int, t: Translator) -> list[str]:
    """At most MAX_LINES rows, then how many more there are."""
    if len(rows) <= MAX_LINES + SLACK:
        return rows
    left = total - MAX_LINES
    return [*rows[:MAX_LINES], t.say_n("… and {n} more", "… and {n} more", left)]


def _rows(item: ListItem, t: Translator, *, with_due: bool) -> Iterator[str]:
    by_clause = _numbers_repeat([found.fact for found in item.found if isinstance(found.fact, Measure)])
    policy, n = item.policy, 0
    for found in item.found:
        heading = ""
        if found.policy is not policy:
            policy, n = found.policy, 0
            heading = bold(place(policy, t)) + "\n"
        n += 1
        if isinstance(found.fact, Measure):
            yield heading + _measure_row(found.fact, t, by_clause=by_clause)
        else:
            yield heading + _row(found.fact, n, t, with_due=with_due)


def _row(fact: AnyFact, n: int, t: Translator, *, with_due: bool) -> str:
    match fact:
        case Target():
            pair = _pair(capital(name(fact.metric, t)), bold(figure(fact, t)), t)
            return f"{n}. {pair}{_due(fact, t) if with_due else ''}"
        case Goal():
            return f"{n}. {name(fact.statement, t)}{_due(fact, t) if with_due else ''}"
        case Group():
            return fact_name(fact, t)
        case Stage():
            return f"{n}. {_pair(name(fact.name, t), period(fact.start, fact.end, t), t)}"
        case Basis():
            return f"{n}. {fact_name(fact, t)}" + (f" {term(fact.number, t)}" if fact.number else "")
        case YearlyEvent():
            return f"{n}. {_pair(name(fact.name, t), yearly(fact.yearly, t), t)}"
        case _:
            return f"{n}. {fact_name(fact, t)}"


def _measure_row(measure: Measure, t: Translator, *, by_clause: bool) -> str:
    """With its number, or its clause where numbering starts anew under each heading."""
    return f"{clean(measure.passage.clause)} {name(measure.title, t)}" if by_clause else fact_name(measure, t)


def _numbers_repeat(measures: Sequence[Measure]) -> bool:
    return len({measure.number for measure in measures}) < len(measures)


def _common_due(found: tuple[Found, ...]) -> Deadline | None:
    dues = {getattr(one.fact, "due", None) for one in found}
    return dues.pop() if len(dues) == 1 else None


def _due(fact: Target | Goal, t: Translator) -> str:
    return t.say(" ({words})", words=named(fact.due, t)) if fact.due else ""


def _charge(measure: Measure, department: str) -> Charge | None:
    return next((charge for charge in measure.charges if charge.department == department), None)


def _span(policy: Policy, t: Translator) -> str:
    if policy.start and policy.end:
        return t.say(" ({words})", words=period(policy.start, policy.end, t))
    return t.say(" ({words})", words=when(policy.end, t)) if policy.end else ""


def _pair(subject: str, words: str, t: Translator) -> str:
    return t.say("{subject}: {words}", subject=subject, words=words)
