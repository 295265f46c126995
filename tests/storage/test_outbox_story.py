"""Any story that an outbox can live through: nothing is lost, nothing held twice, every end is true."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from domain.broadcasts import Audience, AudienceKind, Broadcast, BroadcastState
from domain.delivery import (
    Again,
    DeliveryState,
    Failed,
    Migrated,
    Notice,
    Outcome,
    Priority,
    Sent,
    Unreachable,
)
from storage.broadcasts import Broadcasts
from storage.database import Database
from storage.outbox import Outbox, Settlement
from storage.schema import archived_deliveries, audit_log, broadcasts, deliveries, notices
from tests.storage.outbox_cast import NOW, enqueue, rows

Result = TypeVar("Result")

LEASE = 60
NOTICES = [Notice(id=f"n{number}") for number in range(2)]
ADMIN = 9
CHATS = [1, -4]  # few: so that much happens to each
QUICK = settings(
    max_examples=80,
    stateful_step_count=50,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)

notice_ids = st.sampled_from([notice.id for notice in NOTICES])
couriers = st.sampled_from("ab")


@dataclass(kw_only=True)
class Try:
    """What a courier knows of a delivery it claimed, and beside it whether the message truly arrived."""

    key: str
    id: int
    worker: str
    until: datetime
    handed: bool = False
    arrived: int | None = None  # the message's id


class Story(RuleBasedStateMachine):
    """Two couriers with a network that swallows what it likes, administrators who pause, and time."""

    runner: asyncio.Runner
    db: Database

    def __init__(self) -> None:
        super().__init__()
        self._box = Outbox(self.db)
        self._now = NOW
        self._names = {one: one for one in "ab"}  # a courier that restarts has a new name
        self._numbers = count(1)
        self._tries: dict[tuple[str, str], Try] = {}  # by worker and key
        self._keys: set[str] = set()
        self._arrivals: Counter[str] = Counter()
        self._resent: set[str] = set()
        self._reported: list[Settlement] = []
        self._rows: dict[str, dict[str, Any]] = {}
        self._desk = Broadcasts(self.db, self._box)
        self._paused: set[str] = set()
        self._run(_empty(self.db))
        for notice in NOTICES:
            assert self._run(self._desk.create(_running(notice), notice, NOW))

    @rule(
        notice=st.sampled_from(NOTICES),
        chats=st.lists(st.sampled_from(CHATS), min_size=1, max_size=2),
        priority=st.sampled_from(Priority),
        wait=st.sampled_from([0, 0, 30]),
    )
    def enqueue(self, notice: Notice, chats: list[int], priority: Priority, wait: int) -> None:
        """Someone tells some chats something, now or later; told before, it changes nothing."""
        due_at = self._now + timedelta(seconds=wait)
        new = {f"{notice.id}:{chat}" for chat in chats} - self._keys
        assert self._run(enqueue(self.db, notice, chats, priority=priority, due_at=due_at)) == len(new)
        self._keys |= new
        self._keep_back(notice.id)

    @precondition(lambda self: self._has("pending"))
    @rule(courier=couriers, limit=st.integers(1, 3))
    def claim(self, courier: str, limit: int) -> None:
        """A courier takes the first of what is due, and nothing that another holds."""
        worker = self._names[courier]
        due = [row for row in self._rows.values() if row["state"] == "pending" and row["due_at"] <= self._now]
        due.sort(key=lambda row: (row["priority"], row["due_at"], row["id"]))
        claimed = [one for one, _ in self._run(self._box.claim(worker, self._now, limit, LEASE))]
        assert [one.key for one in claimed] == [row["key"] for row in due[:limit]]
        until = self._now + timedelta(seconds=LEASE)
        for one in claimed:
            others = [held for held in self._tries.values() if held.key == one.key]
            assert not any(self._holds(held) for held in others), "two have it at once"
            self._tries[worker, one.key] = Try(key=one.key, id=one.id, worker=worker, until=until)

    @precondition(lambda self: self._mine(handed=False))
    @rule(data=st.data())
    def hand_over(self, data: st.DataObject) -> None:
        """A courier hands some to a network that swallows some; only what it still holds may go."""
        worker, chosen = self._some(data, handed=False)
        may_go = self._run(self._box.handed([one.id for one in chosen], worker, self._now))
        assert may_go == {one.id for one in chosen if self._holds(one) and one.until > self._now}
        for one in chosen:
            if one.id in may_go:
                before = self._rows[one.key]
                assert before["notice_id"] not in self._paused, "it leaves in a pause"
                assert before["doubts"] or not self._arrivals[one.key], "a repeat that is not counted"
                assert before["doubts"] < 2 or one.key in self._resent, "sent again more than once"
                one.handed = True
                if data.draw(st.booleans(), label="arrives"):
                    one.arrived = next(self._numbers)
                    self._arrivals[one.key] += 1
            else:
                del self._tries[one.worker, one.key]

    @precondition(lambda self: self._mine(handed=True))
    @rule(data=st.data(), twice=st.booleans())
    def settle(self, data: st.DataObject, *, twice: bool) -> None:
        """A courier reports what it heard: the truth, or silence; late or in time, once or twice."""
        worker, chosen = self._some(data, handed=True)
        batch = [(one.id, worker, data.draw(_ends(one, self._now))) for one in chosen]
        for one in chosen:
            del self._tries[worker, one.key]
        self._reported += batch
        self._run(self._box.settle(batch * (2 if twice else 1), self._now))

    @precondition(lambda self: self._reported)
    @rule(data=st.data())
    def repeat_an_old_report(self, data: st.DataObject) -> None:
        """A report that was written before comes again."""
        old = data.draw(st.sampled_from(self._reported))
        if all(held.id != old[0] or held.worker != old[1] for held in self._tries.values()):
            self._run(self._box.settle([old], self._now))

    @precondition(lambda self: self._tries)
    @rule(courier=couriers)
    def crash(self, courier: str) -> None:
        """A courier forgets everything and comes back under a new name."""
        worker = self._names[courier]
        self._tries = {at: one for at, one in self._tries.items() if one.worker != worker}
        self._names[courier] = f"{courier}{next(self._numbers)}"

    @precondition(lambda self: self._tries)
    @rule(courier=couriers)
    def come_back(self, courier: str) -> None:
        """A courier forgets everything and comes back at once under its own name."""
        worker = self._names[courier]
        held = [row for row in self._rows.values() if row.get("worker") == worker]
        self._tries = {at: one for at, one in self._tries.items() if one.worker != worker}
        assert self._run(self._box.take_up(worker, self._now)) == len(held)
        assert not any(row.get("worker") == worker for row in self._look())

    @precondition(lambda self: self._tries)
    @rule(courier=couriers)
    def leave(self, courier: str) -> None:
        """A courier gives back what it did not hand over."""
        self._run(self._box.release(self._names[courier]))
        self._tries = {
            at: one for at, one in self._tries.items() if one.handed or one.worker != self._names[courier]
        }

    @precondition(lambda self: self._rows)
    @rule(seconds=st.sampled_from([1, 30, 61]))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self._now += timedelta(seconds=seconds)

    @precondition(lambda self: self._has("sending"))
    @rule(seconds=st.sampled_from([0, 61]))
    def expire(self, seconds: int) -> None:
        """Leases that are over end, and no others."""
        self._now += timedelta(seconds=seconds)
        ends = [row["lease_until"] for row in self._rows.values() if row["state"] == "sending"]
        assert self._run(self._box.expire(self._now)) == sum(end <= self._now for end in ends)

    @rule(notice=notice_ids)
    def pause(self, notice: str) -> None:
        """An administrator pauses a broadcast, or lets it go on; pressed twice, it is done once."""
        act = self._desk.resume if notice in self._paused else self._desk.pause
        assert self._run(act(notice, actor_id=ADMIN, now=self._now)) is not None
        assert self._run(act(notice, actor_id=ADMIN, now=self._now)) is None
        self._paused ^= {notice}

    @precondition(lambda self: self._has("pending", "held", "sending"))
    @rule(notice=notice_ids)
    def cancel(self, notice: str) -> None:
        """An administrator calls a notice back."""
        self._run(self._box.cancel(notice, self._now))

    @precondition(lambda self: self._has("failed", "unreachable", "uncertain"))
    @rule(notice=notice_ids)
    def resend(self, notice: str) -> None:
        """An administrator tries the dead letters of a notice anew."""
        dead = self._run(self._box.dead_letters(100, notice_id=notice))
        assert self._run(self._box.resend(notice, self._now)) == len(dead)
        self._resent |= {one.key for one in dead}
        self._keep_back(notice)

    @precondition(lambda self: self._has("pending", "held"))
    @rule(old=st.sampled_from([-4, -104]))
    def migrate(self, old: int) -> None:
        """A group goes on under another id."""
        self._run(self._box.migrate(old, old - 100))
        waiting = [row for row in self._look() if row["state"] in {"pending", "held"}]
        assert not [row for row in waiting if row["chat_id"] == old]

    @precondition(lambda self: self._has("sent", "failed", "cancelled"))
    @rule(age=st.sampled_from([0, 100]))
    def archive(self, age: int) -> None:
        """What was settled long ago goes."""
        self._run(self._box.archive(self._now - timedelta(seconds=age)))

    @invariant()
    def nothing_is_lost_and_every_end_is_true(self) -> None:
        """What holds after every step."""
        found = self._look()
        assert {row["key"] for row in found} == self._keys
        for row in found:
            self._check(row)

    @rule()
    def count(self) -> None:
        """The counts are those of the rows, each of which stands once."""
        found = self._look()
        counts = self._run(self._box.counts())
        assert counts.total == len(self._keys)
        assert counts.by_state == Counter(dict.fromkeys(DeliveryState, 0) | _by_state(found))
        assert counts.doubtful == sum(row["doubts"] > 0 for row in found)

    def teardown(self) -> None:
        """Whatever happened, one courier that lives on brings all to an end."""
        for notice in list(self._paused):
            self.pause(notice)
        self._now += timedelta(days=1)
        for _ in range(3):
            self._run(self._box.expire(self._now))
            claimed = [one for one, _ in self._run(self._box.claim("last", self._now, 100, LEASE))]
            self._run(self._box.handed([one.id for one in claimed], "last", self._now))
            for one in claimed:
                self._arrivals[one.key] += 1
            batch: list[Settlement] = [(one.id, "last", Sent(next(self._numbers))) for one in claimed]
            self._run(self._box.settle(batch, self._now))
        self.nothing_is_lost_and_every_end_is_true()
        self.count()
        assert self._run(self._box.counts()).open == 0

    def _check(self, row: dict[str, Any]) -> None:
        arrivals = self._arrivals[row["key"]]
        match DeliveryState(row["state"]):
            case DeliveryState.SENT:
                assert arrivals
                assert row["message_id"]
            case DeliveryState.FAILED | DeliveryState.UNREACHABLE | DeliveryState.CANCELLED:
                assert not arrivals, "it did arrive"
            case DeliveryState.UNCERTAIN:
                assert row["doubts"]
            case DeliveryState.PENDING | DeliveryState.HELD as state:
                assert (state is DeliveryState.HELD) == (row["notice_id"] in self._paused)
                assert not arrivals or row["doubts"], "it arrived and nobody doubts"
            case DeliveryState.SENDING:
                assert row["worker"]
                assert row["lease_until"]
        assert arrivals < 2 or row["doubts"], "a repeat that is not counted"
        if row["state"] != DeliveryState.SENDING:
            assert row.get("worker") is row.get("lease_until") is row.get("handed_at") is None
        settled = DeliveryState(row["state"]).settled
        assert (row["settled_at"] is not None) == settled

    def _keep_back(self, notice: str) -> None:
        """What became pending by somebody's hand while its broadcast is paused is held again."""
        if notice in self._paused:
            self._run(self._desk.hold(notice))

    def _mine(self, *, handed: bool) -> list[Try]:
        return [one for one in self._tries.values() if one.handed is handed]

    def _some(self, data: st.DataObject, *, handed: bool) -> tuple[str, list[Try]]:
        first = data.draw(st.sampled_from(self._mine(handed=handed)))
        others = [one for one in self._mine(handed=handed) if one.worker == first.worker and one is not first]
        return first.worker, [first, *(one for one in others if data.draw(st.booleans(), label=one.key))]

    def _has(self, *states: str) -> bool:
        return any(row["state"] in states for row in self._rows.values())

    def _holds(self, held: Try) -> bool:
        row = self._rows[held.key]
        known_to_have_arrived = row["message_id"] is not None
        return row["state"] == "sending" and row["worker"] == held.worker and not known_to_have_arrived

    def _look(self) -> list[dict[str, Any]]:
        self._rows = self._run(rows(self.db))
        return list(self._rows.values())

    def _run(self, doing: Coroutine[Any, Any, Result]) -> Result:
        return self.runner.run(doing)


