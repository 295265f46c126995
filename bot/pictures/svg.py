"""A page of SVG that grows part by part; every text on it is escaped, and stands where it is put."""

import re
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

# What XML does not take, and what no font for text has (emoji, marks that choose their form).
_UNDRAWN = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\U0001f000-\U0001faff\ufe00-\ufe0f]"
)

_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


class Anchor(StrEnum):
    """Which part of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Page:
    """Parts in the order they are drawn, the later over the earlier; lengths in pixels."""

    def __init__(self, width: int, *, straight: bool = False) -> None:
        """With `straight` quotation marks are: Chinese fonts make the others as wide as characters."""
        self.width = width
        self._straight = straight
        self._parts: list[str] = []

    def add(self, tag: str, **attributes: float | str) -> None:
        """Add any part; `_` in a name stands for `-`."""
        self._parts.append(f"<{tag}{_written(attributes)}/>")

    def box(  # noqa: PLR0913 - where a box stands
        self, left: float, top: float, width: float, height: float, *, fill: str, radius: float = 0
    ) -> None:
        """Add a rectangle, its corners rounded."""
        self.add("rect", x=left, y=top, width=width, height=height, rx=radius, fill=fill)

    def fading(self, name: str, colour: str) -> str:
        """Make a fill that comes out of nothing from the left; returns what `fill` takes."""
        stops = "".join(
            f'<stop offset="{at}" stop-color="{colour}" stop-opacity="{opacity}"/>'
            for at, opacity in ((0, 0.1), (0.25, 1))
        )
        self._parts.append(f'<linearGradient id="{name}">{stops}</linearGradient>')
        return f"url(#{name})"

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, colour: str, thick: float
    ) -> None:
        """Add a straight line."""
        x1, y1 = start
        x2, y2 = end
        self.add(
            "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=thick, stroke_linecap="round"
        )

    def text(  # noqa: PLR0913 - how a text stands
        self,
        text: str,
        at: tuple[float, float],
        size: float,
        *,
        fill: str,
        bold: bool = False,
        anchor: Anchor = Anchor.START,
        halo: str = "",
    ) -> None:
        """Add one line of text; `at` is on its base line, `halo` a colour that keeps lines away from it."""
        text = drawable(text)
        if self._straight:
            text = text.translate(_STRAIGHT)
        if text:
            weight = 700 if bold else 400
            attributes: dict[str, float | str] = {"x": at[0], "y": at[1], "font_size": size, "fill": fill}
            attributes |= {"font_weight": weight, "text_anchor": anchor.value}
            if halo:
                attributes |= {"stroke": halo, "stroke_width": 10, "paint_order": "stroke"}
            self._parts.append(f"<text{_written(attributes)}>{escape(text)}</text>")

    def finish(self, height: float, family: str, *, background: str) -> str:
        """The whole as a document; `family` names the font."""
        size = f'width="{self.width}" height="{height:.0f}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family={quoteattr(family)}>'
        ground = f'<rect {size} fill="{background}"/>'
        return "\n".join([head, ground, *self._parts, "</svg>"])


def drawable(text: str) -> str:
    """The text without what can't be drawn, on one line."""
    return " ".join(_UNDRAWN.sub("", text).split())


def _written(attributes: dict[str, float | str]) -> str:
    return "".join(
        f" {name.replace('_', '-')}={quoteattr(_plain(value))}" for name, value in attributes.items()
    )


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
