"""Updates seen: each handled once, also when it is repeated after a restart."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage.database import Database
from storage.schema import handled_updates
from storage.updates import SeenUpdates

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def test_an_update_is_claimed_once(db: Database) -> None:
    seen = await SeenUpdates.load(db)
    assert seen.claim(1)
    assert not seen.claim(1)
    seen.done(1, NOW)
    assert not seen.claim(1)
    assert seen.claim(2)


async def test_an_update_given_back_can_be_claimed_again_unless_it_was_done(db: Database) -> None:
    seen = await SeenUpdates.load(db)
    assert seen.claim(1)
    seen.release(1)
    assert seen.claim(1)
    seen.done(1, NOW)
    seen.release(1)
    assert not seen.claim(1)


async def test_a_repeat_after_a_restart_is_recognised(db: Database) -> None:
    seen = await SeenUpdates.load(db)
    assert seen.claim(2**53)
    assert seen.claim(5)
    seen.done(2**53, NOW)
    await seen.close()
    again = await SeenUpdates.load(db)
    assert not again.claim(2**53)
    assert again.claim(5), "it was in work, not done"


async def test_only_the_last_ones_are_kept_in_memory_and_in_the_database(db: Database) -> None:
    seen = await SeenUpdates.load(db, size=3)
    for number in range(10):
        seen.claim(number)
        seen.done(number, NOW + timedelta(seconds=number))
    assert [seen.claim(number) for number in (6, 7, 8, 9)] == [True, False, False, False]
    await seen.flush()
    assert await _stored(db) == [7, 8, 9]


async def test_loading_fewer_forgets_the_older(db: Database) -> None:
    seen = await SeenUpdates.load(db)
    for number in (5, 3, 9, 1):
        seen.done(number, NOW - timedelta(seconds=number))
    await seen.close()
    again = await SeenUpdates.load(db, size=2)
    assert await _stored(db) == [1, 3]
    again.done(7, NOW)
    assert [again.claim(number) for number in (1, 3)] == [False, True]


async def test_doing_the_same_twice_is_harmless(db: Database) -> None:
    seen = await SeenUpdates.load(db)
    for seconds in range(2):
        seen.done(1, NOW + timedelta(seconds=seconds))
        await seen.flush()
    assert await _stored(db) == [1]


async def _stored(db: Database) -> list[int]:
    async with db.read() as connection:
        return list(await connection.scalars(select(handled_updates.c.update_id).order_by("update_id")))
