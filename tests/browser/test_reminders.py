"""Reminders in a real browser: followed, told, answered; a department invited, asked again, found overdue.

`CHAT_PICTURES=folder` keeps pictures for a person to look at.
"""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, expect

from tests.app.processes import Running
from tests.browser.test_the_chat import ALEX, CHEN, LIN, Chat
from tests.browsing import chat_page

pytestmark = pytest.mark.browser
GROUP = -4001
POLICY = "浙江省国家标准化创新发展试点工作方案"


@pytest.fixture
async def chat(service: Running) -> AsyncIterator[Chat]:
    """The chat page, on a morning of the policy's last year but one."""
    async with chat_page(service.page()) as page:
        await page.request.post(f"{service.page()}/sandbox/rates", data={"on": False})
        chat = Chat(page=page)
        await chat.open(CHEN)
        await page.get_by_test_id("clock-go").click()
        await page.get_by_test_id("clock-goal").fill("2024-12-02T10:00")
        await page.get_by_test_id("ok").click()
        await expect(page.get_by_test_id("clock-date")).to_have_text("2024年12月2日")
        yield chat


async def test_a_person_follows_a_policy_and_answers_its_reminder(chat: Chat) -> None:
    told = await _follow_and_set(chat)
    await _next_reminder(chat)
    await expect(chat.page.get_by_test_id("clock-date")).to_have_text("2024年12月24日")
    await expect(chat.page.get_by_test_id("clock-time")).to_have_text("周二 16:00")
    await expect(chat.bubbles()).to_have_count(told + 1)
    reminder = await _this(chat.bubbles().last)
    await expect(reminder).to_contain_text("2 个事项临近")
    await expect(reminder).to_contain_text("到2024年（还有 7 天）")
    await chat.picture("reminder-list")
    await _press(reminder, "1")
    await expect(reminder).to_contain_text("中期评估")
    await chat.picture("reminder-card")
    answers = (
        ("签收", "已签收：陈晓"),
        ("已完成", "已完成：陈晓"),
        ("撤销", "已签收：陈晓"),
        ("不再提醒", "不再在这里提醒"),
        ("恢复提醒", "还有 7 天"),
        ("稍后提醒", "什么时候再提醒？"),
        ("下一个工作日", "将于 12月25日周三 16:00 再提醒"),
    )
    for number, (button, answer) in enumerate(answers, 1):
        await _press(reminder, button)
        await expect(reminder).to_contain_text(answer)
        await chat.picture(f"reminder-answer-{number}")
    await _press(reminder, "返回")
    await expect(reminder.get_by_test_id("button").filter(has_text="1 ✅")).to_be_visible()
    await _next_reminder(chat)
    await expect(chat.page.get_by_test_id("clock-date")).to_have_text("2024年12月25日")
    await expect(chat.bubbles().last).to_contain_text("中期评估")  # it was put off until then

    await _calendar_opens(chat)
    await chat.press("这里关注的内容")
    await expect(chat.bubbles().last).to_contain_text("未办 2 项")
    await chat.picture("mine")


async def test_a_department_that_does_not_answer_is_asked_again_and_then_listed(chat: Chat) -> None:
    await _invite_the_group(chat)
    await _add_a_date(chat)
    await chat.turn_to(GROUP)
    await expect(chat.bubbles().last).to_contain_text("2024年12月28日星期六（还有 26 天）")  # told at once
    for day in ("20日", "27日", "30日", "31日"):  # a week and a day before, and twice more
        await _next_reminder(chat)
        await expect(chat.page.get_by_test_id("clock-date")).to_have_text(f"2024年12月{day}")
    again = await _this(chat.bubbles().last)
    await expect(again).to_contain_text("已逾期 3 天")
    await expect(again).to_contain_text("还没有签收")
    await chat.picture("group-asked-again")

    await chat.turn_to(CHEN)
    await _next_reminder(chat)
    unanswered = chat.bubbles().filter(has_text="项提醒无人签收")
    await expect(unanswered).to_have_count(1)
    await expect(unanswered).to_contain_text("标准化工作群")
    await chat.picture("unanswered")
    await _press(unanswered, "查看列表")
    await expect(chat.bubbles().last).to_contain_text("标准化工作群：未签收")
    await expect(chat.bubbles().last).to_contain_text("报送数据")
    await chat.picture("late")

    await chat.turn_to(GROUP)
    await _press(again, "已完成")
    await expect(again).to_contain_text("已完成：陈晓")
    await chat.turn_to(CHEN)
    await expect(await chat.ask("/late")).not_to_contain_text("报送数据 · ")
    await expect(chat.bubbles().last).to_contain_text("没有逾期未报的事项")


