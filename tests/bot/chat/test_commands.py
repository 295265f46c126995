"""Commands, deep links and buttons."""

import pytest

from bot.menu import COMMANDS, FOR_ADMINS, set_for_admins
from tests.bot.chat.cast import ALEX, CHEN, GROUP, LIN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call


def rows(call: Call) -> list[list[Call]]:
    found: list[list[Call]] = call["reply_markup"]["inline_keyboard"]
    return found


@pytest.mark.parametrize(("person", "word"), [(CHEN, "哪份政策"), (LIN, "哪份政策"), (ALEX, "Which policy")])
async def test_start_greets_in_the_language_of_their_telegram(stage: Stage, person: Call, word: str) -> None:
    (greeting,) = await stage.says(person, "/start")
    assert len(rows(greeting)) == 5  # three questions, reminders, and the languages
    assert len(rows(greeting)[-1]) == 3
    (policies,) = await stage.says(person, "/policies")
    assert word in policies["text"]


async def test_a_sample_question_is_answered_when_pressed(stage: Stage) -> None:
    (greeting,) = await stage.says(CHEN, "/start")
    for (sample,) in rows(greeting)[:3]:
        reply, settled = await stage.presses(CHEN, sample["callback_data"])
        assert "📎" in reply["text"]
        assert settled["method"] == "answerCallbackQuery"


async def test_the_language_chosen_in_the_greeting_turns_it_and_is_kept(stage: Stage) -> None:
    (greeting,) = await stage.says(CHEN, "/start")
    english = rows(greeting)[-1][2]
    turned, menu, settled = await stage.presses(CHEN, english["callback_data"])
    assert (turned["method"], menu["method"]) == ("editMessageText", "setMyCommands")
    assert "Try one of these" in turned["text"]
    assert settled["text"] == "I speak English here now."
    await stage.restart()
    (reply,) = await stage.says(CHEN, "/policies")
    assert "Which policy?" in reply["text"]


async def test_a_menu_that_can_not_be_set_does_not_stop_the_language(stage: Stage) -> None:
    stage.telegram.fail("setMyCommands", 500, {"description": "Internal Server Error"})
    *_, settled = await stage.presses(CHEN, "len")
    assert settled["text"] == "I speak English here now."


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        ("ophill-2024_", "山城市标准化行动方案"),
        ("dthill-2024_T1", "30 项以上"),
        ("dmriver-2025_M3", "整治河段3"),
        ("dthill-2024_T99", "已经不在了"),
        ("dtgone_T1", "已经不在了"),
    ],
)
async def test_a_deep_link_opens_what_it_points_to(stage: Stage, payload: str, shown: str) -> None:
    calls = await stage.says(CHEN, f"/start {payload}")
    assert any(shown in call["text"] for call in calls)


@pytest.mark.parametrize("payload", ["xxx", "inline", "%00", "a" * 64, "dthill-2024"])
async def test_a_link_of_nobodys_is_greeted(stage: Stage, payload: str) -> None:
    (greeting,) = await stage.says(CHEN, f"/start {payload}")
    assert "准时" in greeting["text"]


async def test_help_names_every_command(stage: Stage) -> None:
    (reply,) = await stage.says(ALEX, "/help")
    assert all(f"/{command} – " in reply["text"] for command in COMMANDS)
    assert not any(f"/{command} – " in reply["text"] for command in FOR_ADMINS)


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("/targets", "国际标准"),
        ("/stages", "推进阶段"),
        ("/events", "世界标准日"),
        ("/department", "责任单位"),
    ],
)
async def test_a_command_opens_its_place(stage: Stage, command: str, shown: str) -> None:
    (reply,) = await stage.says(CHEN, command)
    assert shown in reply["text"]
    assert rows(reply)


async def test_browsing_down_to_a_measure_turns_one_message(stage: Stage) -> None:
    (message,) = await stage.says(CHEN, "/policies")
    for label in ("河湾县标准化意见", "📋 14 条举措", "全部 14 条举措", "▶", "12. 整治河段12"):
        (button,) = [one for row in rows(message) for one in row if one["text"] == label]
        message, settled = await stage.presses(CHEN, button["callback_data"], message_id=stage.last_id)
        assert message["method"] == "editMessageText"
        assert message["message_id"] == stage.last_id
        assert settled == {"method": "answerCallbackQuery", "callback_query_id": settled["callback_query_id"]}
    assert message["text"].startswith("<b>12. 整治河段12</b>")
    assert message["text"].endswith("📎 河湾县标准化意见 · 二（2）12")


