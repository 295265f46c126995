"""A reminder in words: what, when, how far off, the source; escaped, bounded, in three languages."""

from datetime import date
from typing import Any

import pytest

from answering.library import Library
from bot.texts import gettext
from bot.words.reminders import MOST, reminder_text
from domain.events import Occurrence
from domain.languages import Language
from scheduler.events import events, occurrences
from tests.bot.texts_cast import HILL

LIBRARY = Library((HILL,))
TODAY = date(2025, 12, 1)


def facts(*which: Occurrence, late: bool = False) -> dict[str, Any]:
    items = [{**dict(one.facts()), "lead": 30, "late": late, "repetition": 0} for one in which]
    return {"day": TODAY.isoformat(), "items": items}


def of_kind(*kinds: str) -> list[Occurrence]:
    first, last = date(2020, 1, 1), date(2030, 12, 31)
    found = [one for event in events((HILL,)) for one in occurrences(event, first, last)]
    return [one for one in found if one.event.kind.value in kinds]


def test_a_target_tells_its_figure_its_day_and_its_source() -> None:
    (target, *_) = [one for one in of_kind("target") if one.day == date(2025, 12, 31)]
    text = reminder_text(facts(target), LIBRARY, TODAY, gettext(Language.SIMPLIFIED))
    assert "还有 30 天" in text
    assert "2025年" in text
    assert "📎" in text
    assert target.event.name.zh in text


@pytest.mark.parametrize("language", Language)
def test_every_kind_of_event_can_be_told_in_every_language(language: Language) -> None:
    for one in of_kind("target", "measure", "stage_start", "stage_end", "milestone", "occasion"):
        for today in (one.first, one.last, TODAY):
            assert reminder_text(facts(one), LIBRARY, today, gettext(language)).count("\n") >= 3


def test_what_was_told_late_says_so() -> None:
    t = gettext(Language.ENGLISH)
    (one, *_) = of_kind("target")
    assert "Told late" in reminder_text(facts(one, late=True), LIBRARY, TODAY, t)
    assert "Told late" not in reminder_text(facts(one), LIBRARY, TODAY, t)


def test_many_events_are_counted_beyond_the_first() -> None:
    (one, *_) = of_kind("target")
    text = reminder_text(facts(*[one] * (MOST + 3)), LIBRARY, TODAY, gettext(Language.ENGLISH))
    assert "and 3 more" in text
    assert len(text) < 4096


def test_an_event_whose_policy_is_gone_is_told_all_the_same_and_escaped() -> None:
    item = {**dict(of_kind("target")[0].facts()), "lead": 0, "late": False, "repetition": 0}
    item |= {"policy": "gone", "name": {"zh": "<b>名", "en": None}}
    text = reminder_text({"day": "2025-12-01", "items": [item]}, LIBRARY, TODAY, gettext(Language.SIMPLIFIED))
    assert "&lt;b&gt;名" in text
    assert "📎" not in text
