"""The Dockerfile, the compose file and CI name only settings, commands, files and ports that exist."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.cli import parser
from app.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
SETTINGS = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICE = COMPOSE["services"]["zhunshi"]


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", ".ci/run", "Makefile", "README.md"])
def test_only_settings_that_exist_are_named(name: str) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", (ROOT / name).read_text(encoding="utf-8")))
    assert named <= SETTINGS


def test_the_values_set_for_the_container_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    given = dict(re.findall(rf"({PREFIX}[A-Z_]+)=(\S+)", DOCKERFILE))
    given |= {name: value for name, value in SERVICE["environment"].items() if "${" not in value}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.http_host == settings.sandbox_host == "0.0.0.0"  # noqa: S104 - within the container
    assert settings.http_port == 8080
    assert settings.sandbox_port == 8081


def test_the_image_starts_a_command_that_exists() -> None:
    entry, command = re.findall(r'^(?:ENTRYPOINT|CMD) \["(.+)"\]$', DOCKERFILE, re.MULTILINE)
    assert entry == "zhunshi"
    assert parser().parse_args([command]).run


def test_the_image_runs_as_nobody_special_and_watches_its_health() -> None:
    assert re.search(r"^USER zhunshi$", DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("USER zhunshi") < DOCKERFILE.index("ENTRYPOINT")
    assert "/healthz" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["python:3.11-slim"] * 2


def test_the_build_is_given_every_package_and_folder_of_data() -> None:
    given = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert given == packages | {
        "catalogue",
        "locales",
        "LICENSE",
        "README.md",
        "pyproject.toml",
        "requirements.lock",
    }
    assert all((ROOT / name).exists() for name in given)


def test_ports_are_open_to_this_machine_only_and_are_those_the_service_has() -> None:
    assert SERVICE["ports"] == ["127.0.0.1:8080:8080", "127.0.0.1:8081:8081"]
    assert re.search(r"^EXPOSE 8080 8081$", DOCKERFILE, re.MULTILINE)


def test_what_is_stored_lies_on_a_volume() -> None:
    (volume,) = re.findall(r"^VOLUME (\S+)$", DOCKERFILE, re.MULTILINE)
    assert SERVICE["volumes"] == [f"data:{volume}"]
    assert "data" in COMPOSE["volumes"]
    assert f"sqlite+aiosqlite:///{volume}/" in DOCKERFILE
    assert f"sqlite+aiosqlite:///{volume}/" in SERVICE["environment"][f"{PREFIX}DATABASE_URL"]


def test_ci_calls_targets_that_exist_and_is_sound_bash() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    called = set(re.findall(r"\bmake ([a-z-]+)", script.read_text(encoding="utf-8")))
    assert {"lint", "types", "floors", "translations", "test"} <= called <= targets
    subprocess.run(["/bin/bash", "-n", str(script)], check=True)


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", ".ci/run", "Makefile", "pyproject.toml"])
def test_no_machine_and_no_registry_is_written_down(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"pypi|/simple\b|/(?:root|home|work)/", text)
