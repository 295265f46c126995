"""The clock of a service beside the sandbox, as the sandbox wants it: to be read, and to be moved."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Protocol


class Watch(Protocol):
    """A service's clock. Instants are aware."""

    @property
    def zone(self) -> tzinfo:
        """Where the service's days begin; one of `zoneinfo`."""

    @property
    def moved(self) -> bool:
        """Whether it shows another time than the real one."""

    def now(self) -> datetime:
        """What it shows."""

    async def next(self) -> datetime | None:
        """When the next reminder is due, perhaps a moment ago; None where none is planned."""

    async def travel(self, to: datetime | None, passing: Callable[[], None]) -> int:
        """Let it be another time (None: the real one); returns how many reminders were told on the way.

        A way forward leads through every moment at which something is due, and waits there until it is sent.

        Args:
            to: an instant.
            passing: called at every stop.
        """
