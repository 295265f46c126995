"""The caller of a webhook: `python -m app.bench.load PORT PATH SECRET FILE CONNECTIONS`, its own process.

It opens its connections, says `ready`, waits for a line on standard input, posts each line of the file once,
and ends with 1 if anything but 200 came back. Standard library only: it must cost less than whom it calls.
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path


async def main(port: int, path: str, secret: str, file: Path, connections: int) -> int:
    """Post every line; returns the exit code."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: "
    ).encode()
    bodies = file.read_bytes().splitlines()  # noqa: ASYNC240 - nothing else runs yet
    requests = iter([b"%s%d\r\n\r\n%s" % (head, len(body), body) for body in bodies])
    links = [await asyncio.open_connection("127.0.0.1", port) for _ in range(connections)]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    wrong = await asyncio.gather(*(_post(reader, writer, requests) for reader, writer in links))
    return int(any(wrong))


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: Iterator[bytes]) -> int:
    """One connection's share; returns how many answers were not 200."""
    wrong = 0
    for request in requests:
        writer.write(request)
        status, *fields = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
        length = next((int(field[15:]) for field in fields if field.startswith(b"content-length:")), 0)
        await reader.readexactly(length)
        wrong += b" 200 " not in status
    writer.close()
    return wrong


if __name__ == "__main__":
    sys.exit(
        asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5])))
    )
