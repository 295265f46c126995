"""What is not plain JSON: the chat page's own files, a message's file, the stream of events."""

import asyncio
from pathlib import Path

from aiohttp import web

from sandbox.control.serving import WORLD
from sandbox.guard import require_own, require_own_host

_PAGE = Path(__file__).parents[1] / "page"
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


async def page(request: web.Request) -> web.StreamResponse:
    """The chat page's own files; a link on another page may lead here."""
    require_own_host(request)
    path = _PAGE / request.match_info.get("name", "index.html")
    if path.parent != _PAGE or not path.is_file():
        raise web.HTTPNotFound(text="no such page")
    return web.FileResponse(path, headers=_HEADERS)


async def events(request: web.Request) -> web.StreamResponse:
    """Everything that happens, as server-sent events."""
    require_own(request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    async with request.app[WORLD].live.listening() as listener:
        await response.prepare(request)
        await response.write(b": hello\n\n")
        while True:
            try:
                line = await asyncio.wait_for(listener.get(), 15)
            except TimeoutError:
                line = b": still here\n\n"
            if line is None:
                return response
            try:
                await response.write(line)
            except ConnectionError:
                return response


async def file(request: web.Request) -> web.Response:
    """A file for the page; images show in place, everything else is a download."""
    require_own(request)
    stored = request.app[WORLD].files.by_id.get(request.match_info["file_id"])
    if stored is None:
        raise web.HTTPNotFound(text="no such file")
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    if stored.size is None:
        headers["Content-Disposition"] = "attachment"
        return web.Response(body=stored.content, content_type="application/octet-stream", headers=headers)
    return web.Response(body=stored.content, content_type=_image_type(stored.content), headers=headers)


def _image_type(content: bytes) -> str:
    signatures = {b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}
    return signatures.get(content[:4], "image/jpeg")
