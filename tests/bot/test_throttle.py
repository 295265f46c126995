"""How fast a person may go."""

from hypothesis import given
from hypothesis import strategies as st

from bot.access import Access
from bot.throttle import Throttle, Verdict

CHEN, ALEX = 101, 103


def test_five_at_once_then_told_once_then_dropped() -> None:
    throttle = Throttle(burst=5, per_second=1)
    verdicts = [throttle.judge(CHEN, 0) for _ in range(8)]
    assert verdicts == [Verdict.ADMIT] * 5 + [Verdict.TELL] + [Verdict.DROP] * 2


def test_one_more_each_second() -> None:
    throttle = Throttle(burst=2, per_second=1)
    assert [throttle.judge(CHEN, 0) for _ in range(3)][-1] is Verdict.TELL
    assert throttle.judge(CHEN, 1) is Verdict.ADMIT
    assert throttle.judge(CHEN, 1.5) is Verdict.DROP
    assert throttle.judge(CHEN, 2) is Verdict.ADMIT


def test_told_again_only_after_a_rest() -> None:
    throttle = Throttle(burst=4, per_second=1)
    for _ in range(5):
        throttle.judge(CHEN, 0)
    assert throttle.judge(CHEN, 60) is Verdict.ADMIT
    assert [throttle.judge(CHEN, 60) for _ in range(4)][-1] is Verdict.TELL


def test_each_person_has_a_bucket_of_their_own() -> None:
    throttle = Throttle(burst=1)
    assert throttle.judge(CHEN, 0) is Verdict.ADMIT
    assert throttle.judge(ALEX, 0) is Verdict.ADMIT


def test_what_costs_little_may_come_more_often() -> None:
    throttle = Throttle(burst=1)
    verdicts = [throttle.judge(CHEN, 0, cost=0.25) for _ in range(5)]
    assert verdicts == [Verdict.ADMIT] * 4 + [Verdict.TELL]


def test_a_clock_that_goes_back_gives_nothing() -> None:
    throttle = Throttle(burst=1)
    throttle.judge(CHEN, 100)
    assert throttle.judge(CHEN, 0) is not Verdict.ADMIT


@given(st.lists(st.floats(0, 10), max_size=60), st.integers(1, 6), st.floats(0.1, 5))
def test_never_more_than_the_burst_and_what_the_time_allows(
    gaps: list[float], burst: int, per_second: float
) -> None:
    throttle = Throttle(burst=burst, per_second=per_second)
    now, admitted = 0.0, 0
    for gap in gaps:
        now += gap
        admitted += throttle.judge(CHEN, now) is Verdict.ADMIT
    assert admitted <= burst + now * per_second + 1e-6


def test_only_the_latest_people_are_remembered() -> None:
    throttle = Throttle(burst=1, people=2)
    for person in (1, 2, 3):
        throttle.judge(person, 0)
    assert throttle.judge(1, 0) is Verdict.ADMIT
    assert throttle.judge(3, 0) is Verdict.TELL


def test_only_those_in_the_settings_are_administrators() -> None:
    access = Access(admins=[CHEN])
    assert access.is_admin(CHEN)
    assert not access.is_admin(ALEX)
