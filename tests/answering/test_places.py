"""Whom a question is about: places by their short names, places not held, policies by their titles."""

import pytest

from answering.answer import Answer, Missing, MissingItem, Status
from answering.library import Library
from answering.regions import names_of
from domain.policy import Name, Policy
from storage.catalogue import loads
from tests.answering.cast import ask, told


def policy(name: str, region: str, title: str, department: str) -> Policy:
    """A policy as an import leaves it, with one target and one measure."""
    return loads(
        f"""
id: {name}
title: {{zh: {title}}}
region: {{zh: {region}}}
targets:
  - {{id: T1, clause: 一, metric: {{zh: 国际标准}}, comparator: ">=", value: 12, unit: {{zh: 项}}, due: 2027}}
measures:
  - {{id: M1, clause: 二, number: "1", title: {{zh: 打造港口标准体系}},
     charges: [{{department: D1, role: lead}}]}}
safeguards:
  - {{id: F1, clause: 三, title: {{zh: 强化要素保障}}}}
departments:
  - {{id: D1, clause: 二, name: {{zh: {department}}}}}
""",
        name=f"{name}.yaml",
    )


LIBRARY = Library(
    (
        policy("cenling", "岑陵区", "岑陵区质量强区建设纲要", "区民政局"),
        policy("kunshan", "昆山经济技术开发区", "昆山经济技术开发区标准跃升行动方案", "市场监管分局"),
        policy("luoze", "泺泽省", "泺泽省现代物流标准化攻坚行动计划", "省商务厅"),
    )
)


def about(*texts: str) -> str:
    return told(ask(*texts, library=LIBRARY))


def place_missed(answer: Answer) -> str | None:
    """The place that is said not to be held."""
    item = answer.items[0]
    return item.subject if isinstance(item, MissingItem) and item.reason is Missing.PLACE else None


# Names


@pytest.mark.parametrize(
    ("region", "names"),
    [
        ("岑陵区", {"岑陵区", "岑陵", "Cenling"}),
        ("泺泽省", {"泺泽省", "泺泽", "Luoze"}),
        ("岑陵县", {"岑陵", "Cenling county"}),
        ("岑陵街道", {"岑陵", "Cenling subdistrict"}),
        ("岑陵经济技术开发区", {"岑陵经开区", "岑陵开发区", "岑陵", "Cenling development zone"}),
        ("岑陵高新技术产业开发区", {"岑陵高新区", "Cenling high-tech zone"}),
        ("岑陵自由贸易试验区", {"岑陵自贸区", "岑陵自贸试验区", "Cenling free trade zone"}),
        ("四川省、重庆市", {"四川", "重庆市", "Sichuan"}),
        ("岑陵三地", {"岑陵三地", "岑陵"}),
        ("通州区", {"通州", "Tongzhou"}),  # there are two
    ],
)
def test_a_place_is_known_by_its_short_names(region: str, names: set[str]) -> None:
    assert names <= names_of(Name(zh=region)).keys()


@pytest.mark.parametrize(
    ("region", "other"),
    [("昆山高新区", "昆山"), ("长春新区", "长春"), ("朝阳区", "朝阳")],
)
def test_another_place_or_a_word_is_no_short_name(region: str, other: str) -> None:
    assert other not in names_of(Name(zh=region))


@pytest.mark.parametrize(
    "text",
    [
        "岑陵国际标准多少项",
        "岑陵区国际标准多少项",
        "泺泽省岑陵区国际标准多少项",  # of places in no list as they stand
        "How many 国际标准 in Cenling?",
        "cenling district 国际标准",
    ],
)
def test_the_policy_of_the_place_answers(text: str) -> None:
    assert about(text).startswith("cenling/T1")


@pytest.mark.parametrize("place", ["昆山经开区", "昆山开发区", "昆山经济开发区", "Kunshan zone "])
def test_a_zone_is_not_the_city_it_lies_in(place: str) -> None:
    assert about(f"{place}国际标准多少项").startswith("kunshan/T1")


@pytest.mark.parametrize("place", ["昆山", "昆山市"])
def test_of_the_city_its_zone_is_only_offered(place: str) -> None:
    answer = ask(f"{place}国际标准多少项", library=LIBRARY)
    assert place_missed(answer) == place
    assert [one.policy for one in answer.choices] == ["kunshan"]


# Places that are not held


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("鹿泠国际标准多少项", "鹿泠"),
        ("鹿泠区国际标准多少项", "鹿泠区"),
        ("请问鹿泠省2027年国际标准多少项", "鹿泠省"),
        ("国际标准，鹿泠多少项", "鹿泠"),
        ("港口标准体系在鹿泠谁负责", "鹿泠"),
        ("鹿泠区民政局负责什么", "鹿泠"),
        ("鹿泠桥市民政局负责什么", "鹿泠桥市"),
        ("鹿泠经济技术开发区国际标准多少项", "鹿泠经济技术开发区"),
        ("鹿泠质量强区建设纲要的保障措施", "鹿泠"),
        ("international standards in Luling", "luling"),
        ("岑陵市国际标准多少项", "岑陵市"),  # held is 岑陵区
        ("泺泽省鹿泠市国际标准多少项", "鹿泠市"),
        ("泺泽和鹿泠省国际标准比较", "鹿泠省"),
    ],
)
def test_a_place_that_is_not_held_gets_no_other_places_figure(text: str, place: str) -> None:
    answer = ask(text, library=LIBRARY)
    assert answer.status is not Status.ANSWERED
    assert (place_missed(answer) or place).lower() == place
    assert place_missed(answer) or answer.status is Status.CLARIFY


def test_a_follow_up_is_still_about_the_place_that_is_not_held() -> None:
    assert place_missed(ask("鹿泠国际标准多少项", "其中2027年的呢", library=LIBRARY)) == "鹿泠"
    assert about("鹿泠国际标准多少项", "那岑陵呢").startswith("cenling/T1")
    assert about("鹿泠国际标准多少项", "有哪些政策").startswith("list:")


@pytest.mark.parametrize("word", ["港区", "本市", "哪个市", "全省", "预计"])
def test_a_word_is_no_place(word: str) -> None:
    assert place_missed(ask(f"{word}国际标准多少项", library=LIBRARY)) is None


def test_an_english_word_like_pinyin_is_no_place() -> None:
    assert place_missed(ask("how many women manage standards", library=LIBRARY)) is None


def test_another_level_has_another_department() -> None:
    assert about("民政局负责什么").startswith("duties cenling/D1")
    assert ask("市民政局负责什么", library=LIBRARY).status is Status.NO_RECORD
    assert ask("岑陵市民政局负责什么", library=LIBRARY).status is Status.NO_RECORD


# Titles


@pytest.mark.parametrize(
    ("text", "told_first"),
    [
        ("现代物流攻坚计划的保障措施有哪些", "list safeguard: luoze/F1"),
        ("岑陵质量强区纲要的保障措施有哪些", "list safeguard: cenling/F1"),
        ("质量强区建设纲要谁负责", "list department: cenling/D1"),
    ],
)
def test_words_of_a_title_name_its_policy(text: str, told_first: str) -> None:
    assert about(text).startswith(told_first)
