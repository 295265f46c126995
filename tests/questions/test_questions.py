"""The question sets, answered as a chat would be: nearly all right, and no figure where there is none."""

from pathlib import Path

import pytest

from tests.questions.checking import (
    IMPORTED,
    IMPORTED_2,
    IMPORTED_3,
    IMPORTED_4,
    QUESTIONS,
    Outcome,
    check,
    library_for,
    read,
    report,
)

OF_THE_BUNDLED = [QUESTIONS, *sorted(QUESTIONS.parent.glob("held_out_*.jsonl"))]
# Imported policies have no English names and no other words for their metrics.
REQUIRED = {IMPORTED: 0.90, IMPORTED_2: 0.85, IMPORTED_3: 0.90, IMPORTED_4: 0.85}
LEAST = {IMPORTED_2: 120, IMPORTED_3: 120, IMPORTED_4: 70}


@pytest.fixture(scope="module", params=[*OF_THE_BUNDLED, *REQUIRED], ids=lambda file: str(file.stem))
def file(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def outcomes(file: Path) -> tuple[Outcome, ...]:
    library = library_for(file)
    return tuple(check(question, library) for question in read(file))


def test_the_set_is_as_large_and_as_mixed_as_it_claims(file: Path, outcomes: tuple[Outcome, ...]) -> None:
    tags = [tag for outcome in outcomes for tag in outcome.question.tags]
    assert len({outcome.question.id for outcome in outcomes}) == len(outcomes) >= LEAST.get(file, 150)
    assert tags.count("en") >= len(outcomes) // (10 if file in REQUIRED else 4) - 5
    assert sum(outcome.question.no_figures for outcome in outcomes) >= (10 if file in LEAST else 20)


def test_nearly_all_questions_are_answered_right(file: Path, outcomes: tuple[Outcome, ...]) -> None:
    right = sum(not outcome.faults for outcome in outcomes)
    assert right >= REQUIRED.get(file, 0.95) * len(outcomes), report(outcomes)


def test_no_question_without_an_answer_is_given_a_figure(outcomes: tuple[Outcome, ...]) -> None:
    wrong = [outcome for outcome in outcomes if outcome.figure]
    assert not wrong, report(wrong)
