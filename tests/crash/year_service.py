"""A process that lives through the year: the service, whose clock goes on from where another life left it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from app.clock import move_clock, now
from app.compose import build
from app.settings import load_settings
from app.travelling import Travelling
from tests.year.expected import END, START

CLOCK, DONE = Path("clock"), "over"


def main(arguments: Sequence[str]) -> int:
    """Go on with the year that `clock` in the working folder tells; at its end that says so."""
    del arguments
    begin = datetime.fromisoformat(CLOCK.read_text()) if CLOCK.exists() else START
    asyncio.run(_live(begin))
    CLOCK.write_text(DONE)
    return 0


async def _live(begin: datetime) -> None:
    settings = load_settings()
    assert settings.bot_token is not None
    token = settings.bot_token.get_secret_value()
    move_clock(begin)
    async with build(settings, token=token, server=settings.api_url) as service:
        watch = Travelling(service)
        while (due := await watch.next()) is not None and due <= END:
            await watch.travel(max(due, watch.now()) + timedelta(seconds=1), _note)


def _note() -> None:
    """Keep what the clock shows, whole or not at all."""
    fresh = CLOCK.with_suffix(".new")
    fresh.write_text(now().isoformat())
    fresh.replace(CLOCK)
