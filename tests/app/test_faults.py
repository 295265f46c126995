"""Each fault of the stand-in, met by the real service: it ends in a reply, or in a counted failure."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession

from sandbox.faults import Kind
from sandbox.server import running
from sandbox.world import TOKEN, World
from tests.app.processes import CHEN, Running, ask, until, zhunshi_run

pytestmark = pytest.mark.slow  # a service of its own for each
QUESTION, ANSWER = "浙江到2025年国际标准要多少项？", "30 项以上"
GROUP = -4001
# Telegram took none of these, so they are sent again; of DROP_AFTER it took the first, which nobody can know.
SENT_AGAIN = (
    Kind.TOO_MANY,
    Kind.SERVER_ERROR,
    Kind.SERVER_ERROR_BARE,
    Kind.HTML_502,
    Kind.DROP_BEFORE,
    Kind.DROP_AFTER,
    Kind.STALL,
)
LOST = {Kind.FORBIDDEN: "unreachable", Kind.BAD_REQUEST: "rejected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The service, and the Telegram it talks to."""

    service: Running
    telegram: str
    world: World

    async def fault(self, kind: Kind, chat: int = CHEN) -> None:
        """Let the next message to a chat meet a fault."""
        values = {"kind": kind, "method": "sendMessage", "chat": chat, "next": 1, "seconds": 1}
        async with (
            ClientSession() as session,
            session.post(f"{self.telegram}/sandbox/faults", json=values) as done,
        ):
            assert done.status == 200, await done.text()

    async def failures(self, kind: str) -> float:
        """How many failed sends of a kind the service counted."""
        async with ClientSession() as session, session.get(f"{self.service.http}/metrics") as shown:
            text = await shown.text()
        found = re.search(rf'^zhunshi_send_failures_total{{kind="{kind}"}} ([0-9.]+)$', text, re.MULTILINE)
        return float(found[1]) if found else 0.0


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    world = World(rates_on=False)
    async with (
        running(world) as telegram,
        zhunshi_run(bot_token=TOKEN, api_url=telegram.url, throttle_burst="100") as service,
    ):
        yield Talk(service=service, telegram=telegram.url, world=world)


async def test_what_telegram_did_not_take_is_sent_again_until_it_is_there(talk: Talk) -> None:
    for kind in SENT_AGAIN:
        await talk.fault(kind)
        assert ANSWER in await ask(talk.telegram, QUESTION), kind
    assert all(fault.struck == 1 for fault in talk.world.faults.active.values())


async def test_what_it_will_never_take_is_counted_and_the_next_question_is_answered(talk: Talk) -> None:
    for kind, counted in LOST.items():
        await talk.fault(kind)
        before = await talk.failures(counted)
        await _say(talk, QUESTION)
        await _counted(talk, counted, before + 1)
    assert ANSWER in await ask(talk.telegram, QUESTION)


async def test_a_group_that_becomes_a_supergroup_gets_the_reply_under_its_new_id(talk: Talk) -> None:
    await talk.fault(Kind.MIGRATE, GROUP)
    await _say(talk, f"@zhunshi_bot {QUESTION}", chat=GROUP)
    await until(lambda: any(ANSWER in text for text in _texts_of_supergroups(talk.world)))


async def test_two_repeats_of_one_update_give_one_reply(talk: Talk) -> None:
    assert ANSWER in await ask(talk.telegram, QUESTION)
    async with ClientSession() as session:
        for _ in range(2):
            async with session.post(f"{talk.telegram}/sandbox/repeat", json={"person": CHEN}) as done:
                assert done.status == 200, await done.text()
        assert "60 项" in await ask(talk.telegram, "那广东呢？")
        async with session.get(f"{talk.telegram}/sandbox/calls") as shown:
            calls = await shown.json()
    sent = [call for call in calls if call["method"] == "sendMessage"]
    assert len(sent) == 2


def _texts_of_supergroups(world: World) -> list[str]:
    return [
        str(message.get("text", ""))
        for chat_id, chat in world.chats.items()
        if chat_id < -1_000_000_000
        for message in chat.messages.values()
    ]


async def _counted(talk: Talk, kind: str, value: float) -> None:
    for _ in range(600):
        if await talk.failures(kind) == value:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"no {kind} send was counted")


async def _say(talk: Talk, text: str, chat: int = CHEN) -> None:
    said = {"person": CHEN, "chat": chat, "text": text}
    async with ClientSession() as session, session.post(f"{talk.telegram}/sandbox/say", json=said) as done:
        assert done.status == 200, await done.text()
