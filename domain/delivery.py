"""One message to one chat: what is said, where it stands, how a try ended, and what follows from that."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, Self, TypeAlias

from domain import errors
from domain.languages import Language


class DeliveryState(StrEnum):
    """Where a delivery stands; all but the first three are ends, which only `resend` leaves."""

    PENDING = "pending"  # waits until it is due; with a doubt: waits to be sent again
    HELD = "held"  # as pending, but its broadcast is paused
    SENDING = "sending"  # a courier holds it under a lease; from `handed_at` on it may have arrived
    SENT = "sent"  # Telegram took it and told us the message's id
    FAILED = "failed"  # refused for good, or tried as often as patience allows; it did not arrive
    UNREACHABLE = "unreachable"  # the chat can't be written to; it did not arrive
    UNCERTAIN = "uncertain"  # handed to the network, never heard of, and no further try made sure
    CANCELLED = "cancelled"  # called back before it was handed to the network

    @property
    def settled(self) -> bool:
        """Nothing more will be done by itself."""
        return self not in {DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.SENDING}


class Priority(IntEnum):
    """What goes first; the smaller, the earlier."""

    URGENT = 0  # reminders and whatever a person waits for
    BROADCAST = 1


class NoticeKind(StrEnum):
    """What a message consists of; text beside a photo or document is its caption."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    RECALL = "recall"  # no message: an earlier one is deleted
    REMINDER = "reminder"  # words are made of `facts` when it is sent


Words: TypeAlias = Mapping[Language, str]  # at least one language; `in_language` chooses


