"""The whole service in a real browser: a newcomer asks one question of each kind, in each language.

`CHAT_PICTURES=folder` keeps a picture of each conversation, for a person to look at.
"""

import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.app.processes import Running
from tests.browsing import chat_page

pytestmark = pytest.mark.browser
CHEN, LIN, ALEX = 1001, 1002, 1003
# What each kind of question must show: the figure, the date, the name that makes the answer.
KINDS = (
    "target",
    "deadline",
    "measure",
    "who",
    "duties",
    "stage",
    "event",
    "compare",
    "count",
    "overview",
    "none",
)
QUESTIONS = {
    CHEN: {
        "target": ("浙江到2025年国际标准要多少项？", "30 项以上"),
        "deadline": ("温州的团体标准什么时候截止？", "2017年"),
        "measure": ("广东哪条举措讲冷链？", "先进标准+现代农业"),
        "who": ("江津碳达峰归谁管？", "区生态环境局"),
        "duties": ("江津区林业局负责什么？", "持续优化生态环境标准"),
        "stage": ("浙江第二阶段做什么？", "中期评估"),
        "event": ("世界标准日是哪天？", "10月14日"),
        "compare": ("浙江和广东的国际标准哪个多？", "60 项"),
        "count": ("江津有几条任务？", "19"),
        "overview": ("介绍一下温州的意见", "温州市人民政府"),
        "none": ("江苏要制定多少国际标准？", "江苏"),
    },
    LIN: {
        "target": ("浙江的地方標準平均制定週期要縮到多久？", "15 個月以內"),
        "deadline": ("江津團體標準的期限是什麼時候？", "2025年"),
        "measure": ("浙江哪條舉措提到二維碼？", "強化貿易便利化標準支撐"),
        "who": ("江津鄉村振興由哪些部門負責？", "區農業農村委"),
        "duties": ("江津區體育局負責什麼？", "高品質生活"),
        "stage": ("廣東第一階段做什麼？", "2018年"),
        "event": ("消費者權益日是哪一天？", "3月15日"),
        "compare": ("溫州跟江津的團體標準比較", "90 項以上"),
        "count": ("廣東有幾個階段？", "3 個階段"),
        "overview": ("介紹一下廣東的方案", "廣東省"),
        "none": ("溫州的任務由哪些部門負責？", "沒有"),
    },
    ALEX: {
        "target": ("How many innovation bases does Guangdong want?", "20"),
        "deadline": ("When are Zhejiang's city pilots due?", "2025"),
        "measure": ("Which Jiangjin measure is about rural revitalisation?", "8."),
        "who": ("Who is in charge of carbon peaking in Jiangjin?", "Ecology"),
        "duties": ("What is the Forestry Bureau of Jiangjin responsible for?", "6."),
        "stage": ("What happens in stage 3 of Zhejiang?", "2025"),
        "event": ("When is World Standards Day?", "14 October"),
        "compare": ("Compare group standards of Wenzhou and Jiangjin", "at least 90"),
        "count": ("How many measures does Zhejiang have?", "27"),
        "overview": ("Tell me about the Wenzhou opinions", "Wenzhou"),
        "none": ("How many international standards does Shanghai plan?", "Shanghai"),
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """The page, and what a person does there."""

    page: Page

    async def open(self, person: int) -> None:
        """Choose a person's chat with the bot, and press Start where it is new."""
        await self.turn_to(person)
        start = self.page.get_by_test_id("start")
        if await start.is_visible():
            await start.click()
            await expect(self.bubbles()).to_have_count(2)

    async def turn_to(self, chat: int) -> None:
        """Choose a chat, and wait until its own messages are shown."""
        await self.page.get_by_test_id(f"chat-{chat}").click()
        await expect(self.page.get_by_test_id("messages")).to_have_attribute("aria-busy", "false")

    def bubbles(self) -> Locator:
        """Every message of the chat."""
        return self.page.get_by_test_id("message")

    async def ask(self, text: str) -> Locator:
        """Write a message and wait for the reply, which comes back."""
        before = await self.bubbles().count()
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.get_by_test_id("send").click()
        await expect(self.bubbles()).to_have_count(before + 2)
        return self.bubbles().last

    async def press(self, words: str | re.Pattern[str]) -> None:
        """Press the button of the last message that holds these words."""
        await self.bubbles().last.get_by_test_id("button").filter(has_text=words).first.click()

    async def picture(self, name: str) -> None:
        """Keep a picture where one is wanted."""
        if folder := os.environ.get("CHAT_PICTURES"):
            await self.page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture
async def chat(service: Running) -> AsyncIterator[Chat]:
    """The chat page, loaded, with Telegram's limits off: nobody types eleven questions at once."""
    async with chat_page(service.page()) as page:
        await page.request.post(f"{service.page()}/sandbox/rates", data={"on": False})
        yield Chat(page=page)


@pytest.mark.parametrize("person", [CHEN, LIN, ALEX], ids=["simplified", "traditional", "english"])
async def test_every_kind_of_question_is_answered_with_its_source(chat: Chat, person: int) -> None:
    await chat.open(person)
    for kind, (question, wanted) in QUESTIONS[person].items():
        reply = await chat.ask(question)
        await expect(reply, kind).to_contain_text(wanted)
        if kind != "none":
            await expect(reply, kind).to_contain_text("📎")
        await chat.picture(f"{person}-{kind}")


async def test_buttons_lead_from_the_policies_to_the_last_measure_of_jiangjin(chat: Chat) -> None:
    await chat.open(CHEN)
    await chat.ask("/policies")
    await chat.press("江津")
    await expect(chat.bubbles().last).to_contain_text("重庆市江津区")
    await chat.press("举措")
    await chat.press("全部 19 条举措")
    await expect(chat.bubbles().last).to_contain_text("1. 以科技创新提升标准水平")
    for page in (2, 3, 4):
        await chat.press("▶")
        await expect(chat.bubbles().last).to_contain_text(f"{6 * page - 5}. ")
    await chat.picture("jiangjin-last-page")
    await chat.press("19. ")
    await expect(chat.bubbles().last).to_contain_text("区司法局")
    await expect(chat.bubbles().last).to_contain_text("二（七）19")
    await chat.picture("jiangjin-measure-19")


async def test_an_ambiguous_question_is_asked_back_and_a_button_answers_it(chat: Chat) -> None:
    await chat.open(ALEX)
    reply = await chat.ask("How many group standards are required?")
    await expect(reply.get_by_test_id("button")).to_have_count(2)
    await chat.picture("clarify")
    await chat.press("Jiangjin")
    await expect(chat.bubbles().last).to_contain_text("at least 3")


async def test_a_follow_up_goes_on_from_the_question_before(chat: Chat) -> None:
    await chat.open(CHEN)
    await chat.ask("浙江到2025年国际标准要多少项？")
    await expect(await chat.ask("那广东呢？")).to_contain_text("60 项")
    await expect(await chat.ask("什么时候截止？")).to_contain_text("2020年")
    await chat.picture("follow-up")
