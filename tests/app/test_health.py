"""Health: 200 while every part answers, else 503 with the part and its reason; metrics for Prometheus."""

import asyncio
from collections.abc import Mapping

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from app.health import Probe, health_routes


async def fine() -> None:
    pass


async def broken() -> None:
    raise OSError("the disk is full\nand more")


async def stuck() -> None:
    await asyncio.Event().wait()


async def ask(probes: Mapping[str, Probe], path: str) -> tuple[int, str, str]:
    app = web.Application()
    app.add_routes(health_routes(probes, patience=0.05))
    async with (
        TestServer(app) as server,
        ClientSession() as session,
        session.get(server.make_url(path)) as answer,
    ):
        return answer.status, answer.content_type, await answer.text()


async def test_a_service_that_works_says_so() -> None:
    status, kind, text = await ask({"database": fine, "updates": fine}, "/healthz")
    assert (status, kind) == (200, "application/json")
    assert text == '{"status": "ok", "checks": {"database": "ok", "updates": "ok"}}'


async def test_each_part_that_fails_is_named_with_its_reason() -> None:
    status, _, text = await ask({"database": broken, "updates": fine, "state": stuck}, "/healthz")
    assert status == 503
    assert '"database": "the disk is full"' in text
    assert '"updates": "ok"' in text
    assert '"state": "no answer within 0.05 s"' in text


async def test_metrics_are_in_the_words_of_prometheus() -> None:
    status, kind, text = await ask({}, "/metrics")
    assert (status, kind) == (200, "text/plain")
    assert "# TYPE python_info gauge" in text
