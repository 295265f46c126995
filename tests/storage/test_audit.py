"""The audit log: kept with the deed, in its order, for ever."""

import pytest

from storage.audit import AuditEntry, AuditLog
from storage.database import Database
from tests.storage.broadcast_cast import ADMIN, ID, LATER, NEXT_ID, NOW


async def _note(db: Database, *entries: AuditEntry) -> None:
    async with db.write() as connection:
        for entry in entries:
            await AuditLog(db).note(connection, entry)


async def test_what_was_done_is_found_by_its_subject_the_newest_first(db: Database) -> None:
    first = AuditEntry(
        at=NOW, actor_id=ADMIN, action="broadcast.confirmed", subject=ID, detail={"给": [1, 2]}
    )
    other = AuditEntry(at=NOW, actor_id=1, action="address.added", subject=NEXT_ID)
    last = AuditEntry(at=LATER, actor_id=ADMIN, action="broadcast.paused", subject=ID)
    await _note(db, first, other, last)
    log = AuditLog(db)
    found = await log.of(ID, 10)
    assert [(one.at, one.action, one.detail) for one in found] == [
        (LATER, "broadcast.paused", {}),
        (NOW, "broadcast.confirmed", {"给": [1, 2]}),
    ]
    assert await log.of(ID, 1) == found[:1]
    assert await log.of("nothing", 10) == []


async def test_the_log_is_read_page_by_page(db: Database) -> None:
    await _note(
        db, *(AuditEntry(at=NOW, actor_id=number, action="a.b", subject="s") for number in range(1, 6))
    )
    log = AuditLog(db)
    pages = [await log.recent(2)]
    while pages[-1]:
        pages.append(await log.recent(2, pages[-1][-1].id))
    assert [[one.actor_id for one in page] for page in pages] == [[5, 4], [3, 2], [1], []]


async def test_what_was_not_done_is_not_noted(db: Database) -> None:
    async def fail() -> None:
        async with db.write() as connection:
            entry = AuditEntry(at=NOW, actor_id=ADMIN, action="broadcast.paused", subject=ID)
            await AuditLog(db).note(connection, entry)
            raise RuntimeError("the deed failed")

    with pytest.raises(RuntimeError):
        await fail()
    assert await AuditLog(db).recent(10) == []
