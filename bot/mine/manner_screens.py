"""How a place is reminded, as screens: all of it, and one to choose each part from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.buttons import Act, Button, Errand, Manage, Room, Rows
from bot.mine.changes import HOURS, LEADS, REPEATS, TIMES, ZONES, Outside, written
from bot.mine.verbs import Verb
from bot.texts import Markup, Translator
from bot.views import View
from bot.words.marks import bold, clean, finish, italic
from bot.words.names import capital
from bot.words.settings import (
    digest_explained,
    digest_name,
    lead_words,
    leads_words,
    manner_lines,
    repeats_words,
    span,
    zone_words,
)
from bot.words.translations import N_
from domain.reminders import Digest, ReminderSettings

_QUESTIONS = {
    Verb.LEADS: N_("How many days before shall reminders come?"),
    Verb.TIMES: N_("At what time of day shall reminders come?"),
    Verb.SPANS: N_("Between which hours may reminders come?"),
    Verb.ZONES: N_("Which time zone?"),
    Verb.DIGESTS: N_("Shall reminders be gathered in a digest?"),
    Verb.REPEATS: N_("How often shall a reminder be repeated while nobody answers?"),
}
_TO_TYPE = {
    Verb.LEADS: N_("Send the days, for example: 45, 10, 1. 0 is the day itself. /cancel leaves."),
    Verb.TIMES: N_("Send the time of day, for example: 9:15. /cancel leaves."),
    Verb.SPANS: N_("Send the hours, for example: 8:30-17:30. /cancel leaves."),
    Verb.ZONES: N_("Send the name of the time zone, for example: Asia/Tokyo. /cancel leaves."),
    Verb.MUTES: N_("Send the day on which you want to hear again, for example: 2027-01-04. /cancel leaves."),
}
_IN_A_ROW = {Verb.LEADS: 4, Verb.TIMES: 3, Verb.SPANS: 2, Verb.ZONES: 2, Verb.REPEATS: 4, Verb.DIGESTS: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Whose settings are shown, and to whom."""

    settings: ReminderSettings
    t: Translator
    follows: bool = True  # the place follows something, so that there is something to set
    typing: bool = True  # it is a private chat, where values can be typed
    title: str = ""  # of an address
    address: int | None = None  # its number
    note: str = ""  # what was just done

    def to(self, verb: Verb, what: str = "") -> Act:
        """The press of a button that means the same place."""
        value = what if self.address is None else f"{what}@{self.address}"
        return Act(room=Room.MINE, verb=verb.value, value=value)


def manner(shown: Shown) -> View:
    """All of it, with a button for each part."""
    t, settings = shown.t, shown.settings
    lines = [shown.note, ""] if shown.note else []
    title = t.say("How reminders come")
    lines.append(bold(f"{clean(shown.title)}: {title}" if shown.title else title))
    lines += [f"• {line}" for line in manner_lines(settings, t)]
    if not shown.follows:
        lines += ["", t.say("Nothing is followed here yet; this can be changed as soon as something is.")]
        return _view(lines, (_back(shown),))
    rows: list[tuple[Button, ...]] = [
        (Button(label="🗓 " + leads_words(settings.leads, t), press=shown.to(Verb.LEADS)),),
        (
            Button(label=f"🕘 {settings.at:%H:%M}", press=shown.to(Verb.TIMES)),
            Button(label=f"💼 {span(settings.hours)}", press=shown.to(Verb.SPANS)),
        ),
        (Button(label="🌏 " + zone_words(settings.zone, t), press=shown.to(Verb.ZONES)),),
        (
            Button(label="📬 " + capital(digest_name(settings.digest, t)), press=shown.to(Verb.DIGESTS)),
            Button(label="🔁 " + t.say("Repeats: {n}", n=settings.repeats), press=shown.to(Verb.REPEATS)),
        ),
    ]
    if settings != ReminderSettings():
        rows.append((Button(label="♻️ " + t.say("Back to the defaults"), press=shown.to(Verb.USUAL)),))
    return _view(lines, (*rows, _back(shown)))


