"""The one place that reads the clock; in the sandbox, and nowhere else, it can be moved."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class _Hands:
    ahead: timedelta = timedelta()  # of the real time; in memory only


_hands = _Hands()


def now() -> datetime:
    """This instant."""
    return real_now() + _hands.ahead


def today() -> date:
    """The day in China, where the deadlines stand."""
    return now().astimezone(SHANGHAI).date()


def real_now() -> datetime:
    """This instant, wherever the clock was moved to."""
    return datetime.now(UTC)


def move_clock(to: datetime | None) -> None:
    """Let it be another time, which goes on from there; None: the real one. Only `travelling` does this."""
    _hands.ahead = to - real_now() if to else timedelta()
