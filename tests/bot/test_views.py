"""Places to browse: what they show, where their buttons lead, and that no way ends."""

from dataclasses import replace
from datetime import date

import pytest

from answering.answer import Aspect, Reference
from answering.library import Library
from bot.buttons import AskAbout, Browse, Button, SetLanguage, Tell
from bot.greeting import greeting
from bot.paging import PAGE
from bot.texts import gettext
from bot.views import POLICIES, View, Visit, view
from domain.languages import Language
from domain.policy import FactKind
from tests.bot.chat.cast import POLICIES as HELD
from tests.bot.chat.cast import RIVER
from tests.bot.texts_cast import HOSTILE

TODAY = date(2026, 11, 22)


def visit(language: Language = Language.ENGLISH, library: Library | None = None) -> Visit:
    return Visit(library=library or Library(HELD), today=TODAY, t=gettext(language), bot_name="zhunshi_bot")


def at(policy: str, kind: FactKind, fact: str = "", page: int = 0) -> Browse:
    return Browse(reference=Reference(policy=policy, kind=kind, id=fact, aspect=Aspect.LIST), page=page)


def buttons(shown: View) -> list[Button]:
    return [button for row in shown.rows for button in row]


def places(shown: View) -> list[Browse]:
    return [button.press for button in buttons(shown) if isinstance(button.press, Browse)]


@pytest.mark.parametrize("language", Language)
def test_every_place_can_be_reached_and_every_way_leads_somewhere(language: Language) -> None:
    here = visit(language)
    start = [Browse(reference=POLICIES), *(at("", kind) for kind in FactKind)]
    todo, seen = list(start), set(start)
    while todo:
        shown = view(todo.pop(), here)
        assert all(part.strip() for part in shown.parts)
        assert all(len(row) <= 3 for row in shown.rows)
        assert all(button.label.strip() for button in buttons(shown))
        new = [place for place in places(shown) if place not in seen]
        seen.update(new)
        todo += new
    reached = {(place.reference.policy, place.reference.id) for place in seen}
    for policy in HELD:
        assert {(policy.id, fact.id) for _, fact in policy.facts()} <= reached


def test_a_page_holds_six_and_says_which_of_how_many_it_is() -> None:
    shown = view(at("river-2025", FactKind.MEASURE, page=1), visit())
    labels = [button.label for button in buttons(shown)]
    assert labels[:PAGE] == [f"{n}. Restore reach {n}" for n in range(7, 13)]
    assert "2 of 3" in labels


def test_a_page_beyond_the_last_shows_the_last() -> None:
    assert view(at("river-2025", FactKind.MEASURE, page=99), visit()) == view(
        at("river-2025", FactKind.MEASURE, page=2), visit()
    )


def test_back_from_a_measure_leads_to_the_page_it_stands_on() -> None:
    shown = view(at("river-2025", FactKind.MEASURE, "M8"), visit())
    back = [(place.reference.kind, place.reference.id, place.page) for place in places(shown)]
    assert back == [(FactKind.GROUP, "G1", 1)]


def test_a_fact_ends_with_its_source() -> None:
    shown = view(at("river-2025", FactKind.MEASURE, "M8"), visit())
    assert shown.parts[-1].splitlines()[-1] == "📎 River County Opinions · 二（1）8"


def test_a_list_names_the_clauses_of_its_page() -> None:
    shown = view(at("hill-2024", FactKind.TARGET), visit())
    assert shown.parts[0].splitlines()[-1].endswith("· 一（二）, 二（一）1")


def test_a_department_leads_to_its_measures() -> None:
    shown = view(at("hill-2024", FactKind.DEPARTMENT, "D1"), visit())
    assert {place.reference.id for place in places(shown)} >= {"M1", "M2", "M4"}


def test_one_policy_with_such_facts_is_not_asked_for() -> None:
    assert view(at("", FactKind.TARGET), visit()) == view(at("hill-2024", FactKind.TARGET), visit())


def test_several_are_asked_for() -> None:
    shown = view(at("", FactKind.DEPARTMENT), visit())
    assert [place.reference.policy for place in places(shown)] == ["hill-2024", "river-2025"]


@pytest.mark.parametrize(
    "gone",
    [at("gone-2020", FactKind.POLICY), at("hill-2024", FactKind.TARGET, "T99"), at("gone", FactKind.STAGE)],
)
def test_what_is_gone_says_so_and_offers_the_policies(gone: Browse) -> None:
    shown = view(gone, visit())
    assert shown.parts[0] == "That is no longer there."
    assert [place.reference.policy for place in places(shown)] == ["hill-2024", "river-2025"]


def test_without_policies_the_place_is_empty_but_there() -> None:
    shown = view(Browse(reference=POLICIES), visit(library=Library(())))
    assert shown.parts == ["<b>No policy is held yet.</b>"]


def test_a_policy_can_be_asked_about_and_shared() -> None:
    shown = view(at("river-2025", FactKind.POLICY), visit())
    assert any(isinstance(button.press, AskAbout) for button in buttons(shown))
    assert any("start%3Doprive" in str(button.press) for button in buttons(shown))


def test_hostile_names_are_escaped() -> None:
    library = Library((HOSTILE, RIVER))
    for kind in FactKind:
        shown = view(at(HOSTILE.id, kind), visit(library=library))
        assert "<a href" not in "".join(shown.parts)
        assert "&lt;a href" in "".join(shown.parts)


@pytest.mark.parametrize("language", Language)
def test_the_greeting_offers_three_questions_that_the_library_answers(language: Language) -> None:
    library = Library(HELD)
    shown = greeting(library, gettext(language))
    asks = [button.press for button in buttons(shown) if isinstance(button.press, Tell)]
    assert len(asks) == 3
    for ask in asks:
        answer = library.tell(ask.reference, today=TODAY, language=language)
        assert answer.status == "answered"
    chosen = [one.press.language for one in buttons(shown) if isinstance(one.press, SetLanguage)]
    assert chosen == list(Language)


def test_the_greeting_of_an_empty_library_offers_no_questions() -> None:
    shown = greeting(Library(()), gettext(Language.ENGLISH))
    assert not [button for button in buttons(shown) if isinstance(button.press, Tell)]


def test_only_who_may_invite_is_offered_to() -> None:
    pages = [at("river-2025", FactKind.POLICY), at("river-2025", FactKind.DEPARTMENT, "D1")]
    for invites in (True, False):
        here = replace(visit(), followed=(), invites=invites)
        for page in pages:
            labels = [button.label for button in buttons(view(page, here))]
            assert ("✉️ Invite" in labels) is invites
        target = [button.label for button in buttons(view(at("river-2025", FactKind.TARGET, "T1"), here))]
        assert "✉️ Invite" not in target