@pytest.mark.slow
def test_whatever_happens_nothing_is_lost_nor_held_twice_and_every_end_is_true(url: str) -> None:
    with asyncio.Runner() as runner:
        db = runner.run(_opened(url))
        try:
            run_state_machine_as_test(type("Here", (Story,), {"runner": runner, "db": db}), settings=QUICK)
        finally:
            runner.run(db.close())


async def _opened(url: str) -> Database:
    db = await Database.open(url)
    await db.migrate()
    return db


async def _empty(db: Database) -> None:
    async with db.write() as connection:
        for table in (archived_deliveries, deliveries, audit_log, broadcasts, notices):
            await connection.execute(delete(table))


def _running(notice: Notice) -> Broadcast:
    return Broadcast(
        id=notice.id,
        state=BroadcastState.RUNNING,
        audience=Audience(kind=AudienceKind.EVERYONE),
        author_id=ADMIN,
        author="周敏",
        created_at=NOW,
        start_at=NOW,
    )


def _ends(one: Try, now: datetime) -> st.SearchStrategy[Outcome]:
    silence: list[Outcome] = [Again(now, "timeout", doubtful=True), Failed("timeout", doubtful=True)]
    if one.arrived is not None:
        return st.sampled_from([Sent(one.arrived), *silence])
    answers: list[Outcome] = [
        Again(now + timedelta(seconds=5), "502"),
        Again(now, "flood", counted=False),
        Failed("rejected"),
        Unreachable("blocked"),
        Migrated(-1000 - one.id),
    ]
    return st.sampled_from(silence + answers)


def _by_state(found: list[dict[str, Any]]) -> dict[DeliveryState, int]:
    numbers: dict[DeliveryState, int] = defaultdict(int)
    for row in found:
        numbers[DeliveryState(row["state"])] += 1
    return numbers
