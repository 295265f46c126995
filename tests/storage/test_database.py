"""Opening a database, its transactions and its migrations, on SQLite and PostgreSQL."""

import asyncio
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

import storage.database
from domain.errors import BadSetting
from storage.database import Database, open_database, upsert
from storage.schema import chats, conversations, facts, handled_updates, metadata

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MIGRATE = """
import asyncio, sys
from storage.database import open_database

async def main():
    async with open_database(sys.argv[1]) as db:
        await db.migrate()
    print("alembic" in sys.modules)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("", "can't be read"),
        ("zhunshi.sqlite3", "can't be read"),
        ("postgresql+asyncpg://me:s3cret@host:port/db", "can't be read"),
        ("mysql://me:s3cret@host/db", "starts with mysql://"),
        ("postgresql+psycopg2://me:s3cret@host/db", "starts with postgresql+psycopg2://"),
        ("sqlite+aiosqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("sqlite+aiosqlite:///{tmp}/not/there/db.sqlite3", "the folder"),
        ("sqlite+aiosqlite:///{tmp}", "unable to open database file"),
        ("sqlite+aiosqlite:///{tmp}/a.txt", "file is not a database"),
        ("sqlite+aiosqlite:///{tmp}/a.txt/db.sqlite3", "the folder"),
        ("sqlite+aiosqlite:///{tmp}/new.sqlite3?nosuch=1", "takes no options"),
        ("postgresql+asyncpg://me:s3cret@127.0.0.1:1/db", "Connect call failed"),
        ("postgresql+asyncpg://me:s3cret@127.0.0.1:1/db?sslmode=require", "sslmode"),
        ("postgresql+asyncpg://me:s3cret@/db?host={tmp}", "No such file"),
    ],
)
async def test_an_address_that_leads_nowhere_is_told_in_one_line_without_the_password(
    address: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Not a database, but long enough to have the header of one. " * 9)
    with pytest.raises(BadSetting) as caught:
        await Database.open(address.format(tmp=tmp_path))
    line = str(caught.value)
    assert hint in line
    assert "\n" not in line
    assert "s3cret" not in line


def test_a_process_ends_after_it_failed_to_open_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Not a database, but long enough to have the header of one. " * 9)
    command = [sys.executable, "-c", MIGRATE, f"sqlite:///{tmp_path}/a.txt"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.stderr.rstrip().endswith("file is not a database")


async def test_a_file_that_opens_but_cannot_be_prepared_leaves_no_thread_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OperationalError("PRAGMA", {}, Exception("attempt to write a readonly database"))

    monkeypatch.setattr(storage.database, "_prepare_sqlite", fails)
    before = threading.active_count()
    with pytest.raises(BadSetting, match="attempt to write a readonly database"):
        await Database.open(f"sqlite:///{tmp_path}/a.sqlite3")
    async with asyncio.timeout(5):
        while threading.active_count() > before:  # noqa: ASYNC110 - polls, with a bound
            await asyncio.sleep(0.001)


async def test_an_unknown_database_name_is_told(postgres: Path) -> None:
    with pytest.raises(BadSetting, match='database "nowhere" does not exist'):
        await Database.open(f"postgresql://zhunshi:s3cret@/nowhere?host={postgres}")


async def test_the_last_folder_of_a_path_is_made(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/var/zhunshi.sqlite3") as database:
        await database.migrate()
    assert (tmp_path / "var" / "zhunshi.sqlite3").stat().st_size > 0


@pytest.mark.parametrize(("options", "synchronous"), [({}, 1), ({"full_sync": True}, 2)])
async def test_sqlite_is_set_for_safety_under_concurrency(
    tmp_path: Path, options: dict[str, bool], synchronous: int
) -> None:
    async with (
        open_database(f"sqlite:///{tmp_path}/a.sqlite3", **options) as database,
        database.read() as connection,
    ):
        found = [
            await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        ]
    assert found == ["wal", 1, synchronous, 10_000]


async def test_a_failed_transaction_leaves_nothing(db: Database) -> None:
    async def fails() -> None:
        async with db.write() as connection:
            await connection.execute(insert(handled_updates), {"update_id": 1, "handled_at": NOW})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    assert await _count(db) == 0


async def test_forty_writers_at_once_all_get_their_turn(db: Database) -> None:
    async def increase(number: int) -> None:
        async with db.write() as connection:
            await connection.scalar(select(func.count()).select_from(handled_updates))
            await connection.execute(insert(handled_updates), {"update_id": number, "handled_at": NOW})

    await asyncio.gather(*map(increase, range(40)))
    assert await _count(db) == 40


async def test_waiting_writers_leave_connections_to_readers(tmp_path: Path) -> None:
    async def add(database: Database, number: int) -> None:
        async with database.write() as connection:
            await connection.execute(insert(handled_updates), {"update_id": number, "handled_at": NOW})

    async with open_database(f"sqlite:///{tmp_path}/a.sqlite3") as database:
        await database.migrate()
        async with database.write():
            writers = [asyncio.create_task(add(database, number)) for number in range(40)]
            assert await asyncio.wait(writers, timeout=0.3) == (set(), set(writers))
            async with asyncio.timeout(5):
                assert await _count(database) == 0
        await asyncio.gather(*writers)
        assert await _count(database) == 40


async def test_two_openings_of_one_database_write_in_turn(db: Database, url: str) -> None:
    async def increase(database: Database, number: int) -> None:
        async with database.write() as connection:
            await connection.scalar(select(func.count()).select_from(handled_updates))
            await connection.execute(insert(handled_updates), {"update_id": number, "handled_at": NOW})

    async with open_database(url) as other:
        await asyncio.gather(*(increase((db, other)[number % 2], number) for number in range(20)))
    assert await _count(db) == 20


async def test_a_reader_sees_one_state_while_another_writes(db: Database) -> None:
    async with db.read() as reader:
        before = await reader.scalar(select(func.count()).select_from(handled_updates))
        async with db.write() as writer:
            await writer.execute(insert(handled_updates), {"update_id": 1, "handled_at": NOW})
        after = await reader.scalar(select(func.count()).select_from(handled_updates))
    assert (before, after) == (0, 0)
    assert await _count(db) == 1


async def test_an_instant_comes_back_aware_and_in_utc(db: Database) -> None:
    in_china = NOW.astimezone(timezone(timedelta(hours=8)))
    async with db.write() as connection:
        await connection.execute(insert(handled_updates), {"update_id": 1, "handled_at": in_china})
        found = await connection.scalar(select(handled_updates.c.handled_at))
    assert found == NOW
    assert found.utcoffset() == timedelta(0)


async def test_instants_of_different_zones_compare_as_instants(db: Database) -> None:
    in_china = NOW.astimezone(timezone(timedelta(hours=8)))
    async with db.write() as connection:
        await connection.execute(insert(handled_updates), {"update_id": 1, "handled_at": NOW})
        later = select(handled_updates).where(handled_updates.c.handled_at > in_china)
        same = select(handled_updates).where(handled_updates.c.handled_at == in_china)
        assert (await connection.execute(later)).all() == []
        assert len((await connection.execute(same)).all()) == 1


async def test_a_naive_instant_is_refused(db: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="needs a time zone"):
        async with db.write() as connection:
            await connection.execute(insert(handled_updates), {"update_id": 1, "handled_at": naive})


async def test_foreign_keys_hold(db: Database) -> None:
    orphan = {"policy_id": "p", "revision": 1, "fact_id": "T1", "position": 0, "kind": "target"}
    with pytest.raises(IntegrityError):
        async with db.write() as connection:
            await connection.execute(insert(facts), {**orphan, "clause": "一", "document": {}})


async def test_an_upsert_replaces_all_but_what_it_shall_keep(db: Database) -> None:
    first = {
        "chat_id": -(10**14),
        "kind": "group",
        "title": "甲",
        "language": "en",
        "active": True,
        "broadcasts": False,
        "former_id": None,
    }
    second = {**first, "title": "乙", "language": None}
    later = NOW + timedelta(days=1)
    async with db.write() as connection:
        statement = upsert(connection, chats, keep=["created_at"])
        await connection.execute(statement, {**first, "created_at": NOW, "updated_at": NOW})
        await connection.execute(statement, {**second, "created_at": later, "updated_at": later})
        rows = (await connection.execute(select(chats))).all()
    assert [row._asdict() for row in rows] == [{**second, "created_at": NOW, "updated_at": later}]


async def test_migrations_and_schema_describe_the_same_tables(db: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, metadata))

    async with db.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_newest_step_is_the_one_its_file_name_says(db: Database) -> None:
    head = ScriptDirectory(str(storage.database._MIGRATIONS)).get_current_head()
    async with db.read() as connection:
        assert await storage.database._version(connection) == head
    assert head == storage.database._head()


async def test_migrating_again_keeps_what_is_there(db: Database) -> None:
    async with db.write() as connection:
        await connection.execute(insert(handled_updates), {"update_id": 1, "handled_at": NOW})
    await db.migrate()
    assert await _count(db) == 1


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(db: Database) -> None:
    async with db.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadSetting, match="made by a newer version") as caught:
        await db.migrate()
    assert "s3cret" not in str(caught.value)
    async with db.read() as connection:
        assert await connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


async def test_a_step_that_fails_leaves_no_tables(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = storage.database._upgrade

    def fails_at_the_end(connection: Connection) -> None:
        upgrade(connection)
        connection.execute(text("SELECT * FROM nowhere"))

    monkeypatch.setattr(storage.database, "_upgrade", fails_at_the_end)
    async with open_database(url) as database:
        with pytest.raises(BadSetting, match="can't be migrated"):
            await database.migrate()
        with pytest.raises(DBAPIError):
            await _count(database)
        monkeypatch.undo()
        await database.migrate()
        assert await _count(database) == 0


async def test_four_processes_may_migrate_at_once_and_a_later_start_needs_no_alembic(url: str) -> None:
    assert "True" in await asyncio.gather(*(_run(MIGRATE, url) for _ in range(4)))
    assert await _run(MIGRATE, url) == "False"
    async with open_database(url) as database:
        assert await _count(database) == 0


async def test_a_conversation_survives_what_json_and_text_may_hold(db: Database) -> None:
    odd = {"cut": "\ud83d", "nul": "\0", "astral": "🀄", "quote": "'; DROP TABLE chats; --"}
    row = {"key": "k", "state": "'\"%s", "data": storage.database.to_json(odd), "updated_at": NOW}
    async with db.write() as connection:
        await connection.execute(insert(conversations), row)
        assert (await connection.execute(select(conversations))).one()._asdict() == row


async def _count(database: Database) -> int:
    async with database.read() as connection:
        return int(await connection.scalar(select(func.count()).select_from(handled_updates)) or 0)


async def _run(code: str, *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    output, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, errors.decode()
    return output.decode().strip()
