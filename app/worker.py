"""Names for couriers: stable over a restart, and never in use twice at once."""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

_MOST = 256


@contextmanager
def worker_name(database: str) -> Iterator[str]:
    """A name on this machine that nobody else who uses the database bears, for as long as the block runs.

    It is the lowest free number, held by a lock on a file that ends with the process, however that ends. So
    who starts again after a crash gets the same, and knows that what is under it was left behind.
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
            yield f"{socket.gethostname()[:40]}/{number}"
        finally:
            os.close(handle)  # the file stays: removed, it could be locked by two
        return
    raise RuntimeError(f"{_MOST} processes deliver on this machine already")
