"""What becomes of a delivery's row when its try has ended or its lease has: decided without a database."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeAlias

from domain.delivery import (
    Again,
    Delivery,
    DeliveryState,
    Failed,
    Migrated,
    Outcome,
    Sent,
    Unreachable,
    after_lease,
    ended,
)

Changes: TypeAlias = dict[str, Any]  # column to value

NO_LEASE: Changes = {"worker": None, "lease_until": None, "handed_at": None}
_FIELDS = {one.name for one in fields(Delivery)}
_LONGEST_ERROR = 500


def settled(row: Delivery, worker: str, outcome: Outcome, now: datetime) -> Changes | None:
    """What to write when a worker tells how its try ended; None where that changes nothing."""
    if row.state != DeliveryState.SENDING or row.worker != worker:
        return _late(row, outcome, now)
    if isinstance(outcome, Sent):
        return _end(row, DeliveryState.SENT, now, message_id=outcome.message_id, error=None)
    if row.message_id is not None:
        return _arrived(row, now)
    match outcome:
        case Again():
            return _again(row, outcome, now)
        case Failed(error, doubtful):
            return _end(row, DeliveryState.FAILED, now, doubts=row.doubts + doubtful, error=_clean(error))
        case Unreachable(error):
            return _end(row, DeliveryState.UNREACHABLE, now, error=_clean(error))
        case Migrated() if row.edits is not None:
            # It stayed behind: the same number in the new chat is another message, if any.
            return _end(row, DeliveryState.FAILED, now, error="the message is in the group's former chat")
        case Migrated(chat_id):
            return _pending(chat_id=chat_id, due_at=now, attempts=row.attempts + 1)


def expired(row: Delivery, now: datetime, *, handed: bool) -> Changes:
    """What to write when a lease has ended, the message handed to the network or not."""
    if row.message_id is not None:
        return _arrived(row, now)
    state, doubts = after_lease(row.doubts, handed=handed)
    if state is not DeliveryState.PENDING:
        return _end(row, state, now, doubts=doubts)
    # What may have arrived goes behind what surely did not: whoever crashes again and again, perhaps over
    # one of these, does not begin with them each time.
    return _pending(doubts=doubts, due_at=now) if handed else _pending(doubts=doubts)


def stopped(row: Delivery, change: Changes, stop: DeliveryState, now: datetime) -> Changes:
    """What to write instead of `change` where its broadcast is paused (`stop` is held) or cancelled."""
    if change.get("state") != DeliveryState.PENDING:
        return change
    if stop is DeliveryState.HELD:
        return change | {"state": stop.value}
    return change | _end(row, stop, now, doubts=change.get("doubts", row.doubts))


def changed(row: Delivery, change: Changes) -> Delivery:
    """The delivery as it is once the change is written."""
    return replace(row, **{name: value for name, value in change.items() if name in _FIELDS})


def _late(row: Delivery, outcome: Outcome, now: datetime) -> Changes | None:
    # The lease was lost. That the message arrived stays true all the same.
    if not isinstance(outcome, Sent) or row.state == DeliveryState.SENT:
        return None
    if row.state == DeliveryState.SENDING:
        # Another courier has it, perhaps on its way a second time. However that ends, it has arrived.
        return {"message_id": outcome.message_id}
    # The silence that was a doubt is broken.
    doubts = max(row.doubts - 1, 0)
    return _end(row, DeliveryState.SENT, now, message_id=outcome.message_id, doubts=doubts, error=None)


def _again(row: Delivery, outcome: Again, now: datetime) -> Changes:
    attempts = row.attempts + outcome.counted
    error = _clean(outcome.error)
    state, doubts = after_lease(row.doubts, handed=outcome.doubtful)
    if state is DeliveryState.PENDING:
        return _pending(doubts=doubts, attempts=attempts, error=error, due_at=outcome.at)
    return _end(row, state, now, doubts=doubts, attempts=attempts, error=error)


def _arrived(row: Delivery, now: datetime) -> Changes:
    return _end(row, DeliveryState.SENT, now, error=None)


def _pending(**changes: Any) -> Changes:
    return {"state": DeliveryState.PENDING.value, **NO_LEASE, **changes}


def _end(row: Delivery, state: DeliveryState, now: datetime, **changes: Any) -> Changes:
    end = ended(state, changes.get("doubts", row.doubts))
    return {"state": end.value, "settled_at": now, **NO_LEASE, **changes}


def _clean(error: str) -> str:
    # Neither NUL nor half of a cut emoji can be stored.
    return error.replace("\0", "").encode(errors="replace").decode()[:_LONGEST_ERROR]
