"""The HTTP server: the Bot API under /bot<token>/, files, the control interface and the chat page."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from aiohttp import web

from sandbox.call import BODY_LIMIT, Call, read_call
from sandbox.control import control_routes
from sandbox.control.serving import WORLD, as_json
from sandbox.errors import ApiError
from sandbox.faults import Fault, Kind
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.guard import require_own_origin
from sandbox.methods import known, perform
from sandbox.people import Chat
from sandbox.rooms import migrate
from sandbox.webhook import Courier
from sandbox.world import World

_HTML_502 = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def create_app(world: World) -> web.Application:
    """The application that serves a world; webhook deliveries run as long as it does."""
    app = web.Application(client_max_size=BODY_LIMIT)
    app[WORLD] = world
    app.router.add_route("*", "/bot{token}/{method}", _bot_api)
    app.router.add_get("/file/bot{token}/{path:.+}", _download)
    app.router.add_routes(control_routes())
    app.cleanup_ctx.append(_couriers)
    app.on_shutdown.append(_end_waiting)
    return app


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """A server in this process."""

    world: World
    url: str
    """The base for the Bot API and the page, without a slash at the end."""


@asynccontextmanager
async def running(
    world: World | None = None, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[Running]:
    """Serve a world (a fresh one by default) while the context is open; port 0 takes a free one.

    async with running(World(rates_on=False)) as sandbox:
        api = TelegramAPIServer.from_base(sandbox.url)
    """
    world = World() if world is None else world
    runner = web.AppRunner(create_app(world), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        address = runner.addresses[0]
        yield Running(world=world, url=f"http://{_shown(address[0])}:{address[1]}")
    finally:
        await runner.cleanup()


def _shown(host: str) -> str:
    """The host to put into an address: one that listens everywhere is reached as this machine."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


async def _bot_api(request: web.Request) -> web.StreamResponse:
    """One call: token, method, parameters, fault, result; errors are answered as Telegram would."""
    world = request.app[WORLD]
    require_own_origin(request)
    fault: Fault | None = None
    try:
        _require_token(world, request)
        call = await read_call(request, known(request.match_info["method"]))
        fault, chat = _strike(world, call)
        if fault is not None and fault.kind in {Kind.HTML_502, Kind.SERVER_ERROR_BARE, Kind.DROP_BEFORE}:
            return _unaccepted(world, request, call, fault)
        if fault is not None and fault.kind is Kind.MIGRATE and chat is not None:
            migrate(world, chat)
        response = _ok(await perform(world, call, fault=fault))
    except ApiError as error:
        response = as_json(error.body(), error.code)
    if fault is not None and fault.kind is Kind.STALL:
        await asyncio.sleep(fault.seconds)
    if fault is not None and fault.kind is Kind.DROP_AFTER:
        return _dropped(request)
    return response


def _require_token(world: World, request: web.Request) -> None:
    if not compare_digest(request.match_info["token"].encode(), world.token.encode()):
        raise ApiError(401, "Unauthorized")


def _strike(world: World, call: Call) -> tuple[Fault | None, Chat | None]:
    """The fault the call meets, if any, and the chat it is about."""
    if not world.faults.active:
        return None, None
    try:
        chat = world.chats.get(call.number("chat_id") or 0)
    except ApiError:
        chat = None
    group = chat is not None and chat.kind == "group" and chat.migrated_to is None
    fault = world.faults.strike(call.method, chat.id if chat else None, group=group)
    if fault is not None:
        world.live.tell("faults", None)
    return fault, chat


def _unaccepted(world: World, request: web.Request, call: Call, fault: Fault) -> web.Response:
    """The faults that are not the API's own words."""
    status = {Kind.HTML_502: 502, Kind.SERVER_ERROR_BARE: 500}.get(fault.kind, 0)
    world.log_unaccepted(call, ApiError(status, "not accepted"), fault.kind.value)
    match fault.kind:
        case Kind.HTML_502:
            return web.Response(text=_HTML_502, status=502, content_type="text/html")
        case Kind.SERVER_ERROR_BARE:
            return as_json({"ok": False, "error_code": 500}, 500)
    return _dropped(request)


def _dropped(request: web.Request) -> web.Response:
    """End the connection without an answer; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _ok(result: Any) -> web.Response:
    return as_json({"ok": True, "result": result}, 200)


async def _download(request: web.Request) -> web.Response:
    """A file for the bot, by the path getFile told."""
    world = request.app[WORLD]
    require_own_origin(request)
    try:
        _require_token(world, request)
    except ApiError as error:
        return as_json(error.body(), error.code)
    stored = world.files.at(request.match_info["path"])
    if stored is None or len(stored.content) > DOWNLOAD_LIMIT:
        return as_json(ApiError(404, "Not Found").body(), 404)
    return web.Response(body=stored.content, content_type="application/octet-stream")


async def _couriers(app: web.Application) -> AsyncIterator[None]:
    delivering = asyncio.create_task(Courier(app[WORLD]).run())
    yield
    delivering.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await delivering


async def _end_waiting(app: web.Application) -> None:
    """Let long polls and open pages go, so that the server can stop at once."""
    app[WORLD].updates.end_poll("the sandbox stops")
    app[WORLD].live.close()
