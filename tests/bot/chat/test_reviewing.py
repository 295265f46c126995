"""Policy texts as administrators send, check, correct and publish them in the chat."""

import asyncio
import io
import json
from decimal import Decimal

import docx
import pytest

from bot.buttons import Inspect, Look, encode
from domain.policy import Comparator, Policy, Role
from storage.audit import AuditLog
from storage.policies import load_policies, load_revision
from storage.readings import Readings
from tests.bot.chat.at_the_desk import AtTheDesk
from tests.bot.chat.cast import ALEX, CHEN, GROUP, LIN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

TEXT = """云溪市质量基础设施提升行动方案（2024—2026年）

为夯实质量基础，制定本方案。

一、主要目标
到2026年底，牵头制定国家标准25项以上，培育团体标准不少于40项，标准化试点项目验收合格率达到95%。

二、重点任务
（一）完善标准供给
1.健全先进制造业标准。围绕智能装备补齐短板。（责任单位：市市场监管局、市经济和信息化局）
2.提升服务业标准水平。聚焦养老和物业。（责任单位：市民政局、市住房城乡建设局）

三、保障措施
（一）加强组织领导。建立联席会议。
"""
LATER = TEXT.replace("不少于40项", "不少于60项").replace(
    "三、保障措施", "3.壮大标准化人才队伍。开展培训。（责任单位：市人力社保局）\n\n三、保障措施"
)
TITLE = "云溪市质量基础设施提升行动方案（2024—2026年）"


class Editor(AtTheDesk):
    """Alex administers; what they see is read off our calls."""

    async def sends(self, data: bytes, name: str = "方案.txt", size: int | None = None) -> list[Call]:
        """Alex sends a file."""
        return await self.says(**file_of(self.stage, data, name, size))

    async def presses(self, words: str) -> list[Call]:
        """Alex presses the button of the message shown last that holds these words."""
        (data, *_) = [one["callback_data"] for one in self.buttons if words in one["text"]]
        self.calls = await self.stage.presses(ALEX, data) or self.calls
        return self.calls

    async def draft(self) -> Policy:
        """What the last draft says now."""
        (draft,) = await Readings(self.stage.db).of(ALEX["id"], 1)
        return draft.policy


def file_of(stage: Stage, data: bytes, name: str, size: int | None = None) -> Call:
    """A message with a file, which Telegram holds."""
    file_id = f"file{len(stage.telegram.files)}"
    stage.telegram.files[file_id] = data
    file = {"file_id": file_id, "file_unique_id": "u", "file_name": name, "file_size": size or len(data)}
    return {"document": file}


@pytest.fixture
async def editor(stage: Stage) -> Editor:
    """An administrator."""
    stage.admins = (ALEX["id"], LIN["id"])
    await stage.restart()
    return Editor(stage)


async def test_a_file_is_read_and_shown_to_nobody_else(editor: Editor, stage: Stage) -> None:
    await editor.sends(TEXT.encode("gb18030"))
    first, *_, last = editor.calls
    assert "Reading 方案.txt…" in first["text"]
    assert "Do not upload classified" in first["text"]
    assert last["method"] == "editMessageText"
    assert last["message_id"] == stage.last_id
    for words in (TITLE, "云溪市", "3 numeric targets", "2 measures", "4 departments", "only you see it"):
        assert words in last["text"]
    assert await load_policies(stage.db) == ()
    assert "云溪" not in json.dumps(await stage.says(CHEN, "/policies"), ensure_ascii=False)


async def test_a_docx_is_read(editor: Editor) -> None:
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    await editor.sends(kept.getvalue(), "方案.docx")
    assert "3 numeric targets" in editor.shown["text"]


async def test_a_text_in_pieces_is_put_together_and_read(editor: Editor) -> None:
    await editor.says("/import")
    assert "Do not upload classified" in editor.text
    filler = "".join(f"（{n}）推进工作。完善机制第{n}步。\n" for n in range(1, 300))
    whole = TEXT.replace("三、保障措施\n", "三、保障措施\n" + filler)
    cut = 4000
    await editor.says(whole[:cut])
    assert "Send the rest" in editor.text
    await editor.says(whole[cut:])
    assert "3 numeric targets" in editor.shown["text"]
    assert (await Readings(editor.stage.db).of(ALEX["id"], 1))[0].original.text.strip() == whole.strip()


