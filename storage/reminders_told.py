"""What is told: the messages that due reminders make, one a place, and those that administrators get."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from domain.delivery import Notice, NoticeKind, Recipient
from domain.reminders import SNOOZE, Fate, ReminderSettings, ReminderState, shortest_leads
from storage.database import to_json

NOTICE = "reminders:"  # and 16 characters, so that a button can name it
Decided = tuple[Row[Any], Fate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One notice, for all that are told the very same."""

    notice: Notice
    recipients: list[Recipient] = field(default_factory=list)
    reminders: list[int] = field(default_factory=list)  # that are told by it


def to_places(told: Iterable[Decided], known: Mapping[int, ReminderSettings], now: datetime) -> list[Message]:
    """One message for each place that has something to be told."""
    by_place: defaultdict[tuple[int, int], list[Decided]] = defaultdict(list)
    for row, its in told:
        by_place[row.chat_id, row.thread_id].append((row, its))
    messages: dict[str, Message] = {}
    for some in by_place.values():
        place = some[0][0]
        day = known[place.profile_id].day_of(now)
        notice = _notice({"day": day.isoformat(), "items": list(shortest_leads(_items(some)))})
        one = messages.setdefault(notice.id, Message(notice=notice))
        one.recipients.append(_recipient(notice.id, place))
        one.reminders.extend(row.id for row, _ in some)
    return list(messages.values())


def to_administrators(admins: Collection[int], decided: Iterable[Decided], day: date) -> list[Message]:
    """What nobody answered, in one message; and, once a day, that something was missed."""
    escalated = [(row, its) for row, its in decided if its.state is ReminderState.ESCALATED]
    messages = []
    if escalated:
        unanswered = [
            _unanswered(row, item) for (row, _), item in zip(escalated, _items(escalated), strict=True)
        ]
        notice = _notice({"day": day.isoformat(), "unanswered": unanswered})
        messages.append(_to_all(notice, admins, [row.id for row, _ in escalated]))
    if any(its.state is ReminderState.MISSED for _, its in decided):
        facts = {"day": day.isoformat(), "missed": True}
        notice = Notice(id=f"{NOTICE}missed:{day}", kind=NoticeKind.REMINDER, facts=facts)
        messages.append(_to_all(notice, admins))
    return messages


def _items(some: Iterable[Decided]) -> list[dict[str, Any]]:
    return [
        {
            **row.document,
            "id": row.occurrence_id,
            "lead": row.lead,
            "late": its.state is ReminderState.LATE,
            "repetition": row.repetition % SNOOZE,  # how often nobody answered
            "snoozes": row.repetition // SNOOZE,
        }
        for row, its in some
    ]


def _unanswered(row: Row[Any], item: dict[str, Any]) -> dict[str, Any]:
    place = {"chat_id": row.chat_id, "thread_id": row.thread_id or None, "title": row.title or ""}
    return {**item, **place, "told_at": row.told_at.isoformat() if row.told_at else None}


def _notice(facts: dict[str, Any]) -> Notice:
    """Its id is made of what it tells and on which day, so that telling it twice makes one delivery."""
    digest = hashlib.sha256(to_json(facts).encode()).hexdigest()[:16]
    return Notice(id=f"{NOTICE}{digest}", kind=NoticeKind.REMINDER, facts=facts)


def _recipient(notice_id: str, row: Row[Any]) -> Recipient:
    # By the first id of the chat, which it keeps in the key when it becomes a supergroup.
    first_id = row.chat_id if row.former_id is None else row.former_id
    topic = f"/{row.thread_id}" if row.thread_id else ""
    return Recipient(
        chat_id=row.chat_id, thread_id=row.thread_id or None, key=f"{notice_id}:{first_id}{topic}"
    )


def _to_all(notice: Notice, admins: Iterable[int], reminders: Iterable[int] = ()) -> Message:
    recipients = [Recipient(chat_id=one, key=f"{notice.id}:{one}") for one in admins]
    return Message(notice=notice, recipients=recipients, reminders=list(reminders))
