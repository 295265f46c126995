"""People and groups we talk to and their settings: all in memory, each change written through."""

import asyncio
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Self

from sqlalchemy import delete, select, update

from storage.database import Database, upsert
from storage.schema import chats


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


_COLUMNS = [chats.c[one.name] for one in fields(Chat)]


class Chats:
    """Every chat we know; reading never waits, writing waits for the database."""

    def __init__(self, db: Database, known: dict[int, Chat]) -> None:
        self._db = db
        self._known = known
        self._turn = asyncio.Lock()

    @classmethod
    async def load(cls, db: Database) -> Self:
        """Read all chats."""
        async with db.read() as connection:
            rows = await connection.execute(select(*_COLUMNS))
            return cls(db, {row.chat_id: Chat(**row._asdict()) for row in rows})

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
        language = self.language(chat_id) or language
        await self._change(chat_id, now, kind=kind, title=_clean(title), language=language, active=True)

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
        """Move a group's settings to the supergroup it became; told twice, it does no harm."""
        async with self._turn:
            old = self._known.get(old_id)
            if old is None or old_id == new_id:
                return
            new = self._known.get(new_id)
            language = (new.language if new else None) or old.language
            wanted = old.broadcasts and (new is None or new.broadcasts)
            moved = replace(
                new or old,
                chat_id=new_id,
                kind="supergroup",
                language=language,
                active=True,
                broadcasts=wanted,
            )
            row = _row(moved, now)
            del row["created_at"]  # the group's own stays
            async with self._db.write() as connection:
                await connection.execute(delete(chats).where(chats.c.chat_id == new_id))
                await connection.execute(update(chats).where(chats.c.chat_id == old_id).values(row))
            self._known[new_id] = moved
            del self._known[old_id]

    async def _change(self, chat_id: int, now: datetime, **changes: str | bool | None) -> None:
        if self._changed(chat_id, changes) is None:
            return
        async with self._turn:  # one after the other, so that none writes over what another changed
            chat = self._changed(chat_id, changes)
            if chat is None:
                return
            async with self._db.write() as connection:
                await connection.execute(upsert(connection, chats, keep=["created_at"]), _row(chat, now))
            self._known[chat_id] = chat

    def _changed(self, chat_id: int, changes: dict[str, str | bool | None]) -> Chat | None:
        known = self._known.get(chat_id)
        if known is not None and all(getattr(known, name) == value for name, value in changes.items()):
            return None  # the usual case, at every message: nothing is built for it
        return replace(known or _stranger(chat_id), **changes)  # type: ignore[arg-type] # the callers name fields


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
