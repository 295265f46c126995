"""A reminder as it leaves: its words and buttons in the reader's language, made when it is sent."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.buttons import Act, Button, Room
from bot.reminding.screens import message
from bot.reminding.verbs import Listing, short_of
from bot.shelf import Shelf
from bot.texts import gettext
from bot.views import View
from bot.words.late import notice_of_missed, unanswered_text
from bot.words.reminders import Reader
from domain.delivery import Delivery, Notice
from domain.languages import Language
from storage.standings import Standings


class Telling:
    """Gives the messenger what a place is told."""

    def __init__(self, shelf: Shelf, standings: Standings, *, today: Callable[[], date]) -> None:
        self._shelf = shelf
        self._standings = standings
        self._today = today

    async def view(self, delivery: Delivery, notice: Notice, language: Language) -> View:
        """The message that a notice of facts is, for the place it goes to."""
        facts = notice.facts
        reader = Reader(library=self._shelf.library, today=self._today(), t=gettext(language))
        if "items" in facts:
            return await self._to_place(delivery, notice, reader)
        if "unanswered" in facts:
            return View(
                parts=[unanswered_text(facts["unanswered"], reader)], rows=(_door(reader, Listing.LATE),)
            )
        return View(parts=[notice_of_missed(reader.t)], rows=(_door(reader, Listing.MISSED),))

    async def _to_place(self, delivery: Delivery, notice: Notice, reader: Reader) -> View:
        # What an older version queued has no such numbers: its buttons say that it is no longer there.
        items: list[Mapping[str, Any]] = [{"id": 0, "snoozes": 0, **item} for item in notice.facts["items"]]
        ids = [item["id"] for item in items]
        # What is told for the first time nobody can have answered.
        again = any(item["repetition"] or item["snoozes"] for item in items)
        stands = await self._standings.some(delivery.chat_id, delivery.thread_id, ids) if again else {}
        return message(short_of(notice.id) or "", items, stands, reader)


def _door(reader: Reader, listing: Listing) -> tuple[Button]:
    press = Act(room=Room.REMINDER, verb=listing)
    return (Button(label="📋 " + reader.t.say("Show the list"), press=press),)
