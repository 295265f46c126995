"""/mine: following and no more, how reminders come, muting, what is silent and what is open."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.buttons import encode
from bot.mine.verbs import DECIDING, Verb, to
from domain.events import EventKind
from domain.policy import FactKind, Name
from domain.reminders import Digest, ReminderSettings
from storage.dates import AddedDate, Dates
from storage.standings import About, Standings
from tests.bot.chat.cast import ALEX, CHEN, FORUM, GROUP, LIN
from tests.bot.chat.conftest import Stage
from tests.bot.chat.mine_cast import MONDAY, TOPIC, Reader, stock

USUAL = ReminderSettings()


@pytest.fixture
async def alex(stage: Stage) -> Reader:
    """Alex, in private, reads English."""
    await stock(stage)
    return Reader(stage, ALEX)


async def follows_targets(reader: Reader) -> None:
    """The shortest way to have something to set."""
    await reader.says("/mine")
    await reader.presses("Follow more", "Due dates of all targets")


async def test_who_follows_nothing_is_led_to_what_can_be_followed(alex: Reader) -> None:
    await alex.says("/mine")
    assert "Nothing yet" in alex.text
    assert not [label for label in alex.labels if "Mute" in label or "reminders come" in label]
    await alex.says("/subscribe")
    await alex.presses("Follow more")
    assert "What do you want to be reminded of?" in alex.text


async def test_the_greeting_leads_there_too(alex: Reader) -> None:
    await alex.says("/start")
    await alex.presses("Be reminded of dates")
    assert "What do you want to be reminded of?" in alex.text


@pytest.mark.parametrize(
    ("label", "subject"),
    [
        ("Everything", ("", FactKind.POLICY, "")),
        ("Due dates of all targets", ("", FactKind.TARGET, "")),
        ("Dates of all measures", ("", FactKind.MEASURE, "")),
        ("Stages and milestones", ("", FactKind.STAGE, "")),
        ("Occasions and added dates", ("", FactKind.EVENT, "")),
        ("Data collection days", ("", FactKind.EVENT, "collection")),
    ],
)
async def test_a_kind_of_all_policies_is_followed_and_no_more(
    alex: Reader, label: str, subject: tuple[str, FactKind, str]
) -> None:
    await alex.says("/mine")
    await alex.presses("Follow more", label)
    assert alex.hint == "Followed."
    assert f"✓ {label}" in alex.labels
    one = await alex.held.only()
    assert (one.policy_id, one.kind, one.fact_id, one.created_by) == (*subject, ALEX["id"])
    await alex.presses(f"✓ {label}")
    assert not await alex.held.all()
    assert "how reminders came is forgotten" in alex.text


async def test_following_tells_the_next_reminder(alex: Reader) -> None:
    await follows_targets(alex)
    assert (
        "Followed: Due dates of all targets. "
        "Next reminder: Tuesday, 1 December 2026 09:00, Drafting time: at most 15 months." in alex.text
    )


async def test_following_something_near_tells_that_a_reminder_comes_at_once_and_it_does(
    alex: Reader, stage: Stage
) -> None:
    stage.now = datetime(2026, 12, 28, 2, tzinfo=UTC)
    await follows_targets(alex)
    assert "A reminder comes at once: Drafting time: at most 15 months." in alex.text
    ((delivery, notice),) = await stage.outbox.claim("w", stage.now, 10, 60)
    assert delivery.chat_id == ALEX["id"]
    assert [item["fact"] for item in notice.facts["items"]] == ["T2"]


async def test_what_is_followed_already_by_another_name_is_not_told_at_once_again(
    alex: Reader, stage: Stage
) -> None:
    stage.now = datetime(2026, 12, 28, 2, tzinfo=UTC)
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.ON, "dthill-2024_T2", 0)))
    assert "Next reminder: Wednesday, 30 December 2026 09:00" in alex.text


async def test_what_has_no_date_says_so_and_what_is_over_names_the_last(alex: Reader) -> None:
    await alex.says("/mine")
    await alex.presses("Follow more", "Data collection days")
    assert "No date is stored for this; you will be told when one is." in alex.text
    await alex.presses("A policy or department", "Hill City", "Dates of its measures")
    assert "Nothing lies ahead; the last was Train people, by the end of September 2026." in alex.text


async def test_a_policy_its_parts_and_its_departments_are_followed(alex: Reader) -> None:
    await alex.says("/mine")
    await alex.presses("Follow more", "A policy or department", "Hill City")
    await alex.presses("The whole policy", "Due dates of its targets", "Its stages", "Science Bureau")
    assert [(one.policy_id, one.kind, one.fact_id) for one in await alex.held.all()] == [
        ("hill-2024", FactKind.POLICY, ""),
        ("hill-2024", FactKind.TARGET, ""),
        ("hill-2024", FactKind.STAGE, ""),
        ("hill-2024", FactKind.DEPARTMENT, "D1"),
    ]
    await alex.presses("Back")
    assert "✓ Hill City Standardisation Plan" in alex.labels
    await alex.presses("River County", "▶")
    await alex.presses("River office 14")
    assert "✓ 🏛 River office 14" in alex.labels  # still on its page


async def test_one_target_measure_stage_or_occasion_is_followed_from_its_page(alex: Reader) -> None:
    for page in ("b0.dthill-2024_T2", "b0.dmhill-2024_M2", "b0.dshill-2024_S2", "b0.dehill-2024_E1"):
        await alex.sends(page)
        await alex.presses("🔔 Follow")
        assert "Followed." in alex.hint
    assert [(one.kind, one.fact_id) for one in await alex.held.all()] == [
        (FactKind.TARGET, "T2"),
        (FactKind.MEASURE, "M2"),
        (FactKind.STAGE, "S2"),
        (FactKind.EVENT, "E1"),
    ]
    await alex.sends("b0.dthill-2024_T2")
    await alex.presses("🔕 Unfollow")
    assert len(await alex.held.all()) == 3


async def test_the_page_of_what_has_no_date_says_honestly_that_nothing_comes(alex: Reader) -> None:
    await alex.sends("b0.dthill-2024_T3")
    await alex.presses("🔔 Follow")
    assert alex.hint == "Followed. No date is stored for this; you will be told when one is."


async def test_an_added_date_is_followed_by_its_name(alex: Reader, stage: Stage) -> None:
    review = AddedDate(name=Name(zh="例会", en="Review <b>day</b>"), first=date(2027, 1, 29))
    number = await Dates(stage.db).add(review, 1, stage.now)
    await alex.says("/mine")
    await alex.presses("Follow more", "An added date", "Review")
    assert "Review &lt;b&gt;day&lt;/b&gt;" in alex.text
    assert "30 December 2026" in alex.text
    assert (await alex.held.only()).fact_id == f"{number}"
    await Dates(stage.db).remove(number, 1, stage.now)
    await alex.says("/mine")
    assert "Something that is no longer there" in alex.text
    await alex.presses("Followed: 1", "🔕 1")
    assert not await alex.held.all()


async def test_what_is_followed_comes_in_pages_each_thing_with_its_end(alex: Reader) -> None:
    await alex.says("/mine")
    await alex.presses("Follow more", "A policy or department", "River County")
    for n in range(1, 5):
        await alex.presses(f"River office {n}")
    await alex.presses("▶")
    for n in range(9, 14):
        await alex.presses(f"River office {n}")
    await alex.says("/mine")
    assert "… and 4 more" in alex.text
    await alex.presses("Followed: 9")
    assert "8. River County Opinions: River office 12" in alex.text
    await alex.presses("▶")
    assert "9. River County Opinions: River office 13" in alex.text
    await alex.presses("🔕 9")
    assert "River office 13 · Not followed any more." in alex.text
    assert "🔕 8" in alex.labels  # that page is no more
    assert len(await alex.held.all()) == 8


async def test_mine_tells_how_reminders_come_and_what_comes_next(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.says("/mine")
    for words in (
        "What you follow",
        "30, 7 and 1 days before, and on the day, at 09:00, Beijing time.",
        "Only on working days in China, 08:30–17:30",
        "repeated 2 times, on the next working days",
        "⏰ Next reminder: Tuesday, 1 December 2026 09:00",
    ):
        assert words in alex.text


async def test_lead_times_are_switched_and_the_plan_follows(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.presses("Back", "How reminders come", "30, 7 and 1 days")
    await alex.presses("30 days", "14 days")
    assert "✓ 14 days" in alex.labels
    assert (await alex.held.only()).settings == ReminderSettings(leads=(14, 7, 1, 0))
    await alex.says("/mine")
    assert "Next reminder: Thursday, 17 December 2026 09:00" in alex.text


async def test_reminders_come_as_was_set(alex: Reader, stage: Stage) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.TYPE, Verb.LEADS)))
    await alex.says("20")  # the 11th of December, at 14:00
    await alex.sends(encode(to(Verb.TIME, "1400")))
    stage.now = datetime(2026, 12, 11, 5, 59, tzinfo=UTC)
    await stage.reminding.fire()
    assert not await stage.outbox.claim("w", stage.now, 10, 60)
    stage.now = datetime(2026, 12, 11, 6, tzinfo=UTC)
    await stage.reminding.fire()
    ((_, notice),) = await stage.outbox.claim("w", stage.now, 10, 60)
    assert [(item["fact"], item["lead"]) for item in notice.facts["items"]] == [("T2", 20)]


async def test_while_muted_nothing_comes_and_what_fell_due_is_not_told_later(
    alex: Reader, stage: Stage
) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.MUTE, "month")))  # until the 23rd of December
    for day in (1, 22, 23):
        stage.now = datetime(2026, 12, day, 2, tzinfo=UTC)
        await stage.reminding.replan()
    assert not await stage.outbox.claim("w", stage.now, 10, 60)
    stage.now = datetime(2026, 12, 24, 2, tzinfo=UTC)
    await stage.reminding.replan()
    ((_, notice),) = await stage.outbox.claim("w", stage.now, 10, 60)
    assert [item["lead"] for item in notice.facts["items"]] == [7]


async def test_the_last_lead_time_stays(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.LEADS)))
    await alex.presses("30 days", "7 days", "1 day")
    await alex.presses("On the day")
    assert alex.hint == "One is needed; to hear nothing, mute."
    settings = (await alex.held.only()).settings
    assert settings is not None
    assert settings.leads == (0,)


async def test_every_other_part_is_chosen_from_its_screen_and_all_of_it_is_undone(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.presses("Back", "How reminders come", "09:00", "14:00")
    await alex.presses("08:30–17:30", "09:00–18:00", "Beijing time", "Hong Kong")
    await alex.presses("No digest", "Weekly digest", "Repeats: 2", "0")
    assert (await alex.held.only()).settings == ReminderSettings(
        at=time(14), hours=(time(9), time(18)), zone="Asia/Hong_Kong", digest=Digest.WEEKLY, repeats=0
    )
    assert "All of a week comes in one message" in alex.text
    await alex.presses("Back to the defaults")
    assert (await alex.held.only()).settings is None
    assert "Back to the defaults" not in " ".join(alex.labels)


async def test_hours_that_leave_the_time_of_day_outside_offer_the_way_out(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.TYPE, Verb.SPANS)))
    await alex.says("13:00-18:00")
    assert "The time of day, 09:00, would be outside of 13:00–18:00." in alex.text
    assert "Nothing is changed yet." in alex.text
    assert (await alex.held.only()).settings is None
    await alex.presses("Leave it as it was")
    assert (await alex.held.only()).settings is None
    await alex.sends(encode(to(Verb.SPAN, "1300-1800")))
    await alex.presses("✓ 13:00, within 13:00–18:00")
    assert (await alex.held.only()).settings == ReminderSettings(at=time(13), hours=(time(13), time(18)))


@pytest.mark.parametrize(
    ("part", "text", "settings"),
    [
        (Verb.LEADS, "45、10、1", ReminderSettings(leads=(45, 10, 1))),
        (Verb.TIMES, "下午2点半", ReminderSettings(at=time(14, 30))),
        (Verb.SPANS, "8:00-18:00", ReminderSettings(hours=(time(8), time(18)))),
        (Verb.ZONES, "asia/tokyo", ReminderSettings(zone="Asia/Tokyo")),
    ],
)
async def test_what_no_button_offers_is_typed(
    alex: Reader, stage: Stage, part: Verb, text: str, settings: ReminderSettings
) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(part)))
    await alex.presses("Type another")
    assert "/cancel" in alex.text
    await stage.restart()
    await alex.says(text)
    assert "✓ Changed." in alex.text
    assert (await alex.held.only()).settings == settings
    await alex.says(text)  # a question again
    assert "Changed." not in alex.text


@pytest.mark.parametrize(
    ("part", "text", "why"),
    [
        (Verb.LEADS, "10,000 days", "10,000 days is too far ahead: 0 to 365"),
        (Verb.LEADS, "soon", "can't read that as days"),
        (Verb.TIMES, "25:00", "can't read that as a time of day"),
        (Verb.SPANS, "9:00-9:30", "two hours at least"),
        (Verb.ZONES, "Asia/Shangai <b>", "There is no time zone “Asia/Shangai &lt;b&gt;”"),
        (Verb.MUTES, "31 February", "a day there is"),
        (Verb.MUTES, "2月31日", "a day there is"),
        (Verb.MUTES, "2025-01-01", "not ahead"),
        (Verb.MUTES, "2030-01-01", "more than a year ahead"),
        (Verb.MUTES, "x" * 4_000, "a day there is"),
    ],
)
async def test_what_can_not_be_kept_is_refused_and_asked_again(
    alex: Reader, part: Verb, text: str, why: str
) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.TYPE, part)))
    await alex.says(text)
    assert why in alex.text
    assert "Send it again, or /cancel." in alex.text
    await alex.says(None, location={"latitude": 1.0, "longitude": 1.0})
    assert "I can only read text" in alex.text
    await alex.says("/cancel")
    assert "Nothing was changed." in alex.text
    one = await alex.held.only()
    assert (one.settings, one.muted_until) == (None, None)
    await alex.says("/cancel")
    assert "nothing to cancel" in alex.text


async def test_refusals_are_told_in_the_readers_language(stage: Stage) -> None:
    await stock(stage)
    for person, words in ((CHEN, "没有“Mars/Base”这个时区"), (LIN, "沒有「Mars/Base」這個時區")):
        reader = Reader(stage, person)
        await reader.sends(encode(to(Verb.ON, "dt_", 0)))
        await reader.sends(encode(to(Verb.TYPE, Verb.ZONES)))
        await reader.says("Mars/Base")
        assert words in reader.text


async def test_another_command_ends_the_typing(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.TYPE, Verb.LEADS)))
    await alex.says("/help")
    await alex.says("45")
    assert (await alex.held.only()).settings is None


async def test_a_place_that_follows_nothing_is_told_why_nothing_can_be_set(alex: Reader) -> None:
    await alex.sends(encode(to(Verb.MANNER)))
    assert "this can be changed as soon as something is" in alex.text
    for verb, value in ((Verb.LEAD, "7"), (Verb.MUTE, "day"), (Verb.TYPE, Verb.LEADS), (Verb.MUTES, "")):
        await alex.sends(encode(to(verb, value)))
        assert alex.hint == "Nothing is followed here yet. Follow something first."


@pytest.mark.parametrize(
    ("label", "day"), [("Until tomorrow", date(2026, 11, 24)), ("For a week", date(2026, 11, 30))]
)
async def test_a_place_is_muted_for_a_while_and_hears_again(alex: Reader, label: str, day: date) -> None:
    await follows_targets(alex)
    await alex.presses("Back", "Mute", label)
    assert f"Muted until {day:%A}, {day.day} November 2026." in alex.text
    until = (await alex.held.only()).muted_until
    assert until == datetime(2026, 11, day.day - 1, 16, tzinfo=UTC)  # midnight in China
    await alex.presses("Muted", "Unmute now")
    assert (await alex.held.only()).muted_until is None
    assert "Muted until" not in alex.text


async def test_a_day_to_hear_again_is_typed_and_reminders_before_it_are_not_announced(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.presses("Back", "Mute", "Type a day")
    await alex.says("12月20日")
    assert "Muted until Sunday, 20 December 2026." in alex.text
    assert "Next reminder: Thursday, 24 December 2026 09:00" in alex.text


async def test_what_is_followed_while_muted_is_muted_too(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.MUTE, "month")))
    await alex.sends(encode(to(Verb.ON, "dp_", 0)))
    first, second = await alex.held.all()
    assert first.muted_until == second.muted_until is not None


async def test_a_mute_that_is_over_is_none(alex: Reader, stage: Stage) -> None:
    await follows_targets(alex)
    await alex.sends(encode(to(Verb.MUTE, "day")))
    stage.now = MONDAY.replace(day=26)
    await alex.says("/mine")
    assert "Muted until" not in alex.text


async def told(reader: Reader, stage: Stage) -> About:
    """The year's end comes, and the place was told of a target and a stage."""
    await reader.sends(encode(to(Verb.ON, "dp_", 0)))
    stage.now = datetime(2026, 12, 28, 2, tzinfo=UTC)
    await stage.reminding.replan()
    first, *_ = await reader.held.open()
    chat, topic = reader.held.place
    return About(chat_id=chat, thread_id=topic, occurrence=first.id)


