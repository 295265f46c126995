"""What the screens of a review are put together from."""

from collections.abc import Sequence
from typing import TypeVar

from bot.buttons import Button, Inspect, Look, Rows
from bot.texts import Markup, Translator, clean, shorten, split
from bot.views import View
from bot.words.marks import finish
from domain.policy import AnyFact
from storage.readings import Draft

Thing = TypeVar("Thing")

PAGE = 5
TITLE = 200
_QUOTE = 180


def to(draft: Draft, look: Look, value: str = "") -> Inspect:
    """The press that goes on with a draft."""
    return Inspect(id=draft.id, look=look, value=value)


def back(draft: Draft, t: Translator) -> Button:
    """The way back to the card."""
    return Button(label="↩ " + t.say("To the draft"), press=to(draft, Look.CARD))


def view(lines: Sequence[str], rows: Rows = ()) -> View:
    """Lines as messages, in parts where they are long."""
    return View(parts=split(finish("\n".join(lines), Markup.HTML)), rows=rows)


def quoted(fact: AnyFact) -> str:
    """The words of the text and their clause; the clause alone of what was not read from a text."""
    quote, clause = fact.passage.quote, clean(fact.passage.clause)
    return f"“{shorten(quote, _QUOTE)}” · {clause}" if quote else f"· {clause}"


def page_of(
    things: Sequence[Thing], page: int, draft: Draft, look: Look, kind: str = ""
) -> tuple[Sequence[Thing], int, Rows]:
    """What stands on a page, or on the last one; which one that is; and the row that turns."""
    pages = max(1, -(-len(things) // PAGE))
    page = min(page, pages - 1)
    shown = things[page * PAGE : (page + 1) * PAGE]
    if pages == 1:
        return shown, page, ()
    start = f"{kind}_" if kind else ""
    before = Button(label="◀", press=to(draft, look, f"{start}{(page - 1) % pages}"))
    after = Button(label=f"{page + 1}/{pages} ▶", press=to(draft, look, f"{start}{(page + 1) % pages}"))
    return shown, page, ((before, after),)
