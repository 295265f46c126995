"""Texts that were read: drafts until a person confirms them, then revisions with their originals."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.corroboration import Relation
from domain.policy import Policy
from storage.audit import AuditEntry, AuditLog
from storage.catalogue import from_tree
from storage.catalogue_entries import plain
from storage.database import Database, upsert
from storage.policies import save_in
from storage.schema import documents, policy_revisions, readings

_row, _kept, _current = readings.c, documents.c, policy_revisions.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The original characters of a text, and the name of its file."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was read out of a text and is not confirmed; `unread` has quotations with their reasons.

    `relation` to the text held is None until a person says it; `taken` are ids of what they take over from
    the shorter of the two.
    """

    id: str
    person_id: int
    policy: Policy
    unread: tuple[tuple[str, str], ...]
    original: Original
    created_at: datetime
    version: int = 0  # counts the changes, so that only what was seen is confirmed
    relation: Relation | None = None
    taken: frozenset[str] = frozenset()


class Readings:
    """The drafts, and the originals of what was confirmed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._audit = AuditLog(db)

    async def add(self, draft: Draft) -> None:
        """Keep a new draft.

        Raises:
            BadCatalogue: what was read can't be held; nothing is kept.
        """
        tree = plain(draft.policy)
        from_tree(tree, name=draft.original.name)
        row = {
            "id": draft.id,
            "person_id": draft.person_id,
            "policy": tree,
            "unread": [list(one) for one in draft.unread],
            "name": draft.original.name,
            "text": draft.original.text,
            "version": draft.version,
            "created_at": draft.created_at,
        }
        async with self._db.write() as connection:
            await connection.execute(insert(readings), row)

    async def get(self, draft_id: str, person_id: int) -> Draft | None:
        """A draft of this person's."""
        wanted = select(readings).where(_row.id == draft_id, _row.person_id == person_id)
        async with self._db.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return _draft(row) if row else None

    async def of(self, person_id: int, limit: int) -> list[Draft]:
        """A person's last drafts, newest first."""
        wanted = select(readings).where(_row.person_id == person_id).order_by(_row.created_at.desc())
        async with self._db.read() as connection:
            return [_draft(row) for row in await connection.execute(wanted.limit(limit))]

    async def change(self, draft: Draft, policy: Policy) -> bool:
        """Let a draft say this instead; False if it has changed or gone meanwhile.

        Raises:
            BadCatalogue: that can't be held.
        """
        tree = plain(policy)
        from_tree(tree, name=draft.original.name)
        return await self._set(draft, policy=tree)

    async def decide(self, draft: Draft, relation: Relation | None, taken: Collection[str]) -> bool:
        """What a draft is to the text held, and what is taken over; False as `change`."""
        return await self._set(draft, relation=relation, taken=sorted(taken))

    async def _set(self, draft: Draft, **values: object) -> bool:
        this = update(readings).where(_row.id == draft.id, _row.version == draft.version)
        async with self._db.write() as connection:
            done = await connection.execute(this.values(version=draft.version + 1, **values))
        return done.rowcount == 1

    async def drop(self, draft_id: str, person_id: int) -> None:
        """Forget a draft."""
        async with self._db.write() as connection:
            await connection.execute(delete(readings).where(_row.id == draft_id, _row.person_id == person_id))

    async def publish(
        self, draft: Draft, policy: Policy, now: datetime, *, original: Original | None
    ) -> int | None:
        """Make the draft a revision for all to see, once; returns which revision it is.

        One that says what the current revision says stays that revision. None where the draft was confirmed,
        changed or discarded meanwhile: nothing is written then. `original` is the text whose characters the
        policy's passages count, where one is kept.

        Raises:
            BadCatalogue: the policy can't be held; the draft stays.
        """
        this = delete(readings).where(_row.id == draft.id, _row.version == draft.version)
        async with self._db.write() as connection:
            if (await connection.execute(this)).rowcount != 1:
                return None
            saved_by = f"{draft.person_id}"
            changed = await save_in(connection, [policy], now=now, saved_by=saved_by)
            revision = await _revision(connection, policy.id)
            if original is not None:
                await _keep(connection, policy.id, revision, original)
            detail = {"revision": revision, "title": policy.title.zh, "corrections": draft.version}
            entry = AuditEntry(
                at=now,
                actor_id=draft.person_id,
                action="policy.published" if changed else "policy.corroborated",
                subject=policy.id,
                detail={**detail, "source": draft.original.name},
            )
            await self._audit.note(connection, entry)
        return revision

    async def original(self, policy_id: str) -> Original | None:
        """The original characters of a policy's current revision, where they were kept."""
        here = (_kept.policy_id == _current.policy_id) & (_kept.revision == _current.revision)
        wanted = select(documents).join(policy_revisions, here)
        current = wanted.where(_kept.policy_id == policy_id, _current.is_current)
        async with self._db.read() as connection:
            row = (await connection.execute(current)).one_or_none()
        return Original(name=row.name, text=row.text) if row else None

    async def purge(self, before: datetime) -> int:
        """Forget drafts that were begun before an instant; returns how many."""
        async with self._db.write() as connection:
            done = await connection.execute(delete(readings).where(_row.created_at < before))
        return done.rowcount


async def save_with_originals(
    db: Database, texts: Iterable[tuple[Policy, Original]], *, now: datetime, saved_by: str
) -> list[tuple[str, int]]:
    """Save policies with their originals, or on any error none; returns what `save_policies` does.

    Raises:
        BadCatalogue: one breaks the rules of the catalogue format, or two have the same id.
    """
    both = list(texts)
    async with db.write() as connection:
        saved = await save_in(connection, [policy for policy, _ in both], now=now, saved_by=saved_by)
        for policy, original in both:
            await _keep(connection, policy.id, await _revision(connection, policy.id), original)
    return saved


async def _revision(connection: AsyncConnection, policy_id: str) -> int:
    current = select(_current.revision).where(_current.policy_id == policy_id, _current.is_current)
    return int((await connection.execute(current)).scalar_one())


async def _keep(connection: AsyncConnection, policy_id: str, revision: int, original: Original) -> None:
    """Keep the characters that a revision was read from."""
    row = {"policy_id": policy_id, "revision": revision, "name": original.name, "text": original.text}
    await connection.execute(upsert(connection, documents), row)


def _draft(row: Row[tuple[object, ...]]) -> Draft:
    return Draft(
        id=row.id,
        person_id=row.person_id,
        policy=from_tree(row.policy, name=row.name),
        unread=tuple((quote, reason) for quote, reason in row.unread),
        original=Original(name=row.name, text=row.text),
        created_at=row.created_at,
        version=row.version,
        relation=Relation(row.relation) if row.relation else None,
        taken=frozenset(row.taken or ()),
    )