async def test_what_is_open_is_shown_the_overdue_first_and_can_be_done(alex: Reader, stage: Stage) -> None:
    await told(alex, stage)
    await alex.says("/mine")
    assert "📌 Open: 2" in alex.text
    assert "(3 days left)" in alex.text
    stage.now = datetime(2027, 1, 4, 2, tzinfo=UTC)
    await alex.says("/mine")
    assert "Open: 2 (2 overdue)" in alex.text
    await alex.presses("Open: 2")
    assert "⚠️ Main stage: ends · by the end of 2026 (4 days overdue)" in alex.text
    await alex.presses("☑️ 1")
    assert alex.hint == "Marked as done."
    assert "Main stage: ends · Marked as done." in alex.text
    assert "Open: 1 (1 overdue)" in alex.text
    done = await Standings(stage.db).some(ALEX["id"], None, range(1, 50))
    assert [(one.done_by, one.done_name) for one in done.values() if one.done_at] == [(ALEX["id"], "Alex")]
    await alex.presses("Undo")
    assert alex.hint == "It is open again."
    assert len(await alex.held.open()) == 2


async def test_done_twice_or_undone_twice_is_said_and_noted_once(alex: Reader, stage: Stage) -> None:
    about = await told(alex, stage)
    done, undo = encode(to(Verb.DONE, about.occurrence, 0)), encode(to(Verb.UNDO, about.occurrence, 0))
    await alex.sends(done)
    await alex.sends(done)
    assert alex.hint == "It was marked as done already."
    await alex.sends(undo)
    await alex.sends(undo)
    assert alex.hint == "It was not marked as done."
    stranger = Reader(stage, CHEN)  # who was never told of it
    await stranger.sends(done)
    assert stranger.hint == "这一条已经不在了。"
    assert len(await alex.held.open()) == 2


