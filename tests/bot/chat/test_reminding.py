"""What people say to a reminder by its buttons, from the message that comes to what is noted."""

import pytest

from bot.buttons import Act, Open, Room, decode, encode
from domain.events import EventKind, Subject
from domain.policy import FactKind, Name
from domain.reminders import ReminderSettings
from storage.dates import AddedDate, Dates
from tests.bot.chat.cast import ALEX, CHEN, FORUM, GROUP, RIVER
from tests.bot.chat.conftest import Stage
from tests.bot.chat.reminded_cast import HILL, WEEK, Town, at, data_of, labels
from tests.bot.chat.telegram import Call

MORNING = "2026-12-01 09:00"  # thirty days before the target is due, a Tuesday
GONE = "That is no longer there."
ALL_OPEN = [["✅ Acknowledge", "☑️ It is done"], ["⏰ Later", "📖 Open", "🔕 Mute this"]]


@pytest.fixture
async def town(stage: Stage) -> Town:
    """A stage with policies, where Alex and Chen read English."""
    one = Town(stage)
    await one.open()
    return one


async def told(town: Town) -> Call:
    """The one message about the target, in Alex's chat."""
    await town.follows()
    (message,) = await town.comes(MORNING)
    return message


async def test_a_reminder_comes_with_its_buttons(town: Town) -> None:
    message = await told(town)
    assert "<b>⏰ Drafting time: at most 15 months</b>" in message["text"]
    assert "By 31 December 2026 (30 days left)" in message["text"]
    assert "📎 Hill City Standardisation Plan · 一（二）" in message["text"]
    assert labels(message) == ALL_OPEN


async def test_the_message_says_who_acknowledged_and_when(town: Town) -> None:
    message = await town.presses(ALEX, "Acknowledge", await told(town))
    assert town.hint == "Acknowledged."
    assert "✅ Acknowledged: Alex, 1 December 2026 09:00" in message["text"]
    assert labels(message) == [["☑️ It is done"], ALL_OPEN[1]]
    (stand,) = await town.stands()
    assert (stand.acknowledged_by, stand.acknowledged_name) == (ALEX["id"], "Alex")


async def test_in_a_group_anybody_answers_and_the_first_counts(town: Town) -> None:
    await town.follows(GROUP)
    (first,) = await town.comes(MORNING)
    await town.presses(CHEN, "Acknowledge", first, GROUP)
    message = await town.presses(ALEX, "Acknowledge", first, GROUP)  # saw the buttons of before
    assert town.hint == "Acknowledged before: 晓 陈, 1 December 2026 09:00"
    assert "✅ Acknowledged: 晓 陈" in message["text"]
    (stand,) = await town.stands(GROUP)
    assert stand.acknowledged_by == CHEN["id"]
    await town.presses(ALEX, "It is done", first, GROUP)
    assert town.hint.startswith("Marked as done;")
    await town.presses(CHEN, "It is done", first, GROUP)
    assert town.hint == "Marked as done before: Alex, 1 December 2026 09:00"
    (stand,) = await town.stands(GROUP)
    assert stand.done_by == ALEX["id"]


async def test_what_is_done_is_told_no_more_and_can_be_taken_back(town: Town) -> None:
    await town.follows(settings=ReminderSettings(leads=(30, 7, 1)))
    (message,) = await town.comes(MORNING)
    done = await town.presses(ALEX, "It is done", message)
    assert "By 31 December 2026\n" in done["text"]
    assert "☑️ Done: Alex, 1 December 2026 09:00" in done["text"]
    assert labels(done) == [["↶ Undo", "📖 Open"]]
    assert await town.comes("2026-12-24 09:00") == []
    undone = await town.presses(ALEX, "Undo", done)
    assert town.hint.startswith("Taken back")
    assert labels(undone) == ALL_OPEN
    await town.presses(ALEX, "Undo", done)
    assert town.hint == "It was not marked as done."
    (again,) = await town.comes("2026-12-30 09:00")
    assert "(1 day left)" in again["text"]


@pytest.mark.parametrize("late", ["Acknowledge", "Later"])
async def test_who_presses_after_it_was_done_reads_that(town: Town, late: str) -> None:
    message = await told(town)
    await town.presses(ALEX, "It is done", message)
    shown = await town.presses(ALEX, late, message)
    assert town.hint.startswith("Marked as done before: Alex")
    assert labels(shown) == [["↶ Undo", "📖 Open"]]
    (stand,) = await town.stands()
    assert stand.acknowledged_at is None


async def test_later_offers_moments_by_the_clock_and_days_of_the_place(town: Town) -> None:
    message = await told(town)
    asked = await town.presses(ALEX, "Later", message)
    assert "When shall it come again?" in asked["text"]
    assert labels(asked) == [
        ["⏰ In an hour: 10:00"],
        ["⏰ Next working day: Wed 2 Dec 09:00"],
        ["⏰ In a week: Tue 8 Dec 09:00"],
        ["↩ Back"],
    ]
    assert labels(await town.presses(ALEX, "Back", asked)) == ALL_OPEN
    chosen = await town.presses(ALEX, "In an hour", asked)
    assert town.hint == "It comes again: 10:00"
    assert "⏰ It comes again: 10:00" in chosen["text"]
    assert labels(chosen) == ALL_OPEN
    assert await town.comes("2026-12-01 09:55") == []
    (again,) = await town.comes("2026-12-01 10:05")
    assert "Not acknowledged yet" not in again["text"]  # it comes as asked for, not as a repeat