async def test_a_text_of_too_many_pieces_is_wanted_as_a_file(editor: Editor) -> None:
    await editor.says("/import")
    for _ in range(4):
        await editor.says("标准" * 2000)
    assert "Send it as a file" in editor.text
    assert await Readings(editor.stage.db).of(ALEX["id"], 5) == []


async def test_what_fills_its_message_is_read_when_told_so(editor: Editor) -> None:
    await editor.says("/import")
    await editor.says(TEXT + "。" * 3500)
    await editor.presses("Read it")
    assert "3 numeric targets" in editor.shown["text"]
    assert "nothing to read" in json.dumps(
        await editor.stage.presses(ALEX, encode(_press(editor, Look.READ)))
    )


async def test_entries_stand_beside_their_quotations(editor: Editor) -> None:
    await editor.sends(TEXT.encode())
    await editor.presses("numeric targets")
    assert "团体标准: at least 40 · by the end of 2026" in editor.text
    assert "“培育团体标准不少于40项”" in editor.text
    await editor.presses("2")
    assert "<b>培育团体标准不少于40项</b>" in editor.text
    assert "国家标准25项以上" in editor.text  # what stands around it


async def test_an_entry_is_corrected_in_words_as_the_reader_reads_them(editor: Editor) -> None:
    await editor.sends(TEXT.encode())
    await editor.presses("numeric targets")
    await editor.presses("2")
    entry = editor.shown
    await editor.presses("figure")
    await editor.says("some")
    assert "can't read that as one figure" in editor.text
    await editor.says("不超過 50 項")
    assert "at most 50" in editor.text
    target = (await editor.draft()).targets[1]
    assert (target.comparator, target.value, target.unit.zh) == (Comparator.AT_MOST, Decimal(50), "项")
    editor.calls = [entry]
    await editor.presses("date")
    await editor.says("2025年6月底前")
    assert str((await editor.draft()).targets[1].due) == "2025-06"
    editor.calls = [entry]
    await editor.presses("name")
    await editor.says("<b>团体标准")
    assert "&lt;b&gt;团体标准" in editor.text


async def test_departments_and_the_frame_are_corrected(editor: Editor) -> None:
    await editor.sends(TEXT.encode())
    card = editor.shown
    await editor.presses("measures")
    await editor.presses("1")
    await editor.presses("departments")
    await editor.says("市市场监管局牵头，市科技局配合")
    policy = await editor.draft()
    names = {one.id: one.name.zh for one in policy.departments}
    assert [(names[one.department], one.role) for one in policy.measures[0].charges] == [
        ("市市场监管局", Role.LEAD),
        ("市科技局", Role.COOPERATING),
    ]
    assert "市经济和信息化局" not in names.values()
    for words, said in (("title", "云溪市新方案"), ("region", "云溪新区"), ("issuer", "云溪市人民政府")):
        editor.calls = [card]
        await editor.presses(words)
        await editor.says(said)
        assert said in editor.shown["text"]


async def test_an_entry_is_dropped(editor: Editor) -> None:
    await editor.sends(TEXT.encode())
    await editor.presses("measures")
    await editor.presses("2")
    await editor.presses("Drop")
    assert "Dropped from the draft." in editor.text
    policy = await editor.draft()
    assert [one.id for one in policy.measures] == ["M1"]
    assert len(policy.departments) == 2


async def test_what_is_confirmed_twice_is_published_once(editor: Editor, stage: Stage) -> None:
    await editor.sends(TEXT.encode())
    (publish,) = [one["callback_data"] for one in editor.buttons if "Publish" in one["text"]]
    done = await asyncio.gather(stage.presses(ALEX, publish), stage.presses(ALEX, publish))
    said = json.dumps(done, ensure_ascii=False)
    assert "Revision 1." in said
    assert "no longer there" in said
    (policy,) = await load_policies(stage.db)
    assert policy.title.zh == TITLE
    entries = await AuditLog(stage.db).of(policy.id, 5)
    assert [(one.action, one.actor_id) for one in entries] == [("policy.published", ALEX["id"])]
    assert f"published a policy: {TITLE}" in json.dumps(await editor.says("/audit"), ensure_ascii=False)
    assert await Readings(stage.db).of(ALEX["id"], 5) == []


