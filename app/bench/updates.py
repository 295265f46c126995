"""What both bots are given: updates as Telegram sends them, and their sessions without a network."""

import itertools
from http import HTTPStatus
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import GetMe, TelegramMethod

from bot.session import LeanSession

TOKEN = "10000001:not-a-secret-and-opens-nothing-at-all"  # noqa: S105 - as it says
PEOPLE = 200

_BOT = '{"ok":true,"result":{"id":10000001,"is_bot":true,"first_name":"bench","username":"bench_bot"}}'
_SENT = (
    '{"ok":true,"result":{"message_id":1,"date":1750000000,"text":"sent","chat":{"id":1001,"type":"private",'
    '"first_name":"\\u9648\\u6653"},"from":{"id":10000001,"is_bot":true,"first_name":"bench"}}}'
)


class EchoSession(AiohttpSession):
    """aiogram's own: makes the request and reads the answer, but for the network between them."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 - aiogram's signature
    ) -> Any:
        """Telegram takes everything, at once."""
        self.build_form_data(bot, method)
        canned = _BOT if isinstance(method, GetMe) else _SENT
        return self.check_response(bot, method, HTTPStatus.OK, canned).result


class OurSession(LeanSession, EchoSession):
    """Ours, as `run` uses it, but for the network; what it leaves to aiogram goes the way above."""

    async def post(self, url: str, body: bytes, seconds: float) -> tuple[int, bytes]:  # noqa: ARG002 - no network
        """Telegram takes everything, at once."""
        return HTTPStatus.OK, _SENT.encode()


_ids = itertools.count(1)


def update_of(question: str) -> dict[str, Any]:
    """An update with a message in a private chat, from one of many people in turn."""
    number = next(_ids)
    person = {"id": 1000 + number % PEOPLE, "is_bot": False, "first_name": "陈晓", "language_code": "zh-hans"}
    chat = {"id": person["id"], "type": "private", "first_name": "陈晓"}
    message = {"message_id": number, "date": 1_750_000_000, "chat": chat, "from": person, "text": question}
    return {"update_id": number, "message": message}
