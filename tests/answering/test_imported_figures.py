"""Figures of policies read from texts: asked for in other words than theirs, or not held at all."""

import pytest

from answering.answer import Answer, ListItem, Status
from answering.library import Library
from answering.naming import name_of
from tests.questions.checking import IMPORTED_2, TODAY, library_for


@pytest.fixture(scope="module")
def library() -> Library:
    return library_for(IMPORTED_2)


def metrics(answer: Answer) -> set[str]:
    cited = {(one.policy.id, one.id) for one in answer.citations()}
    policies = {one.policy.id: one.policy for one in answer.citations()}.values()
    return {one.metric.zh for policy in policies for one in policy.targets if (policy.id, one.id) in cited}


def titles(answer: Answer) -> list[str]:
    """What the entries of its lists are called."""
    return [name_of(one.fact).zh for item in answer.items if isinstance(item, ListItem) for one in item.found]


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("北陵强制检定率要多少", "强检率"),
        ("北陵专利质押融资多少钱", "知识产权质押融资登记金额"),
        ("北陵侵权裁决要控制在几天以内", "知识产权侵权纠纷行政裁决平均办案周期"),
        ("徐汇居民满意度", "居民满意率"),
        ("徐汇护理床位占比多少", "养老机构护理型床位占比"),
        ("泉州研发投入强度", "研发经费投入强度"),
        ("泉州能耗比2022年降多少", "单位GDP能耗比2022年下降"),
        ("泉州单位GDP能耗下降多少", "单位GDP能耗比2022年下降"),
        ("甘肃大型仪器预约响应几个工作日", "平均预约响应时间"),
        ("甘肃科技项目出标准的比率2025年", "省级科技计划项目形成技术标准成果的比率"),
        ("Quanzhou R&D intensity target?", "研发经费投入强度"),
        ("resident satisfaction in Xuhui", "居民满意率"),
    ],
)
def test_a_figure_is_found_in_other_words(library: Library, question: str, metric: str) -> None:
    assert metrics(library.ask(question, today=TODAY)) == {metric}


@pytest.mark.parametrize(
    "question",
    [
        "甘肃博士研究生多少人",  # 硕士研究生
        "泉州药品不合格率不超过多少",  # 合格率
        "泉州服务业增加值占比多少",  # 战略性新兴产业增加值占…比重
        "洛阳地区生产总值目标多少",  # 占地区生产总值比重
        "What is Luoyang's GDP target?",
        "徐汇养老床位要多少张",  # the share of them
        "徐汇托育机构要建几家",  # 养老机构
        "山西地方标准到2026年多少项",  # how old they are
        "甘肃仪器设备多少台",  # how often they are open to others
        "洛阳数据中心多少个",  # 大数据中心 of another place
    ],
)
def test_a_figure_of_something_beside_it_is_not_told(library: Library, question: str) -> None:
    answer = library.ask(question, today=TODAY)
    assert not metrics(answer) or answer.status is not Status.ANSWERED


def test_a_part_is_told_only_where_it_is_asked_for(library: Library) -> None:
    assert metrics(library.ask("北陵帮扶小微企业多少家", today=TODAY)) == {"帮扶小微企业"}
    assert metrics(library.ask("北陵帮扶小微企业首次获证多少家", today=TODAY)) >= {"帮扶小微企业（首次获证）"}


def test_a_month_without_a_year_is_of_the_year_that_work_points_are_for(library: Library) -> None:
    assert titles(library.ask("北陵10月底前要完成哪些指标", today=TODAY)) == [
        "新建社会公用计量标准",
        "强制检定计量器具",
        "强检率",
    ]
    listed = library.ask("北陵9月底前要完成哪些任务", today=TODAY)
    assert "推进小微企业质量管理体系认证提升" in titles(listed)
    assert library.ask("徐汇10月底前要完成哪些指标", today=TODAY).status is Status.NO_RECORD


@pytest.mark.parametrize("question", ["徐汇和长汀谁的满意度高", "徐汇、长汀满意率比一比"])
def test_what_differs_in_words_only_is_compared(library: Library, question: str) -> None:
    assert metrics(library.ask(question, today=TODAY)) == {"居民满意率", "标准化工作群众满意度"}


@pytest.mark.parametrize(
    ("question", "title"),
    [("长汀有哪几个行动", "特色农业“对标”行动"), ("泉州质量强市纲要有哪些保障措施", "加强党的领导")],
)
def test_what_a_policy_calls_its_entries_is_listed(library: Library, question: str, title: str) -> None:
    assert title in titles(library.ask(question, today=TODAY))
