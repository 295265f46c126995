"""What the door to the answers promises for every text, button and context."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering.answer import Aspect, FactItem, HelpItem, PoliciesItem, Reference, Status
from answering.library import Library
from answering.query import Memory
from domain.languages import Language
from domain.policy import FactKind
from tests.answering.cast import IMPORTED, LIBRARY, NINGBO, SUZHOU, TODAY, ask, told

_WORDS = """
宁波 苏州 杭州 台州 国际标准 国家标准 养老服务 智慧港口 市海事局 谁负责 多少项 有哪些 几条 什么时候
第2条 二（一）2 第二阶段 2026年 现在 接下来 完成了吗 哪个多 各地 没有 单独 下一条 那 呢 和 ， ？
Ningbo standards how many who deadline which policies stage 2 compare next
"""
WORDS = _WORDS.split()
HARSH = (
    "<b>&amp;</b> <script>alert(1)</script>",
    "'; DROP TABLE policies; --",
    "\x00\x1b[31m\u202e\ufeff国际\u200b标准",
    "😀👩‍👩‍👧🇨🇳" * 50,
    "\ud800",
    "国际标准" * 2500,
    "a" * 10_000,
    "第" + "9" * 990 + "条",
    "（" * 1000,
    "%s %d {} {0}",
    "2" * 1000 + "年",
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(), max_size=30),  # lone surrogates too
    st.lists(st.sampled_from(WORDS), max_size=9).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
)
CONTEXTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
# Contexts of the right form that name what is not held, or what is.
REMEMBERED = st.builds(
    lambda policies, cues, subject, departments, facts: Memory(
        policies=tuple(policies),
        recent=tuple(policies),
        cues=frozenset(cues),
        subject=subject,
        departments=tuple(departments),
        facts=tuple(facts),
    ).to_json(),
    st.lists(st.sampled_from(["ningbo-2024", "gone-1999"]), max_size=2),
    st.lists(st.sampled_from(["who", "figure", "when", "compare"]), max_size=2),
    st.sampled_from(["", "国际标准", "火星", "\x00"]),
    st.lists(
        st.tuples(st.sampled_from(["ningbo-2024", "gone-1999"]), st.sampled_from(["D1", "D9"])), max_size=2
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["ningbo-2024", "gone-1999"]),
            st.sampled_from(["measure", "nonsense"]),
            st.sampled_from(["M1", "M9"]),
        ),
        max_size=2,
    ),
)


def promises(text: str, context: Any = None) -> None:
    """What holds for the answer to any text at all."""
    answer = LIBRARY.ask(text, today=TODAY, context=context)
    assert answer.items
    assert len(answer.choices) <= 3
    assert json.loads(json.dumps(answer.context)) == answer.context
    if answer.status is Status.ANSWERED:
        assert answer.citations() or all(isinstance(item, HelpItem | PoliciesItem) for item in answer.items)
    else:
        assert not any(isinstance(item, FactItem) for item in answer.items)
    assert LIBRARY.ask(text, today=TODAY, context=context) == answer


@pytest.mark.parametrize("text", HARSH)
def test_a_harsh_text_gets_an_answer(text: str) -> None:
    promises(text)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_every_text_gets_an_answer_with_its_source_or_what_is_missing(text: str) -> None:
    promises(text)


@settings(max_examples=120, deadline=None)
@given(first=TEXTS, then=TEXTS)
def test_every_conversation_goes_on(first: str, then: str) -> None:
    context = LIBRARY.ask(first, today=TODAY).context
    promises(then, json.loads(json.dumps(context)))


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, context=REMEMBERED)
def test_a_context_may_name_what_is_no_longer_held(text: str, context: dict[str, Any]) -> None:
    promises(text, context)


@settings(max_examples=60, deadline=None)
@given(context=st.dictionaries(st.sampled_from(list(Memory().to_json())), CONTEXTS, max_size=7))
def test_a_context_that_is_none_is_ignored_or_read(context: dict[str, Any]) -> None:
    promises("那苏州呢", context)


@pytest.mark.parametrize("context", [{}, {"policies": 3}, {"nonsense": []}, None])
def test_garbage_for_a_context_is_as_none(context: dict[str, Any] | None) -> None:
    assert LIBRARY.ask("谁负责", today=TODAY, context=context) == LIBRARY.ask("谁负责", today=TODAY)


@settings(max_examples=150, deadline=None)
@given(
    reference=st.builds(
        Reference,
        policy=st.sampled_from(["", "ningbo-2024", "suzhou-2022", "gone"]),
        kind=st.sampled_from(FactKind),
        id=st.sampled_from(["", "T1", "T3", "Q1", "G1", "M1", "M4", "S2", "F1", "B1", "E1", "D1", "X9"]),
        aspect=st.sampled_from(Aspect),
    ),
    language=st.sampled_from(Language),
)
def test_every_button_gets_an_answer_in_the_language_asked_for(
    reference: Reference, language: Language
) -> None:
    answer = LIBRARY.tell(reference, today=TODAY, language=language)
    assert answer.items
    assert len(answer.choices) <= 3
    assert answer.language is language


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            Reference(policy="ningbo-2024", kind=FactKind.TARGET, id="T1", aspect=Aspect.DEADLINE),
            "ningbo/T1 deadline",
        ),
        (Reference(policy="ningbo-2024", kind=FactKind.DEPARTMENT, id="D3"), "duties ningbo/D3: M3"),
        (Reference(policy="ningbo-2024", kind=FactKind.POLICY, aspect=Aspect.OVERVIEW), "ningbo overview"),
        (Reference(policy="suzhou-2022", kind=FactKind.STAGE, aspect=Aspect.LIST), "no stage: "),
        (Reference(policy="", kind=FactKind.POLICY, aspect=Aspect.LIST), "list: ningbo suzhou taizhou"),
        (Reference(policy="gone", kind=FactKind.POLICY), "no number: "),
        (Reference(policy="ningbo-2024", kind=FactKind.TARGET, id="T9"), "no number: "),
    ],
)
def test_a_button_tells_what_it_points_to(reference: Reference, expected: str) -> None:
    assert told(LIBRARY.tell(reference, today=TODAY, language=Language.ENGLISH)) == expected


def test_policies_and_facts_are_found_by_their_ids() -> None:
    assert LIBRARY.policy("suzhou-2022") is SUZHOU
    assert LIBRARY.policy("gone") is None
    found = LIBRARY.find("ningbo-2024", FactKind.TARGET, "T1")
    assert found is not None
    assert found.fact is NINGBO.targets[0]
    assert LIBRARY.find("ningbo-2024", FactKind.TARGET, "T9") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("宁波国际标准多少项", Language.SIMPLIFIED),
        ("寧波國際標準多少項", Language.TRADITIONAL),
        ("how many in Ningbo", Language.ENGLISH),
    ],
)
def test_an_answer_is_in_the_language_of_the_question(text: str, language: Language) -> None:
    assert ask(text).language is language
    assert LIBRARY.ask(text, today=TODAY, language=Language.ENGLISH).language is Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "subject"),
    [("Ningbo MARS base", "MARS base"), ("寧波火星基地多少項", "火星基地"), ("宁波ＭＡＲＳ", "mars")],
)
def test_what_is_not_there_is_named_as_it_was_written(text: str, subject: str) -> None:
    assert told(ask(text)).endswith(subject)


def test_a_library_of_one_imported_policy_answers_without_naming_the_place() -> None:
    assert told(ask("惠企资金多少", library=Library((IMPORTED,)))) == "taizhou/T1 figure"
