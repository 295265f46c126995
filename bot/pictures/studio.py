"""Pictures rendered: PNG of SVG with a Chinese font, in a thread, the last few kept."""

import asyncio
from collections import OrderedDict

from bot.pictures.content import Timeline
from bot.pictures.drawing import draw
from bot.pictures.fonts import Font
from bot.pictures.theme import Look

_KEPT = 24  # of some 150 kB


class Pictures:
    """Draws for whoever asks; without a font it can't."""

    def __init__(self, font: Font | None = None) -> None:
        self._font = font
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def timeline(self, shown: Timeline, look: Look) -> bytes | None:
        """The timeline as PNG, 1,200 pixels wide; None without a font."""
        if self._font is None:
            return None
        svg = draw(shown, look, self._font.family(shown.language))
        picture = self._kept.pop(svg, None)
        if picture is None:
            picture = await asyncio.to_thread(_rendered, svg, self._font)
        self._kept[svg] = picture
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return picture


def _rendered(svg: str, font: Font) -> bytes:
    # Loaded when the first picture is asked for: the command line needs none.
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - the reason above

    return svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(file) for file in font.files])
