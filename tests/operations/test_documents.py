"""Documents that can't rot: every setting, command, option and metric is in its table, and nothing else is."""

import argparse
import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

import app.compose  # noqa: F401 - imports every module that counts something
from app.cli import parser
from app.settings import PREFIX, Settings
from app.store import DEFAULT_DATABASE

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
    assert list(rows("docs/settings.md")) == sorted(
        rows("docs/settings.md"), key=list(rows("docs/settings.md")).index
    )
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
    sections = dict(
        re.findall(
            r"^## `(zhunshi [a-z ]+[a-z]).*?`\n(.*?)(?=^## |\Z)", text_of("docs/commands.md"), re.M | re.S
        )
    )
    known = commands(parser())
    assert set(sections) == set(known)
    for command, options in known.items():
        assert set(re.findall(r"^- `(--[a-z-]+)", sections[command], re.M)) == set(options), command


def test_every_metric_is_documented() -> None:
    kinds = {"counter": "_total"}
    ours = {
        f"{family.name}{kinds.get(family.type, '')}"
        for family in REGISTRY.collect()
        if family.name.startswith("zhunshi_")
    }
    assert set(rows("docs/metrics.md")) == ours


@pytest.mark.parametrize(
    "document", [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))], ids=str
)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / link).exists(), link
