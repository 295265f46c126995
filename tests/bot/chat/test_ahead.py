"""Looking ahead in the chat: what comes, a month's calendar, a policy's timeline."""

from datetime import UTC, date, datetime

import pytest

from bot.ahead.verbs import Month, Scope, Verb, Whose, to
from bot.buttons import encode
from bot.pictures.fonts import find_font
from bot.pictures.studio import Pictures
from bot.pictures.theme import Look
from domain.policy import FactKind, Name
from storage.dates import AddedDate, Dates
from storage.policies import save_policies
from storage.subscriptions import Subscription, Subscriptions
from tests.bot.chat.cast import ALEX, CHEN, GROUP, LIN, POLICIES
from tests.bot.chat.conftest import Stage
from tests.bot.chat.telegram import Call

ALL = Scope()


@pytest.fixture(autouse=True)
async def held(stage: Stage) -> None:
    """The policies are in the store."""
    await save_policies(stage.db, POLICIES, now=stage.now, saved_by="test")


def labels(call: Call) -> list[list[str]]:
    return [[button["text"] for button in row] for row in call["reply_markup"]["inline_keyboard"]]


def data(call: Call, label: str) -> str:
    rows = call["reply_markup"]["inline_keyboard"]
    found: list[str] = [one["callback_data"] for row in rows for one in row if one["text"] == label]
    assert found, (label, labels(call))
    return found[0]


async def pressed(stage: Stage, verb: Verb, *carried: object, who: Call = ALEX) -> Call:
    shown, settled = await stage.presses(who, encode(to(verb, *carried)))
    assert settled["method"] == "answerCallbackQuery"
    assert "text" not in settled
    return shown


async def hint(stage: Stage, press: str) -> str:
    (settled,) = await stage.presses(ALEX, press)
    text: str = settled["text"]
    return text


async def test_upcoming_lists_the_next_90_days_by_month_with_the_days_left(stage: Stage) -> None:
    (shown,) = await stage.says(ALEX, "/upcoming")
    text = shown["text"]
    assert "2 dates in the next 90 days" in text
    assert "December 2026" in text
    assert "By the end of 2026 (39 days left)" in text
    assert "By 31 December 2026 (39 days left)" in text
    assert "at most 15 months · Hill City" in text
    assert "Main stage: ends · Hill City" in text
    assert "The next after that: Consumer Rights Day · Monday, 15 March 2027 (in 113 days)" in text


async def test_a_number_opens_the_fact_behind_a_date(stage: Stage) -> None:
    (shown,) = await stage.says(ALEX, "/upcoming")
    assert labels(shown)[0] == ["1", "2"]
    opened, _ = await stage.presses(ALEX, data(shown, "2"))
    assert opened["method"] == "sendMessage"
    assert "📎" in opened["text"]


async def test_where_nothing_comes_it_says_what_was_last_and_what_is_next(stage: Stage) -> None:
    stage.now = datetime(2027, 3, 20, 1, tzinfo=UTC)
    (shown,) = await stage.says(ALEX, "/upcoming")
    assert "No date in the next 90 days." in shown["text"]
    assert "The last was: Consumer Rights Day · Monday, 15 March 2027 (5 days ago)" in shown["text"]
    assert "The next is: Quality Month · Hill City · 1 September 2027" in shown["text"]
    opened, _ = await stage.presses(ALEX, data(shown, "Quality Month"))
    assert "September" in opened["text"]


async def test_what_is_followed_here_is_listed_alone(stage: Stage) -> None:
    nothing = await pressed(stage, Verb.LIST, Scope(Whose.FOLLOWED), 0)
    assert "Nothing is followed here yet" in nothing["text"]
    target = Subscription(
        chat_id=103, policy_id="hill-2024", kind=FactKind.TARGET, fact_id="T2", created_by=103
    )
    await Subscriptions(stage.db).follow(target, stage.now)
    shown = await pressed(stage, Verb.LIST, Scope(Whose.FOLLOWED), 0)
    assert "1 date in the next 90 days" in shown["text"]
    assert "drafting time" in shown["text"].lower()
    assert "✓ Followed here" in labels(shown)[-2]


