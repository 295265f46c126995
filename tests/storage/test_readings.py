"""Drafts of texts that were read, and what confirming one writes: all of it, once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.corroboration import Relation
from domain.errors import BadCatalogue
from domain.policy import Name, Policy
from storage.audit import AuditLog
from storage.database import Database
from storage.policies import load_policies, revisions, save_policies
from storage.readings import Draft, Original, Readings, save_with_originals
from tests.storage.samples import LUCHENG

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
TEXT = Original(name="方案.docx", text=" 到2025年，国际标准 0 项。\n“𠀀”")


def draft(at: int = 1, person: int = 7, policy: Policy = LUCHENG, created_at: datetime = NOW) -> Draft:
    return Draft(
        id=f"{at:016x}",
        person_id=person,
        policy=policy,
        unread=(("规?；", "有乱码"),),
        original=TEXT,
        created_at=created_at,
    )


@pytest.fixture
def readings(db: Database) -> Readings:
    return Readings(db)


async def test_a_draft_comes_back_as_it_was_kept_to_its_person_only(readings: Readings) -> None:
    await readings.add(draft())
    assert await readings.get(draft().id, 7) == draft()
    assert await readings.get(draft().id, 8) is None
    assert await readings.of(7, 5) == [draft()]
    assert await readings.of(8, 5) == []


async def test_nothing_is_published_before_it_is_confirmed(readings: Readings, db: Database) -> None:
    await readings.add(draft())
    assert await load_policies(db) == ()
    assert await readings.original(LUCHENG.id) is None


async def test_confirming_writes_revision_original_and_audit_entry(readings: Readings, db: Database) -> None:
    await readings.add(draft())
    assert await readings.publish(draft(), LUCHENG, NOW, original=TEXT) == 1
    assert await load_policies(db) == (LUCHENG,)
    assert await readings.original(LUCHENG.id) == TEXT
    (entry,) = await AuditLog(db).of(LUCHENG.id, 5)
    assert (entry.action, entry.actor_id, entry.detail["revision"]) == ("policy.published", 7, 1)
    assert await readings.get(draft().id, 7) is None


async def test_of_two_who_confirm_at_once_one_does(readings: Readings, db: Database) -> None:
    await readings.add(draft())
    done = await asyncio.gather(*(readings.publish(draft(), LUCHENG, NOW, original=TEXT) for _ in range(4)))
    assert sorted(done, key=str) == [1, None, None, None]
    assert len(await revisions(db, LUCHENG.id)) == 1
    assert len(await AuditLog(db).of(LUCHENG.id, 5)) == 1


async def test_what_the_format_refuses_leaves_the_draft_and_nothing_else(
    readings: Readings, db: Database
) -> None:
    await readings.add(draft())
    with pytest.raises(BadCatalogue):
        await readings.publish(draft(), replace(LUCHENG, title=Name(zh="")), NOW, original=TEXT)
    assert await load_policies(db) == ()
    assert await AuditLog(db).recent(5) == []
    assert await readings.get(draft().id, 7) == draft()
    with pytest.raises(BadCatalogue):
        await readings.add(draft(2, policy=replace(LUCHENG, title=Name(zh=""))))
    assert await readings.get(draft(2).id, 7) is None


async def test_only_the_version_that_was_seen_is_changed_or_confirmed(readings: Readings) -> None:
    await readings.add(draft())
    other = replace(LUCHENG, title=Name(zh="另一标题"))
    assert await readings.change(draft(), other)
    assert not await readings.change(draft(), LUCHENG)
    assert await readings.publish(draft(), LUCHENG, NOW, original=TEXT) is None
    now = await readings.get(draft().id, 7)
    assert now is not None
    assert (now.policy, now.version) == (other, 1)


async def test_what_a_person_decided_about_two_texts_is_kept(readings: Readings) -> None:
    await readings.add(draft())
    assert await readings.decide(draft(), Relation.TEXT, {"T2", "M1"})
    assert not await readings.decide(draft(), None, ())  # it has changed since
    now = await readings.get(draft().id, 7)
    assert now is not None
    assert (now.relation, now.taken, now.version) == (Relation.TEXT, frozenset({"T2", "M1"}), 1)


async def test_another_text_that_changes_nothing_leaves_revision_and_original(
    readings: Readings, db: Database
) -> None:
    await save_with_originals(db, [(LUCHENG, TEXT)], now=NOW, saved_by="import")
    await readings.add(draft())
    assert await readings.publish(draft(), LUCHENG, NOW, original=TEXT) == 1
    assert await readings.original(LUCHENG.id) == TEXT
    (entry,) = await AuditLog(db).of(LUCHENG.id, 5)
    assert (entry.action, entry.detail["source"]) == ("policy.corroborated", TEXT.name)


async def test_what_counts_no_text_keeps_no_original(readings: Readings) -> None:
    await readings.add(draft())
    assert await readings.publish(draft(), LUCHENG, NOW, original=None) == 1
    assert await readings.original(LUCHENG.id) is None


async def test_each_revision_keeps_its_own_original(readings: Readings, db: Database) -> None:
    await readings.add(draft())
    await readings.publish(draft(), LUCHENG, NOW, original=TEXT)
    later = replace(draft(2), original=Original(name="b.txt", text="新文本"))
    await readings.add(later)
    assert await readings.publish(later, replace(LUCHENG, targets=()), NOW, original=later.original) == 2
    assert await readings.original(LUCHENG.id) == later.original
    await save_policies(db, [LUCHENG], now=NOW, saved_by="bundled catalogue")
    assert await readings.original(LUCHENG.id) is None  # its positions count no text


async def test_one_that_says_the_same_stays_that_revision(readings: Readings, db: Database) -> None:
    await save_policies(db, [LUCHENG], now=NOW, saved_by="import")
    await readings.add(draft())
    assert await readings.publish(draft(), LUCHENG, NOW, original=TEXT) == 1
    assert await readings.original(LUCHENG.id) == TEXT


async def test_imports_keep_their_originals(readings: Readings, db: Database) -> None:
    saved = await save_with_originals(db, [(LUCHENG, TEXT)], now=NOW, saved_by="import")
    assert saved == [(LUCHENG.id, 1)]
    assert await readings.original(LUCHENG.id) == TEXT


async def test_old_drafts_are_forgotten(readings: Readings) -> None:
    await readings.add(draft(1, created_at=NOW - timedelta(days=31)))
    await readings.add(draft(2))
    assert await readings.purge(before=NOW - timedelta(days=30)) == 1
    assert [one.id for one in await readings.of(7, 5)] == [draft(2).id]
    await readings.drop(draft(2).id, 8)
    assert await readings.get(draft(2).id, 7) is not None
    await readings.drop(draft(2).id, 7)
    assert await readings.of(7, 5) == []
