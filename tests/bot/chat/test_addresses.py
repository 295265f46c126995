"""Addresses of other channels, as administrators register and keep them in the chat."""

import json
from datetime import time

import pytest
from sqlalchemy import text as sql

from answering.answer import Reference
from bot.buttons import Errand, Manage, decode, encode
from bot.mine.verbs import MANNERS, to
from domain.channels import FIRST_ADDRESS
from domain.delivery import Failed
from domain.languages import Language
from domain.policy import FactKind
from domain.reminders import ReminderSettings
from storage.audit import AuditLog
from storage.subscriptions import Subscriptions
from tests.bot.chat.at_the_desk import AtTheDesk
from tests.bot.chat.cast import ALEX, CHEN, GROUP, RIVER
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

SECRET = "693a91f6-0000-4bc4-97a0-0ec2sifa5aaa"  # noqa: S105 - opens nothing
WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={SECRET}"


class Clerk(AtTheDesk):
    """Alex administers; what they see is read off our calls."""

    async def presses(self, words: str) -> list[Call]:
        """Alex presses the button of the last message that holds these words."""
        (data,) = [one["callback_data"] for one in self.buttons if words in one["text"]]
        self.calls = await self.stage.presses(ALEX, data)
        return self.calls

    async def registers(self, address: str = WECOM, title: str = "Market Bureau") -> int:
        """The whole dialog."""
        await self.says("/addresses")
        await self.presses("Register")
        await self.says(address)
        await self.says(title)
        return (await self.stage.addresses.listed())[-1].chat_id


@pytest.fixture
async def clerk(stage: Stage) -> Clerk:
    """An administrator."""
    stage.admins = (ALEX["id"],)
    await stage.restart()
    return Clerk(stage)


async def test_a_robot_is_registered_and_its_secret_leaves_the_chat_at_once(
    clerk: Clerk, stage: Stage
) -> None:
    await clerk.says("/addresses")
    assert "There is none yet." in clerk.text
    await clerk.presses("Register")
    assert "robot" in clerk.text
    calls = await clerk.says(f" {WECOM} ")
    assert (calls[0]["method"], calls[0]["message_id"]) == ("deleteMessage", stage.last_message)
    assert "Your message is deleted" in clerk.text
    assert "What is it called?" in clerk.text
    await clerk.says("Market <b>Bureau</b>")
    assert "Market &lt;b&gt;Bureau&lt;/b&gt;" in clerk.text
    assert "WeCom" in clerk.text
    (address,) = await stage.addresses.listed()
    assert (address.title, address.created_by) == ("Market <b>Bureau</b>", ALEX["id"])
    assert await stage.addresses.target(address.chat_id) == WECOM
    await clerk.says("/addresses")
    assert "✅ Market &lt;b&gt;Bureau&lt;/b&gt; · WeCom" in clerk.text


async def test_the_secret_is_nowhere_but_sealed(clerk: Clerk, stage: Stage) -> None:
    await clerk.says("/addresses")
    await clerk.presses("Register")
    await clerk.says(WECOM)
    await stage.conversations.flush()  # in the middle of the dialog
    kept = await _everything(stage)
    await clerk.says("Market Bureau")
    await stage.conversations.flush()
    kept += await _everything(stage)
    assert "Market Bureau" in kept
    assert SECRET not in kept
    assert SECRET not in repr(stage.logs)
    assert not any(SECRET in json.dumps(call) for call in stage.telegram.calls)


async def _everything(stage: Stage) -> str:
    async with stage.db.read() as connection:
        names = (await connection.scalars(sql("SELECT name FROM sqlite_master WHERE type = 'table'"))).all()
        rows = [(await connection.execute(sql(f'SELECT * FROM "{name}"'))).all() for name in names]  # noqa: S608 - the names of tables
    return repr(rows)


async def test_a_message_that_can_not_be_deleted_is_left_to_the_person(clerk: Clerk, stage: Stage) -> None:
    await clerk.says("/addresses")
    await clerk.presses("Register")
    stage.telegram.fail("deleteMessage", 400, {"description": "Bad Request: message can't be deleted"})
    await clerk.says(WECOM)
    assert "I could not delete your message" in clerk.text
    assert "What is it called?" in clerk.text


