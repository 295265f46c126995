"""The courier brings every delivery to a true end, in the right order and no faster than it may."""

import asyncio

import pytest

from domain.delivery import DeliveryState, Priority
from domain.errors import DeliveryError, Rejected, Retryable, Unreachable
from scheduler.courier import LEASE_SECONDS
from scheduler.throttle import Limits, Throttle
from tests.scheduler.courier_cast import CHASE, Office, moved

SENT, FAILED, UNREACHABLE, UNCERTAIN = (
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.UNREACHABLE,
    DeliveryState.UNCERTAIN,
)
MIN, JIE, GROUP, SUPERGROUP = 7_000_000_001, 7_000_000_002, -4_000_111, -1_001_234_567_890
FREE = Limits(overall=30)


async def test_every_chat_gets_its_message_once(office: Office) -> None:
    await office.queue(range(1, 501))
    await office.deliver(office.courier(), until=lambda: len(office.network.arrived) == 500)
    assert set(office.network.times().values()) == {1}
    assert await office.states() == {SENT: 500}


async def test_no_more_are_on_the_network_at_once_than_allowed(office: Office) -> None:
    await office.queue(range(1, 101))
    courier = office.courier(concurrency=7)
    await office.deliver(courier, until=lambda: len(office.network.arrived) == 100)
    assert office.network.most_in_flight == 7


async def test_outcomes_are_written_many_at_once(office: Office) -> None:
    await office.queue(range(1, 501))
    courier = office.courier(concurrency=200)
    await office.deliver(courier, until=lambda: len(office.network.arrived) == 500)
    assert sum(office.outbox.settled_rows) == 500
    assert len(office.outbox.settled_rows) < 15
    assert office.outbox.calls["handed"] < 15


async def test_a_broadcast_goes_at_the_rate_of_the_throttle(office: Office) -> None:
    await office.queue(range(1, 301))
    await office.deliver(office.courier(limits=FREE), until=lambda: len(office.network.arrived) == 300)
    seconds = office.network.arrived[-1][0]
    assert 300 / 30 - 0.3 < seconds < 300 / 30 / 0.97


async def test_what_is_urgent_leaves_at_once_in_the_middle_of_a_broadcast(office: Office) -> None:
    await office.queue(range(1, 301))
    courier = office.courier(limits=FREE)
    running = asyncio.create_task(courier.run(office.stop))
    await office.clock.run_until(lambda: len(office.network.arrived) >= 100)
    queued = office.clock.seconds()
    await office.queue([MIN, JIE], notice=CHASE, priority=Priority.URGENT)
    courier.wake()
    await office.clock.run_until(lambda: {MIN, JIE} <= set(office.network.times()))
    assert office.clock.seconds() - queued < 0.3
    office.stop.set()
    await office.clock.run_until(running.done)


async def test_what_another_process_queued_urgently_leaves_within_two_seconds(office: Office) -> None:
    await office.queue(range(1, 301))
    running = asyncio.create_task(office.courier(limits=FREE).run(office.stop))
    await office.clock.run_until(lambda: len(office.network.arrived) >= 100)
    queued = office.clock.seconds()
    await office.queue([MIN], notice=CHASE, priority=Priority.URGENT)
    await office.clock.run_until(lambda: MIN in office.network.times())
    assert office.clock.seconds() - queued < 2
    assert len(office.network.arrived) < 200
    office.stop.set()
    await office.clock.run_until(running.done)


async def test_an_idle_courier_looks_rarely_and_wakes_at_once(office: Office) -> None:
    courier = office.courier()
    running = asyncio.create_task(courier.run(office.stop))
    await office.clock.run_until(lambda: office.clock.seconds() > 60)
    assert 55 <= office.outbox.calls["claim"] <= 65
    await office.queue([MIN])
    courier.wake()
    queued = office.clock.seconds()
    await office.clock.run_until(lambda: bool(office.network.arrived))
    assert office.clock.seconds() - queued < 0.1
    office.stop.set()
    await office.clock.run_until(running.done)


