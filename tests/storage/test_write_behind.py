"""Writing behind: in batches, soon, the last value of each key, nothing lost on a failure."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from storage import write_behind
from storage.write_behind import WriteBehind


class Disk:
    """Keeps batches; fails while `broken`, and waits at `gate` while that is closed."""

    def __init__(self) -> None:
        self.batches: list[dict[str, int]] = []
        self.broken = False
        self.tries = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def write(self, batch: dict[str, int]) -> None:
        """What `WriteBehind` is given."""
        self.tries += 1
        await self.gate.wait()
        if self.broken:
            raise OSError("disk full")
        self.batches.append(batch)


@asynccontextmanager
async def running(behind: WriteBehind[str, int]) -> AsyncIterator[None]:
    task = asyncio.create_task(behind.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - polls, with a bound
            await asyncio.sleep(0.001)


async def test_rows_are_written_a_moment_later_in_one_batch_with_their_last_value() -> None:
    disk = Disk()
    behind = WriteBehind(disk.write, seconds=0.01)
    async with running(behind):
        for value in range(3):
            behind.put("a", value)
        behind.put("b", 9)
        assert (behind.get("a"), len(behind)) == (2, 2)
        await until(lambda: len(behind) == 0)
    assert disk.batches == [{"a": 2, "b": 9}]
    assert behind.get("a") is None


async def test_a_full_batch_does_not_wait() -> None:
    disk = Disk()
    behind = WriteBehind(disk.write, rows=3, seconds=3600)
    async with running(behind):
        for key in "abcdefg":
            behind.put(key, 1)
        await until(lambda: len(behind) == 0)
        behind.put("h", 1)
        for _ in range(20):
            await asyncio.sleep(0)  # lets the writer run, if it would
        assert "h" in behind
        behind.put("i", 1)
        behind.put("j", 1)
        await until(lambda: len(behind) == 0)
    assert [len(batch) for batch in disk.batches] == [3, 3, 1, 3]


async def test_nothing_runs_while_nothing_is_dirty(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk()
    behind = WriteBehind(disk.write, seconds=0.001)
    rounds = 0
    gather = behind._gather

    async def counted() -> None:
        nonlocal rounds
        rounds += 1
        await gather()

    monkeypatch.setattr(behind, "_gather", counted)
    async with running(behind):
        behind.put("a", 1)
        await until(lambda: len(behind) == 0)
        assert not behind._some.is_set()
    assert (rounds, disk.tries) == (1, 1)


async def test_a_row_that_changes_while_it_is_written_is_written_again() -> None:
    disk = Disk()
    behind = WriteBehind(disk.write, seconds=0.001)
    disk.gate.clear()
    async with running(behind):
        behind.put("a", 1)
        await until(lambda: disk.tries == 1)
        behind.put("a", 2)
        assert behind.get("a") == 2
        disk.gate.set()
        await until(lambda: len(behind) == 0)
    assert disk.batches == [{"a": 1}, {"a": 2}]


async def test_what_fails_is_logged_kept_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(write_behind, "_FIRST_RETRY", 0.001)
    disk = Disk()
    disk.broken = True
    behind = WriteBehind(disk.write, seconds=0.001)
    with caplog.at_level(logging.ERROR):
        async with running(behind):
            behind.put("a", 1)
            await until(lambda: disk.tries >= 3)
            behind.put("b", 2)
            disk.broken = False
            await until(lambda: len(behind) == 0)
    assert {key: row for batch in disk.batches for key, row in batch.items()} == {"a": 1, "b": 2}
    assert "1 rows could not be written" in caplog.text


async def test_a_cancelled_write_keeps_its_rows_for_the_last_flush() -> None:
    disk = Disk()
    behind = WriteBehind(disk.write, seconds=0.001)
    disk.gate.clear()
    async with running(behind):
        behind.put("a", 1)
        await until(lambda: disk.tries == 1)
    disk.gate.set()
    assert disk.batches == []
    await behind.flush()
    assert disk.batches == [{"a": 1}]
    await behind.flush()
    assert disk.batches == [{"a": 1}]


async def test_a_failed_flush_tells_and_keeps() -> None:
    disk = Disk()
    disk.broken = True
    behind = WriteBehind(disk.write)
    behind.put("a", 1)
    with pytest.raises(OSError, match="disk full"):
        await behind.flush()
    assert "a" in behind


async def test_a_stop_is_heeded_while_a_full_batch_is_waiting() -> None:
    behind = WriteBehind[str, int](Disk().write, rows=10)
    loop = asyncio.create_task(behind.run())
    behind.put("first", 0)
    for _ in range(5):
        await asyncio.sleep(0)
    for number in range(20):
        behind.put(str(number), number)
    loop.cancel()
    ended, _ = await asyncio.wait([loop], timeout=5)
    assert loop in ended
