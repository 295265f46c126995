"""Dates of no policy, as administrators add, change and remove them in the chat."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.buttons import encode
from bot.dates.verbs import Verb, act
from domain.events import EVERYTHING, EventKind
from domain.policy import Name
from domain.reminders import ReminderState
from storage.audit import AuditLog
from storage.dates import AddedDate, Dates
from storage.schema import reminders
from storage.subscriptions import Subscription, Subscriptions
from tests.bot.chat.at_the_desk import AtTheDesk
from tests.bot.chat.cast import ALEX, CHEN, GROUP, LIN
from tests.bot.chat.conftest import Stage

SEEDED = 3  # yearly ones that come with the tables


class Clerk(AtTheDesk):
    """Alex administers; what they see is read off our calls. Today is Sunday, 22 November 2026."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.dates = Dates(stage.db)

    async def presses(self, words: str) -> None:
        """Alex presses the button of the last message that holds these words."""
        exact = [one for one in self.buttons if words == one["text"]]
        (data,) = [one["callback_data"] for one in exact or self.buttons if words in one["text"]]
        self.calls = await self.stage.presses(ALEX, data)

    async def types(self, line: str) -> None:
        """Alex adds a date, as far as the draft."""
        await self.says("/dates")
        await self.presses("Add a date")
        await self.says(line)

    async def added(self) -> list[AddedDate]:
        """What was added in the chat."""
        return list((await self.dates.all()).values())[SEEDED:]


@pytest.fixture
async def clerk(stage: Stage) -> Clerk:
    """An administrator."""
    stage.admins = (ALEX["id"],)
    await stage.restart()
    return Clerk(stage)


async def test_the_list_shows_what_comes_with_its_next_time(clerk: Clerk) -> None:
    await clerk.says("/dates")
    names = [one["text"] for one in clerk.buttons][:SEEDED]
    assert names == ["Consumer Rights Day", "Quality Month", "World Standards Day"]
    assert "every year on 14 October for 7 days\nnext: 14 October 2027 (in 326 days)" in clerk.text
    assert "every September\nnext: 1 September 2027" in clerk.text


async def test_a_line_is_shown_back_before_it_is_saved(clerk: Clerk) -> None:
    await clerk.types("every month on the 30th: <b>figures</b>")
    assert "Nothing is saved yet." in clerk.text
    assert "&lt;b&gt;figures&lt;/b&gt;" in clerk.text
    assert "every month on the 30th" in clerk.text
    assert "In a month without that day it is the month's last." in clerk.text
    assert "a data collection" in clerk.text
    times = [line for line in clerk.text.splitlines() if line.startswith("• ")]
    assert times == [
        "• Monday, 30 November 2026 (in 8 days)",
        "• Wednesday, 30 December 2026",
        "• Saturday, 30 January 2027: a day off, told on 29 January 2027",
        "• Sunday, 28 February 2027: a day off, told on 26 February 2027",
        "• Tuesday, 30 March 2027",
    ]
    assert await clerk.added() == []


async def test_what_is_saved_is_kept_audited_and_reminded_of(clerk: Clerk, stage: Stage) -> None:
    everything = Subscription(chat_id=GROUP["id"], created_by=1, **_subject())
    await Subscriptions(stage.db).follow(everything, stage.now)
    await clerk.types("2027年3月15日 標準化例會")
    await clerk.presses("Save")
    assert "Saved." in clerk.text
    (one,) = await clerk.added()
    assert (one.name.zh, one.first, one.days, one.kind) == (
        "标准化例会",
        date(2027, 3, 15),
        1,
        EventKind.DATE,
    )
    ((number, _),) = [pair for pair in (await clerk.dates.all()).items() if pair[1] == one]
    assert await clerk.dates.planned(number) == 4
    (entry,) = await AuditLog(stage.db).of(f"date/{number}", 9)
    assert (entry.action, entry.actor_id, entry.detail) == ("date.added", ALEX["id"], {"name": "标准化例会"})
    await clerk.presses("Remove")
    assert "4 planned reminders are called off." in clerk.text
    await clerk.presses("Keep it")
    await clerk.presses("Remove")
    await clerk.presses("Remove")
    assert await clerk.added() == []
    assert await clerk.dates.planned(number) == 0
    async with stage.db.read() as connection:
        states = (await connection.scalars(select(reminders.c.state).distinct())).all()
    assert ReminderState.CANCELLED in states
    actions = [entry.action for entry in await AuditLog(stage.db).of(f"date/{number}", 9)]
    assert actions == ["date.removed", "date.added"]


