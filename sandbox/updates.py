"""The updates waiting for the bot: numbered, filtered, handed out by long polling, kept until confirmed."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from sandbox.errors import Json, conflict

_DEFAULT_KINDS = frozenset(
    ["message", "edited_message", "callback_query", "inline_query", "chosen_inline_result", "my_chat_member"]
)
_HISTORY = 1_000
_PENDING = 200_000


@dataclass(kw_only=True, slots=True, eq=False)
class Pending:
    """One update in the queue."""

    update: Json
    key: int
    """Whose it is; updates of one key are delivered one after another."""
    repeated: bool = False
    """Sent again on purpose: it is handed out once whatever the offset says."""


@dataclass(kw_only=True, slots=True)
class Hook:
    """What setWebhook set and how the deliveries went."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    error_date: int | None = None
    error: str | None = None


@dataclass(kw_only=True, slots=True)
class Updates:
    """The queue. Delivering to a webhook takes from it in `sandbox.webhook`."""

    next_id: int
    pending: deque[Pending] = field(default_factory=lambda: deque(maxlen=_PENDING))
    history: deque[Pending] = field(default_factory=lambda: deque(maxlen=_HISTORY))
    allowed: list[str] = field(default_factory=list)
    """What the bot asked for; empty for Telegram's default."""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    """Set whenever an update is queued; the webhook waits for it."""
    in_delivery: int = 0
    """Updates the webhook has taken and not yet delivered."""
    poller: asyncio.Future[None] | None = None
    """The long poll in progress; another one ends it with a conflict."""

    def add(self, kind: str, content: Json, key: int) -> int | None:
        """Queue an update unless the bot does not want its kind; returns its update_id."""
        if kind not in (self.allowed or _DEFAULT_KINDS):
            return None
        item = Pending(update={"update_id": self.next_id, kind: content}, key=key)
        self.next_id += 1
        self.pending.append(item)
        self.history.append(item)
        self._wake()
        return int(item.update["update_id"])

    def repeat(self, update_id: int | None = None) -> int | None:
        """Queue an update again under the same id (the latest when none is named); None if unknown."""
        for item in reversed(self.history):
            if update_id is None or item.update["update_id"] == update_id:
                self.pending.appendleft(Pending(update=item.update, key=item.key, repeated=True))
                self._wake()
                return int(item.update["update_id"])
        return None

    def allow(self, kinds: object) -> None:
        """Remember which kinds the bot wants; anything but a list leaves it as it was."""
        if isinstance(kinds, list):
            self.allowed = [str(kind) for kind in kinds]

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - Telegram's word
        """Confirm what lies before the offset and return what waits, or wait for it.

        A poll that is waiting already is answered with 409, as Telegram does.
        """
        self.end_poll(
            "terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        self._confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        batch = [self.pending[i] for i in range(min(limit, len(self.pending)))]
        for item in batch:
            if item.repeated:
                self.pending.remove(item)
        return [item.update for item in batch]

    def end_poll(self, reason: str) -> None:
        """Answer the waiting poll, if any, with 409."""
        if self.poller is not None and not self.poller.done():
            self.poller.set_exception(conflict(reason))
        self.poller = None

    def clear(self) -> None:
        """Drop what waits."""
        self.pending.clear()

    def forget(self) -> None:
        """Drop what waits and what could be repeated."""
        self.clear()
        self.history.clear()

    def _confirm(self, offset: int) -> None:
        repeated = []
        while self.pending and self.pending[0].repeated:  # they always stand in front
            repeated.append(self.pending.popleft())
        while self.pending and self._is_confirmed(offset):
            self.pending.popleft()
        self.pending.extendleft(reversed(repeated))

    def _is_confirmed(self, offset: int) -> bool:
        if offset < 0:
            return len(self.pending) > -offset
        return bool(self.pending[0].update["update_id"] < offset)

    async def _wait(self, seconds: float) -> None:
        poller = self.poller = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poller, seconds)
        except TimeoutError:
            return
        finally:
            if self.poller is poller:
                self.poller = None

    def _wake(self) -> None:
        self.arrived.set()
        if self.poller is not None and not self.poller.done():
            self.poller.set_result(None)
