"""What people see of invitations: the choice, the links, the list, and what became of a code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from answering.answer import Found, Reference
from answering.library import Library
from bot.buttons import Browse, Button, Rows
from bot.inviting import links
from bot.inviting.verbs import Errand, Verb, invite
from bot.paging import turning
from bot.texts import Markup, Translator, clean, cut, fact_name, policy_label, titled
from bot.views import View
from bot.words.marks import bold, finish
from bot.words.moments import moment
from bot.words.translations import N_
from domain.events import Subject
from domain.policy import FactKind, Policy
from storage.invitations import Invitation, Outcome

PAGE = 8
_COLUMNS = 36
Thing = TypeVar("Thing")

_REFUSED = {
    Outcome.UNKNOWN: N_("I do not know this invitation; perhaps the link was cut short."),
    Outcome.USED: N_("This invitation was used already; each is good for one chat."),
    Outcome.REVOKED: N_("This invitation was withdrawn."),
    Outcome.EXPIRED: N_("This invitation was good until {when}."),
    Outcome.GONE: N_("What this invitation is for is no longer there."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An open invitation with the name of who made it, "" where we don't know it."""

    invitation: Invitation
    who: str


def policies(library: Library, page: int, t: Translator) -> View:
    """The first question: which policy."""
    shown, turn = _page(library.policies, page, lambda to: Errand(verb=Verb.POLICIES, number=to), t)
    rows = tuple((_button(policy_label(policy, t), _open(policy)),) for policy in shown)
    ask = t.say("What is the invitation for?") if shown else t.say("No policy is held yet.")
    return _view([bold(t.say("Invite")), ask], (*rows, *turn, (_to_list(t),)))


def departments(policy: Policy, page: int, t: Translator) -> View:
    """The second: the whole of it, or a department that it names."""
    shown, turn = _page(policy.departments, page, lambda to: _open(policy, to), t)
    whole = Button(label=t.say("The whole policy"), press=invite(_whole(policy)))
    rows = tuple(
        (Button(label=cut(fact_name(one, t), _COLUMNS), press=invite(_department(policy, one.id))),)
        for one in shown
    )
    lines = [bold(t.say("Invite")), titled(policy, t)]
    if not policy.departments:
        lines.append(t.say("The text names no department."))
    back = _button("↩ " + t.say("Other policies"), Errand(verb=Verb.POLICIES))
    return _view(lines, ((whole,), *rows, *turn, (back, _to_list(t))))


def made(code: str, subject: str, expires_at: datetime, bot_name: str, t: Translator) -> View:
    """The links, to be passed on."""
    person, group = links.for_person(code, bot_name), links.for_group(code, bot_name)
    lines = [
        bold("✉️ " + t.say("Invitation: {subject}", subject=subject)),
        "",
        t.say("For a person, who opens it and presses Start:"),
        person,
        "",
        t.say("For a group, whose administrator opens it and chooses the group:"),
        group,
        "",
        t.say("It is good until {when}, and once: for the first chat.", when=moment(expires_at, t)),
        t.say("Whoever has it can use it: send it to those in charge only."),
    ]
    rows: Rows = (
        (
            Button(label="👤 " + t.say("Send to a person"), press=links.passing_on(person)),
            Button(label="👥 " + t.say("Send to a group’s administrator"), press=links.passing_on(group)),
        ),
        (_to_list(t),),
    )
    return _view(lines, rows)


