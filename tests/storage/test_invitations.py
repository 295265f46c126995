"""Invitations: a code lets one place follow one thing, once, in time, while it is there."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.policy import FactKind
from storage.audit import AuditLog
from storage.catalogue import loads
from storage.database import Database
from storage.invitations import VALID, Invitation, Invitations, Outcome
from storage.policies import save_policies
from storage.schema import audit_log, invitations
from storage.subscriptions import Subscription, Subscriptions
from tests.storage.broadcast_cast import ADMIN, FORUM, GROUP, JIE, MIN, NOW

OFFICES = (
    "departments: [{id: D1, clause: 二, name: {zh: 标准处}}, {id: D2, clause: 二, name: {zh: 质量处}}]\n"
)
BARE = "id: p1\ntitle: {zh: 河湾县标准化意见}\nregion: {zh: 河湾县}\n"
OFFICE = Subscription(chat_id=MIN, policy_id="p1", kind=FactKind.DEPARTMENT, fact_id="D1", created_by=MIN)


async def held(db: Database, text: str = BARE + OFFICES) -> Invitations:
    """All invitations, beside a policy."""
    await save_policies(db, [loads(text, name="p1.yaml")], now=NOW, saved_by="test")
    return Invitations(db)


async def invited(all_: Invitations, fact: str = "D1") -> str:
    """The code for a department of it."""
    return await all_.make("p1", FactKind.DEPARTMENT, fact, ADMIN, NOW)


async def outcome(all_: Invitations, code: str, chat_id: int = MIN, after: timedelta = VALID / 2) -> Outcome:
    """What it comes to."""
    return (await all_.redeem(code, chat_id, None, chat_id, NOW + after)).outcome


async def test_a_code_lets_one_place_follow_what_it_is_for(db: Database) -> None:
    all_ = await held(db)
    code = await invited(all_)
    redeemed = await all_.redeem(code, MIN, None, MIN, NOW)
    assert redeemed.outcome is Outcome.ACCEPTED
    assert redeemed.invitation == Invitation(
        id=1,
        policy_id="p1",
        kind=FactKind.DEPARTMENT,
        fact_id="D1",
        created_by=ADMIN,
        created_at=NOW,
        expires_at=NOW + VALID,
    )
    assert await Subscriptions(db).of(MIN, None) == [OFFICE]
    assert await outcome(all_, code, JIE) is Outcome.USED
    assert await Subscriptions(db).of(JIE, None) == []


async def test_a_whole_policy_can_be_what_it_is_for(db: Database) -> None:
    all_ = await held(db)
    code = await all_.make("p1", FactKind.POLICY, "", ADMIN, NOW)
    assert await outcome(all_, code) is Outcome.ACCEPTED
    (one,) = await Subscriptions(db).of(MIN, None)
    assert (one.policy_id, one.kind, one.fact_id) == ("p1", FactKind.POLICY, "")


async def test_a_topic_follows_for_itself(db: Database) -> None:
    all_ = await held(db)
    await all_.redeem(await invited(all_), FORUM, 5, JIE, NOW)
    (one,) = await Subscriptions(db).of(FORUM, 5)
    assert (one.thread_id, one.created_by) == (5, JIE)
    assert await Subscriptions(db).of(FORUM, None) == []


async def test_who_follows_it_anyway_uses_no_code_up(db: Database) -> None:
    all_ = await held(db)
    used, fresh, old = [await invited(all_) for _ in range(3)]
    assert await outcome(all_, used) is Outcome.ACCEPTED
    assert await outcome(all_, used) is Outcome.FOLLOWED
    assert await outcome(all_, fresh) is Outcome.FOLLOWED
    assert await outcome(all_, old, after=VALID * 2) is Outcome.FOLLOWED
    assert len(await Subscriptions(db).of(MIN, None)) == 1
    assert await outcome(all_, fresh, JIE) is Outcome.ACCEPTED


async def test_a_code_that_was_used_does_not_bring_back_what_was_left(db: Database) -> None:
    all_ = await held(db)
    code = await invited(all_)
    await outcome(all_, code)
    await Subscriptions(db).unfollow(OFFICE)
    assert await outcome(all_, code) is Outcome.USED
    assert await Subscriptions(db).of(MIN, None) == []


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (timedelta(), Outcome.ACCEPTED),
        (VALID - timedelta(seconds=1), Outcome.ACCEPTED),
        (VALID, Outcome.EXPIRED),
    ],
)
async def test_a_code_is_good_until_it_expires(db: Database, after: timedelta, found: Outcome) -> None:
    all_ = await held(db)
    code = await invited(all_)
    assert await outcome(all_, code, after=after) is found
    assert bool(await Subscriptions(db).of(MIN, None)) is (found is Outcome.ACCEPTED)


@pytest.mark.parametrize("code", ["", "0" * 32, "标准", "x" * 4000])
async def test_a_code_that_was_never_given_is_unknown(db: Database, code: str) -> None:
    redeemed = await (await held(db)).redeem(code, MIN, None, MIN, NOW)
    assert (redeemed.outcome, redeemed.invitation) == (Outcome.UNKNOWN, None)


async def test_a_revoked_code_is_told_from_a_used_one(db: Database) -> None:
    all_ = await held(db)
    code, other = await invited(all_), await invited(all_, "D2")
    assert await all_.revoke(1, ADMIN, NOW)
    assert not await all_.revoke(1, ADMIN, NOW)
    assert not await all_.revoke(99, ADMIN, NOW)
    assert await outcome(all_, code) is Outcome.REVOKED
    assert await outcome(all_, other) is Outcome.ACCEPTED
    assert not await all_.revoke(2, ADMIN, NOW)
    assert await outcome(all_, other, JIE) is Outcome.USED


async def test_what_a_later_revision_dropped_can_not_be_followed(db: Database) -> None:
    all_ = await held(db)
    code, whole = await invited(all_), await all_.make("p1", FactKind.POLICY, "", ADMIN, NOW)
    await held(db, BARE)
    assert await outcome(all_, code) is Outcome.GONE
    assert await Subscriptions(db).of(MIN, None) == []
    assert await outcome(all_, whole) is Outcome.ACCEPTED
    await held(db)
    assert await outcome(all_, code) is Outcome.ACCEPTED  # nothing had been used up


async def test_open_ones_are_listed_the_newest_first(db: Database) -> None:
    all_ = await held(db)
    codes = [await invited(all_, fact) for fact in ("D1", "D2", "D1", "D2")]
    await outcome(all_, codes[0])
    await all_.revoke(2, ADMIN, NOW)
    assert [one.id for one in await all_.open(NOW)] == [4, 3]
    assert await all_.open(NOW + VALID) == []


async def test_of_many_who_bring_one_code_at_once_one_is_let_in(db: Database) -> None:
    all_ = await held(db)
    code = await invited(all_)
    found = await asyncio.gather(*(outcome(all_, code, chat) for chat in (MIN, JIE, GROUP, FORUM)))
    assert sorted(found) == [Outcome.ACCEPTED, *[Outcome.USED] * 3]
    assert len(await Subscriptions(db).all()) == 1


async def test_a_failure_uses_no_code_up(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object) -> None:
        raise OSError("disk full")

    all_ = await held(db)
    code = await invited(all_)
    with monkeypatch.context() as broken:
        broken.setattr(all_._audit, "note", fails)
        with pytest.raises(OSError, match="disk full"):
            await outcome(all_, code)
    assert await Subscriptions(db).of(MIN, None) == []
    assert await outcome(all_, code) is Outcome.ACCEPTED


async def test_the_code_is_kept_nowhere_and_each_deed_is_noted(db: Database) -> None:
    all_ = await held(db)
    code, other = await invited(all_), await invited(all_)
    await outcome(all_, code)
    await all_.revoke(2, ADMIN, NOW)
    async with db.read() as connection:
        kept = [(await connection.execute(select(table))).all() for table in (invitations, audit_log)]
    assert "D1" in repr(kept)
    assert code not in repr(kept)
    assert other not in repr(kept)
    noted = await AuditLog(db).recent(9)
    assert [(one.action, one.actor_id, one.subject) for one in noted] == [
        ("invitation.revoked", ADMIN, "invitation:2"),
        ("invitation.redeemed", MIN, "invitation:1"),
        ("invitation.made", ADMIN, "invitation:2"),
        ("invitation.made", ADMIN, "invitation:1"),
    ]
    assert json.loads(json.dumps(noted[1].detail)) == {"chat": MIN, "thread": None}
