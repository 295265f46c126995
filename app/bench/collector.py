"""How long Python's garbage collector held everything up."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Collector:
    """Adds up the time of collections while it watches; `share` is their part of it."""

    def __init__(self) -> None:
        self.collecting = 0.0
        self.watched = 0.0
        self.longest = 0.0
        self._since = 0.0

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch while the block runs."""
        gc.callbacks.append(self._note)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.watched += time.perf_counter() - start
            gc.callbacks.remove(self._note)

    @property
    def share(self) -> float:
        """The part of the watched time, 0 to 1."""
        return self.collecting / self.watched if self.watched else 0.0

    def _note(self, phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            self._since = time.perf_counter()
        else:
            took = time.perf_counter() - self._since
            self.collecting += took
            self.longest = max(self.longest, took)
