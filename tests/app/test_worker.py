"""Names of couriers: never two at once, and the same again after a crash."""

import multiprocessing
import multiprocessing.connection
import secrets
from pathlib import Path

import pytest

from app.worker import worker_name


@pytest.fixture
def database() -> str:
    """An address that nobody else has."""
    return f"sqlite+aiosqlite:///{secrets.token_hex(8)}"


def test_two_who_deliver_at_once_have_two_names(database: str) -> None:
    with worker_name(database) as one, worker_name(database) as other:
        assert one != other
        assert len(one) <= 60, "the outbox takes 64, and couriers add a number"


def test_who_comes_later_gets_the_name_that_became_free(database: str) -> None:
    with worker_name(database) as first:
        pass
    with worker_name(database) as second:
        assert second == first


def test_another_database_is_another_matter(database: str) -> None:
    with worker_name(database) as one, worker_name(f"{database}-2") as other:
        assert one.rpartition("-")[0] == other.rpartition("-")[0], "both are the first"


def test_hosts_that_are_called_alike_have_names_of_their_own(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    for folder in (tmp_path / "one", tmp_path / "other", tmp_path / "one"):
        folder.mkdir(exist_ok=True)
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        with worker_name(database) as name:
            names.append(name)
    assert names[0] != names[1]
    assert names[0] == names[2]


def _hold(database: str, told: "multiprocessing.connection.Connection") -> None:
    with worker_name(database) as name:
        told.send(name)
        told.recv()


def test_a_killed_process_leaves_its_name_to_the_next(database: str) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_hold, args=(database, theirs))
    process.start()
    name = ours.recv()
    with worker_name(database) as beside:
        assert beside != name
    process.kill()
    process.join()
    with worker_name(database) as after:
        assert after == name