WRONG = {
    "市场监管局": "neither the address",
    "https://10.0.0.1/robot/send?access_token=0123456789": "Only robots of WeCom",
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send": "key is missing",
    "a@localhost": "e-mail address can't be right",
    "env:ZHUNSHI_BOT_TOKEN": "does not begin with ZHUNSHI_ADDRESS_",
    "x" * 4_000: "neither the address",
}


@pytest.mark.parametrize("text", WRONG)
async def test_what_can_not_be_an_address_is_refused_with_the_reason_and_asked_again(
    clerk: Clerk, stage: Stage, text: str
) -> None:
    await clerk.says("/addresses")
    await clerk.presses("Register")
    calls = await clerk.says(text)
    assert WRONG[text] in clerk.text
    assert ("deleteMessage" in [call["method"] for call in calls]) is ("://" in text)
    await clerk.says("office@example.org")
    assert "What is it called?" in clerk.text
    assert await stage.addresses.listed() == []


async def test_no_text_is_no_address_and_a_name_needs_letters(clerk: Clerk, stage: Stage) -> None:
    await clerk.says("/addresses")
    await clerk.presses("Register")
    await clerk.says(None, location={"latitude": 1.0, "longitude": 1.0})
    assert "I can only read text" in clerk.text
    await clerk.says("office@example.org")
    await clerk.says("\u0001")
    assert "at least one character" in clerk.text
    await clerk.says("办" * 200)
    (address,) = await stage.addresses.listed()
    assert len(address.title) == 60


async def test_a_secret_is_hidden_wherever_it_is_sent_and_never_becomes_a_name(
    clerk: Clerk, stage: Stage
) -> None:
    await clerk.says("/addresses")
    await clerk.presses("Register")
    assert (await clerk.says("SEC0123456789abcdef"))[0]["method"] == "deleteMessage"
    await clerk.says("office@example.org")
    for secret in ("SEC0123456789abcdef", WECOM):
        assert (await clerk.says(secret))[0]["method"] == "deleteMessage"
        assert "looks like an address" in clerk.text
    await clerk.says("SECRETARIAT")
    assert [one.title for one in await stage.addresses.listed()] == ["SECRETARIAT"]


async def test_a_secret_may_stay_in_the_environment(clerk: Clerk, stage: Stage) -> None:
    stage.environment["ZHUNSHI_ADDRESS_MARKET"] = WECOM
    await clerk.registers("env:ZHUNSHI_ADDRESS_MARKET")
    assert "variable ZHUNSHI_ADDRESS_MARKET" in clerk.text
    assert "deleteMessage" not in [call["method"] for call in clerk.calls]


async def test_without_a_key_the_operator_is_asked(clerk: Clerk, stage: Stage) -> None:
    stage.keys = None
    await stage.restart()
    await clerk.says("/addresses")
    await clerk.presses("Register")
    calls = await clerk.says(WECOM)
    assert calls[0]["method"] == "deleteMessage"
    assert "ZHUNSHI_SECRET_KEY" in clerk.text
    await clerk.says("office@example.org")
    assert "What is it called?" not in clerk.text  # the dialog is over


async def test_what_is_registered_already_is_said(clerk: Clerk, stage: Stage) -> None:
    await clerk.registers()
    await clerk.registers(title="The same again")
    assert "registered already" in clerk.text
    assert len(await stage.addresses.listed()) == 1


async def test_the_dialog_survives_a_restart_and_can_be_left(clerk: Clerk, stage: Stage) -> None:
    await clerk.says("/addresses")
    await clerk.presses("Register")
    await clerk.says(WECOM)
    await stage.restart()
    await clerk.says("Market Bureau")
    assert len(await stage.addresses.listed()) == 1
    await clerk.presses("All addresses")
    await clerk.presses("Register")
    await clerk.says("/cancel")
    assert "No address was registered" in clerk.text
    await clerk.says("office@example.org")
    assert "What is it called?" not in clerk.text


async def test_another_command_ends_the_dialog(clerk: Clerk) -> None:
    await clerk.says("/addresses")
    await clerk.presses("Register")
    await clerk.says("/help")
    await clerk.says("office@example.org")
    assert "What is it called?" not in clerk.text


