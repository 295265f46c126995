"""Addresses of other channels: kept sealed, opened to send, their secrets shown nowhere."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from domain.channels import FIRST_ADDRESS, BadAddress, Channel, Flaw
from domain.delivery import DeliveryState, Failed, Priority
from domain.errors import BadSetting
from domain.languages import Language
from storage.addresses import Addresses
from storage.audit import AuditLog
from storage.chats import Chats
from storage.database import Database
from storage.outbox import Outbox
from storage.schema import addresses as table
from storage.schema import subscriptions

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ZHOU = 7_000_000_001  # administers
KEY, OLD_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = "693a91f6-0000-4bc4-97a0-0ec2sifa5aaa"  # noqa: S105 - opens nothing
WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={SECRET}"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/c4f0c5e8-1111"
EMAIL = "biaozhun@shancheng.gov.cn"


async def opened(
    db: Database, keys: str | None = KEY, environment: Mapping[str, str] | None = None
) -> Addresses:
    chats = await Chats.load(db)
    return Addresses(db, chats, AuditLog(db), Outbox(db), keys=keys, environment=environment or {})


async def added(addresses: Addresses, text: str, title: str = "市场监管局") -> int:
    channel, kept = addresses.take(text)
    return await addresses.add(
        channel, kept, title=title, language=Language.TRADITIONAL, created_by=ZHOU, now=NOW
    )


async def test_an_address_becomes_a_chat_that_can_be_written_to(db: Database) -> None:
    addresses = await opened(db)
    chat_id = await added(addresses, WECOM)
    assert chat_id == FIRST_ADDRESS
    assert await addresses.target(chat_id) == WECOM
    for chats in (addresses._chats, await Chats.load(db)):
        chat = chats.get(chat_id)
        assert chat is not None
        assert (chat.kind, chat.title, chat.language, chat.active) == ("wecom", "市场监管局", "zh-Hant", True)
    (listed,) = await addresses.listed()
    assert (listed.channel, listed.title, listed.active) == (Channel.WECOM, "市场监管局", True)
    assert (listed.created_by, listed.created_at, listed.variable) == (ZHOU, NOW, None)


async def test_nobody_finds_the_secret_in_the_store_the_log_or_the_list(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    addresses = await opened(db)
    chat_id = await added(addresses, WECOM)
    async with db.read() as connection:
        (row,) = (await connection.execute(select(table))).all()
    audit = await AuditLog(db).of(f"{chat_id}", 10)
    assert [(one.action, one.actor_id, one.detail) for one in audit] == [
        ("address.added", ZHOU, {"channel": "wecom", "title": "市场监管局"})
    ]
    for place in (repr(row), repr(audit), repr(await addresses.listed()), caplog.text):
        assert SECRET not in place


async def test_the_key_is_changed_in_two_steps(db: Database) -> None:
    chat_id = await added(await opened(db, OLD_KEY), WECOM)
    both = await opened(db, f"{KEY}, {OLD_KEY}")
    assert await both.target(chat_id) == WECOM
    later = await added(both, FEISHU)
    only_new = await opened(db, KEY)
    assert await only_new.target(later) == FEISHU
    with pytest.raises(BadSetting, match="ZHUNSHI_SECRET_KEY: none of its keys fits"):
        await only_new.target(chat_id)


@pytest.mark.parametrize(
    ("keys", "words"), [(None, "required"), ("", "required"), (" , ", "required"), ("short", "32 bytes")]
)
async def test_without_a_key_nothing_is_taken(db: Database, keys: str | None, words: str) -> None:
    addresses = await opened(db, keys)
    with pytest.raises(BadSetting, match=f"ZHUNSHI_SECRET_KEY.*{words}"):
        addresses.take(WECOM)
    assert await addresses.listed() == []


async def test_a_secret_may_stay_in_the_environment(db: Database) -> None:
    environment = {"ZHUNSHI_ADDRESS_MARKET": f" {FEISHU}\n"}
    addresses = await opened(db, None, environment)
    assert addresses.take("env:ZHUNSHI_ADDRESS_MARKET") == (Channel.FEISHU, "env:ZHUNSHI_ADDRESS_MARKET")
    chat_id = await added(addresses, "env:ZHUNSHI_ADDRESS_MARKET")
    assert await addresses.target(chat_id) == FEISHU
    assert [one.variable for one in await addresses.listed()] == ["ZHUNSHI_ADDRESS_MARKET"]
    environment["ZHUNSHI_ADDRESS_MARKET"] = WECOM  # another robot later on, without our doing
    assert await addresses.target(chat_id) == WECOM


@pytest.mark.parametrize(
    "text",
    ["env:ZHUNSHI_BOT_TOKEN", "env:HOME", "env:ZHUNSHI_ADDRESS_", "env:zhunshi_address_x", "env:",
     "env:ZHUNSHI_ADDRESS_MISSING", "env:ZHUNSHI_ADDRESS_ODD", "env:ZHUNSHI_ADDRESS_X\n env:HOME"],
)  # fmt: skip
async def test_no_other_variable_is_read_and_none_without_an_address(db: Database, text: str) -> None:
    inside = "http://10.0.0.1/secret"
    environment = {"HOME": WECOM, "ZHUNSHI_BOT_TOKEN": WECOM, "ZHUNSHI_ADDRESS_ODD": inside}
    addresses = await opened(db, KEY, environment)
    with pytest.raises(BadAddress) as caught:
        addresses.take(text)
    assert caught.value.flaw is Flaw.REFERENCE
    with pytest.raises(BadSetting) as refused:  # neither where somebody wrote it into the store
        addresses._opened(text)
    assert inside not in str(refused.value)


async def test_one_place_is_registered_once(db: Database) -> None:
    environment = {"ZHUNSHI_ADDRESS_MARKET": WECOM}
    addresses = await opened(db, KEY, environment)
    await added(addresses, WECOM)
    for again in (WECOM, "env:ZHUNSHI_ADDRESS_MARKET"):
        with pytest.raises(BadAddress) as caught:
            await added(addresses, again)
        assert caught.value.flaw is Flaw.TAKEN
    assert len(await addresses.listed()) == 1
    assert len(await AuditLog(db).recent(10)) == 1


async def test_an_address_whose_key_is_lost_hinders_no_other(db: Database) -> None:
    await added(await opened(db, OLD_KEY), WECOM)
    assert await added(await opened(db, KEY), FEISHU) == FIRST_ADDRESS + 1


async def test_a_removed_address_is_gone_and_its_id_is_never_given_again(db: Database) -> None:
    addresses = await opened(db)
    first, second = await added(addresses, WECOM), await added(addresses, EMAIL, "发改委")
    async with db.write() as connection:
        row = {"chat_id": second, "thread_id": 0, "policy_id": "hill-2024", "kind": "policy", "fact_id": ""}
        await connection.execute(subscriptions.insert(), row | {"created_by": ZHOU, "created_at": NOW})
    assert await addresses.remove(second, actor_id=ZHOU, now=NOW)
    assert not await addresses.remove(second, actor_id=ZHOU, now=NOW)
    assert await addresses.target(second) is None
    assert [one.chat_id for one in await addresses.listed()] == [first]
    async with db.read() as connection:
        assert (await connection.execute(select(subscriptions))).all() == []
    for chats in (addresses._chats, await Chats.load(db)):
        chat = chats.get(second)
        assert chat is not None  # reports still name it
        assert (chat.title, chat.active) == ("发改委", False)
    assert await added(addresses, EMAIL) == second + 1
    actions = [one.action for one in await AuditLog(db).of(f"{second}", 10)]
    assert actions == ["address.removed", "address.added"]


async def test_a_test_message_goes_before_broadcasts_and_tells_how_it_ended(db: Database) -> None:
    addresses = await opened(db)
    chat_id = await added(addresses, WECOM)
    assert await addresses.tested(chat_id) is None
    for minute in range(2):
        now = NOW + timedelta(minutes=minute)
        assert await addresses.test(chat_id, {Language.SIMPLIFIED: "试发"}, actor_id=ZHOU, now=now)
    claimed = await addresses._outbox.claim("w", NOW + timedelta(hours=1), 10, 60)
    assert [(one.chat_id, one.priority, said.text) for one, said in claimed] == [
        (chat_id, Priority.URGENT, {Language.SIMPLIFIED: "试发"})
    ] * 2
    last = claimed[1][0]
    await addresses._outbox.settle([(last.id, "w", Failed("wecom: 40058"))], NOW)
    tested = await addresses.tested(chat_id)
    assert tested is not None
    assert (tested.id, tested.state, tested.error) == (last.id, DeliveryState.FAILED, "wecom: 40058")
    assert (await AuditLog(db).recent(1))[0].action == "address.tested"
    assert not await addresses.test(chat_id + 1, {Language.SIMPLIFIED: "试发"}, actor_id=ZHOU, now=NOW)


async def test_an_address_that_was_given_up_can_be_written_to_again(db: Database) -> None:
    addresses = await opened(db)
    chat_id = await added(addresses, WECOM)
    await addresses._chats.set_active(chat_id, active=False, now=NOW)
    assert [one.active for one in await addresses.listed()] == [False]
    assert await addresses.again(chat_id, actor_id=ZHOU, now=NOW)
    assert [one.active for one in await addresses.listed()] == [True]
    chat = addresses._chats.get(chat_id)
    assert chat is not None
    assert chat.active
    assert (await AuditLog(db).recent(1))[0].action == "address.again"
    assert not await addresses.again(chat_id + 1, actor_id=ZHOU, now=NOW)


async def test_another_process_knows_it_at_once_and_does_not_forget_what_it_is_called(db: Database) -> None:
    here, there = await opened(db), await opened(db)
    chat_id = await added(here, WECOM)
    assert await there.target(chat_id) == WECOM
    assert await there.remove(chat_id, actor_id=ZHOU, now=NOW)
    chat = (await Chats.load(db)).get(chat_id)
    assert chat is not None
    assert (chat.kind, chat.title, chat.active) == ("wecom", "市场监管局", False)


async def test_a_failure_leaves_neither_address_nor_chat_nor_entry(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise OSError("disk full")

    addresses = await opened(db)
    monkeypatch.setattr(addresses._audit, "note", fails)
    with pytest.raises(OSError, match="disk full"):
        await added(addresses, WECOM)
    assert await addresses.listed() == []
    assert (await Chats.load(db)).get(FIRST_ADDRESS) is None
    assert addresses._chats.get(FIRST_ADDRESS) is None


async def test_a_title_that_no_database_can_hold_is_mended(db: Database) -> None:
    addresses = await opened(db)
    await added(addresses, WECOM, "标准\0处\ud83d")
    assert [one.title for one in await addresses.listed()] == ["标准处?"]
    assert "标准处?" in json.dumps(
        [dict(one.detail) for one in await AuditLog(db).recent(1)], ensure_ascii=False
    )
