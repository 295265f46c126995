"""`zhunshi run` as a process: it answers, shows its health, and stops without losing anything."""

import asyncio
import gc
import os
import signal
from collections.abc import Iterator

import pytest
from aiohttp import ClientSession

from app.service import serve
from domain.errors import BadSetting
from sandbox.server import running
from sandbox.world import TOKEN, World
from tests.app.processes import ask, free_port, until, zhunshi_run

QUESTION, FOLLOW_UP = "浙江到2025年国际标准要多少项？", "那广东呢？"


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_with_no_token_the_chat_page_answers_and_a_signal_ends_it_well(by: signal.Signals) -> None:
    async with zhunshi_run() as service:
        page = service.page()
        async with ClientSession() as session, session.get(f"{page}/") as shown:
            assert "<html" in await shown.text()
        assert "30 项以上" in await ask(page, QUESTION)
        assert set((await service.health())["checks"].values()) == {"ok"}
        async with ClientSession() as session, session.get(f"{service.http}/metrics") as shown:
            assert 'zhunshi_answers_total{status="answered"} 1.0' in await shown.text()
        assert await service.stopped(by) == 0
    assert "Traceback" not in "".join(service.log)
    assert "stopped" in service.log[-1]


async def test_a_restart_in_mid_conversation_keeps_it() -> None:
    async with running(World(rates_on=False)) as telegram:
        live = {"bot_token": TOKEN, "api_url": telegram.url}
        async with zhunshi_run(**live) as service:
            assert "30 项以上" in await ask(telegram.url, QUESTION)
            assert await service.stopped(signal.SIGTERM) == 0
        async with zhunshi_run(**live):
            assert "60 项" in await ask(telegram.url, FOLLOW_UP)


async def test_by_webhook_it_answers_those_who_know_the_secret() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    async with (
        running(World(rates_on=False)) as telegram,
        zhunshi_run(
            bot_token=TOKEN,
            api_url=telegram.url,
            mode="webhook",
            http_port=url.rpartition(":")[2],
            webhook_url=f"{url}/telegram",
            webhook_secret="a-secret-of-20-letters",  # noqa: S106 - made up
        ) as service,
    ):
        assert "30 项以上" in await ask(telegram.url, QUESTION)
        async with ClientSession() as session, session.post(f"{url}/telegram", json={}) as refused:
            assert refused.status == 401
        assert await service.stopped(signal.SIGTERM) == 0


async def test_the_token_stands_in_no_log_also_when_telegram_fails() -> None:
    async with running(World(rates_on=False)) as telegram:
        async with ClientSession() as session:
            fault = {"kind": "drop_before", "method": "getUpdates", "next": 1}
            async with session.post(f"{telegram.url}/sandbox/faults", json=fault) as answer:
                assert answer.status == 200, await answer.text()
        async with zhunshi_run(bot_token=TOKEN, api_url=telegram.url, log_level="debug") as service:
            assert "30 项以上" in await ask(telegram.url, QUESTION)
            await service.stopped(signal.SIGTERM)
    log = "".join(service.log)
    assert "no updates from Telegram" in log
    assert TOKEN not in log
    assert TOKEN.partition(":")[2] not in log


@pytest.mark.usefixtures("in_process")
async def test_a_token_that_telegram_does_not_know_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(World(token=f"{TOKEN}x")) as telegram:
        live(monkeypatch, telegram.url)
        with pytest.raises(BadSetting, match="token") as caught:
            await serve()
    assert TOKEN not in str(caught.value)


@pytest.mark.usefixtures("in_process")
async def test_a_webhook_that_telegram_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(World()) as telegram:
        live(monkeypatch, telegram.url)
        monkeypatch.setenv("ZHUNSHI_MODE", "webhook")
        monkeypatch.setenv("ZHUNSHI_WEBHOOK_URL", "https://example.org/telegram")
        monkeypatch.setenv("ZHUNSHI_WEBHOOK_SECRET", "a-secret-of-20-letters")
        with pytest.raises(BadSetting, match=r"^ZHUNSHI_WEBHOOK_URL: Telegram refuses it: .*bad webhook"):
            await serve()


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """For a service within this process: the tests' own logging and garbage stay as they are."""
    monkeypatch.setattr("app.service.set_up_logging", lambda **_: None)
    for name, value in (("HTTP_PORT", "0"), ("SANDBOX_PORT", "0")):
        monkeypatch.setenv(f"ZHUNSHI_{name}", value)
    yield
    gc.unfreeze()


def live(monkeypatch: pytest.MonkeyPatch, telegram: str) -> None:
    monkeypatch.setenv("ZHUNSHI_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("ZHUNSHI_API_URL", telegram)


@pytest.mark.usefixtures("in_process")
async def test_telegram_out_of_reach_at_the_start_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.intake._FIRST_PAUSE", 0.05)
    telegram = f"http://127.0.0.1:{free_port()}"
    live(monkeypatch, telegram)
    serving = asyncio.create_task(serve())
    await asyncio.sleep(0)
    port = int(telegram.rpartition(":")[2])
    world = World(rates_on=False)
    async with running(world, port=port):
        await until(lambda: world.updates.poller is not None)
        os.kill(os.getpid(), signal.SIGTERM)
        assert await serving == 0


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("what", ["HTTP", "SANDBOX"])
async def test_a_port_that_is_taken_is_named(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    async with running() as other:
        monkeypatch.setenv(f"ZHUNSHI_{what}_PORT", other.url.rpartition(":")[2])
        with pytest.raises(BadSetting, match=f"ZHUNSHI_{what}_PORT: 127.0.0.1:.*address already in use"):
            await serve()
