"""Chats and their settings: there at once, there after a restart."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from storage.chats import Chat, Chats
from storage.database import Database
from storage.schema import chats

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MIN, GROUP, SUPERGROUP = 7_000_000_001, -4_000_111, -1_001_234_567_890


async def test_a_chat_is_remembered_over_a_restart(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(MIN, "private", "周敏", language="zh_Hans", now=NOW)
    for known in (met, await Chats.load(db)):
        assert known.get(MIN) == Chat(chat_id=MIN, kind="private", title="周敏", language="zh_Hans")
        assert known.language(MIN) == "zh_Hans"
        assert known.language(GROUP) is None
        assert known.get(GROUP) is None


async def test_a_chosen_language_stays_whatever_telegram_tells_later(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(MIN, "private", "周敏", now=NOW)
    await met.set_language(MIN, "zh_Hant", LATER)
    await met.remember(MIN, "private", "周敏", language="en", now=LATER)
    assert (await Chats.load(db)).language(MIN) == "zh_Hant"


async def test_a_chat_that_writes_again_is_active_again(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(GROUP, "group", "标准处", now=NOW)
    await met.set_active(GROUP, active=False, now=LATER)
    stored = (await Chats.load(db)).get(GROUP)
    assert stored is not None
    assert not stored.active
    await met.remember(GROUP, "group", "标准处", now=LATER)
    stored = (await Chats.load(db)).get(GROUP)
    assert stored is not None
    assert stored.active


async def test_what_is_known_already_costs_no_write(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(MIN, "private", "周敏", language="en", now=NOW)
    await met.remember(MIN, "private", "周敏", language="zh_Hans", now=LATER)
    await met.set_language(MIN, "en", LATER)
    assert await _times(db) == {MIN: (NOW, NOW)}
    await met.remember(MIN, "private", "周小敏", now=LATER)
    assert await _times(db) == {MIN: (NOW, LATER)}


async def test_changes_made_at_once_all_hold(db: Database) -> None:
    met = await Chats.load(db)
    await asyncio.gather(
        met.remember(MIN, "private", "周敏", now=NOW),
        met.set_language(MIN, "en", NOW),
        met.set_active(MIN, active=False, now=NOW),
    )
    expected = Chat(chat_id=MIN, kind="private", title="周敏", language="en", active=False)
    assert met.get(MIN) == (await Chats.load(db)).get(MIN) == expected


async def test_a_group_keeps_its_settings_as_a_supergroup(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(GROUP, "group", "标准处", language="zh_Hant", now=NOW)
    await met.migrate(GROUP, SUPERGROUP, LATER)
    await met.migrate(GROUP, SUPERGROUP, LATER)
    for known in (met, await Chats.load(db)):
        assert known.get(GROUP) is None
        assert known.get(SUPERGROUP) == Chat(
            chat_id=SUPERGROUP, kind="supergroup", title="标准处", language="zh_Hant"
        )
    assert await _times(db) == {SUPERGROUP: (NOW, LATER)}


async def test_a_supergroup_that_wrote_first_still_inherits_the_language(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(GROUP, "group", "标准处", language="zh_Hant", now=NOW)
    await met.remember(SUPERGROUP, "supergroup", "标准处（新）", now=LATER)
    await met.migrate(GROUP, SUPERGROUP, LATER)
    for known in (met, await Chats.load(db)):
        assert known.get(SUPERGROUP) == Chat(
            chat_id=SUPERGROUP, kind="supergroup", title="标准处（新）", language="zh_Hant"
        )
        assert known.get(GROUP) is None


async def test_a_title_of_any_characters_is_kept_as_far_as_a_database_can(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(MIN, "private", "敏\0'; DROP TABLE chats; -- \ud83d🀄", now=NOW)
    await met.remember(MIN, "private", "敏\0'; DROP TABLE chats; -- \ud83d🀄", now=LATER)
    stored = (await Chats.load(db)).get(MIN)
    assert stored is not None
    assert stored.title == "敏'; DROP TABLE chats; -- ?🀄"
    assert await _times(db) == {MIN: (NOW, NOW)}


async def test_what_could_not_be_written_is_not_believed(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = await Chats.load(db)
    with monkeypatch.context() as broken:
        broken.setattr(db, "write", _fails)
        with pytest.raises(OperationalError):
            await met.set_language(MIN, "en", NOW)
    assert met.language(MIN) is None
    await met.set_language(MIN, "en", NOW)
    assert (await Chats.load(db)).language(MIN) == "en"


def _fails() -> object:
    raise OperationalError("INSERT", {}, Exception("disk full"))


async def _times(db: Database) -> dict[int, tuple[datetime, datetime]]:
    async with db.read() as connection:
        rows = await connection.execute(select(chats))
        return {row.chat_id: (row.created_at, row.updated_at) for row in rows}
