"""The card of a broadcast: live, then the report; what its buttons do, and what a restart leaves of it."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from domain.broadcasts import Broadcast, BroadcastKind, BroadcastState
from domain.delivery import Again, NoticeKind
from domain.languages import Language
from tests.bot.chat.broadcast_cast import BLOCKED, REFUSED, Office
from tests.bot.chat.cast import ALEX, CHEN, GROUP, LIN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call


@pytest.fixture
async def office(stage: Stage) -> Office:
    """Chen administers; Lin, Alex and a group are known."""
    stage.admins = (CHEN["id"],)
    await stage.open()
    for person in (CHEN, LIN, ALEX):
        await stage.says(person, "/start")
    await stage.says(CHEN, "/language", chat=GROUP)
    return Office(stage)


async def test_a_card_shows_how_far_it_is_and_is_edited_only_when_that_changed(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    card = office.last["message_id"]
    assert not await office.refreshes()
    await stage.broadcasts.begin(sent, stage.now)
    await stage.broadcasts.spread(sent, 100, stage.now)
    (edit,) = await office.refreshes()
    assert (edit["method"], edit["message_id"]) == ("editMessageText", card)
    assert "发送中" in edit["text"]
    assert "0 / 4" in edit["text"]
    assert not await office.refreshes()


async def test_the_rate_and_the_time_left_come_from_what_was_sent_of_late(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    await stage.broadcasts.begin(sent, stage.now)
    await stage.broadcasts.spread(sent, 100, stage.now)
    await office.refreshes()
    stage.now += timedelta(seconds=60)  # nothing has left meanwhile
    await office.refreshes()
    claimed = await stage.outbox.claim("test", stage.now, 2, 600.0)
    await stage.outbox.settle([(one.id, "test", BLOCKED) for one, _ in claimed], stage.now)
    stage.now += timedelta(seconds=1)
    (edit,) = await office.refreshes()
    assert "每秒 2 条 · 还需 1秒" in edit["text"]
    assert "🚫 无法送达：2" in edit["text"]


async def test_the_report_adds_up_and_says_why(office: Office) -> None:
    sent = await _sent(office)
    office.stage.now += timedelta(seconds=70)
    await office.delivers(sent, {LIN["id"]: BLOCKED, ALEX["id"]: REFUSED})
    report, told = await office.refreshes()
    assert report["method"] == "editMessageText"
    for line in ("应收 4 个", "已发送：2", "失败：1", "无法送达：1", "不确定：0", "已取消：0"):
        assert line in report["text"]
    assert "• 屏蔽了本机器人：1" in report["text"]
    assert "something of theirs：1" in report["text"]
    assert told["method"] == "sendMessage"
    assert told["chat_id"] == CHEN["id"]
    assert "4 个中成功 2 个" in told["text"]
    assert not await office.refreshes()


async def test_what_may_have_come_twice_is_counted(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    again = Again(stage.now, "no answer in time", doubtful=True)
    await office.delivers(sent, {LIN["id"]: again})
    await office.delivers(sent)
    report, _ = await office.refreshes()
    assert "已发送：4" in report["text"]
    assert "可能收到两次：1" in report["text"]


async def test_a_report_that_was_not_told_before_a_crash_is_told_after_it(office: Office) -> None:
    sent = await _sent(office)
    await office.delivers(sent)
    await office.restarts()
    report, told = await office.refreshes()
    assert "已完成" in report["text"]
    assert "已完成" in told["text"]
    await office.restarts()
    assert not await office.refreshes()


async def test_a_card_goes_on_after_a_restart(office: Office) -> None:
    sent, card = await _sent(office), office.last["message_id"]
    await office.restarts()
    await office.stage.broadcasts.begin(sent, office.stage.now)
    (edit,) = await office.refreshes()
    assert edit["message_id"] == card


async def test_a_card_that_was_deleted_is_let_go_and_the_end_is_told_all_the_same(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    await stage.broadcasts.begin(sent, stage.now)
    stage.telegram.fail("editMessageText", 400, {"description": "Bad Request: message to edit not found"})
    await office.refreshes()
    assert (await _broadcast(office, sent)).card is None
    await office.delivers(sent)
    (told,) = await office.refreshes()
    assert told["method"] == "sendMessage"
    assert not stage.logs


async def test_a_card_that_telegram_is_too_busy_for_is_edited_the_next_time(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    await stage.broadcasts.begin(sent, stage.now)
    stage.telegram.fail(
        "editMessageText", 429, {"description": "Too Many Requests", "parameters": {"retry_after": 3}}
    )
    assert len(await office.refreshes()) == 1
    (edit,) = await office.refreshes()
    assert "发送中" in edit["text"]


async def test_one_card_that_fails_does_not_stop_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await _sent(office), await _sent(office)
    for one in (first, second):
        await office.stage.broadcasts.begin(one, office.stage.now)
    counts = office.stage.outbox.counts

    async def failing(notice_id: str | None = None) -> object:
        if notice_id == first:
            raise OSError("disk full")
        return await counts(notice_id)

    monkeypatch.setattr(office.stage.outbox, "counts", failing)
    assert len(await office.refreshes()) == 1


async def test_pause_resume_and_cancel(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    await stage.broadcasts.begin(sent, stage.now)
    await stage.broadcasts.spread(sent, 100, stage.now)
    await office.refreshes()
    await office.presses("暂停")
    assert (await _broadcast(office, sent)).state is BroadcastState.PAUSED
    assert "已暂停" in office.last["text"]
    await office.presses("继续")
    assert (await _broadcast(office, sent)).state is BroadcastState.RUNNING
    await office.presses("取消")
    assert (await _broadcast(office, sent)).state is BroadcastState.RUNNING  # asked first
    await office.presses("取消发送")
    assert (await _broadcast(office, sent)).state is BroadcastState.CANCELLED
    assert "已取消：4" in office.last["text"]
    actions = [entry.action for entry in await stage.dispatcher["audit"].recent(9)]
    assert actions == [f"broadcast.{one}" for one in ("cancelled", "resumed", "paused", "confirmed")]


async def test_no_to_a_question_changes_nothing(office: Office) -> None:
    sent = await _sent(office)
    await office.presses("取消")
    await office.presses("不")
    assert office.last["text"] == "保持不变。"
    assert (await _broadcast(office, sent)).state is BroadcastState.SCHEDULED


async def test_a_replayed_button_of_an_earlier_state_says_so(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    await stage.broadcasts.begin(sent, stage.now)
    await office.refreshes()
    pause = office.last
    await office.presses("暂停", pause)
    await office.presses("暂停", pause)
    assert office.hint == "状态已经变了。"
    await office.delivers(sent)
    await office.sends_press(f"c{sent}.resend")
    assert office.hint == "没有需要重发的。"


async def test_it_is_sent_again_to_those_it_missed_and_to_nobody_else(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    await office.delivers(sent, {LIN["id"]: BLOCKED, ALEX["id"]: REFUSED})
    report, _ = await office.refreshes()
    await office.presses("向这 2 个重发", report)
    assert office.hint == "正在向 2 个重发。"
    assert stage.woken == 2
    claimed = await stage.outbox.claim("test", stage.now, 10, 60.0)
    assert {one.chat_id for one, _ in claimed} == {LIN["id"], ALEX["id"]}
    await stage.outbox.settle([(one.id, "test", REFUSED) for one, _ in claimed], stage.now)
    await stage.broadcasts.finish(sent, stage.now)
    report, told = await office.refreshes()
    assert "失败：2" in report["text"]
    assert "未成功：2" in told["text"]


async def test_the_export_lists_who_did_not_get_it(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    formula = {**GROUP, "title": '=HYPERLINK("http://x.cn")\x07'}
    await stage.says(CHEN, "/language", chat=formula)
    await office.delivers(sent, {LIN["id"]: BLOCKED, GROUP["id"]: REFUSED})
    report, _ = await office.refreshes()
    await office.presses("导出", report)
    (name, content), *_ = office.calls[0]["files"].items()
    assert name == f"{sent}.xlsx"
    sheet = load_workbook(BytesIO(content))["未收到的"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["聊天编号", "名称", "类型", "状态", "原因", "尝试次数", "Telegram 的答复"]
    assert [row[:5] for row in rows[1:]] == [
        ["102", "怡 林", "个人", "无法送达", "屏蔽了本机器人"],
        ["-1001", '=HYPERLINK("http://x.cn")', "群组", "失败", REFUSED.error],
    ]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, max_col=2) for cell in row} == {"s"}


async def test_a_correction_changes_the_words_of_the_messages_that_arrived(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    await office.delivers(sent, {LIN["id"]: BLOCKED})
    report, _ = await office.refreshes()
    await office.presses("更正", report)
    await office.says(None, photo=[{"file_id": "p", "file_unique_id": "u", "width": 9, "height": 9}])
    assert "只能更换文字" in office.last["text"]
    await office.says("更正：十二月截止")
    assert "目前可送达：3" in office.last["text"]
    correction = await office.confirms()
    broadcast = await _broadcast(office, correction)
    assert (broadcast.kind, broadcast.original, broadcast.expected) == (BroadcastKind.CORRECTION, sent, 3)
    notice = await stage.broadcasts.notice(correction)
    assert notice is not None
    assert notice.text == {Language.SIMPLIFIED: "更正：十二月截止"}
    await office.delivers(correction)
    report, told = await office.refreshes()
    assert "已更正：3" in report["text"]
    assert told["text"].startswith("更正已完成")


async def test_a_correction_waits_for_a_draft_that_is_in_work(office: Office) -> None:
    sent = await _sent(office)
    await office.delivers(sent)
    report, _ = await office.refreshes()
    await office.composes("另一份")
    await office.presses("更正", report)
    assert "还有一份草稿" in office.hint


async def test_it_is_deleted_everywhere_once_it_was_asked(office: Office) -> None:
    sent, stage = await _sent(office), office.stage
    await office.delivers(sent, {LIN["id"]: BLOCKED})
    report, _ = await office.refreshes()
    await office.presses("全部删除", report)
    question = office.last
    assert len(await stage.broadcasts.recent(9)) == 1
    await office.presses("全部删除", question)
    recall = (await stage.broadcasts.recent(1))[0]
    notice = await stage.broadcasts.notice(recall.id)
    assert notice is not None
    assert (recall.kind, recall.original, notice.kind) == (BroadcastKind.RECALL, sent, NoticeKind.RECALL)
    await office.presses("全部删除", question)  # the same button again
    assert office.hint == "已经确认过了。"
    await office.delivers(recall.id)
    report, _ = await office.refreshes()
    assert "已删除：3" in report["text"]


async def test_what_has_not_ended_is_neither_corrected_nor_deleted(office: Office) -> None:
    sent = await _sent(office)
    for deed in ("correct", "recall", "recalled.0123456789abcdef"):
        await office.sends_press(f"c{sent}.{deed}")
        assert office.hint == "群发结束后才能这样做。"
    assert len(await office.stage.broadcasts.recent(9)) == 1


async def test_the_list_leads_to_each_card(office: Office) -> None:
    for n in range(10):
        await office.delivers(await _sent(office, f"第{n}次通知"))
    await office.refreshes()
    await office.says("/broadcasts")
    assert len(office.buttons()) == 9
    assert "已完成" in office.last["text"]
    await office.presses("更早")
    assert [one["text"] for one in office.buttons()] == ["1. 第1次通知", "2. 第0次通知"]
    await office.presses("第0次通知")
    assert office.last["method"] == "sendMessage"
    assert "第0次通知" in office.last["text"]
    assert not await office.refreshes()


async def test_the_list_says_when_it_is_empty(office: Office) -> None:
    await office.says("/broadcasts")
    assert "还没有群发过" in office.last["text"]
    await office.says("/audit")
    assert "还没有记录" in office.last["text"]


async def test_the_audit_log_says_who_did_what_to_whom(office: Office) -> None:
    for n in range(9):
        await _sent(office, f"第{n}次<通知>")
    await office.says("/audit")
    assert "晓 陈 (101)\n确认群发：“第8次&lt;通知&gt;”，对象：所有人" in office.last["text"]
    await office.presses("更早")
    assert "第0次" in office.last["text"]
    assert "第1次" not in office.last["text"]
    assert not office.buttons()


@pytest.mark.parametrize("before", ["0", "999999999999999999"])
async def test_a_forged_page_is_the_nearest_there_is(office: Office, before: str) -> None:
    await _sent(office)
    for pages in ("a", "b"):
        await office.sends_press(f"p{pages}{before}")
        assert [call["method"] for call in office.calls] == ["editMessageText", "answerCallbackQuery"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lzh-Hant", ("群發 · 已完成", "應收 4 個", "無法送達：1", "封鎖了本機器人：1")),
        ("len", ("Broadcast · finished", "Recipients: 4", "unreachable: 1", "blocked us: 1")),
    ],
)
async def test_the_card_speaks_its_readers_language(
    office: Office, language: str, words: tuple[str, ...]
) -> None:
    sent = await _sent(office)
    await office.sends_press(language)
    await office.delivers(sent, {LIN["id"]: BLOCKED})
    report, _ = await office.refreshes()
    assert all(one in report["text"] for one in words), report["text"]


async def test_recipients_get_it_in_their_language(office: Office) -> None:
    await office.composes()
    await office.presses("语言")
    await office.presses("English")
    await office.says("To all offices")
    sent, stage = await office.confirms(), office.stage
    notice = await stage.broadcasts.notice(sent)
    assert notice is not None
    await stage.broadcasts.begin(sent, stage.now)
    await stage.broadcasts.spread(sent, 100, stage.now)
    said: dict[int, str] = {}
    for delivery, _ in await stage.outbox.claim("test", stage.now, 10, 60.0):
        await stage.dispatcher["messenger"].send(delivery, notice)
        said[delivery.chat_id] = _last(stage)["text"]
    assert said == {101: "各单位请注意", 102: "各单位请注意", 103: "To all offices", -1001: "各单位请注意"}


async def _sent(office: Office, text: str = "各单位请注意") -> str:
    await office.composes(text)
    return await office.confirms()


async def _broadcast(office: Office, broadcast_id: str) -> Broadcast:
    found = await office.stage.broadcasts.get(broadcast_id)
    assert found is not None
    return found


def _last(stage: Stage) -> Call:
    return stage.telegram.calls[-1]
