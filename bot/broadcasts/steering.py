"""What is done to a broadcast from its card: paused, cancelled, sent again, exported, corrected, deleted."""

import re
from collections.abc import Callable
from secrets import token_hex

from aiogram import Bot
from aiogram.types import BufferedInputFile

from bot.answers import Desk
from bot.broadcast_cards import BroadcastCards
from bot.broadcasts.card import ask
from bot.broadcasts.export import table
from bot.broadcasts.studio import Studio
from bot.buttons import Deed, Steer
from bot.caller import Caller
from bot.keyboards import keyboard
from bot.refusal import Refusal
from bot.sender import translated
from bot.texts import gettext, number
from bot.views import View
from bot.words.translations import N_
from domain.broadcasts import Audience, AudienceKind, Broadcast, BroadcastKind, Card
from domain.delivery import Notice, NoticeKind
from storage.broadcasts import Broadcasts

_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)


class Steering:
    """Where administrators act on broadcasts; whoever calls has asked whether they are one."""

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        *,
        bot: Bot,
        desk: Desk,
        broadcasts: Broadcasts,
        cards: BroadcastCards,
        studio: Studio,
        wake: Callable[[], None],
    ) -> None:
        """Args: `wake` is called when there may be something to send."""
        self._bot = bot
        self._desk = desk
        self._broadcasts = broadcasts
        self._cards = cards
        self._studio = studio
        self._wake = wake

    async def press(self, press: Steer, caller: Caller, message_id: int | None) -> str | None:
        """Do what a button of a card says; returns its hint."""
        broadcast = await self._broadcasts.get(press.id)
        if broadcast is None:
            return gettext(caller.language).say("That broadcast is not there.")
        try:
            return await self._do(press, broadcast, caller, message_id)
        except Refusal as refused:
            return refused.words(gettext(caller.language))

    async def _do(
        self, press: Steer, broadcast: Broadcast, caller: Caller, message_id: int | None
    ) -> str | None:
        t, seat = gettext(caller.language), caller.seat
        match press.deed:
            case Deed.SHOW:
                await self._cards.show(broadcast.id, seat.chat_id, None)
            case Deed.PAUSE | Deed.RESUME:
                return await self._halt(press.deed, broadcast, caller, message_id)
            case Deed.CANCEL:
                await self._show(ask(broadcast, Deed.CANCELLED, "", t), caller)
            case Deed.CANCELLED:
                return await self._cancel(broadcast, caller, message_id)
            case Deed.RESEND:
                n = await self._broadcasts.resend(
                    broadcast.id, actor_id=seat.person_id, now=self._desk.clock()
                )
                if not n:
                    return t.say("There is nobody to send it to again.")
                self._wake()
                await self._cards.show(broadcast.id, seat.chat_id, message_id)
                return t.say("Sending again to {n}.", n=number(n, t))
            case Deed.EXPORT:
                await self._export(broadcast, caller)
            case Deed.CORRECT:
                _can_change(broadcast)
                await self._studio.correct(broadcast.id, caller)
            case Deed.RECALL:
                _can_change(broadcast)
                await self._show(ask(broadcast, Deed.RECALLED, token_hex(8), t), caller)
            case Deed.RECALLED:
                return await self._recall(press, broadcast, caller, message_id)
            case Deed.LEAVE:
                await self._show(View(parts=[t.say("Left as it is.")], rows=()), caller, message_id)
        return None

    async def _halt(
        self, deed: Deed, broadcast: Broadcast, caller: Caller, message_id: int | None
    ) -> str | None:
        """Pause or go on; the pressed message is the card from now on."""
        change = self._broadcasts.pause if deed is Deed.PAUSE else self._broadcasts.resume
        done = await change(broadcast.id, actor_id=caller.seat.person_id, now=self._desk.clock())
        if done:
            self._wake()
        await self._cards.show(broadcast.id, caller.seat.chat_id, message_id)
        return None if done else gettext(caller.language).say("It has moved on meanwhile.")

    async def _cancel(self, broadcast: Broadcast, caller: Caller, message_id: int | None) -> str | None:
        t, seat = gettext(caller.language), caller.seat
        done = await self._broadcasts.cancel(broadcast.id, actor_id=seat.person_id, now=self._desk.clock())
        said = t.say("Cancelled.") if done else t.say("It has ended already.")
        await self._show(View(parts=[said], rows=()), caller, message_id)
        if done:
            self._wake()
            await self._cards.update(broadcast.id)
        return None

    async def _recall(
        self, press: Steer, broadcast: Broadcast, caller: Caller, message_id: int | None
    ) -> str | None:
        """Delete the messages of a broadcast, once an id; the pressed message becomes the card."""
        t, now, seat = gettext(caller.language), self._desk.clock(), caller.seat
        _can_change(broadcast)
        if _ID.fullmatch(press.value) is None:
            raise Refusal(N_("That is not possible here."))
        audience = Audience(kind=AudienceKind.RECEIVED, values=(broadcast.id,))
        recall = Broadcast(
            id=press.value,
            kind=BroadcastKind.RECALL,
            original=broadcast.id,
            audience=audience,
            author_id=seat.person_id,
            author=caller.title,
            created_at=now,
            start_at=now,
            expected=await self._broadcasts.size(audience),
            card=Card(chat_id=seat.chat_id, message_id=message_id) if message_id else None,
        )
        notice = Notice(id=recall.id, kind=NoticeKind.RECALL)
        if not await self._broadcasts.create(recall, notice, now):
            return t.say("It was confirmed already.")
        self._wake()
        await self._cards.show(recall.id, seat.chat_id, message_id)
        return None

    async def _export(self, broadcast: Broadcast, caller: Caller) -> None:
        content = await table(self._broadcasts.missed(broadcast.id), gettext(caller.language))
        file = BufferedInputFile(content, filename=f"{broadcast.id}.xlsx")
        await self._desk.replies.persist(
            caller.seat.chat_id, lambda chat_id: translated(self._bot.send_document(chat_id, file))
        )

    async def _show(self, view: View, caller: Caller, instead_of: int | None = None) -> None:
        await self._desk.replies.turn(caller.place, instead_of, view.parts, keyboard=keyboard(view.rows))


def _can_change(broadcast: Broadcast) -> None:
    if broadcast.kind is not BroadcastKind.SEND or not broadcast.state.ended:
        raise Refusal(N_("That is possible when the broadcast has ended."))
