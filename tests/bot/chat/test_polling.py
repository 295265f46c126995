"""Long polling: nothing is confirmed before it is handled, and stopping is graceful."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.polling import poll
from tests.bot.chat.cast import CHEN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import DROPPED, Call

QUESTION = "山城市国际标准多少项？"


class Poller:
    """A running poll."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.stop = asyncio.Event()
        self.task = asyncio.create_task(poll(stage.dispatcher, stage.bot, stop=self.stop))

    def bring(self, *updates: Call) -> None:
        """Let Telegram hold these updates for us."""
        self.stage.telegram.updates.put_nowait(list(updates))

    async def called(self, method: str, times: int) -> list[Call]:
        """The calls of a method, once there are so many; bounded."""
        async with asyncio.timeout(10):
            while True:
                calls = [call for call in self.stage.telegram.calls if call["method"] == method]
                if len(calls) >= times:
                    return calls
                await asyncio.sleep(0)


@pytest.fixture
async def poller(stage: Stage) -> AsyncIterator[Poller]:
    """A poll of the stage's bot; stopped at the end."""
    one = Poller(stage)
    yield one
    one.stop.set()
    async with asyncio.timeout(5):
        await one.task


def update(stage: Stage, number: int, text: str = QUESTION) -> Call:
    return {"update_id": number, "message": stage.message(CHEN, text)}


async def test_updates_are_answered_and_then_confirmed(stage: Stage, poller: Poller) -> None:
    poller.bring(update(stage, 500), update(stage, 501))
    asked = await poller.called("getUpdates", 2)
    assert len([call for call in stage.telegram.calls if call["method"] == "sendMessage"]) == 2
    assert "offset" not in asked[0]
    assert asked[1]["offset"] == 502
    assert set(asked[0]["allowed_updates"]) == {
        "message", "edited_message", "callback_query", "inline_query", "my_chat_member"
    }  # fmt: skip
    assert stage.telegram.calls[0]["method"] == "deleteWebhook"


async def test_an_update_that_can_not_be_read_does_not_hide_the_others(stage: Stage, poller: Poller) -> None:
    poller.bring({"update_id": 510, "message": {"message_id": "?"}}, update(stage, 511))
    await poller.called("sendMessage", 1)
    assert (await poller.called("getUpdates", 2))[1]["offset"] == 512


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, {"description": "x"}), (502, "<html>"), (409, {"description": "Conflict"}), DROPPED, (503, {})],
)
async def test_polling_goes_on_after_a_failure(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, status: int, body: str | Call
) -> None:
    monkeypatch.setattr("bot.polling._FIRST_PAUSE", 0.0)
    stage.telegram.fail("getUpdates", status, body)
    stage.telegram.fail("deleteWebhook", status, body)
    poller = Poller(stage)
    poller.bring(update(stage, 520))
    await poller.called("sendMessage", 1)
    poller.stop.set()
    await poller.task


async def test_stopping_does_not_wait_for_telegram(poller: Poller) -> None:
    await poller.called("getUpdates", 1)
    poller.stop.set()
    async with asyncio.timeout(2):
        await poller.task


async def test_stopping_waits_for_what_is_in_work(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.polling.HOLD_SECONDS", 0.01)
    sleeping, wake = asyncio.Event(), asyncio.Event()

    async def sleep(_: float) -> None:
        sleeping.set()
        await wake.wait()

    stage.dispatcher["desk"].replies._sleep = sleep
    stage.telegram.fail("sendMessage", 500, {"description": "x"})
    poller = Poller(stage)
    poller.bring(update(stage, 530))
    await sleeping.wait()
    poller.stop.set()
    wake.set()
    await poller.task
    assert len(await poller.called("sendMessage", 2)) == 2


async def test_a_slow_reply_does_not_hold_up_the_others_for_long(
    stage: Stage, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.polling.HOLD_SECONDS", 0.01)
    wake = asyncio.Event()

    async def sleep(_: float) -> None:
        await wake.wait()

    stage.dispatcher["desk"].replies._sleep = sleep
    stage.telegram.fail("sendMessage", 500, {"description": "x"})
    poller.bring(update(stage, 540))
    poller.bring(update(stage, 541))
    assert len(await poller.called("sendMessage", 2)) == 2
    wake.set()
    await poller.called("sendMessage", 3)
