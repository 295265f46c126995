"""An HTTP/1 answer out of the bytes received so far: told apart whole, unfinished, and none at all."""

import re
from typing import NamedTuple

_LARGEST = 4_000_000  # bytes; the Bot API's answer to a message has some thousand
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n")
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked")
_CLOSE = re.compile(rb"\r\nconnection:[^\r]*close")
_NO_BODY = (204, 304)


class Answer(NamedTuple):
    """What came back; `last` where nothing may follow on the connection."""

    status: int
    body: bytes
    last: bool


def read_answer(received: bytes, *, ended: bool = False) -> Answer | None:
    """The answer, once it is whole; `ended` says that nothing more will come.

    Raises:
        ValueError: this is no answer, or too large a one.
    """
    if not received.startswith(b"HTTP/1."[: len(received)]) or len(received) > _LARGEST:
        raise ValueError("no answer that could be read")
    start = received.find(b"\r\n\r\n") + 4
    if start < 4:
        return None
    head = received[: start - 2].lower()
    status = int(head[9:12])
    if status < 200:
        return read_answer(received[start:], ended=ended)
    body, end = _body(received, start, head, status, ended=ended)
    if body is None:
        return None
    last = ended or end < len(received) or head.startswith(b"http/1.0") or _CLOSE.search(head) is not None
    return Answer(status, body, last)


def _body(received: bytes, start: int, head: bytes, status: int, *, ended: bool) -> tuple[bytes | None, int]:
    """The body, None while it is not whole, and where it ends."""
    if status in _NO_BODY:
        return b"", start
    if _CHUNKED.search(head):
        return _unchunked(received, start)
    if length := _LENGTH.search(head):
        end = start + int(length[1])
        return (received[start:end] if len(received) >= end else None), end
    return (received[start:] if ended else None), len(received)


def _unchunked(received: bytes, at: int) -> tuple[bytes | None, int]:
    pieces: list[bytes] = []
    while (line := received.find(b"\r\n", at)) >= 0:
        size = int(received[at:line].partition(b";")[0], 16)
        if size < 0:
            raise ValueError("a chunk of a negative size")
        if size == 0:
            end = received.find(b"\r\n\r\n", line) + 4  # after trailers, if there are any
            return (b"".join(pieces) if end > 3 else None), end
        pieces.append(received[line + 2 : line + 2 + size])
        at = line + 4 + size
    return None, at
