"""What pressing a button means, and its 64 bytes of callback data."""

import re
from dataclasses import dataclass

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


Press = Tell | Browse | Open | AskAbout | SetLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button with its label; `press` is what it does, or the address it opens."""

    label: str
    press: Press | str


Rows = tuple[tuple[Button, ...], ...]

_BROWSE = re.compile(r"([0-9]{1,4})\.(.+)", re.ASCII)


def encode(press: Press) -> str:
    """The callback data: plain ASCII, at most 64 bytes."""
    match press:
        case Tell(reference=reference):
            return f"a{codes.encode(reference)}"
        case Browse(reference=reference, page=page):
            return f"b{page}.{codes.encode(reference)}"
        case Open(reference=reference):
            return f"o{codes.encode(reference)}"
        case AskAbout(reference=reference):
            return f"k{codes.encode(reference)}"
        case SetLanguage(language=language, greet=greet):
            return f"{'g' if greet else 'l'}{language}"


def decode(data: str) -> Press | None:
    """What was pressed; None for data that is not ours, or of an older form."""
    form, rest = data[:1], data[1:]
    if form in ("g", "l"):
        return SetLanguage(language=Language(rest), greet=form == "g") if rest in _TAGS else None
    page = 0
    if form == "b":
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
        case _:
            return None


_TAGS = frozenset(Language)
