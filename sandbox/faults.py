"""Faults that can be switched on: what goes wrong, for which calls, how often."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from sandbox.errors import Json


class Kind(StrEnum):
    """What goes wrong with a call."""

    TOO_MANY = "too_many"  # 429 with retry_after = seconds; not accepted
    FORBIDDEN = "forbidden"  # 403; not accepted
    BAD_REQUEST = "bad_request"  # 400; not accepted
    MIGRATE = "migrate"  # the group becomes a supergroup and the call tells its new id
    SERVER_ERROR = "server_error"  # 500 with a description; not accepted
    SERVER_ERROR_BARE = "server_error_bare"  # 500 without a description; not accepted
    HTML_502 = "html_502"  # a proxy's HTML page; not accepted
    DROP_BEFORE = "drop_before"  # the connection ends, the call was not accepted
    DROP_AFTER = "drop_after"  # the connection ends, the call was accepted
    STALL = "stall"  # accepted at once, answered after `seconds`


_SPARED = frozenset(
    {"getupdates", "getme", "setwebhook", "deletewebhook", "getwebhookinfo", "logout", "close"}
)
"""Methods a fault strikes only when it names them: a bot could not even start."""


@dataclass(kw_only=True, slots=True)
class Fault:
    """One fault that waits for calls."""

    id: int
    kind: Kind
    method: str | None = None
    """Only this method; None for all that write to a chat or ask about one."""
    chat: int | None = None
    """Only this chat."""
    probability: float = 1.0
    """Share of the calls struck."""
    left: int | None = None
    """Calls still to be struck; None until it is removed."""
    seconds: int = 3
    """retry_after, or how long to stall."""
    struck: int = 0
    """Calls struck so far."""

    def matches(self, method: str, chat: int | None) -> bool:
        """Whether the fault is about such a call."""
        if self.chat is not None and self.chat != chat:
            return False
        if self.method is None:
            return method.lower() not in _SPARED
        return self.method.lower() == method.lower()

    def state(self) -> Json:
        """The fault as JSON."""
        names = ("id", "kind", "method", "chat", "probability", "left", "seconds", "struck")
        return {name: getattr(self, name) for name in names}


@dataclass(kw_only=True, slots=True)
class Faults:
    """All faults switched on; the oldest that matches strikes."""

    dice: random.Random = field(default_factory=random.Random)
    active: dict[int, Fault] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def add(self, values: Json) -> Fault:
        """Switch a fault on; raises ValueError naming what is wrong."""
        fault = Fault(
            id=next(self.ids),
            kind=_kind(values.get("kind")),
            method=_text(values.get("method"), "method"),
            chat=_integer(values.get("chat"), "chat", -(2**63)),
            probability=_probability(values.get("probability", 1.0)),
            left=_integer(values.get("next"), "next", 1),
            seconds=_integer(values.get("seconds", 3), "seconds", 0) or 0,
        )
        self.active[fault.id] = fault
        return fault

    def strike(self, method: str, chat: int | None, *, group: bool) -> Fault | None:
        """The fault this call meets, counted; migration meets groups only."""
        for fault in self.active.values():
            if not fault.matches(method, chat) or (fault.kind is Kind.MIGRATE and not group):
                continue
            if fault.probability < 1 and self.dice.random() >= fault.probability:
                continue
            self._count(fault)
            return fault
        return None

    def _count(self, fault: Fault) -> None:
        fault.struck += 1
        if fault.left is not None:
            fault.left -= 1
            if not fault.left:
                del self.active[fault.id]


def _kind(value: object) -> Kind:
    try:
        return Kind(str(value))
    except ValueError:
        raise ValueError(f"kind must be one of {', '.join(Kind)}") from None


def _text(value: object, name: str) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text")  # noqa: TRY004 - the caller answers 400 to one error type
    return value


def _integer(value: object, name: str, least: int) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}")
    return value


def _probability(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise ValueError("probability must be a number above 0, at most 1")
    return float(value)