async def test_what_is_silenced_can_be_heard_of_again(alex: Reader, stage: Stage) -> None:
    about = await told(alex, stage)
    await Standings(stage.db).silence(about, ALEX["id"], stage.now)
    await alex.says("/mine")
    assert "📌 Open: 1" in alex.text
    await alex.presses("Silenced: 1")
    assert "1. Main stage: ends" in alex.text
    await alex.presses("🔔 1")
    assert alex.hint == "You will hear of it again."
    assert not await Standings(stage.db).silenced(ALEX["id"], None)
    assert "Nothing is silenced here." in alex.text


async def test_the_next_reminder_is_none_that_was_told_already(alex: Reader, stage: Stage) -> None:
    stage.now = datetime(2026, 12, 24, 2, tzinfo=UTC)
    await follows_targets(alex)  # the reminder of seven days before comes at once
    await alex.presses("Back", "How reminders come", "🕘", "14:00")
    await alex.says("/mine")
    assert "Next reminder: Wednesday, 30 December 2026 14:00" in alex.text


async def test_of_what_is_done_no_reminder_is_next(alex: Reader, stage: Stage) -> None:
    about = await told(alex, stage)
    await alex.says("/mine")
    assert "Next reminder: Wednesday, 30 December 2026 09:00" in alex.text
    for one in await alex.held.open():
        await Standings(stage.db).done(replace(about, occurrence=one.id), ALEX["id"], "Alex", stage.now)
    await alex.says("/mine")
    assert "Next reminder: Friday, 12 February 2027 09:00, Consumer Rights Day." in alex.text


