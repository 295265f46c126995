"""What administrators are told of reminders that nobody answered or that could not be told, and /late."""

import pytest

from bot.reminding.overdue import PAGE
from domain.events import EventKind, Subject
from domain.policy import FactKind, Name
from domain.reminders import ReminderSettings
from storage.dates import AddedDate, Dates
from tests.bot.chat.cast import ALEX, CHEN, GROUP
from tests.bot.chat.conftest import Stage
from tests.bot.chat.reminded_cast import Town, labels
from tests.bot.chat.telegram import Call

SCIENCE = Subject("hill-2024", FactKind.DEPARTMENT, "D1")
ON_THE_DAY = ReminderSettings(leads=(0,), repeats=1)


@pytest.fixture
async def town(stage: Stage) -> Town:
    """A stage where Alex administers."""
    stage.admins = (ALEX["id"],)
    await stage.restart()
    one = Town(stage)
    await one.open()
    return one


async def late(town: Town) -> Call:
    """What Alex reads upon /late."""
    (shown,) = await town.stage.says(ALEX, "/late")
    return shown | {"message_id": town.stage.last_id}


async def test_what_nobody_answered_is_told_to_administrators_once_with_a_door_to_the_list(
    town: Town,
) -> None:
    await town.follows(GROUP, SCIENCE, settings=ON_THE_DAY)
    assert [one["chat_id"] for one in await town.comes("2026-12-31 09:00")] == [GROUP["id"]]
    assert [one["chat_id"] for one in await town.comes("2027-01-04 09:00")] == [GROUP["id"]]
    (message,) = await town.comes("2027-01-05 09:00")
    assert message["chat_id"] == ALEX["id"]
    assert "<b>标准化工作群</b>" in message["text"]
    told = "• Drafting time: at most 15 months · by 31 December 2026 (5 days overdue) · last reminded on 4"
    assert told in message["text"]
    assert await town.comes("2027-01-06 09:00") == []
    await town.presses(ALEX, "Show the list", message)
    (shown,) = [call for call in town.calls if call["method"] == "sendMessage"]  # that message stays
    assert "Overdue, and not reported as done" in shown["text"]


async def test_late_tells_by_date_who_has_not_reported_and_whether_they_have_seen_it(town: Town) -> None:
    await town.follows(GROUP, SCIENCE, settings=ON_THE_DAY)
    await town.follows(CHEN, SCIENCE, settings=ON_THE_DAY)
    to_chen, to_group = sorted(await town.comes("2026-12-31 09:00"), key=lambda one: -int(one["chat_id"]))
    assert "Nothing is overdue" in (await late(town))["text"]
    await town.presses(CHEN, "1", to_chen)
    await town.presses(CHEN, "Acknowledge all", to_chen)
    await town.stage.reminding.replan()
    town.stage.now = town.stage.now.replace(year=2027, month=1, day=3)
    shown = await late(town)
    assert "<b>By 31 December 2026 (3 days overdue)</b>" in shown["text"]
    assert shown["text"].count("• 标准化工作群: not acknowledged") == 2
    assert shown["text"].count("• 晓 陈: acknowledged, 31 December 2026 09:00") == 2
    card = await town.presses(ALEX, "2", to_group, GROUP)
    await town.presses(ALEX, "It is done", card, GROUP)
    assert (await late(town))["text"].count("标准化工作群") == 1


async def test_what_could_not_be_told_is_listed_with_the_reason(town: Town) -> None:
    await town.follows(CHEN, settings=ON_THE_DAY)
    (message,) = await town.comes("2027-01-04 10:00")  # nobody was there on the day
    assert message["chat_id"] == ALEX["id"]
    assert "Some reminders could not be sent" in message["text"]
    await town.presses(ALEX, "Show the list", message)
    (shown,) = [call for call in town.calls if call["method"] == "sendMessage"]
    line = "• 晓 陈: due 31 December 2026 09:00; it was over before it could be sent"
    assert line in shown["text"]
    turned = await town.presses(ALEX, "What is overdue", shown | {"message_id": town.stage.last_id})
    assert "Nothing is overdue" in turned["text"]
    turned = await town.presses(ALEX, "What could not be sent", turned)
    assert line in turned["text"]


async def test_with_nothing_to_show_both_lists_say_so(town: Town) -> None:
    shown = await late(town)
    assert "Nothing is overdue" in shown["text"]
    turned = await town.presses(ALEX, "What could not be sent", shown)
    assert turned["text"] == "Every reminder of the last 90 days was sent."


async def test_a_long_list_comes_in_pages(town: Town) -> None:
    dates, first = Dates(town.stage.db), town.stage.now.date()
    for number in range(PAGE + 2):
        report = AddedDate(
            kind=EventKind.COLLECTION,
            name=Name(zh=f"月报{number}", en=f"Report {number}"),
            first=first.replace(day=24),
            policy="hill-2024",
            department="D1",
        )
        await dates.add(report, CHEN["id"], town.stage.now)
    await town.follows(CHEN, SCIENCE, settings=ON_THE_DAY)
    (message,) = await town.comes("2026-11-24 09:00")
    assert "… and 2 more" in message["text"]
    assert labels(message)[-1] == ["◀", "1 of 2", "▶"]
    second = await town.presses(CHEN, "▶", message)
    assert labels(second)[1:] == [["13", "14"], ["◀", "2 of 2", "▶"]]
    assert labels(await town.presses(CHEN, "14", second))[-1] == ["↩ Back"]
    town.stage.now = town.stage.now.replace(day=26)
    shown = await late(town)
    assert shown["text"].count("• ") == PAGE
    turned = await town.presses(ALEX, "▶", shown)
    assert turned["text"].count("• ") == 2
    assert labels(turned)[0] == ["◀", "2 of 2", "▶"]


async def test_late_is_for_administrators_in_private_at_every_step(town: Town) -> None:
    (refused,) = await town.stage.says(CHEN, "/late")
    assert refused["text"] == "Only administrators can do that."
    (refused,) = await town.stage.says(ALEX, "/late", chat=GROUP)
    assert refused["text"] == "Please do that in a private chat with me."
    shown = await late(town)
    town.stage.admins = ()
    await town.stage.restart()
    await town.presses(ALEX, "What could not be sent", shown)
    assert town.hint == "Only administrators can do that."
