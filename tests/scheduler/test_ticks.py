"""Ticks come again and again, whatever one of them does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from scheduler.ticks import Tick, ticking


def _now() -> datetime:
    return datetime.now(UTC)


def _counting(times: int) -> tuple[Callable[[], Awaitable[None]], asyncio.Event, list[int]]:
    enough, count = asyncio.Event(), [0]

    async def tick() -> None:
        count[0] += 1
        if count[0] >= times:
            enough.set()

    return tick, enough, count


async def test_a_tick_comes_at_the_start_and_then_again() -> None:
    tick, enough, _ = _counting(3)
    async with ticking(Tick(name="look", seconds=0.01, do=tick), now=_now):
        await asyncio.wait_for(enough.wait(), 10)


async def test_a_slow_tick_waits_for_its_time() -> None:
    slow, _, slow_count = _counting(2)
    quick, enough, _ = _counting(5)
    day = Tick(name="daily", seconds=86_400, do=slow)
    async with ticking(day, Tick(name="quick", seconds=0.01, do=quick), now=_now):
        await asyncio.wait_for(enough.wait(), 10)
    assert slow_count == [1]


async def test_a_tick_that_fails_is_logged_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    tick, enough, count = _counting(3)

    async def failing() -> None:
        await tick()
        if count[0] == 1:
            raise RuntimeError("the disk is full")

    async with ticking(Tick(name="look", seconds=0.01, do=failing), now=_now):
        await asyncio.wait_for(enough.wait(), 10)
    assert "the disk is full" in caplog.text


async def test_after_the_end_no_tick_comes() -> None:
    tick, enough, count = _counting(1)
    async with ticking(Tick(name="look", seconds=0.01, do=tick), now=_now):
        await asyncio.wait_for(enough.wait(), 10)
    ended = count[0]
    other, later, _ = _counting(3)
    async with ticking(Tick(name="other", seconds=0.02, do=other), now=_now):
        await asyncio.wait_for(later.wait(), 10)
    assert count[0] == ended


async def test_the_end_waits_for_a_tick_under_way() -> None:
    begun, go_on, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await go_on.wait()
        done.set()

    async with ticking(Tick(name="slow", seconds=86_400, do=slow), now=_now):
        await asyncio.wait_for(begun.wait(), 10)
        asyncio.get_running_loop().call_later(0.05, go_on.set)
    assert done.is_set()
