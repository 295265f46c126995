"""What comes, the month's calendar and a timeline, in the chat page as a person sees them.

`CHAT_PICTURES=folder` keeps pictures of them, for a person to look at.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.pictures.fonts import find_font
from tests.app.processes import zhunshi_run
from tests.browsing import chat_page

pytestmark = pytest.mark.browser
CHEN = 1001


async def send(page: Page, text: str) -> None:
    bubbles = page.get_by_test_id("message")
    before = await bubbles.count()
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()
    await expect(bubbles).to_have_count(before + 2)


async def press(page: Page, words: str | re.Pattern[str]) -> None:
    await page.get_by_test_id("message").last.get_by_test_id("button").filter(has_text=words).first.click()


async def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("CHAT_PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_what_comes_the_calendar_and_the_timeline_look_as_they_should(tmp_path: Path) -> None:
    if find_font(None) is None:
        pytest.skip("no Chinese font in the usual places: apt-get install fonts-noto-cjk")
    address = f"sqlite+aiosqlite:///{tmp_path}/zhunshi.sqlite3"
    async with (
        zhunshi_run(database_url=address, throttle_burst="1000") as service,
        chat_page(service.page()) as page,
    ):
        await page.get_by_test_id(f"chat-{CHEN}").click()
        await page.get_by_test_id("start").click()
        last = page.get_by_test_id("message").last
        await expect(page.get_by_test_id("message")).to_have_count(2)

        await send(page, "/upcoming")
        await expect(last).to_contain_text("接下来 90 天")
        await keep(page, "upcoming")

        await press(page, "月历")
        await expect(last).to_contain_text("今天")
        buttons = last.get_by_test_id("button")
        assert await buttons.count() >= 7 + 28
        await keep(page, "calendar")
        await press(page, re.compile("^▶$"))
        await press(page, re.compile(r"^•?15"))
        await expect(last).to_contain_text("15日")
        await keep(page, "day")

        await send(page, "/timeline")
        await press(page, "浙江省")
        picture = last.locator("img")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1200
        await keep(page, "timeline")
        light = await picture.get_attribute("src")
        await press(page, "深色")
        await expect(picture).not_to_have_attribute("src", light or "")
        await keep(page, "timeline-dark")