async def test_the_next_reminder_leaves_out_what_is_silenced(alex: Reader, stage: Stage) -> None:
    await follows_targets(alex)
    chat, _ = alex.held.place
    ahead = await Standings(stage.db).some(chat, None, range(1, 50))
    (number,) = [key for key, one in ahead.items() if one.facts["fact"] == "T2"]
    await Standings(stage.db).silence(About(chat_id=chat, occurrence=number), 1, stage.now)
    await alex.says("/mine")
    assert "Next reminder" not in alex.text


async def test_the_language_is_chosen_from_there(alex: Reader) -> None:
    await follows_targets(alex)
    await alex.presses("Back", "Language", "简体中文")
    assert "简体中文" in alex.text
    await alex.says("/mine")
    assert "您关注的内容" in alex.text
    assert "提前 30、7、1 天及当天，09:00 提醒（北京时间）。" in alex.text


@pytest.mark.parametrize("chat", [GROUP, FORUM], ids=["group", "forum"])
async def test_in_a_group_anybody_looks_and_only_its_administrators_change(
    stage: Stage, chat: dict[str, object]
) -> None:
    await stock(stage)
    stage.telegram.roles[ALEX["id"]] = "administrator"
    admin, member = Reader(stage, ALEX, chat=chat), Reader(stage, CHEN, chat=chat)
    await follows_targets(admin)
    await member.says("/mine")
    assert "What this group follows" in member.text or "本群关注" in member.text
    before = await member.held.all()
    for verb in DECIDING:
        await member.sends(encode(to(verb, "0")))
        assert member.hint in {
            "In a group only its administrators can change that.",
            "在群组里只有群管理员可以更改。",
        }
    assert await member.held.all() == before
    for verb in (Verb.MANNER, Verb.LEADS, Verb.MUTES, Verb.MORE, Verb.HERE):
        await member.sends(encode(to(verb)))
        assert member.text