async def test_what_is_looked_at_is_what_the_next_question_is_about(stage: Stage) -> None:
    await stage.presses(CHEN, "b0.dmhill-2024_M2")
    (reply,) = await stage.says(CHEN, "谁负责？")
    assert "市科技局" in reply["text"]


async def test_asking_about_a_policy_prompts_for_the_question(stage: Stage) -> None:
    prompt, _ = await stage.presses(CHEN, "kophill-2024_")
    assert prompt["reply_markup"]["force_reply"] is True
    assert "山城市标准化行动方案" in prompt["text"]
    (reply,) = await stage.says(CHEN, "有哪些阶段？")
    assert "推进阶段" in reply["text"]


async def test_a_second_tap_is_silent(stage: Stage) -> None:
    stage.telegram.fail("editMessageText", 400, {"description": "Bad Request: message is not modified"})
    calls = await stage.presses(CHEN, "b0.lp_")
    assert [call["method"] for call in calls] == ["editMessageText", "answerCallbackQuery"]
    assert "text" not in calls[-1]


@pytest.mark.parametrize("data", ["garbage", "menu:1", "b0.dthill", "a" * 64, "lfr", ""])
async def test_unknown_and_old_buttons_get_a_hint(stage: Stage, data: str) -> None:
    (settled,) = await stage.presses(CHEN, data)
    assert settled["method"] == "answerCallbackQuery"
    assert settled["text"] == "这个按钮已经过期，请发送 /policies 继续。"


async def test_a_button_for_what_is_gone_says_so(stage: Stage) -> None:
    reply, settled = await stage.presses(CHEN, "adtgone-2019_T1")
    assert "30" not in reply["text"]
    assert settled["method"] == "answerCallbackQuery"


async def test_a_button_under_a_message_that_is_gone_sends_anew(stage: Stage) -> None:
    stage.telegram.fail("editMessageText", 400, {"description": "Bad Request: message to edit not found"})
    calls = await stage.presses(CHEN, "b0.ophill-2024_")
    assert [call["method"] for call in calls] == ["editMessageText", "sendMessage", "answerCallbackQuery"]


async def test_a_button_pressed_long_ago_does_its_work_all_the_same(stage: Stage) -> None:
    stage.telegram.fail("answerCallbackQuery", 400, {"description": "Bad Request: query is too old"})
    shown, settled = await stage.presses(CHEN, "b0.ophill-2024_")
    assert (shown["method"], settled["method"]) == ("editMessageText", "answerCallbackQuery")


async def test_a_button_pressed_in_a_group_is_answered_in_the_group(stage: Stage) -> None:
    reply, _ = await stage.presses(CHEN, "afthill-2024_T1", chat=GROUP)
    assert reply["chat_id"] == GROUP["id"]
    assert "30 项以上" in reply["text"]


async def test_an_unknown_command_is_answered_in_private(stage: Stage) -> None:
    (reply,) = await stage.says(CHEN, "/dance")
    assert "/help" in reply["text"]


async def test_at_the_start_administrators_we_know_get_the_whole_menu_in_their_language(stage: Stage) -> None:
    await stage.says(ALEX, "/help")
    stage.telegram.fail("setMyCommands", 500, {"description": "x"})
    for _ in range(2):  # a failure costs nothing but the menu
        await set_for_admins(stage.bot, [ALEX["id"], 999], stage.chats)
    menus = [call for call in stage.telegram.calls if call["method"] == "setMyCommands"]
    assert [menu["scope"]["chat_id"] for menu in menus] == [ALEX["id"], ALEX["id"]]
    words = {one["command"]: one["description"] for one in menus[-1]["commands"]}
    assert words.keys() == COMMANDS.keys() | FOR_ADMINS.keys()
    assert words["broadcast"] == "send a message to many chats"
