"""The session, over real HTTP: what is sent as JSON, and what every failure becomes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.client import build_bot
from bot.keyboards import prompt
from bot.sender import Place, Sender
from domain.errors import Retryable, Unreachable

TOKEN = "42:TEST"  # noqa: S105 - opens nothing


class Server:
    """Answers every call in one way, and keeps what it was sent."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []
        self.response: web.Response | None = None

    async def answer(self, request: web.Request) -> web.Response:
        """Keep the body; with no response set, drop the connection."""
        is_json = request.content_type == "application/json"
        self.bodies.append(await request.json() if is_json else dict(await request.post()))
        if self.response is None and request.transport is not None:
            request.transport.close()
        return self.response or web.Response()


@pytest.fixture
async def server() -> Server:
    """The answers."""
    return Server()


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    """A bot that talks to them."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", server.answer)
    async with TestServer(app) as running:
        one = build_bot(TOKEN, server=str(running.make_url("")).rstrip("/"))
        yield one
        await one.session.close()


def ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


async def test_a_message_goes_out_as_json_with_only_what_it_has(bot: Bot, server: Server) -> None:
    server.response = ok({"message_id": 7, "unheard": "of"})
    sent = await Sender(bot).send(Place(chat_id=1), "标准", keyboard=prompt("问题"))
    assert sent == 7
    (body,) = server.bodies
    assert body == {
        "chat_id": 1,
        "text": "标准",
        "parse_mode": "HTML",
        "link_preview_options": '{"is_disabled":true}',
        "reply_markup": '{"force_reply":true,"selective":true,"input_field_placeholder":"问题"}',
    }


async def test_other_methods_go_aiograms_way(bot: Bot, server: Server) -> None:
    server.response = ok({"id": 42, "is_bot": True, "first_name": "准时"})
    assert (await bot.me()).first_name == "准时"


async def test_an_edit_that_returns_true_and_one_that_returns_the_message_are_both_done(
    bot: Bot, server: Server
) -> None:
    for result in (True, {"message_id": 7}):
        server.response = ok(result)
        await Sender(bot).edit(1, 7, "标准")
    assert len(server.bodies) == 2


FAILURES = {
    "HTML": (web.Response(status=502, text="<html>", content_type="text/html"), Retryable),
    "HTML with 200": (web.Response(text="<html>", content_type="text/html"), Retryable),
    "no words": (web.json_response({"ok": False}, status=503), Retryable),
    "blocked": (web.json_response({"ok": False, "description": "bot was blocked"}, status=403), Unreachable),
    "dropped": (None, Retryable),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILURES)
async def test_every_failure_is_named(bot: Bot, server: Server, case: str) -> None:
    server.response, error = FAILURES[case]
    with pytest.raises(error):
        await Sender(bot).send(Place(chat_id=1), "x")


async def test_nobody_there_is_worth_another_try() -> None:
    one = build_bot(TOKEN, server="http://127.0.0.1:9")
    with pytest.raises(Retryable):
        await Sender(one).send(Place(chat_id=1), "x")
    await one.session.close()
