"""What a place follows and how it stands, as screens: all of it, muting, what is open, what is silent."""

from collections.abc import Iterable

from bot.buttons import Act, Button, Room, Rows
from bot.greeting import languages
from bot.mine.follows import outlook_words, settings_of, subject_of
from bot.mine.here import Here, back, note, numbered, numbers, paged, view
from bot.mine.outlook import Outlook
from bot.mine.verbs import Verb, to
from bot.texts import Translator
from bot.views import View
from bot.words.marks import bold, italic
from bot.words.reminders import Reader, called, when_words
from bot.words.settings import day_on_clock, manner_lines
from bot.words.translations import N_
from storage.standings import Standing

MUTES = {"day": N_("Until tomorrow"), "week": N_("For a week"), "month": N_("For a month")}
_SOME = 5  # of what has a screen of its own
_OF_GROUP = N_("What this group follows")
_TITLES = {"private": N_("What you follow"), "topic": N_("What this topic follows")}


def main(here: Here, coming: Outlook) -> View:
    """All of it."""
    t, settings = here.t, settings_of(here.held)
    lines = [bold(t.say(_TITLES.get("topic" if here.topic else here.kind, _OF_GROUP)))]
    lines += [f"• {here.named(subject_of(one))}" for one in here.held[:_SOME]]
    lines += _left(len(here.held) - _SOME, t)
    if here.held:
        lines += ["", bold(t.say("How reminders come")), *(f"• {line}" for line in manner_lines(settings, t))]
        if here.muted:
            until = day_on_clock(here.muted, settings.zone, t)
            lines += ["", "🔕 " + t.say("Muted until {day}.", day=until)]
        lines += ["", "⏰ " + outlook_words(coming, settings, here.now, here.reader)]
    else:
        lines.append(t.say("Nothing yet. Follow something, and you are reminded of its dates in good time."))
    if here.open:
        lines += [
            "",
            bold(f"📌 {_open_words(here)}"),
            *(f"• {one}" for one in _items(here.open[:_SOME], here.reader)),
        ]
        lines += _left(len(here.open) - _SOME, t)
    return view(lines, _doors(here))


def mutes(here: Here) -> View:
    """Until when to be silent."""
    t = here.t
    lines = [bold(t.say("Until when shall it be quiet here?"))]
    lines.append(
        t.say("Reminders that fall due meanwhile are not sent later; what is followed stays followed.")
    )
    if here.muted:
        until = day_on_clock(here.muted, settings_of(here.held).zone, t)
        lines += ["", "🔕 " + t.say("Muted until {day}.", day=until)]
    rows: list[tuple[Button, ...]] = [
        tuple(Button(label=t.say(words), press=to(Verb.MUTE, key)) for key, words in MUTES.items())
    ]
    if here.kind == "private":
        another = Button(label="✏️ " + t.say("Type a day"), press=to(Verb.TYPE, Verb.MUTES))
        rows.append((another,))
    else:
        lines += ["", italic(t.say("In a group only what stands here can be chosen."))]
    if here.muted:
        rows.append((Button(label="🔔 " + t.say("Unmute now"), press=to(Verb.MUTE, "off")),))
    return view(lines, (*rows, (back(t),)))


def silent(here: Here, page: int) -> View:
    """Events that are told no more, to hear of again."""
    t = here.t
    shown, page, turn = paged(here.silenced, page, Verb.SILENT, t)
    lines = [
        *note(here),
        bold(t.say("No longer reminded of here") if shown else t.say("Nothing is silenced here.")),
    ]
    lines += numbered([called(one.facts, here.reader) for one in shown], page)
    if shown:
        lines += ["", italic(t.say("Press the number of what you want to hear of again."))]
    presses = [to(Verb.HEAR, one.id, page) for one in shown]
    return view(lines, (*numbers("🔔", presses, page), *turn, (back(t),)))


def open_items(here: Here, page: int, done: Standing | None = None) -> View:
    """What was told and is not done; the one that was just done can be taken back."""
    t = here.t
    shown, page, turn = paged(here.open, page, Verb.OPEN, t)
    lines = [*note(here), bold(f"📌 {_open_words(here)}" if here.open else t.say("Nothing is open here."))]
    lines += numbered(_items(shown, here.reader), page)
    if shown:
        lines += ["", italic(t.say("Press the number of what is done."))]
    undo = ((Button(label="↶ " + t.say("Undo"), press=to(Verb.UNDO, done.id, page)),),) if done else ()
    presses = [to(Verb.DONE, one.id, page) for one in shown]
    return view(lines, (*undo, *numbers("☑️", presses, page), *turn, (back(t),)))


def language(t: Translator) -> View:
    """The choice of language, as /language shows it."""
    text = t.say("Which language shall I speak here?")
    return view([text], (languages(greet=False), (back(t),)))


def overdue(one: Standing, reader: Reader) -> bool:
    """Whether its last day has passed."""
    return bool(one.facts["last"] < reader.today.isoformat())


def _doors(here: Here) -> Rows:
    t = here.t
    follow = Button(label="➕ " + t.say("Follow more"), press=to(Verb.MORE))
    rows: list[tuple[Button, ...]] = [(follow,)]
    if here.held:
        count = t.say("{subject}: {words}", subject=t.say("Followed"), words=f"{len(here.held)}")
        quiet = "🔕 " + t.say("Muted") if here.muted else "🔕 " + t.say("Mute")
        rows = [
            (follow, Button(label="📋 " + count, press=to(Verb.LIST, "", 0))),
            (
                Button(label="⚙️ " + t.say("How reminders come"), press=to(Verb.MANNER)),
                Button(label=quiet, press=to(Verb.MUTES)),
            ),
        ]
    told = []
    if here.open:
        told.append(Button(label=f"📌 {_open_words(here)}", press=to(Verb.OPEN, "", 0)))
    if here.silenced:
        count = t.say("{subject}: {words}", subject=t.say("Silenced"), words=f"{len(here.silenced)}")
        told.append(Button(label="🙊 " + count, press=to(Verb.SILENT, "", 0)))
    if told:
        rows.append(tuple(told))
    last = [Button(label="🌐 " + t.say("Language"), press=to(Verb.LANGUAGE))]
    if here.held:
        feed = Act(room=Room.FEED, verb="show")
        last.append(Button(label="📆 " + t.say("Calendar address"), press=feed))
    return (*rows, tuple(last))


def _open_words(here: Here) -> str:
    t, late = here.t, sum(overdue(one, here.reader) for one in here.open)
    if late:
        return t.say("Open: {n} ({late} overdue)", n=len(here.open), late=late)
    return t.say("Open: {n}", n=len(here.open))


def _items(some: Iterable[Standing], reader: Reader) -> list[str]:
    return [
        f"{'⚠️ ' if overdue(one, reader) else ''}{called(one.facts, reader)} · {when_words(one.facts, reader)}"
        for one in some
    ]


def _left(more_: int, t: Translator) -> list[str]:
    return [t.say_n("… and {n} more", "… and {n} more", more_)] if more_ > 0 else []
