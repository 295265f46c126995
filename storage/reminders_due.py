"""Reminders that are due, with all that decides on them, as SQL finds them: place by place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.reminders import UNANSWERED, Due, ReminderSettings
from storage.schema import PLANNED, Instant, chats, occurrences, reminders, silenced, standings, subscriptions

_row, _who, _what, _stand, _chat = reminders.c, subscriptions.c, occurrences.c, standings.c, chats.c


async def due_in_places(
    connection: AsyncConnection, now: datetime, limit: int
) -> tuple[Sequence[Row[Any]], list[int]]:
    """The longest due with all that is due in their places; and the ids of those nobody wants any more."""
    first = (
        select(_row.id, _row.subscription_id, _who.chat_id, _who.thread_id)
        .outerjoin(subscriptions, _who.id == _row.subscription_id)
        .where(PLANNED, _row.due_at <= now)
        .order_by(_row.due_at, _row.subscription_id)
        .limit(limit)
    )
    found = (await connection.execute(first)).all()
    orphans = [row.id for row in found if row.chat_id is None]
    places = list({(row.chat_id, row.thread_id) for row in found if row.chat_id is not None})
    if not places:
        return [], orphans
    here = select(_who.id).where(tuple_(_who.chat_id, _who.thread_id).in_(places))
    subscribed = (await connection.scalars(here)).all()
    rows = (await connection.execute(_ALL_DUE, {"subscribed": subscribed, "now_": now})).all()
    return rows, orphans


_ALL_DUE: Select[Any] = (
    select(
        _row.id,
        _row.subscription_id,
        _row.occurrence_id,
        _row.lead,
        _row.repetition,
        _row.planned_for,
        _row.planned_at,
        _row.due_at,
        _row.day,
        _what.last,
        _what.document,
        _who.chat_id,
        _who.thread_id,
        _who.profile_id,
        _who.muted_until,
        func.coalesce(_chat.active, True).label("active"),  # one we never met may be reached
        _chat.former_id,
        _chat.title,
        silenced.c.event_key.is_not(None).label("silenced"),
        _stand.done_at,
        _stand.acknowledged_at,
        _stand.told_at,
        _stand.told_day,
        _stand.told_lead,
    )
    .join(subscriptions, _who.id == _row.subscription_id)
    .join(occurrences, _what.id == _row.occurrence_id)
    .outerjoin(chats, _chat.chat_id == _who.chat_id)
    .outerjoin(
        standings,
        and_(
            _stand.chat_id == _who.chat_id,
            _stand.thread_id == _who.thread_id,
            _stand.occurrence_id == _row.occurrence_id,
        ),
    )
    .outerjoin(
        silenced,
        and_(
            silenced.c.chat_id == _who.chat_id,
            silenced.c.thread_id == _who.thread_id,
            silenced.c.event_key == _what.event_key,
        ),
    )
    .where(
        _row.subscription_id.in_(bindparam("subscribed", expanding=True)),
        PLANNED,
        _row.due_at <= bindparam("now_", type_=Instant),
    )
    .order_by(_row.id)
)


def planned_for(chat_id: int, thread_id: int | None, after: datetime | None) -> Select[Any]:
    """What a place will be told by the plan: the first moment first, and of it the nearest event."""
    of_place = and_(_stand.chat_id == _who.chat_id, _stand.thread_id == _who.thread_id)
    unwanted = select(silenced.c.event_key).where(
        silenced.c.chat_id == _who.chat_id,
        silenced.c.thread_id == _who.thread_id,
        silenced.c.event_key == _what.event_key,
    )
    found = (
        select(_row.due_at, _what.document)
        .join(subscriptions, _who.id == _row.subscription_id)
        .join(occurrences, _what.id == _row.occurrence_id)
        .outerjoin(standings, and_(of_place, _stand.occurrence_id == _row.occurrence_id))
        .where(
            _who.chat_id == chat_id,
            _who.thread_id == (thread_id or 0),
            PLANNED,
            _row.lead != UNANSWERED,  # which is said to administrators
            _stand.done_at.is_(None),
            ~unwanted.exists(),
        )
        .order_by(_row.due_at, _what.day, _what.id)
    )
    return found if after is None else found.where(_row.due_at >= after)


def as_due(row: Row[Any], known: Mapping[int, ReminderSettings]) -> Due:
    """Such a row as a value; `known` are the `profiles`."""
    return Due(
        settings=known[row.profile_id],
        lead=row.lead,
        repetition=row.repetition,
        planned_for=row.planned_for,
        planned_at=row.planned_at,
        due_at=row.due_at,
        day=row.day,
        last=row.last,
        muted_until=row.muted_until,
        active=row.active,
        done=row.done_at is not None,
        acknowledged=row.acknowledged_at is not None,
        silenced=row.silenced,
        told_lead=row.told_lead if row.told_day == row.day else None,
    )
