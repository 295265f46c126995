"""The chat page in a real browser: a newcomer writes, presses, plays others, asks inline, sets faults."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import FilePayload, Page, Route, expect

from tests.browsing import chat_page
from tests.sandbox.conftest import ALEX, CHEN, GROUP, LIN, Api, until

pytestmark = pytest.mark.browser
KEYS = {"inline_keyboard": [[{"text": "签收", "callback_data": "ack"}]]}


@pytest.fixture
async def page(api: Api) -> AsyncIterator[Page]:
    async with chat_page(api.url) as page:
        yield page


async def _write(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()


async def test_an_answer_comes_its_button_is_pressed_and_it_is_edited_in_place(api: Api, page: Page) -> None:
    await _write(page, "浙江到2025年国际标准多少项？")
    await until(lambda: api.world.updates.pending)
    [update] = await api.taken()
    assert update["message"]["text"] == "浙江到2025年国际标准多少项？"
    text = "<b>30 项</b><blockquote expandable>出处</blockquote>"
    sent = await api.call("sendMessage", chat_id=CHEN, text=text, parse_mode="HTML", reply_markup=KEYS)
    answer = page.get_by_test_id("message").last
    await expect(answer.locator("strong")).to_have_text("30 项")
    await answer.get_by_test_id("button").click()
    await until(lambda: api.world.updates.pending)
    query = (await api.taken())[0]["callback_query"]["id"]
    await api.call("answerCallbackQuery", callback_query_id=query, text="已签收")
    await expect(page.get_by_test_id("toast")).to_have_text("已签收")
    await api.call("editMessageText", chat_id=CHEN, message_id=sent["message_id"], text="改了")
    await expect(answer.get_by_test_id("text")).to_have_text("改了")
    assert await page.get_by_test_id("call").count() == 3


async def test_a_deep_link_in_a_group_opens_the_private_chat(api: Api, page: Page) -> None:
    await page.get_by_test_id(f"chat-{GROUP}").click()
    await page.get_by_test_id("speaker").select_option(str(LIN))
    await api.call("sendMessage", chat_id=GROUP, text="https://t.me/zhunshi_bot?start=p1")
    await page.get_by_test_id("deep-link").click()
    await expect(page.get_by_test_id("message").last.get_by_test_id("text")).to_have_text("/start p1")
    assert (await api.taken())[-1]["message"]["from"]["id"] == LIN


async def test_inline_results_are_offered_and_one_is_sent(api: Api, page: Page) -> None:
    await page.get_by_test_id(f"chat-{GROUP}").click()
    await page.get_by_test_id("speaker").select_option(str(ALEX))
    await page.get_by_test_id("composer").press_sequentially("@zhunshi_bot iso")
    await until(lambda: api.world.updates.pending)
    query = (await api.taken())[-1]["inline_query"]
    result = {"type": "article", "id": "1", "title": "ISO", "input_message_content": {"message_text": "30"}}
    await api.call("answerInlineQuery", inline_query_id=query["id"], results=[result])
    await page.get_by_test_id("inline-result").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("@zhunshi_bot")


async def test_a_fault_switched_on_shows_in_the_calls(api: Api, page: Page) -> None:
    await page.get_by_test_id("tab-faults").click()
    await page.get_by_test_id("fault-kind").select_option("forbidden")
    await page.get_by_test_id("fault-add").click()
    await expect(page.get_by_test_id("fault")).to_have_count(1)
    assert (await api.refused("sendMessage", chat_id=CHEN, text="x")).startswith("403")
    await expect(page.get_by_test_id("fault")).to_have_count(0)
    await page.get_by_test_id("tab-calls").click()
    await expect(page.get_by_test_id("call").first).to_contain_text("403")


async def test_a_file_is_sent_and_a_document_offered(api: Api, page: Page) -> None:
    file: FilePayload = {"name": "政策.txt", "mimeType": "text/plain", "buffer": "内容".encode()}
    await page.get_by_test_id("file").set_input_files([file])
    await page.get_by_test_id("ok").click()
    await expect(page.get_by_test_id("document")).to_contain_text("政策.txt")
    assert (await api.taken())[0]["message"]["document"]["file_size"] == 6


@pytest.mark.parametrize(
    ("choice", "hint"), [("hans", "输入消息…"), ("hant", "輸入訊息…"), ("en", "Write a message…")]
)
async def test_the_page_speaks_three_languages(page: Page, choice: str, hint: str) -> None:
    await page.get_by_test_id("language").select_option(choice)
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", hint)


async def test_the_menus_make_a_group_and_the_bot_leaves_and_returns(api: Api, page: Page) -> None:
    await page.get_by_test_id("add-group").click()
    await page.get_by_test_id("group-title").fill("质量月")
    await page.get_by_test_id("ok").click()
    await expect(page.get_by_test_id("chat-title")).to_have_text("质量月")
    for step in ("promote", "kick", "addBot", "upgrade"):
        await page.get_by_test_id("chat-menu").click()
        await page.get_by_test_id(f"act-{step}").click()
    await expect(page.get_by_test_id("chat-hint")).to_have_text("4 位成员")
    kinds = [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in await api.taken()
        if "my_chat_member" in update
    ]
    assert kinds == ["member", "administrator", "kicked", "member"]


async def test_a_person_is_added_starts_blocks_and_unblocks(page: Page) -> None:
    await page.get_by_test_id("add-person").click()
    await page.get_by_test_id("person-name").fill("王敏")
    await page.get_by_test_id("ok").click()
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("message")).to_have_text(re.compile("/start"))
    await page.get_by_test_id("chat-menu").click()
    await page.get_by_test_id("act-block").click()
    await expect(page.get_by_test_id("start")).to_have_text("解除屏蔽")
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()


async def test_the_last_own_message_is_edited_with_the_arrow_key(api: Api, page: Page) -> None:
    await _write(page, "广东")
    await expect(page.get_by_test_id("message").last).to_contain_text("广东")
    await page.get_by_test_id("composer").press("ArrowUp")
    await page.get_by_test_id("composer").fill("浙江")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("浙江")
    assert [next(iter(set(update) - {"update_id"})) for update in await api.taken()] == [
        "message",
        "edited_message",
    ]


async def test_a_message_that_comes_while_its_chat_is_being_opened_is_shown(api: Api, page: Page) -> None:
    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        await api.call("sendMessage", chat_id=GROUP, text="刚到")
        await expect(page.get_by_test_id(f"chat-{GROUP}")).to_contain_text("刚到")
        await route.fulfill(response=answer)

    await page.route(f"**/messages?chat={GROUP}", answer_late)
    await page.get_by_test_id(f"chat-{GROUP}").click()
    await expect(page.get_by_test_id("messages")).to_have_attribute("aria-busy", "false")
    await expect(page.get_by_test_id("message").last).to_contain_text("刚到")


async def test_of_two_chats_opened_at_once_the_later_is_shown(api: Api, page: Page) -> None:
    await api.call("sendMessage", chat_id=GROUP, text="群里的")

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        async with page.expect_response(f"**/messages?chat={LIN}"):
            await page.get_by_test_id(f"chat-{LIN}").click()
        await route.fulfill(response=answer)

    await page.route(f"**/messages?chat={GROUP}", answer_late)
    async with page.expect_request_finished(lambda request: f"chat={GROUP}" in request.url):
        await page.get_by_test_id(f"chat-{GROUP}").click()
    await expect(page.get_by_test_id("messages")).to_have_attribute("aria-busy", "false")
    await expect(page.get_by_test_id("message").filter(has_text="群里的")).to_have_count(0)
