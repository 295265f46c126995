"""One throttle for all that is sent: overall, per chat and per group; it learns from what Telegram refuses.

Pure: `now` and `at` are seconds of one clock that never goes back, and nothing here waits.
"""

import math
from collections import OrderedDict, deque
from dataclasses import dataclass, field

_ROUNDING = 1e-6  # seconds; whoever waited as long as told is not sent away for a rounding
_MINUTE = 60.0
_SLOWEST = 0.1  # messages a second; below that nothing could be learned
_AT_ONCE = 1.0  # seconds; two chats refused within them: it is the whole bot that must wait
_MANY = 150  # two refused among so many messages are too many
_BACK = 0.98  # of what was found to be too fast
_BRISK, _CAREFUL = 100.0, 4000.0  # seconds to climb from nothing to the limit; near what was too fast


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What must not be exceeded: `x_burst` at once after a rest, and then `x` in the time named.

    Raises:
        ValueError: a limit that would let nothing through.
    """

    overall: float = 30.0  # a second, over all chats; the burst is a tenth of it, and 4 at least
    chat: float = 1.0  # a second, in one chat
    chat_burst: int = 3
    group: int = 20  # in any minute, in one group

    def __post_init__(self) -> None:
        if not (self.overall >= _SLOWEST and self.chat > 0 and self.chat_burst >= 1 and self.group >= 1):
            raise ValueError(f"a limit is too low: {self}")

    @property
    def burst(self) -> int:
        """How many may leave at once over all chats: it makes up for a courier that came late."""
        return max(4, int(self.overall / 10))


class Throttle:
    """Tells how long to wait before a message, takes note of each, slows down when one is refused.

    One of a burst's places is kept for what is urgent, so that it never waits behind a broadcast.
    Couriers of one process share one; of several processes, each has one with a part of the limit.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._speed = _Speed(self._limits.overall)
        self._whole = -math.inf
        self.paused_until = -math.inf  # nothing at all may leave before, not even what took its turn
        self._chats: OrderedDict[int, _Chat] = OrderedDict()
        self._refused: dict[int, float] = {}

    @property
    def remembered(self) -> int:
        """How many chats it keeps figures of: those that are not at rest, and a few more."""
        return len(self._chats)

    @property
    def spacing(self) -> float:
        """Seconds between two messages to one chat, when there are many."""
        return 1 / self._limits.chat

    def rate(self, now: float) -> float:
        """Messages a second over all chats, as learned so far; at most the limit."""
        return self._speed.at(now)

    def when(self, chat_id: int | None, now: float, *, group: bool = False, urgent: bool = False) -> float:
        """Seconds to wait before the next message to a chat may leave, None for any chat; 0 for now."""
        burst = self._limits.burst if urgent else self._limits.burst - 1
        wait = _wait(self._whole, now, self._speed.every(now), burst)
        chat = None if chat_id is None else self._chats.get(chat_id)
        if chat is not None:
            wait = max(wait, _wait(chat.whole, now, 1 / self._limits.chat, self._limits.chat_burst))
            if group and len(chat.minute) >= self._limits.group:
                wait = max(wait, chat.minute[-self._limits.group] + _MINUTE - now)
        return wait if wait > _ROUNDING else 0.0

    def take(self, chat_id: int, at: float, *, group: bool = False) -> None:
        """Count a message that leaves at `at`, which may lie ahead by what `when` told.

        One that could not wait its turn is counted too; those after it wait the longer.
        """
        self._whole = max(self._whole, at) + self._speed.every(at)
        self._speed.count()
        chat = self._chat(chat_id)
        chat.whole = max(chat.whole, at) + 1 / self._limits.chat
        if group:
            chat.minute.append(at)
            if len(chat.minute) > self._limits.group:
                chat.minute.popleft()
        self._forget(at)

    def refused(self, chat_id: int, after: float, now: float) -> bool:
        """Obey a 429: pause this chat for `after` seconds, and all of them where the whole bot is too fast.

        Telegram does not say which it is; one chat alone may be its own fault, two at a time are ours.

        Returns:
            Whether everything pauses.
        """
        until = now + after
        chat = self._chat(chat_id)
        chat.whole = max(chat.whole, until + (self._limits.chat_burst - 1) / self._limits.chat)
        self._chats.move_to_end(chat_id)
        self._speed.count(-1)
        every = self._speed.every(now)
        lately = {one: at for one, at in self._refused.items() if at > now - min(_MINUTE, _MANY * every)}
        at_once = any(one != chat_id and at > now - _AT_ONCE for one, at in lately.items())
        self._refused = {**lately, chat_id: now}
        if len(self._refused) > 1:
            self._speed.slow_down(now, after if at_once else 0.0)
            self._refused = {chat_id: now} if at_once else {}
        if at_once:
            self.paused_until = max(self.paused_until, until)
            self._whole = max(self._whole, until + (self._limits.burst - 1) * self._speed.every(now))
        return at_once

    def _chat(self, chat_id: int) -> "_Chat":
        chat = self._chats.setdefault(chat_id, _Chat())
        self._chats.move_to_end(chat_id)
        return chat

    def _forget(self, now: float) -> None:
        # Two looks for each one that may be new: those who rest are forgotten sooner than others come.
        for _ in range(2):
            chat_id, chat = next(iter(self._chats.items()))
            if chat.rests(now):
                del self._chats[chat_id]
            else:
                self._chats.move_to_end(chat_id)


@dataclass(slots=True)
class _Chat:
    """What one chat got: when its burst is whole again, and in a group the last minute's messages."""

    whole: float = -math.inf
    minute: deque[float] = field(default_factory=deque)

    def rests(self, now: float) -> bool:
        """Nothing that is kept here makes a difference any more."""
        return self.whole <= now and (not self.minute or self.minute[-1] + _MINUTE <= now)


def _wait(whole: float, now: float, every: float, burst: float) -> float:
    """Seconds until one more fits in, where one fits `every` so often and the burst is `whole` at an instant.

    A bucket of tokens in one figure (the "generic cell rate algorithm").
    """
    return whole - (burst - 1) * every - now


class _Speed:
    """Messages a second: up by and by to the limit, down at once when too much is refused."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._rate = limit
        self._known = -math.inf  # until when `_rate` is reckoned
        self._too_fast = math.inf  # what was too fast the last time
        self._since = -math.inf  # when that was
        self._taken = 0  # messages that got through since

    def at(self, now: float) -> float:
        """The rate now."""
        if now > self._known:
            if self._rate < self._limit:
                near = 0.9 <= self._rate / self._too_fast <= 1.1
                step = self._limit / (_CAREFUL if near else _BRISK)
                self._rate = min(self._limit, self._rate + step * (now - self._known))
            self._known = now
        return self._rate

    def every(self, now: float) -> float:
        """Seconds from one message to the next."""
        return 1 / self.at(now)

    def count(self, messages: int = 1) -> None:
        """Take note of what got through; what was refused after all is taken back."""
        self._taken += messages

    def slow_down(self, now: float, pause: float) -> None:
        """Go back a little below what got through; once, though several are refused together."""
        rate, passed = self.at(now), now - self._since
        if passed < _AT_ONCE:
            return
        # What got through from one flood to the next is the limit itself; long ago tells nothing.
        learned = self._taken / passed if passed < _MINUTE else rate
        self._too_fast = min(rate, max(learned, rate / 2))
        self._rate = max(_SLOWEST, _BACK * self._too_fast)
        # The first second of a pause fills the other side's bucket; the rest of it is lost to nobody.
        self._since, self._taken = now + max(0.0, pause - 1), 0
