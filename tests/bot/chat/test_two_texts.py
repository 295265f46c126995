"""A full text and a digest of one policy, as an administrator brings them together in the chat."""

import json

import pytest

from bot.buttons import Inspect, Look, encode
from storage.audit import AuditLog
from storage.policies import load_policies, revisions
from storage.readings import Readings
from tests.bot.chat.cast import ALEX, CHEN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.test_reviewing import TEXT, Editor

FULL = TEXT.replace(
    "三、保障措施",
    """3.完善现代农业标准。推动种植养殖有标可依。（责任单位：市农业农村局）
（二）优化标准服务
4.建设标准信息平台。汇集标准数据。（责任单位：市市场监管局）
5.培育标准化人才。开展培训。（责任单位：市人力社保局）

三、保障措施""",
)
DIGEST = """# 云溪市夯实质量基础

近日，云溪市人民政府办公室印发《云溪市质量基础设施提升行动方案（2024—2026年）》。

到2026年底，牵头制定国家标准25项以上，培育团体标准不少于60项，标准化试点项目验收合格率达到95%，新建检测中心3个。

完善标准供给

健全先进制造业标准，聚焦养老和物业提升服务业标准水平。
"""
AGREEING = DIGEST.replace("60", "40").replace("，新建检测中心3个", "")


@pytest.fixture
async def editor(stage: Stage) -> Editor:
    """An administrator."""
    stage.admins = (ALEX["id"],)
    await stage.restart()
    return Editor(stage)


async def test_a_digest_takes_nothing_away_and_is_noted(editor: Editor, stage: Stage) -> None:
    await editor.sends(FULL.encode())
    await editor.presses("Publish")
    await editor.sends(AGREEING.encode(), "摘要.txt")
    assert "A shorter text of a policy that is held. What is held stays." in editor.shown["text"]
    assert "4 statements agree, 0 contradict" in editor.shown["text"]
    await editor.presses("Confirm: nothing changes")
    assert "Revision 1 stays as it is; " in editor.shown["text"]
    (policy,) = await load_policies(stage.db)
    assert len(policy.measures) == 5
    assert len(await revisions(stage.db, policy.id)) == 1
    kept = await Readings(stage.db).original(policy.id)
    assert kept is not None
    assert kept.name == "方案.txt"
    (entry, _) = await AuditLog(stage.db).of(policy.id, 5)
    assert (entry.action, entry.detail["source"]) == ("policy.corroborated", "摘要.txt")
    assert "checked a text against a policy" in json.dumps(await editor.says("/audit"))


async def test_in_doubt_the_administrator_says_what_it_is(editor: Editor) -> None:
    await editor.sends(FULL.encode())
    await editor.presses("Publish")
    await editor.sends(DIGEST.encode(), "摘要.txt")
    assert "Is this a new version of the policy that is held, or another text of the same?" in editor.text
    assert not [one for one in editor.buttons if "Publish" in one["text"]]
    (draft,) = await Readings(editor.stage.db).of(ALEX["id"], 1)
    pressed = await editor.stage.presses(ALEX, encode(Inspect(id=draft.id, look=Look.PUBLISH, value="0")))
    assert "Say first whether" in json.dumps(pressed)
    await editor.presses("as a new version")
    assert "A later version of a policy that is held" in editor.shown["text"]
    await editor.presses("difference")
    await editor.presses("as another text")
    assert "A shorter text" in editor.shown["text"]


async def test_contradictions_stand_side_by_side_and_what_is_ticked_is_taken_over(
    editor: Editor, stage: Stage
) -> None:
    await editor.sends(FULL.encode())
    await editor.presses("Publish")
    await editor.sends(DIGEST.encode(), "摘要.txt")
    await editor.presses("as another text")
    await editor.presses("Compare the two texts")
    shown = editor.shown["text"]
    first, second = shown.index("contradict each other:"), shown.index("Only in the shorter text:")
    assert first < second
    for words in ("at least 40", "“培育团体标准不少于40项”", "at least 60", "“培育团体标准不少于60项”"):
        assert words in shown[first:second]
    assert "“新建检测中心3个”" in shown[second:]
    await editor.presses("☐ 1")
    await editor.presses("☐ 2")
    await editor.presses("☑ 1")
    await editor.presses("To the draft")
    assert "Taken over: 1" in editor.shown["text"]
    await editor.presses("Publish")
    assert "Revision 2." in editor.shown["text"]
    (policy,) = await load_policies(stage.db)
    assert [one.value for one in policy.targets] == [25, 40, 95, 3]
    assert len(policy.measures) == 5
    kept = await Readings(stage.db).original(policy.id)
    assert kept is not None
    assert kept.name == "方案.txt"
    for target in policy.targets[:3]:
        assert kept.text[target.passage.start : target.passage.end] == target.passage.quote
    answer = (await stage.says(CHEN, "云溪市到2026年团体标准要多少项？"))[-1]
    assert "40" in answer["text"]
    added = (await stage.says(CHEN, "云溪市要新建多少检测中心？"))[-1]
    assert "3 个" in added["text"]
    (button,) = [
        one for row in added["reply_markup"]["inline_keyboard"] for one in row if "原文" in one["text"]
    ]
    quoted = (await stage.presses(CHEN, button["callback_data"]))[0]["text"]
    assert "<b>新建检测中心3个</b>" in quoted
    assert "另一文本：" in quoted


async def test_a_full_text_takes_the_place_of_its_digest_and_keeps_what_is_ticked(
    editor: Editor, stage: Stage
) -> None:
    await editor.sends(DIGEST.encode(), "摘要.txt")
    await editor.presses("Publish")
    await editor.sends(FULL.encode())
    await editor.presses("as another text")
    assert "A fuller text of a policy that is held; it takes the place of that one." in editor.text
    await editor.presses("Compare")
    await editor.presses("☐ 2")
    await editor.presses("To the draft")
    await editor.presses("Publish")
    (policy,) = await load_policies(stage.db)
    assert [one.value for one in policy.targets] == [25, 40, 95, 3]
    assert len(policy.measures) == 5
    kept = await Readings(stage.db).original(policy.id)
    assert kept is not None
    assert kept.name == "方案.txt"


async def test_what_was_ticked_in_an_old_message_is_not_published_unseen(
    editor: Editor, stage: Stage
) -> None:
    await editor.sends(FULL.encode())
    await editor.presses("Publish")
    await editor.sends(DIGEST.encode(), "摘要.txt")
    await editor.presses("as another text")
    card = editor.shown
    await editor.presses("Compare")
    await editor.presses("☐ 1")
    editor.calls = [card]
    await editor.presses("Confirm")
    assert "has changed since" in editor.text
    assert len(await load_policies(stage.db)) == 1
