"""The planner's promises, for any events, settings, working days and now."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.events import Event, EventKind, Lunar, Occurrence, Rule, When
from domain.plans import Plan, over_before
from domain.policy import Name
from domain.reminders import Digest, ReminderSettings
from domain.timeline import Deadline, Precision, Yearly
from domain.workdays import Workdays
from scheduler.holidays import workdays
from scheduler.planner import HORIZON, plan
from tests.domain.test_reminders import settings as any_settings

CHINA = workdays()
NOW = datetime(2025, 1, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def named(when: When, number: int = 1) -> Event:
    return Event(key=f"river-2025/target/T{number}", kind=EventKind.TARGET, name=Name(zh="水质"), when=when)


def due(day: date) -> Event:
    return named(Deadline(day, Precision.DAY))


deadlines = st.builds(Deadline, st.dates(date(2024, 6, 1), date(2029, 3, 1)), st.just(Precision.DAY))
whens: st.SearchStrategy[When] = st.one_of(
    deadlines,
    st.sampled_from(
        [Yearly.parse("09"), Yearly.parse("02-29"), Yearly.parse("12-31"), Yearly.parse("01-01")]
    ),
    st.builds(Lunar, month=st.integers(1, 12), day=st.integers(1, 30)),
    st.builds(
        Rule,
        first=st.dates(date(2024, 1, 1), date(2025, 6, 30)),
        text=st.sampled_from(["FREQ=MONTHLY;BYMONTHDAY=28", "FREQ=YEARLY"]),
    ),
)
events = st.lists(whens, max_size=4).map(lambda some: [named(one, n) for n, one in enumerate(some)])
profiles = st.lists(any_settings(), min_size=1, max_size=3).map(lambda some: dict(enumerate(some)))
nows = st.datetimes(datetime(2025, 1, 1), datetime(2027, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them naive
days_off = st.builds(
    Workdays,
    days_off=st.frozensets(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=30),
    make_up=st.frozensets(
        st.dates(date(2025, 1, 1), date(2026, 12, 31)).filter(lambda day: day.weekday() > 4), max_size=9
    ),
    published=st.just(frozenset({2025, 2026})),
)


def keys(made: Plan) -> Counter[tuple[str, int, int]]:
    return Counter((one.occurrence.id, one.lead, one.profile) for one in made.moments)


@given(events, profiles, nows, days_off)
def test_no_key_comes_twice_and_every_time_with_every_lead_comes_once(
    some: list[Event], ways: dict[int, ReminderSettings], now: datetime, calendar: Workdays
) -> None:
    made = plan(some, ways, now, calendar)
    until = over_before(now) + HORIZON
    expected = {
        (one.id, lead, number)
        for one in made.occurrences
        for number, way in ways.items()
        for lead in way.leads
        if one.day - lead * DAY <= until
        if lead == min(way.leads) or one.gap is None or 4 * lead <= 3 * one.gap
    }
    assert keys(made) == Counter(expected)
    assert len({(one.event.key, one.key) for one in made.occurrences}) == len(made.occurrences)
    assert all(one.last >= over_before(now) for one in made.occurrences)


@given(events, profiles, nows, days_off)
def test_every_moment_is_in_office_hours_of_a_working_day_on_its_day_or_before(
    some: list[Event], ways: dict[int, ReminderSettings], now: datetime, calendar: Workdays
) -> None:
    for one in plan(some, ways, now, calendar).moments:
        way = ways[one.profile]
        day = way.day_of(one.at)
        wanted = one.occurrence.day - one.lead * DAY
        assert calendar.is_workday(day)
        assert way.within_hours(one.at)
        assert day <= wanted
        if way.digest is not Digest.WEEKLY:
            assert not any(calendar.is_workday(day + n * DAY) for n in range(1, (wanted - day).days + 1))


@given(events, profiles, nows, st.integers(0, 30 * 24))
def test_planning_later_moves_nothing_and_drops_only_what_is_over(
    some: list[Event], ways: dict[int, ReminderSettings], now: datetime, hours: int
) -> None:
    later = now + timedelta(hours=hours)
    before = {(m.occurrence, m.lead, m.profile): m for m in plan(some, ways, now, CHINA).moments}
    after = {(m.occurrence, m.lead, m.profile): m for m in plan(some, ways, later, CHINA).moments}
    assert all(after[key] == before[key] for key in before.keys() & after.keys())
    assert all(key[0].last < over_before(later) for key in before.keys() - after.keys())
    horizon = over_before(now) + HORIZON
    assert all(key[0].day - key[1] * DAY > horizon for key in after.keys() - before.keys())
    again = plan(some, ways, now, CHINA)
    assert again.fingerprint == plan(some, ways, now, CHINA).fingerprint


@given(events, deadlines, deadlines, profiles, nows)
def test_a_moved_date_moves_exactly_its_own(
    others: list[Event], was: Deadline, now_is: Deadline, ways: dict[int, ReminderSettings], now: datetime
) -> None:
    moved = "river-2025/target/T99"
    first = plan([*others, named(was, 99)], ways, now, CHINA)
    second = plan([*others, named(now_is, 99)], ways, now, CHINA)

    def others_of(made: Plan) -> set[object]:
        return {one for one in made.moments if one.occurrence.event.key != moved}

    assert others_of(first) == others_of(second)
    assert (first.fingerprint == second.fingerprint) == (
        was == now_is or all(one.event.key != moved for one in (*first.occurrences, *second.occurrences))
    )


def moments(one: Event, way: ReminderSettings, now: datetime = NOW) -> dict[tuple[str, int], str]:
    zone = ZoneInfo(way.zone)
    return {
        (it.occurrence.key, it.lead): f"{it.at.astimezone(zone):%Y-%m-%d %H:%M}"
        for it in plan([one], {0: way}, now, CHINA).moments
    }


def test_the_end_of_a_year_is_told_before_it_and_on_working_days() -> None:
    assert moments(due(date(2025, 12, 31)), ReminderSettings()) == {
        ("", 30): "2025-12-01 09:00",
        ("", 7): "2025-12-24 09:00",
        ("", 1): "2025-12-30 09:00",
        ("", 0): "2025-12-31 09:00",
    }


def test_a_day_in_a_long_holiday_is_told_before_it_and_a_make_up_day_on_itself() -> None:
    way = ReminderSettings(leads=(1, 0))
    assert moments(due(date(2025, 10, 5)), way) == {("", 1): "2025-09-30 09:00", ("", 0): "2025-09-30 09:00"}
    assert moments(due(date(2025, 9, 28)), way) == {("", 1): "2025-09-26 09:00", ("", 0): "2025-09-28 09:00"}


def test_a_leap_day_is_told_in_leap_years_and_a_year_before_counts_it() -> None:
    leap = named(Rule(first=date(2024, 2, 29), text="FREQ=YEARLY"))
    way = ReminderSettings(leads=(365, 0))
    now = datetime(2027, 2, 1, tzinfo=UTC)
    assert moments(leap, way, now) == {("2028", 365): "2027-03-01 09:00", ("2028", 0): "2028-02-29 09:00"}


def test_a_berlin_office_is_told_at_nine_by_its_own_clock_in_summer_and_winter() -> None:
    way = ReminderSettings(leads=(30, 0), zone="Europe/Berlin")
    instants = {it.lead: it.at for it in plan([due(date(2025, 4, 11))], {0: way}, NOW, CHINA).moments}
    assert instants == {
        30: datetime(2025, 3, 12, 8, tzinfo=UTC),
        0: datetime(2025, 4, 11, 7, tzinfo=UTC),
    }


def test_years_without_published_days_are_provisional_until_the_data_comes() -> None:
    event, way = due(date(2027, 2, 12)), {0: ReminderSettings(leads=(30, 0))}
    now = datetime(2026, 11, 22, tzinfo=UTC)
    made = plan([event], way, now, CHINA)
    assert [(one.lead, one.provisional) for one in made.moments] == [(30, True), (0, True)]
    published = Workdays(days_off=frozenset({date(2027, 2, 12)}), published=frozenset({2026, 2027}))
    later = plan([event], way, now, published)
    assert [one.provisional for one in later.moments] == [False, False]
    assert [way[0].day_of(one.at) for one in later.moments] == [date(2027, 1, 13), date(2027, 2, 11)]
    assert later.fingerprint != made.fingerprint


def test_what_lies_beyond_the_horizon_is_planned_when_it_comes_nearer() -> None:
    vision = due(date(2035, 12, 31))
    assert plan([vision], {0: ReminderSettings()}, NOW, CHINA).moments == ()
    near = plan([vision], {0: ReminderSettings()}, datetime(2035, 1, 1, tzinfo=UTC), CHINA)
    assert len(near.moments) == 4


def test_the_chinese_calendar_knows_published_years_and_the_law_for_the_next() -> None:
    assert CHINA.is_workday(date(2025, 1, 26))  # a Sunday before Spring Festival
    assert not CHINA.is_workday(date(2025, 10, 8))
    assert not CHINA.provisional(date(2025, 10, 8))
    after = max(CHINA.published) + 1
    assert not CHINA.is_workday(date(after, 10, 1))
    assert CHINA.provisional(date(after, 10, 1))


def test_a_time_over_everywhere_is_not_planned_and_one_that_lasts_somewhere_is() -> None:
    event = due(date(2025, 6, 30))
    ends = datetime(2025, 7, 1, 12, tzinfo=UTC)  # when the day ends in the last place on earth

    def ahead(now: datetime) -> tuple[Occurrence, ...]:
        return plan([event], {0: ReminderSettings()}, now, CHINA).occurrences

    assert len(ahead(ends - timedelta(seconds=1))) == 1
    assert ahead(ends) == ()


def test_thirty_days_before_what_comes_every_month_nothing_is_told() -> None:
    monthly = named(Rule(first=date(2024, 1, 28), text="FREQ=MONTHLY;BYMONTHDAY=28"))
    told = moments(monthly, ReminderSettings(leads=(30, 7, 0)))
    assert {lead for _, lead in told} == {7, 0}
    assert {lead for _, lead in moments(monthly, ReminderSettings(leads=(60, 30)))} == {30}
    yearly = named(Rule(first=date(2024, 3, 15), text="FREQ=YEARLY"))
    assert {lead for _, lead in moments(yearly, ReminderSettings(leads=(90, 30)))} == {90, 30}
