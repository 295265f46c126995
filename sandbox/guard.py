"""Who may speak to the page and its control interface: only pages from this very address."""

import ipaddress
import re

from aiohttp import web

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:]+)\]|(?P<name>[a-z0-9.-]+))(?::\d+)?")


def require_own(request: web.Request) -> None:
    """Refuse (403) a request under a foreign name, which may be rebound to here, or from a foreign page."""
    require_own_host(request)
    require_own_origin(request)


def require_own_host(request: web.Request) -> None:
    """Refuse (403) a request under any name but this machine's own."""
    if not _is_local(request.host):
        raise web.HTTPForbidden(text="the sandbox answers only under 127.0.0.1, [::1] or localhost")


def require_own_origin(request: web.Request) -> None:
    """Refuse (403) what a page from another address makes a browser send; programs send neither header."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"{request.scheme}://{request.host}"
    if foreign or request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        raise web.HTTPForbidden(text="the sandbox takes no requests from other pages")


def _is_local(host: str) -> bool:
    named = _HOST.fullmatch(host)
    if named is None:
        return False
    name = named["six"] or named["name"]
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
