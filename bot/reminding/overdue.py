"""What administrators see under /late: what is overdue, and what could not be told, page by page."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from bot.answers import Desk
from bot.buttons import Act, Button, Room, Rows
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.paging import turning
from bot.reminding.verbs import Listing
from bot.texts import Translator, gettext
from bot.views import View
from bot.words.late import late_text, missed_text
from bot.words.moments import SHANGHAI
from bot.words.reminders import Reader
from storage.chats import Chats
from storage.reminders import Reminders

PAGE = 12  # places on one
_SHOWN = timedelta(days=90)
Thing = TypeVar("Thing")


class Overdue:
    """Both lists."""

    def __init__(self, desk: Desk, reminders: Reminders, chats: Chats) -> None:
        self._desk = desk
        self._reminders = reminders
        self._chats = chats

    async def show(self, listing: Listing, page: int, caller: Caller, message_id: int | None = None) -> None:
        """A page of a list: in a new message, or in that of a pressed button."""
        now = self._desk.clock()
        t = gettext(caller.language)
        reader = Reader(library=self._desk.library, today=now.astimezone(SHANGHAI).date(), t=t)
        if listing is Listing.LATE:
            shown = await self._late(page, reader)
        else:
            found = await self._reminders.missed(now - _SHOWN)
            some, turn = _page(found, page, listing, t)
            text = missed_text(len(found), [(one, self._title(one.chat_id)) for one in some], reader)
            shown = View(parts=[text], rows=(*turn, (_door(Listing.LATE, "⏳ " + t.say("What is overdue")),)))
        under = keyboard(shown.rows)
        await self._desk.replies.turn(caller.place, message_id, shown.parts, keyboard=under)

    async def _late(self, page: int, reader: Reader) -> View:
        found = await self._reminders.late(reader.today)
        some, turn = _page(found, page, Listing.LATE, reader.t)
        other = _door(Listing.MISSED, "📭 " + reader.t.say("What could not be sent"))
        return View(parts=[late_text(len(found), some, reader)], rows=(*turn, (other,)))

    def _title(self, chat_id: int) -> str:
        chat = self._chats.get(chat_id)
        return chat.title if chat else ""


def _page(found: Sequence[Thing], page: int, listing: Listing, t: Translator) -> tuple[Sequence[Thing], Rows]:
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)

    def to(other: int) -> Act:
        return Act(room=Room.REMINDER, verb=listing, value=f"{other}")

    return found[page * PAGE : (page + 1) * PAGE], turning(page, pages, to, t)


def _door(listing: Listing, label: str) -> Button:
    return Button(label=label, press=Act(room=Room.REMINDER, verb=listing, value="0"))
