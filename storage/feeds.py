"""Calendar addresses: one a place, signed with a key of its own; with a new key the old one is worthless."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select, update

from storage.audit import AuditEntry, AuditLog
from storage.database import Database
from storage.outbox_sql import insert_new
from storage.schema import feeds

_row = feeds.c
_NO_KEY = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A place's calendar; whoever has the signature may read it."""

    id: int
    chat_id: int
    thread_id: int | None = None  # a forum's topic
    signature: str  # 64 hexadecimal digits

    @property
    def name(self) -> str:
        """The last part of its address."""
        return f"{self.id}-{self.signature}.ics"


class Feeds:
    """All calendar addresses; each call is one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._audit = AuditLog(db)

    async def of(self, chat_id: int, thread_id: int | None, by: int, now: datetime) -> Feed:
        """The place's address, made now if it has none."""
        known = select(feeds).where(_place(chat_id, thread_id))
        async with self._db.read() as connection:
            row = (await connection.execute(known)).first()
        if row is not None:
            return _feed(row)
        new = {"chat_id": chat_id, "thread_id": thread_id or 0, "key": secrets.token_hex(32)}
        async with self._db.write() as connection:
            made = insert_new(connection, feeds).returning(_row.id)
            if await connection.scalar(made, new | {"created_by": by, "created_at": now}) is not None:
                await self._audit.note(connection, _entry("made", new, by, now))
            return _feed((await connection.execute(known)).one())  # ours, or that of who was faster

    async def renew(self, chat_id: int, thread_id: int | None, by: int, now: datetime) -> Feed:
        """Give the place another address; that of before is of no use any more."""
        await self.of(chat_id, thread_id, by, now)
        key = {"key": secrets.token_hex(32), "created_by": by, "created_at": now}
        anew = update(feeds).where(_place(chat_id, thread_id)).values(key).returning(*feeds.columns)
        async with self._db.write() as connection:
            row = (await connection.execute(anew)).one()
            await self._audit.note(connection, _entry("renewed", row._asdict(), by, now))
            return _feed(row)

    async def find(self, number: int, signature: str) -> Feed | None:
        """The calendar of an address; None for a wrong signature, for an old one, and where there is none."""
        async with self._db.read() as connection:
            row = (await connection.execute(select(feeds).where(_row.id == number))).first()
        # Compared even where there is nothing to compare with: the time taken tells nothing either.
        signed = _signature(number, row.key if row else _NO_KEY)
        right = hmac.compare_digest(signed.encode(), signature.encode())
        return _feed(row) if row and right else None


def _place(chat_id: int, thread_id: int | None) -> ColumnElement[bool]:
    return and_(_row.chat_id == chat_id, _row.thread_id == (thread_id or 0))


def _signature(number: int, key: str) -> str:
    """The key is this feed's alone; the chat is left out, for a group's id may change."""
    return hmac.new(key.encode(), f"calendar {number}".encode(), hashlib.sha256).hexdigest()


def _entry(deed: str, place: dict[str, Any], by: int, now: datetime) -> AuditEntry:
    subject, detail = f"{place['chat_id']}", {"thread": place["thread_id"]}
    return AuditEntry(at=now, actor_id=by, action=f"feed.{deed}", subject=subject, detail=detail)


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        id=row.id,
        chat_id=row.chat_id,
        thread_id=row.thread_id or None,
        signature=_signature(row.id, row.key),
    )
