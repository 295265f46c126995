"""The throttle keeps every limit whatever is asked of it, and obeys what Telegram answers."""

from bisect import bisect_left
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.throttle import Limits, Throttle

LIMITS = Limits(overall=30, chat=1, chat_burst=3, group=20)
MIN, JIE, GROUP = 7_000_000_001, 7_000_000_002, -4_000_111


def take_all(
    throttle: Throttle, chat_id: int, times: int, now: float = 0.0, *, urgent: bool = False
) -> list[float]:
    """When so many messages to a chat leave, each as early as it may."""
    left = []
    for _ in range(times):
        now += throttle.when(chat_id, now, group=chat_id < 0, urgent=urgent)
        throttle.take(chat_id, now, group=chat_id < 0)
        left.append(now)
    return left


def most_within(instants: Sequence[float], seconds: float) -> int:
    """The largest number of instants in any window so long, its end not included."""
    return max(
        (index - bisect_left(instants, end - seconds + 1e-4) + 1 for index, end in enumerate(instants)),
        default=0,
    )


STEPS = st.lists(
    st.tuples(
        st.floats(0, 5),  # seconds since the step before
        st.sampled_from([MIN, JIE, GROUP, -5, 11, 12, 13, 14, 15, 16]),
        st.booleans(),  # urgent
        st.integers(1, 30),  # messages that want to leave at once
    ),
    max_size=40,
)


@given(STEPS)
def test_no_limit_is_exceeded_in_any_window(steps: list[tuple[float, int, bool, int]]) -> None:
    throttle = Throttle(LIMITS)
    now = 0.0
    left: list[tuple[float, int]] = []
    for passed, chat_id, urgent, messages in steps:
        now += passed
        for at in take_all(throttle, chat_id, messages, now, urgent=urgent):
            now = at
            left.append((at, chat_id))
    instants = [at for at, _ in left]
    for seconds in (0.1, 1, 10, 60):
        assert most_within(instants, seconds) <= LIMITS.burst + LIMITS.overall * seconds
    for chat_id in {chat_id for _, chat_id in left}:
        own = [at for at, chat in left if chat == chat_id]
        for seconds in (0.5, 1, 10, 60):
            assert most_within(own, seconds) <= LIMITS.chat_burst + LIMITS.chat * seconds
        if chat_id < 0:
            assert most_within(own, 60) <= LIMITS.group


@given(st.lists(st.tuples(st.floats(0, 0.05), st.booleans()), min_size=20, max_size=200))
def test_turns_taken_a_moment_ahead_keep_the_limit_too(asked: list[tuple[float, bool]]) -> None:
    throttle = Throttle(LIMITS)
    now, left = 0.0, []
    for chat_id, (passed, urgent) in enumerate(asked):
        now += passed
        at = now + throttle.when(chat_id, now, urgent=urgent)
        throttle.take(chat_id, at)
        left.append(at)
    for seconds in (0.1, 1, 5):
        assert most_within(sorted(left), seconds) <= LIMITS.burst + LIMITS.overall * seconds


@given(st.integers(1, 500), st.booleans())
def test_whoever_waits_as_long_as_told_may_go(times: int, urgent: bool) -> None:  # noqa: FBT001 - drawn
    throttle = Throttle(LIMITS)
    now = 1e6
    for chat_id in range(times):
        now += throttle.when(chat_id, now, urgent=urgent)
        assert throttle.when(chat_id, now, urgent=urgent) == 0
        throttle.take(chat_id, now)


def test_a_broadcast_runs_at_the_full_limit() -> None:
    throttle = Throttle(LIMITS)
    left = [at for chat_id in range(300) for at in take_all(throttle, chat_id, 1, chat_id / 30)]
    assert left[-1] <= 300 / 30


def test_a_courier_that_came_late_makes_up_for_it() -> None:
    throttle = Throttle(LIMITS)
    now = 0.0
    for chat_id in range(3000):
        now += throttle.when(chat_id, now) and throttle.when(chat_id, now) + 0.004
        throttle.take(chat_id, now)
    assert now < 3000 / 30 * 1.005


def test_a_chat_gets_a_small_burst_and_then_one_a_second() -> None:
    assert take_all(Throttle(LIMITS), MIN, 6, urgent=True) == pytest.approx([0, 0, 0, 1, 2, 3])


