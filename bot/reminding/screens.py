"""A reminder as a message with its buttons: as it is sent, and as it looks after each press."""

from collections.abc import Iterable, Mapping, Sequence

from answering.answer import Aspect, Reference
from bot.buttons import Button, Open, Press, Rows
from bot.paging import turning
from bot.reminding.verbs import Later, Touch, Verb
from bot.views import View
from bot.words.marks import Markup, bold, finish
from bot.words.reminders import (
    MOST,
    Item,
    Reader,
    Stands,
    called,
    card_text,
    current,
    find,
    list_text,
    when_words,
)
from bot.words.translations import N_, Translator
from domain.events import EventKind, Occurrence
from storage.standings import Standing

_IN_A_ROW = 4
_LABELS = {
    Later.HOUR: N_("In an hour: {when}"),
    Later.DAY: N_("Next working day: {when}"),
    Later.WEEK: N_("In a week: {when}"),
}


def message(short: str, items: Sequence[Item], stands: Stands, reader: Reader, *, page: int = 0) -> View:
    """The whole message: a card where it tells one thing, else a list with a door to each."""
    if len(items) == 1:
        return card(short, items, items[0]["id"], stands, reader)
    t, page = reader.t, min(page, (len(items) - 1) // MOST)
    doors = [
        Button(label=f"{number}{_mark(stands.get(item['id']))}", press=_touch(Verb.CARD, short, item["id"]))
        for number, item in enumerate(items, 1)
    ][page * MOST : (page + 1) * MOST]
    rows = [tuple(doors[start : start + _IN_A_ROW]) for start in range(0, len(doors), _IN_A_ROW)]
    if any(is_open(stands.get(item["id"])) for item in items):
        everything = Button(label="✅ " + t.say("Acknowledge all"), press=_touch(Verb.ALL, short))
        rows.insert(0, (everything,))
    pages = -(-len(items) // MOST)
    rows += turning(page, pages, lambda to: _touch(Verb.LIST, short, to), t)
    return View(parts=[list_text(items, stands, reader, page=page)], rows=tuple(rows))


def card(  # noqa: PLR0913 - what a card is made of
    short: str, items: Sequence[Item], number: int, stands: Stands, reader: Reader, *, remark: str = ""
) -> View:
    """One item with all that can be said to it."""
    index, item = next((at, one) for at, one in enumerate(items) if one["id"] == number)
    stand = stands.get(number)
    text = card_text(item, stand, reader, remark=remark)
    return View(
        parts=[text],
        rows=(*_answers(short, item, stand, reader), *_back_to_list(short, items, index, reader.t)),
    )


def gone(short: str, items: Sequence[Item], number: int, reader: Reader) -> View:
    """One item that there is nothing to say to any more."""
    index, item = next((at, one) for at, one in enumerate(items) if one["id"] == number)
    text = card_text(item, None, reader, remark=reader.t.say("That is no longer there."))
    return View(parts=[text], rows=_back_to_list(short, items, index, reader.t))


def choose_time(
    short: str, item: Item, stand: Standing | None, times: Mapping[Later, str], reader: Reader
) -> View:
    """When it shall come again; `times` are the moments in words."""
    t, number = reader.t, item["id"]
    text = card_text(item, stand, reader, remark=t.say("When shall it come again?"))
    rows = [
        (
            Button(
                label="⏰ " + t.say(_LABELS[later], when=moment),
                press=Touch(verb=Verb.AGAIN, short=short, number=number, later=later).act(),
            ),
        )
        for later, moment in times.items()
    ]
    return View(parts=[text], rows=(*rows, (_back(Verb.CARD, short, number, t),)))


def coming(
    short: str, item: Item, stand: Standing | None, ahead: Iterable[Occurrence], reader: Reader
) -> View:
    """The next times of a date that stands in no policy."""
    t = reader.t
    facts = [one.facts() for one in ahead]
    lines = [bold(called(current(item, stand), reader)), *("• " + when_words(one, reader) for one in facts)]
    if not facts:
        lines.append(t.say("It does not come again."))
    rows = ((_back(Verb.CARD, short, item["id"], t),),)
    return View(parts=[finish("\n".join(lines), Markup.HTML)], rows=rows)


def is_open(stand: Standing | None) -> bool:
    """Whether nobody has said anything to it yet."""
    return stand is None or not (stand.acknowledged_at or stand.done_at or stand.silenced)


def _answers(short: str, item: Item, stand: Standing | None, reader: Reader) -> Rows:
    t, number = reader.t, item["id"]

    def button(label: str, verb: Verb) -> Button:
        return Button(label=label, press=_touch(verb, short, number))

    look = Button(label="📖 " + t.say("Open"), press=_page(item, reader) or _touch(Verb.TIMES, short, number))
    if stand and stand.silenced:
        return ((button("🔔 " + t.say("Remind again"), Verb.LOUD), look),)
    if stand and stand.done_at:
        return ((button("↶ " + t.say("Undo"), Verb.UNDO), look),)
    said = [] if stand and stand.acknowledged_at else [button("✅ " + t.say("Acknowledge"), Verb.SEEN)]
    if item["to_do"]:
        said.append(button("☑️ " + t.say("It is done"), Verb.DONE))
    rest = (
        button("⏰ " + t.say("Later"), Verb.LATER),
        look,
        button("🔕 " + t.say("Mute this"), Verb.QUIET),
    )
    return (tuple(said), rest) if said else (rest,)


def _page(item: Item, reader: Reader) -> Open | None:
    """The page of what it is about, in a new message."""
    if find(item, reader) is None:
        return None
    kind = EventKind(item["kind"]).topic
    return Open(reference=Reference(policy=item["policy"], kind=kind, id=item["fact"], aspect=Aspect.DETAIL))


def _back_to_list(short: str, items: Sequence[Item], index: int, t: Translator) -> Rows:
    return ((_back(Verb.LIST, short, index // MOST, t),),) if len(items) > 1 else ()


def _back(verb: Verb, short: str, number: int, t: Translator) -> Button:
    return Button(label="↩ " + t.say("Back"), press=_touch(verb, short, number))


def _touch(verb: Verb, short: str, number: int | None = None) -> Press:
    return Touch(verb=verb, short=short, number=number).act()


def _mark(stand: Standing | None) -> str:
    if stand is None:
        return ""
    if stand.silenced:
        return " 🔕"
    if stand.done_at:
        return " ☑️"
    return " ✅" if stand.acknowledged_at else ""
