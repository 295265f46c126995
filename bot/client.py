"""Our client of the Bot API, at Telegram's own server or any that speaks the same."""

from aiogram import Bot
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import User
from aiogram.utils.token import TokenValidationError

from bot.sender import translated
from bot.session import LeanSession
from domain.errors import BadSetting, DeliveryError

TIMEOUT_SECONDS = 15.0


def build_bot(token: str, *, server: str | None = None, connections: int = 100) -> Bot:
    """A client for this token; `server` is the address of another Bot API, such as the sandbox's.

    Raises:
        BadSetting: the token does not have the form of one.
    """
    api = TelegramAPIServer.from_base(server) if server else PRODUCTION
    try:
        return Bot(token, session=LeanSession(api=api, timeout=TIMEOUT_SECONDS, limit=connections))
    except TokenValidationError as error:
        raise BadSetting(
            "the bot token does not look like 123456789:AbC…; BotFather shows the whole of it"
        ) from error


async def introduce(bot: Bot) -> User:
    """Ask Telegram who we are; the answer is kept for `bot.me()`.

    Raises:
        BadSetting: Telegram does not know the token.
        DeliveryError: Telegram could not be reached.
    """
    try:
        return await translated(bot.me())
    except DeliveryError as error:
        if isinstance(error.__cause__, TelegramUnauthorizedError | TelegramNotFound):
            raise BadSetting("Telegram does not accept the bot token; was it revoked?") from error
        raise
