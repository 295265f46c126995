"""What comes as a list: 90 days, page by page; and the choice of a policy."""

from collections.abc import Sequence
from dataclasses import dataclass

from answering.answer import Aspect, Reference
from bot.ahead.looking import after, before, coming
from bot.ahead.verbs import Month, Scope, Verb, Whose, to
from bot.buttons import Act, Button, Open, Rows
from bot.paging import PAGE as POLICIES_PAGE
from bot.paging import turning
from bot.pictures.theme import Look
from bot.texts import Markup, cut, number, policy_label
from bot.views import View
from bot.words.ahead import by_months, in_a_line
from bot.words.labels import COLUMNS
from bot.words.marks import bold, finish
from bot.words.reminders import Reader, called, find
from bot.words.translations import N_
from domain.events import Event, Occurrence
from domain.policy import FactKind

PAGE = 8  # dates on a page
_IN_ROW = 4
_EMPTY = {
    Whose.ALL: N_("No date in the next 90 days."),
    Whose.FOLLOWED: N_("No date of what is followed here in the next 90 days."),
    Whose.POLICY: N_("No date of this policy in the next 90 days."),
}
_LAST, _NEXT = N_("The last was: {event}"), N_("The next is: {event}")
_THEN = N_("The next after that: {event}")
_CHOICES = {Verb.POLICIES: N_("Whose dates?"), Verb.LINES: N_("Whose timeline?")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What somebody looks at, and who it is; `events` are those of the scope."""

    scope: Scope
    events: Sequence[Event]
    reader: Reader
    follows: bool = True  # whether the place follows anything


def upcoming(sight: Sight, page: int) -> View:
    """The next 90 days."""
    t, reader, found = sight.reader.t, sight.reader, coming(sight.events, sight.reader.today)
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    shown = numbered(found)[page * PAGE : (page + 1) * PAGE]
    blocks = [_heading(sight, len(found)), *by_months(shown, reader)]
    around = _around(sight, alone=not found) if page == pages - 1 else []
    blocks += [t.say(form, event=in_a_line(one, reader)) for form, one in around]
    rows = (
        *opening([(label.rstrip("."), one) for label, one in shown], reader),
        *(row for _, one in around for row in opening([(_label(one, reader), one)], reader)),
        *turning(page, pages, lambda to_: to(Verb.LIST, sight.scope, to_), t),
        *_doors(sight),
    )
    return View(parts=[finish("\n\n".join(blocks), Markup.HTML)], rows=rows)


def numbered(found: Sequence[Occurrence]) -> list[tuple[str, Occurrence]]:
    """Each with its number in the list."""
    return [(f"{number_}.", one) for number_, one in enumerate(found, 1)]


def opening(labelled: Sequence[tuple[str, Occurrence]], reader: Reader) -> Rows:
    """Buttons that show what stands behind dates: the fact, or the policy it was added to."""
    buttons = [
        Button(label=label, press=Open(reference=reference))
        for label, one in labelled
        if (reference := _reference(one, reader))
    ]
    return tuple(tuple(buttons[at : at + _IN_ROW]) for at in range(0, len(buttons), _IN_ROW))


def choice(verb: Verb, reader: Reader, page: int) -> View:
    """Which policy, to list its dates or draw its timeline."""
    t, policies = reader.t, reader.library.policies
    pages = max(1, -(-len(policies) // POLICIES_PAGE))
    page = min(page, pages - 1)
    rows = [
        (Button(label=policy_label(one, t), press=_chosen(verb, one.id)),)
        for one in policies[page * POLICIES_PAGE : (page + 1) * POLICIES_PAGE]
    ]
    words = t.say(_CHOICES[verb]) if policies else t.say("No policy is held yet.")
    back = Button(label="↩ " + t.say("Back"), press=to(Verb.LIST, Scope(), 0))
    return View(
        parts=[finish(bold(words), Markup.HTML)],
        rows=(*rows, *turning(page, pages, lambda to_: to(verb, to_), t), (back,)),
    )


def _around(sight: Sight, *, alone: bool) -> list[tuple[str, Occurrence]]:
    """What comes after these days; and where nothing comes in them, what was before."""
    today = sight.reader.today
    past = before(sight.events, today) if alone else None
    following = after(sight.events, today)
    forms = ((_LAST, past), (_NEXT if alone else _THEN, following))
    return [(form, one) for form, one in forms if one]


def _label(one: Occurrence, reader: Reader) -> str:
    return cut(called(one.facts(), reader), COLUMNS)


def _heading(sight: Sight, found: int) -> str:
    t, scope = sight.reader.t, sight.scope
    policy = sight.reader.library.policy(scope.policy)
    words = t.say(_EMPTY[scope.whose])
    if found:
        words = t.say_n(
            "{n} date in the next 90 days", "{n} dates in the next 90 days", found, n=number(found, t)
        )
    elif scope.whose is Whose.FOLLOWED and not sight.follows:
        words = t.say("Nothing is followed here yet; /mine changes that.")
    return "\n".join([bold(f"📅 {words}"), *([policy_label(policy, t)] if policy else [])])


def _doors(sight: Sight) -> Rows:
    t, scope = sight.reader.t, sight.scope
    names = {Whose.ALL: t.say("All"), Whose.FOLLOWED: t.say("Followed here")}
    whose = [
        Button(label=f"✓ {words}" if scope.whose is one else words, press=to(Verb.LIST, Scope(one), 0))
        for one, words in names.items()
    ]
    words = t.say("One policy")
    label = f"✓ {words}" if scope.whose is Whose.POLICY else words
    whose.append(Button(label=label, press=to(Verb.POLICIES, 0)))
    month = Button(label="🗓 " + t.say("Calendar"), press=to(Verb.MONTH, scope, Month.of(sight.reader.today)))
    policy = sight.reader.library.policy(scope.policy)
    line = _chosen(Verb.LINES, policy.id) if policy else to(Verb.LINES, 0)
    return (tuple(whose), (month, Button(label="🖼 " + t.say("Timeline"), press=line)))


def _chosen(verb: Verb, policy: str) -> Act:
    """What choosing a policy does."""
    if verb is Verb.LINES:
        return to(Verb.LINE, policy, Look.LIGHT)
    return to(Verb.LIST, Scope(Whose.POLICY, policy), 0)


def _reference(one: Occurrence, reader: Reader) -> Reference | None:
    if found := find(one.facts(), reader):
        return found.reference(Aspect.DETAIL)
    if reader.library.policy(one.event.policy):
        return Reference(policy=one.event.policy, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    return None
