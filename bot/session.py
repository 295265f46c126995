"""A session that spends little on what is sent most."""

import asyncio
import json
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod

from bot.methods import Plain, Prepared
from bot.wire import Wire

_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_OK = 200


class LeanSession(AiohttpSession):
    """Sends plain methods as JSON and hands on their results unread; all else, and errors, are aiogram's."""

    def __init__(self, *, limit: int = 100, **options: Any) -> None:
        super().__init__(limit=limit, **options)
        self._wire = Wire(limit=limit, tls=self._connector_init["ssl"])

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> Any:
        """Call a method of the Bot API."""
        match method:
            case Prepared(name=name, body=body):
                pass
            case Plain():
                name = method.__api_method__
                fields = {field: value for field, value in method.__dict__.items() if value is not None}
                body = _TO_JSON.encode(fields).encode(errors="replace")
            case _:
                return await super().make_request(bot, method, timeout)
        url = self.api.api_url(token=bot.token, method=name)
        try:
            status, text = await self.post(url, body, self.timeout if timeout is None else timeout)
        except OSError as error:  # TimeoutError too
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        if status == _OK:
            answer = _read(text)
            if answer.get("ok") is True:
                return answer.get("result")
        return self.check_response(
            bot=bot, method=method, status_code=status, content=text.decode(errors="replace")
        ).result

    async def post(self, url: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """Post JSON; the status and the text of the answer."""
        status, text, _ = await self._wire.post(url, body, seconds)
        return status, text

    async def close(self) -> None:
        """End the connections that are not at work."""
        self._wire.close()
        await asyncio.sleep(0)  # they end with the loop's next turn
        await super().close()


def _read(text: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
