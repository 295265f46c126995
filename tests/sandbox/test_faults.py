"""Each fault does what its name says, as often as it should, to the calls it is meant for."""

import asyncio
import random
from typing import Any

import pytest
from aiohttp import ClientError, ServerDisconnectedError

from sandbox.faults import Faults, Kind
from tests.sandbox.conftest import CHEN, GROUP, LIN, Api, until


async def _texts(api: Api, chat: int = CHEN) -> list[str]:
    return [message["text"] for message in await api.look("messages", chat=chat, after=1)]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("too_many", "429 Too Many Requests: retry after 9"),
        ("forbidden", "403 Forbidden: bot was blocked by the user"),
        ("bad_request", "400 Bad Request: refused by the sandbox's fault"),
        ("server_error", "500 Internal Server Error"),
    ],
)
async def test_a_refusing_fault_refuses_the_next_call_only(api: Api, kind: str, said: str) -> None:
    await api.act("faults", kind=kind, next=1, seconds=9)
    assert await api.refused("sendMessage", chat_id=CHEN, text="一") == said
    await api.call("sendMessage", chat_id=CHEN, text="二")
    assert await _texts(api) == ["二"]
    [call, _] = await api.look("calls", method="sendMessage")
    assert (call["fault"], call["ok"]) == (kind, False)


async def test_a_bare_500_has_no_description_and_a_502_is_a_page(api: Api) -> None:
    await api.act("faults", kind="server_error_bare", next=1)
    assert await api.answer("sendMessage", chat_id=CHEN, text="x") == (500, {"ok": False, "error_code": 500})
    await api.act("faults", kind="html_502", next=1)
    url = f"{api.url}/bot{api.world.token}/sendMessage"
    async with api.session.post(url, data={"chat_id": CHEN, "text": "x"}) as response:
        assert (response.status, response.content_type) == (502, "text/html")
        assert "502 Bad Gateway" in await response.text()
    assert await _texts(api) == []


@pytest.mark.parametrize(("kind", "accepted"), [("drop_before", []), ("drop_after", ["一"])])
async def test_a_dropped_connection_leaves_the_call_done_or_not(
    api: Api, kind: str, accepted: list[str]
) -> None:
    await api.act("faults", kind=kind, next=1)
    with pytest.raises(ClientError):
        await api.answer("sendMessage", chat_id=CHEN, text="一")
    assert await _texts(api) == accepted
    assert (await api.look("calls", method="sendMessage"))[0]["fault"] == kind


async def test_a_stalled_call_is_accepted_at_once_and_answered_later(api: Api) -> None:
    await api.act("faults", kind="stall", next=1, seconds=1)
    started = asyncio.get_running_loop().time()
    sending = asyncio.create_task(api.call("sendMessage", chat_id=CHEN, text="一"))
    await until(lambda: len(api.world.chats[CHEN].messages) == 2)
    assert await _texts(api) == ["一"]
    assert not sending.done()
    await sending
    assert asyncio.get_running_loop().time() - started >= 1


async def test_migration_meets_groups_only_and_once(api: Api) -> None:
    await api.act("faults", kind="migrate", next=1)
    await api.call("sendMessage", chat_id=CHEN, text="x")
    status, body = await api.answer("sendMessage", chat_id=GROUP, text="x")
    assert status == 400
    new = body["parameters"]["migrate_to_chat_id"]
    await api.call("sendMessage", chat_id=new, text="x")
    assert (await api.look("state"))["faults"] == []


async def test_a_fault_can_be_about_one_method_and_one_chat(api: Api) -> None:
    await api.act("start", person=LIN)
    fault = await api.act("faults", kind="forbidden", method="sendMessage", chat=LIN)
    await api.call("sendMessage", chat_id=CHEN, text="x")
    await api.call("sendChatAction", chat_id=LIN, action="typing")
    for _ in range(2):
        assert (await api.refused("sendMessage", chat_id=LIN, text="x")).startswith("403")
    assert (await api.look("faults"))["active"][0]["struck"] == 2
    await api.act("faults/remove", id=fault["id"])
    await api.call("sendMessage", chat_id=LIN, text="x")


async def test_fetching_updates_is_spared_unless_it_is_named(api: Api) -> None:
    await api.act("faults", kind="server_error")
    await api.call("getMe")
    assert await api.updates() == []
    await api.act("faults", kind="server_error", method="getUpdates", next=1)
    assert (await api.refused("getUpdates")).startswith("500")


def test_a_share_strikes_about_that_many_calls() -> None:
    faults = Faults(dice=random.Random(7))  # noqa: S311 - a test wants the same dice each time
    faults.add({"kind": "forbidden", "probability": 0.2})
    struck = sum(faults.strike("sendMessage", CHEN, group=False) is not None for _ in range(1000))
    assert 150 < struck < 250


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "flood"}, "kind must be one of too_many"),
        ({"kind": "stall", "seconds": -1}, "seconds must be a whole number of at least 0"),
        ({"kind": "stall", "next": 0}, "next must be a whole number of at least 1"),
        ({"kind": "stall", "probability": 2}, "probability must be a number above 0, at most 1"),
        ({"kind": "stall", "method": 7}, "method must be a text"),
    ],
)
async def test_a_malformed_fault_is_refused_by_name(api: Api, fields: dict[str, Any], reason: str) -> None:
    async with api.session.post(f"{api.url}/sandbox/faults", json=fields) as response:
        assert response.status == 400
        assert (await response.json())["error"].startswith(reason)
    assert api.world.faults.active == {}


def test_every_kind_of_fault_is_tested_here() -> None:
    assert len(Kind) == 10


async def test_the_connection_really_ends(api: Api) -> None:
    await api.act("faults", kind="drop_before", next=1)
    with pytest.raises(ServerDisconnectedError):
        await api.answer("sendMessage", chat_id=CHEN, text="x")
    await api.call("getMe")
