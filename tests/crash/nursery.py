"""Real processes of the service that start at once: born of one that has imported everything already.

`zhunshi run` takes seconds to import what it needs, which a hundred restarts can't afford. So one process
imports it all, has neither thread nor event loop, and forks on demand; each child is a process of its own,
with its own settings, that runs `zhunshi run` (or the sandbox) and can be killed like any other.
"""

import ctypes
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

_IMPORTED = ("app.cli", "app.service", "sandbox.__main__", "aiosqlite", "asyncpg")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Nursery:
    """The forking process, seen from the tests."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._alive: set[int] = set()

    def start(self, module: str, *arguments: str, folder: Path, **settings: str) -> int:
        """Run a module's `main` in a folder, where it logs to `log`, with these variables; its process id."""
        order = {"module": module, "arguments": arguments, "folder": str(folder), "settings": settings}
        pid: int = self._ask(order)
        self._alive.add(pid)
        return pid

    def end(self, pid: int, by: signal.Signals) -> int:
        """Send a signal and wait for the end: the exit code, or the signal that killed it below 0."""
        os.kill(pid, by)
        code: int = self._ask({"wait": pid})
        self._alive.discard(pid)
        return code

    def end_all(self) -> None:
        """Kill whatever still runs."""
        for pid in tuple(self._alive):
            self.end(pid, signal.SIGKILL)

    def ready(self) -> None:
        """Wait until all is imported."""
        assert self._ask({}) is None

    def _ask(self, what: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the nursery is gone"
        return json.loads(answer)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery for as long as the block runs; at the end nobody is left."""
    root = Path(__file__).resolve().parents[2]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZHUNSHI_")}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.nursery"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=root,
        env=clean,
    ) as process:
        ours = Nursery(process)
        try:
            ours.ready()
            yield ours
        finally:
            ours.end_all()
            process.communicate()


def _serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    for line in orders:
        order = json.loads(line)
        answer = None
        if "wait" in order:
            answer = os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])
        elif order:
            answer = os.fork()
            if not answer:
                _live(order)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _live(order: dict[str, Any]) -> None:
    """The child: a process like any other from here on, but that it does not outlive the nursery."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        os.chdir(order["folder"])
        os.environ.update(order["settings"])
        tempfile.tempdir = None
        log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for number, target in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
            os.dup2(target, number)
        code = importlib.import_module(order["module"]).main(order["arguments"])
    except BaseException:  # noqa: BLE001 - what Python itself would do with it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # not back into the nursery


if __name__ == "__main__":
    for name in _IMPORTED:
        importlib.import_module(name)
    gc.freeze()  # or each child would walk through all of it, and so copy it, at its first collections
    _serve(sys.stdin.buffer, sys.stdout.buffer)
