"""Where each conversation stands: changed in memory, written a moment later, found after a restart."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from sqlalchemy import delete, select

from storage.database import Database, upsert
from storage.schema import conversations
from storage.write_behind import WriteBehind

SIZE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation's state and data; `Conversation()` is one that was never held."""

    state: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    state: str | None
    data: str
    updated_at: datetime | None  # None for one the database does not have either


_NOTHING = _Row(None, "{}", None)


class Conversations:
    """The latest conversations by key, at most `size` of them in memory.

    Start `run()` as a task, and `close()` after it was cancelled.
    """

    def __init__(self, db: Database, *, size: int = SIZE) -> None:
        self._db = db
        self._size = size
        self._recent: OrderedDict[str, _Row] = OrderedDict()
        self._all_here = False  # whether a key that is not in memory is in the database neither
        # By the last part of a key: those in a state, the one that was changed last at the end.
        self._dialogs: dict[str, dict[str, None]] = {}
        self._behind: WriteBehind[str, _Row] = WriteBehind(self._write)

    @classmethod
    async def load(cls, db: Database, *, size: int = SIZE) -> Self:
        """Read the most recent conversations."""
        self = cls(db, size=size)
        latest = select(conversations).order_by(conversations.c.updated_at.desc()).limit(size + 1)
        async with db.read() as connection:
            rows = (await connection.execute(latest)).all()
            in_state = select(conversations.c.key).where(conversations.c.state.is_not(None))
            in_state = in_state.order_by(conversations.c.updated_at)
            dialogs = (await connection.scalars(in_state)).all()
        self._all_here = len(rows) <= size
        for row in reversed(rows[:size]):
            self._recent[row.key] = _Row(row.state, row.data, row.updated_at)
        for key in dialogs:
            self._note_dialog(key, open_=True)
        return self

    def in_dialog(self, person_id: int) -> bool:
        """Whether a conversation whose key ends in `:<person_id>` is in a state: it waits for a message."""
        return bool(self._dialogs) and str(person_id) in self._dialogs

    def listens(self, key: str) -> bool:
        """Whether the next message of the person that a key ends in belongs to this conversation.

        It does to the one, of those in a state, that was changed last.
        """
        keys = self._dialogs.get(key.rpartition(":")[2])
        return keys is not None and next(reversed(keys)) == key

    def peek(self, key: str) -> Conversation | None:
        """The conversation without waiting; None where only the database can tell."""
        row = self._in_memory(key)
        return _conversation(row) if row else None

    async def get(self, key: str) -> Conversation:
        """The conversation, from the database if it has left the memory; an empty one if there is none."""
        row = self._in_memory(key)
        if row is None:
            stored = await self._read(key)
            row = self._in_memory(key) or stored  # it may have been put while we waited
            self._keep(key, row)
        return _conversation(row)

    def put(self, key: str, conversation: Conversation, now: datetime) -> None:
        """Change a conversation; an empty one is forgotten.

        Raises:
            TypeError, ValueError: the data is not JSON, or key or state hold what no database takes.
        """
        if not 0 < len(key) <= 200 or not f"{key}{conversation.state}".isprintable():
            raise ValueError(f"no database holds this key or state: {key!r}, {conversation.state!r}")
        row = _Row(conversation.state, json.dumps(dict(conversation.data)), now)
        self._note_dialog(key, open_=row.state is not None)
        self._keep(key, row)
        self._behind.put(key, row)

    async def flush(self) -> None:
        """Write every change made so far."""
        await self._behind.flush()

    async def run(self) -> None:
        """Write changes as they come, until cancelled."""
        await self._behind.run()

    async def close(self) -> None:
        """Write what is left."""
        await self._behind.flush()

    async def purge(self, before: datetime) -> int:
        """Forget conversations last changed before an instant; returns how many were stored."""
        await self._behind.flush()
        async with self._db.write() as connection:
            done = await connection.execute(delete(conversations).where(conversations.c.updated_at < before))
        for key, row in list(self._recent.items()):
            if row.updated_at is not None and row.updated_at < before:
                del self._recent[key]
                self._note_dialog(key, open_=False)
        return done.rowcount

    def _in_memory(self, key: str) -> _Row | None:
        row = self._recent.get(key)
        if row is not None:
            self._recent.move_to_end(key)
            return row
        return self._behind.get(key) or (_NOTHING if self._all_here else None)

    def _note_dialog(self, key: str, *, open_: bool) -> None:
        person = key.rpartition(":")[2]
        if keys := self._dialogs.pop(person, {}):
            keys.pop(key, None)
        if open_:
            keys[key] = None
        if keys:
            self._dialogs[person] = keys

    def _keep(self, key: str, row: _Row) -> None:
        self._recent[key] = row
        self._recent.move_to_end(key)
        if len(self._recent) > self._size:
            self._recent.popitem(last=False)
            self._all_here = False

    async def _read(self, key: str) -> _Row:
        async with self._db.read() as connection:
            found = await connection.execute(select(conversations).where(conversations.c.key == key))
        row = found.one_or_none()
        return _Row(row.state, row.data, row.updated_at) if row else _NOTHING

    async def _write(self, batch: dict[str, _Row]) -> None:
        gone = [key for key, row in batch.items() if _is_empty(row)]
        rows = [
            {"key": key, "state": row.state, "data": row.data, "updated_at": row.updated_at}
            for key, row in batch.items()
            if not _is_empty(row)
        ]
        async with self._db.write() as connection:
            if gone:
                await connection.execute(delete(conversations).where(conversations.c.key.in_(gone)))
            if rows:
                await connection.execute(upsert(connection, conversations), rows)


def _conversation(row: _Row) -> Conversation:
    return Conversation(state=row.state, data=json.loads(row.data))


def _is_empty(row: _Row) -> bool:
    return row.state is None and row.data == "{}"
