"""What could be followed, and what is: screens whose buttons switch it."""

from collections.abc import Iterable

from answering.answer import Aspect, Reference
from bot import codes
from bot.buttons import Button, Open
from bot.mine.follows import subject_of
from bot.mine.here import COLUMNS, LONGEST, Here, back, note, numbered, numbers, paged, view
from bot.mine.subjects import KINDS, PARTS, reference_to
from bot.mine.verbs import Verb, to
from bot.texts import Translator, cut, fact_name, policy_label
from bot.views import View
from bot.words.marks import bold, italic
from bot.words.names import capital
from domain.events import Subject
from domain.policy import Department, FactKind, Policy


def followed(here: Here, page: int) -> View:
    """Each thing with a button to end it."""
    t = here.t
    shown, page, turn = paged([subject_of(one) for one in here.held], page, Verb.LIST, t)
    title = t.say("What is followed here") if shown else t.say("Nothing is followed here.")
    lines = [*note(here), bold(title)]
    lines += numbered([here.named(one) for one in shown], page)
    if shown:
        lines += ["", italic(t.say("Press the number of what you want to hear of no more."))]
    presses = [to(Verb.DROP, _code(one), page) for one in shown]
    more_ = Button(label="➕ " + t.say("Follow more"), press=to(Verb.MORE))
    return view(lines, (*numbers("🔕", presses, page), *turn, (more_, back(t))))


def more(here: Here) -> View:
    """What could be followed, of all policies; and the ways to the rest."""
    t = here.t
    lines = [*note(here), bold(t.say("What do you want to be reminded of?"))]
    ways = [Button(label="📖 " + t.say("A policy or department"), press=to(Verb.POLICIES, "", 0))]
    if here.dates:
        ways.append(Button(label="📌 " + t.say("An added date"), press=to(Verb.DATES, "", 0)))
    rows = [_switch(one, here, 0, capital(t.say(words))) for one, words in KINDS.items()]
    return view(lines, (*rows, tuple(ways), (back(t),)))


def policies(here: Here, page: int) -> View:
    """The policies; ticked is that of which something is followed."""
    t = here.t
    shown, page, turn = paged(here.reader.library.policies, page, Verb.POLICIES, t)
    some = {one.policy_id for one in here.held}
    rows = [
        (
            Button(
                label=cut(_ticked(policy_label(one, t), one.id in some), COLUMNS),
                press=to(Verb.POLICY, one.id, 0),
            ),
        )
        for one in shown
    ]
    return view([bold(t.say("Which policy?"))], (*rows, *turn, (back(t, Verb.MORE),)))


def one_policy(here: Here, policy: Policy, page: int) -> View:
    """A policy, kinds of its dates, and its departments."""
    t = here.t
    shown, page, turn = paged(policy.departments, page, Verb.POLICY, t, policy.id)
    kinds = {kind for kind, _ in policy.facts()}
    subjects = [(Subject(policy.id, FactKind.POLICY, ""), t.say("The whole policy"))]
    subjects += [
        (Subject(policy.id, kind, ""), capital(t.say(words)))
        for kind, words in PARTS.items()
        if kind in kinds or kind is FactKind.EVENT
    ]
    rows = [_switch(one, here, page, words) for one, words in subjects]
    rows += [_switch(one, here, page, here_name) for one, here_name in _departments(policy, shown, t)]
    lines = [*note(here), bold(policy_label(policy, t, columns=LONGEST))]
    lines.append(t.say("A single target, measure or stage has its 🔔 on its own page."))
    at = Reference(policy=policy.id, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    look = Button(label="📖 " + t.say("Open the policy"), press=Open(reference=at))
    return view(lines, (*rows, *turn, (look, back(t, Verb.POLICIES, 0))))


def added_dates(here: Here, page: int) -> View:
    """Dates that administrators have added."""
    t = here.t
    shown, page, turn = paged(sorted(here.dates), page, Verb.DATES, t)
    subjects = [Subject("", FactKind.EVENT, f"{number}") for number in shown]
    rows = [_switch(one, here, page, here.named(one)) for one in subjects]
    text = t.say("Which date?") if shown else t.say("No date has been added.")
    return view([*note(here), bold(text)], (*rows, *turn, (back(t, Verb.MORE),)))


def _departments(policy: Policy, shown: Iterable[Department], t: Translator) -> Iterable[tuple[Subject, str]]:
    return ((Subject(policy.id, FactKind.DEPARTMENT, one.id), "🏛 " + fact_name(one, t)) for one in shown)


def _switch(subject: Subject, here: Here, page: int, words: str) -> tuple[Button]:
    on = subject in here.subjects
    press = to(Verb.OFF if on else Verb.ON, _code(subject), page)
    return (Button(label=cut(_ticked(words, on), COLUMNS), press=press),)


def _code(subject: Subject) -> str:
    return codes.encode(reference_to(subject))


def _ticked(label: str, on: bool) -> str:  # noqa: FBT001 - the tick
    return f"✓ {label}" if on else label
