"""What the crash stories share: a sandbox in its own process, a database, many chats, and the truth."""

import asyncio
import json
import re
import shutil
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import insert, select

from domain.broadcasts import Audience, AudienceKind, Broadcast, BroadcastState
from domain.delivery import Delivery, Notice
from domain.languages import Language
from sandbox.world import TOKEN
from storage.broadcasts import Broadcasts
from storage.database import Database, open_database
from storage.outbox import Outbox
from storage.outbox_sql import COLUMNS, delivery
from storage.schema import SENDING, chats, deliveries
from tests.crash.nursery import Nursery

ROOT = Path(__file__).resolve().parents[2]
ADMIN = 1001
PATIENCE = 120.0  # seconds
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MEETING = Notice(id="00c0ffee00c0ffee", text={Language.SIMPLIFIED: "周三上午九点开会，请回复。"})


def moment() -> datetime:
    """Now."""
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Town:
    """A broadcast on its way, by processes that are started and ended at will."""

    folder: Path
    url: str
    db: Database
    telegram: str
    nursery: Nursery
    chats: list[int]
    settings: dict[str, str]
    started: dict[int, datetime] = field(default_factory=dict)
    hits: Counter[int] = field(default_factory=Counter)  # how often a delivery was in flight at a kill

    @property
    def outbox(self) -> Outbox:
        """Of its own, as another process would have."""
        return Outbox(self.db)

    @property
    def broadcasts(self) -> Broadcasts:
        """The same."""
        return Broadcasts(self.db, self.outbox)

    async def announce(self) -> None:
        """Confirm a broadcast to everyone."""
        broadcast = Broadcast(
            id=MEETING.id,
            audience=Audience(kind=AudienceKind.EVERYONE),
            author_id=ADMIN,
            author="陈晓",
            created_at=moment(),
            start_at=moment(),
            expected=len(self.chats),
        )
        assert await self.broadcasts.create(broadcast, MEETING, moment())

    def start(self, *, mode: str = "polling", **settings: str) -> int:
        """Start a process of the service; its id."""
        given = {"mode": mode, **self.settings, **settings}
        names = {f"ZHUNSHI_{name.upper()}": value for name, value in given.items()}
        began = moment()
        pid = self.nursery.start("app.cli", "run", folder=self.folder, TMPDIR=str(self.folder), **names)
        self.started[pid] = began
        return pid

    async def at_work(self, pid: int) -> None:
        """Wait until a process has messages on the network."""

        async def sends() -> bool:
            mark = self._mark(pid)
            return mark is not None and bool(await self.handed(mark, self.started[pid]))

        await until(sends)

    async def kill(self, pid: int) -> int:
        """Kill a process; how many messages it had on the network."""
        mark = self._mark(pid)
        assert self.nursery.end(pid, signal.SIGKILL) == -signal.SIGKILL, self.log()[-5000:]
        if mark is None:
            return 0
        ids = await self.handed(mark)
        self.hits.update(ids)
        return len(ids)

    def terminate(self, pid: int) -> None:
        """End a process as an operator does."""
        code = self.nursery.end(pid, signal.SIGTERM)
        assert code in {0, -signal.SIGTERM}, self.log()[-5000:]  # the latter before it had heard of signals

    async def handed(self, mark: str, since: datetime = LONG_AGO) -> list[int]:
        """Ids of the deliveries that a process has handed to the network and not settled."""
        on_the_network = select(deliveries.c.id).where(
            SENDING, deliveries.c.handed_at >= since, deliveries.c.worker.contains(f"-{mark}.")
        )
        async with self.db.read() as connection:
            return list(await connection.scalars(on_the_network))

    async def done(self) -> None:
        """Wait for the broadcast's end."""

        async def finished() -> bool:
            return await self.state() is BroadcastState.FINISHED

        await until(finished)

    async def spread(self) -> bool:
        """Whether all its deliveries are written."""
        broadcast = await self.broadcasts.get(MEETING.id)
        return broadcast is not None and broadcast.spread

    async def state(self) -> BroadcastState:
        """Where the broadcast stands."""
        broadcast = await self.broadcasts.get(MEETING.id)
        assert broadcast
        return broadcast.state

    async def rows(self) -> dict[int, Delivery]:
        """All deliveries by id."""
        async with self.db.read() as connection:
            return {row.id: delivery(row) for row in await connection.execute(select(*COLUMNS))}

    def ledger(self) -> dict[int, list[int]]:
        """The ids of the broadcast's messages that each chat got, as the sandbox wrote them down."""
        got: dict[int, list[int]] = {}
        for line in (self.folder / "telegram" / "ledger").read_text().splitlines():
            call = json.loads(line)
            if call["text"] == MEETING.text[Language.SIMPLIFIED]:
                got.setdefault(call["chat"], []).append(call["message"])
        return got

    def sent(self) -> int:
        """How many messages the sandbox accepted."""
        return sum(map(len, self.ledger().values()))

    def repeats(self) -> int:
        """How many messages came to chats that had theirs already."""
        return sum(len(got) - 1 for got in self.ledger().values())

    def log(self) -> str:
        """What the processes wrote."""
        return (self.folder / "log").read_text()

    def _mark(self, pid: int) -> str | None:
        """What its worker's name ends with; None while it has none."""
        found: dict[int, Path] = {}
        for link in Path(f"/proc/{pid}/fd").iterdir():
            try:
                file = link.readlink()
            except FileNotFoundError:
                continue
            if number := re.search(r"zhunshi-.*-(\d+)\.lock$", file.name):
                found[int(number[1])] = file
        return found[max(found)].read_text() or None if found else None


