"""Policies read from texts, asked about as people speak: in other words, or of several things at once."""

import pytest

from answering.answer import Answer, Aspect, FactItem, Status
from answering.library import Library
from answering.likeness import Likeness
from answering.naming import name_of
from domain.policy import FactKind
from tests.questions.checking import IMPORTED_3, TODAY, library_for


@pytest.fixture(scope="module")
def library() -> Library:
    return library_for(IMPORTED_3)


def names(answer: Answer) -> list[str]:
    """What the facts told are called, in order."""
    return [name_of(item.found.fact).zh for item in answer.items if isinstance(item, FactItem)]


def ask(library: Library, *questions: str) -> Answer:
    """The answer to the last of several questions in a row."""
    answer = library.ask(questions[0], today=TODAY)
    for question in questions[1:]:
        answer = library.ask(question, today=TODAY, context=answer.context)
    return answer


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("晋江办事窗口排队不超过几分钟", "窗口平均等候时间"),
        ("内蒙要建多少个奶牛示范牧场", "奶业标准化示范牧场"),
        ("青岛多少老百姓知道标准化工作", "社会公众对标准化工作的知晓率"),
        ("晋江采标率", "主导产品采用国际标准和国外先进标准的比例"),
    ],
)
def test_a_figure_asked_for_in_other_words_is_told_with_what_it_was_taken_for(
    library: Library, question: str, metric: str
) -> None:
    answer = ask(library, question)
    assert names(answer) == [metric]
    assert [meant for _, meant in answer.read_as] == [metric]


@pytest.mark.parametrize(
    "question",
    [
        "晋江药品抽检合格率要多少",  # of food, and of what fails
        "晋江国家技术标准创新基地几个",
        "青岛窗口平均等候几分钟",
        "内蒙古示范牧场占比多少",  # counted, and no share
        "How many green mines must Inner Mongolia build?",
        "How many service stations will Qingdao set up?",
    ],
)
def test_what_is_only_a_little_like_it_is_no_answer(library: Library, question: str) -> None:
    answer = ask(library, question)
    assert answer.status is not Status.ANSWERED, names(answer)


def test_what_words_have_in_common_counts_by_how_rare_it_is() -> None:
    like = Likeness(["示范牧场", "示范园区", "示范企业", "示范村", "产品合格率"])
    assert like.between("奶牛牧场", "示范牧场").asked > like.between("奶牛示范", "示范牧场").asked
    assert like.between("药品合格率", "产品合格率").asked < like.between("产品合格", "产品合格率").asked


def test_money_is_told_in_the_words_of_the_safeguard(library: Library) -> None:
    answer = ask(library, "晋江市财政三年拿多少钱支持标准化")
    [item] = answer.items
    assert isinstance(item, FactItem)
    assert (item.found.kind, item.aspect) == (FactKind.SAFEGUARD, Aspect.DETAIL)
    assert "6000万元" in (item.found.fact.passage.quote or "")


def test_a_reward_is_no_money_for_the_work(library: Library) -> None:
    assert ask(library, "青岛每年标准化工作经费多少钱").status is Status.NO_RECORD
    assert names(ask(library, "青岛主导国际标准补多少钱")) == ["加大资金扶持"]


def test_a_sentence_with_a_date_of_its_own_is_shown(library: Library) -> None:
    assert names(ask(library, "青岛政务大厅统一服务标准最晚什么时候")) == ["推行政府管理标准化"]


def test_a_figure_named_is_held_against_the_one_in_the_text(library: Library) -> None:
    assert names(ask(library, "晋江财政三年拿五千万搞标准化吗")) == ["加强资金保障"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("晋江示范村和示范社区各多少个", ["标准化示范村", "示范社区"]),
        ("晋江食品和鞋服两个标准行动分别几时完成", ["食品产业标准放心行动", "鞋服产业标准登高行动"]),
        ("内蒙古国际标准和行业标准分别多少项", ["主导和参与制定国际标准", "主导和参与制定行业标准"]),
        ("晋江标准创新型企业多少家，其中省级以上几家", ["标准创新型企业", "标准创新型企业（省级以上）"]),
    ],
)
def test_several_things_at_once_are_each_told(library: Library, question: str, told: list[str]) -> None:
    assert names(ask(library, question)) == told


def test_who_and_when_are_both_told(library: Library) -> None:
    [item] = ask(library, "晋江鞋服那个行动谁牵头，几时完成").items
    assert isinstance(item, FactItem)
    assert item.aspect is Aspect.DETAIL
    one, missing = ask(library, "晋江智能制造行动谁牵头，什么时候完成").items
    assert isinstance(one, FactItem)
    assert one.aspect is Aspect.WHO
    assert not isinstance(missing, FactItem)


def test_an_office_in_charge_of_nothing_is_not_taken_for_a_word(library: Library) -> None:
    answer = ask(library, "内蒙古自治区财政厅负责什么任务")
    assert answer.status is Status.NO_RECORD


@pytest.mark.parametrize(
    ("before", "follow_up", "metric"),
    [
        ("内蒙古国际标准目标多少", "那行业标准呢", "主导和参与制定行业标准"),
        ("青岛2020年采标率", "那晋江呢", "主导产品采用国际标准和国外先进标准的比例"),
    ],
)
def test_a_follow_up_means_the_entry_of_the_same_kind(
    library: Library, before: str, follow_up: str, metric: str
) -> None:
    assert names(ask(library, before, follow_up)) == [metric]


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("内蒙古盟字标企业2023年多少家", "“蒙”字标认证企业"),
        ("青岛企业标准化工程师要陪养多少", "企业标准化工程师"),
        ("晋江能效珍断做多少家", "重点用能企业能效诊断"),
    ],
)
def test_a_character_that_sounds_alike_is_mended_within_its_word(
    library: Library, question: str, metric: str
) -> None:
    answer = ask(library, question)
    assert names(answer) == [metric]
    assert answer.read_as


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How many standardisation practitioners will Jinjiang train?", "培训标准化从业人员"),
        ("What share of time must Qingdao cut from statutory limits for administrative licences?",
         "行政许可事项平均承诺时限比法定时限压缩"),
        ("Who takes the lead in bringing Jinjiang's standards overseas?", "标准联通海外行动"),
        ("How many dairy demonstration ranches must Inner Mongolia build?", "奶业标准化示范牧场"),
    ],
)  # fmt: skip
def test_english_meets_chinese_entries(library: Library, question: str, name: str) -> None:
    assert names(ask(library, question)) == [name]


@pytest.mark.parametrize("question", ["蒙国际标准多少项", "内蒙国际标准多少项"])
def test_a_province_may_be_called_by_its_short_forms(library: Library, question: str) -> None:
    assert names(ask(library, question)) == ["主导和参与制定国际标准"]


@pytest.mark.parametrize("question", ["桂国际标准多少项", "广西国际标准多少项"])
def test_a_short_form_of_another_province_is_no_word(library: Library, question: str) -> None:
    assert ask(library, question).status is Status.NO_RECORD