async def test_in_a_group_nothing_is_typed(stage: Stage) -> None:
    await stock(stage)
    stage.telegram.roles[ALEX["id"]] = "creator"
    admin = Reader(stage, ALEX, chat=GROUP)
    await follows_targets(admin)
    for verb in (Verb.LEADS, Verb.TIMES, Verb.SPANS, Verb.ZONES, Verb.MUTES):
        await admin.sends(encode(to(verb)))
        assert "In a group only what stands here can be chosen." in admin.text
        assert not [label for label in admin.labels if "Type" in label]
        await admin.sends(encode(to(Verb.TYPE, verb)))
        assert admin.hint
        assert not stage.conversations.in_dialog(ALEX["id"])
    await admin.sends(encode(to(Verb.LEAD, "90")))
    settings = (await admin.held.only()).settings
    assert settings is not None
    assert settings.leads == (90, 30, 7, 1, 0)


async def test_a_topic_looks_after_itself(stage: Stage) -> None:
    await stock(stage)
    stage.telegram.roles[ALEX["id"]] = "administrator"
    topic = Reader(stage, ALEX, chat=FORUM, message_thread_id=TOPIC, is_topic_message=True)
    await follows_targets(topic)
    await topic.sends(encode(to(Verb.MUTE, "week")))
    assert "What this topic follows" in topic.text
    assert (await topic.held.only()).thread_id == TOPIC
    assert not await Reader(stage, ALEX, chat=FORUM).held.all()


