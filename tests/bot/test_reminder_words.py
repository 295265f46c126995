"""A reminder in words: what, when, how far off, the source, who said what; bounded, in three languages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from answering.library import Library
from bot.texts import gettext
from bot.words.late import late_text, missed_text, notice_of_missed, unanswered_text
from bot.words.reminders import MOST, Reader, called, card_text, list_text
from domain.events import Event, EventKind, Occurrence, Span
from domain.languages import Language
from domain.policy import Name
from domain.reminders import Reason
from scheduler.events import events, occurrences
from storage.reminders import LateReminder, MissedReminder
from storage.standings import Standing
from tests.bot.texts_cast import HILL, HOSTILE

LIBRARY = Library((HILL,))
TODAY = date(2025, 12, 1)
MORNING = datetime(2025, 12, 1, 1, tzinfo=UTC)  # nine o'clock in China
KINDS = ("target", "measure", "stage_start", "stage_end", "milestone", "occasion")


def items(*which: Occurrence, **more: Any) -> list[dict[str, Any]]:
    told = {"lead": 30, "late": False, "repetition": 0} | more
    return [{**dict(one.facts()), "id": number, **told} for number, one in enumerate(which, 1)]


def of_kind(*kinds: str, policy: Any = HILL) -> list[Occurrence]:
    first, last = date(2020, 1, 1), date(2030, 12, 31)
    found = [one for event in events((policy,)) for one in occurrences(event, first, last)]
    return [one for one in found if one.event.kind.value in kinds]


def reader(language: Language = Language.ENGLISH, today: date = TODAY) -> Reader:
    return Reader(library=LIBRARY, today=today, t=gettext(language))


def due(day: date) -> Occurrence:
    (target,) = [one for one in of_kind("target") if one.day == day]
    return target


T1 = due(date(2025, 12, 31))


def stand(number: int = 1, **said: Any) -> Standing:
    return Standing(id=number, facts={}, told_at=MORNING, **said)


ACKNOWLEDGED: dict[str, Any] = {"acknowledged_at": MORNING, "acknowledged_by": 1, "acknowledged_name": "陈晓"}
DONE: dict[str, Any] = {"done_at": MORNING, "done_by": 1, "done_name": "<b>林怡"}


def test_a_target_tells_its_figure_its_day_and_its_source() -> None:
    text = card_text(items(T1)[0], None, reader(Language.SIMPLIFIED))
    assert text == "<b>⏰ 国际标准：30 项以上</b>\n到2025年（还有 30 天）\n📎 山城市标准化行动方案 · 一（二）"


@pytest.mark.parametrize("language", Language)
def test_every_kind_of_event_can_be_told_in_every_language(language: Language) -> None:
    for one in of_kind(*KINDS):
        for today in (one.first, one.last, TODAY):
            lines = card_text(items(one)[0], None, reader(language, today)).split("\n")
            assert lines[0].startswith("<b>⏰ ")
            assert lines[-1].startswith("📎 ")


def test_a_stage_tells_where_in_it_we_are_and_at_its_end_what_comes_next() -> None:
    (milestone,) = of_kind("milestone")
    text = card_text(items(milestone)[0], None, reader(today=date(2025, 9, 1)))
    assert "By the end of Q3 2025 (29 days left)" in text
    assert "🗓 Main stage (2025–2026) · under way (486 days left)" in text
    first_end, last_end = of_kind("stage_end")
    assert "🗓 Next: Main stage (2025–2026)" in card_text(items(first_end)[0], None, reader())
    assert "🗓" not in card_text(items(last_end)[0], None, reader())


def test_what_has_passed_is_overdue_until_it_is_done() -> None:
    (item,) = items(T1)
    after = reader(today=date(2026, 1, 3))
    assert "By the end of 2025 (3 days overdue)" in card_text(item, None, after)
    assert "(3 days overdue)" in card_text(item, stand(**ACKNOWLEDGED), after)
    assert "By the end of 2025\n" in card_text(item, stand(**DONE), after)
    (occasion, *_) = of_kind("occasion")
    (item,) = items(occasion)
    on = date.fromisoformat(item["last"])
    assert "ago" in card_text(item, None, reader(today=on.replace(year=on.year + 1)))


def test_the_latest_that_was_said_is_told_with_who_and_when() -> None:
    (item,) = items(T1, repetition=1, late=True)
    asked, told_late = "Not acknowledged yet; one tap is enough.", "Sent late"
    assert asked in card_text(item, None, reader())
    assert told_late in card_text(item, stand(), reader())
    text = card_text(item, stand(**ACKNOWLEDGED), reader())
    assert "✅ Acknowledged: 陈晓, 1 December 2025 09:00" in text
    assert asked not in text
    assert told_late not in text
    text = card_text(item, stand(**ACKNOWLEDGED, **DONE, silenced=True), reader())
    assert "☑️ Done: &lt;b&gt;林怡, 1 December 2025 09:00 · 🔕 No more reminders of this here." in text
    assert "Acknowledged" not in text
    assert asked not in card_text(items(T1)[0], None, reader())


def test_a_moved_date_is_told_as_it_is_now() -> None:
    (item,) = items(T1)
    moved = replace(stand(), facts={**T1.facts(), "day": "2026-06-30", "precision": "month"})
    assert "By the end of June 2026 (211 days left)" in card_text(item, moved, reader())


def test_a_list_names_each_date_once_and_each_source_once() -> None:
    some = items(*of_kind("target", "measure", "stage_end"))
    some.sort(key=lambda item: (item["day"], item["event"]))
    text = list_text(some, {}, reader(today=date(2025, 1, 1)))
    assert text.startswith("<b>⏰ 5 items, 1 of them past</b>")
    assert text.count("By 31 December 2026") == 1
    assert text.count("By the end of 2026") == 1
    assert "\n1. Opening stage: ends\n📎 Hill City Standardisation Plan · 三（一）" in text
    assert text.count("📎") == 5  # five dates, each of one thing
    together = list_text([some[1], {**some[1], "id": 9}], {}, reader())
    assert together.count("📎") == 1
    assert together.count("(30 days left)") == 1


def test_a_list_tells_what_was_said_to_each_and_once_where_it_is_the_same() -> None:
    some = items(T1, T1, repetition=1)
    text = list_text(some, {2: stand(2, **ACKNOWLEDGED)}, reader())
    assert "\n    ✅ Acknowledged: 陈晓" in text
    assert "Not all of it is acknowledged yet" in text
    text = list_text(some, {1: stand(1, **ACKNOWLEDGED), 2: stand(2, **ACKNOWLEDGED)}, reader())
    assert text.count("✅") == 1
    assert text.endswith("\n\n✅ Acknowledged: 陈晓, 1 December 2025 09:00")
    assert "Not all of it" not in text


def test_a_list_counts_what_is_ahead_and_what_has_passed() -> None:
    past = due(date(2026, 12, 31))
    assert list_text(items(T1, past), {}, reader()).startswith("<b>⏰ 2 items ahead</b>")
    after = reader(today=date(2026, 2, 1))
    assert list_text(items(T1, past), {}, after).startswith("<b>⏰ 2 items, 1 of them past</b>")
    assert list_text(items(T1, T1), {}, after).startswith("<b>⏰ 2 items past</b>")


def test_many_events_are_counted_beyond_the_first_and_stand_on_the_next_page() -> None:
    some = items(*[T1] * (MOST + 3))
    first, second = (list_text(some, {}, reader(), page=page) for page in (0, 1))
    assert "… and 3 more" in first
    assert "\n12. " in first
    assert "\n13. " not in first
    assert "\n15. " in second
    assert "more" not in second


def longest(number: int) -> Occurrence:
    """The most words that an added date can have, on a day of its own."""
    day = date(2026, 1, 1 + number)
    event = Event(
        key=f"date/{number}",
        kind=EventKind.COLLECTION,
        name=Name(zh="报" * 400, en="word " * 100),
        when=Span(first=day, last=day),
        policy=HILL.id,
    )
    return Occurrence(event=event, day=day, first=day, last=day)


@pytest.mark.parametrize("language", Language)
def test_the_longest_names_fit_into_one_message(language: Language) -> None:
    some = items(*map(longest, range(MOST + 5)), repetition=1, late=True)
    said = {
        item["id"]: stand(item["id"], **{**ACKNOWLEDGED, "acknowledged_name": "名" * 200}) for item in some
    }
    said[1] = stand(1)
    assert 1000 < len(list_text(some, said, reader(language))) < 4096
    places = [{**item, "title": "局" * 200, "chat_id": -1, "thread_id": 9, "told_at": None} for item in some]
    assert len(unanswered_text(places, reader(language))) < 4096
    late = [
        LateReminder(
            chat_id=-5,
            thread_id=77,
            title="局" * 200,
            facts=item,
            told_at=MORNING,
            acknowledged_at=MORNING,
        )
        for item in some[:MOST]
    ]
    assert len(late_text(MOST, late, reader(language))) < 4096


def test_an_event_whose_policy_is_gone_is_told_all_the_same_and_escaped() -> None:
    (item,) = items(of_kind("target")[0])
    item |= {"policy": "gone", "name": {"zh": "<b>名", "en": None}}
    text = card_text(item, None, reader(Language.SIMPLIFIED))
    assert "&lt;b&gt;名" in text
    assert "📎" not in text


def test_hostile_names_break_no_markup() -> None:
    there = Reader(library=Library((HOSTILE,)), today=TODAY, t=gettext(Language.ENGLISH))
    some = items(*of_kind(*KINDS, policy=HOSTILE))
    for text in (list_text(some, {}, there), *(card_text(item, None, there) for item in some)):
        assert text.count("<b>") == text.count("</b>")
        assert "<a " not in text


def test_administrators_read_who_was_told_and_did_not_answer_place_by_place() -> None:
    told = [
        {**item, "title": title, "chat_id": chat, "thread_id": None, "told_at": "2025-12-31T01:00:00+00:00"}
        for item in items(T1, lead=-1)
        for title, chat in (("标准处", -5), ("", -6), ("标准处", -5))
    ]
    text = unanswered_text(told, reader(today=date(2026, 1, 6)))
    assert text.startswith("<b>🔔 3 reminders not answered</b>")
    assert text.count("<b>标准处</b>") == 1
    assert "<b>chat -6</b>" in text
    line = "• International standards: at least 30 · by the end of 2025 (6 days overdue) · last reminded on"
    assert text.count(line) == 3


@pytest.mark.parametrize(
    ("name", "language", "called_"),
    [
        ("报送数据", Language.SIMPLIFIED, "报送数据"),
        ("报送数据", Language.TRADITIONAL, "報送數據"),
        ("月报", Language.SIMPLIFIED, "月报：数据报送"),
        ("报送数据", Language.ENGLISH, "报送数据: figures are collected"),
    ],
)
def test_a_collection_says_once_what_it_is(name: str, language: Language, called_: str) -> None:
    monthly = Event(
        key="date:9",
        kind=EventKind.COLLECTION,
        name=Name(zh=name),
        when=Span(first=date(2025, 12, 28), last=date(2025, 12, 28)),
    )
    facts = next(occurrences(monthly, TODAY, date(2026, 1, 1))).facts()
    assert called({**facts, "id": 1}, reader(language)) == called_


@pytest.mark.parametrize("language", Language)
def test_the_lists_of_administrators_say_what_is_in_them_or_that_nothing_is(language: Language) -> None:
    there = reader(language)
    assert "\n" not in late_text(0, [], there)
    assert "\n" not in missed_text(0, [], there)
    assert notice_of_missed(there.t).count("\n") == 1
    late = LateReminder(
        chat_id=-5, thread_id=77, title="<i>处", facts=T1.facts(), told_at=MORNING, acknowledged_at=MORNING
    )
    text = late_text(1, [late, replace(late, chat_id=-6, title="", acknowledged_at=None)], there)
    assert text.count("📎") == 1
    assert text.count("• ") == 2
    assert "&lt;i&gt;处" in text
    missed = MissedReminder(
        chat_id=-5, thread_id=None, facts=T1.facts(), lead=0, planned_for=MORNING, reason=Reason.OVER
    )
    texts = [
        missed_text(1, [(replace(missed, reason=reason), "标准处")], there)
        for reason in (Reason.OVER, Reason.UNREACHABLE)
    ]
    assert texts[0] != texts[1]
    assert all("标准处" in text and "09:00" in text for text in texts)
