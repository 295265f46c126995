"""Show 2: whatever Telegram, the network or the disk does, every delivery ends in a state that is true.

A real courier sends over HTTP to the sandbox, whose own list of messages is the truth.
"""

import asyncio
import random
import resource
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy import select

from answering.library import Library
from app.clock import now
from app.delivering import Post, build_post, delivering
from app.settings import Settings
from bot.client import build_bot
from bot.shelf import Shelf
from domain.delivery import Delivery, DeliveryState, Notice, Priority, Recipient
from domain.languages import Language
from sandbox.faults import Fault, Kind
from sandbox.server import running
from sandbox.world import TOKEN, World
from storage.chats import Chats
from storage.database import Database
from storage.outbox_sql import COLUMNS, delivery
from tests.app.processes import until
from tests.stores import new_store

MEETING = Notice(id="meeting", text={Language.SIMPLIFIED: "周三上午九点开会"})
PEOPLE, GROUPS, STRUCK = 30, 6, 9
SENT, FAILED, UNREACHABLE, UNCERTAIN = (
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.UNREACHABLE,
    DeliveryState.UNCERTAIN,
)
LOST = {Kind.FORBIDDEN: UNREACHABLE, Kind.BAD_REQUEST: FAILED}
IN_DOUBT = {Kind.DROP_BEFORE, Kind.DROP_AFTER, Kind.STALL}
REPEATED = {Kind.DROP_AFTER, Kind.STALL}


@dataclass(frozen=True, kw_only=True)
class Office:
    """Couriers, their database, and the people and groups in the sandbox who are to be told."""

    post: Post
    db: Database
    chats: Chats
    world: World
    people: list[int]
    groups: list[int]

    async def tell_all(self) -> None:
        """Queue the notice for everybody."""
        to = [Recipient(chat_id=one) for one in self.people + self.groups]
        async with self.db.write() as connection:
            await self.post.outbox.enqueue(connection, MEETING, to, priority=Priority.BROADCAST, now=now())
        self.post.wake()

    async def ended(self) -> list[Delivery]:
        """Every delivery, once all have ended; each is true."""
        for _ in range(1200):
            if not (await self.post.outbox.counts()).open:
                break
            await asyncio.sleep(0.05)
        found = await self.rows()
        for one in found:
            self._is_true(one)
        return found

    async def rows(self) -> list[Delivery]:
        """Every delivery as it stands."""
        async with self.db.read() as connection:
            return [delivery(row) for row in await connection.execute(select(*COLUMNS))]

    def fault(self, kind: Kind, **more: Any) -> Fault:
        """Switch a fault on."""
        return self.world.faults.add({"kind": kind, "method": "sendMessage", **more})

    def messages(self, chat_id: int) -> list[int]:
        """The ids of the messages that arrived in a chat, also since it goes on under another id."""
        moved = self.world.chats[chat_id].migrated_to
        return [
            message["message_id"]
            for one in (chat_id, moved)
            if one is not None
            for message in self.world.chats[one].messages.values()
            if message.get("text") == MEETING.text[Language.SIMPLIFIED]
        ]

    def _is_true(self, one: Delivery) -> None:
        first = next(chat for chat in self.people + self.groups if one.key == f"{MEETING.id}:{chat}")
        got = self.messages(first)
        match one.state:
            case DeliveryState.SENT:
                assert one.message_id in got, one
            case DeliveryState.FAILED | DeliveryState.UNREACHABLE:
                assert not got, one
                assert not one.doubts, one
            case _:
                assert one.state is UNCERTAIN, one
                assert one.doubts, one
        assert len(got) - 1 <= one.doubts, one


@asynccontextmanager
async def office(
    folder: Path, *, people: int = PEOPLE, groups: int = GROUPS, send_seconds: float = 2.0
) -> AsyncIterator[Office]:
    """An office whose courier is at work; it waits little between two tries."""
    world = World(rates_on=False, cast=False)
    persons = [world.add_person("同事", started=True).id for _ in range(people)]
    rooms = [world.add_group("科室", persons[:2]).id for _ in range(groups)]
    async with (
        new_store(folder) as db,
        running(world) as telegram,
        bot_of(telegram.url) as bot,
    ):
        chats = await Chats.load(db)
        for chat_id in rooms:
            await chats.remember(chat_id, "group", "科室", now=now())
        post = build_post(Settings(send_per_second=2000), db, bot, chats, Shelf(Library(())), worker="office")
        for courier in post.couriers:
            courier._jitter = lambda: 0.05
            courier._send_seconds = send_seconds
        async with delivering(post):
            yield Office(post=post, db=db, chats=chats, world=world, people=persons, groups=rooms)


@asynccontextmanager
async def bot_of(server: str) -> AsyncIterator[Bot]:
    bot = build_bot(TOKEN, server=server)
    try:
        yield bot
    finally:
        await bot.session.close()


@pytest.mark.parametrize("kind", Kind)
async def test_each_fault_alone_ends_in_what_is_true(tmp_path: Path, kind: Kind) -> None:
    async with office(tmp_path) as here:
        most = GROUPS if kind is Kind.MIGRATE else STRUCK
        fault = here.fault(kind, next=most, seconds=3 if kind is Kind.STALL else 1)
        await here.tell_all()
        ended = await here.ended()
        assert fault.struck == most
        assert Counter(one.state for one in ended) == Counter(
            {SENT: len(ended) - STRUCK, LOST[kind]: STRUCK} if kind in LOST else {SENT: len(ended)}
        )
        assert sum(one.doubts for one in ended) == (STRUCK if kind in IN_DOUBT else 0)
        arrived = sum(len(here.messages(chat)) for chat in here.people + here.groups)
        lost = STRUCK if kind in LOST else 0
        assert arrived - (len(ended) - lost) == (STRUCK if kind in REPEATED else 0)


