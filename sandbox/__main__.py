"""The command line: `python -m sandbox` starts a stand-in for Telegram with a chat page."""

import argparse
import asyncio
import re
import signal
import sys
from pathlib import Path

from sandbox.ledger import Ledger
from sandbox.server import running
from sandbox.world import TOKEN, World


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; returns the exit code, 2 for bad arguments or an address that is taken."""
    options = _parser().parse_args(arguments)
    try:
        ledger = Ledger(options.ledger) if options.ledger else None
        asyncio.run(_serve(options, ledger))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"sandbox: {place}{error.strerror or error}\n")
        return 2
    return 0


async def _serve(options: argparse.Namespace, ledger: Ledger | None) -> None:
    world = World(
        token=options.token,
        username=options.username,
        rates_on=not options.no_rates,
        keep_messages=options.keep_messages,
        ledger=ledger,
    )
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(world, host=options.host, port=options.port) as sandbox:
        sys.stdout.write(f"chat page  {sandbox.url}/\nbot API    {sandbox.url}  token {world.token}\n")
        sys.stdout.flush()
        await stop.wait()
    if ledger is not None:
        ledger.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A stand-in for Telegram.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=_port, default=8081, help="0 takes a free one (%(default)s)")
    parser.add_argument("--token", type=_token, default=TOKEN, help="the bot's token (%(default)s)")
    parser.add_argument("--username", default="zhunshi_bot", help="the bot's @username (%(default)s)")
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="append every accepted call to this file")
    parser.add_argument("--no-rates", action="store_true", help="do not impose Telegram's speed limits")
    parser.add_argument(
        "--keep-messages",
        type=_amount,
        default=20_000,
        help="messages remembered over all chats (%(default)s)",
    )
    return parser


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is no port: 0 to 65535")
    return int(value)


def _amount(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no whole number above 0")
    return int(value)


def _token(value: str) -> str:
    if not re.fullmatch(r"\d{1,18}:[A-Za-z0-9_-]{3,100}", value):
        raise argparse.ArgumentTypeError("a token is a number, a colon and letters, digits, _ or -")
    return value


if __name__ == "__main__":
    sys.exit(main())
