"""Not too fast, please: a bucket of tokens per person."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What to do with what a person sent."""

    ADMIT = "admit"
    TELL = "tell"  # too fast, and not told yet since it began
    DROP = "drop"  # too fast, and told


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    told: bool = False


class Throttle:
    """Lets each person `burst` things at once, then `per_second`; remembers the latest `people`."""

    def __init__(self, *, burst: float = 5, per_second: float = 1, people: int = 10_000) -> None:
        self._burst = burst
        self._per_second = per_second
        self._people = people
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def judge(self, person: int, now: float, *, cost: float = 1) -> Verdict:
        """Take `cost` tokens if they are there; `now` in seconds of a clock that may stand still.

        A person is told again only after the bucket was half full in between.
        """
        bucket = self._refilled(person, now)
        if bucket.tokens >= cost:
            bucket.tokens -= cost
            bucket.told = bucket.told and bucket.tokens < self._burst / 2
            return Verdict.ADMIT
        if bucket.told:
            return Verdict.DROP
        bucket.told = True
        return Verdict.TELL

    def _refilled(self, person: int, now: float) -> _Bucket:
        bucket = self._buckets.get(person)
        if bucket is None:
            bucket = self._buckets[person] = _Bucket(self._burst, now)
            if len(self._buckets) > self._people:
                self._buckets.popitem(last=False)
            return bucket
        self._buckets.move_to_end(person)
        gained = max(0.0, now - bucket.at) * self._per_second
        bucket.tokens = min(self._burst, bucket.tokens + gained)
        bucket.at = now
        return bucket
