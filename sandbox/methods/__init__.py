"""The Bot API's methods: one table from the method's name to the function that does it."""

import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from sandbox.call import Call
from sandbox.errors import ApiError
from sandbox.faults import Fault, Kind
from sandbox.methods import answering, chats, editing, polling, profile, sending
from sandbox.world import World

Method = Callable[[World, Call], Any | Awaitable[Any]]
"""Does a call and returns its result as JSON; raises ApiError."""

METHODS: dict[str, Method] = {
    **polling.METHODS,
    **sending.METHODS,
    **editing.METHODS,
    **answering.METHODS,
    **chats.METHODS,
    **profile.METHODS,
}
"""By Telegram's spelling."""

_BY_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}
_QUIET = frozenset({"getUpdates"})
"""Not logged: it would drown the rest."""


def known(name: str) -> str:
    """Telegram's spelling of a method's name; raises ApiError 501 for one the sandbox lacks."""
    found = _BY_NAME.get(name.lower())
    if found is None:
        raise ApiError(501, f"Not Implemented: the sandbox does not know method {name[:64]}")
    return found[0]


async def perform(world: World, call: Call, *, fault: Fault | None = None) -> Any:
    """Do a call, noting it in the log and the ledger before its result is returned; raises ApiError."""
    started = time.perf_counter()
    struck = fault.kind.value if fault else None
    try:
        if fault is not None and (error := refusal(fault)):
            raise error
        result = METHODS[call.method](world, call)
        if isawaitable(result):
            result = await result
    except ApiError as error:
        if call.method not in _QUIET:
            world.log(call, started, error=error, fault=struck)
        raise
    if call.method not in _QUIET:
        world.log(call, started, result=result, fault=struck)
    return result


def refusal(fault: Fault) -> ApiError | None:
    """The error of a fault that refuses the call in the API's own words; None for the others."""
    match fault.kind:
        case Kind.TOO_MANY:
            reason = f"Too Many Requests: retry after {fault.seconds}"
            return ApiError(429, reason, retry_after=fault.seconds)
        case Kind.FORBIDDEN:
            return ApiError(403, "Forbidden: bot was blocked by the user")
        case Kind.BAD_REQUEST:
            return ApiError(400, "Bad Request: refused by the sandbox's fault")
        case Kind.SERVER_ERROR:
            return ApiError(500, "Internal Server Error")
    return None
