"""Policies as revisions: saved in one transaction, the older ones kept, read back equal to what was saved."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import BadCatalogue
from domain.policy import Fact, Milestone, Policy, Stage
from domain.timeline import Deadline
from storage.catalogue import from_tree
from storage.catalogue_entries import plain
from storage.database import Database, only_one, to_json
from storage.schema import facts, policy_revisions

_stored = policy_revisions.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One saved state of a policy; `revision` counts from 1."""

    policy_id: str
    revision: int
    digest: str
    saved_at: datetime
    saved_by: str
    is_current: bool


async def current_revisions(db: Database) -> str:
    """Which policies hold what, in one line that changes whenever one of them does."""
    policies = select(_stored.policy_id, _stored.digest).where(_stored.is_current)
    async with db.read() as connection:
        rows = await connection.execute(policies.order_by(_stored.policy_id))
        return " ".join(f"{row.policy_id}:{row.digest}" for row in rows)


async def save_policies(
    db: Database, policies: Iterable[Policy], *, now: datetime, saved_by: str
) -> list[tuple[str, int]]:
    """Save all of these policies, or on any error none; returns what changed: policy id and new revision.

    One that says what its current revision says changes nothing. Policies not given stay as they are.

    Raises:
        BadCatalogue: one breaks the rules of the catalogue format, or two have the same id.
    """
    checked = _checked(policies)
    async with db.write() as connection:
        return await save_in(connection, checked, now=now, saved_by=saved_by)


async def save_in(
    connection: AsyncConnection, policies: Iterable[Policy], *, now: datetime, saved_by: str
) -> list[tuple[str, int]]:
    """The same within a transaction that does more."""
    checked = _checked(policies)
    changed: list[tuple[str, int]] = []
    await only_one(connection, "save policies")
    current = await _current_digests(connection)
    for policy in checked:
        document = plain(policy)
        digest = hashlib.sha256(to_json(document).encode()).hexdigest()
        revision, current_digest = current.get(policy.id, (0, ""))
        if digest == current_digest:
            continue
        header = {
            "policy_id": policy.id,
            "revision": revision + 1,
            "is_current": True,
            "digest": digest,
            "saved_at": now,
            "saved_by": saved_by,
            "document": document,
        }
        await _add_revision(connection, header, policy)
        changed.append((policy.id, revision + 1))
    return changed


async def load_policies(db: Database) -> tuple[Policy, ...]:
    """The current revision of every policy, ordered by id."""
    found = await _load(db, _stored.is_current)
    return tuple(sorted(found, key=lambda policy: policy.id))


async def load_revision(db: Database, policy_id: str, revision: int) -> Policy | None:
    """One saved state of a policy, current or older; None if there is none."""
    found = await _load(db, _stored.policy_id == policy_id, _stored.revision == revision)
    return found[0] if found else None


async def revisions(db: Database, policy_id: str) -> tuple[Revision, ...]:
    """The history of a policy, oldest first."""
    columns = [column for column in _stored if column is not _stored.document]
    history = select(*columns).where(_stored.policy_id == policy_id).order_by(_stored.revision)
    async with db.read() as connection:
        return tuple(Revision(**row._asdict()) for row in await connection.execute(history))


def _checked(policies: Iterable[Policy]) -> list[Policy]:
    # What the format refuses could not be read back, and would keep the service from starting.
    checked: dict[str, Policy] = {}
    for policy in policies:
        if policy.id in checked:
            raise BadCatalogue(f"{policy.id}: two policies have this id")
        checked[policy.id] = from_tree(plain(policy), name=policy.id)
    return list(checked.values())


async def _current_digests(connection: AsyncConnection) -> dict[str, tuple[int, str]]:
    current = select(_stored.policy_id, _stored.revision, _stored.digest).where(_stored.is_current)
    return {row.policy_id: (row.revision, row.digest) for row in await connection.execute(current)}


async def _add_revision(connection: AsyncConnection, header: dict[str, Any], policy: Policy) -> None:
    current = (_stored.policy_id == policy.id) & _stored.is_current
    await connection.execute(update(policy_revisions).where(current).values(is_current=False))
    await connection.execute(insert(policy_revisions), header)
    rows = [
        {"policy_id": policy.id, "revision": header["revision"], "position": position, **row}
        for position, row in enumerate(_fact_rows(policy))
    ]
    if rows:
        await connection.execute(insert(facts), rows)


def _fact_rows(policy: Policy) -> Iterator[dict[str, Any]]:
    for kind, fact in policy.facts():
        due = fact.end if isinstance(fact, Stage) else getattr(fact, "due", None)
        yield _fact_row(kind, fact, fact.passage.clause, due)
        if isinstance(fact, Stage):
            for milestone in fact.milestones:
                yield _fact_row("milestone", milestone, fact.passage.clause, milestone.due)


def _fact_row(kind: str, fact: Fact | Milestone, clause: str, due: Deadline | None) -> dict[str, Any]:
    return {
        "fact_id": fact.id,
        "kind": str(kind),
        "clause": clause,
        "due_day": due.day if due else None,
        "due_precision": str(due.precision) if due else None,
        "document": plain(fact),
    }


async def _load(db: Database, *where: ColumnElement[bool]) -> list[Policy]:
    wanted = select(_stored.policy_id, _stored.revision, _stored.document).where(*where)
    async with db.read() as connection:
        rows = (await connection.execute(wanted)).all()
    return [from_tree(row.document, name=f"{row.policy_id} revision {row.revision}") for row in rows]
