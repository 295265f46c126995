"""A pressed button of a reminder, with all that is known where it was pressed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.caller import Caller
from bot.reminding.verbs import Touch
from bot.words.reminders import Item, Reader, Stands
from storage.standings import About, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A pressed button, where it was pressed, and what is known there."""

    touch: Touch
    caller: Caller
    person: str  # who pressed
    message_id: int | None
    items: Sequence[Item]
    stands: Stands
    reader: Reader
    now: datetime

    @property
    def item(self) -> Item:
        """The one that the button is about."""
        return next(one for one in self.items if one["id"] == self.touch.number)

    @property
    def stand(self) -> Standing | None:
        """How the place stands to it."""
        return self.stands.get(self.item["id"])

    def about(self, number: int | None = None) -> About:
        """It, or another item, in that place."""
        seat = self.caller.seat
        return About(chat_id=seat.chat_id, thread_id=seat.topic, occurrence=number or self.item["id"])

    @property
    def told_here(self) -> bool:
        """Whether the place was told any of it, and not another."""
        return any(stand.told_at for stand in self.stands.values())

    @property
    def holds_its_item(self) -> bool:
        """Whether the message told what the button is about; a button may be about all of it."""
        touch = self.touch
        return bool(self.items) and (touch.whole or any(one["id"] == touch.number for one in self.items))