def _subject() -> dict[str, Any]:
    return {"policy_id": EVERYTHING.policy, "kind": EVERYTHING.kind, "fact_id": EVERYTHING.fact}


@pytest.mark.parametrize(
    ("button", "words", "first"),
    [
        ("once", "31 March 2027", "Wednesday, 31 March 2027"),
        ("monthly", "every month on the last day", "Monday, 30 November 2026"),
        ("quarterly", "every quarter on the last day", "Thursday, 31 December 2026"),
        ("yearly", "every year on 31 March", "Wednesday, 31 March 2027"),
        (
            "yearly, lunar",
            "every year on the 24th day of the 2nd month of the lunar calendar",
            "Wednesday, 31 March 2027",
        ),
    ],
)
async def test_a_day_is_made_to_come_again(clerk: Clerk, button: str, words: str, first: str) -> None:
    await clerk.types("31 March 2027 report")
    await clerk.presses("monthly")
    await clerk.presses("quarterly" if button != "quarterly" else "once")  # the day is not forgotten
    await clerk.presses(button)
    assert f"<b>report</b>\n{words}\n" in clerk.text
    assert clerk.text.partition("• ")[2].startswith(first)
    assert [one["text"] for one in clerk.buttons if "✓" in one["text"]] == [f"✓ {button}"]
    await clerk.presses("Save")
    assert len(await clerk.added()) == 1


async def test_a_date_belongs_to_a_policy_or_a_department(clerk: Clerk) -> None:
    await clerk.types("15 March 2027 review")
    assert "belongs to no policy" in clerk.text
    await clerk.presses("Belongs to")
    await clerk.presses("River County")
    await clerk.presses("▶")
    await clerk.presses("River office 8")
    assert "belongs to River County Opinions: River office 8" in clerk.text
    await clerk.presses("Save")
    (one,) = await clerk.added()
    assert (one.policy, one.department) == ("river-2025", "D8")
    await clerk.presses("Change")
    await clerk.presses("Belongs to")
    await clerk.presses("River County")
    await clerk.presses("The whole policy")
    await clerk.presses("Save")
    assert [(one.policy, one.department) for one in await clerk.added()] == [("river-2025", "")]
    await clerk.presses("Change")
    await clerk.presses("Belongs to")
    await clerk.presses("To no policy")
    await clerk.presses("Save")
    assert [one.policy for one in await clerk.added()] == [""]


async def test_a_date_gets_another_name_time_and_kind(clerk: Clerk, stage: Stage) -> None:
    await clerk.types("every Friday: figures")
    await clerk.presses("Save")
    await clerk.presses("Change")
    assert "Nothing is changed yet." in clerk.text
    await clerk.presses("Another name")
    await clerk.says("Numbers of the week")
    await clerk.presses("Another time")
    await clerk.says("every Thursday")
    await clerk.presses("ordinary date")
    assert [one.name.zh for one in await clerk.added()] == ["figures"]
    await clerk.presses("Save")
    (one,) = await clerk.added()
    assert (one.name.zh, one.rule, one.kind) == (
        "Numbers of the week",
        "FREQ=WEEKLY;BYDAY=TH",
        EventKind.DATE,
    )
    actions = [entry.action for entry in await AuditLog(stage.db).recent(2)]
    assert actions == ["date.changed", "date.added"]


async def test_a_name_in_two_languages_is_kept_while_the_time_moves(clerk: Clerk) -> None:
    await clerk.says("/dates")
    await clerk.presses("World Standards Day")
    await clerk.presses("Change")
    await clerk.presses("Another time")
    await clerk.says("every 14 October")
    await clerk.presses("Save")
    one = (await clerk.dates.all())[3]
    assert (one.name.zh, one.name.en, one.days) == ("世界标准日", "World Standards Day", 1)


async def test_a_line_may_stand_behind_the_command(clerk: Clerk) -> None:
    await clerk.says("/dates 下周五 上报材料")
    assert "27 November 2026" in clerk.text
    await clerk.presses("Save")
    assert [one.first for one in await clerk.added()] == [date(2026, 11, 27)]


async def test_a_date_is_understood_and_shown_back_in_both_scripts(clerk: Clerk, stage: Stage) -> None:
    stage.admins = (CHEN["id"], LIN["id"])
    await stage.restart()
    (simplified,) = await stage.says(CHEN, "/dates 每月31日 报送数据")
    assert "<b>报送数据</b>\n每月最后一天\n数据报送" in simplified["text"]
    assert "• 2026年11月30日星期一（还有 8 天）" in simplified["text"]
    (traditional,) = await stage.says(LIN, "/dates 每年農曆臘月廿三 慰問")
    assert "<b>慰問</b>\n每年農曆臘月廿三" in traditional["text"]
    assert await clerk.added() == []