async def test_others_follow_and_are_reminded_in_their_language(chat: Chat) -> None:
    for person, follow, where, whole, manner, told in (
        (LIN, "增加關注", "政策或部門", "整份政策", "提醒方式", "第三階段：開始"),
        (
            ALEX,
            "Follow more",
            "policy or department",
            "whole policy",
            "How reminders come",
            "Stage 3: begins",
        ),
    ):
        await chat.open(person)
        await chat.ask("/mine")
        for words in (follow, where, re.compile("浙江|Zhejiang"), whole):
            await chat.press(words)
        await expect(chat.bubbles().last).to_contain_text(told)  # it comes at once
        await chat.picture(f"reminder-{person}")
        await expect(await chat.ask("/mine")).to_contain_text(manner)
        await chat.picture(f"mine-{person}")
        for page, mark in (("⚙️", "manner"), ("🗓", "leads")):
            await chat.press(page)
            await expect(chat.bubbles().last.get_by_test_id("button").filter(has_text=page)).to_have_count(0)
            await chat.picture(f"mine-{person}-{mark}")
        assert await _cut_labels(chat) == []


async def _follow_and_set(chat: Chat) -> int:
    """Follow a policy, with one more lead time and in the afternoon; returns how many messages stand."""
    await expect(await chat.ask("/mine")).to_contain_text("暂时没有")
    for words in ("增加关注", "政策或部门", "浙江", "整份政策"):
        await chat.press(words)
    await expect(chat.bubbles().filter(has_text=f"已关注：{POLICY}")).to_have_count(1)
    await expect(chat.bubbles().last).to_contain_text("3 个事项临近")  # nearer than the first lead
    await chat.picture("followed")
    await expect(await chat.ask("/mine")).to_contain_text("提前 30、7、1 天及当天")
    for words in ("提醒方式", "🗓", "3 天"):
        await chat.press(words)
    await expect(chat.bubbles().last.get_by_test_id("button").filter(has_text="✓ 3 天")).to_be_visible()
    await chat.picture("leads")
    for words in ("返回", "🕘", "16:00"):
        await chat.press(words)
    await expect(chat.bubbles().last).to_contain_text("提前 30、7、3、1 天及当天，16:00 提醒（北京时间）")
    await chat.picture("manner")
    return await chat.bubbles().count()


async def _calendar_opens(chat: Chat) -> None:
    shown = await chat.ask("/calendar_link")
    address = re.search(r"http://\S+\.ics", await shown.inner_text())
    assert address
    await chat.picture("calendar-address")
    answer = await chat.page.request.get(address[0])
    assert answer.ok
    calendar = await answer.text()
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "SUMMARY:中期评估" in calendar


async def _invite_the_group(chat: Chat) -> None:
    await chat.ask("/invite")
    await chat.press("江津")
    before = await chat.bubbles().count()
    await chat.press("区发展改革委")
    await expect(chat.bubbles()).to_have_count(before + 1)
    await chat.picture("invitation")
    await chat.bubbles().last.get_by_test_id("deep-link").filter(has_text="startgroup").click()
    await chat.page.get_by_test_id("ok").click()
    await expect(chat.bubbles().last).to_contain_text("本群从现在起关注它")
    await chat.picture("invitation-accepted")


async def _add_a_date(chat: Chat) -> None:
    await chat.turn_to(CHEN)
    await chat.ask("/dates")
    await chat.press("添加日期")
    await expect(chat.bubbles().last).to_contain_text("请用一行发送日期和事项")
    await expect(await chat.ask("每月28日 报送数据")).to_contain_text("提前到2024年12月27日提醒")
    for words in ("所属政策", "江津", "区发展改革委"):
        await chat.press(words)
    await expect(chat.bubbles().last).to_contain_text("所属：江津区")
    await chat.picture("date-draft")
    await chat.press("保存")
    await expect(chat.page.get_by_test_id("toast").last).to_contain_text("已保存")
    await chat.picture("date")


async def _next_reminder(chat: Chat) -> None:
    at = chat.page.get_by_test_id
    shown = "['date', 'time'].map(one => document.getElementById(`clock-${one}`).textContent).join()"
    before = await chat.page.evaluate(shown)
    await at("clock-reminder").click()
    await chat.page.wait_for_function(f"before => {shown} !== before", arg=before)
    await expect(at("clock-go")).to_be_enabled(timeout=20_000)


async def _this(message: Locator) -> Locator:
    """The same message, whatever comes after it."""
    return message.page.locator(f"#{await message.get_attribute('id')}")


async def _press(message: Locator, words: str) -> None:
    await message.get_by_test_id("button").filter(has_text=words).first.click()


async def _cut_labels(chat: Chat) -> list[str]:
    """Buttons whose words do not fit into them."""
    found: list[str] = await chat.page.evaluate(
        "[...document.querySelectorAll('[data-testid=button]')]"
        ".filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    )
    return found
