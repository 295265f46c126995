"""The two bots and the two ways to them: a call in process, and a webhook called by another process."""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from pydantic import SecretStr

from app.bench.updates import TOKEN, EchoSession, OurSession
from app.compose import Service, build
from app.settings import Settings
from bot.webhook import add_webhook

PATH, SECRET, CONNECTIONS = "/telegram", "no-secret-but-long-enough", 8

Raw = dict[str, Any]
Feed = Callable[[Raw], Awaitable[object]]
After = Callable[[], Awaitable[object]]


async def nothing() -> None:
    """A bare bot has nothing left to do."""


@asynccontextmanager
async def ours(settings: Settings) -> AsyncIterator[Service]:
    """The service as it is wired for `run`, over a fresh store; nobody is too fast for it."""
    with tempfile.TemporaryDirectory(prefix="zhunshi-bench-") as folder:
        url = SecretStr(f"sqlite+aiosqlite:///{folder}/store.sqlite3")
        settings = settings.model_copy(update={"database_url": url, "throttle_burst": 1e9})
        async with build(settings, token=TOKEN, server="http://127.0.0.1") as service:
            await service.bot.session.close()
            service.bot.session = OurSession()
            yield service


def echo() -> tuple[Dispatcher, Bot]:
    """The least that aiogram can be."""
    router = Router()

    @router.message()
    async def repeat(message: Message) -> None:
        await message.answer(message.text or "")

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    return dispatcher, Bot(TOKEN, session=EchoSession())


async def in_process(
    feed: Feed, updates: Sequence[Raw], *, after: After = nothing
) -> tuple[float, list[float]]:
    """CPU seconds for all of the updates, and seconds for each."""
    took: list[float] = []
    cpu = time.process_time()
    for update in updates:
        start = time.perf_counter()
        await feed(update)
        took.append(time.perf_counter() - start)
        await asyncio.sleep(0)  # what runs beside may go on
    await after()
    return time.process_time() - cpu, took


async def by_webhook(port: int, updates: Sequence[Raw], *, after: After = nothing) -> float:
    """CPU seconds of this process for all of the updates, which another one posts."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
        file.writelines(json.dumps(update) + "\n" for update in updates)
        file.flush()
        arguments = [str(port), PATH, SECRET, str(Path(file.name)), str(CONNECTIONS)]
        caller = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.bench.load", *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert caller.stdin is not None  # noqa: S101 - asked for above
        assert caller.stdout is not None  # noqa: S101 - asked for above
        await caller.stdout.readline()
        cpu = time.process_time()
        caller.stdin.write(b"go\n")
        code = await caller.wait()
        await after()
        if code:
            raise RuntimeError("the webhook did not answer 200 to every update")
        return time.process_time() - cpu


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[int]:
    """The port that an application is served at."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def our_site(service: Service) -> web.Application:
    """Our webhook."""
    app = web.Application()
    add_webhook(app, PATH, dispatcher=service.dispatcher, bot=service.bot, secret=SECRET)
    return app


def echo_site(dispatcher: Dispatcher, bot: Bot) -> web.Application:
    """Aiogram's own webhook, which answers when the update is handled, as ours does."""
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(app, PATH)
    return app
