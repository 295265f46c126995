"""A policy as an import leaves it: one figure for several years, parts of wholes, duties by their part."""

import pytest

from answering.answer import Answer, Aspect, DutiesItem, FactItem, ListItem, Status
from answering.index import Index
from answering.library import Library
from answering.slips import mend
from domain.policy import Target
from storage.catalogue import loads
from tests.answering.cast import TODAY

LISHUI = loads(
    """
id: lishui
title: {zh: 丽水市茶业计量工作方案}
region: {zh: 丽水市}
targets:
  - {id: T1, clause: 一, metric: {zh: 茶叶优质率}, comparator: ">=", value: 60, unit: {zh: "%"}, due: 2027}
  - {id: T2, clause: 一, metric: {zh: 茶叶优质率}, comparator: ">=", value: 45, unit: {zh: "%"}, due: 2025}
  - {id: T3, clause: 一, metric: {zh: 国家级、省级示范茶园}, comparator: ">=", value: 30, unit: {zh: 个}}
  - {id: T4, clause: 一, metric: {zh: 国家级、省级示范茶园（国家级）}, comparator: ">=",
     value: 8, unit: {zh: 个}}
  - {id: T5, clause: 二（一）, metric: {zh: 茶叶纠纷仲裁办案周期}, comparator: "<=",
     value: 25, unit: {zh: 天}}
  - {id: T6, clause: 一, metric: {zh: 市本级计量标准总数}, comparator: ">=", value: 90, unit: {zh: 项}}
  - {id: T7, clause: 一, metric: {zh: 新建计量标准}, comparator: ">=", value: 14, unit: {zh: 项}}
  - {id: T8, clause: 二（二）, metric: {zh: 整治企业}, comparator: "=", value: 70, unit: {zh: 家},
     due: 2026-06, quote: 2026年6月底前整治企业70家, quote_start: 90, quote_end: 106}
  - {id: T9, clause: 一, metric: {zh: 标准化采茶基地}, comparator: ">=", value: 6, unit: {zh: 万亩}}
measures:
  - {id: M1, clause: 二（一）, number: "1", title: {zh: 化解纠纷},
     charges: [{department: D1, role: lead}, {department: D2, role: cooperating}]}
  - {id: M2, clause: 二（二）, number: "2", title: {zh: 管好炒茶户},
     quote: 2.管好炒茶户。对炒茶作坊逐户整治，2026年6月底前整治企业70家。, quote_start: 70, quote_end: 107,
     charges: [{department: D2, role: lead}, {department: D1, role: cooperating}]}
  - {id: M3, clause: 二（三）, number: "3", title: {zh: 办好茶博会}, charges: [{department: D1, role: sole}]}
basis:
  - {id: B1, clause: 导语, title: {zh: 计量发展规划}}
departments:
  - {id: D1, clause: 二, name: {zh: 市茶业局}}
  - {id: D2, clause: 二, name: {zh: 市商务局}}
""",
    name="lishui.yaml",
)
LIBRARY = Library((LISHUI,))


def ask(*questions: str) -> Answer:
    """The answer to the last of several questions in a row."""
    answer = LIBRARY.ask(questions[0], today=TODAY)
    for question in questions[1:]:
        answer = LIBRARY.ask(question, today=TODAY, context=answer.context)
    return answer


def told(answer: Answer) -> list[str]:
    """The ids of the facts told, in order."""
    return [item.found.fact.id for item in answer.items if isinstance(item, FactItem)]


def duties(answer: Answer) -> list[str]:
    """The ids of the measures that a department is told to be in charge of."""
    return [one.id for item in answer.items if isinstance(item, DutiesItem) for one in item.measures]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("丽水茶叶优质率25年和27年分别要到多少", ["T2", "T1"]),
        ("丽水茶叶优质率要多少", ["T2", "T1"]),
        ("丽水茶叶优质率2027年要多少", ["T1"]),
    ],
)
def test_a_figure_for_several_years_is_told_for_each(question: str, figures: list[str]) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert told(answer) == figures


