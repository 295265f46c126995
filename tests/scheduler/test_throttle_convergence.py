"""Against a server that enforces limits the throttle comes close to them and is hardly ever refused."""

import heapq
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

import pytest

from scheduler.throttle import Limits, Throttle

ROUND_TRIP = 0.05  # seconds, give or take
LATE = 0.003  # how late a courier wakes, at most


class Server(Protocol):
    """Enforces a limit."""

    def refuses(self, now: float) -> float:
        """The seconds to wait, or 0 for a message taken."""


@dataclass
class _Bucket:
    """So many at once, filled again at so many a second."""

    rate: float
    tokens: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.rate

    def refuses(self, now: float) -> float:
        self.tokens = min(self.rate, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1:
            return max(1, math.ceil((1 - self.tokens) / self.rate))
        self.tokens -= 1
        return 0


@dataclass
class _Window:
    """So many in any second, counted strictly."""

    rate: float
    taken: deque[float] = field(default_factory=deque)

    def refuses(self, now: float) -> float:
        while self.taken and self.taken[0] <= now - 1:
            self.taken.popleft()
        if len(self.taken) >= self.rate:
            return 1
        self.taken.append(now)
        return 0


@dataclass
class _Harsh:
    """Like a bucket, but whoever is refused has to wait half a minute."""

    bucket: _Bucket

    def refuses(self, now: float) -> float:
        return 30 if self.bucket.refuses(now) else 0


@dataclass
class _Run:
    """What became of a broadcast: messages that arrived and that were refused, by the second."""

    arrived: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)

    def rate(self, since: float, until: float) -> float:
        return sum(since <= at < until for at in self.arrived) / (until - since)

    def share_refused(self) -> float:
        return len(self.refused) / (len(self.refused) + len(self.arrived))


def broadcast(
    server: Server, throttle: Throttle, seconds: float, *, meanwhile: Callable[[float], None] | None = None
) -> _Run:
    """Send to one chat after the other, as fast as the throttle lets; answers come a moment later."""
    random = Random(7)  # noqa: S311 - jitter
    run, now, chat_id = _Run(), 0.0, 0
    under_way: list[tuple[float, int]] = []
    while now < seconds:
        wait = throttle.when(chat_id, now)
        then = now + wait + random.random() * LATE
        if under_way and under_way[0][0] <= then:
            now, refused_chat = heapq.heappop(under_way)
            after = server.refuses(now)
            (run.refused if after else run.arrived).append(now)
            if after:
                throttle.refused(refused_chat, after, now)
        elif wait:
            now = then
        else:
            throttle.take(chat_id, now)
            heapq.heappush(under_way, (now + ROUND_TRIP * (0.5 + random.random()), chat_id))
            chat_id += 1
        if meanwhile:
            meanwhile(now)
    return run


def test_at_the_very_limit_nothing_is_refused() -> None:
    run = broadcast(_Bucket(30), Throttle(Limits(overall=30)), 300)
    assert not run.refused
    assert run.rate(0, 300) >= 0.99 * 30


@pytest.mark.parametrize(("server", "limit"), [(20, 30), (12, 30), (700, 1000)])
def test_a_limit_lower_than_ours_is_found(server: float, limit: float) -> None:
    run = broadcast(_Bucket(server), Throttle(Limits(overall=limit)), 300)
    assert run.rate(100, 300) >= 0.97 * server
    assert run.share_refused() < 0.01


def test_a_strict_count_by_the_second_costs_little() -> None:
    run = broadcast(_Window(30), Throttle(Limits(overall=30)), 600)
    assert run.rate(300, 600) >= 0.93 * 30  # a burst of jitter counts against us
    assert run.share_refused() < 0.01


def test_long_pauses_are_rare() -> None:
    run = broadcast(_Harsh(_Bucket(20)), Throttle(Limits(overall=30)), 1200)
    assert run.rate(0, 1200) >= 0.9 * 20
    assert run.share_refused() < 0.01


def test_a_limit_that_rises_again_is_used_again() -> None:
    bucket = _Bucket(10)

    def rise(now: float) -> None:
        bucket.rate = 10 if now < 200 else 30

    run = broadcast(bucket, Throttle(Limits(overall=30)), 900, meanwhile=rise)
    assert run.rate(100, 200) >= 0.95 * 10
    assert run.rate(700, 900) >= 0.97 * 30
    assert run.share_refused() < 0.01
