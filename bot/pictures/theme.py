"""Measures and colours of pictures: what a phone shows legibly, by day and by night."""

from dataclasses import dataclass
from enum import StrEnum

WIDTH = 1200  # pixels: three for each of a phone's points
PAD = 56  # around everything
CARD_PAD = 36  # within a card
CORNER = 28  # the radius of its corners
INNER = WIDTH - 2 * PAD
AXIS = PAD + 52, WIDTH - PAD - 52  # where the first day is, and the last


class Look(StrEnum):
    """By day or by night."""

    LIGHT = "l"
    DARK = "d"

    @property
    def other(self) -> "Look":
        """The one that is not shown."""
        return Look.DARK if self is Look.LIGHT else Look.LIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours by what they are for."""

    ground: str
    card: str
    band: str  # every other year
    ink: str
    muted: str
    hair: str  # thin lines
    accent: str  # under way, or ahead
    past: str
    soon: str
    today: str
    on_colour: str  # letters on any of these
    ahead: str  # ground of what has not begun

    def faint(self, colour: str) -> str:
        """A colour as the ground of letters in it."""
        return _mixed(colour, self.card, 0.14)


def _mixed(colour: str, ground: str, part: float) -> str:
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one * part + other * (1 - part)):02x}" for one, other in pairs)


THEMES = {
    Look.LIGHT: Theme(
        ground="#eef1f6",
        card="#ffffff",
        band="#f6f8fb",
        ink="#16202e",
        muted="#667389",
        hair="#e6eaf0",
        accent="#1d5fbf",
        past="#6f7b8e",
        soon="#b95c00",
        today="#d3372c",
        on_colour="#ffffff",
        ahead="#dbe7f8",
    ),
    Look.DARK: Theme(
        ground="#0d1219",
        card="#18212d",
        band="#1d2734",
        ink="#eef2f8",
        muted="#94a1b5",
        hair="#2b3645",
        accent="#6ea8ff",
        past="#8593a8",
        soon="#f0a53a",
        today="#ff6a5e",
        on_colour="#0d1219",
        ahead="#24395a",
    ),
}
