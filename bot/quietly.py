"""What may fail without taking the answer with it: logged, counted, and passed over."""

from collections.abc import Awaitable

import structlog

from bot.metrics import SIDE_FAILURES

_log = structlog.get_logger(__name__)


async def quietly(doing: Awaitable[object], what: str) -> None:
    """Await what is not worth losing a reply for."""
    try:
        await doing
    except Exception:  # noqa: BLE001 - whatever it was, it is logged and counted
        SIDE_FAILURES.inc()
        _log.exception("could not %s", what)
