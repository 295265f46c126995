"""Who follows what, and how: chats, in forums topics, told about a policy, a fact of it, or other events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.policy import FactKind
from domain.reminders import Reason, ReminderSettings, ReminderState
from storage.database import Database
from storage.outbox_sql import insert_new
from storage.schema import PLANNED, feeds, reminder_profiles, reminders, silenced, standings, subscriptions

_row = subscriptions.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One place that follows one thing; without `fact_id` all of the kind (kind `policy`: the whole policy).

    With an empty `policy_id` that of all policies, kind `policy` then means everything. `settings` are the
    place's, for all it follows; None: as is usual, or, when it is written, as they are.
    """

    chat_id: int
    thread_id: int | None = None  # a forum's topic
    policy_id: str
    kind: FactKind = FactKind.POLICY
    fact_id: str = ""
    created_by: int  # who asked for it
    settings: ReminderSettings | None = None
    muted_until: datetime | None = None


class Subscriptions:
    """All of them; each call is one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def follow(self, subscription: Subscription, now: datetime) -> bool:
        """Write a subscription; False, and nothing changed, if the place follows that already."""
        async with self._db.write() as connection:
            return await follow_in(connection, subscription, now)

    async def unfollow(self, subscription: Subscription) -> bool:
        """Remove one, whoever asked for it, and call its reminders off; False if there was none."""
        this = and_(*(_row[name] == value for name, value in _key(subscription).items()))
        async with self._db.write() as connection:
            gone = await connection.scalar(delete(subscriptions).where(this).returning(_row.id))
            if gone is None:
                return False
            its = update(reminders).where(reminders.c.subscription_id == gone, PLANNED)
            end = {"state": ReminderState.CANCELLED.value, "reason": Reason.UNFOLLOWED.value}
            await connection.execute(its.values(end))
            return True

    async def of(self, chat_id: int, thread_id: int | None) -> list[Subscription]:
        """What one place follows, in the order it was asked for."""
        here = select(subscriptions).where(_place(chat_id, thread_id)).order_by(_row.id)
        async with self._db.read() as connection:
            known = await profiles(connection)
            return [subscription(row, known) for row in await connection.execute(here)]

    async def all(self) -> list[Subscription]:
        """Every subscription of every place."""
        async with self._db.read() as connection:
            known = await profiles(connection)
            rows = await connection.execute(select(subscriptions).order_by(_row.id))
            return [subscription(row, known) for row in rows]

    async def change(self, chat_id: int, thread_id: int | None, settings: ReminderSettings) -> int:
        """Remind a place in another way of all it follows; returns how many subscriptions that are."""
        async with self._db.write() as connection:
            profile = await profile_id(connection, settings)
            return await _set_profile(connection, _place(chat_id, thread_id), profile)

    async def mute(self, chat_id: int, thread_id: int | None, until: datetime | None) -> int:
        """Let a place hear nothing until then (None: let it hear again); returns as `change` does."""
        here = update(subscriptions).where(_place(chat_id, thread_id))
        async with self._db.write() as connection:
            return (await connection.execute(here.values(muted_until=until))).rowcount


async def follow_in(connection: AsyncConnection, one: Subscription, now: datetime) -> bool:
    """What `follow` does, within a transaction that does more."""
    row = _key(one) | {"created_by": one.created_by, "created_at": now}
    profile = await _profile_for(connection, one)
    silent = select(func.max(_row.muted_until)).where(_place(one.chat_id, one.thread_id))
    muted_until = one.muted_until or await connection.scalar(silent)  # a silent place stays silent
    new = insert_new(connection, subscriptions).returning(_row.id)
    more = {"profile_id": profile, "muted_until": muted_until}
    return await connection.scalar(new, row | more) is not None


async def follows(connection: AsyncConnection, one: Subscription) -> bool:
    """Whether a place follows exactly that."""
    this = and_(*(_row[name] == value for name, value in _key(one).items()))
    return await connection.scalar(select(_row.id).where(this)) is not None


async def move_subscriptions(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Let a chat follow under its new id what it followed under the old one, and know what it was told."""
    other = subscriptions.alias()
    same: list[ColumnElement[bool]] = [
        _row[name] == other.c[name] for name in ("thread_id", "policy_id", "kind", "fact_id")
    ]
    twice = exists().where(other.c.chat_id == new_id, *same)
    await connection.execute(delete(subscriptions).where(_row.chat_id == old_id, twice))
    await connection.execute(update(subscriptions).where(_row.chat_id == old_id).values(chat_id=new_id))
    await _move(connection, standings, "occurrence_id", old_id, new_id)
    await _move(connection, silenced, "event_key", old_id, new_id)
    await _move(connection, feeds, None, old_id, new_id)


