"""What everything that comes in passes: handled once and counted; its sender known, and not too fast."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from time import perf_counter
from typing import TypeVar

from aiogram.dispatcher.event.bases import UNHANDLED
from prometheus_client import Counter, Histogram

from bot.caller import Caller
from bot.metrics import THROTTLED, UPDATE_SECONDS, UPDATES
from bot.quietly import quietly
from bot.replies import Replies
from bot.texts import gettext
from bot.throttle import Throttle, Verdict
from storage.chats import Chats
from storage.updates import SeenUpdates

Result = TypeVar("Result")


class Door:
    """Used by the middlewares, and by the short way of plain questions."""

    def __init__(
        self,
        *,
        seen: SeenUpdates,
        chats: Chats,
        replies: Replies,
        throttle: Throttle,
        clock: Callable[[], datetime],
    ) -> None:
        self._seen = seen
        self._chats = chats
        self._replies = replies
        self._throttle = throttle
        self._clock = clock

    async def once(self, update_id: int, kind: str, handle: Callable[[], Awaitable[Result]]) -> Result | None:
        """Handle an update, unless that was done before; a result of `UNHANDLED` counts as ignored."""
        if not self._seen.claim(update_id):
            _updates(kind, "repeated").inc()
            return None
        start = perf_counter()
        try:
            result = await handle()
        except Exception:
            # It is logged and apologised for; handling it again would fail and apologise again.
            self._settle(update_id, kind, "failed", start)
            raise
        except BaseException:
            self._seen.release(update_id)  # we are being stopped
            raise
        self._settle(update_id, kind, "ignored" if result is UNHANDLED else "handled", start)
        return result

    async def admit(self, caller: Caller, *, press_id: str | None = None) -> bool:
        """Whether to go on; a person who is too fast is told so once, and a press always comes to rest."""
        now = self._clock()
        verdict = self._throttle.judge(caller.seat.person_id, now.timestamp())
        if verdict is Verdict.ADMIT:
            guess = None if caller.in_group else caller.language  # a group's language is chosen, not guessed
            noted = self._chats.remember(
                caller.seat.chat_id, caller.kind, caller.title, language=guess, now=now
            )
            await quietly(noted, "remember a chat")
            return True
        THROTTLED.inc()
        words = gettext(caller.language).say("That was fast. Please wait a few seconds, then go on.")
        if press_id is not None:
            await self._replies.settle(press_id, words if verdict is Verdict.TELL else None)
        elif verdict is Verdict.TELL:
            await self._replies.send(caller.place, [words])
        return False

    def admit_inline(self, person_id: int) -> bool:
        """The same for an inline query, of which there is one for every few letters."""
        return self._throttle.judge(person_id, self._clock().timestamp(), cost=0.25) is Verdict.ADMIT

    def _settle(self, update_id: int, kind: str, outcome: str, start: float) -> None:
        _seconds(kind).observe(perf_counter() - start)
        self._seen.done(update_id, self._clock())
        _updates(kind, outcome).inc()


@cache
def _updates(kind: str, outcome: str) -> Counter:
    return UPDATES.labels(kind, outcome)


@cache
def _seconds(kind: str) -> Histogram:
    return UPDATE_SECONDS.labels(kind)
