"""The catalogue files of Zhejiang and Wenzhou, held against the texts they were made from."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.policy import Comparator, Fact, Group, Measure, Policy, Safeguard, Target
from language.script import fold, to_simplified
from storage.catalogue import load_file

CATALOGUE = Path(__file__).parents[2] / "catalogue"
SOURCES = CATALOGUE.parents[1] / "shared" / "policies"
POLICIES = ("zhejiang-2023", "wenzhou-2017")
COPY = 32  # from this many characters on, a stretch of the source is a copy

Outline = dict[str, str]  # a folded clause, `二(一)1`, to its folded text, heading first; the frame under ""


@pytest.fixture(params=POLICIES, name="policy")
def _policy(request: pytest.FixtureRequest) -> Policy:
    return load_file(CATALOGUE / f"{request.param}.yaml")


@pytest.fixture(name="outline")
def _outline(policy: Policy) -> Outline:
    return outline_of(original(policy.id))


@pytest.mark.parametrize(
    ("name", "counts"),
    [("zhejiang-2023", (9, 3, 7, 27, 3, 4, 1, 0)), ("wenzhou-2017", (8, 4, 0, 9, 0, 4, 3, 2))],
)
def test_nothing_is_missing_and_nothing_is_there_twice(name: str, counts: tuple[int, ...]) -> None:
    policy = load_file(CATALOGUE / f"{name}.yaml")
    parts = parts_of(policy)
    assert tuple(len(facts) for facts in parts.values()) == counts
    for letter, facts in parts.items():
        assert [fact.id for fact in facts] == [f"{letter}{at}" for at in range(1, len(facts) + 1)]


def test_every_heading_stands_at_the_head_of_its_clause(policy: Policy, outline: Outline) -> None:
    headings: tuple[Group | Measure | Safeguard, ...] = (*policy.groups, *policy.measures, *policy.safeguards)
    for titled in headings:
        heading = fold(titled.title.zh)
        assert re.match(re.escape(heading) + "(。|$)", clause(outline, titled)), (titled.id, heading)


def test_numbers_and_groups_agree_with_the_clause(policy: Policy) -> None:
    numbers: tuple[Group | Measure, ...] = (*policy.groups, *policy.measures)
    for numbered in numbers:
        assert numbered.passage.clause.endswith(numbered.number)
    groups = {group.id: group for group in policy.groups}
    for measure in policy.measures:
        if measure.group is not None:
            assert measure.passage.clause == groups[measure.group].passage.clause + measure.number


def test_every_measure_of_the_text_is_there(policy: Policy, outline: Outline) -> None:
    depth = r"二\(.\)\d" if policy.groups else r"二\(.\)"
    stated = [key for key in outline if re.fullmatch(depth, key)]
    assert [fold(measure.passage.clause) for measure in policy.measures] == stated


def test_every_figure_stands_beside_its_metric_with_its_comparator(policy: Policy, outline: Outline) -> None:
    places = []
    for target in policy.targets:
        found = list(re.finditer(figure(target), clause(outline, target)))
        assert len(found) == 1, (target.id, figure(target))
        places.append((list(outline).index(fold(target.passage.clause)), found[0].start("value")))
    assert places == sorted(places)


def test_every_due_year_is_stated_before_its_figure(policy: Policy, outline: Outline) -> None:
    for target in policy.targets:
        found = re.search(figure(target), clause(outline, target))
        assert found is not None
        years = re.findall(r"到(\d{4})年", clause(outline, target)[: found.start("value")])
        assert years[-1:] == ([str(target.due)] if target.due else []), target.id


def test_stages_and_milestones_stand_in_their_clause(policy: Policy, outline: Outline) -> None:
    for stage in policy.stages:
        assert stage.start == stage.end
        assert clause(outline, stage).startswith(f"{stage.name.zh}({stage.start}年)")
        for milestone in stage.milestones:
            assert milestone.name.zh in clause(outline, stage)
            assert milestone.due == stage.end
    assert [stage.id for stage in policy.stages if "评估" in clause(outline, stage)] == [
        stage.id for stage in policy.stages if stage.milestones
    ]


def test_the_frame_states_title_issuer_and_basis(policy: Policy, outline: Outline) -> None:
    frame = outline[""]
    assert fold(policy.title.zh) in frame
    assert policy.issuer is not None
    assert fold(policy.issuer.name.zh) in frame
    assert policy.issued is None or f"发布日期:{policy.issued}年" in frame
    for basis in policy.basis:
        number = f"({fold(basis.number)})" if basis.number else ""
        assert f"《{fold(basis.title.zh)}》{number}" in frame


def test_yearly_events_stand_in_their_clause(policy: Policy, outline: Outline) -> None:
    for event in policy.events:
        assert f'"{event.name.zh}"' in clause(outline, event)


def test_facts_keep_the_order_of_the_text(policy: Policy, outline: Outline) -> None:
    order = list(outline)
    for letter, facts in parts_of(policy).items():
        if letter != "B":  # stated in the frame, which has no clauses
            places = [order.index(fold(fact.passage.clause)) for fact in facts]
            assert all(one <= other for one, other in pairwise(places)), letter


def test_most_search_terms_are_words_of_their_own_clause(policy: Policy, outline: Outline) -> None:
    searchable: tuple[Measure | Safeguard, ...] = (*policy.measures, *policy.safeguards)
    for fact in searchable:
        chinese = [topic for topic in fact.topics if re.search("[\u4e00-\u9fff]", topic)]
        stated = [topic for topic in chinese if plain(fold(topic)) in plain(clause(outline, fact))]
        assert len(stated) >= 0.6 * len(chinese), (fact.id, sorted(set(chinese) - set(stated)))


@pytest.mark.parametrize("name", POLICIES)
def test_the_chinese_is_simplified_and_of_the_mainland(name: str) -> None:
    text = (CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8")
    assert to_simplified(text) == text
    foreign = "套用|最佳化|数位|网路|智慧型|人工智慧|积体电路|智慧财产|格线|叠代|巨观|民众|附属档案|公共运输"
    assert re.findall(foreign, text) == []


@pytest.mark.parametrize("name", POLICIES)
def test_every_name_has_both_languages(name: str) -> None:
    for key, entry in maps_of(yaml.safe_load((CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8"))):
        if "zh" in entry and key != "unit":
            assert re.search("[\u4e00-\u9fff]", entry["zh"])
            assert not re.search("[\u4e00-\u9fff]", entry["en"])


@pytest.mark.parametrize("name", POLICIES)
def test_no_sentence_is_copied_from_a_source(name: str) -> None:
    original(name)
    ours = squeezed((CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8"))
    windows = {ours[at : at + COPY] for at in range(len(ours) - COPY + 1)}
    for source in sorted(SOURCES.glob("*.txt")):
        text = squeezed(source.read_text(encoding="utf-8"))
        assert [text[at : at + COPY] for at in range(len(text)) if text[at : at + COPY] in windows] == []


def original(name: str) -> str:
    """The policy text as it was found."""
    file = SOURCES / f"{name}.txt"
    if not file.exists():
        pytest.skip(f"the original {file.name} is not beside this checkout")
    return file.read_text(encoding="utf-8")


def outline_of(text: str) -> Outline:
    """Each clause's text, told by the three levels 一、 (一) 1. at the head of a line."""
    outline: Outline = {"": ""}
    part = section = key = ""
    for line in map(fold, text.replace("著力", "着力").splitlines()):
        head = re.match(
            r"(?P<part>[一二三四五六])、|(?P<section>\([一二三四五六七八九]\))|(?P<item>\d)\.", line
        )
        if head and head["part"]:
            part, section = head["part"], ""
        elif head and head["section"]:
            section = head["section"]
        if head:
            key = part + section + (head["item"] or "")
        outline[key] = outline.get(key, "") + (line[head.end() :] if head else line)
    return outline


