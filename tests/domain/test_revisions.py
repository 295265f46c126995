"""A later version beside the one held: what is the same entry, and what follows it."""

from dataclasses import replace
from decimal import Decimal

from domain.policy import (
    Charge,
    Comparator,
    Department,
    FactKind,
    Group,
    Measure,
    Milestone,
    Name,
    Passage,
    Policy,
    Role,
    Stage,
    Target,
)
from domain.revisions import changes, continuing, contradictions, held_as, identified, same_title
from domain.timeline import Deadline

HERE = Passage(clause="二")
YEAR = Deadline.parse("2026")


def target(at: str, metric: str, value: int, due: Deadline | None = YEAR, en: str | None = None) -> Target:
    return Target(
        id=at,
        passage=HERE,
        metric=Name(zh=metric, en=en),
        comparator=Comparator.AT_LEAST,
        value=Decimal(value),
        unit=Name(zh="项"),
        due=due,
    )


def measure(at: str, number: str, title: str, *departments: str, group: str | None = None) -> Measure:
    charges = tuple(Charge(department=one, role=Role.SHARED) for one in departments)
    return Measure(id=at, passage=HERE, number=number, title=Name(zh=title), charges=charges, group=group)


def department(at: str, name: str, en: str | None = None) -> Department:
    return Department(id=at, passage=HERE, name=Name(zh=name, en=en))


def stage(at: str, name: str, *milestones: tuple[str, str]) -> Stage:
    return Stage(
        id=at,
        passage=HERE,
        name=Name(zh=name),
        start=YEAR,
        end=YEAR,
        milestones=tuple(Milestone(id=one, name=Name(zh=words), due=YEAR) for one, words in milestones),
    )


OLD = Policy(
    id="yunxi-2024",
    title=Name(zh="云溪市行动方案（2024—2026年）", en="Yunxi plan"),
    region=Name(zh="云溪市", en="Yunxi"),
    targets=(target("T1", "国家标准", 25, en="national standards"), target("T2", "团体标准", 40)),
    groups=(Group(id="G1", passage=HERE, number="（一）", title=Name(zh="完善供给")),),
    measures=(
        measure("M1", "1", "健全制造业标准", "D1", group="G1"),
        measure("M2", "2", "提升服务业标准", "D2"),
    ),
    stages=(stage("S1", "启动阶段", ("S1-1", "中期评估")),),
    departments=(department("D1", "市市场监管局", en="Market Bureau"), department("D2", "市民政局")),
)
# Read anew: entries inserted in front of others, so that every id names something else.
NEW = Policy(
    id="draft",
    title=Name(zh="云溪市行动方案(2024-2026年)"),
    region=Name(zh="云溪市"),
    targets=(target("T1", "行业标准", 5), target("T2", "国家标准", 25), target("T3", "团体标准", 60)),
    groups=(Group(id="G1", passage=HERE, number="（一）", title=Name(zh="完善供给")),),
    measures=(
        measure("M1", "1", "壮大人才队伍", "D1"),
        measure("M2", "2", "健全制造业标准", "D2", group="G1"),
        measure("M3", "3", "提升服务业标准", "D1"),
    ),
    stages=(stage("S1", "启动阶段", ("S1-1", "自查"), ("S1-2", "中期评估")),),
    departments=(department("D1", "市人力社保局"), department("D2", "市市场监管局")),
)


def names(found: tuple[tuple[FactKind, object], ...]) -> list[str]:
    return [getattr(fact, "title", getattr(fact, "metric", None)).zh for _, fact in found]  # type: ignore[union-attr]  # targets and measures only


def test_a_version_and_itself_do_not_differ() -> None:
    assert not changes(OLD, OLD)


def test_targets_are_matched_by_metric_and_measures_by_title() -> None:
    found = changes(OLD, NEW)
    assert names(found.new) == ["行业标准", "壮大人才队伍"]
    assert found.gone == ()
    assert [(one.old.id, one.new.id) for one in found.changed] == [("T2", "T3"), ("M2", "M3"), ("S1", "S1")]


def test_a_measure_of_another_title_is_matched_by_its_number_under_its_heading() -> None:
    renamed = replace(OLD, measures=(measure("M1", "1", "做强制造业标准", "D1", group="G1"), OLD.measures[1]))
    (only,) = changes(OLD, renamed).changed
    assert (only.old.id, only.new.id) == ("M1", "M1")


def test_a_stray_character_makes_no_other_metric() -> None:
    old = replace(OLD, targets=(target("T1", "新增的国家标准", 25),))
    new = replace(OLD, targets=(target("T1", "新增国家标准", 25),))
    assert not changes(old, continuing(old, new))


def test_what_is_left_out_is_gone() -> None:
    found = changes(OLD, replace(OLD, targets=OLD.targets[:1], measures=OLD.measures[1:]))
    assert names(found.gone) == ["团体标准", "健全制造业标准"]


def test_two_dates_of_one_metric_are_two_targets() -> None:
    near, far = target("T1", "国家标准", 10, Deadline.parse("2024")), target("T2", "国家标准", 25)
    old = replace(OLD, targets=(near, far))
    swapped = replace(old, targets=(replace(far, id="T1"), replace(near, id="T2")))
    assert not changes(old, swapped)


def test_ids_follow_the_entries_so_that_who_follows_one_goes_on_following_it() -> None:
    policy = continuing(OLD, NEW)
    assert policy.id == OLD.id
    assert {one.metric.zh: one.id for one in policy.targets} == {
        "国家标准": "T1",
        "团体标准": "T2",
        "行业标准": "T3",
    }
    assert {one.name.zh: one.id for one in policy.departments} == {"市市场监管局": "D1", "市人力社保局": "D3"}
    assert {one.title.zh: one.id for one in policy.measures} == {
        "健全制造业标准": "M1",
        "提升服务业标准": "M2",
        "壮大人才队伍": "M3",
    }
    charged = {one.title.zh: [charge.department for charge in one.charges] for one in policy.measures}
    assert charged == {"壮大人才队伍": ["D3"], "健全制造业标准": ["D1"], "提升服务业标准": ["D3"]}
    assert {one.name.zh: one.id for one in policy.stages[0].milestones} == {
        "中期评估": "S1-1",
        "自查": "S1-2",
    }
    ids = [fact.id for _, fact in policy.facts()]
    assert len(set(ids)) == len(ids)


def test_names_of_ours_stay_with_what_is_called_the_same() -> None:
    policy = continuing(OLD, NEW)
    assert policy.title.en == "Yunxi plan"
    assert next(one for one in policy.targets if one.id == "T1").metric.en == "national standards"
    assert next(one for one in policy.departments if one.id == "D1").name.en == "Market Bureau"


def test_a_policy_is_known_by_its_title_whatever_its_punctuation() -> None:
    assert same_title(OLD.title.zh, NEW.title.zh)
    assert held_as(NEW.title.zh, (OLD,)) is OLD
    assert identified(NEW, (OLD,)).id == OLD.id
    other = identified(replace(NEW, title=Name(zh="云溪市实施意见")), (OLD,))
    assert other.id.startswith("p-")
    assert identified(replace(NEW, title=Name(zh="云溪市实施意见")), (OLD,)).id == other.id


def test_one_metric_with_two_figures_for_one_date_contradicts_itself() -> None:
    policy = replace(OLD, targets=(*OLD.targets, target("T3", "团体标准", 50)))
    (found,) = contradictions(policy)
    assert [one.id for one in found] == ["T2", "T3"]
    assert contradictions(OLD) == ()
