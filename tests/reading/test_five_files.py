"""The first five policies beside the catalogue: the facts and the readings agree."""

from pathlib import Path

import pytest

from domain.policy import Comparator, Policy
from reading.as_policy import to_policy
from reading.policy import read_policy
from reading.result import Reading
from storage.catalogue import dumps, load_folder, loads
from tests.reading.scoring import document_of

ROOT = Path(__file__).parents[2]
TEXTS = ROOT.parent / "shared" / "policies"
WHOLE = ["guangdong-2018", "jiangjin-2023", "wenzhou-2017", "zhejiang-2023"]

pytestmark = pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the first five texts are not beside this checkout"
)


def _reading(name: str) -> tuple[str, Reading]:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return text, read_policy(document_of(text))


def _facts(name: str) -> Policy:
    return next(policy for policy in load_folder(ROOT / "catalogue") if policy.id == name)


@pytest.mark.parametrize("name", [*WHOLE, "zhejiang-2023-digest"])
def test_every_target_has_its_value_comparator_unit_and_date(name: str) -> None:
    facts, (_, reading) = _facts(name.removesuffix("-digest")), _reading(name)
    assert [
        (one.comparator, one.value, one.value_max, one.unit, one.due, one.per) for one in reading.targets
    ] == [(one.comparator, one.value, one.value_max, one.unit.zh, one.due, one.per) for one in facts.targets]


@pytest.mark.parametrize("name", WHOLE)
def test_measures_and_groups_have_their_numbers_titles_and_clauses(name: str) -> None:
    facts, (_, reading) = _facts(name), _reading(name)
    assert [(one.number, one.title, one.clause) for one in reading.measures] == [
        (one.number, one.title.zh, one.passage.clause) for one in facts.measures
    ]
    assert [(one.number, one.title, one.clause) for one in reading.groups] == [
        (one.number, one.title.zh, one.passage.clause) for one in facts.groups
    ]


@pytest.mark.parametrize("name", WHOLE)
def test_departments_stand_at_their_measures_in_their_roles(name: str) -> None:
    facts, (_, reading) = _facts(name), _reading(name)
    names = {one.id: one.name.zh for one in facts.departments}
    assert [[(c.department, c.role) for c in one.charges] for one in reading.measures] == [
        [(names[charge.department], charge.role) for charge in one.charges] for one in facts.measures
    ]
    assert [one.open_ended for one in reading.measures] == [one.open_ended for one in facts.measures]


@pytest.mark.parametrize("name", WHOLE)
def test_stages_have_their_periods_and_milestones(name: str) -> None:
    facts, (_, reading) = _facts(name), _reading(name)
    assert [(one.name, one.start, one.end, one.clause) for one in reading.stages] == [
        (one.name.zh, one.start, one.end, one.passage.clause) for one in facts.stages
    ]
    assert [[(two.name, two.due) for two in one.milestones] for one in reading.stages] == [
        [(two.name.zh, two.due) for two in one.milestones] for one in facts.stages
    ]


@pytest.mark.parametrize("name", WHOLE)
def test_front_safeguards_basis_and_events_agree(name: str) -> None:
    facts, (_, reading) = _facts(name), _reading(name)
    assert reading.title == facts.title.zh
    assert reading.region == facts.region.zh
    assert (reading.issuer and reading.issuer.name) == (facts.issuer and facts.issuer.name.zh)
    assert (reading.start, reading.end) == (facts.start, facts.end)
    assert len(reading.safeguards) == len(facts.safeguards)
    assert [one.number for one in reading.basis] == [one.number for one in facts.basis]
    assert {(one.name, one.yearly) for one in reading.events} == {(e.name.zh, e.yearly) for e in facts.events}


def test_the_digest_has_seven_measures_and_three_stages_without_evaluations() -> None:
    _, reading = _reading("zhejiang-2023-digest")
    groups = [group.title.zh for group in _facts("zhejiang-2023").groups]
    assert [one.title for one in reading.measures] == groups
    assert [one.name for one in reading.stages] == ["第一阶段", "第二阶段", "第三阶段"]
    assert not any(one.milestones for one in reading.stages)


def test_nothing_is_read_from_news_frames_and_advertisement() -> None:
    for name, line in (
        ("guangdong-2018", "附方案全文"),
        ("zhejiang-2023", "全文\n"),
        ("wenzhou-2017", "發布日期"),
    ):
        text, reading = _reading(name)
        assert min(one.quotation.start for one in (*reading.targets, *reading.measures)) > text.index(line)
    text, reading = _reading("jiangjin-2023")
    advertisement = text.rindex("\n", 0, text.index("http") - 60)
    assert max(one.quotation.end for one in (*reading.measures, *reading.safeguards)) <= advertisement


def test_the_damaged_word_is_shown_and_not_guessed() -> None:
    text, reading = _reading("jiangjin-2023")
    assert len(reading.unread) == 1
    quotation = reading.unread[0].quotation
    assert "?;?" in quotation.text
    assert text[quotation.start : quotation.end] == quotation.text


@pytest.mark.parametrize("name", [*WHOLE, "zhejiang-2023-digest"])
def test_a_reading_becomes_a_policy_of_the_domain(name: str) -> None:
    text, reading = _reading(name)
    policy = to_policy(reading, name)
    facts = [fact for _, fact in policy.facts()]
    assert len({fact.id for fact in facts}) == len(facts)
    for fact in facts:
        assert fact.passage.quote == text[fact.passage.start : fact.passage.end]
        assert fact.passage.quote
    ranges = [one for one in policy.targets if one.comparator is Comparator.RANGE]
    assert all(one.value_max for one in ranges)


@pytest.mark.parametrize("name", [*WHOLE, "zhejiang-2023-digest"])
def test_the_store_takes_a_reading_and_gives_it_back(name: str) -> None:
    policy = to_policy(_reading(name)[1], name)
    assert loads(dumps(policy), name=name) == policy