async def test_one_policy_is_chosen_from_a_list(stage: Stage) -> None:
    (shown,) = await stage.says(ALEX, "/upcoming")
    choice, _ = await stage.presses(ALEX, data(shown, "One policy"))
    assert "Whose dates?" in choice["text"]
    river, _ = await stage.presses(ALEX, data(choice, "River County Opinions"))
    assert "No date of this policy" in river["text"]
    assert "✓ One policy" in labels(river)[-2]
    hill = await pressed(stage, Verb.LIST, Scope(Whose.POLICY, "hill-2024"), 0)
    assert "2 dates" in hill["text"]


async def test_long_lists_have_pages(stage: Stage) -> None:
    for number in range(1, 12):
        added = AddedDate(name=Name(zh=f"例会{number}", en=f"Meeting {number}"), first=date(2026, 12, number))
        await Dates(stage.db).add(added, by=1, now=stage.now)
    (shown,) = await stage.says(ALEX, "/upcoming")
    assert "Meeting 8" in shown["text"]
    assert "Meeting 9" not in shown["text"]
    turned, _ = await stage.presses(ALEX, data(shown, "▶"))
    assert "Meeting 9" in turned["text"]
    assert "13." in turned["text"]
    beyond = await pressed(stage, Verb.LIST, ALL, 99)
    assert beyond["text"] == turned["text"]


async def test_the_calendar_is_a_grid_that_marks_dates_days_off_and_today(stage: Stage) -> None:
    stage.now = datetime(2025, 10, 14, 1, tzinfo=UTC)
    (shown,) = await stage.says(CHEN, "/calendar")
    grid = labels(shown)
    assert "2025年10月" in shown["text"]
    assert grid[0] == list("一二三四五六日")
    assert grid[1] == ["·", "·", "1休", "2休", "3休", "4休", "5休"]
    assert grid[2] == ["6休", "7休", "8休", "9", "10", "11班", "12"]
    assert grid[3][1] == "▸•14"
    assert all(len(row) == 7 for row in grid[:6])
    assert "调休上班" in shown["text"]


@pytest.mark.parametrize(("person", "words"), [(ALEX, "1h"), (LIN, "1休"), (CHEN, "1休")])
async def test_days_off_are_marked_in_each_language(stage: Stage, person: Call, words: str) -> None:
    shown = await pressed(stage, Verb.MONTH, ALL, Month(2026, 10), who=person)
    assert any(words in row for row in labels(shown))


async def test_a_day_shows_what_is_on_it_and_leads_back_to_its_month(stage: Stage) -> None:
    month = await pressed(stage, Verb.MONTH, ALL, Month(2026, 12))
    assert "•31" in labels(month)[5]
    shown, _ = await stage.presses(ALEX, data(month, "•31"))
    assert "Thursday, 31 December 2026" in shown["text"].replace("Thursday 31", "Thursday, 31")
    assert "Main stage: ends" in shown["text"]
    back, _ = await stage.presses(ALEX, data(shown, "↩ December 2026"))
    assert back["text"] == month["text"]
    empty = await pressed(stage, Verb.DAY, ALL, "2026-10-01")
    assert "Nothing is on that day." in empty["text"]
    assert "A statutory day off." in empty["text"]


async def test_a_month_lasts_and_deadlines_stand_on_their_last_day(stage: Stage) -> None:
    september = await pressed(stage, Verb.MONTH, ALL, Month(2026, 9))
    days = {day for row in labels(september)[1:6] for day in row if day != "·"}
    assert len(days) == 30
    assert all(day.startswith("•") for day in days)
    november = await pressed(stage, Verb.MONTH, ALL, Month(2026, 11))
    assert "Nothing is on in this month." in november["text"]


async def test_working_days_not_published_yet_are_called_provisional(stage: Stage) -> None:
    later = await pressed(stage, Verb.MONTH, ALL, Month(2090, 5))
    assert "The working days of 2090 are not published yet: provisional." in later["text"]
    before = await pressed(stage, Verb.MONTH, ALL, Month(2001, 5))
    assert "The days off of 2001 are not known here." in before["text"]


