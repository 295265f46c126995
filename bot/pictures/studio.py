"""Pictures rendered: PNG of SVG with a Chinese font, in a process apart, the last few kept."""

import asyncio
import subprocess
import sys
from collections import OrderedDict
from typing import Any, Final

from bot.pictures.content import Timeline
from bot.pictures.drawing import draw
from bot.pictures.fonts import Font
from bot.pictures.theme import Look

_KEPT = 24  # of some 150 kB
_SECONDS = 20.0


class Pictures:
    """Draws for whoever asks, one picture at a time; without a font it can't."""

    def __init__(self, font: Font | None = None) -> None:
        self._font = font
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._turn = asyncio.Lock()

    async def timeline(self, shown: Timeline, look: Look) -> bytes | None:
        """The timeline as PNG, 1,200 pixels wide; None without a font."""
        if self._font is None:
            return None
        svg = draw(shown, look, self._font.family(shown.language))
        async with self._turn:
            picture = self._kept.pop(svg, None) or await _rendered(svg, self._font)
            self._kept[svg] = picture
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return picture


async def _rendered(svg: str, font: Font) -> bytes:
    """Render in a process of its own: the library would hold up everything else meanwhile."""
    process = await asyncio.create_subprocess_exec(
        *_COMMAND, *map(str, font.files), stdin=subprocess.PIPE, stdout=subprocess.PIPE, **_ALONE
    )
    try:
        async with asyncio.timeout(_SECONDS):
            picture, _ = await process.communicate(svg.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()  # waits for its end, and closes the pipes
    if process.returncode or not picture:
        raise RuntimeError(f"the picture could not be drawn: its process ended with {process.returncode}")
    return picture


_DRAW = """
import sys, resvg_py
svg = sys.stdin.read()
picture = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=sys.argv[1:])
sys.stdout.buffer.write(picture)
"""
# -I: neither the environment, which holds secrets, nor the working folder has a say in what is run.
_COMMAND: Final = (sys.executable, "-I", "-X", "utf8", "-c", _DRAW)
_ALONE: Final[dict[str, Any]] = {
    "stderr": subprocess.DEVNULL,
    "cwd": "/",
    "env": {},
    "start_new_session": True,
}
