"""Composing a broadcast, step by step: what each message and each press does to the draft."""

from collections.abc import Awaitable, Callable
from secrets import token_hex
from typing import Protocol

from bot.answers import Desk
from bot.broadcast_cards import BroadcastCards
from bot.broadcasts import screens
from bot.broadcasts.choosing import chosen
from bot.broadcasts.draft import Draft, correcting
from bot.broadcasts.drafts import Drafts, Waiting
from bot.broadcasts.moments import Preset, of_preset
from bot.buttons import Compose, Step
from bot.caller import Caller
from bot.greeting import LANGUAGE_NAMES
from bot.keyboards import keyboard
from bot.refusal import Refusal
from bot.texts import gettext
from bot.views import View
from bot.words.names import joined
from bot.words.translations import N_
from domain.broadcasts import Audience, AudienceKind, Broadcast, Card
from domain.delivery import Notice, NoticeKind
from domain.errors import DeliveryError, Rejected
from domain.languages import Language
from storage.broadcasts import Broadcasts


class Previews(Protocol):
    """Who shows a notice to one chat."""

    async def preview(self, chat_id: int, notice: Notice, language: Language) -> int:
        """Send it as recipients of a language get it."""


class Studio:
    """Where administrators compose; whoever calls has asked whether they are one."""

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        desk: Desk,
        drafts: Drafts,
        broadcasts: Broadcasts,
        cards: BroadcastCards,
        previews: Previews,
        wake: Callable[[], None],
    ) -> None:
        """Args: `wake` is called when a broadcast was written."""
        self.drafts = drafts
        self._desk = desk
        self._broadcasts = broadcasts
        self._cards = cards
        self._previews = previews
        self._wake = wake

    async def begin(self, caller: Caller) -> None:
        """A new draft, or the question what to do with the one there is."""
        held = await self.drafts.get(caller.seat.person_id)
        if held and held.draft.complete and not await self._broadcasts.get(held.draft.id):
            await self._show(screens.unfinished(held.draft, gettext(caller.language)), caller)
            return
        await self._ask_content(Draft(id=token_hex(8)), caller)

    async def correct(self, broadcast_id: str, caller: Caller) -> None:
        """A draft of other words for a broadcast that was sent.

        Raises:
            Refusal: there is another draft, or nothing to correct.
        """
        held = await self.drafts.get(caller.seat.person_id)
        if held and held.draft.complete and not await self._broadcasts.get(held.draft.id):
            raise Refusal(N_("There is a draft still. /broadcast leads back to it, /cancel drops it."))
        notice = await self._broadcasts.notice(broadcast_id)
        if notice is None or notice.kind is NoticeKind.RECALL:
            raise Refusal(N_("There is nothing to correct."))
        audience = Audience(kind=AudienceKind.RECEIVED, values=(broadcast_id,))
        await self._ask_content(correcting(token_hex(8), notice, audience, broadcast_id), caller)

    async def leave(self, caller: Caller) -> None:
        """Drop the draft."""
        t = gettext(caller.language)
        there = await self.drafts.get(caller.seat.person_id)
        self.drafts.drop(caller.seat.person_id)
        words = t.say("Dropped. Nothing was sent.") if there else t.say("There is nothing to cancel.")
        await self._desk.replies.send(caller.place, [words])

    async def go_on(
        self,
        draft: Draft,
        caller: Caller,
        message_id: int | None = None,
        *,
        language: Language | None = None,
    ) -> None:
        """Keep the draft, and show what there is of it; `language` is that of the text that came last."""
        rest = Waiting.REST if draft.filled else None
        self.drafts.put(caller.seat.person_id, draft, rest, language)
        size = await self._size(draft)
        view = screens.sheet(draft, size, self._desk.library, gettext(caller.language))
        await self._show(view, caller, message_id)

    async def offer(self, draft: Draft, caller: Caller, message_id: int | None = None) -> None:
        """A time was chosen: ask once more."""
        size = await self._ready(draft)
        self.drafts.put(caller.seat.person_id, draft)
        shown = screens.confirm_later(draft, size, self._desk.library, gettext(caller.language))
        await self._show(shown, caller, message_id)

    async def press(self, press: Compose, caller: Caller, message_id: int | None) -> str | None:
        """Do a step; returns the hint of the pressed button."""
        t = gettext(caller.language)
        if await self._broadcasts.get(press.id) is not None:
            return t.say("It was confirmed already.")
        held = await self.drafts.get(caller.seat.person_id)
        if held is None or held.draft.id != press.id:
            return t.say("This draft is no longer there. /broadcast begins another.")
        try:
            return await self._step(press, held.draft, caller, message_id)
        except Refusal as refused:
            return refused.words(t)

    async def _step(self, press: Compose, draft: Draft, caller: Caller, message_id: int | None) -> str | None:
        person, t, value = caller.seat.person_id, gettext(caller.language), press.value
        match press.step:
            case Step.SHEET:
                await self.go_on(draft, caller, message_id)
            case Step.CONTENT:
                await self._ask_content(draft, caller)
            case Step.LANGUAGES:
                await self._show(screens.languages(draft, t), caller, message_id)
            case Step.TRANSLATE if value in _TAGS and draft.form:
                language = Language(value)
                self.drafts.put(person, draft, Waiting.TRANSLATION, language)
                await self._show(screens.ask_translation(draft, language, t), caller, message_id)
            case Step.UNTRANSLATE if value in draft.text and len(draft.text) > 1:
                draft = draft.changed(text={one: said for one, said in draft.text.items() if one != value})
                self.drafts.put(person, draft)
                await self._show(screens.languages(draft, t), caller, message_id)
            case Step.LINKS:
                self.drafts.put(person, draft, Waiting.LINKS)
                await self._show(screens.ask_links(draft, t), caller, message_id)
            case Step.NO_LINKS:
                await self.go_on(draft.changed(links=()), caller, message_id)
            case Step.AUDIENCE | Step.KIND | Step.POLICY | Step.PICK | Step.PAGE if not draft.original:
                await self._choose(press, draft, caller, message_id)
            case Step.PREVIEW:
                await self._preview(draft, caller)
            case Step.LATER:
                self.drafts.put(person, draft, Waiting.TIME)
                await self._show(screens.ask_time(draft, t), caller, message_id)
            case Step.AT if value in _PRESETS:
                at = of_preset(Preset(value), self._desk.clock())
                await self.offer(draft.changed(start_at=at), caller, message_id)
            case Step.NOW | Step.THEN:
                return await self._confirm(press, draft, caller, message_id)
            case Step.DROP | Step.ANEW:
                self.drafts.drop(person)
                gone = View(parts=[t.say("Dropped. Nothing was sent.")], rows=())
                await self._show(gone, caller, message_id)
                if press.step is Step.ANEW:
                    await self.begin(caller)
            case _:
                return t.say("That is not possible here.")
        return None

    async def _choose(self, press: Compose, draft: Draft, caller: Caller, message_id: int | None) -> None:
        """A step in choosing who gets it; the size is shown at once."""
        person, t, library = caller.seat.person_id, gettext(caller.language), self._desk.library
        draft = chosen(press, draft, library, t)
        kind = draft.audience.kind if draft.audience else None
        if press.step is Step.KIND and press.value == AudienceKind.CHATS:
            self.drafts.put(person, draft, Waiting.CHATS)
            await self._show(screens.ask_chats(draft, t), caller, message_id)
            return
        self.drafts.put(person, draft)
        if press.step is Step.KIND and kind is AudienceKind.EVERYONE:
            await self.go_on(draft, caller, message_id)
            return
        screen = screens.audience if press.step is Step.AUDIENCE else screens.choices
        await self._show(screen(draft, await self._size(draft), library, t), caller, message_id)

    async def _preview(self, draft: Draft, caller: Caller) -> None:
        """Show the author what each language gets, and under it the question whether to send it."""
        t, size = gettext(caller.language), await self._ready(draft)
        self.drafts.put(caller.seat.person_id, draft)
        notice, languages = draft.notice(), draft.languages or (caller.language,)
        if len(languages) > 1:
            names = joined([LANGUAGE_NAMES[one] for one in languages], t)
            await self._desk.replies.send(
                caller.place, [t.say("Preview, in this order: {names}", names=names)]
            )
        for language in languages:
            try:
                await self._desk.replies.persist(caller.seat.chat_id, self._previewing(notice, language))
            except Rejected as error:
                raise Refusal(
                    N_("Telegram refuses this message: {reason}"), reason=f"{error}"[:120]
                ) from error
            except DeliveryError as error:
                raise Refusal(N_("The preview could not be sent; try again in a moment.")) from error
        await self._show(screens.confirm(draft, size, self._desk.library, t), caller)

    def _previewing(self, notice: Notice, language: Language) -> Callable[[int], Awaitable[int]]:
        return lambda chat_id: self._previews.preview(chat_id, notice, language)

    async def _confirm(
        self, press: Compose, draft: Draft, caller: Caller, message_id: int | None
    ) -> str | None:
        """Make the draft a broadcast, once; the pressed message becomes its card."""
        t, now, seat = gettext(caller.language), self._desk.clock(), caller.seat
        if press.value != f"{draft.version}":
            raise Refusal(N_("The draft has changed since. Look at the preview again."))
        start_at = draft.start_at if press.step is Step.THEN else now
        if start_at is None or start_at < now:
            raise Refusal(N_("That time has passed."))
        size = await self._ready(draft)
        assert draft.audience is not None  # noqa: S101 - or it were not ready
        broadcast = Broadcast(
            id=draft.id,
            kind=draft.kind,
            original=draft.original,
            audience=draft.audience,
            author_id=seat.person_id,
            author=caller.title,
            created_at=now,
            start_at=start_at,
            expected=size,
            card=Card(chat_id=seat.chat_id, message_id=message_id) if message_id else None,
        )
        written = await self._broadcasts.create(broadcast, draft.notice(), now)
        self.drafts.drop(seat.person_id)
        if not written:
            return t.say("It was confirmed already.")
        self._wake()
        await self._cards.show(draft.id, seat.chat_id, message_id)
        return None

    async def _ready(self, draft: Draft) -> int:
        """How many it reaches.

        Raises:
            Refusal: something is missing, or that is nobody.
        """
        if not draft.complete:
            raise Refusal(N_("There is no message yet."))
        size = await self._size(draft)
        if size is None:
            raise Refusal(N_("Choose first who gets it."))
        if not size:
            raise Refusal(N_("Nobody would get it. Choose others."))
        return size

    async def _size(self, draft: Draft) -> int | None:
        return None if draft.audience is None else await self._broadcasts.size(draft.audience)

    async def _ask_content(self, draft: Draft, caller: Caller) -> None:
        self.drafts.put(caller.seat.person_id, draft, Waiting.CONTENT)
        await self._show(screens.ask_content(draft, gettext(caller.language)), caller)

    async def _show(self, view: View, caller: Caller, instead_of: int | None = None) -> None:
        await self._desk.replies.turn(caller.place, instead_of, view.parts, keyboard=keyboard(view.rows))


_TAGS, _PRESETS = frozenset(Language), frozenset(Preset)