async def _move(
    connection: AsyncConnection, table: Table, about: str | None, old_id: int, new_id: int
) -> None:
    """Let what a chat has in a table become the new chat's, but for what that has already."""
    own, other = table.c, table.alias()
    same = [own[name] == other.c[name] for name in ("thread_id", about) if name]
    known = exists().where(other.c.chat_id == new_id, *same)
    await connection.execute(delete(table).where(own.chat_id == old_id, known))
    await connection.execute(update(table).where(own.chat_id == old_id).values(chat_id=new_id))


async def profiles(connection: AsyncConnection) -> dict[int, ReminderSettings]:
    """All ways to be reminded that are in use or were, by id; 0 is the usual one."""
    rows = await connection.execute(select(reminder_profiles))
    return {0: ReminderSettings()} | {row.id: ReminderSettings.from_text(row.settings) for row in rows}


async def profile_id(connection: AsyncConnection, settings: ReminderSettings) -> int:
    """The id of a way to be reminded, given it now if it is new."""
    if settings == ReminderSettings():
        return 0
    text = settings.to_text()
    await connection.execute(insert_new(connection, reminder_profiles), {"settings": text})
    found = select(reminder_profiles.c.id).where(reminder_profiles.c.settings == text)
    return int(await connection.scalar(found) or 0)


def subscription(row: Row[Any], known: Mapping[int, ReminderSettings]) -> Subscription:
    """A row of the table as a value; `known` are the `profiles`."""
    return Subscription(
        chat_id=row.chat_id,
        thread_id=row.thread_id or None,
        policy_id=row.policy_id,
        kind=FactKind(row.kind),
        fact_id=row.fact_id,
        created_by=row.created_by,
        settings=known[row.profile_id] if row.profile_id else None,
        muted_until=row.muted_until,
    )


async def _profile_for(connection: AsyncConnection, one: Subscription) -> int:
    """A place is told of everything in one way, so that a day brings one message."""
    here = _place(one.chat_id, one.thread_id)
    if one.settings is not None:
        profile = await profile_id(connection, one.settings)
        await _set_profile(connection, here, profile)
        return profile
    others = select(_row.profile_id).where(here).order_by(_row.id).limit(1)
    return await connection.scalar(others) or 0


async def _set_profile(connection: AsyncConnection, here: ColumnElement[bool], profile: int) -> int:
    anew = update(subscriptions).where(here, _row.profile_id != profile)
    await connection.execute(anew.values(profile_id=profile, planned=None))
    return await connection.scalar(select(func.count()).select_from(subscriptions).where(here)) or 0


def _place(chat_id: int, thread_id: int | None) -> ColumnElement[bool]:
    return and_(_row.chat_id == chat_id, _row.thread_id == (thread_id or 0))


def _key(one: Subscription) -> dict[str, Any]:
    return {
        "chat_id": one.chat_id,
        "thread_id": one.thread_id or 0,  # NULL would not count as equal
        "policy_id": one.policy_id,
        "kind": one.kind.value,
        "fact_id": one.fact_id,
    }