async def test_the_calendar_ends_where_the_years_end(stage: Stage) -> None:
    first = await pressed(stage, Verb.MONTH, ALL, Month(2000, 1))
    assert labels(first)[-2] == ["This month", "▶"]
    last = await pressed(stage, Verb.MONTH, ALL, Month(2099, 12))
    assert labels(last)[-2] == ["◀", "This month"]
    day = await pressed(stage, Verb.DAY, ALL, "2099-12-31")
    assert labels(day)[-2] == ["◀"]


async def test_headings_and_empty_places_do_nothing(stage: Stage) -> None:
    (settled,) = await stage.presses(ALEX, encode(to(Verb.REST)))
    assert settled["method"] == "answerCallbackQuery"
    assert "text" not in settled


@pytest.mark.parametrize(
    "press",
    [
        "hlist.x.0",
        "hlist.a.-1",
        "hlist.a",
        "hmonth.a.2026-13",
        "hmonth.a.1999-12",
        "hday.a.2026-02-31",
        "hday.a.2100-01-01",
        "hline.hill-2024.x",
        "hline.hill-2024",
        "hpolicies.one",
        "hother",
    ],
)
async def test_a_button_that_says_nothing_sensible_is_answered_politely(stage: Stage, press: str) -> None:
    assert "older version" in await hint(stage, press)


async def test_the_timeline_of_a_policy_that_is_gone_is_not_drawn(stage: Stage) -> None:
    assert await hint(stage, "hline.gone-2024.l") == "That is no longer there."


async def test_without_a_font_the_timeline_comes_as_text_with_the_remedy(stage: Stage) -> None:
    (choice,) = await stage.says(ALEX, "/timeline")
    assert "Whose timeline?" in choice["text"]
    shown, _ = await stage.presses(ALEX, data(choice, "Hill City Standardisation Plan"))
    assert shown["method"] == "sendMessage"
    assert "Opening stage" in shown["text"]
    assert "at least 30" in shown["text"]
    assert "apt-get install fonts-noto-cjk" in shown["text"]


async def test_a_policy_without_dates_says_so(stage: Stage) -> None:
    shown = await pressed(stage, Verb.LINE, "river-2025", Look.LIGHT)
    assert "It states no dates" in shown["text"]


@pytest.fixture
async def with_font(stage: Stage) -> None:
    """Pictures can be drawn."""
    font = find_font(None)
    if font is None:
        pytest.skip("no Chinese font in the usual places: apt-get install fonts-noto-cjk")
    stage.pictures = Pictures(font)
    await stage.restart()


@pytest.mark.usefixtures("with_font")
async def test_the_timeline_is_a_picture_that_turns_dark_in_its_place(stage: Stage) -> None:
    light = await pressed(stage, Verb.LINE, "hill-2024", Look.LIGHT, who=CHEN)
    assert light["method"] == "sendPhoto"
    assert "山城市标准化行动方案" in light["caption"]
    assert "2026年12月31日前（还有 39 天）" in light["caption"]
    (picture,) = light["files"].values()
    assert picture.startswith(b"\x89PNG")
    photo = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}], "text": None}
    dark, _ = await stage.presses(CHEN, data(light, "🌙 深色"), **photo)
    assert dark["method"] == "editMessageMedia"
    assert dark["message_id"] == 7
    (other,) = dark["files"].values()
    assert other.startswith(b"\x89PNG")
    assert other != picture
    assert "☀️ 浅色" in labels(dark)[0]


@pytest.mark.usefixtures("with_font")
async def test_a_picture_that_cannot_be_changed_is_sent_anew(stage: Stage) -> None:
    stage.telegram.fail("editMessageMedia", 400, {"description": "Bad Request: message can't be edited"})
    photo = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}], "text": None}
    calls = await stage.presses(ALEX, encode(to(Verb.LINE, "hill-2024", Look.DARK)), **photo)
    assert [call["method"] for call in calls] == ["editMessageMedia", "sendPhoto", "answerCallbackQuery"]


@pytest.mark.usefixtures("with_font")
async def test_in_a_group_the_picture_answers_the_message_that_asked(stage: Stage) -> None:
    calls = await stage.presses(ALEX, encode(to(Verb.LINE, "hill-2024", Look.LIGHT)), chat=GROUP)
    assert calls[0]["method"] == "sendPhoto"
    assert calls[0]["chat_id"] == GROUP["id"]
    assert calls[0]["reply_parameters"]["message_id"] == 7
