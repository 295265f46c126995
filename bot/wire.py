"""HTTP posts over kept connections, at a quarter of what a whole client's cost: sending is made of them.

Only what calling the Bot API takes: one post after another on a connection; no redirects, cookies,
compression or proxies.
"""

import asyncio
from collections import defaultdict
from functools import lru_cache
from ssl import SSLContext
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bot.http_answer import Answer, read_answer

_IDLE_SECONDS = 15.0  # after a longer rest the other side may just be closing the connection


class NoConnectionError(OSError):
    """Nobody could be reached: nothing was sent."""


class BrokenAnswerError(ConnectionError):
    """The connection ended, or made no sense, before the answer was whole: what was sent may count."""


class Wire:
    """Connections to servers, kept for the next post; at most `limit` at work at once."""

    def __init__(self, *, limit: int, tls: SSLContext) -> None:
        self._tls = tls
        self._places = asyncio.Semaphore(limit)
        self._resting: dict[_Origin, list[_Link]] = defaultdict(list)

    async def post(self, url: str, body: bytes, seconds: float) -> Answer:
        """Post JSON and return the answer.

        Raises:
            NoConnectionError: nothing was sent.
            BrokenAnswerError, TimeoutError: it was sent, and no whole answer came, or not in time.
        """
        origin, head = _head(url)
        until = asyncio.get_running_loop().time() + seconds
        await self._take_place(until)
        try:
            link = self._rested(origin) or await self._connect(origin, until)
            answer = await link.exchange(b"%b%d\r\n\r\n%b" % (head, len(body), body), until)
            self._resting[origin].append(link)
            return answer
        finally:
            self._places.release()

    def close(self) -> None:
        """End all connections that are not at work."""
        for links in self._resting.values():
            for link in links:
                link.end()
        self._resting.clear()

    async def _take_place(self, until: float) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout_at(until):
                await self._places.acquire()
        except TimeoutError as error:
            raise NoConnectionError("no connection became free in time") from error

    def _rested(self, origin: "_Origin") -> "_Link | None":
        links = self._resting[origin]
        while links:
            link = links.pop()  # the one used last, so that the others may rest
            if link.fresh:
                return link
            link.end()
        return None

    async def _connect(self, origin: "_Origin", until: float) -> "_Link":
        tls: dict[str, Any] = {"ssl": self._tls, "server_hostname": origin.host} if origin.tls else {}
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(until):
                _, link = await loop.create_connection(
                    _Link, origin.host, origin.port, happy_eyeballs_delay=0.25, **tls
                )
        except OSError as error:  # so is TimeoutError
            raise NoConnectionError(f"no connection to {origin.host}: {error or 'no answer'}") from error
        return link


class _Origin(NamedTuple):
    host: str
    port: int
    tls: bool


@lru_cache(maxsize=64)
def _head(url: str) -> tuple[_Origin, bytes]:
    """Where a post to this address goes, and how it begins, up to the length of its body."""
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    origin = _Origin(parts.hostname or "", parts.port or (443 if tls else 80), tls)
    lines = (
        f"POST {parts.path} HTTP/1.1",
        f"Host: {parts.netloc.rpartition('@')[2]}",
        "User-Agent: zhunshi",
        "Accept: application/json",
        "Content-Type: application/json",
        "Content-Length: ",
    )
    return origin, "\r\n".join(lines).encode("ascii")


class _Link(asyncio.Protocol):
    """One connection, with at most one request under way."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: Any = None
        self._received = b""
        self._answer: asyncio.Future[Answer] | None = None
        self._rests_since = 0.0

    @property
    def fresh(self) -> bool:
        """Another request may go this way."""
        rest = self._loop.time() - self._rests_since
        return rest < _IDLE_SECONDS and not self._transport.is_closing()

    def end(self) -> None:
        """Close it, without ceremony."""
        self._transport.abort()

    async def exchange(self, request: bytes, until: float) -> Answer:
        """Send a request and await its answer; without a whole one the connection ends."""
        self._answer = self._loop.create_future()
        timer = self._loop.call_at(until, self._fail, TimeoutError("no answer in time"))
        try:
            self._transport.write(request)
            return await self._answer
        except BaseException:
            self._transport.abort()
            raise
        finally:
            self._answer = None
            self._rests_since = self._loop.time()
            timer.cancel()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        self._received += data
        self._read()

    def connection_lost(self, error: Exception | None) -> None:
        """See asyncio."""
        self._read(ended=error is None)
        self._fail(BrokenAnswerError(f"the connection was lost: {error or 'closed'}"))

    def _read(self, *, ended: bool = False) -> None:
        try:
            answer = read_answer(self._received, ended=ended)
        except ValueError:
            self._transport.abort()
            self._fail(BrokenAnswerError("the answer is no HTTP"))
            return
        if answer is None:
            return
        self._received = b""
        waits = self._answer is not None and not self._answer.done()
        if answer.last or not waits:
            self._transport.close()  # what comes unasked would be taken for the next answer
        if self._answer is not None and waits:
            self._answer.set_result(answer)

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
