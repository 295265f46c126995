"""The first policies in a real browser: a docx and a pdf checked, corrected, quoted, revised; and a digest.

`CHAT_PICTURES=folder` keeps pictures for a person to look at.
"""

import html
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.app.processes import Running
from tests.browser.test_a_review import DOCX, document, upload
from tests.browser.test_the_chat import CHEN, LIN, Chat
from tests.browsing import chat_page

TEXTS = Path(__file__).parents[2].parent / "shared" / "policies"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not TEXTS.is_dir(), reason="the first five texts are not beside this checkout"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text, sent as a kind of file; what is corrected, asked, quoted and changed in it.

    `counts` stand on the card; `said` is the original wording of the target, `corrected` and `later` what it
    says after the correction and in the changed version, each as typed and as shown.
    """

    text: str
    kind: str
    counts: Sequence[str]
    metric: str
    said: str
    corrected: tuple[str, str]
    question: str
    answer: str
    changed: tuple[str, str]
    later: str


JIANGJIN = Case(
    text="jiangjin-2023",
    kind="docx",
    counts=("重庆市江津区", "5 项定量指标", "19 条举措", "32 个责任单位"),
    metric="新培育发展团体标准",
    said="新培育發(fā)展團體標準3項以上",
    corrected=("不少于5项", "5 项以上"),
    question="江津到2025年要新培育多少團體標準？",
    answer="5 項以上",
    changed=("團體標準3項以上", "團體標準8項以上"),
    later="8 项以上",
)
ZHEJIANG = Case(
    text="zhejiang-2023",
    kind="pdf",
    counts=("浙江省", "9 项定量指标", "27 条举措", "3 个阶段"),
    metric="城市标准化试点",
    said="城市標準化試點20個以上",
    corrected=("25个以上", "25 个以上"),
    question="浙江到2025年要建設多少個城市標準化試點？",
    answer="25 個以上",
    changed=("城市標準化試點20個", "城市標準化試點22個"),
    later="22 个以上",
)


@pytest.fixture
async def chat(service: Running) -> AsyncIterator[Chat]:
    """The chat page, loaded."""
    async with chat_page(service.page()) as page:
        await page.request.post(f"{service.page()}/sandbox/rates", data={"on": False})
        yield Chat(page=page)


@pytest.mark.parametrize("case", [JIANGJIN, ZHEJIANG], ids=["docx", "pdf"])
async def test_a_file_is_checked_corrected_quoted_and_revised(chat: Chat, case: Case) -> None:
    text = (TEXTS / f"{case.text}.txt").read_text(encoding="utf-8")
    await chat.open(CHEN)
    await _send(chat, text, case)
    for words in case.counts:
        await expect(chat.bubbles().last).to_contain_text(words)
    await chat.picture(f"file-{case.kind}-card")
    await _correct(chat, case)
    await _publish(chat, "第 2 版")  # the first is the bundled one

    await chat.open(LIN)
    await expect(await chat.ask(case.question)).to_contain_text(case.answer)
    await chat.picture(f"file-{case.kind}-answer")
    await chat.press("原文")
    await expect(chat.bubbles().last.locator("b, strong").first).to_contain_text(_wrapped(case.said))
    await chat.picture(f"file-{case.kind}-quoted")

    await chat.open(CHEN)
    assert case.changed[0] in text
    await _send(chat, text.replace(*case.changed), case)
    await expect(chat.bubbles().last).to_contain_text("已有政策的新版本：新增 0，改动 1，取消 0")
    await chat.picture(f"file-{case.kind}-later")
    await chat.press("查看差异")
    for words in (case.metric, case.corrected[1], case.later):
        await expect(chat.bubbles().last).to_contain_text(words)
    await chat.picture(f"file-{case.kind}-difference")
    await chat.press("回到草稿")
    await _publish(chat, "第 3 版")
    shown = re.compile(case.later.translate({ord("个"): "[个個]", ord("项"): "[项項]"}))
    await expect(await chat.ask(case.question)).to_contain_text(shown)


async def test_a_digest_stands_beside_its_full_text_and_takes_nothing_away(chat: Chat) -> None:
    digest = (TEXTS / "zhejiang-2023-digest.txt").read_text(encoding="utf-8")
    await chat.open(CHEN)
    await _send_text(chat, digest)
    await expect(chat.bubbles().last).to_contain_text("19 条一致，0 条矛盾，0 条仅较短文本有")
    await chat.picture("digest-card")
    changed = digest.replace("制定国家标准300项", "制定国家标准350项").replace(
        "全面深化标准化改革", "建立督查机制"
    )
    await _send_text(chat, changed)
    await expect(chat.bubbles().last).to_contain_text("17 条一致，1 条矛盾，1 条仅较短文本有")
    await chat.picture("digest-asked")
    await chat.press("作为同一政策的另一文本")
    await expect(chat.bubbles().last).to_contain_text("已有内容保持不变")
    await chat.press("比对两个文本")
    for words in ("300 项以上", "350 项以上", "建立督查机制"):
        await expect(chat.bubbles().last).to_contain_text(words)
    await chat.press("☐ 1")
    await expect(chat.bubbles().last).to_contain_text("☑")
    await chat.picture("digest-compared")
    await chat.press("☑ 1")
    await expect(chat.bubbles().last).to_contain_text("☐")
    await chat.press("回到草稿")
    await chat.press("确认，内容不变")
    await expect(chat.bubbles().last).to_contain_text("第 1 版保持不变")
    await chat.picture("digest-checked")
    await expect(await chat.ask("浙江到2025年国家标准要多少项？")).to_contain_text("300 项以上")
    await expect(await chat.ask("浙江有几条举措？")).to_contain_text("27")


async def _send_text(chat: Chat, text: str) -> None:
    await upload(chat, text.encode(), "浙江摘要.txt", "text/plain")
    await expect(chat.bubbles().last).to_contain_text("只有您能看到", timeout=20_000)


async def _correct(chat: Chat, case: Case) -> None:
    """The target is said otherwise, beside its words in the text."""
    await chat.press("指标")
    await expect(chat.bubbles().last).to_contain_text(f"{case.metric}：")
    entries = await chat.bubbles().last.inner_text()
    await chat.picture(f"file-{case.kind}-entries")
    number = re.search(rf"(\d+)\. {case.metric}[：:]", entries)
    assert number, entries
    await chat.press(re.compile(rf"^{number[1]}$"))
    await expect(chat.bubbles().last.locator("b, strong").last).to_contain_text(_wrapped(case.said))
    await chat.picture(f"file-{case.kind}-entry")
    await chat.press("数值")
    await expect(chat.bubbles().last).to_contain_text("连同界限和单位")
    await expect(await chat.ask(case.corrected[0])).to_contain_text(case.corrected[1])
    await chat.press("返回")
    await expect(chat.bubbles().last).to_contain_text(case.counts[1])
    await chat.press("回到草稿")
    await expect(chat.bubbles().last).to_contain_text("草稿第 2 稿")


async def _publish(chat: Chat, words: str) -> None:
    await chat.press("确认发布")
    await expect(chat.bubbles().last).to_contain_text(words)


async def _send(chat: Chat, text: str, case: Case) -> None:
    if case.kind == "docx":
        await upload(chat, document(text), "政策.docx", DOCX)
    else:
        await upload(chat, await _pdf(chat.page, text), "政策.pdf", "application/pdf")
    await expect(chat.bubbles().last).to_contain_text("只有您能看到", timeout=30_000)


async def _pdf(page: Page, text: str) -> bytes:
    """The text printed by the browser, a paragraph a line, which wraps."""
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    browser = page.context.browser
    assert browser is not None
    sheet = await browser.new_page()
    try:
        await sheet.set_content(f"<html lang='zh'><body style='font-size: 12pt'>{lines}</body></html>")
        return await sheet.pdf(
            format="A4", margin={"top": "2cm", "bottom": "2cm", "left": "2cm", "right": "2cm"}
        )
    finally:
        await sheet.close()


def _wrapped(words: str) -> re.Pattern[str]:
    """The words, cut into lines anywhere."""
    return re.compile(r"\s*".join(re.escape(char) for char in words))
