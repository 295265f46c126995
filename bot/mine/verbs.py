"""The buttons of /mine: what each does, and what it carries."""

from dataclasses import dataclass
from enum import StrEnum

from bot.buttons import Act, Room
from bot.views import View


class Verb(StrEnum):
    """What a press does; what it carries stands beside it."""

    HERE = "here"  # all of it
    LIST = "list"  # what is followed, a page
    DROP = "drop"  # no more of this, and the page
    MORE = "more"  # what could be followed
    POLICIES = "policies"  # a page
    POLICY = "policy"  # one, and the page of its departments
    DATES = "dates"  # that were added, a page
    ON = "on"  # follow this, and the page under it
    OFF = "off"
    MUTES = "mutes"
    MUTE = "mute"  # until when
    SILENT = "silent"  # a page
    HEAR = "hear"  # the id of a time of an event
    OPEN = "open"  # a page
    DONE = "done"  # the id of a time of an event, and the page
    UNDO = "undo"
    LANGUAGE = "language"
    # How a place is reminded; each may carry `@` and the number of an address, whose settings are meant then.
    MANNER = "manner"
    LEADS = "leads"
    LEAD = "lead"  # days
    TIMES = "times"
    TIME = "time"  # 0900
    SPANS = "spans"
    SPAN = "span"  # 0830-1730, and the time of day where that changes too
    ZONES = "zones"
    ZONE = "zone"
    DIGESTS = "digests"
    DIGEST = "digest"
    REPEATS = "repeats"
    REPEAT = "repeat"
    USUAL = "usual"
    TYPE = "type"  # what: a verb


# What a person may not do for a group that they don't administer.
DECIDING = frozenset(
    {
        Verb.DROP, Verb.ON, Verb.OFF, Verb.MUTE, Verb.HEAR, Verb.LEAD, Verb.TIME, Verb.SPAN, Verb.ZONE,
        Verb.DIGEST, Verb.REPEAT, Verb.USUAL, Verb.TYPE,
    }
)  # fmt: skip
MANNERS = frozenset(
    {
        Verb.MANNER, Verb.LEADS, Verb.LEAD, Verb.TIMES, Verb.TIME, Verb.SPANS, Verb.SPAN, Verb.ZONES,
        Verb.ZONE, Verb.DIGESTS, Verb.DIGEST, Verb.REPEATS, Verb.REPEAT, Verb.USUAL, Verb.TYPE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What comes of a press or a message: something to show, a short word, or both."""

    view: View | None = None
    hint: str | None = None
    anew: bool = False  # in a message of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a button carries: something, and the page that it stands on."""

    what: str = ""
    page: int = 0


def to(verb: Verb, what: object = "", page: int | None = None) -> Act:
    """The press of a button."""
    value = f"{what}" if page is None else f"{page}.{what}"
    return Act(room=Room.MINE, verb=verb.value, value=value)


def manner_of(address: int) -> Act:
    """How the address of this number is reminded."""
    return to(Verb.MANNER, f"@{address}")


def carried(value: str) -> Carried | None:
    """What `to` wrote with a page; None for anything else."""
    page, dot, what = value.partition(".")
    if not (dot and page.isascii() and page.isdecimal() and len(page) < 4):
        return None
    return Carried(what=what, page=int(page))


def number(value: str) -> int | None:
    """A plain number within bounds; None for anything else."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 9 else None