def listed(held: Sequence[Listed], page: int, library: Library, t: Translator) -> View:
    """The open invitations, each with a button that withdraws it."""
    shown, turn = _page(held, page, lambda to: Errand(verb=Verb.LIST, number=to), t)
    lines = [bold(t.say("Open invitations"))]
    rows: list[tuple[Button, ...]] = []
    for one in shown:
        invitation = one.invitation
        subject = subject_of(invitation)
        words = subject_words(subject, library, t) or t.say("no longer there")
        until = t.say("until {when}", when=moment(invitation.expires_at, t))
        who = clean(one.who) or f"{invitation.created_by}"
        lines += ["", f"#{invitation.id} {words}", f"{who} · {until}"]
        label = f"🗑 #{invitation.id} {_short(subject, library, t)}"
        rows.append((_button(label, Errand(verb=Verb.REVOKE, number=invitation.id)),))
    if not shown:
        lines += ["", t.say("There is none.")]
    new = _button("✉️ " + t.say("Invite"), Errand(verb=Verb.POLICIES))
    return _view(lines, (*rows, *turn, (new,)))


def accepted(subject: str, reference: Reference, comes: str, where: str, t: Translator) -> View:
    """The place follows it now; `comes` says what that brings, `where` to whom."""
    lines = [
        bold("✅ " + subject),
        where,
        "",
        comes,
        t.say("How reminders come is shown and changed by /mine."),
    ]
    return _view(lines, (_opening(reference, t),))


def followed(subject: str, reference: Reference, t: Translator) -> View:
    """It did before."""
    lines = [bold(subject), t.say("This is followed here already. /mine shows all that is.")]
    return _view(lines, (_opening(reference, t),))


def refused(outcome: Outcome, invitation: Invitation | None, t: Translator) -> View:
    """Why not, and what helps."""
    when = moment(invitation.expires_at, t) if invitation else ""
    return _view([t.say(_REFUSED[outcome], when=when), t.say("Ask whoever sent it for another one.")])


def subject_of(invitation: Invitation) -> Subject:
    """What it invites to."""
    return Subject(invitation.policy_id, invitation.kind, invitation.fact_id)


def subject_words(subject: Subject, library: Library, t: Translator) -> str | None:
    """`《标题》：某局`; None where it is no longer there."""
    policy = library.policy(subject.policy)
    if policy is None or subject.kind is FactKind.POLICY:
        return titled(policy, t) if policy else None
    found = _found(subject, library)
    if found is None:
        return None
    return t.say("{subject}: {words}", subject=titled(policy, t), words=fact_name(found.fact, t))


def _short(subject: Subject, library: Library, t: Translator) -> str:
    """What tells it from others of the same policy."""
    found, policy = _found(subject, library), library.policy(subject.policy)
    if found:
        return fact_name(found.fact, t)
    return policy_label(policy, t) if policy and subject.kind is FactKind.POLICY else ""


def _found(subject: Subject, library: Library) -> Found | None:
    return library.find(subject.policy, subject.kind, subject.fact) if subject.fact else None


def _page(
    things: Sequence[Thing], page: int, to: Callable[[int], Errand], t: Translator
) -> tuple[Sequence[Thing], Rows]:
    """What stands on a page, or on the last one; and the row that turns."""
    pages = max(1, -(-len(things) // PAGE))
    page = min(page, pages - 1)
    return things[page * PAGE : (page + 1) * PAGE], turning(page, pages, lambda at: to(at).act(), t)


def _whole(policy: Policy) -> Reference:
    return Reference(policy=policy.id, kind=FactKind.POLICY)


def _department(policy: Policy, fact: str) -> Reference:
    return Reference(policy=policy.id, kind=FactKind.DEPARTMENT, id=fact)


def _open(policy: Policy, page: int = 0) -> Errand:
    return Errand(verb=Verb.POLICY, reference=_whole(policy), number=page)


def _to_list(t: Translator) -> Button:
    return _button("📋 " + t.say("Open invitations"), Errand(verb=Verb.LIST))


def _opening(reference: Reference, t: Translator) -> tuple[Button]:
    return (Button(label="📖 " + t.say("Look at it"), press=Browse(reference=reference)),)


def _button(label: str, errand: Errand) -> Button:
    return Button(label=cut(label, _COLUMNS), press=errand.act())


def _view(lines: Sequence[str], rows: Rows = ()) -> View:
    return View(parts=[finish("\n".join(lines), Markup.HTML)], rows=rows)
