"""Names for couriers: stable over a restart, and never in use twice at once."""

import fcntl
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

_MOST = 256
_MARK = 8  # characters


@contextmanager
def worker_name(database: str) -> Iterator[str]:
    """A name that nobody else who uses the database bears, for as long as the block runs.

    Its number is the lowest free one, held by a lock on a file that ends with the process, however that ends.
    So who starts again after a crash gets the same, and knows that what is under it was left behind. The file
    holds a mark, for hosts may be called alike that do not share their locks.
    """
    of = sha256(database.encode()).hexdigest()[:16]
    for number in range(_MOST):
        path = Path(tempfile.gettempdir()) / f"zhunshi-{os.getuid()}-{of}-{number}.lock"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        try:
            yield f"{socket.gethostname()[:40]}/{number}-{_mark(handle)}"
        finally:
            os.close(handle)  # the file stays: removed, it could be locked by two
        return
    raise RuntimeError(f"{_MOST} processes deliver on this machine already")


def _mark(handle: int) -> str:
    """What the file was marked with when it was first locked."""
    mark = os.pread(handle, _MARK, 0)
    if len(mark) < _MARK:
        mark = secrets.token_hex(_MARK // 2).encode()
        os.pwrite(handle, mark, 0)
    return mark.decode()
