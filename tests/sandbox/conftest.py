"""A running sandbox without speed limits, and a bare client for its two interfaces."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox.server import running
from sandbox.world import World

CHEN, LIN, ALEX, GROUP = 1001, 1002, 1003, -4001
"""The people and the group every world starts with."""


@dataclass(frozen=True, kw_only=True)
class Api:
    """Speaks to a running sandbox as a bot (`call`) and as the people (`act`, `look`)."""

    world: World
    url: str
    session: ClientSession

    async def answer(self, method: str, **params: Any) -> tuple[int, Any]:
        """A call's HTTP status and JSON body."""
        fields = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()
        }
        async with self.session.post(f"{self.url}/bot{self.world.token}/{method}", data=fields) as response:
            return response.status, await response.json()

    async def call(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.answer(method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """The code and description of a call that must fail, such as "400 Bad Request: chat not found"."""
        status, body = await self.answer(method, **params)
        assert not body["ok"], body
        assert status == body["error_code"]
        return f"{status} {body['description']}"

    async def act(self, path: str, **fields: Any) -> Any:
        """A person's act that must succeed."""
        async with self.session.post(f"{self.url}/sandbox/{path}", json=fields) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def look(self, path: str, **query: Any) -> Any:
        """What the control interface shows."""
        async with self.session.get(f"{self.url}/sandbox/{path}", params=query) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def updates(self, offset: int = 0, **params: Any) -> list[Any]:
        """The updates that wait now."""
        found: list[Any] = await self.call("getUpdates", offset=offset, **params)
        return found

    async def taken(self) -> list[Any]:
        """The updates that wait now, confirmed."""
        found = await self.updates()
        if found:
            await self.updates(found[-1]["update_id"] + 1)
        return found


async def until(happened: Callable[[], object]) -> None:
    """Let the server work until something has happened, for five seconds at most."""
    async with asyncio.timeout(5):
        while not happened():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0)


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    """A fresh world where 陈晓 has started the bot and nothing waits."""
    async with running(World(rates_on=False)) as server, ClientSession() as session:
        api = Api(world=server.world, url=server.url, session=session)
        await api.act("start", person=CHEN)
        await api.taken()
        yield api