def test_one_chat_does_not_hold_up_another() -> None:
    throttle = Throttle(LIMITS)
    take_all(throttle, MIN, 3)
    assert throttle.when(MIN, 0.2) > 0
    assert throttle.when(JIE, 0.2) == 0


def test_the_twenty_first_message_to_a_group_waits_for_the_minute_to_pass() -> None:
    left = take_all(Throttle(LIMITS), GROUP, 21)
    assert left[19] < 20
    assert left[20] == pytest.approx(60)


def test_what_is_urgent_finds_a_place_in_the_middle_of_a_broadcast() -> None:
    throttle = Throttle(LIMITS)
    now = 0.0
    for chat_id in range(100):
        now += throttle.when(chat_id, now)
        throttle.take(chat_id, now)
    assert throttle.when(1000, now) > 0
    assert throttle.when(1000, now, urgent=True) == 0


def test_while_the_urgent_wait_no_broadcast_gets_in() -> None:
    throttle = Throttle(LIMITS)
    now = 0.0
    for chat_id in range(100):
        throttle.take(chat_id, now)
        turn = throttle.when(1000, now, urgent=True)
        assert turn == 0 or throttle.when(1000, now) >= turn + 1 / 31
        now += turn
    assert now > 2


def test_a_refused_chat_pauses_as_long_as_told_and_others_go_on() -> None:
    throttle = Throttle(LIMITS)
    throttle.take(MIN, 0)
    assert not throttle.refused(MIN, 37, 0)
    assert throttle.when(MIN, 0) == pytest.approx(37)
    assert throttle.when(JIE, 1) == 0
    assert throttle.rate(1) == 30


def test_a_chat_refused_twice_is_its_own_fault() -> None:
    throttle = Throttle(LIMITS)
    assert not throttle.refused(MIN, 3, 0)
    assert not throttle.refused(MIN, 3, 0.1)
    assert throttle.when(JIE, 0.1, urgent=True) == 0
    assert throttle.rate(0.1) == 30


def test_two_chats_refused_together_pause_everything() -> None:
    throttle = Throttle(LIMITS)
    assert not throttle.refused(MIN, 5, 0)
    assert throttle.refused(JIE, 5, 0.2)
    assert throttle.when(1000, 0.2, urgent=True) == pytest.approx(5)
    assert throttle.when(None, 0.2) >= 5
    assert throttle.paused_until == pytest.approx(5.2)


def test_a_flood_slows_down_once_however_many_are_refused_together() -> None:
    throttle = Throttle(LIMITS)
    for chat_id in range(10):
        throttle.refused(chat_id, 5, 0.01 * chat_id)
    assert 0.9 * 30 < throttle.rate(0.2) < 30


def test_refused_now_and_then_without_an_end_slows_down_too() -> None:
    throttle = Throttle(LIMITS)
    assert not throttle.refused(MIN, 1, 0)
    assert not throttle.refused(JIE, 1, 3)
    assert throttle.rate(3) < 30
    assert throttle.when(1000, 3) == 0


def test_the_speed_comes_back_after_a_flood_and_never_passes_the_limit() -> None:
    throttle = Throttle(LIMITS)
    throttle.refused(MIN, 1, 0)
    throttle.refused(JIE, 1, 0)
    slow = throttle.rate(1)
    assert slow < throttle.rate(20) <= 30
    assert throttle.rate(3600) == 30


def test_chats_at_rest_are_forgotten() -> None:
    throttle = Throttle(Limits(overall=1000))
    now = 0.0
    for chat_id in range(50_000):
        now += throttle.when(chat_id, now)
        throttle.take(chat_id, now)
        assert throttle.remembered < 4_000
    for turn in range(5_000):
        now += 1
        throttle.take(MIN + turn % 2, now)
    assert throttle.remembered <= 4


def test_a_paused_chat_is_not_forgotten() -> None:
    throttle = Throttle(LIMITS)
    throttle.refused(MIN, 500, 0)
    for chat_id in range(300):
        throttle.take(chat_id, float(chat_id))
    assert throttle.when(MIN, 300) == pytest.approx(200)


@pytest.mark.parametrize("limits", [{"overall": 0}, {"chat": 0}, {"chat_burst": 0}, {"group": 0}])
def test_a_limit_that_lets_nothing_through_is_refused(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="too low"):
        Limits(**limits)