async def test_an_hour_that_would_disturb_becomes_the_next_time_of_day(town: Town) -> None:
    await told(town)
    town.stage.now = at("2026-12-04 17:00")  # a Friday
    message = await town.presses(ALEX, "Later", (await town.comes("2026-12-04 17:00"))[0])
    assert labels(message)[:2] == [
        ["⏰ In an hour: Mon 7 Dec 09:00"],
        ["⏰ Next working day: Mon 7 Dec 09:00"],
    ]
    await town.presses(ALEX, "In an hour", message)
    assert town.hint == "In an hour is outside of your hours; it comes again: Mon 7 Dec 09:00"
    assert await town.comes("2026-12-06 09:00") == []
    assert len(await town.comes("2026-12-07 09:00")) == 1


async def test_what_is_muted_or_followed_no_more_can_not_come_again(town: Town) -> None:
    following = await town.follows()
    (message,) = await town.comes(MORNING)
    asked = await town.presses(ALEX, "Later", message)
    await town.subscriptions.mute(ALEX["id"], None, at("2026-12-20 09:00"))
    await town.presses(ALEX, "Next working day", asked)
    assert town.hint == "Reminders are muted here until 20 December 2026 09:00."
    await town.subscriptions.mute(ALEX["id"], None, None)
    await town.subscriptions.unfollow(following)
    await town.presses(ALEX, "Next working day", asked)
    assert town.hint == "This is not followed here any more, so it can't come again."


async def test_one_is_muted_and_told_again_right_there(town: Town) -> None:
    await town.follows(settings=ReminderSettings(leads=(30, 7, 1)))
    (message,) = await town.comes(MORNING)
    muted = await town.presses(ALEX, "Mute this", message)
    assert "🔕 No more reminders of this here." in muted["text"]
    assert labels(muted) == [["🔔 Remind again", "📖 Open"]]
    assert await town.comes("2026-12-24 09:00") == []
    assert labels(await town.presses(ALEX, "Remind again", muted)) == ALL_OPEN
    assert len(await town.comes("2026-12-30 09:00")) == 1


async def test_in_a_group_only_its_administrators_mute(town: Town) -> None:
    await town.follows(GROUP)
    (message,) = await town.comes(MORNING)
    await town.presses(CHEN, "Mute this", message, GROUP)
    assert town.hint == "In a group only its administrators can change that."
    assert not (await town.stands(GROUP))[0].silenced
    town.stage.telegram.roles[CHEN["id"]] = "administrator"
    await town.presses(CHEN, "Mute this", message, GROUP)
    assert (await town.stands(GROUP))[0].silenced


async def test_several_dates_are_a_list_with_a_card_for_each(town: Town) -> None:
    await town.follows(what=HILL)
    (message,) = await town.comes(MORNING)
    assert message["text"].startswith("<b>⏰ 2 items ahead</b>")
    assert labels(message) == [["✅ Acknowledge all"], ["1", "2"]]
    card = await town.presses(ALEX, "2", message)
    assert "<b>⏰ Drafting time: at most 15 months</b>" in card["text"]
    assert labels(card) == [*ALL_OPEN, ["↩ Back"]]
    done = await town.presses(ALEX, "It is done", card)
    shown = await town.presses(ALEX, "Back", done)
    assert "    ☑️ Done: Alex, 1 December 2026 09:00" in shown["text"]
    assert labels(shown) == [["✅ Acknowledge all"], ["1", "2 ☑️"]]
    shown = await town.presses(ALEX, "Acknowledge all", shown)
    assert town.hint == "Acknowledged: 1"
    assert labels(shown) == [["1 ✅", "2 ☑️"]]
    await town.presses(ALEX, "Acknowledge all", message)
    assert town.hint == "All of it was answered before."
    assert sum(stand.acknowledged_at is not None for stand in await town.stands()) == 1


async def test_open_leads_to_the_page_of_what_it_is_about(town: Town) -> None:
    message = await told(town)
    data = data_of("Open", message)
    press = decode(data)
    assert isinstance(press, Open)
    assert (press.reference.kind, press.reference.id) == (FactKind.TARGET, "T2")
    await town.presses(ALEX, "Open", message)
    assert any("drafting time" in call.get("text", "") for call in town.calls)


