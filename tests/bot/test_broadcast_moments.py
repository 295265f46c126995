"""Times that people type, and spans of time in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.moments import LATEST, Preset, of_preset, read_moment
from bot.refusal import Refusal
from bot.texts import gettext
from bot.words.moments import SHANGHAI, lasting, moment
from domain.languages import Language

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday, 20:00 in China


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-12-01 09:30", "2026-12-01 09:30"),
        ("2026/12/1 9:30", "2026-12-01 09:30"),
        ("2026年12月1日9点半", "2026-12-01 09:30"),
        ("2026年12月1日 下午3点", "2026-12-01 15:00"),
        ("12月1日9点", "2026-12-01 09:00"),
        ("1月5日 10:00", "2027-01-05 10:00"),
        ("明天9点", "2026-11-23 09:00"),
        ("明早9点", "2026-11-23 09:00"),
        ("今晚9点", "2026-11-22 21:00"),
        ("后天上午10时20分", "2026-11-24 10:20"),
        ("後天 14:00", "2026-11-24 14:00"),
        ("tomorrow 9:00", "2026-11-23 09:00"),
        ("Tomorrow at 9 pm", "2026-11-23 21:00"),
        ("２１：３０", "2026-11-22 21:30"),
        ("12 am tomorrow", None),
        ("9", None),
        ("", None),
        ("明天", None),
        ("2026-02-30 09:00", None),
        ("明天25点", None),
        ("2026-12-01 09:30 请准时", None),
    ],
)
def test_a_time_is_read_on_the_clock_of_china(text: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(Refusal, match="can't read"):
            read_moment(text, NOW)
    else:
        at = read_moment(text, NOW)
        assert f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == read
        assert at.tzinfo is UTC


@pytest.mark.parametrize("text", ["2025-01-01 10:00", "今天 20:00", "19:59", "2026-11-22 8:00"])
def test_a_time_in_the_past_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="has passed"):
        read_moment(text, NOW)


def test_a_time_too_far_ahead_is_refused() -> None:
    with pytest.raises(Refusal, match="more than a year"):
        read_moment("2028-01-01 10:00", NOW)


@given(st.text(max_size=40), st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1)))  # noqa: DTZ001 - made aware below
def test_whatever_is_typed_is_a_time_ahead_or_refused(text: str, now: datetime) -> None:
    now = now.replace(tzinfo=UTC)
    try:
        at = read_moment(text, now)
    except Refusal:
        return
    assert now < at <= now + LATEST


@given(st.datetimes(datetime(2026, 11, 22, 21), datetime(2027, 11, 22)))  # noqa: DTZ001 - on the clock of China
def test_a_time_written_in_full_comes_back(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
    for form in (f"{at:%Y-%m-%d %H:%M}", f"{at.year}年{at.month}月{at.day}日{at.hour}点{at.minute}分"):
        assert read_moment(form, NOW) == at


@pytest.mark.parametrize(
    ("now", "monday"),
    [("2026-11-22", "2026-11-23"), ("2026-11-23", "2026-11-30"), ("2026-11-24", "2026-11-30")],
)
def test_next_monday_is_never_today(now: str, monday: str) -> None:
    there = datetime.fromisoformat(now).replace(hour=8, tzinfo=SHANGHAI)
    assert f"{of_preset(Preset.MONDAY, there).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == f"{monday} 09:00"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ("0秒", "0 秒", "0 sec")),
        (370, ("6分钟10秒", "6 分鐘 10 秒", "6 min 10 sec")),
        (3600, ("1小时", "1 小時", "1 hr")),
        (90_061, ("1天1小时", "1 天 1 小時", "1 day 1 hr")),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(seconds: int, words: tuple[str, ...]) -> None:
    said = tuple(lasting(timedelta(seconds=seconds), gettext(language)) for language in Language)
    assert said == words


def test_an_instant_is_told_in_each_language() -> None:
    said = [moment(NOW, gettext(language)) for language in Language]
    assert said == ["2026年11月22日 20:00", "2026年11月22日 20:00", "22 November 2026 20:00"]
