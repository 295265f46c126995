"""A reminder in words: what is coming, when, how far off it is, and where it stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from answering.answer import Found
from answering.library import Library
from bot.words.dates import day, period, until, when
from bot.words.figures import figure, number
from bot.words.marks import Markup, bold, finish, italic, shorten
from bot.words.moments import moment
from bot.words.names import capital, cut, joined, name, policy_name
from bot.words.occasions import span_standing
from bot.words.phases import dated, stage_standing
from bot.words.sources import MAX_CLAUSES, clause_words
from bot.words.splitting import LIMIT
from bot.words.translations import N_, Translator
from domain.events import EventKind
from domain.policy import Name, Stage, Target
from domain.timeline import Deadline, Precision
from storage.standings import Standing

MOST = 12  # events in one message; the rest is counted
_COLUMNS = (160, 80, 40)  # of a name: the first with which all of it fits into one message
_BY_DEADLINE = frozenset({EventKind.TARGET, EventKind.MEASURE, EventKind.STAGE_END, EventKind.MILESTONE})
_OVERDUE = _BY_DEADLINE | {EventKind.COLLECTION}  # what has passed otherwise has just been
_KINDS = {
    EventKind.STAGE_START: N_("begins"),
    EventKind.STAGE_END: N_("ends"),
    EventKind.COLLECTION: N_("figures are collected"),
}

Item = Mapping[str, Any]  # as `Occurrence.facts` gives it, with `id`, `lead`, `late`, `repetition`, `snoozes`
Stands = Mapping[int, Standing]  # how a place stands to items, by their ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom the words are for."""

    library: Library  # where the source is looked up
    today: date  # what "days left" counts from
    t: Translator
    columns: int = _COLUMNS[0]  # names are cut there


def fitting(text_for: Callable[[Reader], str], reader: Reader) -> str:
    """A text as one message, with its names cut as far as that takes."""
    for columns in _COLUMNS:
        text = text_for(replace(reader, columns=columns))
        if len(text.encode("utf-16-le", "replace")) <= 2 * LIMIT:
            break
    return text


def card_text(item: Item, stand: Standing | None, reader: Reader, *, remark: str = "") -> str:
    """All about one item, in HTML; `stand` is None where nobody can have said anything yet."""
    t, item = reader.t, current(item, stand)
    found = find(item, reader)
    lines = [bold(f"⏰ {called(item, reader)}"), capital(when_words(item, reader, done=_is_done(stand)))]
    lines += _phase(item, found, reader)
    lines += _source([item], reader)
    said = _said(stand, t)
    blocks = ["\n".join(lines), said]
    if remark or said:
        blocks.append(remark)
    else:
        blocks += _notes([item], t.say("Not acknowledged yet; one tap is enough."), t)
    return finish("\n\n".join(block for block in blocks if block), Markup.HTML)


def list_text(items: Sequence[Item], stands: Stands, reader: Reader, *, page: int = 0) -> str:
    """Several items by their dates, one page of them, in HTML; what nobody spoke of is not in `stands`."""
    return fitting(lambda one: _list_text(items, stands, one, page), reader)


def current(item: Item, stand: Standing | None) -> Item:
    """The item with its date as it is now, which may have moved since it was told."""
    return {**item, **stand.facts} if stand else item


def find(item: Item, reader: Reader) -> Found | None:
    """What the item is about, where a policy still holds it."""
    if not item["fact"]:
        return None
    return reader.library.find(item["policy"], EventKind(item["kind"]).topic, item["fact"])


def called(item: Item, reader: Reader) -> str:
    """What the item is called: a target with its figure, a stage with what becomes of it."""
    t, kind, found = reader.t, EventKind(item["kind"]), find(item, reader)
    itself = cut(name(Name(zh=item["name"]["zh"], en=item["name"]["en"]), t), reader.columns)
    if found and isinstance(found.fact, Target):
        itself = t.say("{subject}: {words}", subject=itself, words=figure(found.fact, t))
    elif kind in _KINDS and not _says_itself(itself, words := t.say(_KINDS[kind]), t):
        itself = t.say("{subject}: {words}", subject=itself, words=words)
    return capital(itself)


def when_words(item: Item, reader: Reader, *, done: bool = False) -> str:
    """Its date as exactly as it was stated, and how far it is; of what is `done` the date alone."""
    t, today, kind = reader.t, reader.today, EventKind(item["kind"])
    on, first, last = (date.fromisoformat(item[field]) for field in ("day", "first", "last"))
    deadline = Deadline(on, Precision(item["precision"]))
    by_deadline = kind in _BY_DEADLINE
    dates = when(deadline, t) if by_deadline else _days(first, last, t)
    if done:
        return dates
    if today > last and kind in _OVERDUE:
        over = (today - last).days
        standing = t.say_n("{n} day overdue", "{n} days overdue", over, n=number(over, t))
        return t.say("{when} ({standing})", when=dates, standing=standing)
    if by_deadline:
        return until(deadline, today, t)
    return t.say("{when} ({standing})", when=dates, standing=span_standing(first, last, today, t))


def person(called_: str | None) -> str:
    """The name of whoever said something, as they called themselves."""
    return shorten(called_ or "", 40) or "…"


