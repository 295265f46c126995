"""What operators watch: `/healthz` tells whether the service works, `/metrics` what it counted."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.settings import HEALTH_PATH, METRICS_PATH

PATIENCE = 2.0
"""Seconds after which a part that has not answered counts as failing."""

Probe = Callable[[], Awaitable[object]]
"""Returns when its part works; else raises, and the text says what is wrong."""

_log = structlog.get_logger(__name__)


def health_routes(probes: Mapping[str, Probe], *, patience: float = PATIENCE) -> list[web.RouteDef]:
    """The two pages; `probes` are asked anew at each request, all at once."""

    async def health(_: web.Request) -> web.Response:
        found = await asyncio.gather(*(_ask(probe, patience) for probe in probes.values()))
        checks = {name: words or "ok" for name, words in zip(probes, found, strict=True)}
        failing = {name: words for name, words in checks.items() if words != "ok"}
        if failing:
            _log.warning("unhealthy", **failing)
        body = {"status": "failing" if failing else "ok", "checks": checks}
        return web.json_response(body, status=503 if failing else 200)

    return [web.get(HEALTH_PATH, health), web.get(METRICS_PATH, _metrics)]


async def _ask(probe: Probe, patience: float) -> str:
    """What is wrong, or nothing."""
    try:
        await asyncio.wait_for(probe(), patience)
    except TimeoutError:
        return f"no answer within {patience:g} s"
    except Exception as error:  # noqa: BLE001 - whatever a part raises is what there is to report
        _log.debug("a probe failed", exc_info=error)
        return type(error).__name__ if not str(error) else str(error).splitlines()[0][:200]
    return ""


async def _metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
