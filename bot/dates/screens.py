"""What an administrator sees of dates: the list, one of them, a draft, what it belongs to, the questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from answering.library import Library
from bot.buttons import Button, Rows
from bot.dates.draft import Draft
from bot.dates.verbs import Verb, act, button
from bot.paging import PAGE, Thing, turning
from bot.texts import N_, Markup, Translator, clean, cut, day, fact_name, name, policy_label
from bot.views import View
from bot.words.marks import bold, finish, italic
from bot.words.occasions import span_standing
from bot.words.rules import flaw_words, remark_words, rule_words, time_lines
from domain.events import EventKind
from domain.policy import FactKind, Policy
from domain.workdays import Workdays
from scheduler.repetition import Repeat, next_times, repeat_of
from scheduler.typed.lines import Flaw
from storage.dates import AddedDate

NEXT = 5
_COLUMNS = 40
_REPEATS = (
    (Repeat.ONCE, N_("once")),
    (Repeat.MONTH, N_("monthly")),
    (Repeat.QUARTER, N_("quarterly")),
    (Repeat.YEAR, N_("yearly")),
    (Repeat.LUNAR, N_("yearly, lunar")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Who looks, and when: what every screen needs."""

    library: Library
    workdays: Workdays
    today: date
    t: Translator


def listed(held: Mapping[int, AddedDate], page: int, sight: Sight) -> View:
    """All of them, those that come next first, those that are over last."""
    t, today = sight.t, sight.today
    coming = {number: next(iter(next_times(one.when, today, 1)), None) for number, one in held.items()}
    ordered = sorted(held, key=lambda number: (time.day if (time := coming[number]) else date.max, number))
    shown, page, pages = _page(ordered, page)
    lines, rows = [bold(t.say("Occasions and added dates"))], list[tuple[Button, ...]]()
    for number in shown:
        one, time = held[number], coming[number]
        lines += ["", bold(name(one.name, t)), rule_words(one.when, t)]
        if time is None:
            lines[-1] += " · " + t.say("over")
        elif one.rule or one.lunar:
            standing = span_standing(time.first, time.last, today, t)
            lines.append(t.say("next: {day} ({standing})", day=day(time.day, t), standing=standing))
        else:
            lines[-1] += " · " + span_standing(time.first, time.last, today, t)
        rows.append((button(cut(name(one.name, t), _COLUMNS), Verb.CARD, number),))
    if not held:
        lines.append(t.say("There is none yet."))
    new = button("➕ " + t.say("Add a date"), Verb.NEW)
    return _view(lines, (*rows, *turning(page, pages, lambda to: act(Verb.LIST, to), t), (new,)))


def card(number: int, one: AddedDate, sight: Sight) -> View:
    """One with what can be done with it."""
    t = sight.t
    rows = (
        (
            button("✏️ " + t.say("Change"), Verb.EDIT, number),
            button("🗑 " + t.say("Remove"), Verb.REMOVE, number),
        ),
        (button("↩ " + t.say("All dates"), Verb.LIST, 0),),
    )
    return _view(_lines(one, sight), rows)


def sheet(draft: Draft, sight: Sight, flaw: Flaw | None = None) -> View:
    """A draft as it was understood, with the buttons that change it."""
    t, one = sight.t, draft.what
    now = repeat_of(one.when)
    repeats = [
        button(f"✓ {t.say(words)}" if repeat is now else t.say(words), Verb.REPEAT, draft.id, repeat)
        for repeat, words in _REPEATS
    ]
    other = (
        "📅 " + t.say("Make it an ordinary date")
        if one.kind is EventKind.COLLECTION
        else "📊 " + t.say("Make it a data collection")
    )
    rows = (
        (
            button("💾 " + t.say("Save"), Verb.SAVE, draft.id),
            button("✖️ " + t.say("Discard"), Verb.DROP, draft.id),
        ),
        tuple(repeats[:3]),
        tuple(repeats[3:]),
        (button(other, Verb.KIND, draft.id),),
        (button("📖 " + t.say("Belongs to …"), Verb.POLICIES, draft.id, 0),),
        (
            button("✏️ " + t.say("Another name"), Verb.NAME, draft.id),
            button("🗓 " + t.say("Another time"), Verb.TIME, draft.id),
        ),
    )
    title = t.say("This is how I understood it. Nothing is saved yet.")
    if draft.number is not None:
        title = t.say("This is how it will be. Nothing is changed yet.")
    refused = ["", "⚠️ " + flaw_words(flaw, t)] if flaw else []
    return _view([italic(title), "", *_lines(one, sight), *refused], rows)


def ask_line(t: Translator) -> View:
    """The question for a date with its name."""
    return _view([t.say("Send the date and what it is about, in one line."), *forms(t)])


