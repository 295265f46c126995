"""What an administrator sends while a draft waits for it: the message, its translations, buttons, a list."""

from dataclasses import replace

from aiogram import Bot
from aiogram.types import Message

from bot.answers import Desk
from bot.broadcasts import audiences
from bot.broadcasts.content import Content, content_of, links_of, translation_of, units
from bot.broadcasts.draft import Draft
from bot.broadcasts.drafts import Held, Waiting
from bot.broadcasts.listing import chat_list
from bot.broadcasts.moments import read_moment
from bot.broadcasts.studio import Studio
from bot.caller import Caller
from bot.refusal import Refusal
from bot.texts import escape, gettext
from bot.words.translations import N_
from domain.languages import Language
from language.script import detect_language

_FULL = 3_500  # from so many characters on a text may be the first piece of a longer one
_PIECES_SECONDS = 2  # the pieces come at once


class Taking:
    """Puts what comes into the draft; whoever calls has asked whether the sender is an administrator."""

    def __init__(self, *, bot: Bot, desk: Desk, studio: Studio) -> None:
        self._bot = bot
        self._desk = desk
        self._studio = studio

    async def take(self, message: Message, caller: Caller) -> None:
        """What was sent while the draft waited for it."""
        held = await self._studio.drafts.get(caller.seat.person_id)
        if held is None or held.waiting is None:  # another message was faster
            return
        try:
            await self._take(held, message, caller)
        except Refusal as refused:
            words = escape(refused.words(gettext(caller.language)))
            await self._desk.replies.send(caller.place, [words])

    async def take_anew(self, message: Message, caller: Caller) -> None:
        """The message that brought the draft was edited."""
        held = await self._studio.drafts.get(caller.seat.person_id)
        if held is None:
            return
        try:
            draft = _with_content(held.draft, message, caller)
            kept = {**held.draft.text, **draft.text}
            await self._studio.go_on(replace(draft, text=kept), caller)
        except Refusal as refused:
            await self._desk.replies.send(caller.place, [escape(refused.words(gettext(caller.language)))])

    async def _take(self, held: Held, message: Message, caller: Caller) -> None:
        draft, text = held.draft, message.text or ""
        match held.waiting:
            case Waiting.CONTENT | Waiting.REST | Waiting.TRANSLATION if follows(draft, message):
                self._forget_pieces(held, message, caller)
            case Waiting.CONTENT:
                await self._take_content(draft, message, caller)
            case Waiting.TRANSLATION if held.language and draft.form:
                words = {**draft.text, held.language: translation_of(message, draft.form)}
                draft = replace(draft.changed(text=words), filled=_filled(message))
                await self._studio.go_on(draft, caller, language=held.language)
            case Waiting.LINKS:
                await self._studio.go_on(draft.changed(links=links_of(text)), caller)
            case Waiting.CHATS:
                audience = audiences.listed(await chat_list(message, self._bot))
                await self._studio.go_on(draft.changed(audience=audience), caller)
            case Waiting.TIME:
                at = read_moment(text, self._desk.clock())
                await self._studio.offer(draft.changed(start_at=at), caller)
            case _:
                await self._studio.go_on(draft, caller)

    async def _take_content(self, draft: Draft, message: Message, caller: Caller) -> None:
        if album := message.media_group_id:
            if draft.album == album:
                return
            self._studio.drafts.put(caller.seat.person_id, replace(draft, album=album), Waiting.CONTENT)
        draft = replace(_with_content(draft, message, caller), filled=_filled(message))
        await self._studio.go_on(draft, caller)

    def _forget_pieces(self, held: Held, message: Message, caller: Caller) -> None:
        """A text came in pieces, for it was longer than a message: half of it is worse than nothing.

        Raises:
            Refusal: at the second piece; the others go without a word.
        """
        draft, language = held.draft, held.language
        waiting = Waiting.TRANSLATION if language else Waiting.CONTENT
        if language:
            kept = {one: words for one, words in draft.text.items() if one is not language}
            draft = draft.changed(text=kept)
        else:
            form = draft.form if draft.original else None
            draft = draft.changed(form=form, media=draft.media if form else None, text={})
        draft = replace(draft, filled=int(message.date.timestamp()))
        self._studio.drafts.put(caller.seat.person_id, draft, waiting, language)
        if held.waiting is Waiting.REST:
            raise Refusal(N_("That text is longer than 4,096 characters: nothing of it was kept."))


def follows(draft: Draft, message: Message) -> bool:
    """Whether a text came so close behind a full one that it must be the rest of it."""
    return bool(draft.filled and message.text) and (
        message.date.timestamp() <= draft.filled + _PIECES_SECONDS
    )


def _filled(message: Message) -> int:
    return int(message.date.timestamp()) if units(message.text or "") >= _FULL else 0


def _with_content(draft: Draft, message: Message, caller: Caller) -> Draft:
    """The draft with what a message brings; a correction brings words only.

    Raises:
        Refusal: it can't be taken.
    """
    if draft.original and draft.form:
        content = Content(form=draft.form, text=translation_of(message, draft.form), media=draft.media)
    else:
        content = content_of(message)
    written = message.text or message.caption or ""
    language = Language(detect_language(written, caller.language.value))
    return draft.changed(
        form=content.form,
        media=content.media,
        text={language: content.text} if content.text else {},
        source=message.message_id,
    )