@pytest.mark.parametrize(
    ("error", "state"), [(Unreachable("blocked"), UNREACHABLE), (Rejected("too long"), FAILED)]
)
async def test_what_can_never_arrive_is_tried_once(
    office: Office, error: DeliveryError, state: DeliveryState
) -> None:
    office.network.failing = lambda delivery: error if delivery.chat_id == MIN else None
    await office.queue([MIN, JIE])
    await office.deliver(office.courier(), until=lambda: office.clock.seconds() > 10)
    assert await office.states() == {SENT: 1, state: 1}
    assert office.network.tries == {MIN: 1, JIE: 1}


async def test_chats_that_are_gone_or_moved_are_told(office: Office) -> None:
    office.network.failing = lambda delivery: (
        Unreachable("blocked") if delivery.chat_id == MIN else moved(GROUP, SUPERGROUP)(delivery)
    )
    await office.queue([MIN, GROUP])
    await office.deliver(office.courier(), until=lambda: SUPERGROUP in office.network.times())
    assert {chat for one in office.told for chat in one.unreachable} == {MIN}
    assert {old: new for one in office.told for old, new in one.migrated.items()} == {GROUP: SUPERGROUP}
    assert await office.states() == {SENT: 1, UNREACHABLE: 1}


async def test_what_fails_for_now_is_tried_again_later_and_later(office: Office) -> None:
    office.network.failing = lambda _: Retryable("502") if office.network.tries[MIN] < 4 else None
    await office.queue([MIN])
    await office.deliver(office.courier(), until=lambda: bool(office.network.arrived))
    assert office.network.tries[MIN] == 4
    assert 2 < office.clock.seconds() < 20
    assert await office.states() == {SENT: 1}


async def test_a_network_that_is_dead_for_long_loses_nothing(office: Office) -> None:
    office.network.failing = lambda _: Retryable("no route") if office.clock.seconds() < 2400 else None
    await office.queue(range(1, 4))
    await office.deliver(office.courier(), until=lambda: len(office.network.arrived) == 3, at_most=4_000)
    assert await office.states() == {SENT: 3}


async def test_what_was_not_answered_is_sent_once_more_and_then_left_in_doubt(office: Office) -> None:
    office.network.failing = lambda _: TimeoutError("no answer")
    await office.queue([MIN])
    await office.deliver(office.courier(), until=lambda: office.clock.seconds() > 600)
    assert office.network.tries[MIN] == 2
    assert await office.states() == {UNCERTAIN: 1}


