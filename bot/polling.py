"""Long polling that confirms updates only when they are handled.

aiogram's own loop confirms a batch while its handlers still run, does not wait for them when it stops, and
can't get past an update it is unable to read.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any, ClassVar, TypeVar

import structlog
from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod

from bot.dispatcher import ALLOWED_UPDATES
from bot.sender import translated
from bot.updates import feed
from domain.errors import DeliveryError, Retryable

Result = TypeVar("Result")
_log = structlog.get_logger(__name__)

WAIT_SECONDS = 30
# So long a batch may take before the next is asked for; what is slower goes on beside it.
HOLD_SECONDS = 2.0
STOP_SECONDS = 15.0
_FIRST_PAUSE, _LAST_PAUSE = 1.0, 30.0


class _GetUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` with the updates as they came: one that can't be read must not hide the others."""

    __returning__: ClassVar[Any] = list[dict[str, Any]]
    __api_method__: ClassVar[str] = "getUpdates"

    offset: int | None = None
    timeout: int
    allowed_updates: list[str]


async def poll(dispatcher: Dispatcher, bot: Bot, *, stop: asyncio.Event) -> None:
    """Fetch and handle updates until `stop` is set; then wait for those in work, not longer than 15 s."""
    working: set[asyncio.Task[None]] = set()
    stopped = asyncio.create_task(stop.wait())
    try:
        async for updates in _batches(bot, stopped):
            batch = [asyncio.create_task(feed(dispatcher, bot, update)) for update in updates]
            working.update(batch)
            for task in batch:
                task.add_done_callback(working.discard)
            await asyncio.wait(batch, timeout=HOLD_SECONDS)
    finally:
        stopped.cancel()
        if working:
            _, late = await asyncio.wait(working, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()


async def _batches(bot: Bot, stopped: asyncio.Task[Any]) -> AsyncIterator[list[dict[str, Any]]]:
    """What Telegram holds for us, batch by batch; asking for the next confirms the one before."""
    fetch = _GetUpdates(timeout=WAIT_SECONDS, allowed_updates=ALLOWED_UPDATES)
    webhook_gone = False
    pause = _FIRST_PAUSE
    while not stopped.done():
        try:
            if not webhook_gone:
                await _unless(stopped, translated(bot.delete_webhook()))
                webhook_gone = True
            updates = await _unless(stopped, translated(bot(fetch, request_timeout=WAIT_SECONDS + 15)))
        except DeliveryError as error:
            wait = error.after if isinstance(error, Retryable) and error.after else pause
            _log.warning("no updates from Telegram", error=str(error), next_try_seconds=wait)
            await asyncio.wait([stopped], timeout=wait)
            pause = min(2 * pause, _LAST_PAUSE)
            continue
        pause = _FIRST_PAUSE
        if updates:
            yield updates
            fetch = fetch.model_copy(update={"offset": 1 + max(map(_id_of, updates))})


def _id_of(update: dict[str, Any]) -> int:
    update_id = update.get("update_id")
    return update_id if isinstance(update_id, int) else -1


async def _unless(stopped: asyncio.Task[Any], call: Coroutine[Any, Any, Result]) -> Result | None:
    """Await a call, but no longer than until we are to stop; None then."""
    task = asyncio.create_task(call)
    try:
        await asyncio.wait([task, stopped], return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        task.cancel()
