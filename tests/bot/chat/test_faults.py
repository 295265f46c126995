"""When Telegram or the network fails: tried again within bounds, given up in good order, counted."""

import pytest
from prometheus_client import REGISTRY

from bot.client import build_bot, introduce
from bot.menu import COMMANDS, set_for_all
from bot.sender import Place, Sender
from domain.errors import BadSetting, DeliveryError, Migrated, Rejected, Retryable, Unreachable
from tests.bot.chat.cast import CHEN, GROUP
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import DROPPED, Call

QUESTION = "山城市国际标准多少项？"
FLOOD = {"description": "Too Many Requests: retry after 3", "parameters": {"retry_after": 3}}
BLOCKED = {"description": "Forbidden: bot was blocked by the user"}
HTML_502 = "<html><body>502 Bad Gateway</body></html>"


def failures(kind: str) -> float:
    return REGISTRY.get_sample_value("zhunshi_send_failures_total", {"kind": kind}) or 0.0


def lost() -> float:
    return REGISTRY.get_sample_value("zhunshi_replies_lost_total") or 0.0


TABLE = {
    "flood": (429, FLOOD, Retryable, 3),
    "flood without a wait": (429, FLOOD | {"parameters": {"retry_after": 0}}, Retryable, None),
    "blocked": (403, BLOCKED, Unreachable, None),
    "kicked": (403, {"description": "Forbidden: bot was kicked from the supergroup chat"}, Unreachable, None),
    "gone": (400, {"description": "Bad Request: chat not found"}, Unreachable, None),
    "no rights": (400, {"description": "Bad Request: have no rights to send a message"}, Unreachable, None),
    "bad markup": (400, {"description": "Bad Request: can't parse entities"}, Rejected, None),
    "too large": (413, {"description": "Request Entity Too Large"}, Rejected, None),
    "5xx": (500, {"description": "Internal Server Error"}, Retryable, None),
    "5xx without words": (503, {}, Retryable, None),
    "HTML": (502, HTML_502, Retryable, None),
    "restart": (500, {"description": "Internal Server Error: restart"}, Retryable, None),
    "network": (*DROPPED, Retryable, None),
    "conflict": (409, {"description": "Conflict"}, Retryable, None),
}  # fmt: skip


@pytest.mark.parametrize(("status", "body", "error", "after"), TABLE.values(), ids=TABLE)
async def test_each_failure_becomes_the_error_that_says_what_to_do(
    stage: Stage, status: int, body: str | Call, error: type[DeliveryError], after: float | None
) -> None:
    stage.telegram.fail("sendMessage", status, body)
    with pytest.raises(error) as caught:
        await Sender(stage.bot).send(Place(chat_id=1), "x")
    assert getattr(caught.value, "after", None) == after
    assert "\n" not in str(caught.value)


async def test_a_migration_names_the_new_chat(stage: Stage) -> None:
    body = {"description": "Bad Request: group chat was upgraded", "parameters": {"migrate_to_chat_id": -100}}
    stage.telegram.fail("sendMessage", 400, body)
    with pytest.raises(Migrated) as caught:
        await Sender(stage.bot).send(Place(chat_id=1), "x")
    assert caught.value.chat_id == -100


