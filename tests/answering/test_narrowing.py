"""Which of several facts that fit equally well is meant."""

from datetime import date
from decimal import Decimal

import pytest

from answering.cues import Cue
from answering.query import Query, Span
from answering.rules.asking import Asking
from answering.rules.narrowing import meant
from answering.search import Hit
from tests.answering.cast import INDEX, TODAY, read


def among(query: Query, *facts: str) -> list[str]:
    """The ids of those that are meant, of facts of Ningbo that fit equally well."""
    docs = {doc.found.fact.id: doc for doc in INDEX.docs if doc.found.policy.id == "ningbo-2024"}
    hits = [Hit(docs[one], 1.0, 1.0) for one in facts]
    return [hit.doc.found.fact.id for hit in meant(Asking.of(query, INDEX, TODAY), hits)]


def year(number: int) -> Span:
    """The whole year."""
    return Span(date(number, 1, 1), date(number, 12, 31), str(number))


@pytest.mark.parametrize(
    ("query", "facts", "left"),
    [
        (Query(cues=frozenset({Cue.FIGURE})), ("T1", "T2"), ["T1", "T2"]),
        (Query(values=(Decimal(40),)), ("T1", "T2"), ["T2"]),
        (Query(spans=(year(2027),)), ("T1", "T2"), ["T1"]),
        (Query(spans=(year(2033),)), ("T1", "T2"), []),
        (Query(spans=(year(2033),)), ("T3", "M1"), ["T3", "M1"]),
        (Query(spans=(year(2027),)), ("S1", "S3"), ["S3"]),
        (Query(spans=(year(2033),), cues=frozenset({Cue.NOW})), ("T1", "T2"), ["T1", "T2"]),
        (Query(cues=frozenset({Cue.WHO})), ("M3", "M4"), ["M3"]),
        (Query(cues=frozenset({Cue.WHO})), ("M4", "T1"), ["M4", "T1"]),
        (Query(cues=frozenset({Cue.WHEN})), ("T2", "T3", "M1"), ["T2"]),
        (Query(cues=frozenset({Cue.WHEN}), echo=read("国际标准").segments), ("T1", "T2"), ["T1"]),
        (Query(cues=frozenset({Cue.WHEN}), echo=read("火星").segments), ("T1", "T2"), ["T1", "T2"]),
        (Query(), ("T1", "T2"), ["T1", "T2"]),
    ],
)
def test_what_the_question_says_more_tells_equals_apart(
    query: Query, facts: tuple[str, ...], left: list[str]
) -> None:
    assert among(query, *facts) == left
