"""Reads one long text in a process of its own: `python -m app.bench.long_file FILE CHARACTERS`.

The text is that of the file, again and again. Prints a JSON object: what became of it, and the memory.
"""

import json
import sys
from pathlib import Path

from domain.errors import UnreadableDocument
from reading.document import read_document
from reading.policy import read_policy


def main() -> None:
    """Read and tell."""
    piece = Path(sys.argv[1]).read_text(encoding="utf-8")
    characters = int(sys.argv[2])
    data = (piece * (characters // len(piece) + 1))[:characters].encode()
    before = _most_mb()
    try:
        read_policy(read_document(data, "long.txt"))
        outcome = "read"
    except UnreadableDocument as error:
        outcome = f"refused: {error.reason}"
    told = {"characters": characters, "outcome": outcome, "most_mb": _most_mb(), "before_mb": before}
    sys.stdout.write(json.dumps(told))


def _most_mb() -> float:
    """The most memory this process has had."""
    # Not by `getrusage`, which starts with what the parent had.
    status = Path("/proc/self/status").read_text()
    kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    return round(kilobytes * 1024 / 1e6, 1)


if __name__ == "__main__":
    main()
