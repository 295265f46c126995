"""A policy in a real browser: a docx sent, checked, corrected, published, quoted; then a later version.

`CHAT_PICTURES=folder` keeps pictures for a person to look at.
"""

import io
from collections.abc import AsyncIterator

import docx
import pytest
from playwright.async_api import expect

from tests.app.processes import Running
from tests.browser.test_the_chat import CHEN, LIN, Chat
from tests.browsing import chat_page

pytestmark = pytest.mark.browser
TEXT = """澄湖市标准化提升行动实施方案（2026—2028年）
澄湖市人民政府办公室
2026年3月2日
为以标准化推动产业升级，结合本市实际，制定本方案。
一、行动目标
到2028年底，牵头和参与制修订国际标准12项以上、国家标准不少于45项，新发布地方标准30项，企业标准“领跑者”超过20家，标准化试点通过率达到90%以上。
二、主要任务
（一）做强产业标准
1.完善智能制造标准。围绕船舶配套和精密仪器梳理标准清单。（牵头单位：市市场监管局；配合单位：市工业和信息化局）
2.健全现代农业标准。推动水产养殖全程有标可依，2027年6月底前完成清单编制。（责任单位：市农业农村局）
（二）优化民生标准
3.提升养老服务标准。开展社区食堂服务评价。（责任单位：市民政局、市卫生健康委）
三、实施步骤
（一）启动阶段（2026年3月—2026年6月）。制定任务清单。
（二）推进阶段（2026年7月—2028年6月）。开展中期评估。
（三）总结阶段（2028年7月—2028年12月）。组织终期评估。
四、保障措施
（一）加强组织领导。建立联席会议制度。
（二）强化经费保障。统筹安排标准化经费。
"""
LATER = (
    TEXT.replace("国家标准不少于45项", "国家标准不少于60项")
    .replace("，企业标准“领跑者”超过20家", "")
    .replace(
        "三、实施步骤", "4.扩大绿色低碳标准。发布碳足迹核算方法。（责任单位：市生态环境局）\n三、实施步骤"
    )
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document(text: str) -> bytes:
    """The text as a docx, a paragraph a line."""
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.fixture
async def chat(service: Running) -> AsyncIterator[Chat]:
    """The chat page, loaded."""
    async with chat_page(service.page()) as page:
        await page.request.post(f"{service.page()}/sandbox/rates", data={"on": False})
        yield Chat(page=page)


async def test_a_policy_is_read_corrected_published_quoted_and_revised(chat: Chat) -> None:
    await chat.open(CHEN)
    await expect(await chat.ask("/import")).to_contain_text("请勿上传涉密")
    await chat.picture("review-import")
    await _send(chat, TEXT, "澄湖方案.docx")
    card = chat.bubbles().last
    for words in ("澄湖市标准化提升行动实施方案", "5 项定量指标", "3 条举措", "只有您能看到"):
        await expect(card).to_contain_text(words)
    await chat.picture("review-card")
    await _correct(chat)
    await _publish(chat, "第 1 版")
    await chat.picture("review-published")

    await chat.open(LIN)
    reply = await chat.ask("澄湖市到2028年國家標準要多少項？")
    await expect(reply).to_contain_text("48 項以上")
    await chat.press("原文")
    quoted = chat.bubbles().last
    await expect(quoted).to_contain_text("国家标准不少于45项")
    await expect(quoted.locator("b, strong")).to_contain_text("国家标准不少于45项")
    await chat.picture("review-quoted")

    await chat.open(CHEN)
    await _send(chat, LATER, "澄湖方案（修订）.docx")
    await expect(chat.bubbles().last).to_contain_text("已有政策的新版本：新增 1，改动 1，取消 1")
    await chat.picture("review-later")
    await chat.press("查看差异")
    for words in ("扩大绿色低碳标准", "→", "60 项", "领跑者"):
        await expect(chat.bubbles().last).to_contain_text(words)
    await chat.picture("review-difference")
    await chat.press("回到草稿")
    await _publish(chat, "第 2 版")
    await expect(await chat.ask("澄湖市到2028年国家标准要多少项？")).to_contain_text("60 项")


async def test_what_can_not_be_read_is_told_in_the_chat(chat: Chat) -> None:
    await chat.open(CHEN)
    await upload(chat, b"%PDF-1.7\nbroken", "扫描.pdf", "application/pdf")
    await expect(chat.bubbles().last).to_contain_text("文件已损坏")
    await chat.picture("review-refused")


async def _correct(chat: Chat) -> None:
    """One figure is said otherwise."""
    await chat.press("指标")
    await expect(chat.bubbles().last).to_contain_text("“国家标准不少于45项”")
    await chat.picture("review-entries")
    await chat.press("2")
    await expect(chat.bubbles().last.locator("b, strong").last).to_contain_text("国家标准不少于45项")
    await chat.picture("review-entry")
    await chat.press("数值")
    await expect(chat.bubbles().last).to_contain_text("连同界限和单位")
    await expect(await chat.ask("不少于48项")).to_contain_text("48 项以上")
    await chat.picture("review-corrected")
    await chat.press("返回")
    await expect(chat.bubbles().last).to_contain_text("5 项定量指标")
    await chat.press("回到草稿")
    await expect(chat.bubbles().last).to_contain_text("草稿第 2 稿")


async def _publish(chat: Chat, words: str) -> None:
    await chat.press("确认发布")
    await expect(chat.bubbles().last).to_contain_text(words)


async def _send(chat: Chat, text: str, name: str) -> None:
    await upload(chat, document(text), name, DOCX)
    await expect(chat.bubbles().last).to_contain_text("只有您能看到", timeout=20_000)


async def upload(chat: Chat, data: bytes, name: str, kind: str) -> None:
    """Send a file with the page's own input."""
    before = await chat.bubbles().count()
    await chat.page.get_by_test_id("file").set_input_files({"name": name, "mimeType": kind, "buffer": data})
    await chat.page.get_by_test_id("ok").click()
    await expect(chat.bubbles()).to_have_count(before + 2)
