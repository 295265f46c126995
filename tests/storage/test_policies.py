"""Policies as revisions: equal when read back, unchanged when nothing changed, whole or not at all."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from domain.errors import BadCatalogue
from domain.policy import Name, Policy
from storage.catalogue import dumps, load_folder, loads
from storage.database import Database, open_database
from storage.policies import load_policies, load_revision, revisions, save_policies
from storage.schema import facts
from tests.storage.samples import LUCHENG, QUICK, policies

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CATALOGUE = Path(__file__).parents[2] / "catalogue"
OTHER = replace(LUCHENG, id="anji-2024", title=Name(zh="安吉方案"))
RENAMED = replace(LUCHENG, title=Name(zh="鹿城区标准化行动方案（修订）"))


async def save(db: Database, *given: Policy, now: datetime = NOW) -> list[tuple[str, int]]:
    return await save_policies(db, given, now=now, saved_by="周敏")


async def test_policies_come_back_equal_and_in_the_order_of_their_ids(db: Database) -> None:
    assert await load_policies(db) == ()
    assert await save(db, LUCHENG, OTHER) == [("lucheng-2024", 1), ("anji-2024", 1)]
    assert await load_policies(db) == (OTHER, LUCHENG)


async def test_saving_the_same_again_changes_nothing(db: Database) -> None:
    await save(db, LUCHENG, OTHER)
    assert await save(db, LUCHENG, OTHER, now=NOW + timedelta(days=1)) == []
    assert await save(db, loads(dumps(LUCHENG), name="again"), now=NOW + timedelta(days=1)) == []
    assert [one.saved_at for one in await revisions(db, LUCHENG.id)] == [NOW]


async def test_a_change_is_a_new_revision_and_the_older_stays_readable(db: Database) -> None:
    await save(db, LUCHENG, OTHER)
    assert await save(db, RENAMED, OTHER, now=NOW + timedelta(days=1)) == [("lucheng-2024", 2)]
    assert await save(db, LUCHENG) == [("lucheng-2024", 3)]
    assert await load_policies(db) == (OTHER, LUCHENG)
    assert [await load_revision(db, LUCHENG.id, number) for number in (1, 2, 3, 4)] == [
        LUCHENG,
        RENAMED,
        LUCHENG,
        None,
    ]
    history = await revisions(db, LUCHENG.id)
    assert [(one.revision, one.saved_by, one.is_current) for one in history] == [
        (1, "周敏", False),
        (2, "周敏", False),
        (3, "周敏", True),
    ]
    assert history[0].digest == history[2].digest != history[1].digest
    assert await revisions(db, "nobody") == ()


async def test_facts_and_their_dates_can_be_asked_in_sql(db: Database) -> None:
    await save(db, LUCHENG)
    dated = select(facts).where(facts.c.due_day.between(date(2024, 7, 1), date(2025, 6, 30)))
    async with db.read() as connection:
        rows = (await connection.execute(dated.order_by(facts.c.position))).all()
        every = await connection.scalar(select(func.count()).select_from(facts))
    assert [(row.kind, row.fact_id, row.due_day, row.due_precision, row.clause) for row in rows] == [
        ("target", "T2", date(2025, 6, 30), "month", "二（二）"),
        ("measure", "M1", date(2024, 12, 31), "day", "三（一）1"),
        ("stage", "S1", date(2024, 12, 31), "month", "四（一）"),
        ("milestone", "S1a", date(2024, 9, 30), "month", "四（一）"),
    ]
    assert rows[0].document["value"] == "10.50"
    assert every == len(list(LUCHENG.facts())) + 1


async def test_of_several_policies_one_bad_one_keeps_all_out(db: Database) -> None:
    bad = replace(OTHER, departments=())
    with pytest.raises(BadCatalogue, match=r"anji-2024: measures\[M1\]\.charges: no department"):
        await save(db, LUCHENG, bad)
    with pytest.raises(BadCatalogue, match="two policies have this id"):
        await save(db, LUCHENG, RENAMED)
    goal = replace(LUCHENG.goals[0], id="no such id")
    with pytest.raises(BadCatalogue, match=r"anji-2024: goals\[no such id\]\.id: "):
        await save(db, LUCHENG, replace(OTHER, goals=(goal,)))
    assert await load_policies(db) == ()


async def test_only_one_revision_can_be_the_current_one(db: Database) -> None:
    await save(db, LUCHENG)
    await save(db, RENAMED)
    with pytest.raises(IntegrityError):
        async with db.write() as connection:
            await connection.execute(text("UPDATE policy_revisions SET is_current = true"))


async def test_many_who_save_at_once_make_one_revision_each(db: Database, url: str) -> None:
    versions = [replace(LUCHENG, title=Name(zh=f"第{number}稿")) for number in range(6)]
    async with open_database(url) as other:
        await asyncio.gather(*(save((db, other)[n % 2], version) for n, version in enumerate(versions)))
    history = await revisions(db, LUCHENG.id)
    assert [one.revision for one in history] == [1, 2, 3, 4, 5, 6]
    assert {await load_revision(db, LUCHENG.id, one.revision) for one in history} == set(versions)


async def test_a_stored_document_that_is_damaged_is_named(db: Database) -> None:
    await save(db, LUCHENG)
    async with db.write() as connection:
        await connection.execute(text('UPDATE policy_revisions SET document = \'{"id": "lucheng-2024"}\''))
    with pytest.raises(BadCatalogue, match="lucheng-2024 revision 1: title: Field required"):
        await load_policies(db)


async def test_any_policy_comes_back_equal_from_the_database(db: Database) -> None:
    given_here: list[Policy] = []

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=QUICK)
    @given(policies)
    def gather(policy: Policy) -> None:
        given_here.append(replace(policy, id=f"p{len(given_here)}"))

    gather()
    await save(db, *given_here)
    assert set(await load_policies(db)) == set(given_here)
    assert await save(db, *given_here) == []


async def test_the_bundled_catalogue_is_stored_once_and_comes_back(db: Database) -> None:
    bundled = load_folder(CATALOGUE)
    assert len(await save(db, *bundled)) == len(bundled)
    assert await save(db, *load_folder(CATALOGUE)) == []
    assert await load_policies(db) == tuple(sorted(bundled, key=lambda policy: policy.id))


DIES_WHILE_SAVING = """
import asyncio, os, sys
from dataclasses import replace
from datetime import UTC, datetime
import storage.policies
from domain.policy import Name
from storage.database import open_database
from tests.storage.samples import LUCHENG

def die(*_):
    os._exit(9)

async def main():
    async with open_database(sys.argv[1]) as db:
        changed = replace(LUCHENG, title=Name(zh="半截"))
        storage.policies._fact_rows = die  # the revision is inserted by then, its facts are not
        await storage.policies.save_policies(db, [changed], now=datetime.now(UTC), saved_by="x")

asyncio.run(main())
"""


async def test_a_crash_in_the_middle_of_saving_leaves_the_old_revision(db: Database, url: str) -> None:
    await save(db, LUCHENG)
    command = [sys.executable, "-c", DIES_WHILE_SAVING, url]
    root = Path(__file__).parents[2]
    died = await asyncio.to_thread(subprocess.run, command, cwd=root, timeout=60, check=False)
    assert died.returncode == 9
    assert await load_policies(db) == (LUCHENG,)
    assert len(await revisions(db, LUCHENG.id)) == 1
    assert await save(db, RENAMED) == [("lucheng-2024", 2)]
