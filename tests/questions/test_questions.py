"""The question sets, answered as a chat would be: at least 95 % right, and no figure where there is none."""

import pytest

from answering.library import Library
from storage.catalogue import load_folder
from tests.questions.checking import CATALOGUE, QUESTIONS, Outcome, check, read, report

REQUIRED = 0.95


SETS = [QUESTIONS, *sorted(QUESTIONS.parent.glob("held_out_*.jsonl"))]


@pytest.fixture(scope="module", params=SETS, ids=lambda file: str(file.stem))
def outcomes(request: pytest.FixtureRequest) -> tuple[Outcome, ...]:
    library = Library(load_folder(CATALOGUE))
    return tuple(check(question, library) for question in read(request.param))


def test_the_set_is_as_large_and_as_mixed_as_it_claims(outcomes: tuple[Outcome, ...]) -> None:
    tags = [tag for outcome in outcomes for tag in outcome.question.tags]
    assert len({outcome.question.id for outcome in outcomes}) == len(outcomes) >= 150
    assert tags.count("en") >= len(outcomes) // 4 - 5
    assert sum(outcome.question.no_figures for outcome in outcomes) >= 20


def test_nearly_all_questions_are_answered_right(outcomes: tuple[Outcome, ...]) -> None:
    right = sum(not outcome.faults for outcome in outcomes)
    assert right >= REQUIRED * len(outcomes), report(outcomes)


def test_no_question_without_an_answer_is_given_a_figure(outcomes: tuple[Outcome, ...]) -> None:
    wrong = [outcome for outcome in outcomes if outcome.figure]
    assert not wrong, report(wrong)
