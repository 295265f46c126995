"""What follows from a failed try, and notices as plain values."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import errors
from domain.delivery import (
    PATIENCE,
    Again,
    Button,
    DeliveryState,
    Failed,
    Migrated,
    Notice,
    NoticeKind,
    Patience,
    Recipient,
    Unreachable,
    after_failure,
    after_lease,
    ended,
    in_language,
)
from domain.languages import Language

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

words = st.dictionaries(st.sampled_from(Language), st.text())
buttons = st.builds(Button, label=words, url=st.text()) | st.builds(Button, label=words, data=st.text())
notices = st.builds(
    Notice,
    id=st.just("n"),
    kind=st.sampled_from(NoticeKind),
    text=words,
    media=st.none() | st.text(),
    buttons=st.lists(st.lists(buttons, max_size=3).map(tuple), max_size=3).map(tuple),
    silent=st.booleans(),
)


@given(notices)
def test_a_notice_survives_being_written_as_json(notice: Notice) -> None:
    assert Notice.from_json("n", json.loads(json.dumps(notice.to_json()))) == notice


@pytest.mark.parametrize("parts", [{}, {"url": "https://example.com", "data": "x"}])
def test_a_button_does_one_thing(parts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="either an address or data"):
        Button(label={}, **parts)


def test_a_reader_gets_their_language_or_the_offices_own_or_any() -> None:
    both = {Language.ENGLISH: "Hello", Language.SIMPLIFIED: "您好"}
    assert in_language(both, Language.ENGLISH) == "Hello"
    assert in_language(both, Language.TRADITIONAL) == "您好"
    assert in_language({Language.ENGLISH: "Hello"}, Language.TRADITIONAL) == "Hello"
    assert in_language({}, Language.ENGLISH) == ""


def test_a_key_names_the_notice_and_the_place() -> None:
    keys = [
        Recipient(chat_id=-5).key_of("n"),
        Recipient(chat_id=-5, thread_id=2).key_of("n"),
        Recipient(chat_id=-5, key="own").key_of("n"),
    ]
    assert keys == ["n:-5", "n:-5/2", "own"]


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_waits_grow_within_their_bound(attempts: int, jitter: float) -> None:
    wait = PATIENCE.wait(attempts, jitter)
    assert 0 <= wait <= min(PATIENCE.last, 2.0 ** min(attempts, 30))
    assert PATIENCE.wait(attempts, 1) <= PATIENCE.wait(attempts + 1, 1)


def test_a_failure_is_tried_again_until_patience_ends() -> None:
    error = errors.Retryable("502")
    patience = Patience(first=2, last=60, attempts=8)
    outcomes = [after_failure(error, tries, NOW, 0.5, patience=patience) for tries in range(8)]
    waits = [(one.at - NOW).total_seconds() for one in outcomes if isinstance(one, Again)]
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    assert outcomes[-1] == Failed("502")


def test_being_told_to_wait_is_obeyed_and_never_uses_patience_up() -> None:
    flood = errors.Retryable("too many requests", after=7.0)
    for attempts in (0, 10_000):
        outcome = after_failure(flood, attempts, NOW, 0.25)
        at = NOW + timedelta(seconds=7.25)
        assert outcome == Again(at, "too many requests", counted=False)


def test_each_error_has_its_consequence() -> None:
    assert after_failure(errors.Unreachable("blocked"), 0, NOW, 0.5) == Unreachable("blocked")
    assert after_failure(errors.Rejected("too long"), 0, NOW, 0.5) == Failed("too long")
    assert after_failure(errors.DeliveryError("odd"), 0, NOW, 0.5) == Failed("odd")
    moved = errors.Migrated("moved", chat_id=-100)
    assert after_failure(moved, 0, NOW, 0.5) == Migrated(-100)
    assert after_failure(moved, 999, NOW, 0.5) == Failed("moved"), "in a circle"


def test_a_doubt_is_passed_on() -> None:
    timeout = errors.Retryable("timeout", doubtful=True)
    again = after_failure(timeout, 0, NOW, 0)
    assert again == Again(NOW, "timeout", doubtful=True)
    assert after_failure(timeout, 999, NOW, 0) == Failed("timeout", doubtful=True)


def test_the_first_silence_is_sent_again_and_the_second_is_an_end() -> None:
    assert after_lease(0, handed=False) == (DeliveryState.PENDING, 0)
    assert after_lease(0, handed=True) == (DeliveryState.PENDING, 1)
    assert after_lease(1, handed=False) == (DeliveryState.PENDING, 1)
    assert after_lease(1, handed=True) == (DeliveryState.UNCERTAIN, 2)


def test_what_may_have_arrived_is_not_called_failed() -> None:
    assert ended(DeliveryState.FAILED, 0) is DeliveryState.FAILED
    assert ended(DeliveryState.UNREACHABLE, 1) is DeliveryState.UNCERTAIN
    assert ended(DeliveryState.SENT, 1) is DeliveryState.SENT
