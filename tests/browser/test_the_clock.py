"""The sandbox's clock in a real browser: a newcomer follows a policy and sees a year of its reminders.

`CHAT_PICTURES=folder` keeps pictures for a person to look at.
"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, async_playwright, expect

from tests.app.processes import Running, zhunshi_run
from tests.browser.test_the_chat import CHEN, Chat
from tests.browsing import FLAGS, chat_page

pytestmark = pytest.mark.browser


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Running]:
    """`zhunshi run` without a token."""
    async with zhunshi_run(database_url=f"sqlite+aiosqlite:///{tmp_path}/zhunshi.sqlite3") as running:
        yield running


@pytest.fixture
async def chat(service: Running) -> AsyncIterator[Chat]:
    """The chat page, loaded."""
    async with chat_page(service.page()) as page:
        yield Chat(page=page)


async def test_a_newcomer_sees_a_year_of_reminders(chat: Chat) -> None:
    await chat.open(CHEN)
    at = chat.page.get_by_test_id
    await expect(at("clock-state")).to_have_text("真实时间")
    await expect(at("clock-back")).to_be_hidden()
    await _go(chat, "2024-12-01T10:00")
    await expect(at("clock-date")).to_have_text("2024年12月1日")
    await expect(at("clock-state")).to_have_text("模拟时间")
    await expect(await chat.ask("浙江中期评估是什么时候？")).to_contain_text("还有 30 天")

    await chat.ask("/policies")
    await chat.press("浙江")
    await expect(chat.bubbles().last).to_contain_text("浙江省国家标准化")
    await chat.press("🔔")
    await expect(chat.page.get_by_test_id("toast")).to_contain_text("已关注")
    before = await chat.bubbles().count()
    await at("clock-day").click()
    await expect(at("clock-time")).to_have_text("周一 10:00")
    await expect(chat.bubbles()).to_have_count(before + 1)
    await expect(chat.bubbles().last).to_contain_text("第三阶段：开始")
    await at("clock-reminder").click()
    await expect(at("clock-date")).not_to_have_text("2024年12月2日")
    await expect(chat.bubbles()).to_have_count(before + 2)
    await chat.picture("clock-reminder")

    await _go(chat, "2025-12-31T18:00")
    await expect(at("clock-state")).to_have_text("时间推进中…")
    await expect(at("clock-go")).to_be_disabled()
    await chat.picture("clock-on-its-way")
    await expect(at("clock-date")).to_have_text("2025年12月31日", timeout=60_000)
    await expect(at("clock-go")).to_be_enabled()
    await expect(chat.bubbles().last).to_contain_text("今天是最后一天")
    await expect(_days(chat).last).to_have_text("2025年12月31日")
    days = await _days(chat).all_text_contents()
    assert days == list(dict.fromkeys(days))
    assert len(days) > 5
    await chat.picture("clock-a-year-later")

    await at("language").select_option("en")
    await expect(at("clock-date")).to_have_text("Dec 31, 2025")
    await chat.picture("clock-english")


@pytest.fixture
async def lenient(service: Running) -> AsyncIterator[Chat]:
    """The page where a refusal, of which chromium's console complains as of any 400, is no fault."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Debian's chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = await browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 860})
        await page.goto(service.page())
        await page.wait_for_selector("body[data-ready]")
        yield Chat(page=page)
        await browser.close()


async def test_what_the_clock_refuses_it_says_in_the_language_of_the_page(lenient: Chat) -> None:
    chat = lenient
    await chat.open(CHEN)
    toast = chat.page.get_by_test_id("toast").last
    await chat.page.get_by_test_id("clock-reminder").click()
    await expect(toast).to_contain_text("没有要发的提醒")
    await chat.page.get_by_test_id("language").select_option("hant")
    await _go(chat, "2095-01-01T10:00")
    await expect(toast).to_contain_text("一次最多向前三年")
    await _go(chat, "")
    await expect(toast).to_contain_text("請填寫完整的日期")
    await chat.picture("clock-refuses")


def _days(chat: Chat) -> Locator:
    return chat.page.get_by_test_id("messages").locator(".day")


async def _go(chat: Chat, to: str) -> None:
    await chat.page.get_by_test_id("clock-go").click()
    await chat.page.get_by_test_id("clock-goal").fill(to)
    await chat.picture("clock-goal")
    await chat.page.get_by_test_id("ok").click()