def forms(t: Translator) -> list[str]:
    """What can be typed."""
    return [
        "",
        t.say("For example:"),
        "• " + t.say("15 March: standards meeting"),
        "• " + t.say("every month on the 28th: figures"),
        "",
        t.say(
            "A day, a range of days, “by the end of June”, or what comes every week, month, quarter or year,"
            " also by the lunar calendar. /cancel leaves."
        ),
    ]


def refused(flaw: Flaw, t: Translator) -> View:
    """Why a line was not taken, and what would be."""
    return _view([flaw_words(flaw, t), *forms(t)])


def ask_name(t: Translator) -> View:
    """The question for another name."""
    return _view([t.say("Send the new name, or /cancel.")])


def ask_time(t: Translator) -> View:
    """The question for another time."""
    return _view([t.say("When shall it be? A day, or how it comes again."), *forms(t)])


def ask_removal(number: int, one: AddedDate, planned: int, t: Translator) -> View:
    """Whether to remove it."""
    lines = [t.say("Remove {name}?", name=bold(name(one.name, t)))]
    lines.append(
        t.say_n("{n} planned reminder is called off.", "{n} planned reminders are called off.", planned)
        if planned
        else t.say("No reminder of it is planned.")
    )
    yes = button("🗑 " + t.say("Remove"), Verb.REMOVED, number)
    no = button("↩ " + t.say("Keep it"), Verb.CARD, number)
    return _view(lines, ((yes, no),))


def policies(draft: Draft, page: int, sight: Sight) -> View:
    """The policies it may belong to."""
    t, held = sight.t, sight.library.policies
    shown, page, pages = _page(held, page)
    rows = [
        (button(cut(policy_label(policy, t), _COLUMNS), Verb.POLICY, draft.id, policy.id, 0),)
        for policy in shown
    ]
    turn = turning(page, pages, lambda to: act(Verb.POLICIES, draft.id, to), t)
    none = button(t.say("To no policy"), Verb.PICK, draft.id)
    lines = [bold(name(draft.what.name, t)), t.say("Which policy does it belong to?")]
    return _view(lines, (*rows, *turn, (none, _back(draft, t))))


def departments(draft: Draft, policy: Policy, page: int, sight: Sight) -> View:
    """The whole of a policy, or a department that it names; who follows that is told of the date."""
    t = sight.t
    shown, page, pages = _page(policy.departments, page)
    rows = [(button(t.say("The whole policy"), Verb.PICK, draft.id, policy.id),)]
    rows += [
        (button(cut(fact_name(one, t), _COLUMNS), Verb.PICK, draft.id, policy.id, one.id),) for one in shown
    ]
    turn = turning(page, pages, lambda to: act(Verb.POLICY, draft.id, policy.id, to), t)
    lines = [bold(name(draft.what.name, t)), clean(policy_label(policy, t))]
    others = button("↩ " + t.say("Other policies"), Verb.POLICIES, draft.id, 0)
    return _view(lines, (*rows, *turn, (others, _back(draft, t))))


def _lines(one: AddedDate, sight: Sight) -> list[str]:
    """What it is, when, whose, and the next times."""
    t, when = sight.t, one.when
    kind = t.say("a data collection") if one.kind is EventKind.COLLECTION else t.say("a date")
    lines = [bold(name(one.name, t)), rule_words(when, t)]
    if remark := remark_words(when, t):
        lines.append(italic(remark))
    lines += [f"{kind} · {_belonging(one, sight.library, t)}", ""]
    times = next_times(when, sight.today, NEXT)
    return lines + time_lines(times, sight.today, sight.workdays, t)


def _belonging(one: AddedDate, library: Library, t: Translator) -> str:
    policy = library.policy(one.policy) if one.policy else None
    if policy is None:
        return t.say("belongs to no policy") if not one.policy else t.say("belongs to a policy that is gone")
    office = library.find(one.policy, FactKind.DEPARTMENT, one.department) if one.department else None
    whose = policy_label(policy, t)
    if office:
        whose = t.say("{subject}: {words}", subject=whose, words=fact_name(office.fact, t))
    return t.say("belongs to {whose}", whose=whose)


def _page(things: Sequence[Thing], page: int) -> tuple[Sequence[Thing], int, int]:
    pages = max(1, -(-len(things) // PAGE))
    page = min(page, pages - 1)
    return things[page * PAGE : (page + 1) * PAGE], page, pages


def _back(draft: Draft, t: Translator) -> Button:
    return button("↩ " + t.say("To the date"), Verb.SHEET, draft.id)


def _view(lines: Sequence[str], rows: Rows = ()) -> View:
    return View(parts=[finish("\n".join(lines), Markup.HTML)], rows=rows)
