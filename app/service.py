"""`zhunshi run`: starts everything in order, serves until told to stop, and then loses nothing."""

import asyncio
import gc
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from aiohttp import web

from app.clock import now
from app.compose import Service, build
from app.feeds import feed_routes
from app.health import health_routes
from app.intake import Intake
from app.logs import set_up_logging
from app.settings import FEED_PATH, PREFIX, Mode, Settings, load_settings, unknown_settings
from app.travelling import travelling
from bot.webhook import add_webhook
from domain.errors import BadInput, BadSetting
from sandbox.server import running
from sandbox.world import World

_log = structlog.get_logger(__name__)

SANDBOX_BOT = 10_000_001
_FINISH_SECONDS = 15.0  # for requests in work when we stop


async def serve() -> int:
    """Run until SIGTERM or SIGINT; returns the exit code.

    Raises:
        BadInput: a setting, the store or the catalogue can't be used, or a port is taken.
    """
    gc.freeze()  # what the imports made stays; looking through it would be half of a start
    settings = load_settings()
    set_up_logging(level=settings.log_level, form=settings.log_format, secrets=settings.secrets())
    for line in unknown_settings():
        _log.warning(line)
    try:
        await _serve(settings, _stop_signal())
    except BadInput:
        raise
    except Exception:  # noqa: BLE001 - logged whole, with the secrets struck out, and told by the exit code
        _log.exception("stopped by an error")
        return 1
    _log.info("stopped")
    return 0


async def _serve(settings: Settings, stop: asyncio.Event) -> None:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(_telegram(settings))
        if not settings.admins:
            settings = settings.model_copy(update={"admins": telegram.admins})
        building = build(settings, token=telegram.token, server=telegram.server)
        service = await stack.enter_async_context(building)
        if telegram.world:
            await stack.enter_async_context(travelling(telegram.world, service))
        intake = Intake(settings, service, stop)
        pages = await stack.enter_async_context(_pages(settings, service, intake))
        service.dispatcher["feed_url"] = f"{settings.public_url or pages}{FEED_PATH}"
        _log.info("health and metrics", url=pages)
        gc.collect()
        gc.freeze()  # or each full collection would walk through all that stays anyway
        if telegram.page:
            sys.stdout.write(f"\n  Open {telegram.page} in a browser: the chat page. Ctrl-C stops.\n\n")
            sys.stdout.flush()
        await intake.run()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telegram:
    """Whom to talk to; `world` and `page` are the sandbox's, `admins` who there may do what those do."""

    server: str
    token: str
    world: World | None = None
    page: str | None = None
    admins: tuple[int, ...] = ()


@asynccontextmanager
async def _telegram(settings: Settings) -> AsyncIterator[_Telegram]:
    """Telegram, or where there is no token for it a sandbox in this process."""
    if settings.bot_token is not None:
        yield _Telegram(server=settings.api_url, token=settings.bot_token.get_secret_value())
        return
    token = f"{SANDBOX_BOT}:{secrets.token_urlsafe(26)}"
    world = World(token=token, clock=lambda: now().timestamp())
    host, port = settings.sandbox_host, settings.sandbox_port
    async with AsyncExitStack() as stack:
        try:
            sandbox = await stack.enter_async_context(running(world, host=host, port=port))
        except OSError as error:
            raise _taken("SANDBOX", host, port, error) from error
        page = sandbox.url.replace("//0.0.0.0:", "//127.0.0.1:")
        admins = tuple(world.people)[:1]
        yield _Telegram(server=sandbox.url, token=token, world=world, page=f"{page}/", admins=admins)


@asynccontextmanager
async def _pages(settings: Settings, service: Service, intake: Intake) -> AsyncIterator[str]:
    """Health, metrics, calendars, in webhook mode the webhook; at the end, requests in work are finished."""
    app = web.Application()
    app.add_routes(health_routes({**service.probes, "telegram": intake.probe}))
    app.add_routes(feed_routes(service.calendars))
    if settings.mode is Mode.WEBHOOK and settings.webhook_secret:
        secret = settings.webhook_secret.get_secret_value()
        add_webhook(app, settings.webhook_path, dispatcher=service.dispatcher, bot=service.bot, secret=secret)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_FINISH_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.http_host, settings.http_port).start()
        except OSError as error:
            raise _taken("HTTP", settings.http_host, settings.http_port, error) from error
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}".replace("//0.0.0.0:", "//127.0.0.1:")
    finally:
        await runner.cleanup()


def _taken(what: str, host: str, port: int, error: OSError) -> BadSetting:
    return BadSetting(f"{PREFIX}{what}_HOST, {PREFIX}{what}_PORT: {host}:{port}: {error.strerror or error}")


def _stop_signal() -> asyncio.Event:
    """Set by SIGTERM and Ctrl-C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
