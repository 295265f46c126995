"""The clock of those who wait: what they need of one, and the real one."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """This instant, aware, for what is written down."""

    def seconds(self) -> float:
        """Seconds that never go back, for measuring."""

    async def wait(self, seconds: float, event: asyncio.Event | None = None) -> None:
        """Wait so long, or until the event is set."""


class LoopClock:
    """The event loop's own clock; the instants come from `now`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now

    def seconds(self) -> float:
        """Seconds since some moment."""
        return asyncio.get_running_loop().time()

    async def wait(self, seconds: float, event: asyncio.Event | None = None) -> None:
        """Wait so long, or until the event is set."""
        if event is None:
            await asyncio.sleep(seconds)
            return
        # Not `wait_for`: on 3.11 it swallows a cancellation that comes when the event is set already.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()
