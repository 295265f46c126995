"""Broadcasts: what an administrator tells many chats at once, to whom, and how far it has come."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class BroadcastState(StrEnum):
    """Where a broadcast stands. Its draft is a dialog's; it becomes a broadcast when it is confirmed."""

    SCHEDULED = "scheduled"  # waits for its time
    RUNNING = "running"  # its deliveries are being written and sent
    PAUSED = "paused"  # nothing of it leaves until it is resumed
    FINISHED = "finished"  # every delivery is settled; sending again to those it missed makes it run again
    CANCELLED = "cancelled"  # called back: what had not left never will

    @property
    def ended(self) -> bool:
        """Nothing of it will leave by itself."""
        return self in {BroadcastState.FINISHED, BroadcastState.CANCELLED}


class BroadcastKind(StrEnum):
    """What is done to the chats."""

    SEND = "send"  # a new message
    CORRECTION = "correction"  # the messages of an earlier broadcast get another text
    RECALL = "recall"  # the messages of an earlier broadcast are deleted


class AudienceKind(StrEnum):
    """How the recipients are chosen; always among chats that can be written to and did not opt out."""

    EVERYONE = "everyone"
    LANGUAGE = "language"  # values: language tags; a chat that chose none counts as Simplified
    POLICY = "policy"  # values: policy ids; who follows one of them, or a department of it
    DEPARTMENT = "department"  # values: `policy/department` ids; who follows one of these departments
    REGION = "region"  # values: names of regions; who follows one of `policies`
    CHATS = "chats"  # values: chat ids
    RECEIVED = "received"  # values: one broadcast's id; whoever got a message of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is meant; `policies` are the ids that a choice of regions stood for when it was made."""

    kind: AudienceKind
    values: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain values that `from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            kind=AudienceKind(plain["kind"]),
            values=tuple(plain["values"]),
            policies=tuple(plain["policies"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The message in which an administrator watches a broadcast."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One broadcast; instants in UTC. Its notice has the same id."""

    id: str  # 16 hexadecimal digits
    kind: BroadcastKind = BroadcastKind.SEND
    original: str | None = None  # the broadcast that is corrected or recalled
    state: BroadcastState = BroadcastState.SCHEDULED
    audience: Audience
    author_id: int
    author: str  # name, as it was then
    created_at: datetime
    start_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    checkpoint: int | None = None  # the last chat (or earlier delivery) whose delivery was written
    spread: bool = False  # every delivery is written
    recipients: int = 0  # deliveries written so far
    expected: int = 0  # size of the audience when it was confirmed
    card: Card | None = None
