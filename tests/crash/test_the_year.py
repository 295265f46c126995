"""Processes die at fifty moments of a year of reminders; none is lost, and few come twice.

The plain calculation of tests/year says what has to be told; the sandbox's ledger, what was.
"""

import asyncio
import json
import os
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain.delivery import DeliveryState
from sandbox.world import TOKEN
from storage.database import Database, open_database
from storage.schema import archived_deliveries, deliveries, notices, reminders
from tests.crash.nursery import Nursery
from tests.crash.town import Town, act, sandbox, tell, until
from tests.crash.year_service import CLOCK, DONE
from tests.year.expected import messages
from tests.year.town import WAYS, WISHES, Place, settle

pytestmark = pytest.mark.crash

KILLS = int(os.environ.get("CRASH_YEAR_KILLS", "50"))
SENT, UNCERTAIN = DeliveryState.SENT.value, DeliveryState.UNCERTAIN.value


async def test_fifty_kills_in_a_year_lose_no_reminder_and_repeat_only_what_was_in_flight(
    sqlite: str, tmp_path: Path, born: Nursery, dice: random.Random, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("telegram", "log", "telegram/log"):
        path = tmp_path / name
        path.touch() if name.endswith("log") else path.mkdir()
    async with sandbox(tmp_path / "telegram", born) as telegram, open_database(sqlite) as db:
        await db.migrate()
        places = await _places(telegram)
        await settle(db, places)
        town = _town(tmp_path, sqlite, db, telegram, born)
        for _ in range(KILLS):
            pid = _start(town)
            await _some_stops(tmp_path, dice)
            await town.kill(pid)
        assert _clock(tmp_path) != DONE, "the year was over too soon to be ended so often"
        last = _start(town)
        while _clock(tmp_path) != DONE:
            await _moves(tmp_path)
        town.terminate(last)
        told = await _told(db)
        _require_all(places, told)
        repeats = _repeats(tmp_path, told)
        assert sum(repeats.values()) <= sum(town.hits.values())
        assert await _left(db) == []
        tell(
            capsys,
            f"{KILLS} kills, {len(told)} reminders to {len(places)} chats, none lost,"
            f" {sum(town.hits.values())} in flight, {sum(repeats.values())} repeated ",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    chat: int
    items: frozenset[tuple[str, int]]
    state: str
    message: int | None


async def _places(telegram: str) -> list[Place]:
    """People and groups that answer nothing, as nobody is there to press."""
    people = await act(telegram, "people", count=200, name="同事", started=True)
    places = []
    for index, person in enumerate(people):
        chat = person["id"]
        if index % 3 == 0:
            chat = (await act(telegram, "groups", title=f"科室{index}", members=[chat]))["id"]
        places.append(
            Place(
                chat=chat,
                topic=None,
                person=person["id"],
                language="zh-Hans",
                follows=WISHES[index % len(WISHES)],
                way=replace(WAYS[index % len(WAYS)], acknowledges=False, does=False),
            )
        )
    return places


def _town(folder: Path, url: str, db: Database, telegram: str, born: Nursery) -> Town:
    settings = {"bot_token": TOKEN, "api_url": telegram, "database_url": url}
    return Town(folder=folder, url=url, db=db, telegram=telegram, nursery=born, chats=[], settings=settings)


def _start(town: Town) -> int:
    names = {f"ZHUNSHI_{name.upper()}": value for name, value in town.settings.items()}
    return town.nursery.start(
        "tests.crash.year_service", folder=town.folder, TMPDIR=str(town.folder), **names
    )


async def _some_stops(folder: Path, dice: random.Random) -> None:
    """Wait until the clock has moved a few times, and then not long."""
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        await _moves(folder)
    await asyncio.sleep(dice.uniform(0, 0.3))  # the moment to die at: any will do


def _clock(folder: Path) -> str:
    file = folder / CLOCK
    return file.read_text() if file.exists() else ""


async def _moves(folder: Path) -> None:
    before = _clock(folder)

    async def moved() -> bool:
        return _clock(folder) != before

    await until(moved)


async def _told(db: Database) -> list[_Told]:
    """All deliveries, those too that a life late in the year found old enough to archive."""
    told = []
    for table in (archived_deliveries.c, deliveries.c):
        found = select(table.chat_id, table.state, table.message_id, notices.c.document)
        found = found.join(notices, notices.c.id == table.notice_id).order_by(table.id)
        async with db.read() as connection:
            told += [
                _Told(
                    chat=row.chat_id,
                    items=frozenset((_key(item), item["lead"]) for item in row.document["facts"]["items"]),
                    state=row.state,
                    message=row.message_id,
                )
                for row in await connection.execute(found)
            ]
    return told


def _require_all(places: list[Place], told: list[_Told]) -> None:
    for place in places:
        theirs = [one for one in told if one.chat == place.chat]
        assert all(one.state in {SENT, UNCERTAIN} for one in theirs)
        expected = [one.items for one in messages(place.follows, place.way)]
        assert Counter(one.items for one in theirs) == Counter(expected), place


def _repeats(folder: Path, told: list[_Told]) -> Counter[int]:
    """By chat, how many more messages the sandbox accepted than there are deliveries; never fewer."""
    accepted = Counter(call["chat"] for call in _ledger(folder) if call["method"] == "sendMessage")
    wanted = Counter(one.chat for one in told if one.state == SENT)
    assert all(accepted[chat] >= number for chat, number in wanted.items())
    known = {(call["chat"], call["message"]) for call in _ledger(folder)}
    assert all((one.chat, one.message) in known for one in told if one.state == SENT)
    return accepted - wanted


def _ledger(folder: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in (folder / "telegram" / "ledger").read_text().splitlines()]


async def _left(db: Database) -> list[str]:
    """States that no reminder of the year may end in."""
    wrong = select(reminders.c.state).where(reminders.c.state.in_(["missed", "late"]))
    async with db.read() as connection:
        return list(await connection.scalars(wrong))


def _key(item: Mapping[str, Any]) -> str:
    return f"{item['event']}/{item['occurrence']}" if item["occurrence"] else str(item["event"])
