"""The catalogue files of Jiangjin and Guangdong, held against their texts by a small parser of its own."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from domain.policy import Comparator, Department, Group, Measure, Name, Policy, Role, Safeguard, Target
from language.script import to_simplified
from storage.catalogue import load_file

ROOT = Path(__file__).parents[2]
ORIGINALS = ROOT.parent / "shared" / "policies"
JIANGJIN, GUANGDONG = "jiangjin-2023", "guangdong-2018"
BOTH = pytest.mark.parametrize("policy_id", [JIANGJIN, GUANGDONG])

TARGETS_STAND_IN = {JIANGJIN: "(二)发展目标", GUANGDONG: "(三)创建目标"}
KEY_WORDS = {
    JIANGJIN: ["行业标准", "地方标准", "企业产品和服务标准", "团体标准", "标准化试点示范项目"],
    GUANGDONG: [
        "标准体系规划与路线图",
        "两化融合管理体系贯标",
        "“广东优质”先进标准认证",
        "技术标准创新基地",
        "标准验证检验检测点",
        "大型骨干企业",
        "专业标准化技术委员会或对口单位",
        "各类国际标准",
    ],
}
COLLECTIVE = {"各镇街", "区政府各部门"}


@pytest.mark.parametrize(
    ("policy_id", "counts"),
    [
        (JIANGJIN, {"T": 5, "Q": 6, "G": 7, "M": 19, "S": 0, "F": 2, "B": 2, "E": 3, "D": 32}),
        (GUANGDONG, {"T": 8, "Q": 10, "G": 4, "M": 18, "S": 3, "F": 3, "B": 1, "E": 0, "D": 0}),
    ],
)
def test_nothing_is_missing_and_all_is_numbered_in_turn(policy_id: str, counts: dict[str, int]) -> None:
    ids = [fact.id for _, fact in catalogued(policy_id).facts()]
    assert ids == [f"{letter}{at + 1}" for letter, count in counts.items() for at in range(count)]


@BOTH
def test_every_figure_of_the_target_section_is_a_target_with_unit_comparator_and_date(policy_id: str) -> None:
    section = after(original(policy_id), TARGETS_STAND_IN[policy_id])
    stated = [figure(section, match) for match in re.finditer(r"(\d+)([项个家])(以上)?", section)]
    assert [as_figure(target) for target in catalogued(policy_id).targets] == stated


@BOTH
def test_a_figure_stands_beside_the_key_word_of_its_metric(policy_id: str) -> None:
    section = after(original(policy_id), TARGETS_STAND_IN[policy_id])
    for target, key in zip(catalogued(policy_id).targets, KEY_WORDS[policy_id], strict=True):
        amount = f"{target.value}{target.unit.zh}"
        assert re.search(f"{amount}.{{0,18}}{key}|{key}.{{0,8}}{amount}", section), target.id
        assert key in target.metric.zh


@BOTH
def test_headings_stand_as_in_the_text_in_its_order_at_their_clause(policy_id: str) -> None:
    policy = catalogued(policy_id)
    entries: list[Group | Measure] = [*policy.groups, *policy.measures]
    entries.sort(key=lambda entry: _position(entry.passage.clause))
    ours = [(plain(entry.passage.clause), plain(entry.title.zh)) for entry in entries]
    assert ours == list(outline(original(policy_id), "二"))


def test_the_safeguards_of_jiangjin_stand_as_in_the_text() -> None:
    ours = [(plain(one.passage.clause), one.title.zh) for one in catalogued(JIANGJIN).safeguards]
    assert ours == list(outline(original(JIANGJIN), "三"))


@BOTH
def test_a_measure_stands_under_the_group_of_its_clause(policy_id: str) -> None:
    policy = catalogued(policy_id)
    clauses = {group.id: group.passage.clause for group in policy.groups}
    for measure in policy.measures:
        assert measure.group is not None
        assert measure.passage.clause == clauses[measure.group] + measure.number


def test_each_jiangjin_measure_has_the_departments_of_its_final_bracket() -> None:
    policy, brackets = catalogued(JIANGJIN), dict(final_brackets(original(JIANGJIN)))
    for measure in policy.measures:
        assert in_charge(policy, measure) == read_bracket(brackets[measure.number]), measure.id


def test_thirty_departments_are_named_and_two_names_stand_for_many() -> None:
    policy = catalogued(JIANGJIN)
    brackets = [bracket for _, bracket in final_brackets(original(JIANGJIN))]
    named = {name for bracket in brackets for name, _ in read_bracket(bracket)[0]}
    assert {department.name.zh for department in policy.departments} == named
    assert len(named - COLLECTIVE) == 30
    assert len(policy.departments) == 32


def test_a_department_is_cited_where_the_text_first_names_it() -> None:
    policy = catalogued(JIANGJIN)
    for department in policy.departments:
        first = next(measure for measure in policy.measures if _charged(measure, department))
        assert department.passage.clause == first.passage.clause, department.id


def test_each_role_of_jiangjin_stands_where_the_text_has_it() -> None:
    numbers: dict[Role, set[str]] = {}
    for measure in catalogued(JIANGJIN).measures:
        for charge in measure.charges:
            numbers.setdefault(charge.role, set()).add(measure.number)
    shared = {str(number) for number in range(1, 20)} - {"16", "17"}
    assert numbers == {
        Role.SHARED: shared,
        Role.SOLE: {"17"},
        Role.COLLECTIVE: {"16"},
        Role.IMPLEMENTING: {"12"},
    }


def test_guangdong_names_no_department() -> None:
    policy = catalogued(GUANGDONG)
    assert not policy.departments
    assert not any(measure.charges or measure.open_ended for measure in policy.measures)


def test_the_stages_of_guangdong_have_the_year_of_their_heading() -> None:
    stages = catalogued(GUANGDONG).stages
    ours = [(plain(stage.passage.clause), f"{stage.name.zh}({stage.start}年)") for stage in stages]
    assert ours == list(outline(original(GUANGDONG), "三"))
    assert all(stage.start == stage.end for stage in stages)


@BOTH
def test_cited_documents_and_yearly_occasions_are_named_in_the_text(policy_id: str) -> None:
    policy, text = catalogued(policy_id), original(policy_id)
    names = [policy.title.zh, *(event.name.zh for event in policy.events)]
    names += [part for basis in policy.basis for part in basis.title.zh.split("……")]
    names += [basis.number for basis in policy.basis if basis.number]
    assert [name for name in names if plain(name) not in text] == []


def test_what_the_texts_leave_out_is_not_stated() -> None:
    jiangjin, guangdong = catalogued(JIANGJIN), catalogued(GUANGDONG)
    assert (jiangjin.issuer, jiangjin.issued, jiangjin.start, guangdong.issued) == (None,) * 4
    assert guangdong.issuer is not None
    assert guangdong.issuer.passage.clause == "文前报道"


@BOTH
def test_all_chinese_is_simplified(policy_id: str) -> None:
    words = [word for word in strings(catalogued(policy_id)) if to_simplified(word) != word]
    assert words == []


@BOTH
def test_every_name_has_english_but_units_that_need_none(policy_id: str) -> None:
    policy = catalogued(policy_id)
    units = {id(target.unit) for target in policy.targets}
    assert [name.zh for name in names_in(policy) if id(name) not in units and not name.en] == []


@BOTH
def test_our_own_sentences_are_short(policy_id: str) -> None:
    policy = catalogued(policy_id)
    summed_up: tuple[Measure | Safeguard, ...] = (*policy.measures, *policy.safeguards)
    sentences = [entry.summary for entry in summed_up if entry.summary]
    assert len(sentences) == len(summed_up)
    sentences += [goal.statement for goal in policy.goals]
    sentences += [point for stage in policy.stages for point in stage.points]
    assert [one.zh for one in sentences if len(one.zh) > 40 or len((one.en or "").split()) > 25] == []


@BOTH
def test_no_stretch_of_the_text_is_copied(policy_id: str) -> None:
    text = re.sub(r"\s", "", original(policy_id))
    stretches = {text[at : at + 32] for at in range(len(text) - 31)}
    ours = re.sub(r"\s", "", plain((ROOT / "catalogue" / f"{policy_id}.yaml").read_text(encoding="utf-8")))
    assert [ours[at : at + 32] for at in range(len(ours) - 31) if ours[at : at + 32] in stretches] == []


class Figure(NamedTuple):
    """A target's figure, as read here."""

    value: int
    unit: str
    comparator: Comparator
    due: str


