"""A session that spends little on what is sent most."""

import json
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiohttp import ClientError, ClientTimeout

from bot.methods import Plain, Prepared

_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_JSON = {"Content-Type": "application/json"}
_OK = 200


class LeanSession(AiohttpSession):
    """Sends plain methods as JSON and hands on their results unread; all else, and errors, are aiogram's."""

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
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        if status == _OK:
            answer = _read(text)
            if answer.get("ok") is True:
                return answer.get("result")
        return self.check_response(bot=bot, method=method, status_code=status, content=text).result

    async def post(self, url: str, body: bytes, seconds: float) -> tuple[int, str]:
        """Post JSON; the status and the text of the answer."""
        session = await self.create_session()
        async with session.post(url, data=body, headers=_JSON, timeout=ClientTimeout(seconds)) as response:
            return response.status, await response.text()


def _read(text: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