@asynccontextmanager
async def town(
    url: str, folder: Path, nursery: Nursery, *, size: int, groups: int = 0, **settings: str
) -> AsyncIterator[Town]:
    """A town of so many people and groups, all of them known to the bot, nobody told anything yet."""
    _furnish(folder)
    async with sandbox(folder / "telegram", nursery) as telegram:
        people = await act(telegram, "people", count=size, name="同事", started=True)
        ids = [person["id"] for person in people]
        for _ in range(groups):
            ids.append((await act(telegram, "groups", title="科室", members=ids[:1]))["id"])
        async with open_database(url) as db:
            await db.migrate()
            await _know(db, ids)
            yield Town(
                folder=folder,
                url=url,
                db=db,
                telegram=telegram,
                nursery=nursery,
                chats=ids,
                settings={
                    "bot_token": TOKEN,
                    "api_url": telegram,
                    "database_url": url,
                    "catalogue": str(folder / "catalogue"),
                    "http_port": "0",
                    **settings,
                },
            )


@asynccontextmanager
async def sandbox(folder: Path, nursery: Nursery) -> AsyncIterator[str]:
    """A sandbox without limits in a process of its own, with a ledger; its address."""
    log = folder / "log"
    arguments = ("--port", "0", "--no-rates", "--ledger", str(folder / "ledger"))
    pid = nursery.start("sandbox.__main__", *arguments, folder=folder)

    async def tells() -> bool:
        return b"bot API" in log.read_bytes()

    try:
        await until(tells)
        found = re.search(r"http://[^/]+", log.read_text())
        assert found
        yield found[0]
    finally:
        nursery.end(pid, signal.SIGKILL)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something, not for ever."""
    for _ in range(int(PATIENCE / 0.05)):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came")


async def act(telegram: str, path: str, **fields: Any) -> Any:
    """Do something in the sandbox."""
    async with ClientSession() as session, session.post(f"{telegram}/sandbox/{path}", json=fields) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


def _furnish(folder: Path) -> None:
    for name in ("catalogue", "telegram"):
        (folder / name).mkdir()
    for log in (folder / "log", folder / "telegram" / "log"):
        log.touch()
    smallest = min((ROOT / "catalogue").glob("*.yaml"), key=lambda file: file.stat().st_size)
    shutil.copy(smallest, folder / "catalogue")  # it is read at every start


async def _know(db: Database, ids: Collection[int]) -> None:
    row = {"title": "同事", "active": True, "created_at": moment(), "updated_at": moment()}
    async with db.write() as connection:
        await connection.execute(insert(chats), [{"chat_id": one, "kind": _kind(one), **row} for one in ids])


def _kind(chat_id: int) -> str:
    return "private" if chat_id > 0 else "group"


def tell(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Say something to whoever runs the tests."""
    with capsys.disabled():
        sys.stdout.write(f"\n  {line}")
        sys.stdout.flush()
