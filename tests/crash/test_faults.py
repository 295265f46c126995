"""Show 2, the slow half: real processes, real timeouts, a full disk and a locked database, all at once."""

import asyncio
import random
import resource
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from domain.broadcasts import BroadcastState
from domain.delivery import Delivery, DeliveryState
from sandbox.faults import Kind
from tests.crash.nursery import Nursery
from tests.crash.town import MEETING, Town, act, tell, town, until

pytestmark = pytest.mark.crash

SENT, FAILED, UNREACHABLE, UNCERTAIN = (
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.UNREACHABLE,
    DeliveryState.UNCERTAIN,
)


async def test_who_is_kept_waiting_for_thirty_seconds_is_sent_it_again_once(
    sqlite: str, tmp_path: Path, born: Nursery
) -> None:
    async with town(sqlite, tmp_path, born, size=20, send_per_second="30") as here:
        await act(here.telegram, "faults", kind=Kind.STALL, method="sendMessage", next=8, seconds=30)
        await here.announce()
        pid = here.start()
        await here.done()
        here.terminate(pid)
        rows, got = await here.rows(), here.ledger()
        assert {(row.state, row.doubts, len(got[row.chat_id])) for row in rows.values()} == {
            (SENT, 0, 1),
            (SENT, 1, 2),
        }
        assert sum(row.doubts for row in rows.values()) == here.repeats() == 8


async def test_all_faults_with_kills_a_full_disk_and_a_locked_database_end_in_what_is_true(
    sqlite: str, tmp_path: Path, born: Nursery, dice: random.Random, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    async with town(sqlite, tmp_path, born, size=1_500, groups=100, send_per_second="100") as here:
        seldom = {Kind.TOO_MANY: 20, Kind.STALL: 10}
        for kind in Kind:
            often = {"next": seldom[kind]} if kind in seldom else {}
            await act(
                here.telegram,
                "faults",
                kind=kind,
                method="sendMessage",
                probability=0.5 if kind is Kind.MIGRATE else 0.03,
                seconds=16 if kind is Kind.STALL else 1,  # the client waits for 15
                **often,
            )
        await here.announce()
        pid = here.start()
        for number in range(10):
            await here.at_work(pid)
            if number == 3:
                with locked(tmp_path):
                    await asyncio.sleep(11)  # whoever writes waits for 10, and then fails
            if number == 6:
                with full_disk(pid, tmp_path):
                    await asyncio.sleep(2)
            await asyncio.sleep(dice.uniform(0, 0.5))
            await here.kill(pid)
            pid = here.start()
        assert await here.state() is BroadcastState.RUNNING, "it was over too soon"
        await here.kill(pid)
        pid = here.start(send_per_second="3000")
        await asyncio.sleep(5)
        await act(here.telegram, "faults/remove")
        await here.done()
        here.terminate(pid)
        found = await _true_states(here)
        assert found.total() == 1_600
        assert found[SENT] > 1_300
        assert found[FAILED]
        assert found[UNREACHABLE]
        told = ", ".join(f"{number} {state}" for state, number in sorted(found.items()))
        tell(capsys, f"all faults: {told}, repeats {here.repeats()}; {time.monotonic() - began:.0f} s")


async def _felt(here: Town, *words: str) -> None:
    async def told() -> bool:
        return any(one in here.log() for one in words)

    await until(told)


async def _true_states(here: Town) -> Counter[DeliveryState]:
    """How many ended how; each as the ledger has it."""
    ledger, rows = here.ledger(), (await here.rows()).values()
    for row in rows:
        got = [message for chat in {_first_chat(row), row.chat_id} for message in ledger.get(chat, [])]
        match row.state:
            case DeliveryState.SENT:
                assert row.message_id in got, row
            case DeliveryState.FAILED | DeliveryState.UNREACHABLE:
                assert (got, row.doubts) == ([], 0), row
            case _:
                assert row.state is UNCERTAIN, row
                assert row.doubts, row
        assert len(got) - 1 <= row.doubts, row
    counts = await here.outbox.counts(MEETING.id)
    found = Counter(row.state for row in rows)
    assert {state: number for state, number in counts.by_state.items() if number} == found
    assert counts.doubtful == sum(row.doubts > 0 for row in rows)
    missed = [one.delivery.id async for page in here.broadcasts.missed(MEETING.id) for one in page]
    assert sorted(missed) == sorted(row.id for row in rows if row.state is not SENT)
    return found


def _first_chat(row: Delivery) -> int:
    return int(row.key.removeprefix(f"{MEETING.id}:"))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process has the database to itself."""
    with closing(sqlite3.connect(folder / "zhunshi.sqlite3", isolation_level=None)) as another:
        another.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def full_disk(pid: int, folder: Path) -> Iterator[None]:
    """No file of a process may grow beyond a little more than what it has logged."""
    size = (folder / "log").stat().st_size + 100_000
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