async def test_a_sender_that_breaks_is_logged_and_bounded_and_holds_up_nobody(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.network.failing = lambda delivery: KeyError("message_id") if delivery.chat_id == MIN else None
    await office.queue([MIN, *range(1, 21)])
    await office.deliver(office.courier(), until=lambda: office.clock.seconds() > 600)
    assert office.network.tries[MIN] == 2
    assert await office.states() == {SENT: 20, UNCERTAIN: 1}
    assert "the sender fails" in caplog.text


async def test_a_sender_that_never_comes_back_is_given_up(office: Office) -> None:
    office.network.silent = True
    await office.queue([MIN])
    courier = office.courier(send_seconds=0.01)
    await office.deliver(courier, until=lambda: office.clock.seconds() > 30)
    assert office.network.tries[MIN] == 2
    assert await office.states() == {UNCERTAIN: 1}


async def test_a_chat_that_must_wait_waits_as_long_as_told(office: Office) -> None:
    office.network.failing = lambda delivery: (
        Retryable("429", after=40) if delivery.chat_id == MIN and office.network.tries[MIN] == 1 else None
    )
    await office.queue([MIN, *range(1, 101)])
    await office.deliver(office.courier(limits=FREE), until=lambda: len(office.network.arrived) == 101)
    when = {chat: at for at, chat in office.network.arrived}
    assert 40 < when[MIN] < 43
    assert max(at for chat, at in when.items() if chat != MIN) < 4
    assert await office.states() == {SENT: 101}


async def test_a_flood_pauses_everything_and_nothing_is_lost(office: Office) -> None:
    refused: list[float] = []

    def flooded(_: object) -> Retryable | None:
        if not 0.5 < office.clock.seconds() < 15:
            return None
        refused.append(office.clock.seconds())
        return Retryable("429", after=20)

    office.network.failing = flooded
    await office.queue(range(1, 1001))
    courier = office.courier(limits=Limits(overall=300), concurrency=100)
    await office.deliver(courier, until=lambda: len(office.network.arrived) == 1000)
    assert not [at for at in office.network.began if refused[1] < at < refused[1] + 20]
    assert len(refused) < 20
    assert await office.states() == {SENT: 1000}


async def test_a_group_gets_no_more_than_twenty_a_minute(office: Office) -> None:
    await office.queue([GROUP] * 45, keys=[f"reminder:{number}" for number in range(45)])
    await office.deliver(office.courier(limits=FREE), until=lambda: len(office.network.arrived) == 45)
    instants = [at for at, _ in office.network.arrived]
    assert all(later - earlier > 59.9 for earlier, later in zip(instants, instants[20:], strict=False))
    assert office.clock.seconds() < 150
    assert await office.states() == {SENT: 45}


async def test_many_messages_to_few_groups_hold_up_nobody_else(office: Office) -> None:
    groups = [-1_000_000 - number for number in range(8)]
    of_each = [f"{group}:{number}" for number in range(30) for group in groups]
    await office.queue(groups * 30, keys=of_each)
    await office.queue(range(1, 601))
    people = range(1, 601)
    courier = office.courier(limits=FREE)
    running = asyncio.create_task(courier.run(office.stop))
    await office.clock.run_until(lambda: all(office.network.tries[one] for one in people))
    assert len(office.network.arrived) / office.clock.seconds() > 0.97 * 30
    await office.clock.run_until(lambda: len(office.network.arrived) == 840)
    assert office.clock.seconds() < 75
    for group in groups:
        instants = [at for at, chat in office.network.arrived if chat == group]
        assert all(later - earlier > 59.9 for earlier, later in zip(instants, instants[20:], strict=False))
    office.stop.set()
    await office.clock.run_until(running.done)


async def test_a_full_disk_stops_the_sending_until_there_is_room(office: Office) -> None:
    await office.queue(range(1, 201))
    office.outbox.fails = {"settle": 4, "handed": 3, "claim": 3, "expire": 2, "take_up": 1}
    await office.deliver(office.courier(), until=lambda: len(office.network.arrived) == 200)
    assert set(office.network.times().values()) == {1}
    assert await office.states() == {SENT: 200}
    assert office.clock.seconds() < LEASE_SECONDS


async def test_while_outcomes_can_not_be_written_nothing_more_is_sent(office: Office) -> None:
    await office.queue(range(1, 301))
    office.outbox.fails = {"settle": 1000}
    await office.deliver(office.courier(), until=lambda: office.clock.seconds() > 40)
    assert len(office.network.arrived) <= 60


async def test_only_what_leaves_in_a_moment_is_claimed_and_handed_over(office: Office) -> None:
    await office.queue(range(1, 301))
    running = asyncio.create_task(office.courier(limits=FREE).run(office.stop))
    await office.clock.run_until(lambda: len(office.network.arrived) == 90)
    assert await office.handed() <= 8
    assert (await office.states())[DeliveryState.SENDING] <= 60
    office.stop.set()
    await office.clock.run_until(running.done)


async def test_two_couriers_share_the_work_without_doubling(office: Office) -> None:
    throttle = Throttle(FREE)
    await office.queue(range(1, 301))
    couriers = [office.courier(name, throttle=throttle) for name in ("one", "two")]
    await office.deliver(*couriers, until=lambda: len(office.network.arrived) == 300)
    assert set(office.network.times().values()) == {1}
    assert await office.states() == {SENT: 300}
    assert office.clock.seconds() > 300 / 30 - 1