async def test_an_address_follows_a_policy_or_a_department(clerk: Clerk, stage: Stage) -> None:
    chat_id = await clerk.registers()
    await clerk.presses("What it follows")
    await clerk.presses("River County")
    await clerk.presses("River office 2")
    assert [one["text"] for one in clerk.buttons if "✓" in one["text"]] == ["✓ River office 2"]
    await clerk.presses("▶")
    await clerk.presses("River office 14")
    await clerk.presses("The whole policy")
    held = await Subscriptions(stage.db).of(chat_id, None)
    assert [(one.policy_id, one.kind, one.fact_id, one.created_by) for one in held] == [
        ("river-2025", FactKind.DEPARTMENT, "D2", ALEX["id"]),
        ("river-2025", FactKind.DEPARTMENT, "D14", ALEX["id"]),
        ("river-2025", FactKind.POLICY, "", ALEX["id"]),
    ]
    await clerk.presses("The whole policy")
    await clerk.presses("To the address")
    assert "River County Opinions: River office 2" in clerk.text
    assert len(await Subscriptions(stage.db).of(chat_id, None)) == 2


async def test_how_an_address_is_reminded_is_set_on_the_screens_of_mine(clerk: Clerk, stage: Stage) -> None:
    chat_id = await clerk.registers()
    await clerk.presses("How reminders come")
    assert "Market Bureau: How reminders come" in clerk.text
    assert "this can be changed as soon as something is" in clerk.text
    await clerk.presses("To the address")
    await clerk.presses("What it follows")
    await clerk.presses("River County")
    await clerk.presses("The whole policy")
    await clerk.presses("To the address")
    await clerk.presses("How reminders come")
    await clerk.presses("30, 7 and 1 days before")
    await clerk.presses("Type another")
    await clerk.says("20")
    await clerk.presses("09:00")
    await clerk.presses("10:00")
    (held,) = await Subscriptions(stage.db).of(chat_id, None)
    assert held.settings == ReminderSettings(leads=(20,), at=time(10))
    await clerk.presses("To the address")
    assert "Follows:" in clerk.text


async def test_nobody_else_sees_how_an_address_is_reminded(clerk: Clerk, stage: Stage) -> None:
    await clerk.registers()
    for verb in MANNERS:
        (settled,) = await stage.presses(CHEN, encode(to(verb, "leads@0")))
        assert settled["method"] == "answerCallbackQuery"
        assert settled["text"]
    assert not stage.conversations.in_dialog(CHEN["id"])
    for forged in ("mmanner.@", "mmanner.@x", "mmanner.@999999", "mlead.7@-1"):
        (settled,) = await stage.presses(ALEX, forged)
        assert settled["text"] == "That address was removed."


async def test_a_test_goes_through_the_outbox_and_its_end_is_shown(clerk: Clerk, stage: Stage) -> None:
    chat_id = await clerk.registers()
    await clerk.presses("Send a test")
    assert stage.woken == 1
    assert "on its way" in clerk.shown["text"]
    ((delivery, notice),) = await stage.outbox.claim("w", stage.now, 10, 60)
    assert delivery.chat_id == chat_id
    assert set(notice.text) == set(Language)
    await stage.outbox.settle([(delivery.id, "w", Failed("wecom: 40058 <too long>"))], stage.now)
    await clerk.presses("Look again")
    assert "Last test: refused" in clerk.text
    assert "40058 &lt;too long&gt;" in clerk.text


async def test_what_could_not_be_reached_can_be_tried_again(clerk: Clerk, stage: Stage) -> None:
    chat_id = await clerk.registers()
    assert "Send there again" not in repr(clerk.buttons)
    await stage.chats.set_active(chat_id, active=False, now=stage.now)
    await clerk.says("/addresses")
    assert "⚠️ Market Bureau" in clerk.text
    await clerk.presses("Market Bureau")
    assert "could not be reached" in clerk.text
    await clerk.presses("Send there again")
    chat = stage.chats.get(chat_id)
    assert chat is not None
    assert chat.active


async def test_an_address_has_a_language(clerk: Clerk, stage: Stage) -> None:
    chat_id = await clerk.registers()
    assert stage.chats.language(chat_id) == Language.ENGLISH
    await clerk.presses("繁體中文")
    assert stage.chats.language(chat_id) == Language.TRADITIONAL
    assert "✓ 繁體中文" in [one["text"] for one in clerk.buttons]


