"""Telegram's speed limits as leaky buckets: over all chats, per chat, and per group and minute."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.errors import Json, too_many_requests

_ROUNDING = 1e-6
_MANY = 20_000
"""Buckets remembered; beyond that those untouched for a minute are forgotten: they are full again."""


@dataclass(kw_only=True, slots=True)
class Bucket:
    """Tokens left at a moment; it fills with `rate` a second up to `burst`."""

    tokens: float
    at: float


@dataclass(kw_only=True, slots=True)
class Rates:
    """The limits, which can be set or switched off at any time."""

    on: bool = True
    overall: float = 30.0
    """Messages a second over all chats; as many at once."""
    chat: float = 1.0
    """Messages a second in one chat."""
    chat_burst: float = 5.0
    """Messages at once in one chat after a pause."""
    group: float = 20.0
    """Messages a minute in one group; as many at once."""
    clock: Callable[[], float]
    """Seconds of a monotonic clock."""
    buckets: dict[tuple[str, int], Bucket] = field(default_factory=dict)

    def charge(self, chat_id: int, *, group: bool, count: int = 1) -> None:
        """Count messages to a chat; raises ApiError 429 with the seconds to wait and counts none then."""
        if not self.on:
            return
        now = self.clock()
        limits = [("overall", 0, self.overall, self.overall), ("chat", chat_id, self.chat, self.chat_burst)]
        if group:
            limits.append(("group", chat_id, self.group / 60, self.group))
        filled = [(self._filled(kind, key, rate, burst, now), rate) for kind, key, rate, burst in limits]
        waits = [(1 - bucket.tokens) / rate for bucket, rate in filled if bucket.tokens < 1 - _ROUNDING]
        if waits:
            raise too_many_requests(max(1, math.ceil(max(waits) - _ROUNDING)))
        for bucket, _ in filled:
            bucket.tokens -= count  # an album may leave a debt, as in Telegram it is sent whole or not at all
        if len(self.buckets) > _MANY:
            self.buckets = {key: bucket for key, bucket in self.buckets.items() if now - bucket.at < 60}

    def change(self, values: Json) -> None:
        """Set limits by name; raises ValueError naming what is wrong."""
        for name in ("overall", "chat", "chat_burst", "group"):
            if name in values:
                value = values[name]
                if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1e9:
                    raise ValueError(f"{name} must be a number above 0")
        for name in ("overall", "chat", "chat_burst", "group"):
            setattr(self, name, float(values.get(name, getattr(self, name))))
        self.on = bool(values.get("on", self.on))
        self.buckets.clear()

    def state(self) -> Json:
        """The limits as JSON."""
        return {name: getattr(self, name) for name in ("on", "overall", "chat", "chat_burst", "group")}

    def _filled(self, kind: str, key: int, rate: float, burst: float, now: float) -> Bucket:
        bucket = self.buckets.setdefault((kind, key), Bucket(tokens=burst, at=now))
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        return bucket
