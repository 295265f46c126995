"""Reviewing, step by step: a text comes in, is read, corrected, and published or discarded."""

from collections.abc import Awaitable, Callable
from secrets import token_hex

from aiogram.types import Document as File
from aiogram.types import Message

from bot.answers import Desk
from bot.buttons import Inspect, Look
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.refusal import Refusal
from bot.reviewing import edits, screens
from bot.reviewing.beside import beside, outcome
from bot.reviewing.comparing import comparing
from bot.reviewing.dialog import Dialog, Text, Words
from bot.reviewing.intake import Intake, unfit
from bot.reviewing.parts import PAGE
from bot.reviewing.reader import Reader, stating
from bot.sender import Sender
from bot.texts import escape, gettext
from bot.views import View
from bot.words.translations import N_
from domain.corroboration import Relation
from domain.errors import BadCatalogue
from domain.policy import Policy
from reading.as_policy import UNTITLED
from storage.conversations import Conversations
from storage.readings import Draft, Readings

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
        self._readings = readings
        self._restock = restock
        self._intake = Intake(
            desk=desk,
            sender=sender,
            reader=reader,
            readings=readings,
            dialog=self.dialog,
            show=self._show_card,
        )

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
                    await self._intake.piece(wanted, message.message_id, text, caller)
                case Words() as wanted:
                    await self._correct(wanted, text, caller)
        except Refusal as refused:
            await self._say(refused, caller)

    async def take_file(self, file: File, caller: Caller) -> None:
        """Read a file."""
        await self._intake.file(file, caller)

    async def press(self, press: Inspect, caller: Caller, message_id: int | None) -> str | None:
        """Do what a button says; returns its hint."""
        t, person = gettext(caller.language), caller.seat.person_id
        wanted = await self.dialog.awaited(person)
        if press.look is Look.READ:
            if not isinstance(wanted, Text) or wanted.id != press.id or not wanted.pieces:
                return t.say("There is nothing to read any more.")
            await self._intake.text(wanted, caller)
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
                await self._show_card(draft, caller, message_id)
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
                await self._compare(draft, int(value) if value.isdecimal() else 0, caller, message_id)
            case Look.TAKE:
                own, _, page = value.rpartition("_")
                draft = await self._decided(draft, draft.relation, draft.taken ^ {own})
                await self._compare(draft, int(page) if page.isdecimal() else 0, caller, message_id)
            case Look.RELATION if value in _RELATIONS:
                draft = await self._decided(draft, Relation(value), draft.taken)
                await self._show_card(draft, caller, message_id)
            case Look.PUBLISH:
                return await self._publish(press, draft, caller, message_id)
            case Look.DISCARD:
                await self._show(screens.ask_discard(draft, t), caller, message_id)
            case Look.DISCARDED:
                await self._readings.drop(draft.id, draft.person_id)
                gone = View(parts=[t.say("Discarded. Nothing was published.")], rows=())
                await self._show(gone, caller, message_id)
        return None

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
        if wanted.entry == edits.FRAME:
            await self._show_card(draft, caller)
        else:
            await self._show(_one(draft, wanted.entry, caller), caller)

    async def _drop(self, draft: Draft, entry: str, caller: Caller, message_id: int | None) -> str:
        t, held = gettext(caller.language), edits.entry(draft.policy, entry)
        if held is None:
            raise Refusal(N_("That is no longer there."))
        at = [one.id for one in edits.of_kind(draft.policy, held[0])].index(entry)
        draft = await self._changed(draft, edits.without(draft.policy, entry))
        await self._show(screens.entries(draft, held[0], at // PAGE, t), caller, message_id)
        return t.say("Dropped from the draft.")

    async def _changed(self, draft: Draft, policy: Policy) -> Draft:
        try:
            kept = await self._readings.change(draft, policy)
        except BadCatalogue as error:
            raise unfit(error) from error
        return await self._now(draft, kept=kept)

    async def _now(self, draft: Draft, *, kept: bool) -> Draft:
        now = await self._readings.get(draft.id, draft.person_id)
        if not kept or now is None:
            raise Refusal(N_("The draft has changed since. Look at it again."))
        return now

    async def _compare(self, draft: Draft, page: int, caller: Caller, message_id: int | None) -> None:
        found = beside(draft, self._desk.library.policies)
        if found is not None:
            shown = comparing(draft, found, page, gettext(caller.language))
            await self._show(shown, caller, message_id)

    async def _decided(self, draft: Draft, relation: Relation | None, taken: frozenset[str]) -> Draft:
        kept = await self._readings.decide(draft, relation, taken)
        return await self._now(draft, kept=kept)

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
        await self._restock()  # what another process has published counts
        found = beside(draft, self._desk.library.policies)
        if found is not None and found.relation is Relation.UNSURE:
            raise Refusal(N_("Say first whether this is a new version or another text."))
        policy = outcome(draft, self._desk.library.policies)
        # The passages of what stays count the characters of the text held.
        original = await self._readings.original(policy.id) if found and found.keeps_held else draft.original
        try:
            revision = await self._readings.publish(draft, policy, self._desk.clock(), original=original)
        except BadCatalogue as error:
            raise unfit(error) from error
        if revision is None:
            return t.say("This draft is no longer there: it was published or discarded.")
        await self._restock()
        unchanged = found is not None and policy == found.held
        await self._show(screens.published(policy, revision, t, unchanged=unchanged), caller, message_id)
        return None

    async def _show_card(self, draft: Draft, caller: Caller, instead_of: int | None = None) -> None:
        found = beside(draft, self._desk.library.policies)
        await self._show(screens.card(draft, found, gettext(caller.language)), caller, instead_of)

    async def _say(self, refused: Refusal, caller: Caller) -> None:
        await self._desk.replies.send(caller.place, [escape(refused.words(gettext(caller.language)))])

    async def _show(self, view: View, caller: Caller, instead_of: int | None = None) -> None:
        await self._desk.replies.turn(caller.place, instead_of, view.parts, keyboard=keyboard(view.rows))


def _one(draft: Draft, entry: str, caller: Caller) -> View:
    held = edits.entry(draft.policy, entry)
    if held is None:
        raise Refusal(N_("That is no longer there."))
    return screens.one(draft, *held, gettext(caller.language))


_FIELDS = frozenset(edits.Field)
_RELATIONS = frozenset({Relation.VERSION, Relation.TEXT})