async def test_what_is_published_is_answered_and_quoted_to_everybody(editor: Editor, stage: Stage) -> None:
    await editor.sends(TEXT.encode())
    await editor.presses("Publish")
    answer = (await stage.says(CHEN, "云溪市到2026年团体标准要多少项？"))[-1]
    assert "40" in answer["text"]
    (button,) = [
        one for row in answer["reply_markup"]["inline_keyboard"] for one in row if "原文" in one["text"]
    ]
    shown = (await stage.presses(CHEN, button["callback_data"]))[0]["text"]
    assert "<b>培育团体标准不少于40项</b>，标准化试点项目验收合格率达到95%。" in shown
    assert TITLE in shown


async def test_a_later_version_shows_its_difference_and_becomes_a_revision(
    editor: Editor, stage: Stage
) -> None:
    await editor.sends(TEXT.encode())
    await editor.presses("Publish")
    await editor.sends(LATER.encode())
    assert "1 new, 1 changed, 0 gone" in editor.text
    await editor.presses("difference")
    assert "➕ 3. 壮大标准化人才队伍" in editor.text
    assert "at least 40" in editor.text
    assert "→ 团体标准: at least 60" in editor.text
    await editor.presses("To the draft")
    await editor.presses("Publish")
    assert "Revision 2." in editor.text
    (policy,) = await load_policies(stage.db)
    older = await load_revision(stage.db, policy.id, 1)
    assert older is not None
    assert [one.value for one in older.targets] == [25, 40, 95]
    await editor.sends(LATER.encode())
    assert "its entries say the same" in editor.text


async def test_a_stage_that_differs_shows_what_happens_in_it(editor: Editor) -> None:
    stages = (
        "三、实施步骤\n（一）启动阶段（2024年）。{}。\n"
        "（二）总结阶段（2025年—2026年）。开展评估。\n\n三、保障措施"
    )
    for words in ("制定任务清单", "召开动员会议"):
        await editor.sends(TEXT.replace("三、保障措施", stages.format(words)).encode())
        if words == "制定任务清单":
            await editor.presses("Publish")
    assert "0 new, 1 changed, 0 gone" in editor.text
    await editor.presses("difference")
    assert "制定任务清单" in editor.text
    assert "→ 启动阶段: 2024: 召开动员会议" in editor.text


async def test_what_was_discarded_is_gone(editor: Editor) -> None:
    await editor.sends(TEXT.encode())
    card = editor.shown
    await editor.presses("Discard")
    assert "is lost" in editor.text
    await editor.presses("Discard")
    assert "Nothing was published." in editor.text
    editor.calls = [card]
    await editor.presses("Publish")
    assert "no longer there" in editor.text
    assert await Readings(editor.stage.db).of(ALEX["id"], 5) == []


async def test_only_what_was_seen_is_published(editor: Editor, stage: Stage) -> None:
    await editor.sends(TEXT.encode())
    card = editor.shown
    await editor.presses("measures")
    await editor.presses("2")
    await editor.presses("Drop")
    editor.calls = [card]
    await editor.presses("Publish")
    assert "has changed since" in editor.text
    assert await load_policies(stage.db) == ()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "nothing in this file"),
        (b"\x00\x01\x02\x03" * 400, "a.bin", "neither text nor"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "do not read this format"),
        (b"%PDF-1.7\nbroken", "a.pdf", "damaged"),
        ("标准化工作。\n".encode() * 9000, "a.txt", "too long"),
        ("今天天气很好。".encode(), "a.txt", "no targets, measures or stages"),
    ],
)
async def test_what_can_not_be_read_says_why_and_leaves_no_trace(
    data: bytes, name: str, words: str, editor: Editor
) -> None:
    await editor.sends(data, name, size=max(1, len(data)))
    assert words in editor.shown["text"]
    assert editor.shown["method"] == "editMessageText"  # in the place of the progress
    assert await Readings(editor.stage.db).of(ALEX["id"], 5) == []


