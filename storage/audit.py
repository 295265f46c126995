"""The audit log: who did what, when, to what; only ever added to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.schema import audit_log

_row = audit_log.c


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that one person did."""

    at: datetime
    actor_id: int
    action: str  # `broadcast.paused`: the kind of subject, and what was done to it
    subject: str  # its id
    detail: Mapping[str, Any] = field(default_factory=dict)  # plain values
    id: int | None = None  # its place in the log; None until it is written


class AuditLog:
    """All entries; each is written in the transaction of what it tells."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def note(self, connection: AsyncConnection, entry: AuditEntry) -> None:
        """Add an entry in the transaction of the deed: both are kept, or neither."""
        row = {
            "at": entry.at,
            "actor_id": entry.actor_id,
            "action": entry.action,
            "subject": entry.subject,
            "detail": dict(entry.detail),
        }
        await connection.execute(insert(audit_log), row)

    async def of(self, subject: str, limit: int) -> list[AuditEntry]:
        """The last entries about a subject, newest first."""
        return await self._read(select(audit_log).where(_row.subject == subject), limit)

    async def recent(self, limit: int, before_id: int | None = None) -> list[AuditEntry]:
        """The last entries, or those before one of them, newest first."""
        older = [_row.id < before_id] if before_id is not None else []
        return await self._read(select(audit_log).where(*older), limit)

    async def _read(self, which: Select[Any], limit: int) -> list[AuditEntry]:
        async with self._db.read() as connection:
            return [
                _entry(row) for row in await connection.execute(which.order_by(_row.id.desc()).limit(limit))
            ]


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(**row._asdict())
