"""The control interface under /sandbox/ and the page: what people, end-to-end tests and load tests drive."""

from aiohttp import web

from sandbox.control.acting import ACTS
from sandbox.control.page import events, file, page
from sandbox.control.reading import READS
from sandbox.control.serving import answering


def control_routes() -> list[web.RouteDef]:
    """All routes of the page and its interface."""
    return [
        web.get("/", page),
        web.get("/page/{name}", page),
        web.get("/sandbox/events", events),
        web.get("/sandbox/files/{file_id}", file),
        *(web.get(f"/sandbox/{name}", answering(act)) for name, act in READS.items()),
        *(web.post(f"/sandbox/{name}", answering(act)) for name, act in ACTS.items()),
    ]