async def test_an_address_is_removed_when_that_is_said_twice(clerk: Clerk, stage: Stage) -> None:
    chat_id = await clerk.registers()
    await clerk.presses("Remove")
    assert "Remove Market Bureau?" in clerk.text
    await clerk.presses("Keep it")
    assert len(await stage.addresses.listed()) == 1
    await clerk.presses("Remove")
    await clerk.presses("Remove")
    assert await stage.addresses.listed() == []
    assert "There is none yet." in clerk.text
    old = encode(Manage(errand=Errand.TEST, address=chat_id - FIRST_ADDRESS))
    clerk.calls = await stage.presses(ALEX, old)
    assert "That address was removed." in clerk.text
    actions = [entry.action for entry in await AuditLog(stage.db).of(f"{chat_id}", 10)]
    assert actions == ["address.removed", "address.added"]


async def test_many_addresses_come_in_pages(clerk: Clerk, stage: Stage) -> None:
    for number in range(9):
        channel, kept = stage.addresses.take(f"office{number}@example.org")
        await stage.addresses.add(
            channel, kept, title=f"Office {number}", language=None, created_by=1, now=stage.now
        )
    await clerk.says("/addresses")
    assert "Office 7" in clerk.text
    assert "Office 8" not in clerk.text
    await clerk.presses("▶")
    assert "Office 8" in clerk.text


@pytest.mark.parametrize("errand", Errand)
async def test_who_is_no_administrator_gets_nothing_done(clerk: Clerk, stage: Stage, errand: Errand) -> None:
    chat_id = await clerk.registers()
    press = encode(Manage(errand=errand, address=chat_id - FIRST_ADDRESS))
    (answered,) = await stage.presses(CHEN, press)
    assert answered["method"] == "answerCallbackQuery"
    assert answered["text"]
    assert len(await stage.addresses.listed()) == 1
    assert (await stage.outbox.counts()).total == 0


async def test_neither_does_who_was_one_a_moment_ago_nor_anybody_in_a_group(
    clerk: Clerk, stage: Stage
) -> None:
    (reply,) = await stage.says(CHEN, "/addresses")
    assert "reply_markup" not in reply
    await clerk.says("/addresses", chat=GROUP)
    assert "private chat" in clerk.text
    await clerk.says("/addresses")
    await clerk.presses("Register")
    stage.admins = ()
    await stage.restart()
    await clerk.says(WECOM)
    assert clerk.text == "Only administrators can do that."
    await clerk.says("Market Bureau")
    assert await stage.addresses.listed() == []


@pytest.mark.parametrize(
    "data", ["x", "x0", "x0z0", "x0o0.nonsense", "x9999999s0", "x-1s0", "x0s", "x0s0.", "x0S0"]
)
async def test_a_forged_button_is_answered_and_does_nothing(clerk: Clerk, stage: Stage, data: str) -> None:
    await clerk.registers()
    calls = await stage.presses(ALEX, data)
    assert [call["method"] for call in calls] == ["answerCallbackQuery"]


def test_the_longest_button_fits() -> None:
    policy = Reference(policy="p" * 32, kind=FactKind.DEPARTMENT, id="D" * 16)
    press = Manage(errand=Errand.UNFOLLOW, address=999_999, page=999, reference=policy)
    assert len(encode(press)) <= 64
    assert decode(encode(press)) == press


async def test_a_button_without_what_it_needs_does_nothing(clerk: Clerk, stage: Stage) -> None:
    await clerk.registers()
    others = ((FactKind.MEASURE, "M1"), (FactKind.DEPARTMENT, "D99"), (FactKind.POLICY, "D1"))
    forged = [
        encode(Manage(errand=Errand.FOLLOW, reference=Reference(policy=RIVER.id, kind=kind, id=fact)))
        for kind, fact in others
    ]
    gone = encode(Manage(errand=Errand.OPEN, reference=Reference(policy="gone-1999", kind=FactKind.POLICY)))
    for data in ("x0y0", "x0u0", "x0o0", "x0g9", "x999999t0", gone, *forged):
        clerk.calls = await stage.presses(ALEX, data)
        assert clerk.calls[-1]["method"] == "answerCallbackQuery"
    assert (await stage.outbox.counts()).total == 0
    assert await Subscriptions(stage.db).of(FIRST_ADDRESS, None) == []
