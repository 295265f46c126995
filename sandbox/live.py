"""News for open pages: whatever happens in the world goes to every listener as a server-sent event."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sandbox.ledger import encode

_BEHIND = 1_000
"""Events a listener may be behind before it is cut off; the page then loads everything anew."""

Listener = asyncio.Queue[bytes | None]


class Live:
    """The listeners; with none, telling costs nothing."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()

    def tell(self, kind: str, data: Any) -> None:
        """Tell every listener that something of a kind happened."""
        if not self.listeners:
            return
        line = f"data: {encode({'kind': kind, 'data': data})}\n\n".encode("utf-8", "replace")
        for listener in list(self.listeners):
            self._put(listener, line)

    def close(self) -> None:
        """End every stream."""
        for listener in list(self.listeners):
            self._put(listener, None)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Listener]:
        """A queue of events, each ready to be written; None ends the stream."""
        listener: Listener = asyncio.Queue(_BEHIND)
        self.listeners.add(listener)
        try:
            yield listener
        finally:
            self.listeners.discard(listener)

    def _put(self, listener: Listener, line: bytes | None) -> None:
        if listener.full():
            self.listeners.discard(listener)
            listener.get_nowait()
            line = None
        listener.put_nowait(line)
