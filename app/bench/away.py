"""The servers that bots are measured against, each in a process of its own."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path


@asynccontextmanager
async def telegram() -> AsyncIterator[str]:
    """The address of a Telegram that takes every message at once."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.bench.telegram"), stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None  # noqa: S101 - asked for above
    assert process.stdout is not None  # noqa: S101 - asked for above
    try:
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def sandbox() -> AsyncIterator[tuple[str, str]]:
    """The address of a Telegram that imposes its limits, and the bot's token there."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0"), stdout=PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None  # noqa: S101 - asked for above
    try:
        await process.stdout.readline()
        *_, address, _, token = (await process.stdout.readline()).decode().split()
        yield address, token
    finally:
        process.terminate()
        await process.wait()
