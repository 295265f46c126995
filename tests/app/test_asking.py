"""`zhunshi ask`: one question or a batch, in process but for what only a process shows."""

import gc
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main

QUESTION = "浙江到2025年国际标准要多少项？"
pytestmark = pytest.mark.usefixtures("prepared")

FACT = {"policy": "zhejiang-2023", "kind": "target", "clause": "一"}


class Stdin:
    """Standard input as bytes."""

    def __init__(self, *lines: object) -> None:
        encoded = (line if isinstance(line, bytes) else _json(line) for line in lines)
        self.buffer = io.BytesIO(b"".join(line + b"\n" for line in encoded))


def _json(line: object) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode()


def batch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *lines: object
) -> tuple[int, list[dict[str, object]], str]:
    monkeypatch.setattr(sys, "stdin", Stdin(*lines))
    code = main(["ask", "--batch"])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_a_question_is_answered_with_figure_deadline_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--today", "2025-06-30"]) == 0
    text = capsys.readouterr().out
    assert "30 项以上" in text
    assert "2025" in text
    assert "184" in text  # days left
    assert (
        "《浙江省国家标准化创新发展试点工作方案》" in text or "浙江省国家标准化创新发展试点工作方案" in text
    )
    assert "<b>" not in text


@pytest.mark.parametrize("database", ["", "postgres://"])
def test_garbage_is_collected_again_afterwards_also_when_the_store_can_not_be_opened(
    monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    if database:
        monkeypatch.setenv("ZHUNSHI_DATABASE_URL", database)
    assert main(["ask", QUESTION]) == (2 if database else 0)
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("language", "word"), [("zh-Hans", "以上"), ("zh-Hant", "浙江省國家標準化"), ("en", "Zhejiang")]
)
def test_the_answer_comes_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    assert main(["ask", QUESTION, "--lang", language]) == 0
    assert word in capsys.readouterr().out


def test_json_gives_status_text_and_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--json"]) == 0
    reply = json.loads(capsys.readouterr().out)
    assert list(reply) == ["id", "status", "text", "facts", "ms"]
    assert reply["status"] == "answered"
    assert FACT.items() <= reply["facts"][0].items()
    assert reply["ms"] >= 0


def test_a_batch_is_answered_line_by_line_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, replies, _ = batch(
        monkeypatch,
        capsys,
        {"id": "a", "question": QUESTION, "kind": "passed over"},
        b"",
        {"id": 2, "question": QUESTION, "lang": "en"},
        {"id": "c", "question": "江苏到2025年国际标准要多少项？", "lang": "zh_Hant"},
    )
    assert code == 0
    assert [reply["id"] for reply in replies] == ["a", 2, "c"]
    assert [reply["status"] for reply in replies] == ["answered", "answered", "no_record"]
    assert "30" in str(replies[1]["text"])
    assert "標準化" in str(replies[2]["text"])


def test_the_earlier_questions_of_a_line_are_its_conversation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    follow_up = {"id": 1, "question": "那广东呢？"}
    _, (alone, after), _ = batch(monkeypatch, capsys, follow_up, follow_up | {"context": [QUESTION]})
    assert "60 项" not in str(alone["text"])
    assert "60 项" in str(after["text"])


