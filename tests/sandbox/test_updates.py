"""Updates wait for the bot until it confirms them; two pollers conflict; a webhook gets them repeatedly."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox.updates import Updates
from tests.sandbox.conftest import CHEN, GROUP, LIN, Api, until


class Hook:
    """A webhook that refuses the first `refusals` deliveries and notes what it took."""

    def __init__(self) -> None:
        self.url = ""
        self.refusals = 0
        self.attempts = 0
        self.reply: dict[str, Any] | None = None
        self.secrets: list[str | None] = []
        self.taken: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def handle(self, request: web.Request) -> web.Response:
        """One delivery."""
        self.attempts += 1
        if self.attempts <= self.refusals:
            return web.Response(status=500)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.taken.put_nowait(await request.json())
        return web.json_response(self.reply) if self.reply else web.Response()

    async def next(self) -> dict[str, Any]:
        """The next update it takes."""
        return await asyncio.wait_for(self.taken.get(), 5)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_an_update_comes_again_until_the_offset_confirms_it(api: Api) -> None:
    await api.act("say", person=CHEN, chat=CHEN, text="一")
    await api.act("say", person=CHEN, chat=CHEN, text="二")
    first = await api.updates()
    assert [update["message"]["text"] for update in first] == ["一", "二"]
    assert await api.updates(limit=1) == first[:1]
    assert await api.updates(first[0]["update_id"] + 1) == first[1:]
    assert await api.updates() == first[1:]
    assert await api.updates(first[1]["update_id"] + 1) == []


async def test_a_negative_offset_forgets_all_but_the_latest(api: Api) -> None:
    for text in "一二三":
        await api.act("say", person=CHEN, chat=CHEN, text=text)
    assert [update["message"]["text"] for update in await api.updates(-1)] == ["三"]
    assert len(await api.updates()) == 1


async def test_a_long_poll_ends_as_soon_as_something_happens(api: Api) -> None:
    polling = asyncio.create_task(api.updates(timeout=30))
    await until(lambda: api.world.updates.poller)
    await api.act("say", person=CHEN, chat=CHEN, text="来了")
    [update] = await asyncio.wait_for(polling, 5)
    assert update["message"]["text"] == "来了"


async def test_of_two_pollers_the_earlier_is_told_of_the_conflict(api: Api) -> None:
    earlier = asyncio.create_task(api.answer("getUpdates", timeout=30))
    await until(lambda: api.world.updates.poller)
    assert await api.updates() == []
    status, body = await asyncio.wait_for(earlier, 5)
    assert status == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_only_the_kinds_asked_for_are_delivered(api: Api) -> None:
    await api.updates(allowed_updates=["callback_query"])
    await api.act("say", person=CHEN, chat=CHEN, text="一")
    assert await api.updates() == []
    await api.updates(allowed_updates=[])
    await api.act("say", person=CHEN, chat=CHEN, text="二")
    assert len(await api.updates()) == 1


async def test_a_repeated_update_has_its_old_number_and_comes_once(api: Api) -> None:
    await api.act("say", person=CHEN, chat=CHEN, text="一")
    [update] = await api.taken()
    assert (await api.act("repeat"))["update_id"] == update["update_id"]
    await api.act("say", person=CHEN, chat=CHEN, text="二")
    both = await api.updates(update["update_id"] + 1)
    assert [item["message"]["text"] for item in both] == ["一", "二"]
    assert both[0] == update
    assert await api.updates(both[1]["update_id"] + 1) == []


async def test_a_repetition_does_not_bring_confirmed_updates_back() -> None:
    updates = Updates(next_id=5)
    for _ in range(3):
        updates.add("message", {}, 1)
    updates.repeat(5)
    assert [update["update_id"] for update in await updates.poll(8, 100, 0)] == [5]


async def test_a_webhook_gets_each_update_with_the_secret(api: Api, hook: Hook) -> None:
    await api.call("setWebhook", url=hook.url, secret_token="s3cret")  # noqa: S106 - the test's own
    await api.act("say", person=CHEN, chat=CHEN, text="一")
    assert (await hook.next())["message"]["text"] == "一"
    assert hook.secrets == ["s3cret"]
    assert (await api.refused("getUpdates")).startswith(
        "409 Conflict: can't use getUpdates method while webhook"
    )


async def test_a_refused_update_is_delivered_again_before_later_ones_of_its_chat(
    api: Api, hook: Hook
) -> None:
    api.world.webhook_pause = 0.01
    hook.refusals = 2
    await api.call("setWebhook", url=hook.url)
    await api.act("say", person=CHEN, chat=CHEN, text="一")
    await api.act("say", person=CHEN, chat=CHEN, text="二")
    assert [(await hook.next())["message"]["text"] for _ in range(2)] == ["一", "二"]
    assert hook.attempts == 4
    info = await api.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 0


async def test_a_slow_chat_does_not_hold_up_the_others(api: Api, hook: Hook) -> None:
    api.world.webhook_pause = 60
    hook.refusals = 1
    await api.call("setWebhook", url=hook.url)
    await api.act("say", person=CHEN, chat=CHEN, text="慢")
    await until(lambda: hook.attempts)
    await api.act("start", person=LIN)
    assert (await hook.next())["message"]["from"]["id"] == LIN
    await api.call("deleteWebhook")
    await until(lambda: not api.world.updates.in_delivery)
    assert [update["message"]["text"] for update in await api.updates()] == ["慢"]


async def test_a_call_in_the_webhooks_answer_is_done(api: Api, hook: Hook) -> None:
    hook.reply = {"method": "sendMessage", "chat_id": CHEN, "text": "<b>在</b>", "parse_mode": "HTML"}
    await api.call("setWebhook", url=hook.url)
    await api.act("say", person=CHEN, chat=CHEN, text="在吗")
    await hook.next()
    await until(lambda: api.world.calls.accepted == 2)
    assert (await api.look("calls", method="sendMessage"))[0]["result"]["text"] == "在"


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/x", "http://example.org/x", "http://10.0.0.1/x", "ftp://localhost", "http://[::1"],
)
async def test_a_webhook_elsewhere_is_refused(api: Api, url: str) -> None:
    assert (await api.refused("setWebhook", url=url)).startswith("400 Bad Request: bad webhook")


async def test_in_a_group_privacy_mode_shows_only_what_concerns_the_bot(api: Api) -> None:
    sent = await api.call("sendMessage", chat_id=GROUP, text="x")
    said = [
        "闲聊",
        "/help",
        "/help@other_bot",
        "/help@zhunshi_bot",
        "问 @zhunshi_bot 一下",
        "问 @someone_else",
    ]
    for text in said:
        await api.act("say", person=CHEN, chat=GROUP, text=text)
    await api.act("say", person=LIN, chat=GROUP, text="回复", reply_to=sent["message_id"])
    seen = [update["message"]["text"] for update in await api.taken()]
    assert seen == ["/help", "/help@zhunshi_bot", "问 @zhunshi_bot 一下", "回复"]
    await api.act("options", privacy=False)
    await api.act("say", person=CHEN, chat=GROUP, text="闲聊")
    assert len(await api.taken()) == 1


async def test_blocking_and_joining_are_told_by_my_chat_member(api: Api) -> None:
    await api.act("block", person=CHEN)
    await api.act("block", person=CHEN, on=False)
    await api.act("presence", person=LIN, chat=GROUP, presence="kicked")
    changes = [update["my_chat_member"] for update in await api.taken() if "my_chat_member" in update]
    told = [(c["chat"]["id"], c["from"]["id"], c["new_chat_member"]["status"]) for c in changes]
    assert told == [(CHEN, CHEN, "kicked"), (CHEN, CHEN, "member"), (GROUP, LIN, "kicked")]


async def test_update_ids_go_on_rising_over_a_restart(api: Api) -> None:
    await api.act("say", person=CHEN, chat=CHEN, text="一")
    [update] = await api.updates()
    assert update["update_id"] > 1_700_000_000
    assert json.dumps(update)
