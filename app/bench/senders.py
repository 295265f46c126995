"""The ways to send a message to many that ours is measured beside, none of which keeps a record."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeAlias

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import LinkPreviewOptions
from aiohttp import ClientSession, TCPConnector

from app.bench.updates import TOKEN

CONCURRENCY = 200  # messages at once on the network, for everybody
_PATIENCE = 60.0  # seconds; its own 5 would be too few where the processor is shared

Fields: TypeAlias = Mapping[str, Any]  # of `sendMessage`, all but the chat
SendAll: TypeAlias = Callable[[Collection[int]], Awaitable[None]]  # one message to each of these chats


@asynccontextmanager
async def bare(server: str, fields: Fields) -> AsyncIterator[SendAll]:
    """A plain aiohttp client: each takes the next chat, posts JSON and reads the answer's."""
    url = f"{server}/bot{TOKEN}/sendMessage"
    async with ClientSession(connector=TCPConnector(limit=CONCURRENCY)) as session:

        async def send_all(chats: Collection[int]) -> None:
            left = iter(chats)

            async def send() -> None:
                for chat_id in left:
                    async with session.post(url, json={"chat_id": chat_id, **fields}) as response:
                        answer = await response.json()
                        if not answer["ok"]:
                            raise RuntimeError(answer)

            await asyncio.gather(*(send() for _ in range(CONCURRENCY)))

        yield send_all


@asynccontextmanager
async def by_aiogram(server: str, fields: Fields) -> AsyncIterator[SendAll]:
    """The loop that everybody writes: `Bot.send_message` under a semaphore."""
    preview = LinkPreviewOptions(**fields["link_preview_options"])
    session = AiohttpSession(api=TelegramAPIServer.from_base(server), limit=CONCURRENCY)
    async with Bot(TOKEN, session=session) as bot:

        def send(chat_id: int) -> Awaitable[object]:
            return bot.send_message(
                chat_id, fields["text"], parse_mode=fields["parse_mode"], link_preview_options=preview
            )

        yield partial(_under_a_semaphore, send)


@asynccontextmanager
async def by_ptb(server: str, fields: Fields) -> AsyncIterator[SendAll | None]:
    """python-telegram-bot, whose rate limiter is set so high that it never waits; None: not installed."""
    try:
        from telegram import LinkPreviewOptions as Preview  # noqa: PLC0415 - it may be missing
        from telegram.ext import AIORateLimiter, ExtBot  # noqa: PLC0415 - it may be missing
        from telegram.request import HTTPXRequest  # noqa: PLC0415 - it may be missing
    except ImportError:
        yield None
        return
    limiter = AIORateLimiter(overall_max_rate=1e6, overall_time_period=1)
    request = HTTPXRequest(
        connection_pool_size=CONCURRENCY,
        connect_timeout=_PATIENCE,
        read_timeout=_PATIENCE,
        write_timeout=_PATIENCE,
        pool_timeout=_PATIENCE,
    )
    preview = Preview(**fields["link_preview_options"])
    bot: ExtBot[Any] = ExtBot(TOKEN, base_url=f"{server}/bot", request=request, rate_limiter=limiter)
    async with bot:

        def send(chat_id: int) -> Awaitable[object]:
            return bot.send_message(
                chat_id, fields["text"], parse_mode=fields["parse_mode"], link_preview_options=preview
            )

        yield partial(_under_a_semaphore, send)


async def _under_a_semaphore(send: Callable[[int], Awaitable[object]], chats: Collection[int]) -> None:
    free = asyncio.Semaphore(CONCURRENCY)

    async def one(chat_id: int) -> None:
        async with free:
            await send(chat_id)

    await asyncio.gather(*(one(chat_id) for chat_id in chats))