async def test_groups_that_move_get_it_once_under_their_new_id_and_are_known_by_it(tmp_path: Path) -> None:
    async with office(tmp_path, people=0) as here:
        here.fault(Kind.MIGRATE, next=GROUPS)
        await here.tell_all()
        await here.ended()
        for old in here.groups:
            new = here.world.chats[old].migrated_to
            assert new is not None
            assert len(here.messages(old)) == 1
            assert here.chats.get(old) is None
            known = here.chats.get(new)
            assert known is not None
            assert (known.kind, known.active) == ("supergroup", True)


async def test_a_chat_that_blocked_us_is_told_no_more(tmp_path: Path) -> None:
    async with office(tmp_path, people=0) as here:
        here.fault(Kind.FORBIDDEN, chat=here.groups[0])
        await here.tell_all()
        await here.ended()
        known = [here.chats.get(chat) for chat in here.groups]
        assert [chat is not None and chat.active for chat in known] == [False] + [True] * (GROUPS - 1)


async def test_all_faults_mixed_end_in_what_is_true(tmp_path: Path) -> None:
    async with office(tmp_path, people=150, groups=30) as here:
        here.world.faults.dice = random.Random(3)  # noqa: S311 - dice
        seldom = {Kind.TOO_MANY: 4, Kind.STALL: 4}
        for kind in Kind:
            here.fault(kind, probability=0.06, next=seldom.get(kind), seconds=3 if kind is Kind.STALL else 1)
        faults = dict(here.world.faults.active)
        await here.tell_all()
        found = Counter(one.state for one in await here.ended())
        assert all(fault.struck for fault in faults.values())
        assert found[SENT] > 120
        assert found[FAILED]
        assert found[UNREACHABLE]


async def test_two_silences_are_left_in_doubt_and_sent_again_when_somebody_says_so(tmp_path: Path) -> None:
    async with office(tmp_path, people=3, groups=0) as here:
        arrived, lost, _ = here.people
        here.fault(Kind.DROP_AFTER, chat=arrived)
        here.fault(Kind.DROP_BEFORE, chat=lost)
        await here.tell_all()
        ended = {one.chat_id: (one.state, one.doubts) for one in await here.ended()}
        assert ended == {arrived: (UNCERTAIN, 2), lost: (UNCERTAIN, 2), here.people[2]: (SENT, 0)}
        assert [len(here.messages(chat)) for chat in here.people] == [2, 0, 1]
        here.world.faults.active.clear()
        assert await here.post.outbox.resend(MEETING.id, now()) == 2
        here.post.wake()
        assert {one.state for one in await here.ended()} == {SENT}


async def test_a_storm_of_429_costs_nothing_but_time(tmp_path: Path) -> None:
    async with office(tmp_path) as here:
        storm = here.fault(Kind.TOO_MANY, seconds=1)
        await here.tell_all()
        await until(lambda: storm.struck > 2 * STRUCK)
        here.world.faults.active.clear()
        assert {(one.state, one.doubts, one.attempts) for one in await here.ended()} == {(SENT, 0, 0)}
        assert all(len(here.messages(chat)) == 1 for chat in here.people + here.groups)


async def test_a_full_disk_while_messages_are_on_the_network_repeats_none_of_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with office(tmp_path, send_seconds=15) as here:
        here.fault(Kind.STALL, seconds=1)  # accepted at once, answered later
        await here.tell_all()
        await until(lambda: all(here.messages(chat) for chat in here.people + here.groups))
        with full_disk(tmp_path):
            await until(lambda: "outcomes could not be written" in caplog.text)
        assert {(one.state, one.doubts) for one in await here.ended()} == {(SENT, 0)}
        assert all(len(here.messages(chat)) == 1 for chat in here.people + here.groups)


async def test_a_full_disk_before_anything_left_costs_nothing_but_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with office(tmp_path) as here:
        await here.tell_all()
        with full_disk(tmp_path):
            await until(lambda: "the outbox fails" in caplog.text)
        assert {(one.state, one.doubts) for one in await here.ended()} == {(SENT, 0)}
        assert all(len(here.messages(chat)) == 1 for chat in here.people + here.groups)


async def test_a_locked_database_costs_nothing_but_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database._BUSY_MS", 20)
    async with office(tmp_path, send_seconds=15) as here:
        here.fault(Kind.STALL, seconds=1)
        await here.tell_all()
        await until(lambda: all(here.messages(chat) for chat in here.people + here.groups))
        with closing(sqlite3.connect(tmp_path / "zhunshi.sqlite3", isolation_level=None)) as another:
            another.execute("BEGIN EXCLUSIVE")
            await until(lambda: "outcomes could not be written" in caplog.text)
        assert {(one.state, one.doubts) for one in await here.ended()} == {(SENT, 0)}
        assert all(len(here.messages(chat)) == 1 for chat in here.people + here.groups)


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """No file of this process may grow beyond the database's own."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(file.stat().st_size for file in folder.glob("zhunshi.sqlite3-wal"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
