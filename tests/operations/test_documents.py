"""Documents that can't rot: every setting, command, option and metric is in its table, and no other."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

import app.compose  # noqa: F401 - imports every module that counts something
from answering.answer import Status
from answering.library import Library
from app.cli import parser
from app.settings import PREFIX, Settings
from app.store import DEFAULT_DATABASE
from storage.catalogue import load_folder

ROOT = Path(__file__).parents[2]
SETTINGS = {f"{PREFIX}{name.upper()}": field for name, field in Settings.model_fields.items()}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(name: str) -> dict[str, list[str]]:
    """The rows of a document's table by the name in their first cell."""
    found = re.findall(r"^\| `(\w+)` \|(.*)\|$", text_of(name), re.MULTILINE)
    return {first: [cell.strip() for cell in rest.split(" | ")] for first, rest in found}


def shown(name: str) -> str | None:
    """A setting's default as an operator would write it; None where nothing is set."""
    if name == f"{PREFIX}DATABASE_URL":
        return DEFAULT_DATABASE
    default = SETTINGS[name].default
    return None if default is None or default == () or isinstance(default, Path) else str(default)


def test_the_table_of_settings_is_whole() -> None:
    assert set(rows("docs/settings.md")) == set(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_table_gives_each_setting_its_true_default_and_a_meaning(name: str) -> None:
    default, meaning = rows("docs/settings.md")[name]
    expected = shown(name)
    if expected is None:
        assert default in {"none", "the bundled `catalogue`"}
    else:
        assert default == f"`{expected}`"
    assert len(meaning) > 20


def test_the_example_names_every_setting_with_its_default() -> None:
    given = dict(re.findall(r"^(\w+)=(.*)$", text_of(".env.example"), re.MULTILINE))
    assert given == {name: shown(name) or "" for name in SETTINGS}


def commands(of: argparse.ArgumentParser, path: str = "zhunshi") -> dict[str, list[str]]:
    """Every command with its options, to the last subcommand."""
    below = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        options = [name for action in of._actions for name in action.option_strings]
        return {path: [name for name in options if name not in {"-h", "--help"}]}
    return {
        name: options
        for word, one in below[0].choices.items()
        for name, options in commands(one, f"{path} {word}").items()
    }


def test_every_command_and_option_is_documented() -> None:
    section = re.compile(r"^## `(zhunshi [a-z ]+[a-z]).*?`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    sections = dict(section.findall(text_of("docs/commands.md")))
    known = commands(parser())
    assert set(sections) == set(known)
    for command, options in known.items():
        told = re.findall(r"^- `(--[a-z-]+)", sections[command], re.MULTILINE)
        assert set(told) == set(options), command


def test_every_metric_is_documented() -> None:
    kinds = {"counter": "_total"}
    ours = {
        f"{family.name}{kinds.get(family.type, '')}"
        for family in REGISTRY.collect()
        if family.name.startswith("zhunshi_")
    }
    assert set(rows("docs/metrics.md")) == ours


DOCUMENTS = [
    str(path.relative_to(ROOT)) for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(name: str) -> None:
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(name)):
        assert ((ROOT / name).parent / link).exists(), link


def test_the_questions_of_the_readme_are_answered_one_after_the_other() -> None:
    section = text_of("README.md").partition("## Five questions to try")[2].partition("## ")[0]
    questions = re.findall(r"^- (.+)$", section, re.MULTILINE)
    assert len(questions) == 5
    library = Library(load_folder(ROOT / "catalogue"))
    context: dict[str, Any] = {}
    for question in questions:
        answer = library.ask(question, today=date(2026, 11, 22), context=context)
        assert (question, answer.status) == (question, Status.ANSWERED)
        context = dict(answer.context)
