"""Ticks: what is done again and again; the only file that imports APScheduler.

The truth is in our tables. A tick only says "look again", so one that is late, missed or fails does no harm.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Something to do every so many seconds, the first time at the start; `name` stands in the log."""

    name: str
    seconds: float
    do: Callable[[], Awaitable[object]]


@asynccontextmanager
async def ticking(*ticks: Tick, now: Callable[[], datetime]) -> AsyncIterator[None]:
    """Let the ticks come while the block runs; what one raises is logged, what is under way is finished.

    Args: `now` gives the real time, as APScheduler reads it, wherever the service's clock was moved to.
    """
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        # After a pause once is enough, however many were missed; and never is too late.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    under_way: set[asyncio.Future[object]] = set()
    for tick in ticks:
        do = partial(_uncancelled, tick.do, under_way)
        scheduler.add_job(do, "interval", seconds=tick.seconds, name=tick.name, next_run_time=now())
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        await asyncio.gather(*under_way, return_exceptions=True)


async def _uncancelled(do: Callable[[], Awaitable[object]], under_way: set[asyncio.Future[object]]) -> None:
    """Do it in a task of its own: at the end APScheduler cancels, and that in the middle of a transaction."""
    task = asyncio.ensure_future(do())
    under_way.add(task)
    task.add_done_callback(under_way.discard)
    await asyncio.shield(task)