BAD = {
    "31 February review": "no such day",
    "2月30日 例会": "no such day",
    "2020-03-15 review": "over already",
    "1999-03-15 review": "2000 to 2099",
    "2150-03-15 review": "2000 to 2099",
    "15 March 2027": "not what it is about",
    "15 March 2027 " + "x" * 61: "60 characters at most",
    "农历十三月初一 慰问": "lunar calendar has no such day",
    "农历闰四月初八 慰问": "lunar calendar has no such day",
    "every quarter: figures": "On which day?",
    "hello": "no date",
    "😀" * 90: "no date",
    "3月15日 " * 600: "60 characters at most",
    "<b>'; DROP TABLE dates; --": "no date",
    "3月15日起500天 展览": "366 days at most",
    "5 May 2027 talk, 6 May 2027 walk": "several dates",
}


@pytest.mark.parametrize("line", BAD)
async def test_what_can_not_be_a_date_is_refused_with_the_reason_and_asked_again(
    clerk: Clerk, line: str
) -> None:
    await clerk.types(line)
    assert BAD[line] in clerk.text
    assert "15 March: standards meeting" in clerk.text
    assert "every month on the 28th: figures" in clerk.text
    await clerk.says("15 March 2027 review")
    await clerk.presses("Save")
    assert [one.name.zh for one in await clerk.added()] == ["review"]


async def test_a_name_and_a_time_are_refused_alike(clerk: Clerk) -> None:
    await clerk.types("15 March 2027 review")
    await clerk.presses("Another name")
    await clerk.says("\u200b\u0001")
    assert "at least one character" in clerk.text
    await clerk.says("办" * 61)
    assert "60 characters at most" in clerk.text
    await clerk.says(None, location={"latitude": 1.0, "longitude": 1.0})
    assert "I can only read text" in clerk.text
    await clerk.says("办" * 60)
    await clerk.presses("Another time")
    await clerk.says("32 March")
    assert "no such day" in clerk.text
    await clerk.says("16 March 2027")
    await clerk.presses("Save")
    assert [(one.name.zh, one.first) for one in await clerk.added()] == [("办" * 60, date(2027, 3, 16))]


async def test_a_draft_that_lay_too_long_is_not_saved_in_the_past(clerk: Clerk, stage: Stage) -> None:
    await clerk.types("tomorrow: review")
    stage.now = stage.now.replace(year=2027)
    await clerk.presses("Save")
    assert "over already" in clerk.text
    assert await clerk.added() == []
    await clerk.presses("yearly")
    await clerk.presses("Save")
    assert [one.rule for one in await clerk.added()] == ["FREQ=YEARLY"]


async def test_what_is_over_may_still_be_renamed(clerk: Clerk, stage: Stage) -> None:
    await clerk.types("tomorrow: review")
    await clerk.presses("Save")
    stage.now = stage.now.replace(year=2027)
    await clerk.says("/dates")
    assert "23 November 2026 · over" in clerk.text
    await clerk.presses("review")
    assert "It does not come any more." in clerk.text
    await clerk.presses("Change")
    await clerk.presses("Another name")
    await clerk.says("Old review")
    await clerk.presses("Save")
    assert [one.name.zh for one in await clerk.added()] == ["Old review"]


async def test_the_draft_survives_a_restart_and_can_be_left(clerk: Clerk, stage: Stage) -> None:
    await clerk.types("15 March 2027 review")
    await stage.restart()
    await clerk.presses("Save")
    assert len(await clerk.added()) == 1
    await clerk.presses("All dates")
    await clerk.presses("Add a date")
    await clerk.says("/cancel")
    assert "No date was changed." in clerk.text
    await clerk.says("16 March 2027 review")
    assert "Nothing is saved yet." not in clerk.text


async def test_another_command_ends_the_dialog_and_a_draft_lets_questions_through(clerk: Clerk) -> None:
    await clerk.says("/dates")
    await clerk.presses("Add a date")
    await clerk.says("/help")
    await clerk.says("16 March 2027 review")
    assert "Nothing is saved yet." not in clerk.text
    await clerk.types("16 March 2027 review")
    save = clerk.buttons
    await clerk.says("How many measures are in River County?")
    assert "14" in clerk.text
    clerk.calls = await clerk.stage.presses(ALEX, save[0]["callback_data"])
    assert len(await clerk.added()) == 1