async def test_in_a_group_a_member_may_say_that_something_is_done(stage: Stage) -> None:
    await stock(stage)
    stage.telegram.roles[ALEX["id"]] = "administrator"
    admin, member = Reader(stage, ALEX, chat=GROUP), Reader(stage, CHEN, chat=GROUP)
    about = await told(admin, stage)
    await member.sends(encode(to(Verb.DONE, about.occurrence, 0)))
    stand = await Standings(stage.db).of(about)
    assert stand is not None
    assert (stand.done_by, stand.done_name) == (CHEN["id"], "晓 陈")


@pytest.mark.parametrize(
    "data",
    [
        "mnonsense",
        "mon.",
        "mon.0.",
        "mon.x.dt_",
        "mon.0.zzz",
        "mlist",
        "mlist.99999.",
        "mlead.400",
        "mlead.-1",
        "mtime.2500",
        "mspan.0900",
        "mzone.Mars/Base",
        "mdigest.hourly",
        "mrepeat.9",
        "mmute.forever",
        "mtype.zone",
        "mdone.0.x",
        "mhear.0.123456789",
    ],
)
async def test_a_forged_or_old_button_is_answered_and_changes_nothing(alex: Reader, data: str) -> None:
    await follows_targets(alex)
    before = await alex.held.all()
    await alex.sends(data)
    assert alex.hint
    assert [call["method"] for call in alex.calls] == ["answerCallbackQuery"]
    assert await alex.held.all() == before


