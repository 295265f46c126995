"""Settings as people type them: read as they are meant, or refused in words; what is kept can be kept to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mine.changes import HOURS, LEADS, REPEATS, TIMES, ZONES, Outside, pressed, typed, written
from bot.mine.typed import read_day, read_hours, read_leads, read_time, read_zone, start_of
from bot.mine.verbs import Verb
from bot.refusal import Refusal
from bot.texts import gettext
from bot.words.settings import manner_lines
from domain.languages import Language
from domain.reminders import Digest, ReminderSettings

TODAY = date(2026, 11, 22)
USUAL = ReminderSettings()
TYPED = (Verb.LEADS, Verb.TIMES, Verb.SPANS, Verb.ZONES)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("45, 10, 1", (45, 10, 1)),
        ("30,7,1", (30, 7, 1)),
        ("1 7 30 7", (30, 7, 1)),
        ("提前三十天、七天和当天", (30, 7, 0)),
        ("提前３０日，當天", (30, 0)),
        ("30 days before and on the day", (30, 0)),
        ("365", (365,)),
        ("0", (0,)),
    ],
)
def test_days_before_are_read_however_they_are_listed(text: str, leads: tuple[int, ...]) -> None:
    assert read_leads(text) == leads


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("10000", "10000 days is too far ahead"),
        ("10,000 days", "10,000 days is too far ahead"),
        ("366", "0 to 365"),
        ("-5", "can't read"),
        ("1.5", "can't read"),
        ("soon", "can't read"),
        ("", "can't read"),
        ("7 apples", "can't read"),
        ("1 2 3 4 5 6 7 8 9 10 11", "10 different days at most"),
    ],
)
def test_days_that_can_not_be_kept_to_are_refused(text: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        read_leads(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9:15", time(9, 15)),
        ("９：３０", time(9, 30)),
        ("9", time(9)),
        ("9点", time(9)),
        ("下午2点半", time(14, 30)),
        ("下午 3 點 5 分", time(15, 5)),
        ("3pm", time(15)),
        ("12 am", time(0)),
        ("中午12点", time(12)),
    ],
)
def test_a_time_of_day_is_read_in_both_languages(text: str, at: time) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize("text", ["25:00", "9:61", "noonish", "9:00 tomorrow", "", "-1", "9:5:3"])
def test_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="time of day"):
        read_time(text)


def test_hours_are_two_times_of_day() -> None:
    assert read_hours("8:30-17:30") == (time(8, 30), time(17, 30))
    assert read_hours("上午9点到下午6点") == (time(9), time(18))
    assert read_hours("9am to 5pm") == (time(9), time(17))
    for text in ("8:30", "8:30-", "8-9-10", "from nine to five", "25:00-26:00"):
        with pytest.raises(Refusal):
            read_hours(text)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        (" asia/tokyo ", "Asia/Tokyo"),
        ("new york", "America/New_York"),
        ("北京", "Asia/Shanghai"),
        ("烏魯木齊", "Asia/Urumqi"),
        ("utc", "UTC"),
    ],
)
def test_a_time_zone_is_known_by_its_name_or_its_city(text: str, zone: str) -> None:
    assert read_zone(text) == zone


def test_a_time_zone_that_does_not_exist_is_refused_and_the_nearest_named() -> None:
    with pytest.raises(Refusal, match=r"no time zone “Asia/Shangai”\. Did you mean Asia/Shanghai"):
        read_zone("Asia/Shangai")
    with pytest.raises(Refusal, match="One looks like Asia/Shanghai"):
        read_zone("Mars/Olympus Mons")
    with pytest.raises(Refusal):
        read_zone("../../etc/passwd")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("12月31日", date(2026, 12, 31)),
        ("3月1日", date(2027, 3, 1)),  # the next one
        ("31 December 2026", date(2026, 12, 31)),
        ("明天", date(2026, 11, 23)),
    ],
)
def test_a_day_is_read_without_its_year_too(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 February", "a day there is"),
        ("2月31日", "a day there is"),
        ("2027-02-31", "a day there is"),
        ("2月29日", "a day there is"),  # the next one is in a year that has none
        ("12月", "a day there is"),
        ("whenever", "a day there is"),
        ("2025-01-01", "not ahead"),
        ("今天", "not ahead"),
        ("2030-01-01", "more than a year"),
    ],
)
def test_a_day_that_there_is_not_or_that_is_past_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        read_day(text, TODAY)


def test_a_day_begins_by_the_clock_of_the_place() -> None:
    assert start_of(TODAY, "Asia/Shanghai") == datetime(2026, 11, 21, 16, tzinfo=UTC)


@given(st.one_of(st.text(), st.from_regex(r"[0-9 ,:.\-天点半至下午pmto]{0,24}", fullmatch=True)))
def test_whatever_is_typed_is_refused_in_words_or_gives_settings_that_can_be_kept(text: str) -> None:
    for verb in TYPED:
        settings = settings_or_words(verb, text)
        if isinstance(settings, ReminderSettings):
            assert ReminderSettings.from_text(settings.to_text()) == settings
            ZoneInfo(settings.zone)
        else:
            assert all(words.strip() for words in settings)
    assert day_or_none(text) is None or read_day(text, TODAY) > TODAY


def settings_or_words(verb: Verb, text: str) -> ReminderSettings | list[str]:
    """The settings, those of the way out where there is one, or the refusal in each language."""
    try:
        return typed(verb, text, USUAL)
    except Outside as problem:
        return problem.remedy
    except Refusal as refusal:
        return [refusal.words(gettext(language)) for language in Language]


def day_or_none(text: str) -> date | None:
    try:
        return read_day(text, TODAY)
    except Refusal:
        return None


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), max_size=40))
def test_whatever_a_button_carries_is_left_alone_or_gives_settings_that_can_be_kept(value: str) -> None:
    for verb in Verb:
        try:
            settings = pressed(verb, value, USUAL)
        except Refusal:
            continue
        assert settings is None or ReminderSettings.from_text(settings.to_text()) == settings


def test_every_button_gives_what_it_shows() -> None:
    wide = replace(USUAL, hours=(time(0), time(23, 59)), at=time(12))
    for lead in LEADS:
        assert (lead in changed(Verb.LEAD, f"{lead}").leads) is (lead not in USUAL.leads)
    assert [changed(Verb.TIME, written(at), wide).at for at in TIMES] == list(TIMES)
    assert [changed(Verb.SPAN, written(*hours)).hours for hours in HOURS] == list(HOURS)
    assert [changed(Verb.ZONE, zone).zone for zone in ZONES] == list(ZONES)
    assert [changed(Verb.DIGEST, digest.value).digest for digest in Digest] == list(Digest)
    assert [changed(Verb.REPEAT, f"{n}").repeats for n in REPEATS] == list(REPEATS)
    assert changed(Verb.USUAL, "", wide) == USUAL


def changed(verb: Verb, value: str, settings: ReminderSettings = USUAL) -> ReminderSettings:
    found = pressed(verb, value, settings)
    assert found is not None
    return found


def test_the_last_lead_time_stays() -> None:
    with pytest.raises(Refusal, match="One is needed"):
        pressed(Verb.LEAD, "7", replace(USUAL, leads=(7,)))


def test_a_time_outside_of_the_hours_comes_with_hours_that_hold_it() -> None:
    with pytest.raises(Outside, match="07:00 is outside of the hours, 08:30–17:30") as found:
        typed(Verb.TIMES, "7:00", USUAL)
    assert (found.value.remedy.at, found.value.remedy.hours) == (time(7), (time(7), time(17, 30)))


def test_hours_without_the_time_of_day_come_with_one_that_they_hold() -> None:
    with pytest.raises(Outside, match="09:00, would be outside of 13:00–18:00") as found:
        typed(Verb.SPANS, "13:00-18:00", USUAL)
    remedy = found.value.remedy
    assert (remedy.at, remedy.hours) == (time(13), (time(13), time(18)))
    assert pressed(Verb.SPAN, written(*remedy.hours, remedy.at), USUAL) == remedy


@pytest.mark.parametrize("text", ["9:00-10:00", "17:00-9:00", "22:00-6:00"])
def test_hours_that_are_too_short_or_end_on_the_next_day_are_refused(text: str) -> None:
    with pytest.raises(Refusal, match="two hours at least"):
        typed(Verb.SPANS, text, USUAL)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "change",
    [
        lambda one: one,
        lambda one: replace(one, leads=(0,), repeats=0, digest=Digest.DAILY),
        lambda one: replace(one, leads=(1,), repeats=1, digest=Digest.WEEKLY, zone="UTC"),
        lambda one: replace(one, leads=(90, 45), repeats=3, zone="Europe/London"),
    ],
)
def test_settings_are_told_in_whole_sentences(
    language: Language, change: Callable[[ReminderSettings], ReminderSettings]
) -> None:
    settings = change(USUAL)
    lines = manner_lines(settings, gettext(language))
    assert len(lines) == 4
    for lead in settings.leads:
        assert not lead or f"{lead}" in lines[0]
    assert "09:00" in lines[0]
    assert "08:30–17:30" in lines[1]