def figure(section: str, match: re.Match[str]) -> Figure:
    """The figure with the last date that stands before it, 到2025年."""
    due = re.findall(r"到(\d{4})年", section[: match.start()])[-1]
    return Figure(int(match[1]), match[2], Comparator.AT_LEAST if match[3] else Comparator.EXACTLY, due)


def as_figure(target: Target) -> Figure:
    return Figure(int(target.value), target.unit.zh, target.comparator, str(target.due))


def outline(text: str, part: str) -> Iterator[tuple[str, str]]:
    """Clause and heading of every （一） and 1. in one part of the text."""
    group = ""
    for line in after(text, f"\n{part}、", until=r"\n[一二三四]、").split("\n"):
        if match := re.match(r"\((.)\)(.*?)。", line):
            group = f"{part}({match[1]})"
            yield group, match[2]
        elif match := re.match(r"(\d+)\.(.*?)。", line):
            yield group + match[1], match[2]


def final_brackets(text: str) -> Iterator[tuple[str, str]]:
    """Number and closing bracket of every measure."""
    for match in re.finditer(r"^(\d+)\..*\n.*\(([^()]*)\)$", after(text, "\n二、"), re.MULTILINE):
        yield match[1], match[2]


def read_bracket(bracket: str) -> tuple[list[tuple[str, Role]], bool]:
    """Who stands in a bracket in which role, and whether the list ends in 等."""
    charges: list[tuple[str, Role]] = []
    open_ended = False
    for part in bracket.split(","):
        shared, implementing = part.removesuffix("按职责分工负责"), part.removesuffix("落实")
        if implementing != part:
            charges.append((implementing, Role.IMPLEMENTING))
        elif shared == part:
            charges.append((part.removesuffix("负责"), Role.SOLE))
        elif shared == "区政府各部门":
            charges.append((shared, Role.COLLECTIVE))
        else:
            open_ended = shared.endswith("等")
            charges += [(name, Role.SHARED) for name in shared.removesuffix("等").split("、")]
    return charges, open_ended