def test_the_days_left_count_from_the_day_of_the_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"id": 1, "question": QUESTION}
    days = [asked | {"today": "2025-12-01"}, asked | {"today": "2025-12-21"}]
    _, (earlier, later), _ = batch(monkeypatch, capsys, *days)
    assert "30" in str(earlier["text"])
    assert "10" in str(later["text"])
    assert earlier["text"] != later["text"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"hello", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (["no", "object"], "not an object"),
        ({"question": QUESTION}, "id: "),
        ({"id": 1}, "question: "),
        ({"id": 1.5, "question": QUESTION}, "id: "),
        ({"id": 1, "question": 5}, "question: "),
        ({"id": 1, "question": QUESTION, "lang": "de"}, "lang: "),
        ({"id": 1, "question": QUESTION, "today": "yesterday"}, "today: not a date"),
        ({"id": 1, "question": QUESTION, "today": 5}, "today: not a date"),
        ({"id": 1, "question": QUESTION, "context": "earlier"}, "context: "),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_malformed_line_ends_the_batch_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: object, why: str
) -> None:
    good = {"id": 1, "question": QUESTION}
    code, replies, err = batch(monkeypatch, capsys, good, line, good)
    assert code == 2
    assert len(replies) == 1
    assert err.startswith("zhunshi: line 2: ")
    assert why in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "?" * 10_000,
        "😀" * 500,
        "<b>&",
        "'; DROP TABLE facts; --",
        "\x00\x07\u202e",
        "\ud83d",
        "[" * 999,
    ],
    ids=lambda question: ascii(question)[:20],
)
def test_a_strange_question_gets_a_polite_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    line = json.dumps({"id": 1, "question": question}).encode()
    code, replies, _ = batch(monkeypatch, capsys, line)
    assert code == 0
    assert replies[0]["text"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "required: COMMAND"),
        (["fly"], "invalid choice"),
        (["ask"], "QUESTION or --batch"),
        (["ask", QUESTION, "--batch"], "QUESTION or --batch"),
        (["ask", QUESTION, "--today", "soon"], "not a date"),
        (["ask", QUESTION, "--lang", "de"], "zh-Hant"),
        (["bench", "everything"], "answers"),
        (["export"], "FORMAT"),
    ],
)
def test_a_wrong_argument_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], why: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    err = capsys.readouterr().err
    assert caught.value.code == 2
    assert why in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "sqlite:////dev/null/x.sqlite3"),
        ("DATABASE_URL", "postgresql://me:sesame@127.0.0.1:9/x"),
        ("CATALOGUE", "/nowhere"),
        ("HTTP_PORT", "x"),
    ],
)
def test_a_setting_that_can_not_be_used_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(f"ZHUNSHI_{name}", value)
    assert main(["ask", QUESTION]) == 2
    err = capsys.readouterr().err
    assert f"ZHUNSHI_{name}: " in err
    assert "sesame" not in err
    assert err.count("\n") == 1


def zhunshi(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


def test_the_command_line_is_light_and_quick(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    zhunshi("ask", QUESTION, ZHUNSHI_DATABASE_URL=url)
    code = (
        "import sys, time; from app.cli import main; main(['ask', sys.argv[1]]);"
        "heavy = {'aiogram', 'matplotlib', 'apscheduler', 'alembic', 'aiohttp', 'playwright'};"
        "print(sorted(heavy & sys.modules.keys()), round(time.process_time(), 2))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, QUESTION],
        capture_output=True,
        check=True,
        env={**os.environ, "ZHUNSHI_DATABASE_URL": url},
    )
    heavy, _, seconds = done.stdout.decode().splitlines()[-1].rpartition(" ")
    assert heavy == "[]"
    assert float(seconds) < 1.5


def test_a_reader_that_leaves_early_gets_no_traceback(tmp_path: Path) -> None:
    lines = b"".join(_json({"id": number, "question": QUESTION}) + b"\n" for number in range(2000))
    (tmp_path / "batch.jsonl").write_bytes(lines)
    with (tmp_path / "batch.jsonl").open("rb") as stdin:
        asking = subprocess.Popen(
            [sys.executable, "-m", "app", "ask", "--batch"],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    assert asking.stdout is not None
    assert json.loads(asking.stdout.readline())["id"] == 0
    asking.stdout.close()
    _, err = asking.communicate(timeout=60)
    assert (asking.returncode, err) == (141, b"")


def test_words_come_out_as_utf8_under_any_locale() -> None:
    done = zhunshi("ask", QUESTION, LC_ALL="C", PYTHONIOENCODING="latin-1")
    assert "浙江省" in done.stdout.decode()
    assert done.stderr == b""


def test_an_interrupted_batch_ends_without_a_traceback() -> None:
    asking = subprocess.Popen(
        [sys.executable, "-m", "app", "ask", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert asking.stdin is not None
    assert asking.stdout is not None
    asking.stdin.write(_json({"id": 1, "question": QUESTION}) + b"\n")
    asking.stdin.flush()
    assert json.loads(asking.stdout.readline())["id"] == 1
    asking.send_signal(signal.SIGINT)
    _, err = asking.communicate(timeout=60)
    assert (asking.returncode, err) == (130, b"")


def test_a_closed_standard_input_does_not_matter_for_a_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["ask", QUESTION]) == 0
    assert "30" in capsys.readouterr().out
