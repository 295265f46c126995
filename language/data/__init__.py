"""The tables of the package and how to read them; SOURCES.md says where their facts come from."""

from __future__ import annotations

from pathlib import Path


def read_table(name: str) -> list[list[str]]:
    """The rows of a tab-separated table beside this file, without its comments."""
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]
