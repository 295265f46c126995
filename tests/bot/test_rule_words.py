"""Rules in words: they read well, and typed as they stand they are read as the same rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.rules import flaw_words, remark_words, rule_words, time_lines
from bot.words.translations import gettext
from domain.events import Lunar, Rule, Span
from domain.languages import Language
from domain.workdays import Workdays
from scheduler.repetition import LAST, Repeat, Repetition, Stated, begun, next_times, yearly
from scheduler.typed.lines import DateLine, Flaw, read_line
from tests.scheduler.test_repetition import REPETITIONS

SUNDAY = date(2026, 11, 22)
ENGLISH, SIMPLIFIED, TRADITIONAL = (
    gettext(one) for one in (Language.ENGLISH, Language.SIMPLIFIED, Language.TRADITIONAL)
)


def once(first: date, lasts: int) -> Span:
    return Span(first=first, last=first + timedelta(lasts - 1))


AHEAD = st.dates(SUNDAY, date(2090, 1, 1))
LASTS = st.integers(1, 31)
WHENS = st.one_of(
    st.builds(once, AHEAD, st.integers(1, 170)),
    st.builds(Lunar, month=st.integers(1, 12), day=st.integers(1, 30), days=LASTS),
    st.builds(lambda its, lasts: begun(its, SUNDAY, lasts), REPETITIONS, LASTS),
    st.builds(
        yearly,
        st.dates(SUNDAY, SUNDAY + timedelta(364)).filter(lambda day: (day.month, day.day) != (2, 29)),
        LASTS,
    ),
)


@given(WHENS, st.sampled_from(Language))
def test_the_words_of_any_rule_are_read_as_that_rule(when: Stated, language: Language) -> None:
    t = gettext(language)
    line = f"{rule_words(when, t)}{' ' if t.chinese else ': '}{'例会' if t.chinese else 'talks'}"
    assert read_line(line, SUNDAY) == DateLine(name="例会" if t.chinese else "talks", when=when), line


@pytest.mark.parametrize(
    ("when", "english", "chinese", "traditional"),
    [
        (once(date(2027, 3, 15), 1), "15 March 2027", "2027年3月15日", "2027年3月15日"),
        (
            begun(Repetition(repeat=Repeat.MONTH, day=28), SUNDAY),
            "every month on the 28th",
            "每月28日",
            "每月28日",
        ),
        (
            begun(Repetition(repeat=Repeat.MONTH, nth=2, weekday=5), SUNDAY),
            "every month on the second Friday",
            "每月第二个星期五",
            "每月第二個星期五",
        ),
        (
            begun(Repetition(repeat=Repeat.QUARTER, month=1, day=10), SUNDAY),
            "every quarter on the 10th of the first month",
            "每季度第一个月10日",
            "每季度第一個月10日",
        ),
        (
            begun(Repetition(repeat=Repeat.QUARTER, month=3, day=LAST), SUNDAY),
            "every quarter on the last day",
            "每季度最后一天",
            "每季度最後一天",
        ),
        (
            yearly(date(2027, 10, 14), 7),
            "every year on 14 October for 7 days",
            "每年10月14日起7天",
            "每年10月14日起7天",
        ),
        (yearly(date(2027, 9, 1), 30), "every September", "每年9月", "每年9月"),
        (
            Lunar(month=8, day=15),
            "every year on the 15th day of the 8th month of the lunar calendar",
            "每年农历八月十五",
            "每年農曆八月十五",
        ),
        (
            Lunar(month=12, day=23, days=2),
            "every year on the 23rd day of the 12th month of the lunar calendar for 2 days",
            "每年农历腊月廿三起2天",
            "每年農曆臘月廿三起2天",
        ),
    ],
)
def test_rules_read_well(when: Stated, english: str, chinese: str, traditional: str) -> None:
    assert rule_words(when, ENGLISH) == english
    assert rule_words(when, SIMPLIFIED) == chinese
    assert rule_words(when, TRADITIONAL) == traditional


def test_a_rule_of_another_form_is_shown_as_it_is() -> None:
    odd = Rule(first=SUNDAY, text="FREQ=DAILY;COUNT=3")
    assert rule_words(odd, ENGLISH) == "by a rule of its own: FREQ=DAILY;COUNT=3"


def test_it_is_said_what_happens_in_a_month_without_that_day() -> None:
    assert "month's last" in remark_words(begun(Repetition(repeat=Repeat.MONTH, day=29), SUNDAY), ENGLISH)
    assert not remark_words(begun(Repetition(repeat=Repeat.MONTH, day=28), SUNDAY), ENGLISH)
    assert not remark_words(begun(Repetition(repeat=Repeat.MONTH, day=LAST), SUNDAY), ENGLISH)
    assert "the 29th" in remark_words(Lunar(month=8, day=30), ENGLISH)


def test_times_name_the_working_day_that_is_told_on() -> None:
    workdays = Workdays(make_up=frozenset({date(2026, 11, 28)}), published=frozenset({2026}))
    week = next_times(begun(Repetition(repeat=Repeat.WEEK, weekday=6), SUNDAY), SUNDAY, 2)
    assert time_lines(week, SUNDAY, workdays, ENGLISH) == [
        "Next times:",
        "• Saturday, 28 November 2026 (in 6 days)",
        "• Saturday, 5 December 2026: a day off, told on 4 December 2026",
    ]
    later = next_times(once(date(2027, 3, 15), 1), SUNDAY, 2)
    assert "not published yet" in time_lines(later, SUNDAY, workdays, ENGLISH)[-1]
    assert time_lines([], SUNDAY, workdays, ENGLISH) == ["It does not come any more."]


@pytest.mark.parametrize("language", Language)
def test_each_flaw_has_its_own_words(language: Language) -> None:
    said = [flaw_words(flaw, gettext(language)) for flaw in Flaw]
    assert len(set(said)) == len(Flaw)
    assert "{" not in "".join(said)
