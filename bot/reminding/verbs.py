"""What the buttons of reminders mean, and what each carries."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.buttons import Act, Room

_NOTICE = "reminders:"  # what the ids of reminders begin with, before 16 characters
_SHORT = re.compile(r"[0-9a-f]{16}", re.ASCII)
_VALUE = re.compile(r"([0-9a-f]{16})(?:\.([0-9]{1,18}))?(?:\.([a-z]{1,9}))?", re.ASCII)


class Verb(StrEnum):
    """What is done about a reminder; an item's number goes with all but the first two."""

    LIST = "list"  # the whole message, a page of it
    ALL = "all"  # acknowledge whatever is open
    CARD = "card"
    SEEN = "seen"  # acknowledge
    DONE = "done"
    UNDO = "undo"
    LATER = "later"  # asks when
    AGAIN = "again"  # a `Later`
    TIMES = "times"  # when it comes
    QUIET = "quiet"  # no more of it
    LOUD = "loud"  # again


class Later(StrEnum):
    """When a reminder can come again."""

    HOUR = "hour"
    DAY = "day"  # the next working day
    WEEK = "week"


class Listing(StrEnum):
    """Lists for administrators; a page goes with them, without one they come in a new message."""

    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One press of a button of a reminder."""

    verb: Verb
    short: str  # of the message's id
    number: int | None = None  # of an item, or a page
    later: Later | None = None

    @property
    def notice(self) -> str:
        """The id of the message that reminded."""
        return f"{_NOTICE}{self.short}"

    @property
    def whole(self) -> bool:
        """Whether it is about all that the message told."""
        return self.verb in _WHOLE

    def act(self) -> Act:
        """What `parse` reads."""
        parts = (self.short, *(f"{one}" for one in (self.number, self.later) if one is not None))
        return Act(room=Room.REMINDER, verb=self.verb, value=".".join(parts))

    @classmethod
    def parse(cls, act: Act) -> Self | None:
        """What was pressed; None for what this version does not know."""
        match = _VALUE.fullmatch(act.value)
        if match is None or act.verb not in _VERBS or (match[3] or Later.HOUR) not in _LATER:
            return None
        verb, number, later = Verb(act.verb), match[2], match[3]
        if (number is None and verb not in _WHOLE) or ((later is None) is (verb is Verb.AGAIN)):
            return None
        return cls(
            verb=verb,
            short=match[1],
            number=int(number) if number else None,
            later=Later(later) if later else None,
        )


def short_of(notice: str) -> str | None:
    """The part of a message's id that its buttons carry; None for what is no reminder."""
    short = notice.removeprefix(_NOTICE)
    return short if _SHORT.fullmatch(short) else None


_VERBS, _LATER = frozenset(Verb), frozenset(Later)
_WHOLE = frozenset({Verb.LIST, Verb.ALL})
