"""What pressing a button means, and its 64 bytes of callback data."""

import re
from dataclasses import dataclass
from enum import StrEnum

from answering.answer import Reference
from bot import codes
from domain.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Answer this, in a new message."""

    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Browse:
    """Turn the message into this place; `page` counts from 0."""

    reference: Reference
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Show this place in a new message."""

    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAbout:
    """Take the next question to be about this."""

    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLanguage:
    """Speak this language from now on; with `greet` the message becomes the greeting in it."""

    language: Language
    greet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Be told about this policy or department, or no more; `page` is that of the list under it."""

    reference: Reference
    on: bool
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive:
    """Get broadcasts in this chat, or no more."""

    on: bool


class Step(StrEnum):
    """Steps of composing a broadcast; what each carries stands beside it."""

    SHEET = "sheet"
    CONTENT = "content"
    LANGUAGES = "langs"
    TRANSLATE = "lang"  # a language
    UNTRANSLATE = "nolang"  # a language
    LINKS = "links"
    NO_LINKS = "nolinks"
    AUDIENCE = "to"
    KIND = "kind"  # an audience's kind
    POLICY = "of"  # the policy whose departments are chosen
    PICK = "pick"  # what is chosen, or no more
    PAGE = "page"  # of the choices
    PREVIEW = "preview"
    LATER = "later"
    AT = "at"  # a preset time
    NOW = "now"  # the draft's version
    THEN = "then"  # the same, at the time that was chosen
    DROP = "drop"
    ANEW = "anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compose:
    """Go on with the draft of this id."""

    id: str
    step: Step
    value: str = ""


class Deed(StrEnum):
    """What is done to a broadcast."""

    SHOW = "show"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"  # asks first
    CANCELLED = "cancelled"
    RESEND = "resend"
    EXPORT = "export"
    CORRECT = "correct"
    RECALL = "recall"  # asks first
    RECALLED = "recalled"  # the id that the recall will have
    LEAVE = "leave"  # no, to what was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Steer:
    """Do something to the broadcast of this id."""

    id: str
    deed: Deed
    value: str = ""


class Pages(StrEnum):
    """Lists for administrators."""

    BROADCASTS = "b"
    AUDIT = "a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Older:
    """Show what stands before this in a list: an entry's number, or an instant in microseconds."""

    pages: Pages
    before: int


class Errand(StrEnum):
    """What is done about addresses of other channels; which one, and what else it carries."""

    LIST = "l"  # all of them, a page
    NEW = "n"
    SHOW = "s"
    POLICIES = "p"  # that it may follow, a page
    OPEN = "o"  # a policy, a page of its departments
    FOLLOW = "y"  # a reference
    UNFOLLOW = "u"  # a reference
    SPEAK = "g"  # the number of a language
    TEST = "t"
    AGAIN = "a"
    REMOVE = "r"  # asks first
    REMOVED = "d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manage:
    """Do something about the address of this number, counted from 0; `page` is another number it carries."""

    errand: Errand
    address: int = 0
    page: int = 0
    reference: Reference | None = None


class Look(StrEnum):
    """What is done about a text that was read; what each carries stands beside it."""

    CARD = "card"
    LIST = "list"  # a kind of entries, and a page
    ENTRY = "entry"  # an entry's id
    DROP = "drop"  # an entry's id
    EDIT = "edit"  # an entry's id, and a field
    CHANGES = "changes"  # a page, where it is another text of the same policy
    TAKE = "take"  # an entry's id and a page: take it over from the shorter text, or no more
    RELATION = "as"  # what it is to the text held
    READ = "read"  # of the pieces that came so far
    PUBLISH = "publish"  # the draft's version
    DISCARD = "discard"  # asks first
    DISCARDED = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspect:
    """Go on with the text of this id, which was read."""

    id: str
    look: Look
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """Show the clause of this verbatim."""

    reference: Reference


class Room(StrEnum):
    """Where an `Act` belongs; each has its own handlers, which know its verbs."""

    REMINDER = "n"  # a message that reminded
    MINE = "m"  # what a place follows, and how it is reminded
    AHEAD = "h"  # what comes: lists, calendar, timeline
    DATES = "t"  # dates that administrators add
    INVITATIONS = "i"
    FEED = "w"  # the calendar address


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Do something in a room; what `value` is depends on the verb."""

    room: Room
    verb: str  # lower-case letters, 9 at most
    value: str = ""  # plain ASCII; all three fit into 64 bytes


Press = (
    Tell
    | Browse
    | Open
    | AskAbout
    | SetLanguage
    | Follow
    | Receive
    | Compose
    | Steer
    | Older
    | Manage
    | Inspect
    | Original
    | Act
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button with its label; `press` is what it does, or the address it opens."""

    label: str
    press: Press | str


Rows = tuple[tuple[Button, ...], ...]

