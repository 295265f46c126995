"""How a control request is answered: the door guarded, the fields read, refusals turned into words."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from aiohttp import web

from sandbox.acts import RefusedError
from sandbox.call import read_call
from sandbox.control.fields import Body, Control
from sandbox.errors import ApiError
from sandbox.guard import require_own
from sandbox.ledger import encode
from sandbox.trips import TripError
from sandbox.world import World

WORLD = web.AppKey("world", World)
"""Where the application keeps its world."""


def answering(act: Control) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler that does an act and answers with its JSON, or 400 with the words of the refusal."""

    async def handle(request: web.Request) -> web.Response:
        require_own(request)
        try:
            call = await read_call(request, request.path)
            result = act(request.app[WORLD], Body(call.params, call.files))
            return as_json(await result if isawaitable(result) else result)
        except TripError as refusal:
            return as_json({"error": str(refusal), "word": refusal.word}, 400)
        except (RefusedError, ValueError) as refusal:
            return as_json({"error": str(refusal)}, 400)
        except ApiError as refusal:
            return as_json({"error": refusal.description}, refusal.code)

    return handle


def as_json(value: Any, status: int = 200) -> web.Response:
    """A JSON answer."""
    body = encode(value).encode("utf-8", "replace")
    return web.Response(body=body, status=status, content_type="application/json")
