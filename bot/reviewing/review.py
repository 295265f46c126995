"""Reviewing, step by step: a text comes in, is read, corrected, and published or discarded."""

from collections.abc import Awaitable, Callable
from secrets import token_hex

from aiogram.types import Document as File
from aiogram.types import Message

from bot.answers import Desk
from bot.broadcasts.content import units
from bot.broadcasts.refusal import Refusal
from bot.buttons import Inspect, Look
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.reviewing import edits, screens
from bot.reviewing.dialog import Dialog, Text, Words
from bot.reviewing.reader import Read, Reader, Tell, stating
from bot.sender import Sender
from bot.texts import escape, gettext, shorten
from bot.views import View
from bot.words.translations import N_
from domain.errors import BadCatalogue
from domain.policy import Policy
from domain.revisions import changes, held_as, identified
from reading.as_policy import UNTITLED
from storage.conversations import Conversations
from storage.readings import Draft, Readings

_FULL = 3_500  # from so many characters on a text may be the first piece of a longer one
_MOST_PIECES = 3  # more come faster than one person may write, and one that is lost would leave a gap
_OFFERED = 5  # drafts that were not confirmed yet


class Review:
    """Where administrators review; whoever calls has asked whether they are one."""

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        desk: Desk,
        sender: Sender,
        reader: Reader,
        readings: Readings,
        conversations: Conversations,
        restock: Callable[[], Awaitable[None]],
    ) -> None:
        """Args: `restock` puts a library of all that is published in the place of the one in use."""
        self.dialog = Dialog(conversations, desk.clock)
        self._desk = desk
        self._sender = sender
        self._reader = reader
        self._readings = readings
        self._restock = restock

    async def open(self, caller: Caller) -> None:
        """Ask for a text."""
        person = caller.seat.person_id
        self.dialog.wait(person, Text(id=token_hex(8)))
        drafts = await self._readings.of(person, _OFFERED)
        await self._show(screens.ask_text(drafts, gettext(caller.language)), caller)

    async def leave(self, caller: Caller) -> None:
        """Wait for nothing any more."""
        self.dialog.leave(caller.seat.person_id)
        said = gettext(caller.language).say("Left. Drafts stay until you discard them; /import shows them.")
        await self._desk.replies.send(caller.place, [said])

    async def take(self, message: Message, caller: Caller) -> None:
        """A text was sent while the dialog waited for one."""
        text, person = message.text or "", caller.seat.person_id
        try:
            match await self.dialog.awaited(person):
                case Text() as wanted:
                    await self._take_piece(wanted, message.message_id, text, caller)
                case Words() as wanted:
                    await self._correct(wanted, text, caller)
        except Refusal as refused:
            await self._say(refused, caller)

    async def take_file(self, file: File, caller: Caller) -> None:
        """Read a file."""
        self.dialog.leave(caller.seat.person_id)
        name = shorten(file.file_name or "", 80)
        held = self._desk.library.policies
        await self._read(lambda tell: self._reader.file(file, held, tell), name, caller)

    async def press(self, press: Inspect, caller: Caller, message_id: int | None) -> str | None:
        """Do what a button says; returns its hint."""
        t, person = gettext(caller.language), caller.seat.person_id
        wanted = await self.dialog.awaited(person)
        if press.look is Look.READ:
            if not isinstance(wanted, Text) or wanted.id != press.id or not wanted.pieces:
                return t.say("There is nothing to read any more.")
            await self._read_text(wanted, caller)
            return None
        if isinstance(wanted, Words):
            self.dialog.leave(person)
        draft = await self._readings.get(press.id, person)
        if draft is None:
            return t.say("This draft is no longer there: it was published or discarded.")
        try:
            return await self._step(press, draft, caller, message_id)
        except Refusal as refused:
            return refused.words(t)

    async def _step(self, press: Inspect, draft: Draft, caller: Caller, message_id: int | None) -> str | None:
        t, value = gettext(caller.language), press.value
        match press.look:
            case Look.CARD:
                await self._show(self._card(draft, caller), caller, message_id)
            case Look.LIST:
                kind, _, page = value.rpartition("_")
                if (kind in edits.REVIEWED or kind == screens.UNREAD) and page.isdecimal():
                    await self._show(screens.entries(draft, kind, int(page), t), caller, message_id)
            case Look.ENTRY:
                await self._show(_one(draft, value, caller), caller, message_id)
            case Look.DROP:
                return await self._drop(draft, value, caller, message_id)
            case Look.EDIT:
                await self._ask_words(draft, value, caller)
            case Look.CHANGES:
                policy, held = self._identified(draft)
                if held is not None:
                    shown = screens.differing(draft, held, changes(held, policy), t)
                    await self._show(shown, caller, message_id)
            case Look.PUBLISH:
                return await self._publish(press, draft, caller, message_id)
            case Look.DISCARD:
                await self._show(screens.ask_discard(draft, t), caller, message_id)
            case Look.DISCARDED:
                await self._readings.drop(draft.id, draft.person_id)
                gone = View(parts=[t.say("Discarded. Nothing was published.")], rows=())
                await self._show(gone, caller, message_id)
        return None

    async def _take_piece(self, wanted: Text, number: int, words: str, caller: Caller) -> None:
        """A text, or a piece of one: Telegram cuts what is too long for a message."""
        first = not wanted.pieces
        wanted = Text(id=wanted.id, pieces=(*wanted.pieces, (number, words)))
        if len(wanted.pieces) > _MOST_PIECES:
            self.dialog.leave(caller.seat.person_id)
            raise Refusal(N_("This text is too long for messages. Send it as a file."))
        if units(words) < _FULL:
            await self._read_text(wanted, caller)
            return
        self.dialog.wait(caller.seat.person_id, wanted)
        if first:
            shown = screens.ask_rest(wanted.id, len(wanted.whole), gettext(caller.language))
            await self._show(shown, caller)

    async def _read_text(self, wanted: Text, caller: Caller) -> None:
        self.dialog.leave(caller.seat.person_id)
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
        await self._show(self._card(draft, caller), caller, progress)

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
            raise _unfit(error) from error
        return draft

    async def _ask_words(self, draft: Draft, value: str, caller: Caller) -> None:
        """Wait for what a field shall say."""
        entry, _, field = value.rpartition("_")
        held = edits.entry(draft.policy, entry)
        if field not in _FIELDS or (held is None and entry != edits.FRAME):
            raise Refusal(N_("That is no longer there."))
        wanted = Words(id=draft.id, entry=entry, field=edits.Field(field))
        self.dialog.wait(caller.seat.person_id, wanted)
        await self._show(screens.ask_words(draft, entry, wanted.field, gettext(caller.language)), caller)

    async def _correct(self, wanted: Words, words: str, caller: Caller) -> None:
        """Say a field otherwise; what can't be read is asked for again."""
        person = caller.seat.person_id
        draft = await self._readings.get(wanted.id, person)
        if draft is None:
            self.dialog.leave(person)
            raise Refusal(N_("This draft is no longer there: it was published or discarded."))
        changed = edits.corrected(draft.policy, wanted.entry, wanted.field, words)
        draft = await self._changed(draft, changed)
        self.dialog.leave(person)
        card = wanted.entry == edits.FRAME
        await self._show(self._card(draft, caller) if card else _one(draft, wanted.entry, caller), caller)

    async def _drop(self, draft: Draft, entry: str, caller: Caller, message_id: int | None) -> str:
        t, held = gettext(caller.language), edits.entry(draft.policy, entry)
        if held is None:
            raise Refusal(N_("That is no longer there."))
        at = [one.id for one in edits.of_kind(draft.policy, held[0])].index(entry)
        draft = await self._changed(draft, edits.without(draft.policy, entry))
        await self._show(screens.entries(draft, held[0], at // screens.PAGE, t), caller, message_id)
        return t.say("Dropped from the draft.")

    async def _changed(self, draft: Draft, policy: Policy) -> Draft:
        try:
            kept = await self._readings.change(draft, policy)
        except BadCatalogue as error:
            raise _unfit(error) from error
        now = await self._readings.get(draft.id, draft.person_id)
        if not kept or now is None:
            raise Refusal(N_("The draft has changed since. Look at it again."))
        return now

    async def _publish(
        self, press: Inspect, draft: Draft, caller: Caller, message_id: int | None
    ) -> str | None:
        """Make the draft a revision, once; the pressed message says so."""
        t = gettext(caller.language)
        if press.value != f"{draft.version}":
            raise Refusal(N_("The draft has changed since. Look at it again."))
        if draft.policy.title.zh == UNTITLED:
            raise Refusal(N_("Give it a title first."))
        if not stating(draft.policy):
            raise Refusal(N_("There is no target, measure or stage left to publish."))
        policy, _ = self._identified(draft)
        try:
            revision = await self._readings.publish(draft, policy, self._desk.clock())
        except BadCatalogue as error:
            raise _unfit(error) from error
        if revision is None:
            return t.say("This draft is no longer there: it was published or discarded.")
        await self._restock()
        await self._show(screens.published(policy, revision, t), caller, message_id)
        return None

    def _identified(self, draft: Draft) -> tuple[Policy, Policy | None]:
        """The draft's policy as it would be published, and the version of it that is held."""
        held = self._desk.library.policies
        return identified(draft.policy, held), held_as(draft.policy.title.zh, held)

    def _card(self, draft: Draft, caller: Caller) -> View:
        policy, held = self._identified(draft)
        difference = changes(held, policy) if held else None
        return screens.card(draft, held, difference, gettext(caller.language))

    async def _say(self, refused: Refusal, caller: Caller) -> None:
        await self._desk.replies.send(caller.place, [escape(refused.words(gettext(caller.language)))])

    async def _show(self, view: View, caller: Caller, instead_of: int | None = None) -> None:
        await self._desk.replies.turn(caller.place, instead_of, view.parts, keyboard=keyboard(view.rows))


def _one(draft: Draft, entry: str, caller: Caller) -> View:
    held = edits.entry(draft.policy, entry)
    if held is None:
        raise Refusal(N_("That is no longer there."))
    return screens.one(draft, *held, gettext(caller.language))


def _unfit(error: BadCatalogue) -> Refusal:
    return Refusal(N_("This can't be kept: {reason}"), reason=shorten(str(error), 200))


_FIELDS = frozenset(edits.Field)
