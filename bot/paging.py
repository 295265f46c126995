"""Long lists in pages: what stands on one, and the row of buttons that turns them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.buttons import Browse, Button, Press, Rows
from bot.texts import Translator

Thing = TypeVar("Thing")

PAGE = 6


def page_of(things: Sequence[Thing], place: Browse, t: Translator) -> tuple[Sequence[Thing], Rows]:
    """The things on the place's page, or the last one; and the row that turns, where there are several."""
    pages = max(1, -(-len(things) // PAGE))
    page = min(place.page, pages - 1)
    shown = things[page * PAGE : (page + 1) * PAGE]
    return shown, turning(page, pages, lambda to: Browse(reference=place.reference, page=to), t)


def turning(page: int, pages: int, to: Callable[[int], Press], t: Translator) -> Rows:
    """The row that turns the pages of a list; none where there is one page only."""
    if pages <= 1:
        return ()
    middle = t.say("{page} of {pages}", page=page + 1, pages=pages)
    row = (
        Button(label="◀", press=to((page - 1) % pages)),
        Button(label=middle, press=to(page)),
        Button(label="▶", press=to((page + 1) % pages)),
    )
    return (row,)
