"""Reading in a process apart, so that a file that crashes or stalls its library harms nobody."""

import asyncio
import json
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from domain.errors import Unreadable, UnreadableDocument
from reading.formats.kinds import Kind
from reading.formats.limits import Limits
from reading.paragraphs import Document, Paragraph


def read_apart(data: bytes, kind: Kind, name: str, limits: Limits) -> Document:
    """Read a file in a process of its own, which is gone when this returns.

    Raises:
        UnreadableDocument: It can't be read, or asks for more time or memory than allowed.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            _COMMAND,
            input=_request(data, kind, limits),
            stdout=subprocess.PIPE,
            timeout=limits.seconds,
            check=False,
            **_ALONE,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(limits) from error
    return _document(done.stdout, done.returncode, name, limits)


async def read_apart_async(data: bytes, kind: Kind, name: str, limits: Limits) -> Document:
    """The same, without holding up other tasks; if it is cancelled, its process ends too.

    Raises:
        UnreadableDocument: It can't be read, or asks for more time or memory than allowed.
    """
    process = await asyncio.create_subprocess_exec(
        *_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **_ALONE
    )
    try:
        async with asyncio.timeout(limits.seconds):
            said, _ = await process.communicate(_request(data, kind, limits))
    except TimeoutError as error:
        raise _too_slow(limits) from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()  # waits for its end, and closes the pipes
    return _document(said, process.returncode or 0, name, limits)


def _request(data: bytes, kind: Kind, limits: Limits) -> bytes:
    return json.dumps({"kind": kind, "limits": asdict(limits)}).encode() + b"\n" + data


def _document(said: bytes, code: int, name: str, limits: Limits) -> Document:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise _too_slow(limits)
    if code:
        raise UnreadableDocument("the file is damaged: its reader crashed", reason=Unreadable.BROKEN)
    answer: dict[str, Any] = json.loads(said)
    if "reason" in answer:
        raise UnreadableDocument(answer["message"], reason=Unreadable(answer["reason"]))
    paragraphs = (
        Paragraph(start=start, end=end, cell=(cell[0], cell[1], cell[2]) if cell else None)
        for start, end, *cell in answer["paragraphs"]
    )
    return Document(text=answer["text"], paragraphs=tuple(paragraphs), name=name)


def _too_slow(limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(f"it takes more than {limits.seconds:g} s to read", reason=Unreadable.TOO_SLOW)


# -I: neither the environment, which holds secrets, nor the working folder has a say in what is run.
_COMMAND: Final = (
    *(sys.executable, "-I", "-X", "utf8", "-c"),
    "import sys; sys.path.insert(0, sys.argv[1]); from reading.apart_worker import main; main()",
    str(Path(__file__).resolve().parents[1]),
)
_ALONE: Final[dict[str, Any]] = {
    "stderr": subprocess.DEVNULL,
    "cwd": "/",
    "env": {},
    "start_new_session": True,
}