async def test_an_added_date_shows_when_it_comes_next_and_says_when_it_is_gone(town: Town) -> None:
    dates = Dates(town.stage.db)
    report = AddedDate(
        kind=EventKind.COLLECTION,
        name=Name(zh="月报", en="Monthly <figures>"),
        first=at(MORNING).date().replace(day=28),
        rule="FREQ=MONTHLY;BYMONTHDAY=28",
    )
    number = await dates.add(report, CHEN["id"], town.stage.now)
    await town.follows(what=Subject("", FactKind.EVENT, str(number)), settings=WEEK)
    (message,) = await town.comes("2026-12-21 09:00")
    assert "Monthly &lt;figures&gt;: figures are collected" in message["text"]
    times = await town.presses(ALEX, "Open", message)
    assert times["text"].count("•") == 5
    assert "Monday, 28 December 2026 (in 7 days)" in times["text"]
    assert "Thursday, 28 January 2027" in times["text"]
    assert labels(await town.presses(ALEX, "Back", times)) == ALL_OPEN
    await dates.remove(number, CHEN["id"], town.stage.now)
    shown = await town.presses(ALEX, "Acknowledge", message)
    assert town.hint == GONE
    assert GONE in shown["text"]
    assert labels(shown) == []
    assert (await town.stands())[0].acknowledged_at is None


async def test_what_a_policy_no_longer_holds_is_no_longer_there(town: Town) -> None:
    message = await told(town)
    library = town.stage.shelf.library
    town.stage.shelf.library = type(library)((RIVER,))
    await town.presses(ALEX, "It is done", message)
    assert town.hint == GONE
    assert (await town.stands())[0].done_at is None


async def test_a_button_of_another_chats_message_says_so_and_notes_nothing(town: Town) -> None:
    message = await told(town)
    await town.presses(CHEN, "Acknowledge", message)
    assert town.hint == "That reminder was sent to another chat."
    assert await town.stands(CHEN) == []


@pytest.mark.parametrize(
    ("verb", "value"),
    [
        ("seen", ""),
        ("seen", "0123456789abcdef"),
        ("seen", "0123456789ABCDEF.1"),
        ("again", "0123456789abcdef.1.never"),
        ("again", "0123456789abcdef.1"),
        ("seen", "0123456789abcdef.1.hour"),
        ("unheard", "0123456789abcdef.1"),
    ],
)
async def test_a_button_of_another_version_leads_on(town: Town, verb: str, value: str) -> None:
    *_, settled = await town.stage.presses(ALEX, encode(Act(room=Room.REMINDER, verb=verb, value=value)))
    assert settled["text"].startswith("This button is from an older version.")


async def test_a_message_we_do_not_know_is_no_longer_there(town: Town) -> None:
    for value in ("0123456789abcdef", "0123456789abcdef.1"):
        act = Act(room=Room.REMINDER, verb="list" if "." not in value else "card", value=value)
        (settled,) = await town.stage.presses(ALEX, encode(act))
        assert settled["text"] == GONE
    known = decode(data_of("Acknowledge", await told(town)))
    assert isinstance(known, Act)
    short, _, _ = known.value.partition(".")
    act = Act(room=Room.REMINDER, verb="seen", value=f"{short}.99")
    (settled,) = await town.stage.presses(ALEX, encode(act))
    assert settled["text"] == GONE


async def test_a_topic_answers_for_itself(town: Town) -> None:
    await town.follows(FORUM, topic=77)
    await town.follows(FORUM, topic=78, settings=WEEK)
    (message,) = await town.comes(MORNING)
    assert message["message_thread_id"] == 77
    await town.presses(CHEN, "Acknowledge", message, FORUM)
    assert (await town.stands(FORUM, 77))[0].acknowledged_by == CHEN["id"]
    assert await town.stands(FORUM, 78) == []


async def test_what_nobody_answers_is_told_again_kindly_and_then_no_more(town: Town) -> None:
    await town.follows(settings=ReminderSettings(leads=(0,), repeats=1))
    (first,) = await town.comes("2026-12-31 09:00")
    assert "today is the last day" in first["text"]
    assert "Not acknowledged yet" not in first["text"]
    (again,) = await town.comes("2027-01-04 09:00")  # after the New Year
    assert "(4 days overdue)" in again["text"]
    assert "Not acknowledged yet; one tap is enough." in again["text"]
    assert await town.comes("2027-01-05 09:00") == []


async def test_one_put_off_after_it_was_acknowledged_does_not_ask_for_that_again(town: Town) -> None:
    message = await town.presses(ALEX, "Acknowledge", await told(town))
    asked = await town.presses(ALEX, "Later", message)
    await town.presses(ALEX, "In a week", asked)
    (again,) = await town.comes("2026-12-08 09:00")
    assert "✅ Acknowledged: Alex, 1 December 2026" in again["text"]
    assert "Not acknowledged yet" not in again["text"]
    assert labels(again) == [["☑️ It is done"], ALL_OPEN[1]]


async def test_two_places_told_the_very_same_are_noted_each_for_itself(town: Town) -> None:
    await town.follows(ALEX)
    await town.follows(CHEN)
    first, second = await town.comes(MORNING)
    assert data_of("Acknowledge", first) == data_of("Acknowledge", second)
    await town.presses(ALEX, "Acknowledge", first)
    assert (await town.stands(ALEX))[0].acknowledged_at is not None
    assert (await town.stands(CHEN))[0].acknowledged_at is None
