"""Conversations: at hand in memory, written soon, found again after a restart."""

import asyncio
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.conversations import Conversation, Conversations
from storage.database import Database
from storage.schema import conversations

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ASKED = Conversation(
    state="asking", data={"policy": "zhejiang-2023", "pages": [1, 2], "text": "浙江\0\ud83d"}
)


async def test_a_conversation_is_there_at_once_and_after_a_restart(db: Database) -> None:
    before = await Conversations.load(db)
    before.put("7:7", ASKED, NOW)
    assert before.peek("7:7") == ASKED == await before.get("7:7")
    await before.close()
    after = await Conversations.load(db)
    assert after.peek("7:7") == ASKED == await after.get("7:7")


async def test_somebody_new_costs_no_query(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    held = await Conversations.load(db)
    monkeypatch.setattr(db, "read", None)
    assert await held.get("1:1") == Conversation() == held.peek("1:1")


async def test_data_changed_by_the_caller_later_does_not_leak_in(db: Database) -> None:
    held = await Conversations.load(db)
    data = {"pages": [1]}
    held.put("7:7", Conversation(data=data), NOW)
    data["pages"].append(2)
    (await held.get("7:7")).data["pages"].append(3)
    assert await held.get("7:7") == Conversation(data={"pages": [1]})


async def test_an_emptied_conversation_is_forgotten(db: Database) -> None:
    held = await Conversations.load(db)
    held.put("7:7", ASKED, NOW)
    await held.flush()
    held.put("7:7", Conversation(), NOW)
    held.put("8:8", Conversation(), NOW)
    assert await held.get("7:7") == Conversation()
    await held.flush()
    assert await _stored(db) == 0


async def test_what_left_the_memory_is_read_from_the_database(db: Database) -> None:
    held = await Conversations.load(db, size=2)
    for number in range(5):
        held.put(f"{number}", Conversation(state=f"s{number}"), NOW + timedelta(seconds=number))
    assert [await held.get("0"), await held.get("4")] == [Conversation(state="s0"), Conversation(state="s4")]
    await held.flush()
    assert held.peek("0") is None
    assert await held.get("0") == Conversation(state="s0") == held.peek("0")
    assert await held.get("nobody") == Conversation()
    assert len(held._recent) == 2


async def test_the_most_recent_are_loaded_first(db: Database) -> None:
    held = await Conversations.load(db)
    for number in (3, 1, 4, 0, 2):
        held.put(f"{number}", Conversation(state="s"), NOW + timedelta(seconds=number))
    await held.close()
    again = await Conversations.load(db, size=2)
    assert [again.peek(f"{number}") is not None for number in range(5)] == [False, False, False, True, True]


async def test_a_change_made_while_the_database_is_read_wins(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = await Conversations.load(db, size=1)
    held.put("a", Conversation(state="old"), NOW)
    held.put("b", ASKED, NOW)
    await held.flush()
    read = held._read

    async def slow(key: str) -> object:
        row = await read(key)
        held.put("a", Conversation(state="new"), NOW)
        return row

    monkeypatch.setattr(held, "_read", slow)
    assert await held.get("a") == Conversation(state="new") == held.peek("a")


async def test_what_no_database_takes_is_refused_where_it_is_put(db: Database) -> None:
    held = await Conversations.load(db)
    for key, bad in [
        ("k", Conversation(data={"when": NOW})),
        ("k\0", ASKED),
        ("\ud83d", ASKED),
        ("", ASKED),
        ("k" * 201, ASKED),
        ("k", Conversation(state="\0")),
    ]:
        with pytest.raises((TypeError, ValueError)):
            held.put(key, bad, NOW)
    held.put("k" * 200, ASKED, NOW)
    await held.flush()
    assert await _stored(db) == 1


async def test_old_conversations_are_purged_and_young_ones_stay(db: Database) -> None:
    held = await Conversations.load(db)
    held.put("old", ASKED, NOW - timedelta(days=31))
    held.put("young", ASKED, NOW)
    assert await held.purge(NOW - timedelta(days=30)) == 1
    assert [await held.get("old"), await held.get("young")] == [Conversation(), ASKED]
    assert await _stored(db) == 1


async def test_thousands_of_conversations_are_written_in_few_transactions(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = await Conversations.load(db)
    write, transactions = db.write, iter(range(1000))
    monkeypatch.setattr(db, "write", lambda: (next(transactions), write())[1])
    for number in range(2500):
        held.put(f"{number}", ASKED, NOW)
    await held.flush()
    assert await _stored(db) == 2500
    assert next(transactions) == 3


KEEPS_TALKING = """
import asyncio, sys
from datetime import UTC, datetime
from storage.conversations import Conversation, Conversations
from storage.database import open_database

async def main():
    async with open_database(sys.argv[1]) as db:
        held = await Conversations.load(db)
        held.put("7:7", Conversation(state="asking", data={"n": 1}), datetime.now(UTC))
        await held.flush()
        print("flushed", flush=True)
        held.put("7:7", Conversation(state="lost"), datetime.now(UTC))
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_killed_process_keeps_what_was_flushed(db: Database, url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KEEPS_TALKING, url, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 60) == b"flushed\n"
    process.send_signal(signal.SIGKILL)
    await process.wait()
    held = await Conversations.load(db)
    assert await held.get("7:7") == Conversation(state="asking", data={"n": 1})


async def test_who_is_in_a_dialog_is_known_without_asking_and_after_a_restart(db: Database) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    held = await Conversations.load(db)
    assert not held.in_dialog(7)
    held.put("broadcast:7", Conversation(state="content", data={"n": 1}), now)
    held.put("ask:7:0:8", Conversation(data={"n": 1}), now)
    assert [held.in_dialog(person) for person in (7, 8, 77)] == [True, False, False]
    await held.flush()
    again = await Conversations.load(db, size=1)
    assert again.in_dialog(7)
    again.put("addresses:7", Conversation(state="name"), now)
    again.put("broadcast:7", Conversation(), now)
    assert again.in_dialog(7)
    again.put("addresses:7", Conversation(data={"n": 1}), now)
    assert not again.in_dialog(7)


async def test_a_dialog_that_was_purged_waits_no_more(db: Database) -> None:
    held = await Conversations.load(db)
    held.put("broadcast:7", Conversation(state="content"), datetime(2026, 8, 1, tzinfo=UTC))
    await held.purge(before=datetime(2026, 11, 1, tzinfo=UTC))
    assert not held.in_dialog(7)


async def _stored(db: Database) -> int:
    async with db.read() as connection:
        return int(await connection.scalar(select(func.count()).select_from(conversations)) or 0)


async def test_of_two_dialogs_the_one_changed_last_listens(db: Database) -> None:
    held = Conversations(db)
    for key in ("date:7", "setting:7", "date:8"):
        held.put(key, Conversation(state="typed"), NOW)
    assert [held.listens(key) for key in ("date:7", "setting:7", "date:8", "date:9")] == [
        False,
        True,
        True,
        False,
    ]
    held.put("date:7", Conversation(state="named"), NOW + timedelta(seconds=1))
    assert held.listens("date:7")
    await held.flush()
    assert (await Conversations.load(db)).listens("date:7")
    held.put("date:7", Conversation(), NOW)
    assert held.listens("setting:7")
