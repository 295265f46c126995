"""Each update once, nobody too fast, every chat remembered."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY

from answering.library import Library
from bot.updates import feed
from tests.bot.chat.cast import ALEX, CHEN, GROUP, POLICIES
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

QUESTION = "山城市国际标准多少项？"
LONG_WAY = {"forward_origin": {"type": "hidden_user", "sender_user_name": "某人", "date": 1}}


def counted(outcome: str, kind: str = "message") -> float:
    labels = {"kind": kind, "outcome": outcome}
    return REGISTRY.get_sample_value("zhunshi_updates_total", labels) or 0.0


def asked(stage: Stage, update_id: int = 900, **fields: Any) -> Call:
    return {"update_id": update_id, "message": stage.message(CHEN, QUESTION, **fields)}


@pytest.mark.parametrize("fields", [{}, LONG_WAY], ids=["plain", "forwarded"])
async def test_two_repeats_of_an_update_give_one_reply(stage: Stage, fields: Call) -> None:
    raw, before = asked(stage, **fields), counted("repeated")
    for _ in range(3):
        await feed(stage.dispatcher, stage.bot, raw)
    assert len(stage.telegram.calls) == 1
    assert counted("repeated") == before + 2


async def test_a_repeat_while_the_first_is_in_work_gives_one_reply(stage: Stage) -> None:
    raw = asked(stage)
    await asyncio.gather(*(feed(stage.dispatcher, stage.bot, raw) for _ in range(3)))
    assert len(stage.telegram.calls) == 1


async def test_a_repeat_after_a_restart_gives_no_second_reply(stage: Stage) -> None:
    raw = asked(stage)
    await feed(stage.dispatcher, stage.bot, raw)
    await stage.restart()
    await feed(stage.dispatcher, stage.bot, raw)
    assert not stage.telegram.calls


@pytest.mark.parametrize("fields", [{}, LONG_WAY], ids=["plain", "forwarded"])
async def test_an_update_whose_handling_was_stopped_may_come_again(stage: Stage, fields: Call) -> None:
    raw = asked(stage, **fields)
    stage.telegram.hold.set()
    task = asyncio.create_task(feed(stage.dispatcher, stage.bot, raw))
    await stage.telegram.holding.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    stage.telegram.hold.clear()
    await feed(stage.dispatcher, stage.bot, raw)
    assert len(stage.telegram.calls) == 2


@pytest.mark.parametrize("fields", [{}, LONG_WAY], ids=["plain", "forwarded"])
async def test_the_plain_way_and_the_long_way_say_the_same(stage: Stage, fields: Call) -> None:
    (reply,) = await stage.update({"message": stage.message(CHEN, QUESTION, **fields)})
    assert reply == {
        "method": "sendMessage",
        "chat_id": 101,
        "text": "<b>30 项以上</b>\n山城市 · 国际标准\n🗓 到2025年（已过去 326 天）\n\n"
        "📎 山城市标准化行动方案 · 一（二）",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [[{"text": "📖 山城市标准化行动方案", "callback_data": "oophill-2024_"}]]
        },
    }


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 901, "message": {"message_id": "x"}},
        {"update_id": 902, "message": {"message_id": 1, "date": 1, "chat": {"id": 1}, "text": "x"}},
        {"update_id": "?"},
        {},
        [],
        None,
        "update",
    ],
)
async def test_a_malformed_update_is_counted_and_the_next_is_handled(stage: Stage, raw: Any) -> None:
    before = counted("malformed", "unknown")
    await feed(stage.dispatcher, stage.bot, raw)
    assert counted("malformed", "unknown") == before + 1
    assert stage.logs[-1]["event"] == "a malformed update"
    assert stage.logs[-1]["problem"]
    assert await stage.says(CHEN, QUESTION)


async def test_a_kind_of_update_that_is_not_ours_is_counted_as_ignored(stage: Stage) -> None:
    before = counted("ignored", "poll_answer")
    await stage.update(
        {"poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": [], "user": CHEN}}
    )
    assert counted("ignored", "poll_answer") == before + 1


async def test_a_kind_of_update_that_nobody_knows_yet_is_ignored(stage: Stage) -> None:
    before = counted("ignored", "unknown")
    assert not await stage.update({"telepathy": {"from": CHEN}})
    assert counted("ignored", "unknown") == before + 1
    assert not stage.logs


async def at_once(stage: Stage, make: Any, times: int) -> list[Call]:
    """What many things at the same moment lead to."""
    now, calls = stage.now, []
    for _ in range(times):
        calls += await make()
        stage.now = now
    stage.now += timedelta(seconds=10)
    return calls


async def test_who_writes_too_fast_is_asked_once_to_wait(stage: Stage) -> None:
    calls = await at_once(stage, lambda: stage.says(CHEN, QUESTION), 9)
    assert len([call for call in calls if "30 项以上" in call["text"]]) == 5
    assert [call["text"] for call in calls[5:]] == ["发得有点快，请稍等几秒再继续。"]


async def test_others_are_not_held_up_by_it(stage: Stage) -> None:
    await at_once(stage, lambda: stage.says(CHEN, QUESTION), 9)
    (reply,) = await stage.says(ALEX, QUESTION)
    assert "30" in reply["text"]


async def test_a_while_later_they_may_go_on(stage: Stage) -> None:
    await at_once(stage, lambda: stage.says(CHEN, QUESTION), 9)
    (reply,) = await stage.says(CHEN, QUESTION)
    assert "30 项以上" in reply["text"]


async def test_each_press_comes_to_rest_also_when_too_fast(stage: Stage) -> None:
    calls = await at_once(stage, lambda: stage.presses(CHEN, "b0.lp_"), 9)
    settled = [call for call in calls if call["method"] == "answerCallbackQuery"]
    assert len(settled) == 9
    assert [call["text"] for call in settled if "text" in call] == ["发得有点快，请稍等几秒再继续。"]
    assert len([call for call in calls if call["method"] == "editMessageText"]) == 5


async def test_a_chat_is_remembered_with_the_language_guessed_at_first(stage: Stage) -> None:
    await stage.says(ALEX, QUESTION)
    await stage.restart()
    chat = stage.chats.get(ALEX["id"])
    assert chat is not None
    assert (chat.kind, chat.title, chat.language, chat.active) == ("private", "Alex", "en", True)


async def test_a_group_is_remembered_without_a_language(stage: Stage) -> None:
    await stage.says(ALEX, f"@zhunshi_bot {QUESTION}", chat=GROUP)
    chat = stage.chats.get(GROUP["id"])
    assert chat is not None
    assert (chat.kind, chat.title, chat.language) == ("supergroup", "标准化工作群", None)


async def test_a_chat_that_can_not_be_stored_is_answered_all_the_same(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(stage.chats, "remember", fail)
    (reply,) = await stage.says(CHEN, QUESTION)
    assert "30 项以上" in reply["text"]


class Broken(Library):
    """Fails at every question."""

    def ask(self, text: str, **rest: object) -> Any:  # noqa: D102 - as the library
        del text, rest
        raise RuntimeError("secret detail")

    tell = ask  # type: ignore[assignment] # it fails before it looks


@pytest.mark.parametrize("fields", [{}, LONG_WAY, {"chat": GROUP, "text": f"@zhunshi_bot {QUESTION}"}])
async def test_a_failure_is_apologised_for_once_without_its_details(stage: Stage, fields: Call) -> None:
    stage.shelf.library = Broken(POLICIES)
    before = counted("failed")
    raw = {"update_id": 990, "message": stage.message(CHEN, **({"text": QUESTION} | fields))}
    await feed(stage.dispatcher, stage.bot, raw)
    await feed(stage.dispatcher, stage.bot, raw)
    (sorry,) = stage.telegram.calls
    assert sorry["text"] == "抱歉，刚才出了点问题，已经记录下来，请稍后再试。"
    assert ("reply_parameters" in sorry) == ("chat" in fields)
    assert counted("failed") == before + 1
    (logged,) = stage.logs
    assert (logged["update_id"], logged["kind"], logged["log_level"]) == (990, "message", "error")
    assert "secret detail" in str(logged["exc_info"])


async def test_a_failed_press_comes_to_rest_with_the_apology(stage: Stage) -> None:
    stage.shelf.library = Broken(POLICIES)
    (settled,) = await stage.presses(ALEX, "adthill-2024_T1")
    assert settled["method"] == "answerCallbackQuery"
    assert settled["text"].startswith("Sorry")


async def test_a_failed_inline_query_is_only_logged(stage: Stage) -> None:
    stage.shelf.library = Broken(POLICIES)
    before = counted("failed", "inline_query")
    assert not await stage.update({"inline_query": {"id": "1", "from": CHEN, "query": "标准", "offset": ""}})
    assert counted("failed", "inline_query") == before + 1
