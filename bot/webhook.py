"""Updates by webhook: an address that answers only when an update is handled, so a crash loses none."""

import hmac
import json
import re

from aiogram import Bot, Dispatcher
from aiohttp import web

from bot.dispatcher import ALLOWED_UPDATES
from bot.sender import translated
from bot.updates import feed
from domain.errors import BadSetting

MAX_BYTES = 1_000_000
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# What Telegram allows; aiogram takes an empty one for "do not check".
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}", re.ASCII)


def add_webhook(app: web.Application, path: str, *, dispatcher: Dispatcher, bot: Bot, secret: str) -> None:
    """Take updates at `path` from whoever knows the secret.

    Raises:
        BadSetting: the secret is missing or too simple.
    """
    expected = checked(secret).encode()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(given, expected):
            return web.Response(status=401, text="wrong secret")
        if (request.content_length or 0) > MAX_BYTES:
            return web.Response(status=413, text="too large for an update")
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400, text="not JSON")
        await feed(dispatcher, bot, raw)
        return web.Response()

    app.router.add_post(path, receive)


async def register_webhook(bot: Bot, url: str, *, secret: str) -> None:
    """Tell Telegram where to bring updates.

    Raises:
        BadSetting: the secret is missing or too simple.
        DeliveryError: Telegram refused or could not be reached.
    """
    await translated(bot.set_webhook(url, secret_token=checked(secret), allowed_updates=ALLOWED_UPDATES))


def checked(secret: str) -> str:
    """The webhook's secret, if it is one.

    Raises:
        BadSetting: it is not.
    """
    if _SECRET.fullmatch(secret) is None:
        raise BadSetting("the webhook secret must be 16 to 256 of the characters A-Z a-z 0-9 _ -")
    return secret