async def test_a_flood_wait_is_waited_out(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", 429, FLOOD)
    calls = await stage.says(CHEN, QUESTION)
    assert len(calls) == 2
    assert "30 项以上" in calls[-1]["text"]
    assert stage.pauses == [3]


@pytest.mark.parametrize(
    ("status", "body"), [(500, {"description": "x"}), (502, HTML_502), (503, {}), DROPPED]
)
async def test_what_may_pass_is_tried_again_with_growing_pauses(
    stage: Stage, status: int, body: str | Call
) -> None:
    before = failures("retryable")
    stage.telegram.fail("sendMessage", status, body, times=3)
    calls = await stage.says(CHEN, QUESTION)
    assert len(calls) == 4
    assert stage.pauses == [0.5, 1.0, 2.0]
    assert failures("retryable") == before + 3


async def test_after_four_attempts_the_reply_is_given_up_and_counted(stage: Stage) -> None:
    before = lost()
    stage.telegram.fail("sendMessage", 500, {"description": "x"}, times=99)
    assert len(await stage.says(CHEN, QUESTION)) == 4
    assert lost() == before + 1
    assert [entry["event"] for entry in stage.logs] == ["a reply was lost"]


async def test_nobody_waits_for_a_reply_longer_than_twenty_seconds(stage: Stage) -> None:
    long = {"description": "Too Many Requests", "parameters": {"retry_after": 21}}
    stage.telegram.fail("sendMessage", 429, long)
    assert len(await stage.says(CHEN, QUESTION)) == 1
    assert stage.pauses == []


async def test_a_part_that_arrived_is_not_sent_again(stage: Stage) -> None:
    place = Place(chat_id=CHEN["id"])
    stage.telegram.fail("sendMessage", 200, {"ok": True, "result": {"message_id": 1}})
    stage.telegram.fail("sendMessage", 500, {"description": "x"})
    await stage.dispatcher["desk"].replies.send(place, ["one", "two"])
    assert [call["text"] for call in stage.telegram.calls] == ["one", "two", "two"]


async def test_who_blocked_us_is_noted_and_not_tried_again(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", 403, BLOCKED)
    assert len(await stage.says(CHEN, QUESTION)) == 1
    await stage.restart()
    chat = stage.chats.get(CHEN["id"])
    assert chat is not None
    assert not chat.active


async def test_a_group_that_migrated_is_answered_under_its_new_id(stage: Stage) -> None:
    await stage.presses(CHEN, "len", chat=GROUP)
    body = {"description": "Bad Request", "parameters": {"migrate_to_chat_id": -1005}}
    stage.telegram.fail("sendMessage", 400, body)
    tried, sent = await stage.says(CHEN, f"@zhunshi_bot {QUESTION}", chat=GROUP)
    assert (tried["chat_id"], sent["chat_id"]) == (GROUP["id"], -1005)
    assert stage.chats.language(-1005) == "en"
    assert stage.chats.get(GROUP["id"]) is None


async def test_a_refused_reply_is_apologised_for(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", 400, {"description": "Bad Request: can't parse entities"})
    _, sorry = await stage.says(CHEN, QUESTION)
    assert sorry["text"].startswith("抱歉")


async def test_a_store_that_fails_while_noting_a_block_hides_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(stage.chats, "set_active", fail)
    stage.telegram.fail("sendMessage", 403, BLOCKED)
    assert len(await stage.says(CHEN, QUESTION)) == 1


async def test_the_menu_is_set_in_each_language_and_its_failures_are_passed_over(stage: Stage) -> None:
    stage.telegram.fail("setMyCommands", 500, {"description": "x"})
    await set_for_all(stage.bot)
    menus = [call for call in stage.telegram.calls if call["method"] == "setMyCommands"]
    assert [menu.get("language_code") for menu in menus] == [None, "zh", "en"]
    assert {len(menu["commands"]) for menu in menus} == {len(COMMANDS)}
    assert all(len(one["description"]) <= 256 for menu in menus for one in menu["commands"])


@pytest.mark.parametrize("token", ["", "abc", "12:", "x:y", "12:a b"])
async def test_a_malformed_token_is_a_bad_setting(token: str) -> None:
    with pytest.raises(BadSetting, match="bot token"):
        build_bot(token)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_revoked_token_is_a_bad_setting(stage: Stage, status: int) -> None:
    stage.bot._me = None
    stage.telegram.fail("getMe", status, {"description": "Unauthorized"})
    with pytest.raises(BadSetting, match="does not accept"):
        await introduce(stage.bot)


async def test_an_unreachable_telegram_is_no_bad_setting(stage: Stage) -> None:
    stage.bot._me = None
    stage.telegram.fail("getMe", *DROPPED)
    with pytest.raises(Retryable):
        await introduce(stage.bot)


async def test_another_server_is_spoken_to_at_its_address() -> None:
    bot = build_bot("42:TEST", server="http://127.0.0.1:8081")
    assert bot.session.api.api_url("42:TEST", "getMe") == "http://127.0.0.1:8081/bot42:TEST/getMe"
    await bot.session.close()
