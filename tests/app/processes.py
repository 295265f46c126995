"""A real `zhunshi run` and the sandbox it talks to, for tests that start and stop them."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession

CHEN = 1001
PATIENCE = 30.0


@dataclass(kw_only=True)
class Running:
    """The process and where its pages are; `log` is what it wrote."""

    process: asyncio.subprocess.Process
    http: str
    log: list[str] = field(default_factory=list)

    async def health(self) -> dict[str, Any]:
        """What /healthz says."""
        async with ClientSession() as session, session.get(f"{self.http}/healthz") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def stopped(self, by: signal.Signals) -> int:
        """Send a signal and wait for the exit code."""
        self.process.send_signal(by)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    def page(self) -> str:
        """The chat page's address, as it told."""
        found = re.search(r"Open (http://\S+)/ ", "".join(self.log))
        assert found, self.log
        return found[1]


@asynccontextmanager
async def zhunshi_run(**settings: str) -> AsyncIterator[Running]:
    """Start the service and wait until it is healthy; at the end it is killed if it still runs."""
    port = settings.pop("http_port", str(free_port()))
    given = {f"ZHUNSHI_{name.upper()}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app", "run"),
        env={**os.environ, "ZHUNSHI_HTTP_PORT": port, "ZHUNSHI_SANDBOX_PORT": "0", **given},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    service = Running(process=process, http=f"http://127.0.0.1:{port}")
    reading = asyncio.create_task(_read(service))
    try:
        await _healthy(service)
        yield service
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


async def ask(page: str, text: str) -> str:
    """Say something to the bot as Chen and wait for its reply."""
    async with ClientSession() as session:
        said = {"person": CHEN, "chat": CHEN, "text": text}
        async with session.post(f"{page}/sandbox/say", json=said) as answer:
            asked = (await answer.json())[-1]["message_id"]
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            async with session.get(
                f"{page}/sandbox/messages", params={"chat": CHEN, "after": asked}
            ) as answer:
                replies = await answer.json()
            if replies:
                return str(replies[0]["text"])
            await asyncio.sleep(0.02)
    raise AssertionError(f"no reply to {text}")


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something, not for ever."""
    for _ in range(600):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came")


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def _read(service: Running) -> None:
    assert service.process.stdout is not None
    async for line in service.process.stdout:
        service.log.append(line.decode())


async def _healthy(service: Running) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and service.process.returncode is None:
        try:
            if (await service.health())["status"] == "ok":
                return
        except (ClientError, json.JSONDecodeError):
            pass
        await asyncio.sleep(0.05)
    raise AssertionError("not healthy:\n" + "".join(service.log))
