"""A full text and a digest of one policy: told from a later version, compared, brought together."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.corroboration import PERIOD, Relation, corroboration, relation
from domain.matching import COMPARED, key_of, name_field, of_kind
from domain.policy import (
    Charge,
    Comparator,
    Department,
    FactKind,
    Goal,
    Group,
    Issuer,
    Measure,
    Name,
    Passage,
    Policy,
    Role,
    Safeguard,
    Stage,
    Target,
)
from domain.timeline import Deadline
from domain.uniting import united

METRICS = ("牵头制定国家标准", "参与国际标准", "发布地方标准", "培育团体标准", "建设试点示范")
TASKS = ("健全制造业标准", "提升服务业标准", "完善农业标准", "强化生态标准", "优化政务标准", "培育人才队伍")


def passage(text: str, at: int) -> Passage:
    return Passage(clause=text, quote=f"{text}{at}", start=at, end=at + len(f"{text}{at}"))


def target(at: int, metric: str, value: int = 30, due: str | None = "2026", text: str = "二") -> Target:
    return Target(
        id=f"T{at}",
        passage=passage(text, at),
        metric=Name(zh=metric),
        comparator=Comparator.AT_LEAST,
        value=Decimal(value),
        unit=Name(zh="项"),
        due=Deadline.parse(due) if due else None,
    )


def measure(at: int, title: str, group: str | None = None, charges: tuple[Charge, ...] = ()) -> Measure:
    return Measure(
        id=f"M{at}",
        passage=passage("三", at),
        number=f"{at}",
        title=Name(zh=title),
        group=group,
        charges=charges,
    )


def stage(at: int, name: str, end: str = "2026") -> Stage:
    return Stage(
        id=f"S{at}",
        passage=passage("四", at),
        name=Name(zh=name),
        start=Deadline.parse("2024"),
        end=Deadline.parse(end),
    )


FULL = Policy(
    id="yunxi",
    title=Name(zh="云溪市行动方案"),
    region=Name(zh="云溪市"),
    start=Deadline.parse("2024"),
    end=Deadline.parse("2026"),
    targets=tuple(target(at, metric, 10 * at) for at, metric in enumerate(METRICS, 1)),
    groups=(
        Group(id="G1", passage=passage("三", 0), number="（一）", title=Name(zh="做强产业")),
        Group(id="G2", passage=passage("三", 9), number="（二）", title=Name(zh="优化民生")),
    ),
    measures=tuple(
        measure(at, title, "G1" if at < 4 else "G2", (Charge(department="D1", role=Role.LEAD),))
        for at, title in enumerate(TASKS, 1)
    ),
    stages=(stage(1, "第一阶段", "2024"), stage(2, "第二阶段")),
    safeguards=(Safeguard(id="F1", passage=passage("五", 1), title=Name(zh="加强组织领导")),),
    departments=(Department(id="D1", passage=passage("三", 1), name=Name(zh="市市场监管局")),),
)
# In fewer words: its tasks are the headings of the full text, and nothing is numbered alike.
DIGEST = Policy(
    id="read",
    title=FULL.title,
    region=FULL.region,
    end=Deadline.parse("2026-12"),
    targets=tuple(target(at, metric, 10 * (at + 1), text="导语") for at, metric in enumerate(METRICS[1:], 1)),
    measures=(measure(1, "做强产业"), measure(2, "优化民生")),
    stages=(stage(1, "第二阶段"),),
)


def stated(policy: Policy) -> set[tuple[Any, ...]]:
    """What a policy says, whatever its ids and where it stands."""
    found: set[tuple[Any, ...]] = {(policy.title.zh, policy.start, policy.end)}
    for kind in COMPARED:
        for fact in of_kind(policy, kind):
            name = key_of(getattr(fact, name_field(kind)))
            figure = (fact.comparator, fact.value, fact.unit.zh) if isinstance(fact, Target) else ()
            found.add((kind, name, *figure, getattr(fact, "due", None), getattr(fact, "end", None)))
    return found


def test_a_digest_is_another_text_and_not_a_later_version() -> None:
    assert relation(FULL, DIGEST) is Relation.TEXT
    assert relation(DIGEST, FULL) is Relation.TEXT
    found = corroboration(FULL, DIGEST)
    assert (found.agreed, found.contradictions, found.additions) == (7, (), ())


def test_nothing_of_the_full_text_goes_whichever_came_first() -> None:
    assert united(FULL, DIGEST) == FULL
    assert stated(united(DIGEST, FULL)) == stated(FULL)
    assert united(DIGEST, FULL).id == DIGEST.id
    assert next(one.id for one in united(DIGEST, FULL).targets if one.metric.zh == METRICS[1]) == "T1"


def test_one_that_is_nearly_as_long_is_a_later_version() -> None:
    assert relation(FULL, replace(FULL, targets=FULL.targets[1:], safeguards=())) is Relation.VERSION
    assert relation(FULL, FULL) is Relation.VERSION


@pytest.mark.parametrize(
    "other",
    [
        replace(DIGEST, measures=(measure(1, "做强产业"), measure(2, "建立督查机制"))),
        replace(DIGEST, end=Deadline.parse("2028")),
        replace(
            DIGEST, issuer=Issuer(id="issuer", passage=passage("落款", 1), name=Name(zh="澄湖市人民政府"))
        ),
        replace(DIGEST, targets=tuple(replace(one, value=Decimal(7)) for one in DIGEST.targets)),
    ],
    ids=["a measure of its own", "another period", "another issuer", "other figures"],
)
def test_a_short_one_with_much_of_its_own_is_asked_about(other: Policy) -> None:
    full = replace(
        FULL, issuer=Issuer(id="issuer", passage=passage("落款", 1), name=Name(zh="云溪市人民政府"))
    )
    assert relation(full, other) is Relation.UNSURE
    assert relation(other, full) is Relation.UNSURE


def test_an_office_and_its_government_are_no_two_issuers() -> None:
    def issued_by(policy: Policy, name: str) -> Policy:
        return replace(policy, issuer=Issuer(id="issuer", passage=passage("落款", 1), name=Name(zh=name)))

    assert (
        relation(issued_by(FULL, "云溪市人民政府办公室"), issued_by(DIGEST, "云溪市人民政府"))
        is Relation.TEXT
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, value=Decimal(99)),
        lambda one: replace(one, comparator=Comparator.AT_MOST),
        lambda one: replace(one, due=Deadline.parse("2025-06")),
        lambda one: replace(one, per="year"),
    ],
    ids=["value", "comparator", "date", "rate"],
)
def test_what_one_metric_is_said_to_be_otherwise_contradicts(change: Callable[[Target], Target]) -> None:
    other = replace(DIGEST, targets=(change(DIGEST.targets[0]), *DIGEST.targets[1:]))
    found = corroboration(FULL, other)
    (only,) = found.contradictions
    assert (only.kind, only.fuller, only.id) == (FactKind.TARGET, FULL.targets[1], "T1")
    assert found.agreed == 6


def test_a_coarser_date_or_none_contradicts_nothing() -> None:
    full = replace(FULL, targets=(replace(FULL.targets[0], due=Deadline.parse("2026-06")),))
    for due in ("2026", None):
        said = replace(DIGEST, targets=(target(1, METRICS[0], 10, due),))
        assert corroboration(full, said).contradictions == ()


def test_the_verb_before_a_metric_makes_no_other_metric() -> None:
    said = replace(DIGEST, targets=(target(1, "国家标准", 45), target(2, "新建检测中心", 50)))
    found = corroboration(FULL, said)
    assert [one.fuller for one in found.contradictions] == [FULL.targets[0]]
    assert [fact for kind, fact in found.additions if kind is FactKind.TARGET] == [said.targets[1]]


def test_the_same_figure_under_a_name_in_another_order_agrees() -> None:
    found = corroboration(FULL, replace(DIGEST, targets=(target(1, "试点示范的建设", 50),)))
    assert (found.contradictions, found.additions) == ((), ())


def test_equal_figures_of_other_metrics_are_no_agreement() -> None:
    found = corroboration(FULL, replace(DIGEST, targets=(target(1, "牵头制定行业标准", 10),)))
    assert [fact.id for _, fact in found.additions] == ["T1"]


def test_what_is_ticked_is_taken_over_with_its_quotation() -> None:
    charged = (Charge(department="D1", role=Role.SHARED), Charge(department="D2", role=Role.SHARED))
    other = replace(
        DIGEST,
        end=Deadline.parse("2027"),
        targets=(target(1, METRICS[1], 99, text="导语"), target(2, "新增检测中心", 5, text="导语")),
        measures=(measure(3, "建立督查机制", None, charged),),
        departments=(
            Department(id="D1", passage=passage("导语", 1), name=Name(zh="市财政局")),
            Department(id="D2", passage=passage("导语", 1), name=Name(zh="市市场监管局")),
        ),
    )
    assert united(FULL, other) == FULL
    policy = united(FULL, other, [PERIOD, "T1", "T2", "M3"])
    assert str(policy.end) == "2027"
    changed, added = policy.targets[1], policy.targets[-1]
    assert (changed.id, changed.value, changed.metric) == ("T2", Decimal(99), FULL.targets[1].metric)
    assert (changed.passage.quote, changed.passage.start) == (other.targets[0].passage.quote, None)
    assert changed.passage.clause == "另一文本：导语"
    assert (added.id, added.metric.zh) == ("T6", "新增检测中心")
    names = {one.id: one.name.zh for one in policy.departments}
    assert [names[one.department] for one in policy.measures[-1].charges] == ["市财政局", "市市场监管局"]
    assert policy.measures[-1].id == "M7"
    ids = [fact.id for _, fact in policy.facts()]
    assert len(set(ids)) == len(ids)


def test_what_the_full_text_alone_says_stays_where_a_contradiction_is_taken_over() -> None:
    other = replace(DIGEST, targets=(target(1, METRICS[0], 99, due=None),))
    (changed, *_) = united(FULL, other, ["T1"]).targets
    assert (changed.value, changed.due) == (Decimal(99), FULL.targets[0].due)
    moved = replace(DIGEST, stages=(stage(1, "第二阶段", "2027"),))
    assert [str(one.end) for one in united(FULL, moved, ["S1"]).stages] == ["2024", "2027"]


names = st.sampled_from([*METRICS, *TASKS, "国家标准", "标准", "国家标准化试点"])
dues = st.sampled_from([None, "2024", "2025", "2025-06", "2026"])
texts = st.builds(
    lambda targets, tasks, goals, stages: replace(
        FULL,
        targets=tuple(target(at, *one) for at, one in enumerate(targets, 1)),
        measures=tuple(measure(at, one) for at, one in enumerate(tasks, 1)),
        goals=tuple(
            Goal(id=f"Q{at}", passage=passage("二", at), statement=Name(zh=one))
            for at, one in enumerate(goals, 1)
        ),
        stages=tuple(stage(at, one) for at, one in enumerate(stages, 1)),
    ),
    st.lists(st.tuples(names, st.integers(0, 3), dues), min_size=1, max_size=6),
    st.lists(names, max_size=6),
    st.lists(names, max_size=3),
    st.lists(st.sampled_from(["第一阶段", "第二阶段", "第三阶段"]), max_size=3),
)


@given(texts)
@settings(deadline=None)
def test_a_text_beside_itself_agrees_in_everything_and_changes_nothing(policy: Policy) -> None:
    found = corroboration(policy, policy)
    assert not found.contradictions
    assert not found.additions
    assert found.agreed == sum(len(of_kind(policy, kind)) for kind in COMPARED)
    assert united(policy, policy, ["T1", "M1", PERIOD]) == policy


@given(texts, st.data())
@settings(deadline=None)
def test_the_order_in_which_two_texts_come_does_not_matter_for_what_is_held(
    one: Policy, data: st.DataObject
) -> None:
    other = data.draw(texts.filter(lambda two: _size(two) != _size(one)))
    shorter = min(one, other, key=_size)
    taken = [fact.id for kind in COMPARED for fact in of_kind(shorter, kind) if data.draw(st.booleans())]
    here, there = united(one, other, taken), united(other, one, taken)
    assert stated(here) == stated(there)
    for policy in (here, there):
        ids = [fact.id for _, fact in policy.facts()]
        assert len(set(ids)) == len(ids)


def _size(policy: Policy) -> int:
    return sum(len(of_kind(policy, kind)) for kind in COMPARED)
