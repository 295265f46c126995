"""Taking updates in: makes itself known to Telegram, again and again if need be, then polls or is called."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from app.compose import Service
from app.settings import PREFIX, Mode, Settings
from bot.client import introduce
from bot.menu import set_for_admins, set_for_all
from bot.polling import poll
from bot.webhook import register_webhook
from domain.errors import BadSetting, Rejected, Retryable

_log = structlog.get_logger(__name__)

_FIRST_PAUSE, _LAST_PAUSE = 1.0, 60.0  # seconds between attempts


class Intake:
    """The way in for updates; `run` once, `probe` any time."""

    def __init__(self, settings: Settings, service: Service, stop: asyncio.Event) -> None:
        self._settings = settings
        self._service = service
        self._stop = stop
        self._open = False

    async def run(self) -> None:
        """Take updates until told to stop; those in work are finished then.

        Raises:
            BadSetting: Telegram does not know the token, or refuses the webhook's address.
        """
        bot = self._service.bot
        if not await self._insist(lambda: introduce(bot)):
            return
        if self._settings.mode is Mode.WEBHOOK and not await self._insist(self._register):
            return
        me = await bot.me()
        self._open = True
        _log.info("taking updates", bot=me.username, mode=self._settings.mode)
        menu = asyncio.create_task(self._menus())
        try:
            if self._settings.mode is Mode.POLLING:
                await poll(self._service.dispatcher, bot, stop=self._stop)
            else:
                await self._stop.wait()  # the webhook's route does the rest; a courier takes none
        finally:
            menu.cancel()
            self._open = False

    async def _menus(self) -> None:
        bot, chats = self._service.bot, self._service.dispatcher["chats"]
        await set_for_all(bot)
        await set_for_admins(bot, self._settings.admins, chats)

    async def probe(self) -> None:
        """Raise if no updates come in."""
        if not self._open:
            raise ConnectionError("no connection to Telegram yet")

    async def _register(self) -> None:
        url, secret = self._settings.webhook_url, self._settings.webhook_secret
        assert url is not None  # noqa: S101 - the settings were checked for webhook mode
        assert secret is not None  # noqa: S101 - the same
        try:
            await register_webhook(self._service.bot, url, secret=secret.get_secret_value())
        except Rejected as error:
            raise BadSetting(f"{PREFIX}WEBHOOK_URL: Telegram refuses it: {error}") from error

    async def _insist(self, call: Callable[[], Awaitable[object]]) -> bool:
        """Call until Telegram answers; False if we were stopped before."""
        pause = _FIRST_PAUSE
        while not self._stop.is_set():
            try:
                await call()
            except Retryable as error:
                wait = error.after or pause
                _log.warning("Telegram can't be reached", error=str(error), next_try_seconds=wait)
                await _either(self._stop, wait)
                pause = min(2 * pause, _LAST_PAUSE)
            else:
                return True
        return False


async def _either(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