async def test_a_file_above_the_limit_is_not_even_fetched(editor: Editor) -> None:
    await editor.sends(b"x", size=1_000_001)
    assert "too large" in editor.text
    assert "getFile" not in [call["method"] for call in editor.calls]


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(editor: Editor, stage: Stage) -> None:
    stage.telegram.fail("getFile", 400, {"description": "Bad Request: file is temporarily unavailable"})
    await editor.sends(TEXT.encode())
    assert "could not be fetched" in editor.text


async def test_only_administrators_in_private_may(editor: Editor, stage: Stage) -> None:
    (refused,) = await stage.says(CHEN, "/import")
    assert "管理员" in refused["text"]
    (refused,) = await stage.says(CHEN, **file_of(stage, TEXT.encode(), "a.txt"))
    assert "只看得懂文字" in refused["text"]
    (refused,) = await stage.says(ALEX, "/import", chat=GROUP)
    assert "private chat" in refused["text"]
    await editor.sends(TEXT.encode())
    (publish,) = [one["callback_data"] for one in editor.buttons if "Publish" in one["text"]]
    for person in (CHEN, LIN):  # another administrator's drafts are not theirs
        await stage.presses(person, publish)
    assert await load_policies(stage.db) == ()


async def test_who_is_no_administrator_any_more_can_not_go_on(editor: Editor, stage: Stage) -> None:
    await editor.sends(TEXT.encode())
    card = editor.shown
    await editor.presses("title")
    stage.admins = ()
    await stage.restart()
    await editor.says("别的标题")
    assert "Only administrators" in editor.text
    editor.calls = [card]
    await editor.presses("Publish")
    assert await load_policies(stage.db) == ()


async def test_a_restart_loses_neither_draft_nor_dialog(editor: Editor, stage: Stage) -> None:
    await editor.sends(TEXT.encode())
    await editor.presses("title")
    await stage.restart()
    await editor.says("云溪市新方案")
    assert "云溪市新方案" in editor.shown["text"]
    await editor.says("/import")
    await editor.presses("云溪市新方案")
    assert "Draft 2" in editor.shown["text"]


async def test_a_dialog_is_left_by_cancel_and_by_another_command(editor: Editor) -> None:
    await editor.says("/import")
    await editor.says("/cancel")
    assert "Left." in editor.text
    await editor.says("/import")
    await editor.says("/policies")
    await editor.says("山里有多少标准？")
    assert "no targets, measures" not in editor.text


async def test_an_entry_that_is_gone_says_so(editor: Editor) -> None:
    await editor.sends(TEXT.encode())
    card = editor.shown
    for look, value in ((Look.ENTRY, "T9"), (Look.DROP, "T9"), (Look.EDIT, "T9_name"), (Look.EDIT, "T1_x")):
        editor.calls = [card]
        data = encode(_press(editor, look, value))
        assert "no longer there" in json.dumps(await editor.stage.presses(ALEX, data))


async def test_what_is_doubtful_stands_first(editor: Editor) -> None:
    text = (
        TEXT.replace("到2026年底，", "")
        .replace("（2024—2026年）", "")
        .replace("验收合格率达到95%。", "验收合格率达到95%。培育团体标准不少于50项。")
    )
    await editor.sends(text.encode())
    lines = editor.shown["text"].splitlines()
    doubts = [at for at, line in enumerate(lines) if line.startswith("⚠️")]
    assert doubts
    assert doubts[-1] < next(at for at, line in enumerate(lines) if line.startswith("Region"))
    assert "targets without a date" in editor.text
    assert "contradicts itself: 团体标准: at least 40 / at least 50" in editor.text


def _press(editor: Editor, look: Look, value: str = "") -> Inspect:
    """A press about the draft, or the text, that was shown last."""
    known = json.dumps(editor.calls)
    start = known.index('"callback_data": "v') + len('"callback_data": "v')
    return Inspect(id=known[start : start + 16], look=look, value=value)