_BROWSE = re.compile(r"([0-9]{1,4})\.(.+)", re.ASCII)
_BY_ID = re.compile(r"([0-9a-f]{16})\.([a-z]{2,9})(?:\.([A-Za-z0-9_-]{1,32}))?", re.ASCII)
_MANAGE = re.compile(r"([0-9]{1,6})([a-z])([0-9]{1,3})(?:\.(.+))?", re.ASCII)
_ACT = re.compile(r"([nmhtiw])([a-z]{1,9})(?:\.([!-~]{1,62}))?", re.ASCII)
_LONGEST = 64  # what Telegram takes
_OLDER = re.compile(r"([ab])([0-9]{1,18})", re.ASCII)


def encode(press: Press) -> str:
    """The callback data: plain ASCII, at most 64 bytes."""
    match press:
        case Tell() | Open() | AskAbout() | Original():
            return f"{_FORMS[type(press)]}{codes.encode(press.reference)}"
        case Browse(reference=reference, page=page):
            return f"b{page}.{codes.encode(reference)}"
        case SetLanguage(language=language, greet=greet):
            return f"{'g' if greet else 'l'}{language}"
        case Follow(reference=reference, on=on, page=page):
            return f"{'f' if on else 'u'}{page}.{codes.encode(reference)}"
        case Receive(on=on):
            return f"r{on:d}"
        case Compose(id=draft_id, step=step, value=value):
            return f"d{_joined(draft_id, step, value)}"
        case Steer(id=broadcast_id, deed=deed, value=value):
            return f"c{_joined(broadcast_id, deed, value)}"
        case Inspect(id=reading_id, look=look, value=value):
            return f"v{_joined(reading_id, look, value)}"
        case Older(pages=pages, before=before):
            return f"p{pages}{before}"
        case Manage(errand=errand, address=address, page=page, reference=reference):
            return f"x{address}{errand}{page}" + (f".{codes.encode(reference)}" if reference else "")
        case Act(room=room, verb=verb, value=value):
            return _act(f"{room}{verb}.{value}" if value else f"{room}{verb}")


def decode(data: str) -> Press | None:
    """What was pressed; None for data that is not ours, or of an older form."""
    form, rest = data[:1], data[1:]
    if form in ("g", "l"):
        return SetLanguage(language=Language(rest), greet=form == "g") if rest in _TAGS else None
    if form == "x":
        return _decode_manage(rest)
    if form in _ROOMS or form in ("r", "d", "c", "v", "p"):
        return _decode_own(form, rest)
    page = 0
    if form in ("b", "f", "u"):
        match = _BROWSE.fullmatch(rest)
        if match is None:
            return None
        page, rest = int(match[1]), match[2]
    reference = codes.decode(rest)
    if reference is None:
        return None
    match form:
        case "a":
            return Tell(reference=reference)
        case "b":
            return Browse(reference=reference, page=page)
        case "o":
            return Open(reference=reference)
        case "k":
            return AskAbout(reference=reference)
        case "q":
            return Original(reference=reference)
        case "f" | "u":
            return Follow(reference=reference, on=form == "f", page=page)
        case _:
            return None


def _decode_own(form: str, rest: str) -> Press | None:
    """What carries no reference."""
    if form in _ROOMS:
        act = _ACT.fullmatch(form + rest)
        return Act(room=Room(act[1]), verb=act[2], value=act[3] or "") if act else None
    if form == "r":
        return Receive(on=rest == "1") if rest in ("0", "1") else None
    if form == "p":
        older = _OLDER.fullmatch(rest)
        return Older(pages=Pages(older[1]), before=int(older[2])) if older else None
    match = _BY_ID.fullmatch(rest)
    if match is None or match[2] not in _VERBS[form]:
        return None
    if form == "v":
        return Inspect(id=match[1], look=Look(match[2]), value=match[3] or "")
    if form == "d":
        return Compose(id=match[1], step=Step(match[2]), value=match[3] or "")
    return Steer(id=match[1], deed=Deed(match[2]), value=match[3] or "")


def _decode_manage(rest: str) -> Manage | None:
    match = _MANAGE.fullmatch(rest)
    reference = codes.decode(match[4]) if match and match[4] else None
    if match is None or match[2] not in _ERRANDS or (match[4] and reference is None):
        return None
    return Manage(errand=Errand(match[2]), address=int(match[1]), page=int(match[3]), reference=reference)


def _act(text: str) -> str:
    if _ACT.fullmatch(text) is None or len(text) > _LONGEST:
        raise ValueError(f"this does not fit a button: {text}")
    return text


def _joined(own_id: str, verb: str, value: str) -> str:
    text = f"{own_id}.{verb}.{value}" if value else f"{own_id}.{verb}"
    if _BY_ID.fullmatch(text) is None:
        raise ValueError(f"this does not fit a button: {text}")
    return text


_FORMS: dict[type, str] = {Tell: "a", Open: "o", AskAbout: "k", Original: "q"}
_VERBS: dict[str, frozenset[str]] = {"d": frozenset(Step), "c": frozenset(Deed), "v": frozenset(Look)}
_ERRANDS = frozenset(Errand)
_ROOMS = frozenset(Room)
_TAGS = frozenset(Language)
