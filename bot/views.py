"""Places to browse: policies, a policy, its lists page by page, a fact; each a text with its buttons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from answering.answer import Aspect, Found, Reference
from answering.library import Library
from bot import links
from bot.ahead.verbs import Verb, to
from bot.buttons import AskAbout, Browse, Button, Follow, Original, Rows
from bot.inviting.verbs import invite
from bot.paging import PAGE, page_of
from bot.pictures.theme import Look
from bot.texts import (
    Markup,
    Translator,
    counted,
    fact_label,
    fact_name,
    figure,
    period,
    policy_label,
    policy_name,
    render_parts,
    titled,
)
from bot.words.marks import bold, finish
from bot.words.names import KINDS
from domain.policy import AnyFact, Department, FactKind, Group, Measure, Policy, Stage, Target

SYMBOLS = {
    FactKind.POLICY: "📖",
    FactKind.TARGET: "🎯",
    FactKind.GOAL: "🌱",
    FactKind.GROUP: "📋",
    FactKind.MEASURE: "📋",
    FactKind.STAGE: "🗓",
    FactKind.DEPARTMENT: "🏛",
    FactKind.SAFEGUARD: "🛡",
    FactKind.EVENT: "📅",
    FactKind.BASIS: "📚",
}
FOLLOWED = frozenset(
    {
        FactKind.POLICY,
        FactKind.DEPARTMENT,
        FactKind.TARGET,
        FactKind.MEASURE,
        FactKind.STAGE,
        FactKind.EVENT,
    }
)
POLICIES = Reference(policy="", kind=FactKind.POLICY, aspect=Aspect.LIST)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a place shows; `context` is what a question asked there refers to."""

    parts: Sequence[str]
    rows: Rows
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who looks, and when: what every view needs besides its place."""

    library: Library
    today: date
    t: Translator
    bot_name: str = ""  # for links to share
    followed: Collection[tuple[str, str, str]] | None = None  # by the chat; None: it can't follow
    invites: bool = False  # who looks may invite departments


def view(place: Browse, visit: Visit) -> View:
    """The place as it looks now; what is gone says so and leads back to the policies."""
    at = place.reference
    if not at.policy:
        return _policies(place, visit) if at.kind is FactKind.POLICY else _which_policy(place, visit)
    policy = visit.library.policy(at.policy)
    if policy is None:
        return _gone(visit)
    if at.kind is FactKind.POLICY:
        return _policy(policy, visit)
    if not at.id:
        return _list(policy, place, visit)
    found = visit.library.find(at.policy, at.kind, at.id)
    if found is None:
        return _gone(visit)
    return _group(found, place, visit) if isinstance(found.fact, Group) else _fact(found, place, visit)


def of_kind(policy: Policy, kind: FactKind) -> tuple[AnyFact, ...]:
    """The policy's facts of one kind, in its order."""
    return tuple(fact for other, fact in policy.facts() if other is kind)


def _policies(place: Browse, visit: Visit) -> View:
    held = visit.library.policies
    shown, pager = page_of(held, place, visit.t)
    text = visit.t.say("Which policy?") if held else visit.t.say("No policy is held yet.")
    return View(
        parts=[_html(bold(text))],
        rows=(*((_to_policy(policy, visit),) for policy in shown), *pager),
    )


def _which_policy(place: Browse, visit: Visit) -> View:
    kind, t = place.reference.kind, visit.t
    having = [policy for policy in visit.library.policies if of_kind(policy, kind)]
    if len(having) == 1:
        return _list(having[0], Browse(reference=_all(having[0], kind)), visit)
    shown, pager = page_of(having, place, visit.t)
    ask = t.say("Which policy's {kind}?", kind=t.say(KINDS[kind]))
    none = t.say("No policy held here has any {kind}.", kind=t.say(KINDS[kind]))
    rows = tuple(
        (Button(label=policy_label(policy, t), press=Browse(reference=_all(policy, kind))),)
        for policy in shown
    )
    return View(parts=[_html(bold(ask if having else none))], rows=(*rows, *pager))


