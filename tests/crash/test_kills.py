"""Show 1: processes die at random moments of a broadcast to ten thousand; nobody is forgotten.

The sandbox's ledger is the truth; the outbox and the report have to agree with it to the last message.
"""

import asyncio
import os
import random
import time
from pathlib import Path

import pytest

from domain.broadcasts import BroadcastState
from domain.delivery import DeliveryState
from tests.crash.nursery import Nursery
from tests.crash.town import ADMIN, MEETING, Town, moment, tell, town

pytestmark = pytest.mark.crash

SIZE, ENDS = 10_000, int(os.environ.get("CRASH_ENDS", "100"))
# Messages a second: first so few that on a slow machine too much is left to be killed a hundred times.
ALONE, TOGETHER, FAST = "200", "30", "3000"
SENT, UNCERTAIN = DeliveryState.SENT, DeliveryState.UNCERTAIN


async def test_a_hundred_kills_lose_nothing_and_repeat_no_more_than_was_in_flight(
    sqlite: str, tmp_path: Path, born: Nursery, dice: random.Random, capsys: pytest.CaptureFixture[str]
) -> None:
    async with town(sqlite, tmp_path, born, size=SIZE, send_per_second=ALONE) as here:
        await _broadcast_under_kills(here, dice, capsys, modes=["polling"])


async def test_two_processes_killed_in_turn_lose_nothing_either(
    sqlite: str, tmp_path: Path, born: Nursery, dice: random.Random, capsys: pytest.CaptureFixture[str]
) -> None:
    async with town(sqlite, tmp_path, born, size=SIZE, send_per_second=TOGETHER) as here:
        await _broadcast_under_kills(here, dice, capsys, modes=["polling", "courier"])


async def test_nor_do_four_on_postgresql(
    postgresql: str, tmp_path: Path, born: Nursery, dice: random.Random, capsys: pytest.CaptureFixture[str]
) -> None:
    async with town(postgresql, tmp_path, born, size=SIZE, send_per_second=TOGETHER) as here:
        await _broadcast_under_kills(here, dice, capsys, modes=["polling", "courier", "courier", "courier"])


async def test_two_told_to_end_in_turn_repeat_nothing(
    sqlite: str, tmp_path: Path, born: Nursery, dice: random.Random, capsys: pytest.CaptureFixture[str]
) -> None:
    async with town(sqlite, tmp_path, born, size=SIZE, send_per_second=TOGETHER) as here:
        began = time.monotonic()
        modes = ["polling", "courier"]
        await here.announce()
        alive = [here.start(mode=mode) for mode in modes]
        for number in range(ENDS):
            at = number % 2
            await _some_time(here, alive[at], dice)
            here.terminate(alive[at])
            alive[at] = here.start(mode=modes[at])
        assert await here.state() is BroadcastState.RUNNING, "it was over too soon to be ended so often"
        for pid in alive:
            here.terminate(pid)
        await _finish(here, modes)
        assert await _agree(here) == 0
        assert all(len(got) == 1 for got in here.ledger().values())
        assert not any(row.doubts for row in (await here.rows()).values())
        _report(capsys, here, "SIGTERM", began, f"repeats {here.repeats()}")


async def _broadcast_under_kills(
    here: Town, dice: random.Random, capsys: pytest.CaptureFixture[str], *, modes: list[str]
) -> None:
    began = time.monotonic()
    await here.announce()
    alive = [here.start(mode=mode) for mode in modes]
    in_flight = spreading = 0
    for number in range(ENDS):
        at = number % len(modes)
        await _some_time(here, alive[at], dice)
        in_flight += await here.kill(alive[at])
        spreading += not await here.spread()
        alive[at] = here.start(mode=modes[at])
    assert await here.state() is BroadcastState.RUNNING, "it was over too soon to be killed so often"
    for pid in alive:
        in_flight += await here.kill(pid)
    await _finish(here, modes)
    in_doubt, repeats = await _agree(here), here.repeats()
    assert repeats <= in_flight == here.hits.total()
    lost = SIZE - len(here.ledger())
    await _send_again(here, in_doubt)
    assert len(here.ledger()) == SIZE, "somebody was forgotten"
    doubts = f"{in_doubt} in doubt, of whom {lost} had got nothing until it was sent again"
    told = f"repeats {repeats} of {in_flight} in flight; {doubts}; {spreading} kills during the fan-out"
    _report(capsys, here, f"{len(modes)} x SIGKILL", began, told)


async def _some_time(here: Town, pid: int, dice: random.Random) -> None:
    """Up to any moment of a process's life; mostly one when it sends, however long its start takes here."""
    if dice.random() < 0.8:
        await here.at_work(pid)
    await asyncio.sleep(dice.uniform(0, 0.3))


async def _finish(here: Town, modes: list[str]) -> None:
    """As many processes as there were: each takes up at once what was left under its name."""
    alive = [here.start(mode=mode, send_per_second=FAST) for mode in modes]
    await here.done()
    for pid in alive:
        here.terminate(pid)


async def _send_again(here: Town, in_doubt: int) -> None:
    """What the administrator does with the report."""
    assert await here.broadcasts.resend(MEETING.id, actor_id=ADMIN, now=moment()) == in_doubt
    if in_doubt:
        await _finish(here, ["polling"])
    assert {row.state for row in (await here.rows()).values()} == {SENT}


async def _agree(here: Town) -> int:
    """Ledger, outbox and report tell the same; how many are in doubt."""
    ledger, rows = here.ledger(), await here.rows()
    for row in rows.values():
        got = ledger.get(row.chat_id, [])
        assert row.state in {SENT, UNCERTAIN}, row
        assert max(len(got) - 1, 0) <= row.doubts <= here.hits[row.id], row
        if row.state is SENT:
            assert row.message_id in got, row
        else:
            assert row.doubts >= 2, row
    assert sorted(row.chat_id for row in rows.values()) == here.chats
    assert set(ledger) <= set(here.chats)
    in_doubt = [row.id for row in rows.values() if row.state is UNCERTAIN]
    counts, broadcast = await here.outbox.counts(MEETING.id), await here.broadcasts.get(MEETING.id)
    assert (counts.total, counts.by_state[SENT]) == (SIZE, SIZE - len(in_doubt))
    assert counts.doubtful == sum(row.doubts > 0 for row in rows.values())
    assert broadcast is not None
    assert (broadcast.recipients, broadcast.state) == (SIZE, BroadcastState.FINISHED)
    missed = [one.delivery.id async for page in here.broadcasts.missed(MEETING.id) for one in page]
    assert sorted(missed) == sorted(in_doubt)
    return len(in_doubt)


def _report(capsys: pytest.CaptureFixture[str], here: Town, what: str, began: float, told: str) -> None:
    lost = SIZE - len(here.ledger())
    tell(capsys, f"{ENDS} times, {what}: lost {lost}; {told}; {time.monotonic() - began:.0f} s")
