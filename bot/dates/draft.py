"""A date while it is typed or changed: kept with the conversations, so that a restart loses none."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from domain.events import EventKind
from domain.policy import Name
from language.script import to_simplified
from scheduler.repetition import Repeat, next_times, repeated
from scheduler.typed.lines import DateLine
from storage.conversations import Conversation, Conversations
from storage.dates import AddedDate


class Waiting(StrEnum):
    """What the next message is taken to be; without any, a message is a question as ever."""

    LINE = "line"  # a date with its name
    NAME = "name"  # of the draft
    TIME = "time"  # when it shall come


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A date as it will be saved."""

    id: str  # stands in every button, so that a press on an old draft is recognised
    what: AddedDate
    anchor: date  # the day from which it may be made to come in another way
    number: int | None = None  # of the date that it changes; None for a new one

    @classmethod
    def of_line(cls, line: DateLine, today: date) -> Self:
        """A new date."""
        blank = AddedDate(name=_name(line.name), first=today)
        kind = EventKind.COLLECTION if line.collection else EventKind.DATE
        new = replace(blank, kind=kind).at(line.when)
        return cls(id=_new_id(), what=new, anchor=_anchor(new, today))

    @classmethod
    def of_date(cls, number: int, held: AddedDate, today: date) -> Self:
        """A change of one that is there."""
        return cls(id=_new_id(), what=held, anchor=_anchor(held, today), number=number)

    def named(self, name: str) -> Self:
        """With another name."""
        return replace(self, what=replace(self.what, name=_name(name)))

    def timed(self, line: DateLine, today: date) -> Self:
        """Coming at another time, and with another name where the line has one."""
        new = self.what.at(line.when)
        moved = replace(self, what=new, anchor=_anchor(new, today))
        return moved.named(line.name) if line.name else moved

    def repeated(self, repeat: Repeat, today: date) -> Self:
        """Coming in another way.

        Raises:
            ValueError: it can't, in the years we know.
        """
        return replace(self, what=self.what.at(repeated(self.anchor, self.what.days, repeat, today)))

    def of_other_kind(self) -> Self:
        """An ordinary date in place of a collection of figures, or the other way round."""
        kind = EventKind.DATE if self.what.kind is EventKind.COLLECTION else EventKind.COLLECTION
        return replace(self, what=replace(self.what, kind=kind))

    def belonging(self, policy: str = "", department: str = "") -> Self:
        """Belonging to a policy, to a department of it, or to neither."""
        return replace(self, what=replace(self.what, policy=policy, department=department))

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        one = self.what
        return {
            "id": self.id,
            "number": self.number,
            "anchor": self.anchor.isoformat(),
            "kind": one.kind.value,
            "name": [one.name.zh, one.name.en],
            "first": one.first.isoformat(),
            "days": one.days,
            "rule": one.rule,
            "lunar": one.lunar,
            "policy": one.policy,
            "department": one.department,
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """What `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: it was written in an older form.
        """
        zh, en = given["name"]
        one = AddedDate(
            kind=EventKind(given["kind"]),
            name=Name(zh=zh, en=en),
            first=date.fromisoformat(given["first"]),
            days=given["days"],
            rule=given["rule"],
            lunar=tuple(given["lunar"]) if given["lunar"] else None,
            policy=given["policy"],
            department=given["department"],
        )
        anchor = date.fromisoformat(given["anchor"])
        return cls(id=given["id"], what=one, anchor=anchor, number=given["number"])


class Drafts:
    """One an administrator, found by their id, with what it waits for."""

    def __init__(self, conversations: Conversations, clock: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._clock = clock

    async def waiting(self, person_id: int) -> Waiting | None:
        """What the next message is; asked of each, so it costs next to nothing."""
        if not self._conversations.listens(_key(person_id)):
            return None
        state = (await self._conversations.get(_key(person_id))).state
        return Waiting(state) if state in set(Waiting) else None

    async def get(self, person_id: int, draft_id: str | None = None) -> Draft | None:
        """The draft in work, if it has that id; None where there is none, or one of an older form."""
        held = await self._conversations.get(_key(person_id))
        try:
            draft = Draft.from_json(held.data)
        except (KeyError, TypeError, ValueError):
            return None
        return draft if draft_id in (None, draft.id) else None

    def put(self, person_id: int, draft: Draft | None, waiting: Waiting | None = None) -> None:
        """Keep a draft and what it waits for; nothing at all is forgotten."""
        held = Conversation(state=waiting, data=draft.to_json() if draft else {})
        self._conversations.put(_key(person_id), held, self._clock())

    def leave(self, person_id: int) -> None:
        """Forget the draft, and wait for nothing."""
        self.put(person_id, None)


def _name(typed: str) -> Name:
    return Name(zh=to_simplified(typed))  # as all names are kept; readers of Traditional get theirs


def _anchor(one: AddedDate, today: date) -> date:
    """The next time it comes; the first one where all are over."""
    return next((time.first for time in next_times(one.when, today, 1)), one.first)


def _new_id() -> str:
    return secrets.token_hex(3)


def _key(person_id: int) -> str:
    return f"dates:{person_id}"