def _policy(policy: Policy, visit: Visit) -> View:
    t, at = visit.t, Reference(policy=policy.id, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    answer = visit.library.tell(at, today=visit.today, language=t.language)
    doors = [
        Button(
            label=f"{SYMBOLS[kind]} {counted(kind, n, t)}",
            press=Browse(reference=_all(policy, FactKind.GROUP if kind is FactKind.MEASURE else kind)),
        )
        for kind in SYMBOLS
        if kind not in (FactKind.POLICY, FactKind.GROUP) and (n := len(of_kind(policy, kind)))
    ]
    ask = Button(label="💬 " + t.say("Ask about it"), press=AskAbout(reference=at))
    timeline = Button(label="🖼 " + t.say("Timeline"), press=to(Verb.LINE, policy.id, Look.LIGHT))
    return View(
        parts=render_parts(answer, visit.library),
        rows=(
            *(tuple(doors[start : start + 2]) for start in range(0, len(doors), 2)),
            (ask, timeline, *_share(at, visit)),
            (*_follow(at, visit), _back(POLICIES, t)),
        ),
        context=answer.context,
    )


def _list(policy: Policy, place: Browse, visit: Visit) -> View:
    kind, t = place.reference.kind, visit.t
    facts = of_kind(policy, kind)
    if kind is FactKind.GROUP and not facts:  # the measures stand under no headings
        return _list(policy, Browse(reference=_all(policy, FactKind.MEASURE), page=place.page), visit)
    back = Reference(policy=policy.id, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    extra: Rows = ()
    if kind is FactKind.GROUP:
        measures = _all(policy, FactKind.MEASURE)
        label = t.say("All: {count}", count=counted(FactKind.MEASURE, len(policy.measures), t))
        extra = ((Button(label=label, press=Browse(reference=measures)),),)
    title = t.say("{subject}: {words}", subject=titled(policy, t), words=counted(kind, len(facts), t))
    return _listing(title, _found(policy, kind, facts), place, visit, (*extra, (_back(back, t),)))


def _group(found: Found, place: Browse, visit: Visit) -> View:
    policy, t = found.policy, visit.t
    measures = [measure for measure in policy.measures if measure.group == found.fact.id]
    count = counted(FactKind.MEASURE, len(measures), t)
    title = t.say("{subject}: {words}", subject=fact_name(found.fact, t), words=count)
    back = (_back(_all(policy, FactKind.GROUP), t),)
    return _listing(title, _found(policy, FactKind.MEASURE, measures), place, visit, (back,))


def _listing(title: str, all_found: Sequence[Found], place: Browse, visit: Visit, after: Rows) -> View:
    t = visit.t
    shown, pager = page_of(all_found, place, visit.t)
    lines = [bold(title), *("• " + _line(found, t) for found in shown)]
    if all_found:
        clauses = ("、" if t.chinese else ", ").join(
            dict.fromkeys(found.fact.passage.clause for found in shown)
        )
        lines += ["", f"📎 {policy_name(all_found[0].policy, t)} · {clauses}"]
    rows = tuple((Button(label=fact_label(one, t), press=Browse(reference=_detail(one))),) for one in shown)
    return View(parts=[_html("\n".join(lines))], rows=(*rows, *pager, *after))


def _fact(found: Found, place: Browse, visit: Visit) -> View:
    t, at = visit.t, _detail(found)
    answer = visit.library.tell(at, today=visit.today, language=t.language)
    doors: Rows = ()
    if isinstance(found.fact, Department):
        duties = [
            measure
            for measure in found.policy.measures
            if any(charge.department == found.fact.id for charge in measure.charges)
        ]
        shown, pager = page_of(_found(found.policy, FactKind.MEASURE, duties), place, visit.t)
        doors = (
            *((Button(label=fact_label(one, t), press=Browse(reference=_detail(one))),) for one in shown),
            *pager,
        )
    if found.kind in FOLLOWED and (follow := _follow(at, visit, place.page)):
        doors = (*doors, follow)
    if found.fact.passage.quote:
        doors = (*doors, (original_button(at, t),))
    return View(
        parts=render_parts(answer, visit.library),
        rows=(*doors, (_back_from(found, t), *_share(at, visit))),
        context=answer.context,
    )


def original_button(at: Reference, t: Translator) -> Button:
    """Shows the fact's clause in the original characters."""
    return Button(label="📜 " + t.say("Original text"), press=Original(reference=at))


def _gone(visit: Visit) -> View:
    there = _policies(Browse(reference=POLICIES), visit)
    return View(parts=[_html(visit.t.say("That is no longer there.")), *there.parts], rows=there.rows)


def _line(found: Found, t: Translator) -> str:
    match found.fact:
        case Target() as target:
            return t.say("{subject}: {words}", subject=fact_name(target, t), words=figure(target, t))
        case Stage() as stage:
            span = period(stage.start, stage.end, t)
            return t.say("{subject}: {words}", subject=fact_name(stage, t), words=span)
        case fact:
            return fact_name(fact, t)


def _found(policy: Policy, kind: FactKind, facts: Sequence[AnyFact]) -> list[Found]:
    return [Found(policy=policy, kind=kind, fact=fact) for fact in facts]


def _all(policy: Policy, kind: FactKind) -> Reference:
    return Reference(policy=policy.id, kind=kind, aspect=Aspect.LIST)


def _detail(found: Found) -> Reference:
    return found.reference(Aspect.DUTIES if found.kind is FactKind.DEPARTMENT else Aspect.DETAIL)


def _to_policy(policy: Policy, visit: Visit) -> Button:
    at = Reference(policy=policy.id, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    return Button(label=policy_label(policy, visit.t), press=Browse(reference=at))


def _back_from(found: Found, t: Translator) -> Button:
    """To the page of the list where the fact stands."""
    policy, fact = found.policy, found.fact
    if isinstance(fact, Measure) and fact.group is not None:
        siblings = [measure.id for measure in policy.measures if measure.group == fact.group]
        to = Reference(policy=policy.id, kind=FactKind.GROUP, id=fact.group)
    else:
        siblings = [one.id for one in of_kind(policy, found.kind)]
        to = _all(policy, found.kind)
    return _back(to, t, page=siblings.index(fact.id) // PAGE)


def _back(to: Reference, t: Translator, page: int = 0) -> Button:
    return Button(label="↩ " + t.say("Back"), press=Browse(reference=to, page=page))


def _share(at: Reference, visit: Visit) -> tuple[Button, ...]:
    if not visit.bot_name:
        return ()
    return (Button(label="🔗 " + visit.t.say("Share"), press=links.share(at, visit.bot_name)),)


def _follow(at: Reference, visit: Visit, page: int = 0) -> tuple[Button, ...]:
    if visit.followed is None:
        return ()
    on = (at.policy, at.kind, at.id) not in visit.followed
    label = "🔔 " + visit.t.say("Follow") if on else "🔕 " + visit.t.say("Unfollow")
    follow = Button(label=label, press=Follow(reference=at, on=on, page=page))
    if visit.invites and at.kind in {FactKind.POLICY, FactKind.DEPARTMENT}:
        return (follow, Button(label="✉️ " + visit.t.say("Invite"), press=invite(at)))
    return (follow,)


def _html(text: str) -> str:
    return finish(text, Markup.HTML)