def clause(outline: Outline, fact: Fact) -> str:
    """The folded text of the clause that a fact names."""
    return outline[fold(fact.passage.clause)]


def figure(target: Target) -> str:
    """A pattern of the figure behind its metric (采标率66%以上), or before it (100名标准化专家)."""
    metric = fold(target.metric.zh)
    bound = {Comparator.AT_LEAST: "以上", Comparator.AT_MOST: "以内", Comparator.EXACTLY: "(?!以)"}
    value = rf"(?<!\d)(?P<value>{target.value}){target.unit.zh}{bound[target.comparator]}"
    if target.unit.zh == "名":
        return value + re.escape(metric)
    return rf"{re.escape(metric[-6:])}(?:达到|缩短至)?{value}"


def parts_of(policy: Policy) -> dict[str, tuple[Fact, ...]]:
    """The facts by the letter of their ids."""
    return {
        "T": policy.targets,
        "Q": policy.goals,
        "G": policy.groups,
        "M": policy.measures,
        "S": policy.stages,
        "F": policy.safeguards,
        "B": policy.basis,
        "E": policy.events,
    }


def plain(text: str) -> str:
    """A text without its quotation marks, which search terms leave out."""
    return text.replace('"', "")


def squeezed(text: str) -> str:
    """A folded text without any space."""
    return fold(text).replace(" ", "")


def maps_of(tree: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every map of a file with the key it stands under."""
    if isinstance(tree, dict):
        yield key, tree
        for name, value in tree.items():
            yield from maps_of(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from maps_of(value, key)
