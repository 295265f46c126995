"""A place as it is looked at in /mine, and what its screens are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.buttons import Act, Button, Rows
from bot.mine.follows import subject_of
from bot.mine.subjects import Dates, subject_name
from bot.mine.verbs import Verb, to
from bot.paging import turning
from bot.texts import Markup, Translator, cut
from bot.views import View
from bot.words.marks import finish
from bot.words.names import capital
from bot.words.reminders import Reader
from domain.events import Subject
from storage.standings import Standing
from storage.subscriptions import Subscription

PAGE = 8
COLUMNS = 40  # of a button
LONGEST = 120  # columns of a line
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A place as it is looked at, and by whom."""

    reader: Reader
    now: datetime
    held: Sequence[Subscription]
    dates: Dates
    kind: str = "private"  # Telegram's word for the chat
    topic: bool = False
    muted: datetime | None = None
    open: Sequence[Standing] = field(default=())  # the overdue first
    silenced: Sequence[Standing] = field(default=())
    note: str = ""  # what was just done

    @property
    def subjects(self) -> frozenset[Subject]:
        """What is followed."""
        return frozenset(subject_of(one) for one in self.held)

    @property
    def t(self) -> Translator:
        """Into the reader's language."""
        return self.reader.t

    def named(self, subject: Subject) -> str:
        """What a subject is called, within a line."""
        found = subject_name(subject, self.reader.library, self.dates, self.t)
        return cut(capital(found or self.t.say("something that is no longer there")), LONGEST)


def paged(
    things: Sequence[Thing], page: int, verb: Verb, t: Translator, what: str = ""
) -> tuple[Sequence[Thing], int, Rows]:
    """What stands on a page, or on the last one; which one that is; and the row that turns."""
    pages = max(1, -(-len(things) // PAGE))
    page = min(page, pages - 1)
    rows = turning(page, pages, lambda other: to(verb, what, other), t)
    return things[page * PAGE : (page + 1) * PAGE], page, rows


def numbered(lines: Iterable[str], page: int) -> list[str]:
    """Lines with the numbers that `numbers` has buttons for."""
    return [f"{number}. {line}" for number, line in enumerate(lines, page * PAGE + 1)]


def numbers(mark: str, presses: Iterable[Act], page: int) -> Rows:
    """A small button for each numbered line, four in a row."""
    each = [Button(label=f"{mark} {n}", press=press) for n, press in enumerate(presses, page * PAGE + 1)]
    return tuple(tuple(each[start : start + 4]) for start in range(0, len(each), 4))


def note(here: Here) -> list[str]:
    """What was just done, above the rest."""
    return [here.note, ""] if here.note else []


def back(t: Translator, verb: Verb = Verb.HERE, page: int | None = None) -> Button:
    """To where one came from."""
    return Button(label="↩ " + t.say("Back"), press=to(verb, "", page))


def view(lines: Sequence[str], rows: Rows = ()) -> View:
    """The screen, in HTML."""
    return View(parts=[finish("\n".join(lines), Markup.HTML)], rows=rows)
