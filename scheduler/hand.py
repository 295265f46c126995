"""What a courier has claimed and not sent yet: who leaves next, and who would wait too long."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from domain.channels import is_address
from domain.delivery import Delivery, Notice, Priority
from scheduler.throttle import Throttle

AHEAD_SECONDS = 0.1  # whose turn comes so soon leave together: one write marks them all
_WRITING = 0.01  # seconds before the next one's turn, for that write
_LONG = 1.0  # seconds


class Held(NamedTuple):
    """A claimed delivery; `until`, in seconds of the clock, it must be on its way or given back."""

    delivery: Delivery
    notice: Notice
    until: float

    @property
    def urgent(self) -> bool:
        """It goes before broadcasts."""
        return self.delivery.priority is Priority.URGENT

    @property
    def group(self) -> bool:
        """It goes to a group: Telegram gives them ids below 0. Other channels' limits are much the same."""
        return self.delivery.chat_id < 0 or is_address(self.delivery.chat_id)


class Hand:
    """Claimed deliveries, the urgent first, then the longest due."""

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle
        self._held: list[Held] = []
        self._waiting = 0

    def __len__(self) -> int:
        return len(self._held)

    @property
    def soon(self) -> int:
        """How many leave as soon as all of them together may: their chats have nothing against it."""
        return max(0, len(self._held) - self._waiting)

    def add(self, held: Iterable[Held]) -> None:
        """Take more in hand; one that a pause took back, and that was claimed anew since, counts once."""
        self._held = list({one.delivery.id: one for one in (*self._held, *held)}.values())
        self._held.sort(key=lambda one: (one.delivery.priority, one.delivery.due_at, one.delivery.id))

    def choose(self, now: float, most: int) -> tuple[list[tuple[Held, float]], float]:
        """Take out those who may leave, with the instant for each; and the wait until others may."""
        leaving: list[tuple[Held, float]] = []
        kept: list[Held] = []
        pause = _LONG
        for index, one in enumerate(self._held):
            if len(leaving) >= most:
                kept += self._held[index:]
                break
            wait = self._wait(one, now)
            if wait <= AHEAD_SECONDS:
                leaving.append((one, now + wait))
                self._throttle.take(one.delivery.chat_id, now + wait, group=one.group)
                continue
            kept.append(one)
            pause = min(pause, wait - _WRITING)
            overall = self._throttle.when(None, now, urgent=one.urgent)
            if overall > AHEAD_SECONDS:
                kept += self._held[index + 1 :]
                pause = min(pause, overall - _WRITING)
                break
        self._held = kept
        return leaving, pause

    def drop_late(self, now: float) -> list[tuple[Held, float]]:
        """Take out those who can't leave in time, with the seconds each has to wait."""
        kept: list[Held] = []
        late: list[tuple[Held, float]] = []
        before = Counter[int]()  # to the same chat
        self._waiting = 0
        for one in self._held:
            chat_id = one.delivery.chat_id
            wait = self._wait(one, now) + before[chat_id] * self._throttle.spacing
            before[chat_id] += 1
            if now + wait > one.until:
                late.append((one, wait))
            else:
                kept.append(one)
                self._waiting += wait > _LONG
        self._held = kept
        return late

    def _wait(self, held: Held, now: float) -> float:
        return self._throttle.when(held.delivery.chat_id, now, group=held.group, urgent=held.urgent)
