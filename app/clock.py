"""The one place that reads the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def today() -> date:
    """The day in China, where the deadlines stand."""
    return now().astimezone(SHANGHAI).date()
