"""Telegram as a bench needs it, `python -m app.bench.telegram`: takes every message at once; its own process.

It prints its port, and ends when its standard input does. Standard library only, and nothing is looked at but
where a request ends: it must cost less than those who call it.
"""

import asyncio
import itertools
import json
import sys
from typing import Any

_ids = itertools.count(1)


def _message(text: str) -> bytes:
    """A message as Telegram tells it, around its id."""
    chat = {"id": 1001, "first_name": "陈晓", "username": "chen_xiao", "type": "private"}
    bot = {"id": 10000001, "is_bot": True, "first_name": "准时", "username": "zhunshi_bot"}
    entities = [{"offset": 0, "length": 12, "type": "bold"}]
    rest = {"from": bot, "chat": chat, "date": 1_750_000_000, "text": text, "entities": entities}
    return json.dumps({"ok": True, "result": {"message_id": 0, **rest}}).replace(": 0,", ": %d,", 1).encode()


_TEXT = (
    "关于召开标准化工作推进会的通知\n"
    + "请各单位于会前将本季度的进展和困难报送办公室，以便汇总后一并研究。" * 3
)
_ANSWER = _message(_TEXT)
_USER = json.dumps(
    {"ok": True, "result": {"id": 10000001, "is_bot": True, "first_name": "准时", "username": "zhunshi_bot"}}
).encode()


class _Telegram(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._received = b""

    def connection_made(self, transport: Any) -> None:
        """A client is here."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is whole."""
        self._received += data
        while (end := self._received.find(b"\r\n\r\n") + 4) > 3:
            head = self._received[:end].lower()
            if (at := head.find(b"\r\ncontent-length:")) >= 0:
                end += int(head[at + 17 : head.index(b"\r\n", at + 2)])
                if len(self._received) < end:
                    return
            elif b"\r\ntransfer-encoding: chunked" in head:
                last = self._received.find(b"\r\n0\r\n\r\n", end - 2)
                if last < 0:
                    return
                end = last + 7
            self._received = self._received[end:]
            body = _USER if b"/getme " in head[:200] else _ANSWER % next(_ids)
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nServer: nginx/1.18.0\r\nContent-Type: application/json\r\n"
                b"Connection: keep-alive\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
            )


async def main() -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Telegram, "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
