"""Connections are kept while they can be, and of every failure it is known whether anything was sent."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.wire import BrokenAnswerError, NoConnectionError, Wire

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SILENCE = b""

Link = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Server:
    """Gives the answers of `script` in turn, the last one ever after; an empty one is none at all."""

    def __init__(self) -> None:
        self.script = [OK]
        self.posts: list[tuple[int, bytes]] = []  # the connection, by its number, and what came
        self.tasks: list[asyncio.Task[None] | None] = []
        self.at_once = self.most_at_once = 0
        self.after: Callable[[asyncio.StreamWriter], Awaitable[None]] | None = None
        self.came = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()

    @property
    def connections(self) -> int:
        """How many there were."""
        return len(self.tasks)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.tasks.append(asyncio.current_task())
        number = self.connections
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.posts.append((number, head + await reader.readexactly(length)))
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                self.came.set()
                await self.go_on.wait()
                writer.write(self.script.pop(0) if len(self.script) > 1 else self.script[0])
                self.at_once -= 1
                if self.after is not None:
                    await self.after(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def server() -> Server:
    """What answers."""
    return Server()


@pytest.fixture
async def url(server: Server) -> AsyncIterator[str]:
    """Where it does."""
    running = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{running.sockets[0].getsockname()[1]}/bot1:x/sendMessage"
    running.close()
    await asyncio.gather(*(task for task in server.tasks if task))


@pytest.fixture
async def wire(url: str) -> AsyncIterator[Wire]:
    """Two connections at most; ends before the server does."""
    assert url
    one = Wire(limit=2, tls=ssl.create_default_context())
    yield one
    one.close()
    await asyncio.sleep(0)


async def closed(writer: asyncio.StreamWriter) -> None:
    """End the connection and wait until it is."""
    writer.close()
    await writer.wait_closed()


async def test_a_post_arrives_as_json_and_its_answer_comes_back(wire: Wire, server: Server, url: str) -> None:
    status, body, _ = await wire.post(url, b'{"chat_id":1}', 5)
    assert (status, body) == (200, b"ok")
    ((_, request),) = server.posts
    head, _, sent = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /bot1:x/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"Content-Type: application/json" in head
    assert sent == b'{"chat_id":1}'


async def test_the_connection_is_kept(wire: Wire, server: Server, url: str) -> None:
    for _ in range(3):
        await wire.post(url, b"{}", 5)
    assert [number for number, _ in server.posts] == [1, 1, 1]


@pytest.mark.parametrize(
    "last",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        OK + b"HTTP/1.1 200 OK\r\n",  # more than was asked for
    ],
)
async def test_a_connection_that_is_no_good_any_more_is_not_kept(
    wire: Wire, server: Server, url: str, last: bytes
) -> None:
    server.script = [last, OK]
    assert (await wire.post(url, b"{}", 5)).body == b"ok"
    assert (await wire.post(url, b"{}", 5)).body == b"ok"
    assert [number for number, _ in server.posts] == [1, 2]


async def test_a_connection_closed_while_it_rested_costs_nothing(
    wire: Wire, server: Server, url: str
) -> None:
    server.after = closed
    await wire.post(url, b"{}", 5)
    await server.tasks[0]  # type: ignore[misc] # there is one
    for _ in range(10):  # turns of the loop in which the wire hears of it
        await asyncio.sleep(0)
    assert (await wire.post(url, b"{}", 5)).body == b"ok"
    assert server.connections == 2


async def test_an_answer_until_the_end_of_the_connection_is_whole(
    wire: Wire, server: Server, url: str
) -> None:
    server.script, server.after = [b"HTTP/1.0 502 Bad Gateway\r\n\r\n<html>"], closed
    assert await wire.post(url, b"{}", 5) == (502, b"<html>", True)


@pytest.mark.parametrize("answer", [SILENCE, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"])
async def test_a_connection_lost_before_the_answer_is_whole_is_told(
    wire: Wire, server: Server, url: str, answer: bytes
) -> None:
    server.script, server.after = [answer], closed
    with pytest.raises(BrokenAnswerError):
        await wire.post(url, b"{}", 5)


async def test_what_is_no_http_is_told(wire: Wire, server: Server, url: str) -> None:
    server.script = [b"220 mail.example.org ESMTP\r\n"]
    with pytest.raises(BrokenAnswerError):
        await wire.post(url, b"{}", 5)


async def test_nobody_there_means_that_nothing_was_sent(wire: Wire) -> None:
    with pytest.raises(NoConnectionError):
        await wire.post("http://127.0.0.1:9/", b"{}", 5)


async def test_whoever_speaks_no_tls_was_sent_nothing(wire: Wire, server: Server, url: str) -> None:
    server.script = [b"what?"]
    with pytest.raises(NoConnectionError):
        await wire.post(url.replace("http:", "https:"), b"{}", 0.2)
    assert not server.posts


async def test_silence_ends_in_time_and_a_late_answer_is_nobodys(
    wire: Wire, server: Server, url: str
) -> None:
    server.script = [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate", OK]
    server.go_on.clear()
    with pytest.raises(TimeoutError):
        await wire.post(url, b"{}", 0.05)
    server.go_on.set()
    assert (await wire.post(url, b"{}", 5)).body == b"ok"


async def test_the_answer_to_who_went_away_is_nobodys(wire: Wire, server: Server, url: str) -> None:
    server.script = [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate", OK]
    server.go_on.clear()
    gone = asyncio.create_task(wire.post(url, b"{}", 5))
    await server.came.wait()
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    server.go_on.set()
    assert (await wire.post(url, b"{}", 5)).body == b"ok"


async def test_no_more_are_at_work_at_once_than_allowed(wire: Wire, server: Server, url: str) -> None:
    await asyncio.gather(*(wire.post(url, b"{}", 5) for _ in range(20)))
    assert len(server.posts) == 20
    assert server.most_at_once <= 2 == server.connections


async def test_whoever_got_no_connection_in_time_has_sent_nothing(
    wire: Wire, server: Server, url: str
) -> None:
    server.go_on.clear()
    first = []
    for _ in range(2):
        first.append(asyncio.create_task(wire.post(url, b"{}", 5)))
        await server.came.wait()
        server.came.clear()
    with pytest.raises(NoConnectionError):
        await wire.post(url, b"{}", 0.05)
    server.go_on.set()
    assert [one.status for one in await asyncio.gather(*first)] == [200, 200]
    assert len(server.posts) == 2
