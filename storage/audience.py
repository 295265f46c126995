"""Audiences as SQL: whom a broadcast reaches, page by page, in an order that no group's migration breaks.

Chats come by their ids, the highest first. A group that becomes a supergroup gets a lower id (those of
supergroups all lie below those of groups), so one that was not reached yet is still ahead; and as deliveries
are keyed by the first id a chat was known under, one that was reached is not reached again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Label,
    Row,
    Select,
    Table,
    and_,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts import Audience, AudienceKind
from domain.delivery import DeliveryState, Recipient
from domain.languages import Language
from domain.policy import FactKind
from storage.outbox_sql import in_pages
from storage.schema import archived_deliveries, chats, deliveries, subscriptions

_chat = chats.c
_follow = subscriptions.c
_WILLING = and_(_chat.active, _chat.broadcasts)
_NO_TOPIC: Label[int] = literal_column("0", Integer).label("thread_id")
_LISTED = 1_000  # ids in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some recipients in a row, and the checkpoint behind them."""

    recipients: list[Recipient]
    checkpoint: int | None
    last: bool  # nobody comes after them


async def page(
    connection: AsyncConnection, notice_id: str, audience: Audience, after: int | None, limit: int
) -> Page:
    """The next `limit` chats of an audience behind a checkpoint (None: the first), each with all its topics.

    Who is meant for what they follow is told in the topics that follow it; everybody else once a chat.
    """
    match audience.kind:
        case AudienceKind.CHATS:
            return await _listed(connection, notice_id, audience, after, min(limit, _LISTED))
        case AudienceKind.RECEIVED:
            return await _received(connection, notice_id, audience, after, limit)
        case _:
            rows = (await connection.execute(_places(audience, after, limit))).all()
            reached = dict.fromkeys(row.chat_id for row in rows)
            return Page(
                recipients=[_recipient(notice_id, row) for row in rows],
                checkpoint=rows[-1].chat_id if rows else after,
                last=len(reached) < limit,
            )


async def size(connection: AsyncConnection, audience: Audience) -> int:
    """How many messages a broadcast to this audience would be now; each topic counts."""
    match audience.kind:
        case AudienceKind.CHATS:
            ids = _ids(audience)
            parts = [_among(ids[start : start + _LISTED]) for start in range(0, len(ids), _LISTED)]
        case AudienceKind.RECEIVED:
            parts = [_arrived(table, audience) for table in (deliveries, archived_deliveries)]
        case _:
            parts = [_places(audience)]
    counts = [select(func.count()).select_from(part.order_by(None).subquery()) for part in parts]
    return sum([await connection.scalar(count) or 0 for count in counts])


def _places(audience: Audience, after: int | None = None, limit: int | None = None) -> Select[Any]:
    behind = [_chat.chat_id < after] if after is not None else []
    willing = (
        select(_chat.chat_id, _chat.former_id)
        .where(_WILLING, *behind)
        .order_by(_chat.chat_id.desc())
        .limit(limit)
    )
    match audience.kind:
        case AudienceKind.EVERYONE:
            return willing.add_columns(_NO_TOPIC)
        case AudienceKind.LANGUAGE:
            language = func.coalesce(_chat.language, Language.SIMPLIFIED.value)
            return willing.where(language.in_(audience.values)).add_columns(_NO_TOPIC)
    topics = select(_follow.chat_id, _follow.thread_id).where(_following(audience)).distinct().subquery()
    some = willing.where(_chat.chat_id.in_(select(topics.c.chat_id))).subquery()
    return (
        select(some, topics.c.thread_id)
        .join(topics, topics.c.chat_id == some.c.chat_id)
        .order_by(some.c.chat_id.desc(), topics.c.thread_id)
    )


def _following(audience: Audience) -> ColumnElement[bool]:
    department = _follow.kind == FactKind.DEPARTMENT.value
    if audience.kind is AudienceKind.DEPARTMENT:
        wanted = [tuple(one.split("/", 1)) for one in audience.values]
        return and_(department, tuple_(_follow.policy_id, _follow.fact_id).in_(wanted))
    policies = audience.values if audience.kind is AudienceKind.POLICY else audience.policies
    return and_(or_(_follow.kind == FactKind.POLICY.value, department), _follow.policy_id.in_(policies))


async def _listed(
    connection: AsyncConnection, notice_id: str, audience: Audience, after: int | None, limit: int
) -> Page:
    """Pages of the list itself, so that a listed group is found whatever id it has by now."""
    ids = [one for one in _ids(audience) if after is None or one < after][:limit]
    rows = (await connection.execute(_among(ids))).all()
    return Page(
        recipients=[_recipient(notice_id, row) for row in rows],
        checkpoint=ids[-1] if ids else after,
        last=len(ids) < limit,
    )


def _ids(audience: Audience) -> list[int]:
    return sorted({int(one) for one in audience.values}, reverse=True)


def _among(ids: Sequence[int]) -> Select[Any]:
    listed = or_(_chat.chat_id.in_(ids), _chat.former_id.in_(ids))
    return select(_chat.chat_id, _chat.former_id, _NO_TOPIC).where(_WILLING, listed)


def _recipient(notice_id: str, row: Row[Any]) -> Recipient:
    first_id = row.chat_id if row.former_id is None else row.former_id
    topic = f"/{row.thread_id}" if row.thread_id else ""
    return Recipient(
        chat_id=row.chat_id, thread_id=row.thread_id or None, key=f"{notice_id}:{first_id}{topic}"
    )


async def _received(
    connection: AsyncConnection, notice_id: str, audience: Audience, after: int | None, limit: int
) -> Page:
    """Messages of an earlier notice; a delivery keeps its id in the archive, so both are one list."""
    parts = [_arrived(table, audience) for table in (deliveries, archived_deliveries)]
    rows = (await connection.execute(in_pages(parts, after or 0, limit))).all()
    (earlier,) = audience.values
    recipients = [
        Recipient(
            chat_id=row.chat_id,
            thread_id=row.thread_id,
            key=notice_id + row.key.removeprefix(earlier),
            edits=row.message_id,
        )
        for row in rows
    ]
    return Page(recipients=recipients, checkpoint=rows[-1].id if rows else after, last=len(rows) < limit)


def _arrived(table: Table, audience: Audience) -> Select[Any]:
    of = table.c
    return select(of.id, of.key, of.chat_id, of.thread_id, of.message_id).where(
        of.notice_id.in_(audience.values),
        of.state == DeliveryState.SENT.value,
        of.message_id.is_not(None),
    )
