"""Long lists in pages: what stands on one, and the row of buttons that turns them."""

from collections.abc import Sequence
from typing import TypeVar

from bot.buttons import Browse, Button, Rows
from bot.texts import Translator

Thing = TypeVar("Thing")

PAGE = 6


def page_of(things: Sequence[Thing], place: Browse, t: Translator) -> tuple[Sequence[Thing], Rows]:
    """The things on the place's page, or the last one; and the row that turns, where there are several."""
    pages = max(1, -(-len(things) // PAGE))
    page = min(place.page, pages - 1)
    shown = things[page * PAGE : (page + 1) * PAGE]
    if pages == 1:
        return shown, ()

    def turned(to: int) -> Browse:
        return Browse(reference=place.reference, page=to % pages)

    middle = t.say("{page} of {pages}", page=page + 1, pages=pages)
    row = (
        Button(label="◀", press=turned(page - 1)),
        Button(label=middle, press=turned(page)),
        Button(label="▶", press=turned(page + 1)),
    )
    return shown, (row,)
