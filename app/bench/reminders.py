"""`zhunshi bench reminders`: a million reminders planned beside a bare `INSERT … SELECT`, ticks, and claims.

All in a folder that is gone afterwards. What counts is CPU time of this process with all its threads: SQLite
works in them, so it is all in it but waiting for the disk.
"""

import asyncio
import gc
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.events import Event, EventKind
from domain.policy import Name
from domain.reminders import ReminderSettings
from domain.timeline import Deadline, Precision
from scheduler.holidays import workdays
from scheduler.job_store import JobStore
from scheduler.planner import plan
from storage.bench import Crowd
from storage.database import Database, open_database
from storage.outbox import Outbox
from storage.plans import Plans
from storage.reminders import Reminders

ROUNDS, SUBSCRIPTIONS, EVENTS = 3, 10_000, 25  # with four leads each a million reminders
MORE = 10  # times as many rows for the idle tick
IDLE, CLAIMED = 200, 500
JOBS, JOBS_ADDED = 100_000, 1_000  # held by APScheduler, and put in one by one to learn how long that takes

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
_MORNING = datetime(2026, 2, 2, 8, tzinfo=UTC)  # office hours in all of the zones


async def measure_reminders() -> dict[str, Any]:
    """Run all cases; `docs/commands.md` says what comes back."""
    gc.collect()
    gc.freeze()  # as `zhunshi run` does
    costs: dict[str, list[float]] = {"plan": [], "insert_select": [], "replan": []}
    reminders = 0
    for _ in range(ROUNDS):
        async with _store() as (db, crowd):
            await crowd.subscribe(SUBSCRIPTIONS, _profiles(), NOW)
            planning, again = await _cost(lambda: _plan(db)), await _cost(lambda: _replan(db, crowd))
            reminders = await crowd.count()
            costs["plan"].append(planning / reminders)
            costs["replan"].append(again / reminders)
            costs["insert_select"].append(await _cost(crowd.copy) / reminders)
    costs |= await _ticks()
    costs |= await asyncio.to_thread(_jobs)
    return _result(costs, reminders)


async def _plan(db: Database) -> None:
    plans = Plans(db)
    await plans.lay(plan(_events(), await plans.profiles(), NOW, workdays()), NOW)
    while await plans.follow(NOW):
        pass


async def _replan(db: Database, crowd: Crowd) -> None:
    """The same once more, as if everything had changed: nothing is written but who follows the plan."""
    await crowd.forget_the_plan()
    await _plan(db)


async def _ticks() -> dict[str, list[float]]:
    """Nothing due at a million rows and at ten, then 500 due among ten million."""
    costs: dict[str, list[float]] = {}
    async with _store() as (db, crowd):
        fire = _firing(db)
        await crowd.subscribe(SUBSCRIPTIONS, _profiles(), NOW)
        await _plan(db)
        await _idle(fire)
        costs["idle_1m"] = await _idle(fire)
        await crowd.multiply(MORE)
        await _idle(fire)
        costs["idle_10m"] = await _idle(fire)
        await crowd.make_due(CLAIMED, _MORNING)
        costs["claim"] = [await _cost(lambda: fire(_MORNING)) / CLAIMED]
    return costs


def _firing(db: Database) -> Callable[[datetime], Awaitable[None]]:
    reminders = Reminders(db, Outbox(db))

    async def fire(now: datetime) -> None:
        fired = await reminders.fire(now, workdays(), limit=CLAIMED)
        if fired.messages != (CLAIMED if now == _MORNING else 0):
            raise RuntimeError(f"{fired.messages} messages")  # one that does nothing is quick

    return fire


async def _idle(fire: Callable[[datetime], Awaitable[None]]) -> list[float]:
    return [await _cost(lambda: fire(NOW)) for _ in range(IDLE)]


def _jobs() -> dict[str, list[float]]:
    with TemporaryDirectory(prefix="zhunshi-") as folder:
        store = JobStore(Path(folder) / "jobs.sqlite3")
        start = time.process_time()
        store.add(JOBS_ADDED, due=NOW + timedelta(days=400))
        added = time.process_time() - start
        store.fill(JOBS - JOBS_ADDED)
        store.add(CLAIMED, due=_MORNING)
        start = time.process_time()
        if store.run_due(_MORNING) != CLAIMED:
            raise RuntimeError("not all jobs were due")
        due = time.process_time() - start
        store.close()
    return {"apscheduler_add": [added / JOBS_ADDED], "apscheduler_due": [due / CLAIMED]}


@asynccontextmanager
async def _store() -> AsyncIterator[tuple[Database, Crowd]]:
    with TemporaryDirectory(prefix="zhunshi-") as folder:
        async with open_database(f"sqlite+aiosqlite:///{folder}/bench.sqlite3") as db:
            await db.migrate()
            yield db, Crowd(db)


def _profiles() -> list[ReminderSettings]:
    """Twenty ways to be reminded, all with four leads."""
    return [
        ReminderSettings(leads=(30, 7, 1 + number % 5, 0), zone=zone)
        for number in range(5)
        for zone in _ZONES
    ]


_ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "Asia/Tokyo")


def _events() -> list[Event]:
    return [
        Event(
            key=f"bench/target/T{number}",
            kind=EventKind.TARGET,
            name=Name(zh=f"指标{number}"),
            when=Deadline(date(2026, 4, 1) + timedelta(days=9 * number), Precision.DAY),
        )
        for number in range(EVENTS)
    ]


async def _cost(do: Callable[[], Awaitable[object]]) -> float:
    start = time.process_time()
    await do()
    return time.process_time() - start


def _result(costs: dict[str, list[float]], reminders: int) -> dict[str, Any]:
    cpu = {name: statistics.median(values) for name, values in costs.items()}
    return {
        "bench": "reminders",
        "cases": {
            name: {"per_s": round(1 / seconds, 1), "cpu_us": round(seconds * 1e6, 3)}
            for name, seconds in cpu.items()
        },
        "ratios": {
            "plan_to_insert": round(cpu["insert_select"] / cpu["plan"], 3),
            "idle_10m_to_1m": round(cpu["idle_10m"] / cpu["idle_1m"], 3),
            "claim_to_apscheduler": round(cpu["apscheduler_due"] / cpu["claim"], 1),
            "plan_to_apscheduler": round(cpu["apscheduler_add"] / cpu["plan"], 1),
        },
        "cpu_us_range": {
            name: [round(min(values) * 1e6, 3), round(max(values) * 1e6, 3)] for name, values in costs.items()
        },
        "reminders": reminders,
        "rounds": ROUNDS,
    }


def told(result: dict[str, Any]) -> str:
    """The result for people."""
    lines = [f"{'case':<16} {'a second':>12} {'CPU us':>10}"]
    lines += [
        f"{name:<16} {one['per_s']:>12,.0f} {one['cpu_us']:>10.1f}" for name, one in result["cases"].items()
    ]
    lines += [f"{name}: {ratio:.2f}" for name, ratio in result["ratios"].items()]
    return "\n".join(lines)
