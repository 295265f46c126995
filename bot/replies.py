"""Replies that keep trying for a while: what the handlers send through."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

import structlog
from aiogram.methods import AnswerInlineQuery

from bot.keyboards import Keyboard
from bot.metrics import REPLIES_LOST, SEND_FAILURES
from bot.quietly import quietly
from bot.sender import Place, Sender
from domain.errors import DeliveryError, Migrated, Rejected, Retryable, Unreachable
from storage.chats import Chats

_log = structlog.get_logger(__name__)
Result = TypeVar("Result")

# Somebody is waiting for the reply, and Telegram repeats a webhook after 60 seconds.
PATIENCE_SECONDS = 20.0
_PAUSES = (0.5, 1.0, 2.0)  # seconds between attempts where Telegram names none
_REMEMBERED = 10_000  # questions whose replies can still be edited


class Pace(Protocol):
    """What counts all messages, those of the couriers too, so that together they are not too fast."""

    def take(self, chat_id: int, at: float, *, group: bool = False) -> None:
        """A message leaves at an instant, in seconds of the event loop."""

    def refused(self, chat_id: int, after: float, now: float) -> bool:
        """Telegram asks to wait so many seconds."""


class Replies:
    """Sends to whoever wrote to us, and knows which messages answered which question.

    A reply never waits for its turn: somebody is waiting for it. It is counted, and others wait instead.
    """

    def __init__(
        self,
        sender: Sender,
        chats: Chats,
        clock: Callable[[], datetime],
        *,
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._sender = sender
        self._chats = chats
        self._clock = clock
        self._pace = pace
        self._sleep = sleep
        self._given: OrderedDict[tuple[int, int], list[int]] = OrderedDict()

    async def send(
        self,
        place: Place,
        parts: Sequence[str],
        *,
        keyboard: Keyboard | None = None,
        question: int | None = None,
    ) -> None:
        """Send a text in parts, the keyboard under the last; `question` is the message it answers.

        Raises:
            DeliveryError: a part did not arrive after all attempts.
        """
        sent = [await self._part(place, parts, index, keyboard) for index in range(len(parts))]
        if question is not None:
            self._remember(place.chat_id, question, sent)

    async def revise(
        self, place: Place, parts: Sequence[str], *, keyboard: Keyboard | None, question: int
    ) -> None:
        """Send anew what answers a question that was edited: in the old replies' place where that works."""
        old = self._given.pop((place.chat_id, question), [])
        sent: list[int] = []
        for index, part in enumerate(parts):
            shown = keyboard if index == len(parts) - 1 else None
            if index < len(old) and await self._edited(place.chat_id, old[index], part, shown):
                sent.append(old[index])
            else:
                sent.append(await self._part(place, parts, index, keyboard))
        for message_id in set(old) - set(sent):
            await self._try(self._sender.delete(place.chat_id, message_id))
        self._remember(place.chat_id, question, sent)

    async def turn(
        self,
        place: Place,
        message_id: int | None,
        parts: Sequence[str],
        *,
        keyboard: Keyboard | None,
    ) -> None:
        """Change a pressed message into another text; send that anew where it is too long or can't change."""
        turned = (
            message_id is not None
            and len(parts) == 1
            and await self._edited(place.chat_id, message_id, parts[0], keyboard)
        )
        if not turned:
            await self.send(place, parts, keyboard=keyboard)

    async def settle(self, press_id: str, hint: str | None = None) -> None:
        """Let a pressed button come to rest; too late is no harm."""
        await self._try(self._sender.answer_press(press_id, hint))

    async def offer(self, results: AnswerInlineQuery) -> None:
        """Answer an inline query; too late is no harm, the next letter asks again."""
        await self._try(self._sender.answer_inline(results))

    async def _part(self, place: Place, parts: Sequence[str], index: int, keyboard: Keyboard | None) -> int:
        here = place if index == 0 else replace(place, reply_to=None)
        shown = keyboard if index == len(parts) - 1 else None
        return await self.persist(
            place.chat_id,
            lambda chat_id: self._sender.send(_in(here, chat_id), parts[index], keyboard=shown),
        )

    async def _edited(self, chat_id: int, message_id: int, text: str, keyboard: Keyboard | None) -> bool:
        try:
            await self.persist(
                chat_id, lambda chat: self._sender.edit(chat, message_id, text, keyboard=keyboard)
            )
        except Rejected:  # too old, deleted, or somebody else's
            return False
        return True

    async def persist(self, chat_id: int, call: Callable[[int], Awaitable[Result]]) -> Result:
        """Make a call to a chat, again while that may help."""
        waited, attempt = 0.0, 0
        while True:
            if self._pace:
                self._pace.take(chat_id, _seconds(), group=chat_id < 0)
            try:
                return await call(chat_id)
            except DeliveryError as error:
                pause = await self._after(error, chat_id, attempt)
                if pause is None or waited + pause > PATIENCE_SECONDS:
                    REPLIES_LOST.inc()
                    raise
                if isinstance(error, Migrated):
                    chat_id = error.chat_id
                if pause:
                    await self._sleep(pause)
            waited += pause
            attempt += 1

    async def _after(self, error: DeliveryError, chat_id: int, attempt: int) -> float | None:
        """Take note of a failed attempt; the seconds to wait before the next, None for no next."""
        _count(error)
        match error:
            case Migrated(chat_id=new_id) if attempt < len(_PAUSES):
                await quietly(self._chats.migrate(chat_id, new_id, self._clock()), "migrate a chat")
                return 0.0
            case Unreachable():
                await quietly(
                    self._chats.set_active(chat_id, False, self._clock()),  # noqa: FBT003 - its one value
                    "note that a chat is gone",
                )
            case Retryable(after=after):
                if after is not None and self._pace:
                    self._pace.refused(chat_id, after, _seconds())
                if attempt < len(_PAUSES):
                    return _PAUSES[attempt] if after is None else after
        return None

    async def _try(self, call: Awaitable[None]) -> None:
        try:
            await call
        except DeliveryError as error:
            _count(error)
            _log.info("a call to Telegram failed", error=str(error))

    def _remember(self, chat_id: int, question: int, sent: list[int]) -> None:
        self._given[chat_id, question] = sent
        if len(self._given) > _REMEMBERED:
            self._given.popitem(last=False)


def _in(place: Place, chat_id: int) -> Place:
    """The place, in the chat that a group has become meanwhile."""
    return place if chat_id == place.chat_id else replace(place, chat_id=chat_id)


def _seconds() -> float:
    return asyncio.get_running_loop().time()


def _count(error: DeliveryError) -> None:
    SEND_FAILURES.labels(type(error).__name__.lower()).inc()
