"""Invitations: leave for one place to follow something, given by an administrator as a code of one use."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.policy import FactKind
from storage.audit import AuditEntry, AuditLog
from storage.database import Database
from storage.schema import facts, invitations, policy_revisions
from storage.subscriptions import Subscription, follow_in, follows

VALID = timedelta(days=7)
_BYTES = 16
_row = invitations.c
_OPEN = (_row.used_at.is_(None), _row.revoked_at.is_(None))


class Outcome(StrEnum):
    """What became of a code that somebody brought."""

    ACCEPTED = "accepted"  # the place follows it from now on
    FOLLOWED = "followed"  # the place follows it anyway; nothing was changed
    UNKNOWN = "unknown"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"
    GONE = "gone"  # what it invites to is no longer there


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One invitation, without its code, which is kept nowhere."""

    id: int
    policy_id: str
    kind: FactKind  # POLICY, or DEPARTMENT with its `fact_id`
    fact_id: str
    created_by: int
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """The outcome, and what the code invites to; None for an unknown one."""

    outcome: Outcome
    invitation: Invitation | None = None


class Invitations:
    """All of them; each call is one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._audit = AuditLog(db)

    async def make(  # noqa: PLR0913, PLR0917 - what it is for, by whom, until when
        self, policy: str, kind: FactKind, fact: str, by: int, now: datetime, valid: timedelta = VALID
    ) -> str:
        """Write a new invitation; returns its code, 32 hexadecimal digits, which can't be asked for again."""
        code = secrets.token_hex(_BYTES)
        what = {"policy_id": policy, "kind": kind.value, "fact_id": fact}
        rights = {"created_by": by, "created_at": now, "expires_at": now + valid}
        row = {"digest": _digest(code), **what, **rights}
        async with self._db.write() as connection:
            number = await connection.scalar(insert(invitations).returning(_row.id), row)
            await self._audit.note(connection, _entry("made", int(number or 0), by, now, **what))
        return code

    async def redeem(
        self, code: str, chat_id: int, thread_id: int | None, by: int, now: datetime
    ) -> Redeemed:
        """Let a place follow what the code invites to, once; where that fails nothing is changed."""
        async with self._db.write() as connection:
            this = select(invitations).where(_row.digest == _digest(code)).with_for_update()
            row = (await connection.execute(this)).first()
            if row is None:
                return Redeemed(outcome=Outcome.UNKNOWN)
            found = _invitation(row)
            wanted = _subscription(found, chat_id, thread_id, by)
            outcome = await _judged(connection, row, wanted, now)
            if outcome is Outcome.ACCEPTED:
                await follow_in(connection, wanted, now)
                used = {"used_at": now, "used_by": by, "used_chat_id": chat_id, "used_thread_id": thread_id}
                await connection.execute(update(invitations).where(_row.id == found.id).values(used))
                entry = _entry("redeemed", found.id, by, now, chat=chat_id, thread=thread_id)
                await self._audit.note(connection, entry)
        return Redeemed(outcome=outcome, invitation=found)

    async def open(self, now: datetime) -> list[Invitation]:
        """Those that can still be redeemed, the newest first."""
        wanted = select(invitations).where(*_OPEN, _row.expires_at > now).order_by(_row.id.desc())
        async with self._db.read() as connection:
            return [_invitation(row) for row in await connection.execute(wanted)]

    async def revoke(self, number: int, by: int, now: datetime) -> bool:
        """Let the code of an invitation be of no use any more; False if it is of none already."""
        this = update(invitations).where(_row.id == number, *_OPEN).values(revoked_at=now)
        async with self._db.write() as connection:
            if not (await connection.execute(this)).rowcount:
                return False
            await self._audit.note(connection, _entry("revoked", number, by, now))
        return True


async def _judged(connection: AsyncConnection, row: Row[Any], wanted: Subscription, now: datetime) -> Outcome:
    """What a known code comes to; to whoever follows it anyway, nothing is wrong with it."""
    if await follows(connection, wanted):
        return Outcome.FOLLOWED
    if row.used_at is not None:
        return Outcome.USED
    if row.revoked_at is not None:
        return Outcome.REVOKED
    if row.expires_at <= now:
        return Outcome.EXPIRED
    return Outcome.ACCEPTED if await _is_held(connection, wanted) else Outcome.GONE


async def _is_held(connection: AsyncConnection, wanted: Subscription) -> bool:
    """Whether the current revision of the policy has it."""
    current = policy_revisions.c
    found = select(current.policy_id).where(current.policy_id == wanted.policy_id, current.is_current)
    if wanted.kind is not FactKind.POLICY:
        of_it = (facts.c.policy_id == current.policy_id) & (facts.c.revision == current.revision)
        this = (facts.c.kind == wanted.kind.value) & (facts.c.fact_id == wanted.fact_id)
        found = found.join(facts, of_it).where(this)
    return await connection.scalar(found) is not None


def _subscription(found: Invitation, chat_id: int, thread_id: int | None, by: int) -> Subscription:
    return Subscription(
        chat_id=chat_id,
        thread_id=thread_id,
        policy_id=found.policy_id,
        kind=found.kind,
        fact_id=found.fact_id,
        created_by=by,
    )


def _digest(code: str) -> str:
    """Codes are random and long enough for a plain digest: nobody can try them out."""
    return hashlib.sha256(code.encode()).hexdigest()


def _entry(deed: str, number: int, by: int, now: datetime, **detail: str | int | None) -> AuditEntry:
    return AuditEntry(
        at=now, actor_id=by, action=f"invitation.{deed}", subject=f"invitation:{number}", detail=detail
    )


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        policy_id=row.policy_id,
        kind=FactKind(row.kind),
        fact_id=row.fact_id,
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
