"""What people wait for: the answer to a pressed button, the results of an inline query."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import Json, query_too_old

_REMEMBERED = 10_000


@dataclass(kw_only=True, slots=True)
class Press:
    """A button press that waits for its answer."""

    person: int
    chat: int
    message: int
    deadline: float
    answer: Json | None = None


@dataclass(kw_only=True, slots=True)
class Ask:
    """An inline query that waits for its results."""

    person: int
    query: str
    deadline: float
    results: list[Json] | None = None
    button: Json | None = None


@dataclass(kw_only=True, slots=True)
class Waiting:
    """Presses and inline queries by their ids; the oldest are forgotten."""

    presses: OrderedDict[str, Press] = field(default_factory=OrderedDict)
    asks: OrderedDict[str, Ask] = field(default_factory=OrderedDict)

    def add_press(self, press: Press) -> str:
        """Remember a button press; returns the callback query's id."""
        return _remember(self.presses, press)

    def add_ask(self, ask: Ask) -> str:
        """Remember an inline query; returns its id."""
        return _remember(self.asks, ask)

    def open_press(self, query_id: str, now: float) -> Press:
        """The press a callback answer is for; raises ApiError 400 when it is late, answered or unknown."""
        press = self.presses.get(query_id)
        if press is None or press.answer is not None or press.deadline < now:
            raise query_too_old()
        return press

    def open_ask(self, query_id: str, now: float) -> Ask:
        """The query inline results are for; raises ApiError 400 when they are late or were given."""
        ask = self.asks.get(query_id)
        if ask is None or ask.results is not None or ask.deadline < now:
            raise query_too_old()
        return ask


def _remember(waiting: OrderedDict[str, Any], entry: Any) -> str:
    query_id = str(secrets.randbits(60))
    waiting[query_id] = entry
    while len(waiting) > _REMEMBERED:
        waiting.popitem(last=False)
    return query_id
