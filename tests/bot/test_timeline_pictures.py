"""Timelines: sound SVG of any policy, its labels on the page and apart; what is shown and what is counted."""

import re
import struct
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import studio
from bot.pictures.content import MOST_ROWS, Timeline, timeline
from bot.pictures.drawing import draw
from bot.pictures.fonts import Font, find_font
from bot.pictures.in_words import in_words
from bot.pictures.lettering import width_of
from bot.pictures.scale import Scale, lanes
from bot.pictures.studio import Pictures
from bot.pictures.theme import WIDTH, Look
from bot.texts import Translator, gettext
from domain.events import Event, EventKind, Span
from domain.languages import Language
from domain.policy import (
    Comparator,
    Goal,
    Measure,
    Milestone,
    Name,
    Passage,
    Policy,
    Stage,
    Target,
    YearlyEvent,
)
from domain.timeline import Deadline, Yearly
from storage.catalogue import load_folder
from tests.bot.texts_cast import HILL, HOSTILE, IMPORTED, TODAY
from tests.operations.test_documents import ROOT

ZH, EN = gettext(Language.SIMPLIFIED), gettext(Language.ENGLISH)
CATALOGUE = load_folder(ROOT / "catalogue")

Box = tuple[float, float, float, float]


def texts(svg: str) -> Iterator[tuple[str, Box]]:
    """Every text with the room it takes, by our own estimate of its width."""
    root = ET.fromstring(svg)  # noqa: S314 - it is ours
    for one in root.iter("{http://www.w3.org/2000/svg}text"):
        x, y, size = (float(one.attrib[name]) for name in ("x", "y", "font-size"))
        width = width_of(one.text or "", size)
        left = x - {"start": 0, "middle": width / 2, "end": width}[one.attrib["text-anchor"]]
        yield one.text or "", (left, y - 0.75 * size, left + width, y + 0.15 * size)


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] - 1 and other[0] < one[2] - 1 and one[1] < other[3] and other[1] < one[3]


def check(svg: str) -> None:
    height = float(re.findall(r'height="(\d+)"', svg)[0])
    found = list(texts(svg))
    for text, (left, top, right, bottom) in found:
        assert left >= 0, text
        assert right <= WIDTH, text
        assert top >= 0, text
        assert bottom <= height, text
    for (text, box), (other, its) in combinations(found, 2):
        assert not overlap(box, its), (text, other)


def drawn(policy: Policy, t: Translator = ZH, today: date = TODAY, look: Look = Look.LIGHT) -> str:
    return draw(timeline(policy, [], today, t), look, "Any")


def said(svg: str) -> str:
    return "\n".join(text for text, _ in texts(svg))


HERE = Passage(clause="一")
NAMES = st.builds(
    Name,
    zh=st.text("标准化提升（、）“”<&>\x00😀一二", min_size=1, max_size=70),
    en=st.none() | st.text("aW<&' -i", min_size=1, max_size=120),
)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31)) | st.dates()
DUES = st.builds(
    lambda day, form: Deadline.parse(
        (f"{day.year:04d}", f"{day.year:04d}-{day.month:02d}", day.isoformat())[form]
    ),
    DAYS,
    st.integers(0, 2),
)


def numbered(letter: str) -> st.SearchStrategy[str]:
    return st.integers(1, 99).map(lambda n: f"{letter}{n}")


def some(what: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=most).map(tuple)


