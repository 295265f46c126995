"""Logs: one line an event, and no secret in any of them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe

from app.logs import STRUCK, set_up_logging

TOKEN = "123456789:AAE-x_4567890123456789012345678901"  # noqa: S105 - made up


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged as JSON; the root logger is left as it was found."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging(level="debug", form="json", secrets=["open-sesame-open-sesame"], stream=stream)
    yield stream
    root.handlers[:], root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def test_an_event_is_one_line_with_level_time_and_values(lines: io.StringIO) -> None:
    structlog.get_logger("bot").warning("slow\nreply", seconds=3, name="陈晓")
    event = json.loads(lines.getvalue())
    assert event.items() >= {"event": "slow\nreply", "level": "warning", "seconds": 3, "name": "陈晓"}.items()
    assert event["timestamp"].endswith("Z")


def test_what_belongs_into_a_sentence_stands_in_it(lines: io.StringIO) -> None:
    structlog.get_logger("bot").warning("could not %s", "migrate a chat")
    logging.getLogger("scheduler").warning("%d outcomes wait", 3)
    events = [json.loads(line)["event"] for line in lines.getvalue().splitlines()]
    assert events == ["could not migrate a chat", "3 outcomes wait"]


@pytest.mark.parametrize("hidden", [TOKEN, TOKEN.replace(":", "%3A"), "open-sesame-open-sesame"])
def test_a_secret_is_struck_out_wherever_it_stands(lines: io.StringIO, hidden: str) -> None:
    logging.getLogger("aiohttp").error("POST /bot%s/getMe failed", hidden)
    structlog.get_logger().info("x", url=f"https://example.org/bot{hidden}/getMe", parts=[{"deep": hidden}])
    error = OSError(f"no route to https://example.org/bot{hidden}/getMe")
    logging.getLogger("aiogram").error("failed", exc_info=error)
    assert hidden not in lines.getvalue()
    assert lines.getvalue().count(STRUCK) >= 4


async def test_the_address_in_a_failed_call_of_aiogram_holds_no_token(lines: io.StringIO) -> None:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base("http://127.0.0.1:9")))
    try:
        await bot(GetMe())
    except TelegramNetworkError:
        structlog.get_logger().exception("unreachable", url=bot.session.api.api_url(bot.token, "getMe"))
    finally:
        await bot.session.close()
    assert "unreachable" in lines.getvalue()
    assert TOKEN not in lines.getvalue()