@pytest.mark.parametrize(
    "code", ["dpgone_", "dthill-2024_T9", "de_99", "dp_X", "dahill-2024_F1", "dg_", "dbhill-2024_"]
)
async def test_what_was_deleted_can_not_be_followed_by_an_old_button(alex: Reader, code: str) -> None:
    await alex.sends(f"mon.0.{code}")
    assert alex.hint == "That is no longer there."
    assert not await alex.held.all()


def test_every_button_fits() -> None:
    longest = f"d{'t'}{'p' * 32}_{'T' * 16}"
    for verb in (Verb.ON, Verb.OFF, Verb.DROP):
        assert len(encode(to(verb, longest, 999))) <= 64
    assert len(encode(to(Verb.ZONE, "America/Argentina/ComodRivadavia@999999"))) <= 64


async def test_a_collection_day_is_followed_with_its_kind(alex: Reader, stage: Stage) -> None:
    monthly = AddedDate(
        kind=EventKind.COLLECTION,
        name=Name(zh="报送数据", en="Send figures"),
        first=date(2026, 1, 28),
        rule="FREQ=MONTHLY;BYMONTHDAY=28",
    )
    await Dates(stage.db).add(monthly, 1, stage.now)
    await alex.says("/mine")
    await alex.presses("Follow more", "Data collection days")
    assert "Friday, 27 November 2026 09:00" in alex.text or "at once" in alex.text
