"""What a chat wants to be told: broadcasts or none, and following what it looks at."""

from typing import Any

import pytest

from domain.broadcasts import Audience, AudienceKind
from domain.policy import FactKind
from storage.subscriptions import Subscriptions
from tests.bot.chat.cast import ALEX, CHEN, FORUM, GROUP
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

EVERYONE = Audience(kind=AudienceKind.EVERYONE)
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def button(call: Call, words: str) -> str:
    """What the button with these words sends."""
    rows = call["reply_markup"]["inline_keyboard"]
    (found,) = [one["callback_data"] for row in rows for one in row if words in one["text"]]
    return str(found)


async def test_a_person_declines_broadcasts_and_takes_them_again(stage: Stage) -> None:
    (shown,) = await stage.says(CHEN, "/notices")
    assert "提醒不受影响" in shown["text"]
    turned, settled = await stage.presses(CHEN, button(shown, "不接收"), message_id=stage.last_id)
    assert turned["method"] == "editMessageText"
    assert settled["text"] == "这里不再接收群发。"
    assert await stage.broadcasts.size(EVERYONE) == 0
    await stage.restart()
    (shown,) = await stage.says(CHEN, "/notices")
    assert "不接收群发消息" in shown["text"]
    await stage.presses(CHEN, button(shown, "恢复"), message_id=stage.last_id)
    assert await stage.broadcasts.size(EVERYONE) == 1


@pytest.mark.parametrize(
    ("role", "may"), [("creator", True), ("administrator", True), ("member", False), ("left", False)]
)
async def test_in_a_group_only_its_administrators_decline(stage: Stage, role: str, may: bool) -> None:  # noqa: FBT001 - a case
    stage.telegram.roles[CHEN["id"]] = role
    (shown,) = await stage.says(CHEN, "/notices", chat=GROUP)
    *_, settled = await stage.presses(CHEN, button(shown, "不接收"), chat=GROUP)
    assert settled["text"] == ("这里不再接收群发。" if may else "在群组里只有群管理员可以更改。")
    assert await stage.broadcasts.size(EVERYONE) == (0 if may else 1)


async def test_who_telegram_can_not_tell_about_may_not(stage: Stage) -> None:
    (shown,) = await stage.says(CHEN, "/notices", chat=GROUP)
    stage.telegram.fail("getChatMember", 500, {"description": "Internal Server Error"})
    *_, settled = await stage.presses(CHEN, button(shown, "不接收"), chat=GROUP)
    assert "只有群管理员" in settled["text"]


@pytest.mark.parametrize(
    ("at", "followed"),
    [
        ("b0.opriver-2025_", ("river-2025", FactKind.POLICY, "")),
        ("b0.udriver-2025_D3", ("river-2025", FactKind.DEPARTMENT, "D3")),
    ],
    ids=["a policy", "a department"],
)
async def test_what_is_looked_at_is_followed_in_place(stage: Stage, at: str, followed: Any) -> None:
    held = Subscriptions(stage.db)
    page, _ = await stage.presses(CHEN, at, message_id=7)
    turned, settled = await stage.presses(CHEN, button(page, "🔔"), message_id=7)
    assert (turned["method"], turned["message_id"]) == ("editMessageText", 7)
    assert "已关注" in settled["text"]
    (one,) = await held.of(CHEN["id"], None)
    assert (one.policy_id, one.kind, one.fact_id) == followed
    *_, settled = await stage.presses(CHEN, button(turned, "🔕"), message_id=7)
    assert settled["text"] == "已取消关注。"
    assert not await held.of(CHEN["id"], None)


async def test_other_pages_offer_nothing_to_follow(stage: Stage) -> None:
    for at in ("b0.ltriver-2025_", "b0.dgriver-2025_G1", "b0.dahill-2024_F1", "b0.lp_", "b0.ld_"):
        page, _ = await stage.presses(CHEN, at)
        rows = page.get("reply_markup", {}).get("inline_keyboard", [])
        assert not [one for row in rows for one in row if "🔔" in one["text"]]


async def test_a_topic_follows_for_itself(stage: Stage) -> None:
    stage.telegram.roles[ALEX["id"]] = "administrator"
    topic = {"chat": FORUM, "message_thread_id": 77, "is_topic_message": True}
    page, _ = await stage.presses(ALEX, "b0.opriver-2025_", **topic)
    await stage.presses(ALEX, button(page, "Follow"), **topic)
    held = Subscriptions(stage.db)
    assert [one.thread_id for one in await held.of(FORUM["id"], 77)] == [77]
    assert not await held.of(FORUM["id"], None)


async def test_in_a_group_a_member_does_not_follow_for_all(stage: Stage) -> None:
    page, _ = await stage.presses(CHEN, "b0.opriver-2025_", chat=GROUP)
    _, settled = await stage.presses(CHEN, button(page, "🔔"), chat=GROUP)
    assert "只有群管理员" in settled["text"]
    assert not await Subscriptions(stage.db).of(GROUP["id"], None)


@pytest.mark.parametrize(
    "data", ["f0.opgone_", "f0.udriver-2025_D99", "f0.dtriver-2025_T1", "f0.opriver-2025_X", "f0.op_"]
)
async def test_what_is_not_there_can_not_be_followed(stage: Stage, data: str) -> None:
    *_, settled = await stage.presses(CHEN, data)
    assert "已经不在了" in settled["text"]
    assert not await Subscriptions(stage.db).of(CHEN["id"], None)
