"""A clause of an imported policy verbatim: in the original characters, the phrase marked among others."""

import re

from answering.answer import Reference
from bot.answers import Desk
from bot.caller import Caller
from bot.texts import Markup, clean, gettext, policy_name, split
from bot.words.facts import QUOTE_LIMIT
from bot.words.marks import bold, finish
from domain.policy import Passage
from storage.readings import Readings

_AROUND = 160  # characters looked at on each side
_SENTENCE_END = re.compile("[。！？；!?;]")
# A line that ends within a sentence is wrapped, as in a pdf; a short one without any end is a heading.
_PARAGRAPH_END = re.compile(r"[。！？；：!?;:）)][ \u3000]*\n|\n\s*\n")
_PARAGRAPH_START = re.compile(rf"{_PARAGRAPH_END.pattern}|(?:^|\n)[^\n]{{0,24}}\n")


async def show(reference: Reference, caller: Caller, desk: Desk, readings: Readings | None) -> str | None:
    """Send the clause; returns a hint where there is none any more."""
    t = gettext(caller.language)
    found = desk.library.find(reference.policy, reference.kind, reference.id)
    if found is None or not found.fact.passage.quote:
        return t.say("That is no longer there.")
    kept = await readings.original(reference.policy) if readings else None
    passage = found.fact.passage
    source = f"📜 {policy_name(found.policy, t)} · {clean(passage.clause)}"
    text = f"{source}\n\n{marked(passage, kept.text if kept else None)}"
    await desk.replies.send(caller.place, split(finish(text, Markup.HTML)))
    return None


def marked(passage: Passage, text: str | None) -> str:
    """The phrase in bold within its paragraph, of a long one beside its sentences; alone without a text."""
    quote, start, end = passage.quote or "", passage.start, passage.end
    if text is None or start is None or end is None or text[start:end] != quote:
        return bold(_bounded(quote))
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    whole = start <= _AROUND, end + _AROUND >= len(text)
    return f"{_ahead(before, whole=whole[0])}{bold(_bounded(quote))}{_behind(after, whole=whole[1])}"


def _ahead(text: str, *, whole: bool) -> str:
    """From where the paragraph begins, else a sentence; `whole` where nothing stands before it."""
    breaks = [match.end() for match in _PARAGRAPH_START.finditer(text)]
    if breaks:
        return clean(text[breaks[-1] :]).lstrip()
    cut = None if whole else _SENTENCE_END.search(text)
    if cut:
        return clean(text[cut.end() :]).lstrip()
    return clean(text).lstrip() if whole else "…" + clean(text)


def _behind(text: str, *, whole: bool) -> str:
    """Up to where the paragraph ends, else a sentence."""
    if end := _PARAGRAPH_END.search(text):
        return clean(text[: end.end()]).rstrip()
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if ends and not whole:
        return clean(text[: ends[-1]]).rstrip()
    return clean(text).rstrip() if whole else clean(text) + "…"


def _bounded(quote: str) -> str:
    """A hostile document must not fill ten messages."""
    return clean(quote) if len(quote) <= QUOTE_LIMIT else clean(quote[:QUOTE_LIMIT]) + "…"
