"""People and groups we talk to and their settings: all in memory, each change written through."""

import asyncio
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import Row, delete, select, update

from storage.database import Database, upsert
from storage.schema import chats
from storage.subscriptions import move_subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One chat; `kind` is Telegram's word: private, group, supergroup, channel, or that of another channel.

    `broadcasts` is False where they were declined.
    """

    chat_id: int
    kind: str
    title: str = ""
    language: str | None = None
    active: bool = True
    broadcasts: bool = True


_FIELDS = [one.name for one in fields(Chat)]
_SKEW = timedelta(minutes=1)  # by which clocks may differ, and a change may be seen after later ones


class Chats:
    """Every chat we know; reading never waits, writing waits for the database."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[int, Chat] = {}
        self._seen: datetime | None = None  # of all changes taken in, the last
        self._turn = asyncio.Lock()

    @classmethod
    async def load(cls, db: Database) -> Self:
        """Read all chats."""
        self = cls(db)
        await self.refresh()
        return self

    async def refresh(self) -> None:
        """Take in what other processes changed since the last time; costs little when that is little."""
        async with self._turn:
            since = [chats.c.updated_at >= self._seen - _SKEW] if self._seen else []
            async with self._db.read() as connection:
                rows = (await connection.execute(select(chats).where(*since))).all()
            for row in rows:
                self._known[row.chat_id] = _chat(row)
                self._known.pop(row.former_id, None)
            self._seen = max((row.updated_at for row in rows), default=self._seen)

    def get(self, chat_id: int) -> Chat | None:
        """The chat, if we met it."""
        return self._known.get(chat_id)

    def language(self, chat_id: int) -> str | None:
        """The chat's language; None where none was chosen or told."""
        chat = self._known.get(chat_id)
        return chat.language if chat else None

    async def remember(
        self, chat_id: int, kind: str, title: str, *, language: str | None = None, now: datetime
    ) -> None:
        """Note a chat that just wrote: so it is active; `language` counts only where none is known yet.

        Costs nothing when all of it is known.
        """
        changes: dict[str, str | bool | None] = {"kind": kind, "title": _clean(title), "active": True}
        if language and self.language(chat_id) is None:
            changes["language"] = language
        await self._change(chat_id, now, **changes)

    async def set_language(self, chat_id: int, language: str, now: datetime) -> None:
        """Note the language a person chose."""
        await self._change(chat_id, now, language=language)

    async def set_active(self, chat_id: int, active: bool, now: datetime) -> None:  # noqa: FBT001 - the one thing it sets
        """Note that a chat can be written to, or no more."""
        await self._change(chat_id, now, active=active)

    async def set_broadcasts(self, chat_id: int, wanted: bool, now: datetime) -> None:  # noqa: FBT001 - the same
        """Note whether a chat wants broadcasts."""
        await self._change(chat_id, now, broadcasts=wanted)

    async def migrate(self, old_id: int, new_id: int, now: datetime) -> None:
        """Move a group's settings and what it follows to the supergroup it became; twice does no harm."""
        if old_id == new_id:
            return
        async with self._turn:
            async with self._db.write() as connection:
                # As they are now, not as we knew them: another process may have been told before.
                both = select(chats).where(chats.c.chat_id.in_([old_id, new_id])).order_by(chats.c.chat_id)
                rows = {row.chat_id: row for row in await connection.execute(both.with_for_update())}
                old, moved = rows.get(old_id), rows.get(new_id)
                known = _chat(moved) if moved else None
                if old is not None:
                    known = _merged(_chat(old), known, new_id)
                    row = _row(known, now) | {"former_id": old.former_id or old_id}
                    del row["created_at"]  # the group's own stays
                    await connection.execute(delete(chats).where(chats.c.chat_id == new_id))
                    await connection.execute(update(chats).where(chats.c.chat_id == old_id).values(row))
                await move_subscriptions(connection, old_id, new_id)
            self._known.pop(old_id, None)
            if known is not None:
                self._known[new_id] = known

    async def _change(self, chat_id: int, now: datetime, **changes: str | bool | None) -> None:
        if self._changed(chat_id, changes) is None:
            return
        async with self._turn:  # one after the other, so that none writes over what another changed
            chat = self._changed(chat_id, changes)
            if chat is None:
                return
            # Only these: another process may have changed the others.
            keep = {column.name for column in chats.columns} - changes.keys() - {"updated_at"}
            async with self._db.write() as connection:
                await connection.execute(upsert(connection, chats, keep=keep), _row(chat, now))
            self._known[chat_id] = chat

    def _changed(self, chat_id: int, changes: dict[str, str | bool | None]) -> Chat | None:
        known = self._known.get(chat_id)
        if known is not None and all(getattr(known, name) == value for name, value in changes.items()):
            return None  # the usual case, at every message: nothing is built for it
        return replace(known or _stranger(chat_id), **changes)  # type: ignore[arg-type] # the callers name fields


def _chat(row: Row[Any]) -> Chat:
    return Chat(**{name: getattr(row, name) for name in _FIELDS})


def _merged(old: Chat, new: Chat | None, new_id: int) -> Chat:
    return replace(
        new or old,
        chat_id=new_id,
        kind="supergroup",
        language=(new.language if new else None) or old.language,
        active=True,
        broadcasts=old.broadcasts and (new is None or new.broadcasts),
    )


def _stranger(chat_id: int) -> Chat:
    return Chat(chat_id=chat_id, kind="private" if chat_id > 0 else "group")


def _row(chat: Chat, now: datetime) -> dict[str, object]:
    return {
        "chat_id": chat.chat_id,
        "kind": chat.kind,
        "title": chat.title,
        "language": chat.language,
        "active": chat.active,
        "broadcasts": chat.broadcasts,
        "created_at": now,
        "updated_at": now,
    }


def _clean(title: str) -> str:
    # Neither NUL nor half of a cut emoji can be stored.
    return title.replace("\0", "").encode(errors="replace").decode()