def in_language(words: Words, language: Language) -> str:
    """The words for a reader: theirs, else Simplified (the office's own), else whatever there is."""
    for one in (language, Language.SIMPLIFIED):
        if one in words:
            return words[one]
    return next(iter(words.values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that opens `url`, or sends `data` (64 bytes at most) back to us."""

    label: Words
    url: str | None = None
    data: str | None = None

    def __post_init__(self) -> None:
        if (self.url is None) == (self.data is None):
            raise ValueError("a button has either an address or data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is said to many chats; written once, never changed, its words chosen when it is sent."""

    id: str
    kind: NoticeKind = NoticeKind.TEXT
    text: Words = field(default_factory=dict)  # HTML
    media: str | None = None  # Telegram's file id
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows, from the top
    silent: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)  # of a reminder: plain values

    def to_json(self) -> dict[str, Any]:
        """As plain values that `from_json` reads; the id is apart, as it is the key."""
        plain = asdict(self)
        del plain["id"]
        return plain

    @classmethod
    def from_json(cls, notice_id: str, plain: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote, now or before there were reminders."""
        return cls(
            id=notice_id,
            kind=NoticeKind(plain["kind"]),
            text=_words(plain["text"]),
            media=plain["media"],
            buttons=tuple(
                tuple(Button(label=_words(one["label"]), url=one["url"], data=one["data"]) for one in row)
                for row in plain["buttons"]
            ),
            silent=plain["silent"],
            facts=plain.get("facts", {}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom to write to: a chat, in a forum its topic; `key` where the delivery is about something else.

    `edits` is the id of an earlier message in that chat, which gets the notice's words or is deleted.
    """

    chat_id: int
    thread_id: int | None = None
    key: str | None = None
    edits: int | None = None

    def key_of(self, notice_id: str) -> str:
        """What makes the delivery unique: one notice reaches one place once, unless told otherwise."""
        if self.key is not None:
            return self.key
        place = f"{self.chat_id}" if self.thread_id is None else f"{self.chat_id}/{self.thread_id}"
        return f"{notice_id}:{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One notice on its way to one chat, as a courier claimed it or a report lists it; instants in UTC."""

    id: int
    key: str  # unique: what it is about, so that writing it twice makes one
    notice_id: str
    chat_id: int
    thread_id: int | None
    edits: int | None  # an earlier message to change, instead of sending one
    priority: Priority
    state: DeliveryState
    attempts: int  # tries that failed and were its own fault, before this one
    doubts: int  # times it was handed to the network and not heard of; above 0: possibly repeated
    due_at: datetime
    lease_until: datetime | None
    worker: str | None
    error: str | None  # of the last try that failed
    message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many deliveries stand where, and how many of all may have arrived twice."""

    by_state: Mapping[DeliveryState, int]  # every state, 0 included
    doubtful: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def open(self) -> int:
        """Those that are not settled."""
        return sum(number for state, number in self.by_state.items() if not state.settled)


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Again:
    """To be sent again at `at`."""

    at: datetime
    error: str
    counted: bool = True  # against patience; not where we were only told to wait
    doubtful: bool = False  # it may have arrived all the same: no answer came in time


@dataclass(frozen=True, slots=True)
class Failed:
    """It will never be accepted, or was tried often enough."""

    error: str
    doubtful: bool = False  # as above


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The chat can't be written to."""

    error: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The chat goes on under `chat_id`: to be sent there at once."""

    chat_id: int


Outcome: TypeAlias = Sent | Again | Failed | Unreachable | Migrated


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to keep trying: waits grow from `first` to `last` seconds, `attempts` tries in all.

    By default some eight hours at most, so that a network dead for a night costs no message.
    """

    first: float = 1.0
    last: float = 600.0
    attempts: int = 60

    def wait(self, attempts: int, jitter: float) -> float:
        """Seconds to wait after so many failures: anything up to the bound, so that not all come at once."""
        return min(self.last, self.first * 2.0 ** min(attempts, 30)) * jitter


PATIENCE = Patience()
MAX_DOUBTS = 2  # the first is sent again, once; the second ends it


def after_failure(
    error: errors.DeliveryError,
    attempts: int,
    now: datetime,
    jitter: float,
    *,
    patience: Patience = PATIENCE,
) -> Again | Failed | Unreachable | Migrated:
    """What follows from an error.

    Args:
        error: what the sender raised.
        attempts: of the delivery as it was claimed.
        now: an aware instant.
        jitter: drawn from 0 to 1.
        patience: when to give up.
    """
    doubtful = isinstance(error, errors.Retryable) and error.doubtful
    match error:
        case errors.Migrated() if attempts + 1 < patience.attempts:
            return Migrated(error.chat_id)
        case errors.Unreachable():
            return Unreachable(str(error))
        case errors.Retryable(after=float() | int() as after):
            # Being told to wait says nothing about the message, so it never uses patience up.
            pause = timedelta(seconds=after + patience.first * jitter)
            return Again(now + pause, str(error), counted=False, doubtful=doubtful)
        case errors.Retryable() if attempts + 1 < patience.attempts:
            pause = timedelta(seconds=patience.wait(attempts, jitter))
            return Again(now + pause, str(error), doubtful=doubtful)
        case _:
            return Failed(str(error), doubtful=doubtful)


def after_lease(doubts: int, *, handed: bool) -> tuple[DeliveryState, int]:
    """State and doubts of a delivery whose courier was not heard of before its lease ended.

    Not handed to the network: it surely did not arrive, as if it had not been claimed. Handed: it may have
    arrived; it is sent again once, and after a second silence left to people.
    """
    if not handed:
        return DeliveryState.PENDING, doubts
    doubts += 1
    return (DeliveryState.UNCERTAIN if doubts >= MAX_DOUBTS else DeliveryState.PENDING), doubts


def ended(state: DeliveryState, doubts: int) -> DeliveryState:
    """The true end of a delivery: one that may have arrived earlier is not said to have failed."""
    return DeliveryState.UNCERTAIN if doubts and state is not DeliveryState.SENT else state


def _words(plain: Mapping[str, str]) -> Words:
    return {Language(tag): text for tag, text in plain.items()}
