"""A reminder in words: what is coming, when, how far off it is, and where it stands."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from answering.library import Library
from bot.words.dates import day, period, until
from bot.words.figures import figure, number
from bot.words.marks import Markup, bold, finish, italic
from bot.words.names import name, policy_name
from bot.words.occasions import span_standing
from bot.words.sources import clause_words
from bot.words.translations import N_, Translator
from domain.events import EventKind
from domain.policy import Name, Target
from domain.timeline import Deadline, Precision

MOST = 12  # events in one message; the rest is counted
_KINDS = {
    EventKind.STAGE_START: N_("begins"),
    EventKind.STAGE_END: N_("ends"),
    EventKind.MILESTONE: N_("milestone"),
    EventKind.COLLECTION: N_("figures are collected"),
}


def reminder_text(facts: Mapping[str, Any], library: Library, today: date, t: Translator) -> str:
    """The whole message, in HTML.

    Args:
        facts: `{"day", "items"}` as they were frozen when the message was queued, each item as
            `Occurrence.facts` gives it, with its `lead` and whether it is `late`.
        library: where the source is looked up.
        today: what "days left" counts from.
        t: into the reader's language.
    """
    items = facts["items"]
    blocks = [bold("⏰ " + t.say_n("{n} date ahead", "{n} dates ahead", len(items), n=number(len(items), t)))]
    blocks += ["\n".join(_lines(item, library, today, t)) for item in items[:MOST]]
    if (left := len(items) - MOST) > 0:
        blocks.append(t.say_n("… and {n} more", "… and {n} more", left))
    if any(item["late"] for item in items):
        blocks.append(italic(t.say("Told late: the service was down at the time.")))
    return finish("\n\n".join(blocks), Markup.HTML)


def _lines(item: Mapping[str, Any], library: Library, today: date, t: Translator) -> Iterator[str]:
    kind = EventKind(item["kind"])
    called = name(Name(zh=item["name"]["zh"], en=item["name"]["en"]), t)
    found = library.find(item["policy"], kind.topic, item["fact"]) if item["fact"] else None
    if found and isinstance(found.fact, Target):
        called = t.say("{subject}: {words}", subject=called, words=figure(found.fact, t))
    elif kind in _KINDS:
        called = t.say("{subject}: {words}", subject=called, words=t.say(_KINDS[kind]))
    yield bold(called)
    yield _when(item, kind, today, t)
    policy = found.policy if found else library.policy(item["policy"])
    if policy:
        clause = f" · {clause_words(found.fact.passage.clause, t)}" if found else ""
        yield f"📎 {policy_name(policy, t)}{clause}"


def _when(item: Mapping[str, Any], kind: EventKind, today: date, t: Translator) -> str:
    on, first, last = (date.fromisoformat(item[field]) for field in ("day", "first", "last"))
    if kind in {EventKind.TARGET, EventKind.MEASURE, EventKind.STAGE_END, EventKind.MILESTONE}:
        return until(Deadline(on, Precision(item["precision"])), today, t)
    dates = day(first, t, weekday=True)
    if last != first:
        dates = period(Deadline(first, Precision.DAY), Deadline(last, Precision.DAY), t)
    return t.say("{when} ({standing})", when=dates, standing=span_standing(first, last, today, t))
