"""However a courier ends, nothing is lost; what comes twice was on the network when the power went."""

import asyncio

import pytest

from domain.delivery import DeliveryState
from scheduler.courier import LEASE_SECONDS
from scheduler.throttle import Limits
from tests.scheduler.courier_cast import Office, PowerCutError, WatchedOutbox

SENT, PENDING, SENDING, UNCERTAIN = (
    DeliveryState.SENT,
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.UNCERTAIN,
)
FREE = Limits(overall=30)
CONCURRENCY = 20


async def crash(office: Office, *, calls: int, worker: str = "one") -> None:
    """Let a courier run until its process dies before so many calls to the outbox were made."""
    outbox = WatchedOutbox(office.db, office.clock)
    outbox.cut_at = calls
    courier = office.courier(worker, outbox=outbox, concurrency=CONCURRENCY)
    running = asyncio.create_task(courier.run(office.stop))
    await office.clock.run_until(running.done)
    with pytest.raises(PowerCutError):
        await running


@pytest.mark.parametrize("calls", range(3, 16))
async def test_after_a_crash_another_finishes_all(office: Office, calls: int) -> None:
    await office.queue(range(1, 101))
    await crash(office, calls=calls)
    handed = await office.handed()
    courier = office.courier("two", concurrency=CONCURRENCY)
    await office.deliver(courier, until=lambda: office.clock.seconds() > LEASE_SECONDS + 30)
    assert await office.states() == {SENT: 100}
    times = office.network.times()
    assert len(times) == 100
    assert times.total() - 100 <= handed


async def test_after_a_crash_the_same_name_takes_up_at_once_what_was_not_handed_over(office: Office) -> None:
    await office.queue(range(1, 101))
    await crash(office, calls=4)  # take_up, expire, oldest_due, claim; then the power goes
    assert (await office.states())[SENDING] > 0
    began = office.clock.seconds()
    await office.deliver(office.courier("one"), until=lambda: len(office.network.arrived) == 100)
    assert office.clock.seconds() - began < 5
    assert set(office.network.times().values()) == {1}


async def test_after_a_crash_the_same_name_sends_again_at_once_what_was_handed_over(office: Office) -> None:
    await office.queue(range(1, 101))
    await crash(office, calls=5)  # the fifth marks what leaves; then the power goes
    handed = await office.handed()
    assert handed
    began = office.clock.seconds()
    await office.deliver(office.courier("one"), until=lambda: len(office.network.times()) == 100)
    assert office.clock.seconds() - began < 5
    assert await office.states() == {SENT: 100}
    assert (await office.outbox.counts()).doubtful == handed
    assert office.network.times().total() - 100 <= handed


async def test_many_crashes_one_after_the_other_lose_nothing(office: Office) -> None:
    await office.queue(range(1, 201))
    handed = 0
    for number in range(20):
        await crash(office, calls=5 + number % 7, worker=f"life {number}")
        handed += await office.handed()  # those of earlier lives again and again
    await office.deliver(office.courier("last"), until=lambda: office.clock.seconds() > 200)
    states = await office.states()
    assert sum(states.values()) == states.get(SENT, 0) + states.get(UNCERTAIN, 0) == 200
    times = office.network.times()
    assert len(times) == 200
    assert times.total() - 200 <= handed
    assert max(times.values()) <= 2  # after a second doubt no more is tried


async def test_told_to_stop_it_repeats_nothing_and_gives_back_the_rest(office: Office) -> None:
    await office.queue(range(1, 301))
    courier = office.courier("one", limits=FREE)
    await office.deliver(courier, until=lambda: len(office.network.arrived) == 50)
    arrived = len(office.network.arrived)
    assert 50 <= arrived < 60
    assert await office.states() == {SENT: arrived, PENDING: 300 - arrived}
    await office.deliver(office.courier("two"), until=lambda: len(office.network.arrived) == 300)
    assert set(office.network.times().values()) == {1}
    assert await office.states() == {SENT: 300}


async def test_a_cancellation_loses_no_outcome(office: Office) -> None:
    await office.queue(range(1, 301))
    running = asyncio.create_task(office.courier(limits=FREE).run(office.stop))
    await office.clock.run_until(lambda: office.network.in_flight > 0 and len(office.network.arrived) >= 50)
    running.cancel()
    await office.clock.run_until(running.done)
    assert running.cancelled()
    arrived = len(office.network.arrived)
    assert await office.states() == {SENT: arrived, PENDING: 300 - arrived}


async def test_a_disk_that_stays_full_does_not_keep_it_from_ending(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.queue([1, 2, 3])
    office.outbox.fails = {"settle": 1000}
    began = office.clock.seconds()
    await office.deliver(office.courier(), until=lambda: len(office.network.arrived) == 3)
    assert office.clock.seconds() - began < 30
    assert "3 outcomes are given up" in caplog.text
    office.outbox.fails = {}
    await office.deliver(office.courier("two"), until=lambda: office.clock.seconds() > LEASE_SECONDS + 30)
    assert await office.states() == {SENT: 3}


async def test_a_delivery_cancelled_in_the_hand_never_leaves(office: Office) -> None:
    await office.queue(range(1, 101))
    running = asyncio.create_task(office.courier(limits=FREE).run(office.stop))
    await office.clock.run_until(lambda: len(office.network.arrived) >= 30)
    async with office.clock.working():
        cancelled = await office.outbox.cancel("broadcast:1", office.clock.now())
    await office.clock.run_until(lambda: office.clock.seconds() > 20)
    assert cancelled > 50
    assert len(office.network.arrived) == 100 - cancelled
    office.stop.set()
    await office.clock.run_until(running.done)