TARGETS = st.builds(
    Target,
    id=numbered("T"),
    passage=st.just(HERE),
    metric=NAMES,
    comparator=st.sampled_from([one for one in Comparator if one is not Comparator.RANGE]),
    value=st.decimals(0, 10**15, places=2, allow_nan=False, allow_infinity=False),
    unit=NAMES,
    due=st.none() | DUES,
)
GOALS = st.builds(Goal, id=numbered("Q"), passage=st.just(HERE), statement=NAMES, due=st.none() | DUES)
MEASURES = st.builds(
    Measure, id=numbered("M"), passage=st.just(HERE), number=st.just("1"), title=NAMES, due=st.none() | DUES
)
MILESTONES = st.builds(Milestone, id=numbered("S"), name=NAMES, due=DUES)
STAGES = st.builds(
    lambda ends, **rest: Stage(start=min(ends), end=max(ends), **rest),
    ends=st.tuples(DUES, DUES),
    id=numbered("S"),
    passage=st.just(HERE),
    name=NAMES,
    milestones=some(MILESTONES, 4),
)
INVENTED = st.builds(
    Policy,
    id=st.just("invented"),
    title=NAMES,
    region=NAMES,
    start=st.none() | DUES,
    end=st.none() | DUES,
    targets=some(TARGETS, 9),
    goals=some(GOALS, 9),
    measures=some(MEASURES, 4),
    stages=some(STAGES, 6),
)


@settings(max_examples=150, deadline=None)
@given(policy=INVENTED, today=DAYS, t=st.sampled_from([ZH, EN]))
def test_whatever_the_policy_its_labels_are_on_the_page_and_none_covers_another(
    policy: Policy, today: date, t: Translator
) -> None:
    shown = timeline(policy, [], today, t)
    check(draw(shown, Look.DARK, "Any"))
    assert sum(len(due.rows) for due in shown.dues) <= MOST_ROWS


@pytest.mark.parametrize("policy", [*CATALOGUE, HILL, HOSTILE, IMPORTED], ids=lambda one: one.title.zh[:8])
@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("today", [date(2016, 5, 1), date(2025, 6, 10), TODAY], ids=str)
def test_the_pictures_of_policies_we_know_are_sound(policy: Policy, t: Translator, today: date) -> None:
    check(drawn(policy, t, today))


def test_whatever_a_text_says_is_escaped() -> None:
    svg = drawn(HOSTILE)
    assert "<b>" not in svg
    assert "&lt;b&gt;" in svg
    assert "\x00" not in svg


def test_stages_milestones_and_targets_with_their_figures_are_shown_and_today() -> None:
    text = said(drawn(HILL, EN, date(2025, 6, 10)))
    for part in (
        "Hill City Standardisation Plan",
        "Opening stage",
        "Mid-term evaluation (Q3 2025)",
        "By the end of 2025",
        "204 days left",
        "International standards",
        "at least 30",
        "Today: 10 June 2025",
    ):
        assert part in text
    assert "For 1 more target the text sets no date." in text


def test_dates_that_administrators_added_to_the_policy_are_on_it_and_others_are_not() -> None:
    def added(number: int, policy: str, first: date) -> Event:
        when = Span(first=first, last=first)
        name = Name(zh=f"会议{number}")
        return Event(key=f"date/{number}", kind=EventKind.DATE, name=name, when=when, policy=policy)

    events = [added(1, HILL.id, date(2026, 5, 4)), added(2, "other", date(2026, 5, 5))]
    shown = timeline(HILL, events, TODAY, ZH)
    assert [(flag.name, flag.dates) for flag in shown.flags if "会议" in flag.name] == [
        ("会议1", "（2026年5月4日）")
    ]


def many(targets: int, goals: int) -> Policy:
    due = Deadline.parse("2030")
    return Policy(
        id="many",
        title=Name(zh="很多"),
        region=Name(zh="某市"),
        targets=tuple(
            Target(
                id=f"T{n}",
                passage=HERE,
                metric=Name(zh=f"指标{n}"),
                comparator=Comparator.AT_LEAST,
                value=Decimal(n),
                unit=Name(zh="项"),
                due=due,
            )
            for n in range(targets)
        ),
        goals=tuple(
            Goal(id=f"Q{n}", passage=HERE, statement=Name(zh=f"目标{n}"), due=due) for n in range(goals)
        ),
    )


def test_what_is_too_much_is_counted() -> None:
    (due,) = timeline(many(30, 5), [], TODAY, EN).dues
    assert len(due.rows) == MOST_ROWS
    assert "20 more" in due.more
    assert "5 qualitative goals" in due.more


