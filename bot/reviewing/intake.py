"""A text comes in, as a file or in messages; it is read and kept as a draft, which nobody else sees."""

from collections.abc import Awaitable, Callable
from secrets import token_hex
from typing import Protocol

from aiogram.types import Document as File

from bot.answers import Desk
from bot.broadcasts.content import units
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.refusal import Refusal
from bot.reviewing import screens
from bot.reviewing.dialog import Dialog, Text
from bot.reviewing.reader import Read, Reader, Tell
from bot.sender import Sender
from bot.texts import escape, gettext, shorten
from bot.words.translations import N_
from domain.errors import BadCatalogue
from storage.readings import Draft, Readings

_FULL = 3_500  # from so many characters on a text may be the first piece of a longer one
_MOST_PIECES = 3  # more come faster than one person may write, and one that is lost would leave a gap


class Show(Protocol):
    """Who shows a draft in the place of the message that told how far its reading was."""

    async def __call__(self, draft: Draft, caller: Caller, instead_of: int | None, /) -> None:
        """Show its card."""


class Intake:
    """Where texts come in."""

    def __init__(  # noqa: PLR0913 - what it works with
        self, *, desk: Desk, sender: Sender, reader: Reader, readings: Readings, dialog: Dialog, show: Show
    ) -> None:
        self._show = show
        self._desk = desk
        self._sender = sender
        self._reader = reader
        self._readings = readings
        self._dialog = dialog

    async def file(self, file: File, caller: Caller) -> None:
        """Read a file."""
        self._dialog.leave(caller.seat.person_id)
        name = shorten(file.file_name or "", 80)
        held = self._desk.library.policies
        await self._read(lambda tell: self._reader.file(file, held, tell), name, caller)

    async def piece(self, wanted: Text, number: int, words: str, caller: Caller) -> None:
        """A text, or a piece of one: Telegram cuts what is too long for a message."""
        first = not wanted.pieces
        wanted = Text(id=wanted.id, pieces=(*wanted.pieces, (number, words)))
        if len(wanted.pieces) > _MOST_PIECES:
            self._dialog.leave(caller.seat.person_id)
            raise Refusal(N_("This text is too long for messages. Send it as a file."))
        if units(words) < _FULL:
            await self.text(wanted, caller)
            return
        self._dialog.wait(caller.seat.person_id, wanted)
        if first:
            shown = screens.ask_rest(wanted.id, len(wanted.whole), gettext(caller.language))
            await self._desk.replies.send(caller.place, shown.parts, keyboard=keyboard(shown.rows))

    async def text(self, wanted: Text, caller: Caller) -> None:
        """Read the pieces that came so far."""
        self._dialog.leave(caller.seat.person_id)
        held = self._desk.library.policies
        await self._read(lambda tell: self._reader.text(wanted.whole, held, tell), "", caller)

    async def _read(self, reads: Callable[[Tell], Awaitable[Read]], name: str, caller: Caller) -> None:
        """Read, telling how far it is; what comes of it takes the place of that message."""
        t, replies = gettext(caller.language), self._desk.replies
        begun = t.say("Reading {name}…", name=name) if name else t.say("Reading the text…")
        if name:  # it came without our asking
            begun += "\n" + t.say(screens.WARNING)
        if self._reader.busy:
            begun += "\n" + t.say("Other texts are being read; this one is next.")
        progress = await replies.persist(
            caller.seat.chat_id, lambda _: self._sender.send(caller.place, escape(begun))
        )

        async def tell(text: str, /, **values: object) -> None:
            await replies.turn(caller.place, progress, [escape(t.say(text, **values))], keyboard=None)

        try:
            draft = await self._keep(await reads(tell), caller)
        except Refusal as refused:
            await replies.turn(caller.place, progress, [escape(refused.words(t))], keyboard=None)
            return
        await self._show(draft, caller, progress)

    async def _keep(self, read: Read, caller: Caller) -> Draft:
        draft = Draft(
            id=token_hex(8),
            person_id=caller.seat.person_id,
            policy=read.policy,
            unread=read.unread,
            original=read.original,
            created_at=self._desk.clock(),
        )
        try:
            await self._readings.add(draft)
        except BadCatalogue as error:
            raise unfit(error) from error
        return draft


def unfit(error: BadCatalogue) -> Refusal:
    """What can't be kept, and why."""
    return Refusal(N_("This can't be kept: {reason}"), reason=shorten(str(error), 200))