def part(verb: Verb, shown: Shown) -> View:
    """What a part of it can be; the present choice is ticked."""
    t = shown.t
    lines = [bold(t.say(_QUESTIONS[verb])), *_explained(verb, shown)]
    if verb in _TO_TYPE and not shown.typing:
        lines += ["", italic(t.say("In a group only what stands here can be chosen."))]
    rows = _in_rows(_choices(verb, shown), _IN_A_ROW[verb])
    if verb in _TO_TYPE and shown.typing:
        typed = Button(label="✏️ " + t.say("Type another"), press=shown.to(Verb.TYPE, verb.value))
        rows = (*rows, (typed,))
    back = Button(label="↩ " + t.say("Back"), press=shown.to(Verb.MANNER))
    return _view(lines, (*rows, (back,)))


def outside(problem: Outside, shown: Shown) -> View:
    """A time of day outside of the hours, with the way out."""
    t, remedy = shown.t, problem.remedy
    both = t.say("{time}, within {hours}", time=f"{remedy.at:%H:%M}", hours=span(remedy.hours))
    fix = Button(label="✓ " + both, press=shown.to(Verb.SPAN, written(*remedy.hours, remedy.at)))
    leave = Button(label="↩ " + t.say("Leave it as it was"), press=shown.to(Verb.MANNER))
    return _view(
        [problem.words(t), t.say("Nothing is changed yet. Shall it be like this?")], ((fix,), (leave,))
    )


def ask(verb: Verb, t: Translator) -> View:
    """The question whose answer is typed."""
    return _view([t.say(_TO_TYPE[verb])])


def _explained(verb: Verb, shown: Shown) -> list[str]:
    t = shown.t
    match verb:
        case Verb.DIGESTS:
            return [f"• {capital(digest_name(one, t))} – {digest_explained(one, t)}" for one in Digest]
        case Verb.REPEATS:
            return [repeats_words(shown.settings, t)]
        case Verb.LEADS:
            return [t.say("If a date is nearer than that when you follow it, you are reminded at once.")]
        case _:
            return []


def _choices(verb: Verb, shown: Shown) -> Iterable[Button]:
    t, now = shown.t, shown.settings
    match verb:
        case Verb.LEADS:
            for lead in sorted({*LEADS, *now.leads}, reverse=True):
                yield _choice(capital(lead_words(lead, t)), lead in now.leads, shown.to(Verb.LEAD, f"{lead}"))
        case Verb.TIMES:
            for at in TIMES:
                yield _choice(f"{at:%H:%M}", at == now.at, shown.to(Verb.TIME, written(at)))
        case Verb.SPANS:
            for hours in HOURS:
                yield _choice(span(hours), hours == now.hours, shown.to(Verb.SPAN, written(*hours)))
        case Verb.ZONES:
            for zone in ZONES:
                yield _choice(zone_words(zone, t), zone == now.zone, shown.to(Verb.ZONE, zone))
        case Verb.DIGESTS:
            for digest in Digest:
                chosen = digest is now.digest
                yield _choice(capital(digest_name(digest, t)), chosen, shown.to(Verb.DIGEST, digest.value))
        case Verb.REPEATS:
            for repeats in REPEATS:
                yield _choice(f"{repeats}", repeats == now.repeats, shown.to(Verb.REPEAT, f"{repeats}"))


def _choice(label: str, chosen: bool, press: Act) -> Button:  # noqa: FBT001 - the tick
    return Button(label=f"✓ {label}" if chosen else label, press=press)


def _in_rows(buttons: Iterable[Button], columns: int) -> Rows:
    each = tuple(buttons)
    return tuple(each[start : start + columns] for start in range(0, len(each), columns))


def _back(shown: Shown) -> tuple[Button]:
    if shown.address is None:
        return (Button(label="↩ " + shown.t.say("Back"), press=shown.to(Verb.HERE)),)
    there = Manage(errand=Errand.SHOW, address=shown.address)
    return (Button(label="↩ " + shown.t.say("To the address"), press=there),)


def _view(lines: Sequence[str], rows: Rows = ()) -> View:
    return View(parts=[finish("\n".join(lines), Markup.HTML)], rows=rows)
