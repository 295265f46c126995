"""Composing a broadcast: each step, each thing that is refused, and that confirming makes exactly one."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.broadcasts import AudienceKind, BroadcastState
from domain.delivery import NoticeKind
from domain.languages import Language
from domain.policy import FactKind
from storage.subscriptions import Subscription, Subscriptions
from tests.bot.chat.broadcast_cast import Office
from tests.bot.chat.cast import ALEX, CHEN, GROUP, LIN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

LETTER = "各单位请注意"
PHOTO = [{"file_id": f"p{size}", "file_unique_id": "u", "width": size, "height": size} for size in (90, 800)]
FILE = {"file_id": "f1", "file_unique_id": "u", "file_name": "通知.pdf", "file_size": 10}
QUESTION = "山城市国际标准多少项？"
LONG = "长" * 4096


@pytest.fixture
async def office(stage: Stage) -> Office:
    """Chen administers; Lin, Alex and a group are known."""
    stage.admins = (CHEN["id"],)
    await stage.open()
    for person in (CHEN, LIN, ALEX):
        await stage.says(person, "/start")
    await stage.says(CHEN, "/language", chat=GROUP)
    return Office(stage)


async def test_a_message_is_composed_previewed_and_confirmed(office: Office) -> None:
    bold = [{"type": "bold", "offset": 0, "length": 3}]
    await office.says("/broadcast")
    assert "原样发给我" in office.last["text"]
    await office.says(LETTER, entities=bold)
    await office.presses("发给谁")
    await office.presses("所有人")
    assert "目前可送达：4" in office.last["text"]
    await office.presses("预览并发送")
    preview = office.calls[0]
    assert (preview["chat_id"], preview["text"]) == (CHEN["id"], "<b>各单位</b>请注意")
    broadcast_id = office.data("立即发给 4")[1:17]
    await office.presses("立即发给 4")
    broadcast = await office.stage.broadcasts.get(broadcast_id)
    notice = await office.stage.broadcasts.notice(broadcast_id)
    assert broadcast is not None
    assert notice is not None
    assert (broadcast.author_id, broadcast.author, broadcast.expected) == (CHEN["id"], "晓 陈", 4)
    assert broadcast.audience.kind is AudienceKind.EVERYONE
    assert broadcast.start_at == office.stage.now
    assert notice.text == {Language.SIMPLIFIED: "<b>各单位</b>请注意"}
    assert office.stage.woken == 1
    assert office.last["text"].startswith("<b>📣 群发")
    assert broadcast.card is not None
    assert broadcast.card.message_id == office.last["message_id"]


async def test_a_photo_keeps_its_caption_and_the_largest_size(office: Office) -> None:
    await office.says("/broadcast")
    await office.says(None, photo=PHOTO, caption="附图")
    notice = await _confirmed(office)
    assert (notice.kind, notice.media, notice.text) == (
        NoticeKind.PHOTO,
        "p800",
        {Language.SIMPLIFIED: "附图"},
    )


async def test_a_document_needs_no_caption(office: Office) -> None:
    await office.says("/broadcast")
    await office.says(None, document=FILE)
    notice = await _confirmed(office)
    assert (notice.kind, notice.media, notice.text) == (NoticeKind.DOCUMENT, "f1", {})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"dice": {"emoji": "🎲", "value": 1}}, "不能群发"),
        ({"photo": PHOTO, "caption": "长" * 1025}, "有 1025 个字符，最多 1024 个"),
        ({"photo": PHOTO, "caption": "😀" * 513}, "有 1026 个字符"),
        ({"text": "😀" * 2049}, "有 4098 个字符，最多 4096 个"),
        ({"text": "长" * 5000}, "有 5000 个字符"),
        ({"location": {"latitude": 1.0, "longitude": 1.0}}, "不能群发"),
    ],
    ids=["dice", "caption", "emoji caption", "emoji", "5000", "place"],
)
async def test_what_can_not_be_broadcast_is_refused_with_the_reason(
    office: Office, fields: Call, reason: str
) -> None:
    await office.says("/broadcast")
    await office.says(fields.get("text"), **{key: value for key, value in fields.items() if key != "text"})
    assert reason in office.last["text"]
    await office.says(LETTER)  # it still waits for one that can be sent
    assert f"“{LETTER}”" in office.last["text"]


async def test_an_album_is_refused_once(office: Office) -> None:
    await office.says("/broadcast")
    (refusal,) = await office.says(None, photo=PHOTO, media_group_id="a1")
    assert "相册" in refusal["text"]
    assert not await office.says(None, photo=PHOTO, media_group_id="a1")
    (refusal,) = await office.says(None, photo=PHOTO, media_group_id="a2")
    assert "相册" in refusal["text"]


async def test_a_text_that_telegram_cut_in_pieces_is_refused_whole(office: Office) -> None:
    stage = office.stage
    await office.says("/broadcast")
    first = stage.message(CHEN, LONG)
    rest = [stage.message(CHEN, text) | {"date": first["date"]} for text in (LONG, "尾巴")]
    await asyncio.gather(*(stage.update({"message": piece}) for piece in (first, *rest)))
    said = [call.get("text", "") for call in stage.telegram.calls]
    assert sum("超过 4096" in text for text in said) == 1
    await office.says(LETTER)
    assert f"“{LETTER}”" in office.last["text"]


async def test_a_translation_that_telegram_cut_in_pieces_is_refused_whole(office: Office) -> None:
    stage = office.stage
    await office.composes()
    await office.presses("语言")
    await office.presses("English")
    first = stage.message(CHEN, "word " * 819)
    rest = [stage.message(CHEN, text) | {"date": first["date"]} for text in ("word " * 819, "end")]
    for piece in (first, *rest):
        await stage.update({"message": piece})
    assert "超过 4096" in office.last["text"]
    assert (await _draft(office)).languages == (Language.SIMPLIFIED,)
    await office.says("To all offices")
    assert (await _draft(office)).text[Language.ENGLISH] == "To all offices"


async def test_a_question_after_a_full_message_is_a_question(office: Office) -> None:
    await office.says("/broadcast")
    await office.says(LONG)
    await office.says(QUESTION)
    assert "30 项以上" in office.last["text"]


async def test_while_nothing_is_waited_for_questions_are_answered(office: Office) -> None:
    await office.composes()
    await office.says(QUESTION)
    assert "30 项以上" in office.last["text"]
    await office.says("/policies")
    assert "哪份政策" in office.last["text"]


async def test_commands_are_no_part_of_a_broadcast(office: Office) -> None:
    await office.says("/broadcast")
    await office.says("/policies")
    assert "哪份政策" in office.last["text"]
    await office.says(LETTER)
    assert f"“{LETTER}”" in office.last["text"]


async def test_an_edited_message_is_taken_anew(office: Office) -> None:
    await office.says("/broadcast")
    await office.says(LETTER)
    edited = {"message_id": office.stage.last_message, "edit_date": 1}
    edited = office.stage.message(CHEN, "请各单位留意") | edited
    await office.stage.update({"edited_message": edited})
    assert "“请各单位留意”" in office.last["text"]


async def test_buttons_are_read_from_lines(office: Office) -> None:
    await office.composes()
    await office.presses("按钮")
    await office.says("官网 – https://example.org/a\n办法：http://example.org/b")
    assert "官网、办法" in office.last["text"]
    await office.presses("预览并发送")
    rows = office.calls[0]["reply_markup"]["inline_keyboard"]
    assert rows == [
        [{"text": "官网", "url": "https://example.org/a"}],
        [{"text": "办法", "url": "http://example.org/b"}],
    ]


async def test_buttons_can_be_taken_away_again(office: Office) -> None:
    await office.composes()
    await office.presses("按钮")
    await office.says("官网 – https://example.org/a")
    await office.presses("按钮")
    await office.presses("不要按钮")
    await office.presses("预览并发送")
    assert "reply_markup" not in office.calls[0]


@pytest.mark.parametrize(
    "line",
    [
        "官网",
        "https://example.org",
        "官网 – example.org",
        "官网 – javascript:alert(1)",
        "官网 – http://u:p@x.cn",
    ],
)
async def test_a_line_that_is_no_button_is_named(office: Office, line: str) -> None:
    await office.composes()
    await office.presses("按钮")
    await office.says(f"好 – https://example.org\n{line}")
    assert f"“{line}”" in office.last["text"]


async def test_each_language_is_previewed_as_its_readers_get_it(office: Office) -> None:
    await office.composes()
    await office.presses("语言")
    await office.presses("English")
    await office.says("To all offices")
    await office.presses("预览并发送")
    assert [call["text"] for call in office.calls[1:3]] == [LETTER, "To all offices"]
    await office.presses("返回")
    await office.presses("语言")
    await office.presses("🗑 简体中文")
    assert (await _draft(office)).languages == (Language.ENGLISH,)


async def test_a_translation_is_words_only(office: Office) -> None:
    await office.composes()
    await office.presses("语言")
    await office.presses("English")
    await office.says(None, photo=PHOTO, caption="x")
    assert "只能更换文字" in office.last["text"]


async def test_a_text_counts_as_the_language_it_is_written_in(office: Office) -> None:
    await office.says("/broadcast")
    await office.says("To all offices: please note the deadline")
    assert (await _draft(office)).languages == (Language.ENGLISH,)


async def test_the_size_follows_each_choice(office: Office) -> None:
    await office.says("/broadcast")
    await office.says(LETTER)
    await office.presses("发给谁")
    await office.presses("按语言")
    assert "目前可送达：0" in office.last["text"]
    await office.presses("English")
    assert "目前可送达：1" in office.last["text"]
    await office.presses("简体中文")
    assert "目前可送达：3" in office.last["text"]  # Chen, and the group, which chose none
    await office.presses("English")
    assert "目前可送达：2" in office.last["text"]
    await office.presses("选好了")
    assert "简体中文 读者" in office.last["text"]


async def test_followers_are_reached_by_policy_department_and_region(office: Office) -> None:
    held = Subscriptions(office.stage.db)
    river = Subscription(chat_id=LIN["id"], policy_id="river-2025", created_by=LIN["id"])
    office14 = Subscription(
        chat_id=ALEX["id"], policy_id="river-2025", kind=FactKind.DEPARTMENT, fact_id="D14", created_by=1
    )
    for one in (river, office14):
        await held.follow(one, office.stage.now)
    await office.says("/broadcast")
    await office.says(LETTER)
    await office.presses("发给谁")
    await office.presses("关注某份政策的")
    await office.presses("河湾县")
    assert "目前可送达：2" in office.last["text"]
    await office.presses("换种方式")
    await office.presses("责任单位")
    await office.presses("河湾县")
    await office.presses("▶")
    await office.presses("▶")
    await office.presses("第14河长办")
    assert "目前可送达：1" in office.last["text"]
    await office.presses("第13河长办")
    assert (await _draft(office)).audience.values == ("river-2025/D14", "river-2025/D13")
    await office.presses("换种方式")
    await office.presses("按地区")
    await office.presses("河湾县")
    audience = (await _draft(office)).audience
    assert (audience.values, audience.policies) == (("河湾县",), ("river-2025",))
    assert "目前可送达：2" in office.last["text"]


@pytest.mark.parametrize("as_file", [False, True])
async def test_a_list_of_chats_is_pasted_or_sent_as_a_file(office: Office, as_file: bool) -> None:  # noqa: FBT001 - a case
    await office.says("/broadcast")
    await office.says(LETTER)
    await office.presses("发给谁")
    await office.presses("聊天名单")
    numbers = f"{LIN['id']}\n{GROUP['id']}, {LIN['id']}\r\n999"
    if as_file:
        office.stage.telegram.files["f1"] = b"\xef\xbb\xbf" + numbers.encode()
        await office.says(None, document=FILE)
    else:
        await office.says(numbers)
    assert "名单上的 3 个聊天" in office.last["text"]
    assert "目前可送达：2" in office.last["text"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": "102, 王科长"}, "“王科长”"),
        ({"text": "99999999999999999999"}, "不是聊天的编号"),
        ({"text": "102 <b>x</b>"}, "“&lt;b&gt;x&lt;/b&gt;”"),
        ({"document": FILE | {"file_size": 1_000_001}}, "文件太大"),
        ({"document": FILE | {"file_id": "gbk"}}, "不是 UTF-8"),
        ({"document": FILE | {"file_id": "empty"}}, "没有聊天编号"),
        ({"photo": PHOTO}, "以文字或文本文件"),
        ({"text": " ".join(map(str, range(1, 20_010)))}, "最多 20000 个"),
    ],
    ids=["a name", "too long", "markup", "large file", "no text", "empty", "photo", "too many"],
)
async def test_a_list_that_is_none_is_refused_with_the_reason(
    office: Office, fields: Call, reason: str
) -> None:
    office.stage.telegram.files |= {"gbk": "单位".encode("gbk"), "empty": b"\n"}
    await office.says("/broadcast")
    await office.says(LETTER)
    await office.presses("发给谁")
    await office.presses("聊天名单")
    await office.says(fields.get("text"), **{key: value for key, value in fields.items() if key != "text"})
    assert reason in office.last["text"]
    assert (await _draft(office)).audience is None


async def test_nobody_to_send_to_is_no_broadcast(office: Office) -> None:
    await office.composes(whom="聊天名单")
    await office.says("999")
    assert "没有可送达的" in office.last["text"]
    assert not [one for one in office.buttons() if "预览" in one["text"]]
    await office.sends_press(f"d{(await _draft(office)).id}.preview")
    assert office.hint == "没有人会收到，请另选对象。"


async def test_recipients_lost_since_the_preview_are_no_broadcast(office: Office) -> None:
    await office.composes(whom="聊天名单")
    await office.says(f"{LIN['id']}")
    await office.presses("预览并发送")
    await office.stage.chats.set_broadcasts(LIN["id"], False, office.stage.now)  # noqa: FBT003 - its one value
    await office.presses("立即发给 1")
    assert office.hint == "没有人会收到，请另选对象。"
    assert not await office.stage.broadcasts.recent(1)


async def test_a_broadcast_waits_for_the_time_that_was_written(office: Office) -> None:
    await office.composes()
    await office.presses("预览并发送")
    await office.presses("定时发送")
    await office.says("2026-12-01 09:30")
    assert "2026年12月1日星期二 09:30" in office.last["text"]
    await office.presses("确认定时")
    (broadcast,) = await office.stage.broadcasts.active()
    assert broadcast.start_at == datetime(2026, 12, 1, 1, 30, tzinfo=UTC)
    assert broadcast.state is BroadcastState.SCHEDULED
    assert "将于 2026年12月1日星期二 09:30" in office.last["text"]
    await office.presses("取消")
    await office.presses("取消发送")
    assert not await office.stage.broadcasts.active()


@pytest.mark.parametrize(
    ("label", "at"),
    [("明天 9:00", datetime(2026, 11, 23, 1, tzinfo=UTC)), ("下周一", datetime(2026, 11, 23, 1, tzinfo=UTC))],
)
async def test_a_time_can_be_chosen(office: Office, label: str, at: datetime) -> None:
    await office.composes()
    await office.presses("预览并发送")
    await office.presses("定时发送")
    await office.presses(label)
    await office.presses("确认定时")
    assert [one.start_at for one in await office.stage.broadcasts.active()] == [at]


@pytest.mark.parametrize(
    "text", ["2020-01-01 09:30", "昨天", "今天 0:30", "2026-02-30 09:00", "2036-01-01 9:00"]
)
async def test_a_time_that_is_none_or_past_is_refused(office: Office, text: str) -> None:
    await office.composes()
    await office.presses("预览并发送")
    await office.presses("定时发送")
    (refusal,) = await office.says(text)
    assert "时间" in refusal["text"]
    assert (await _draft(office)).start_at is None


async def test_a_time_that_passed_before_it_was_confirmed_is_refused(office: Office) -> None:
    await office.composes()
    await office.presses("预览并发送")
    await office.presses("定时发送")
    await office.presses("一小时后")
    office.stage.now += timedelta(hours=2)
    await office.presses("确认定时")
    assert office.hint == "这个时间已经过去了。"
    assert not await office.stage.broadcasts.recent(1)


async def test_confirming_twice_makes_one(office: Office) -> None:
    await office.composes()
    await office.presses("预览并发送")
    data, message_id = office.data("立即发给"), office.last["message_id"]
    await asyncio.gather(*(office.stage.presses(CHEN, data, message_id=message_id) for _ in range(3)))
    await office.sends_press(data, message_id)
    assert office.hint == "已经确认过了。"
    await office.restarts()
    await office.sends_press(data, message_id)
    assert office.hint == "已经确认过了。"
    assert len(await office.stage.broadcasts.recent(10)) == 1
    assert office.stage.woken == 1


async def test_a_store_that_fails_sends_nothing_and_loses_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> bool:
        raise OSError("disk full")

    await office.composes()
    await office.presses("预览并发送")
    confirm = office.last
    with monkeypatch.context() as broken:
        broken.setattr(office.stage.broadcasts, "create", fail)
        await office.presses("立即发给", confirm)
    assert "出了点问题" in office.hint
    assert office.stage.woken == 0
    await office.presses("立即发给", confirm)
    assert len(await office.stage.broadcasts.recent(10)) == 1


async def test_a_draft_that_a_crash_brought_back_is_not_sent_twice(office: Office) -> None:
    await office.composes()
    draft = await _draft(office)
    await office.confirms()
    office.stage.dispatcher["studio"].drafts.put(CHEN["id"], draft)  # its end was not written yet
    await office.sends_press(f"d{draft.id}.now.{draft.version}")
    assert office.hint == "已经确认过了。"
    await office.says("/broadcast")
    assert "原样发给我" in office.last["text"]


async def test_only_what_was_previewed_is_confirmed(office: Office) -> None:
    await office.composes()
    await office.presses("预览并发送")
    confirm = office.last
    await office.presses("返回")
    await office.presses("重写消息")
    await office.says("别的内容")
    await office.presses("立即发给", confirm)
    assert office.hint == "草稿后来改过，请重新预览。"
    assert not await office.stage.broadcasts.recent(1)


async def test_a_restart_in_the_middle_loses_no_word(office: Office) -> None:
    await office.says("/broadcast")
    await office.restarts()
    await office.says(LETTER)
    await office.presses("发给谁")
    await office.restarts()
    await office.presses("所有人")
    await office.restarts()
    await office.presses("预览并发送")
    assert office.calls[0]["text"] == LETTER
    await office.restarts()
    await office.presses("立即发给")
    assert len(await office.stage.broadcasts.recent(10)) == 1


@pytest.mark.parametrize("step", ["content", "press", "confirm"])
async def test_who_is_no_administrator_any_more_sends_nothing(office: Office, step: str) -> None:
    await (office.says("/broadcast") if step == "content" else office.composes())
    if step == "confirm":
        await office.presses("预览并发送")
    office.stage.admins = ()
    await office.restarts()
    if step == "content":
        await office.says(LETTER)
        assert office.last["text"] == "只有管理员可以这样做。"
    else:
        await office.presses("立即发给" if step == "confirm" else "发给谁")
        assert office.hint == "只有管理员可以这样做。"
    assert not await office.stage.broadcasts.recent(1)


@pytest.mark.parametrize(
    "deed", ["pause", "cancelled", "resend", "export", "correct", "recalled.0123456789abcdef"]
)
async def test_who_is_no_administrator_any_more_steers_nothing(office: Office, deed: str) -> None:
    await office.composes()
    sent = await office.confirms()
    office.stage.admins = ()
    await office.restarts()
    before = await office.stage.broadcasts.get(sent)
    await office.sends_press(f"c{sent}.{deed}")
    assert office.hint == "只有管理员可以这样做。"
    assert [await office.stage.broadcasts.get(sent)] == await office.stage.broadcasts.recent(9) == [before]


@pytest.mark.parametrize("command", ["/broadcast", "/broadcasts", "/audit"])
async def test_others_are_refused(office: Office, command: str) -> None:
    (refusal,) = await office.stage.says(ALEX, command)
    assert refusal["text"] == "Only administrators can do that."
    (refusal,) = await office.says(command, chat=GROUP)
    assert "私聊" in refusal["text"]


async def test_anybody_elses_press_does_nothing(office: Office) -> None:
    await office.composes()
    await office.presses("预览并发送")
    *_, settled = await office.stage.presses(ALEX, office.data("立即发给"))
    assert settled["text"] == "Only administrators can do that."
    office.stage.admins = (CHEN["id"], LIN["id"])
    await office.restarts()
    *_, settled = await office.stage.presses(LIN, office.data("立即发给"))
    assert "草稿已經不在" in settled["text"]
    assert not await office.stage.broadcasts.recent(1)


@pytest.mark.parametrize(
    "data",
    [
        "d0123456789abcde.now.1",
        "d0123456789abcdef.now.1",
        "d0123456789abcdef.nonsense",
        "d0123456789ABCDEF.now",
        "d.sheet",
        "c0123456789abcdef.pause",
        "c0123456789abcdef.recalled.x",
        "cx.pause",
        "pb",
        "pz1",
        "r2",
    ],
)
async def test_a_forged_button_is_answered_and_does_nothing(office: Office, data: str) -> None:
    await office.sends_press(data)
    assert office.hint
    assert not await office.stage.broadcasts.recent(1)


@pytest.mark.parametrize(
    "step",
    ["lang.fr", "nolang.zh-Hans", "kind.received", "kind.x", "pick.x", "of.x", "at.x", "page.99999", "now.x"],
)
async def test_a_forged_choice_changes_nothing(office: Office, step: str) -> None:
    await office.composes()
    before = await _draft(office)
    await office.sends_press(f"d{before.id}.{step}")
    assert office.hint
    assert await _draft(office) == before


async def test_cancel_drops_the_draft(office: Office) -> None:
    await office.composes()
    await office.says("/cancel")
    assert office.last["text"] == "已放弃，没有发出任何消息。"
    await office.says("/cancel")
    assert office.last["text"] == "没有可取消的。"
    assert not await office.says("/cancel", chat=GROUP)  # another bot's, perhaps
    await office.says(QUESTION)
    assert "30 项以上" in office.last["text"]


async def test_a_second_broadcast_asks_about_the_first(office: Office) -> None:
    await office.composes()
    first = await _draft(office)
    await office.says("/broadcast")
    assert f"“{LETTER}”" in office.last["text"]
    question = office.last
    await office.presses("继续", question)
    assert (await _draft(office)).id == first.id
    await office.presses("重新开始", question)
    assert (await _draft(office)).id != first.id
    assert "原样发给我" in office.last["text"]


async def test_a_draft_can_be_dropped_by_its_button(office: Office) -> None:
    await office.composes()
    await office.presses("放弃")
    assert office.last["text"] == "已放弃，没有发出任何消息。"


async def test_a_message_that_telegram_refuses_is_not_offered_for_sending(office: Office) -> None:
    await office.composes()
    office.stage.telegram.fail("sendMessage", 400, {"description": "Bad Request: can't parse entities"})
    await office.presses("预览并发送")
    assert "Telegram 不接受这条消息" in office.hint
    assert not [one for one in office.buttons() if "立即" in one["text"]]


async def test_a_preview_that_can_not_be_sent_now_says_so(office: Office) -> None:
    await office.composes()
    office.stage.telegram.fail("sendMessage", 500, {"description": "Internal Server Error"}, times=9)
    await office.presses("预览并发送")
    assert "请稍后再试" in office.hint


async def test_an_administrator_sees_the_commands_and_others_do_not(office: Office) -> None:
    menu, *_ = await office.says("/start")
    assert menu["method"] == "setMyCommands"
    assert {"broadcast", "broadcasts", "audit"} <= {one["command"] for one in menu["commands"]}
    await office.says("/help")
    assert "/broadcast – " in office.last["text"]
    (greeting,) = await office.stage.says(ALEX, "/start")
    assert greeting["method"] == "sendMessage"


async def _draft(office: Office) -> Any:
    held = await office.stage.dispatcher["studio"].drafts.get(CHEN["id"])
    assert held is not None
    return held.draft


async def _confirmed(office: Office) -> Any:
    await office.presses("发给谁")
    await office.presses("所有人")
    broadcast_id = await office.confirms()
    notice = await office.stage.broadcasts.notice(broadcast_id)
    assert notice is not None
    return notice
