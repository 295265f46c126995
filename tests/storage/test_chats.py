"""Chats and their settings: there at once, there after a restart."""

import asyncio
from dataclasses import replace
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


async def test_a_migration_that_another_process_was_told_of_first_loses_nothing(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(GROUP, "group", "标准处", language="zh_Hant", now=NOW)
    other = await Chats.load(db)
    await met.migrate(GROUP, SUPERGROUP, LATER)
    await other.migrate(GROUP, SUPERGROUP, LATER)
    for known in (met, other, await Chats.load(db)):
        assert known.get(GROUP) is None
        assert known.language(SUPERGROUP) == "zh_Hant"
    assert await _times(db) == {SUPERGROUP: (NOW, LATER)}


async def test_a_migration_of_a_chat_that_nobody_knows_makes_none(db: Database) -> None:
    met = await Chats.load(db)
    await met.migrate(GROUP, SUPERGROUP, LATER)
    assert met.get(SUPERGROUP) is None
    assert await _times(db) == {}


async def test_a_chat_is_known_under_its_first_id_for_ever(db: Database) -> None:
    met = await Chats.load(db)
    await met.remember(GROUP, "group", "标准处", now=NOW)
    for old, new in ((GROUP, SUPERGROUP), (SUPERGROUP, SUPERGROUP - 1)):
        await met.migrate(old, new, LATER)
        await met.remember(new, "supergroup", "标准处", now=LATER)
    async with db.read() as connection:
        rows = await connection.execute(select(chats.c.chat_id, chats.c.former_id))
        assert [tuple(row) for row in rows] == [(SUPERGROUP - 1, GROUP)]


async def test_what_another_process_changed_is_there_after_a_refresh(db: Database) -> None:
    here, there = await Chats.load(db), await Chats.load(db)
    await there.remember(MIN, "private", "周敏", language="en", now=NOW)
    await there.remember(GROUP, "group", "标准处", now=NOW)
    assert here.get(MIN) is None
    await here.refresh()
    assert here.language(MIN) == "en"
    await there.set_broadcasts(MIN, wanted=False, now=LATER)
    await here.refresh()
    chat = here.get(MIN)
    assert chat is not None
    assert not chat.broadcasts
    await there.migrate(GROUP, SUPERGROUP, LATER - timedelta(seconds=59))  # by a clock that is slow
    await here.refresh()
    assert here.get(GROUP) is None
    assert here.get(SUPERGROUP) == there.get(SUPERGROUP) is not None


async def test_a_refresh_reads_only_what_changed_lately(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = await Chats.load(db)
    await met.remember(MIN, "private", "周敏", now=NOW)
    await met.remember(GROUP, "group", "标准处", now=LATER)
    await met.refresh()
    read: list[int] = []
    monkeypatch.setattr("storage.chats._chat", lambda row: read.append(row.chat_id))
    await met.refresh()
    assert read == [GROUP]


async def test_a_change_writes_over_nothing_that_another_process_changed(db: Database) -> None:
    here = await Chats.load(db)
    await here.remember(MIN, "private", "周敏", now=NOW)
    there = await Chats.load(db)
    await there.set_broadcasts(MIN, wanted=False, now=LATER)
    await there.set_language(MIN, "zh_Hant", LATER)
    await here.set_active(MIN, active=False, now=LATER)
    await here.remember(MIN, "private", "周小敏", now=LATER)
    expected = Chat(chat_id=MIN, kind="private", title="周小敏", language="zh_Hant", broadcasts=False)
    assert (await Chats.load(db)).get(MIN) == expected
    strange = await Chats.load(db)
    strange._known.clear()
    await strange.remember(MIN, "private", "敏", now=LATER)
    assert (await Chats.load(db)).get(MIN) == replace(expected, title="敏")


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