def test_goals_are_told_where_there_is_room_for_all_of_a_date() -> None:
    (due,) = timeline(many(4, 5), [], TODAY, ZH).dues
    assert [row.label for row in due.rows][4:] == [f"目标{n}" for n in range(5)]
    assert due.more == ""


def test_yearly_occasions_stand_below() -> None:
    policy = Policy(
        id="yearly",
        title=Name(zh="某"),
        region=Name(zh="某市"),
        events=(YearlyEvent(id="E1", passage=HERE, name=Name(zh="质量月"), yearly=Yearly(9)),),
    )
    shown = timeline(policy, [], TODAY, ZH)
    assert shown.remarks == ("质量月（每年9月）",)
    assert not shown.days


def test_a_day_long_after_the_policy_does_not_squeeze_it_but_is_pointed_to() -> None:
    svg = drawn(next(one for one in CATALOGUE if one.id == "guangdong-2018"), EN)
    years = re.findall(r">(20\d\d)<", svg)
    assert years == ["2018", "2019", "2020"]
    assert "Today: 22 November 2026 →" in svg


def test_the_same_in_words_names_every_date_and_figure() -> None:
    words = in_words(timeline(HILL, [], TODAY, EN), EN)
    for part in ("Opening stage", "Mid-term evaluation", "By the end of 2025", "at least 30"):
        assert part in words


def test_a_deadline_stands_where_its_last_day_is_over() -> None:
    scale = Scale.of([date(2025, 1, 1), date(2026, 12, 31)], date(2025, 6, 1), 0, 730)
    assert scale.end(date(2025, 12, 31)) == scale.begin(date(2026, 1, 1)) == pytest.approx(365)
    assert [tick.year for tick in scale.ticks()] == [2025, 2026]


def test_one_year_is_told_apart_by_months() -> None:
    ticks = list(Scale.of([date(2026, 3, 1)], date(2026, 6, 1), 0, 1200).ticks())
    assert [tick.month for tick in ticks] == list(range(1, 13))
    assert ticks[-1].end == 1200


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 50)).map(lambda one: (one[0], sum(one)))))
def test_what_overlaps_gets_lanes_of_its_own(extents: list[tuple[float, float]]) -> None:
    chosen = lanes(extents)
    for (one, lane), (other, its) in combinations(zip(extents, chosen, strict=True), 2):
        assert lane != its or one[1] <= other[0] or other[1] <= one[0]


async def test_a_picture_is_a_png_of_the_size_that_was_drawn_and_is_kept() -> None:
    font = find_font(None)
    if font is None:
        pytest.skip("no Chinese font in the usual places: apt-get install fonts-noto-cjk")
    pictures, shown = Pictures(font), timeline(HILL, [], TODAY, ZH)
    picture = await pictures.timeline(shown, Look.LIGHT)
    assert picture is not None
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    height = float(re.findall(r'height="(\d+)"', drawn(HILL))[0])
    assert struct.unpack(">2I", picture[16:24]) == (WIDTH, height)
    assert await pictures.timeline(shown, Look.LIGHT) is picture
    assert await pictures.timeline(shown, Look.DARK) != picture
    silent = Timeline(language=Language.SIMPLIFIED, title="", place="", today=TODAY, now="")
    blank = await pictures.timeline(silent, Look.LIGHT)
    assert blank is not None
    assert len(blank) < len(picture) / 4, "the letters make most of a picture"


async def test_a_drawing_process_that_fails_is_an_error_and_no_empty_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(studio, "_COMMAND", (sys.executable, "-c", "raise SystemExit(3)"))
    font = Font(files=(), families=("Any",))
    with pytest.raises(RuntimeError, match="ended with 3"):
        await Pictures(font).timeline(timeline(HILL, [], TODAY, ZH), Look.LIGHT)


async def test_without_a_font_there_is_no_picture() -> None:
    assert await Pictures().timeline(timeline(HILL, [], TODAY, ZH), Look.LIGHT) is None
