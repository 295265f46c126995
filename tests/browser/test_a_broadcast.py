"""A broadcast in a real browser: composed, previewed, confirmed, paused, resumed, reported, sent again.

`CHAT_PICTURES=folder` keeps pictures for a person to look at.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.app.processes import Running, zhunshi_run
from tests.browser.test_the_chat import ALEX, CHEN, LIN, Chat
from tests.browsing import chat_page

pytestmark = pytest.mark.browser
LETTER = "各单位请注意：十二月一日前请报送材料。"
CROWD = 60  # so many more that it lasts long enough to be paused
ALL = CROWD + 3


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Running]:
    """`zhunshi run` without a token, where 陈晓 administers."""
    address = f"sqlite+aiosqlite:///{tmp_path}/zhunshi.sqlite3"
    async with zhunshi_run(
        database_url=address,
        throttle_burst="1000",
        throttle_per_second="1000",
        send_per_second="5",
    ) as running:
        yield running


@pytest.fixture
async def chat(service: Running) -> AsyncIterator[Chat]:
    """The chat page, with a crowd of people who wrote to the bot."""
    async with chat_page(service.page()) as page:
        await page.request.post(f"{service.page()}/sandbox/rates", data={"on": False})
        yield Chat(page=page)


async def test_an_administrator_sends_to_many_and_reads_the_report(chat: Chat, service: Running) -> None:
    control = f"{service.page()}/sandbox"
    blocked = await _crowd(chat, control)
    for person in (LIN, ALEX, CHEN):
        await chat.open(person)
    fault = {"kind": "forbidden", "chat": blocked, "method": "sendMessage"}
    await chat.page.request.post(f"{control}/faults", data=fault)
    await _compose(chat)
    await _send(chat)
    card = chat.bubbles().filter(has_text="📣")  # the administrator gets the broadcast too, below it
    await expect(card).to_contain_text(re.compile(r"每秒.+条 · 还需"), timeout=40_000)
    await chat.picture("broadcast-running")
    await _press(card, "暂停")
    await expect(card).to_contain_text("已暂停")
    await chat.picture("broadcast-paused")
    await _press(card, "继续")
    await expect(card).to_contain_text("发送中")
    await expect(card).to_contain_text("屏蔽了本机器人：1", timeout=90_000)
    await expect(card).to_contain_text(f"应收 {ALL} 个")
    await expect(chat.bubbles().last).to_contain_text("群发已完成")
    await chat.picture("broadcast-report")

    await chat.page.request.post(f"{control}/faults/remove", data={})
    await _press(card, "导出")
    await expect(chat.bubbles().last.get_by_test_id("document")).to_contain_text(".xlsx")
    await _press(card, "向这 1 个重发")
    await expect(card).to_contain_text(f"已发送：{ALL}", timeout=30_000)
    await chat.picture("broadcast-sent-again")

    await chat.open(ALEX)
    got = chat.bubbles().filter(has_text="please report")
    await expect(got).to_have_count(1)
    await expect(got.get_by_test_id("button")).to_contain_text("通知全文")
    await chat.picture("broadcast-received")


async def test_a_broadcast_is_corrected_and_then_deleted_everywhere(chat: Chat) -> None:
    for person in (LIN, CHEN):
        await chat.open(person)
    await chat.ask("/broadcast")
    await chat.ask(LETTER)
    await chat.press("发给谁")
    await chat.press("所有人")
    await expect(chat.bubbles().last).to_contain_text("目前可送达：2")
    await _send(chat)
    report = chat.bubbles().filter(has_text="已发送：2")
    await expect(report).to_be_visible(timeout=20_000)
    await _press(report, "更正")
    await expect(chat.bubbles().last).to_contain_text("更正后的文字")
    await chat.ask("更正：请于十二月十日前报送。")
    await _send(chat)
    await expect(chat.bubbles().filter(has_text="已更正：2")).to_be_visible(timeout=20_000)
    await chat.picture("broadcast-corrected")
    await _press(report, "全部删除")
    await expect(chat.bubbles().last).to_contain_text("删除吗")
    await chat.press("全部删除")
    await expect(chat.bubbles().filter(has_text="已删除：2")).to_be_visible(timeout=20_000)
    await chat.picture("broadcast-deleted")
    await chat.ask("/audit")
    await chat.picture("broadcast-audit")
    await chat.open(LIN)
    await expect(chat.bubbles().filter(has_text="报送")).to_have_count(0)


async def _crowd(chat: Chat, control: str) -> int:
    """People who wrote to the bot, but for one whom Telegram has block it; returns that one's id."""
    answer = await chat.page.request.post(f"{control}/people", data={"name": "科员", "count": CROWD})
    people = await answer.json()
    for person in people:
        await chat.page.request.post(f"{control}/start", data={"person": person["id"]})
    return int(people[5]["id"])


async def _compose(chat: Chat) -> None:
    """Everything a broadcast can have, and its audience."""
    await expect(await chat.ask("/broadcast")).to_contain_text("原样发给我")
    await expect(await chat.ask(LETTER)).to_contain_text("群发草稿")
    await chat.press("语言")
    await chat.press("English")
    await expect(chat.bubbles().last).to_contain_text("English 文本")
    await expect(await chat.ask("To all offices: please report by 1 December.")).to_contain_text("English")
    await chat.press("按钮")
    await expect(chat.bubbles().last).to_contain_text("每行一个")
    await expect(await chat.ask("通知全文 – https://example.org/notice")).to_contain_text("通知全文")
    await chat.press("发给谁")
    await expect(chat.bubbles().last).to_contain_text("发给谁？")
    await chat.picture("broadcast-audience")
    await chat.press("按语言")
    await chat.press("English")
    await expect(chat.bubbles().last).to_contain_text("目前可送达：1")
    await chat.press("换种方式")
    await chat.press("所有人")
    await expect(chat.bubbles().last).to_contain_text(f"目前可送达：{ALL}")
    await chat.picture("broadcast-draft")


async def _send(chat: Chat) -> None:
    await chat.press("预览并发送")
    await expect(chat.bubbles().last).to_contain_text("要发送吗")
    await chat.picture("broadcast-preview")
    await chat.press("立即发给")


async def _press(message: Locator, words: str) -> None:
    await message.get_by_test_id("button").filter(has_text=words).click()
