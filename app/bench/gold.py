"""Gold for the reader: texts with what a person reads in them, and how well readings agree with it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.errors import BadInput
from reading.as_json import to_json
from reading.document import read_document
from reading.policy import read_policy
from reading.scoring import ASPECTS, Score, differences, score

_OURS = Path(__file__).parents[2] / "tests" / "reading" / "gold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One text beside its gold: the scores of its aspects, and what differs, a line each."""

    name: str
    text: str
    scores: dict[str, Score]
    differences: list[str]

    @property
    def perfect(self) -> bool:
        """Whether nothing was missed and nothing was read beside the gold."""
        return all(one.f1 == 1 for one in self.scores.values())


def scored_folder(folder: Path | None) -> list[Scored]:
    """Every text beside a NAME.json in the folder, read and scored; without one, our own gold.

    Raises:
        BadInput: there is no such folder or no gold in it, or a file of it can't be read.
    """
    if folder is None and not _OURS.is_dir():
        raise BadInput("give a DIR of texts with gold files: our own are in the source, not in the package")
    return [_scored(text, gold) for text, gold in _pairs(folder or _OURS)]


def summed(scored: list[Scored]) -> dict[str, Score]:
    """The counts of all texts, by aspect."""
    return {
        aspect: sum((one.scores[aspect] for one in scored if aspect in one.scores), Score())
        for aspect in ASPECTS
    }


def _pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        raise BadInput(f"{folder}: {error.strerror}") from error
    golds = [file for file in files if file.suffix == ".json"]
    if not golds:
        raise BadInput(f"{folder}: no gold files in it (NAME.json beside NAME.txt, NAME.docx, …)")
    for gold in golds:
        texts = [file for file in files if file.stem == gold.stem and file != gold]
        if not texts:
            raise BadInput(f"{gold}: its text is missing ({gold.stem}.txt, {gold.stem}.docx, …)")
        yield from ((text, gold) for text in texts)


def _scored(file: Path, gold_file: Path) -> Scored:
    gold = _gold(gold_file)
    document = read_document(_bytes(file), file.name)
    reading = to_json(read_policy(document))
    try:
        scores, differing = score(reading, gold, document.text), differences(reading, gold)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadInput(f"{gold_file}: not in the form of `zhunshi read --json` ({error!r})") from error
    return Scored(name=file.name, text=document.text, scores=scores, differences=differing)


def _gold(file: Path) -> dict[str, Any]:
    try:
        gold = json.loads(_bytes(file))
    except ValueError as error:
        raise BadInput(f"{file}: not JSON ({error})") from error
    if not isinstance(gold, dict):
        raise BadInput(f"{file}: not one JSON object")
    return gold


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from error
