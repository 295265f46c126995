"""What the bot did: a bounded log of its calls, and a file of the accepted ones for crash tests."""

import json
import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sandbox.call import Call
from sandbox.errors import Json

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON in the fewest bytes."""


@dataclass(kw_only=True, slots=True)
class Logged:
    """One call and how it ended."""

    n: int
    at: float
    call: Call
    milliseconds: float
    result: Any = None
    error: Json | None = None
    fault: str | None = None

    def state(self) -> Json:
        """The entry as JSON."""
        shown: Json = {"n": self.n, "at": self.at, "method": self.call.method, "params": self.call.summary()}
        shown |= {"ms": round(self.milliseconds, 2), "fault": self.fault, "ok": self.error is None}
        return shown | ({"result": self.result} if self.error is None else {"error": self.error})


class CallLog:
    """The latest calls, refused ones too, oldest first, numbered from 1."""

    def __init__(self, keep: int) -> None:
        self.latest: deque[Logged] = deque(maxlen=keep)
        self.total = 0
        self.accepted = 0

    def add(self, entry: Logged) -> None:
        """Number an entry and keep it, without the bytes of its files."""
        self.total += 1
        self.accepted += entry.error is None
        entry.n = self.total
        if entry.call.files:
            entry.call = Call(method=entry.call.method, params=entry.call.summary())
        self.latest.append(entry)


class Ledger:
    """An append-only file, one JSON object a line, written before the call is answered.

    A line: `at` (Unix seconds), `method`, `chat`, `message` (an id, a list of ids or null), `text` (the first
    200 characters or null). A line is in the operating system's hands when the reply leaves, not on the disk.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def write(self, at: float, method: str, chat: int | None, result: Any) -> None:
        """Record one accepted call."""
        message, text = _message_of(result)
        line = encode({"at": at, "method": method, "chat": chat, "message": message, "text": text})
        os.write(self._descriptor, line.encode("utf-8", "replace") + b"\n")

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _message_of(result: Any) -> tuple[int | list[int] | None, str | None]:
    if isinstance(result, dict) and "message_id" in result:
        text = result.get("text") or result.get("caption")
        return result["message_id"], text[:200] if text else None
    if isinstance(result, list) and result and "message_id" in result[0]:
        return [message["message_id"] for message in result], result[0].get("caption")
    return None, None
