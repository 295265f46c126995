"""What a follow-up takes from the question before, and what it leaves."""

import pytest

from answering.conversation import complete, remember, still_held
from answering.cues import Cue
from answering.query import Memory, Query, Segment
from tests.answering.cast import INDEX, ask, read, told

FACT = ("ningbo-2024", "target", "T1")
BEFORE = Memory(
    policies=("ningbo-2024",),
    recent=("ningbo-2024",),
    cues=frozenset({Cue.FIGURE}),
    subject="国际标准",
    facts=(FACT,),
)


def completed(text: str, memory: Memory | None = BEFORE) -> Query:
    """The question after the one that the memory is of."""
    return complete(read(text), memory, lambda subject: read(subject).segments)


@pytest.mark.parametrize(
    ("text", "policies", "subject", "facts", "cues"),
    [
        ("谁负责？", ("ningbo-2024",), "国际标准", (FACT,), {Cue.WHO}),
        ("那苏州呢？", ("suzhou-2022",), "国际标准", (), {Cue.FIGURE}),
        ("and Suzhou?", ("suzhou-2022",), "国际标准", (), {Cue.FIGURE}),
        ("到2030年呢？", ("ningbo-2024",), "国际标准", (), {Cue.FIGURE}),
        ("那杭州呢？", (), "国际标准", (), {Cue.FIGURE}),
        ("下一条", ("ningbo-2024",), "国际标准", (FACT,), {Cue.AFTER}),
        ("有哪些阶段", ("ningbo-2024",), "", (), {Cue.STAGE, Cue.LIST}),
        ("主要内容", ("ningbo-2024",), "", (), {Cue.OVERVIEW}),
        ("园林养护呢", ("ningbo-2024",), "园林养护", (), set()),
        ("苏州的园林养护", ("suzhou-2022",), "园林养护", (), set()),
        ("各地呢", (), "国际标准", (FACT,), {Cue.EVERYWHERE}),
        ("你能做什么", (), "", (), {Cue.HELP}),
    ],
)
def test_what_is_left_out_comes_from_the_question_before(
    text: str,
    policies: tuple[str, ...],
    subject: str,
    facts: tuple[tuple[str, str, str], ...],
    cues: set[Cue],
) -> None:
    query = completed(text)
    assert (query.policies, query.subject, query.facts) == (policies, subject, facts)
    assert query.cues - {Cue.FILLER, Cue.FOLLOW} == cues


def test_a_question_without_one_before_stays_as_it_is() -> None:
    assert completed("谁负责？", None) == read("谁负责？")


def test_a_comparison_takes_the_policies_asked_about_last() -> None:
    several = BEFORE._replace(recent=("ningbo-2024", "suzhou-2022"))
    assert completed("哪个多？", several).policies == ("ningbo-2024", "suzhou-2022")


def test_one_word_of_the_subject_can_be_changed() -> None:
    assert told(ask("宁波国际标准多少项", "国家的呢")) == "ningbo/T2 figure"


def test_the_same_subject_in_several_policies_is_remembered_and_another_one_starts_anew() -> None:
    of_suzhou = Query(policies=("suzhou-2022",), segments=(Segment(("国",), "国际标准"),))
    assert remember(of_suzhou, (), (), BEFORE).recent == ("ningbo-2024", "suzhou-2022")
    assert remember(of_suzhou._replace(segments=()), (), (), BEFORE).recent == ("suzhou-2022",)


def test_a_department_that_is_gone_is_forgotten() -> None:
    gone = BEFORE._replace(departments=(("ningbo-2024", "D1"), ("ningbo-2024", "D9"), ("old-2001", "D1")))
    kept = still_held(gone, INDEX)
    assert kept is not None
    assert kept.departments == (("ningbo-2024", "D1"),)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("宁波国际标准多少项", "什么时候截止"), "ningbo/T1 deadline"),
        (("宁波国际标准多少项", "那苏州呢"), "suzhou/T1 figure"),
        (("宁波2027年国际标准多少项", "那苏州呢"), "suzhou/T1 figure"),
        (("宁波国际标准多少项", "园林养护谁负责"), "no department: suzhou/M1 ? suzhou/M1"),
        (("宁波国际标准什么时候截止", "那苏州呢"), "suzhou/T1 deadline"),
        (("宁波国际标准多少项", "那苏州呢", "哪个多"), "compare ningbo/T1 suzhou/T1"),
        (("宁波二（一）2", "下一条"), "ningbo/M3 detail"),
        (("宁波二（一）2谁负责", "下一条"), "ningbo/M3 detail"),
        (("宁波二（一）2", "上一条"), "ningbo/M1 detail"),
        (("宁波二（二）2", "下一条"), "no number: "),
        (("宁波二（一）2", "谁负责"), "ningbo/M2 who"),
        (("市海事局负责什么", "市民政局呢"), "duties ningbo/D3: M3"),
    ],
)
def test_a_conversation_goes_on_from_what_was_told(texts: tuple[str, ...], expected: str) -> None:
    assert told(ask(*texts)) == expected
