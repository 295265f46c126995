"""What is written once it is decided: how reminders end, what places know now, what is told once more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.channels import is_address
from domain.reminders import SNOOZE, UNANSWERED, Fate, ReminderSettings, ReminderState
from domain.workdays import Workdays
from storage.outbox_desk import BATCH
from storage.outbox_sql import insert_new
from storage.schema import PLANNED, reminders, standings, subscriptions

_row, _who = reminders.c, subscriptions.c
_Place = tuple[int, int, int]  # chat, topic, occurrence


async def end(
    connection: AsyncConnection, ends: Iterable[tuple[int, Fate, str | None]], now: datetime
) -> None:
    """Write down what became of reminders: id, fate, and the notice they were told in."""
    alike: defaultdict[tuple[Fate, str | None], list[int]] = defaultdict(list)
    for reminder, its, notice_id in ends:
        alike[its, notice_id].append(reminder)
    for (its, notice_id), ids in alike.items():
        values: dict[str, Any] = {"state": its.state.value, "reason": its.reason, "notice_id": notice_id}
        values |= {"due_at": its.due_at} if its.due_at else {"ended_at": now}
        for some in (ids[start : start + BATCH] for start in range(0, len(ids), BATCH)):
            await connection.execute(update(reminders).where(_row.id.in_(some)).values(values))


async def note(connection: AsyncConnection, rows: Iterable[Row[Any]], now: datetime) -> None:
    """Write down what each place knows now."""
    told: dict[_Place, dict[str, Any]] = {}
    for row in rows:
        about = _place(row)
        before = row.told_lead if row.told_day == row.day else None
        lead = row.lead if before is None else min(row.lead, before)  # a repetition may be of a longer one
        if about not in told or lead < told[about]["told_lead"]:
            told[about] = {
                **dict(zip(("chat_id", "thread_id", "occurrence_id"), about, strict=True)),
                "told_day": row.day,
                "told_lead": lead,
                "told_at": now,
            }
    if not told:
        return
    kind = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = kind(standings)
    new = statement.excluded
    names = ["told_day", "told_lead", "told_at"]
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["chat_id", "thread_id", "occurrence_id"],
            set_={name: new[name] for name in names},
        ),
        list(told.values()),
    )


async def repeat(
    connection: AsyncConnection,
    told: Iterable[Row[Any]],
    known: Mapping[int, ReminderSettings],
    now: datetime,
    workdays: Workdays,
) -> None:
    """Where nothing more is planned of an event that calls for an answer: tell it once more, if none comes.

    After the last repeat administrators are told instead. Other channels have no way to answer, so they are
    not asked.
    """
    last: dict[_Place, Row[Any]] = {}
    for row in sorted(told, key=lambda one: (one.lead, -one.repetition, one.id)):
        if _asks(row, known):
            last.setdefault(_place(row), row)
    ahead = await _still_planned(connection, last)
    more = [
        _more(row, known[row.profile_id], now, workdays) for about, row in last.items() if about not in ahead
    ]
    if more:
        await connection.execute(insert_new(connection, reminders), more)


def _asks(row: Row[Any], known: Mapping[int, ReminderSettings]) -> bool:
    return (
        known[row.profile_id].repeats > 0
        and row.acknowledged_at is None
        and row.document["to_do"]
        and not is_address(row.chat_id)
    )


async def _still_planned(connection: AsyncConnection, places: Iterable[_Place]) -> set[_Place]:
    of_these = sorted(places)
    found: set[_Place] = set()
    for start in range(0, len(of_these), BATCH):
        some = of_these[start : start + BATCH]
        waiting = (
            select(_who.chat_id, _who.thread_id, _row.occurrence_id)
            .join(subscriptions, _who.id == _row.subscription_id)
            .where(PLANNED, tuple_(_who.chat_id, _who.thread_id, _row.occurrence_id).in_(some))
        )
        found |= {
            (one.chat_id, one.thread_id, one.occurrence_id) for one in await connection.execute(waiting)
        }
    return found


def _more(row: Row[Any], settings: ReminderSettings, now: datetime, workdays: Workdays) -> dict[str, Any]:
    again = row.repetition % SNOOZE < settings.repeats
    due = settings.again(now, workdays)
    return {
        "subscription_id": row.subscription_id,
        "occurrence_id": row.occurrence_id,
        "lead": row.lead if again else UNANSWERED,
        "repetition": row.repetition + 1 if again else 0,
        "planned_for": due,
        "due_at": due,
        "planned_at": now,
        "day": row.day,
        "provisional": False,
        "state": ReminderState.PLANNED.value,
    }


def _place(row: Row[Any]) -> _Place:
    return row.chat_id, row.thread_id, row.occurrence_id