async def test_a_discarded_or_older_draft_is_closed(clerk: Clerk, stage: Stage) -> None:
    await clerk.types("15 March 2027 review")
    old = clerk.buttons[0]["callback_data"]
    await clerk.types("16 March 2027 review")
    new = clerk.buttons[0]["callback_data"]
    clerk.calls = await stage.presses(ALEX, old)
    assert "draft is closed" in clerk.text
    clerk.calls = await stage.presses(ALEX, new)
    assert [one.first for one in await clerk.added()] == [date(2027, 3, 16)]
    clerk.calls = await stage.presses(ALEX, new)  # a second tap
    assert "draft is closed" in clerk.text
    await clerk.types("17 March 2027 review")
    await clerk.presses("Discard")
    assert len(await clerk.added()) == 1


async def test_what_was_removed_meanwhile_is_said(clerk: Clerk, stage: Stage) -> None:
    await clerk.types("15 March 2027 review")
    await clerk.presses("Save")
    (number,) = list(await clerk.dates.all())[SEEDED:]
    await clerk.presses("Change")
    save = clerk.buttons[0]["callback_data"]
    await clerk.dates.remove(number, 1, stage.now)
    for data in (save, *(encode(act(verb, number)) for verb in (Verb.CARD, Verb.EDIT, Verb.REMOVED))):
        clerk.calls = await stage.presses(ALEX, data)
        assert "That date was removed." in clerk.text
    assert await clerk.added() == []


async def test_many_dates_come_in_pages(clerk: Clerk, stage: Stage) -> None:
    for day in range(1, 9):
        one = AddedDate(name=Name(zh=f"meeting {day}"), first=date(2027, 1, day))
        await clerk.dates.add(one, 1, stage.now)
    await clerk.says("/dates")
    assert "meeting 6" in clerk.text
    assert "meeting 7" not in clerk.text
    await clerk.presses("▶")
    assert "meeting 7" in clerk.text
    assert "World Standards Day" in clerk.text


@pytest.mark.parametrize("verb", Verb)
async def test_who_is_no_administrator_gets_nothing_done(clerk: Clerk, stage: Stage, verb: Verb) -> None:
    before = await clerk.dates.all()
    (answered,) = await stage.presses(CHEN, encode(act(verb, 1)))
    assert answered["method"] == "answerCallbackQuery"
    assert answered["text"]
    assert await clerk.dates.all() == before


async def test_neither_does_who_was_one_a_moment_ago_nor_anybody_in_a_group(
    clerk: Clerk, stage: Stage
) -> None:
    (reply,) = await stage.says(CHEN, "/dates")
    assert "reply_markup" not in reply
    await clerk.says("/dates", chat=GROUP)
    assert "private chat" in clerk.text
    await clerk.says("/dates")
    await clerk.presses("Add a date")
    stage.admins = ()
    await stage.restart()
    await clerk.says("15 March 2027 review")
    assert clerk.text == "Only administrators can do that."


@pytest.mark.parametrize(
    "data",
    ["tnonsense", "tcard", "tcard.x", "tcard.99999999999", "tsave", "tsave.x", "tin.x.gone.0", "tlist.-1"],
)
async def test_a_forged_button_changes_nothing(clerk: Clerk, stage: Stage, data: str) -> None:
    before = await clerk.dates.all()
    calls = await stage.presses(ALEX, data)
    assert calls[-1]["method"] == "answerCallbackQuery"
    assert await clerk.dates.all() == before


async def test_a_forged_button_of_the_draft_changes_nothing(clerk: Clerk, stage: Stage) -> None:
    await clerk.types("15 March 2027 review")
    draft = clerk.buttons[0]["callback_data"].partition(".")[2]
    for value in (
        "repeat.{}.never",
        "repeat.{}",
        "in.{}.gone.0",
        "pick.{}.gone",
        "pick.{}.river-2025.D99",
        "of.{}.x",
    ):
        calls = await stage.presses(ALEX, "t" + value.format(draft))
        assert calls[-1]["method"] == "answerCallbackQuery", value
    await clerk.presses("Save") if "reply_markup" in clerk.shown else None
    (one,) = await clerk.added()
    assert (one.first, one.rule, one.policy) == (date(2027, 3, 15), None, "")


def test_the_longest_button_fits() -> None:
    assert len(encode(act(Verb.PICK, "0" * 6, "p" * 32, "D" * 16))) <= 64