def _says_itself(called_: str, words: str, t: Translator) -> bool:
    """Whether a name says already what becomes of it: 报送数据, of 数据报送."""
    return t.chinese and set(words) <= set(called_)


def _list_text(items: Sequence[Item], stands: Stands, reader: Reader, page: int) -> str:
    t, start = reader.t, page * MOST
    shown = [
        (number_, current(one, stands.get(one["id"])), stands.get(one["id"]))
        for number_, one in enumerate(items[start : start + MOST], start + 1)
    ]
    said = [_said(stand, t) for _, _, stand in shown]
    alike = said[0] if len(set(said)) == 1 else ""
    blocks = [bold("⏰ " + _header([current(one, stands.get(one["id"])) for one in items], reader))]
    for _, of_date in groupby(shown, key=lambda one: when_words(one[1], reader)):
        blocks += _dated(list(of_date), reader, tell=not alike)
    if (left := len(items) - start - len(shown)) > 0:
        blocks.append(t.say_n("… and {n} more", "… and {n} more", left))
    if alike:
        blocks.append(alike)
    else:
        silent = [item for (_, item, _), words in zip(shown, said, strict=True) if not words]
        blocks += _notes(silent, t.say("Not all of it is acknowledged yet; one tap is enough."), t)
    return finish("\n\n".join(blocks), Markup.HTML)


def _days(first: date, last: date, t: Translator) -> str:
    if first == last:
        return day(first, t, weekday=True)
    return period(Deadline(first, Precision.DAY), Deadline(last, Precision.DAY), t)


def _header(items: Sequence[Item], reader: Reader) -> str:
    t, n = reader.t, len(items)
    past = sum(date.fromisoformat(one["last"]) < reader.today for one in items)
    if not past:
        return t.say_n("{n} item ahead", "{n} items ahead", n, n=number(n, t))
    if past == n:
        return t.say_n("{n} item past", "{n} items past", n, n=number(n, t))
    return t.say("{n} items, {m} of them past", n=number(n, t), m=number(past, t))


def _dated(some: Sequence[tuple[int, Item, Standing | None]], reader: Reader, *, tell: bool) -> Iterator[str]:
    """Items of one date: that once, and the source once for those of a policy."""
    done = all(_is_done(stand) for _, _, stand in some)
    lines = [bold(capital(when_words(some[0][1], reader, done=done)))]
    for _, of_policy in groupby(some, key=lambda one: one[1]["policy"]):
        these = list(of_policy)
        for number_, item, stand in these:
            lines.append(f"{number_}. {called(item, reader)}")
            if tell and (said := _said(stand, reader.t)):
                lines.append(f"    {said}")
        yield "\n".join([*lines, *_source([item for _, item, _ in these], reader)])
        lines = []


def _notes(unanswered: Sequence[Item], reminder: str, t: Translator) -> Iterator[str]:
    """Why these are told now, where that is not by plan."""
    if any(item["repetition"] for item in unanswered):
        yield italic(reminder)
    if any(item["late"] for item in unanswered):
        yield italic(t.say("Sent late: the service was down at the time."))


def _source(items: Iterable[Item], reader: Reader) -> list[str]:
    """The policy of all of them with the clauses they stand in; nothing for what stands in none."""
    t, items = reader.t, list(items)
    policy = reader.library.policy(items[0]["policy"])
    if policy is None:
        return []
    found = [one for item in items if (one := find(item, reader))]
    clauses = list(dict.fromkeys(clause_words(one.fact.passage.clause, t) for one in found))
    title = cut(policy_name(policy, t), reader.columns)
    if len(clauses) > MAX_CLAUSES:
        return [f"📎 {title} · {joined(clauses[:MAX_CLAUSES], t)} …"]
    return [f"📎 {title} · {joined(clauses, t)}" if clauses else f"📎 {title}"]


def _phase(item: Item, found: Found | None, reader: Reader) -> list[str]:
    """Where in a stage we are; at its end, what comes next."""
    if found is None or not isinstance(found.fact, Stage):
        return []
    t, stage = reader.t, found.fact
    if item["kind"] != EventKind.STAGE_END:
        return [f"🗓 {dated(stage, t)} · {stage_standing(stage, reader.today, t)}"]
    after = [one for one in found.policy.stages if one.start > stage.start]
    return (
        ["🗓 " + t.say("Next: {stage}", stage=dated(min(after, key=lambda one: one.start), t))]
        if after
        else []
    )


def _said(stand: Standing | None, t: Translator) -> str:
    """What a place said last, who and when; empty where it said nothing."""
    if stand is None:
        return ""
    words = []
    if stand.done_at:
        words.append("☑️ " + _by(N_("Done: {name}, {when}"), stand.done_name, stand.done_at, t))
    elif stand.acknowledged_at:
        form = N_("Acknowledged: {name}, {when}")
        words.append("✅ " + _by(form, stand.acknowledged_name, stand.acknowledged_at, t))
    if stand.silenced:
        words.append("🔕 " + t.say("No more reminders of this here."))
    return " · ".join(words)


def _by(form: str, called_: str | None, at: datetime, t: Translator) -> str:
    return t.say(form, name=person(called_), when=moment(at, t))


def _is_done(stand: Standing | None) -> bool:
    return stand is not None and stand.done_at is not None
