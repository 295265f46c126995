"""The webhook: a secret it insists on, and an answer only when the update is handled."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.webhook import add_webhook, register_webhook
from domain.errors import BadSetting
from tests.bot.chat.cast import CHEN
from tests.bot.chat.conftest import Stage

SECRET = "a-secret-of-the-tests"  # noqa: S105 - nobody else's
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
QUESTION = "山城市国际标准多少项？"
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[Client]:
    """Somebody who knows the address."""
    app = web.Application()
    add_webhook(app, "/telegram", dispatcher=stage.dispatcher, bot=stage.bot, secret=SECRET)
    async with TestClient(TestServer(app)) as one:
        yield one


async def test_an_update_is_answered_before_it_is_acknowledged(stage: Stage, client: Client) -> None:
    raw = {"update_id": 600, "message": stage.message(CHEN, QUESTION)}
    for _ in range(2):
        response = await client.post("/telegram", json=raw, headers=HEADERS)
        assert response.status == 200
    assert [call["method"] for call in stage.telegram.calls] == ["sendMessage"]


async def test_an_update_in_work_is_not_acknowledged_yet(stage: Stage, client: Client) -> None:
    stage.telegram.hold.set()
    raw = {"update_id": 601, "message": stage.message(CHEN, QUESTION)}
    posting = asyncio.create_task(client.post("/telegram", json=raw, headers=HEADERS))
    await stage.telegram.holding.wait()
    assert not posting.done()
    posting.cancel()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"X-Telegram-Bot-Api-Secret-Token": "wrong"},
        {"X-Telegram-Bot-Api-Secret-Token": ""},
        {"X-Telegram-Bot-Api-Secret-Token": "é"},
    ],
)
async def test_without_the_secret_nothing_gets_in(
    stage: Stage, client: Client, given: dict[str, str]
) -> None:
    raw = {"update_id": 602, "message": stage.message(CHEN, QUESTION)}
    response = await client.post("/telegram", json=raw, headers=given)
    assert response.status == 401
    assert not stage.telegram.calls


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ("", 400), ("[" * 100_000, 400), ("{}", 200), ("[]", 200), ('{"update_id": "?"}', 200)],
)
async def test_a_malformed_body_does_no_harm(client: Client, body: str, status: int) -> None:
    response = await client.post("/telegram", data=body, headers=HEADERS)
    assert response.status == status


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_too_large_for_an_update_is_refused(client: Client, chunked: bool) -> None:  # noqa: FBT001 - the case
    body = json.dumps({"update_id": 603, "padding": "x" * 2_000_000}).encode()

    async def pieces() -> AsyncIterator[bytes]:
        yield body

    response = await client.post("/telegram", data=pieces() if chunked else BytesIO(body), headers=HEADERS)
    assert response.status == 413


@pytest.mark.parametrize("secret", ["", "short", "with space in it but long", "秘密" * 20, "x" * 257])
async def test_a_secret_that_protects_nothing_is_a_bad_setting(stage: Stage, secret: str) -> None:
    with pytest.raises(BadSetting, match="webhook secret"):
        add_webhook(web.Application(), "/telegram", dispatcher=stage.dispatcher, bot=stage.bot, secret=secret)
    with pytest.raises(BadSetting, match="webhook secret"):
        await register_webhook(stage.bot, "https://example.org/telegram", secret=secret)


async def test_telegram_is_told_the_address_the_secret_and_the_kinds(stage: Stage) -> None:
    await register_webhook(stage.bot, "https://example.org/telegram", secret=SECRET)
    (call,) = stage.telegram.calls
    assert (call["method"], call["url"], call["secret_token"]) == (
        "setWebhook", "https://example.org/telegram", SECRET
    )  # fmt: skip
    assert "my_chat_member" in call["allowed_updates"]