def in_charge(policy: Policy, measure: Measure) -> tuple[list[tuple[str, Role]], bool]:
    names = {department.id: department.name.zh for department in policy.departments}
    return [(names[charge.department], charge.role) for charge in measure.charges], measure.open_ended


def _charged(measure: Measure, department: Department) -> bool:
    return any(charge.department == department.id for charge in measure.charges)


def _position(clause: str) -> tuple[int, int]:
    """二（二）before 二（二）3 before 二（三）."""
    group, number = re.fullmatch(r"二（(.)）(\d*)", clause).groups()  # type: ignore[union-attr]  # or the test fails
    return "一二三四五六七".index(group), int(number or 0)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def names_in(value: object) -> Iterator[Name]:
    if isinstance(value, Name):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from names_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from names_in(getattr(value, field.name))


def after(text: str, start: str, until: str = r"\n[一二三四]、") -> str:
    """What stands behind `start` up to the next part of the text."""
    rest = text.split(start, 1)[1]
    return re.split(until, rest, maxsplit=1)[0]


@cache
def catalogued(policy_id: str) -> Policy:
    return load_file(ROOT / "catalogue" / f"{policy_id}.yaml")


def original(policy_id: str) -> str:
    """The source text in plain form; the test is skipped where it is not at hand."""
    file = ORIGINALS / f"{policy_id}.txt"
    if not file.exists():
        pytest.skip(f"../shared/policies/{file.name} is not here to compare with")
    return plain(re.sub(PINYIN, "", file.read_text(encoding="utf-8")))


def plain(text: str) -> str:
    """Simplified, half width."""
    return unicodedata.normalize("NFKC", to_simplified(text))


# 區(qū): the pinyin behind a character has a tone mark, a real bracket (ISO) has none.
PINYIN = r"\([a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü][a-z]*\)"
