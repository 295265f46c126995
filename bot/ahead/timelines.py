"""A policy's timeline sent: a picture with its words, or the words alone where no font is."""

from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)

from answering.answer import Aspect, Reference
from bot.ahead.verbs import Verb, to
from bot.answers import Desk
from bot.buttons import Button, Open, Rows
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.pictures.content import Timeline, timeline
from bot.pictures.fonts import REMEDY
from bot.pictures.in_words import in_words
from bot.pictures.studio import Pictures
from bot.pictures.theme import Look
from bot.sender import translated
from bot.texts import Markup, Translator, gettext, split
from bot.words.marks import bold, finish, italic
from bot.words.moments import SHANGHAI
from domain.errors import Rejected
from domain.events import Event
from domain.policy import FactKind, Policy

_CAPTION = 1_000  # characters; Telegram takes 1,024


class Timelines:
    """Sends them, and turns one that is shown from day to night."""

    def __init__(
        self, *, bot: Bot, desk: Desk, pictures: Pictures, events_now: Callable[[], Awaitable[list[Event]]]
    ) -> None:
        """Args: `events_now` gives all events of the store."""
        self._bot = bot
        self._desk = desk
        self._pictures = pictures
        self._events_now = events_now

    async def show(self, policy: Policy, look: Look, caller: Caller, instead_of: int | None = None) -> None:
        """Show it; `instead_of` is a message that shows it in another look."""
        t = gettext(caller.language)
        today = self._desk.clock().astimezone(SHANGHAI).date()
        shown = timeline(policy, await self._events_now(), today, t)
        picture = await self._pictures.timeline(shown, look) if shown.days else None
        rows = _doors(policy, look if picture else None, t)
        if picture is None:
            parts = split(_without_picture(shown, t))
            await self._desk.replies.send(caller.place, parts, keyboard=keyboard(rows))
        else:
            file = BufferedInputFile(picture, filename=f"{policy.id}.png")
            await self._post(file, _caption(shown, t), rows, caller, instead_of)

    async def _post(
        self, file: BufferedInputFile, caption: str, rows: Rows, caller: Caller, instead_of: int | None
    ) -> None:
        if instead_of is None or not await self._changed(file, caption, rows, caller, instead_of):
            await self._sent(file, caption, rows, caller)

    async def _changed(
        self, file: BufferedInputFile, caption: str, rows: Rows, caller: Caller, message_id: int
    ) -> bool:
        """Put it into a message; False where that can't be changed any more."""
        media = InputMediaPhoto(media=file, caption=caption, parse_mode="HTML")
        try:
            await self._desk.replies.persist(
                caller.place.chat_id,
                lambda chat_id: translated(
                    self._bot.edit_message_media(
                        media, chat_id=chat_id, message_id=message_id, reply_markup=_markup(rows)
                    )
                ),
            )
        except Rejected:
            return False
        return True

    async def _sent(self, file: BufferedInputFile, caption: str, rows: Rows, caller: Caller) -> None:
        place = caller.place
        reply = (
            ReplyParameters(message_id=place.reply_to, allow_sending_without_reply=True)
            if place.reply_to
            else None
        )
        await self._desk.replies.persist(
            place.chat_id,
            lambda chat_id: translated(
                self._bot.send_photo(
                    chat_id,
                    file,
                    caption=caption,
                    parse_mode="HTML",
                    message_thread_id=place.topic,
                    reply_parameters=reply,
                    reply_markup=_markup(rows),
                )
            ),
        )


def _markup(rows: Rows) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.model_validate_json(keyboard(rows) or "{}")


def _caption(shown: Timeline, t: Translator) -> str:
    """The picture in some lines, for who does not see it."""
    lines = [bold(shown.title), shown.now]
    lines += [t.say("{when} ({standing})", when=due.heading, standing=due.standing) for due in shown.dues]
    whole = finish("\n".join(lines), Markup.HTML)
    return whole if len(whole) <= _CAPTION else split(whole, _CAPTION)[0]


def _without_picture(shown: Timeline, t: Translator) -> str:
    if not shown.days:
        nothing = t.say("It states no dates: there is nothing to draw.")
        return finish(f"{bold(shown.title)}\n{nothing}", Markup.HTML)
    why = t.say(
        "There is no picture: this service has no Chinese font. Its operator can install one: {command}",
        command=REMEDY,
    )
    return finish(f"{in_words(shown, t)}\n\n{italic(why)}", Markup.HTML)


def _doors(policy: Policy, look: Look | None, t: Translator) -> Rows:
    at = Reference(policy=policy.id, kind=FactKind.POLICY, aspect=Aspect.OVERVIEW)
    back = Button(label="📖 " + t.say("The policy"), press=Open(reference=at))
    if look is None:
        return ((back,),)
    label = "🌙 " + t.say("Dark") if look is Look.LIGHT else "☀️ " + t.say("Light")
    return ((Button(label=label, press=to(Verb.LINE, policy.id, look.other)), back),)