@pytest.mark.parametrize(
    ("questions", "figures"),
    [
        (["丽水示范茶园要建几个"], ["T3"]),
        (["丽水示范茶园要建几个", "那国家级的呢"], ["T4"]),
        (["丽水国家级、省级示范茶园要建几个"], ["T3"]),
        (["丽水国家级、省级示范茶园多少个，其中国家级多少个"], ["T3", "T4"]),
    ],
)
def test_a_part_is_told_where_only_the_part_is_asked_for(questions: list[str], figures: list[str]) -> None:
    assert told(ask(*questions)) == figures


@pytest.mark.parametrize(
    "asked", ["办案最多几天", "办案不超过几天", "办案最长多少天", "办案几天内", "办案周期几天"]
)
def test_the_longest_it_may_take_is_a_figure(asked: str) -> None:
    item, *others = ask(f"丽水茶叶纠纷仲裁{asked}").items
    assert isinstance(item, FactItem)
    assert (item.found.fact.id, item.aspect, others) == ("T5", Aspect.FIGURE, [])


def test_days_left_are_no_figure_in_days() -> None:
    item, *_ = ask("丽水整治企业还有多少天").items
    assert isinstance(item, FactItem)
    assert (item.found.fact.id, item.aspect) == ("T8", Aspect.DEADLINE)


def test_a_total_is_told_apart_from_what_is_new() -> None:
    assert told(ask("丽水计量标准总数要多少")) == ["T6"]


def mended(question: str, loose: str) -> list[str]:
    """The question with its slips mended, where that stretch of it means nothing."""
    return [text for text, _ in mend(Index((LISHUI,)), question, policies=["lishui"], loose=[loose])]


def test_how_many_of_what_is_not_counted_so_is_a_slip() -> None:
    assert "丽水计量标准要多少" in mended("丽水几量标准要多少", "量标准")
    assert mended("丽水几家工厂", "家工厂") == []


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("丽水炒茶作坊整治要在什么时候前完成多少家", ["T8"]),
        ("丽水炒茶作坊改造多少家", []),
        ("丽水炒茶作坊整治多少亩", []),
    ],
)
def test_a_figure_is_of_what_its_sentence_is_about(question: str, figures: list[str]) -> None:
    assert told(ask(question)) == figures


def test_that_sentence_holds_the_figure_told() -> None:
    item, *_ = ask("丽水炒茶作坊整治要完成多少家").items
    assert isinstance(item, FactItem)
    assert isinstance(item.found.fact, Target)
    assert item.found.fact.value == 70


@pytest.mark.parametrize(
    ("questions", "measures"),
    [
        (["丽水市茶业局牵头哪几项"], ["M1", "M3"]),
        (["丽水市茶业局牵头几项工作"], ["M1", "M3"]),
        (["丽水市茶业局配合哪些"], ["M2"]),
        (["丽水市茶业局牵头哪几项", "那配合哪些呢"], ["M2"]),
        (["丽水市商务局牵头的有哪些"], ["M2"]),
        (["丽水市茶业局参与哪几项"], ["M1", "M2", "M3"]),
        (["丽水市茶业局负责几项"], ["M1", "M2", "M3"]),
    ],
)
def test_duties_are_those_of_the_part_asked_for(questions: list[str], measures: list[str]) -> None:
    assert duties(ask(*questions)) == measures


@pytest.mark.parametrize("asked", ["按国务院哪个文件来的", "依据上级什么文件", "照着哪份文件定的"])
def test_whose_document_it_follows_asks_for_its_basis(asked: str) -> None:
    item, *_ = ask(f"丽水茶业方案是{asked}").items
    assert isinstance(item, ListItem)
    assert [one.fact.id for one in item.found] == ["B1"]


def test_a_few_words_that_end_in_how_it_is_measured_ask_for_the_figure() -> None:
    assert told(ask("丽水采茶基地面积")) == ["T9"]
    assert told(ask("丽水茶叶纠纷办案时限")) == ["T5"]


def test_words_of_its_title_beside_its_place_name_the_policy() -> None:
    answer = ask("丽水茶业计量有几项任务")
    (listed,) = [item for item in answer.items if isinstance(item, ListItem)]
    assert [found.fact.id for found in listed.found] == ["M1", "M2", "M3"]


def test_words_of_its_title_with_a_figure_it_does_not_hold_list_nothing() -> None:
    assert ask("丽水茶业计量多少钱").status is not Status.ANSWERED
