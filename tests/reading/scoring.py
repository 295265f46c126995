"""`python -m tests.reading.scoring DIR`: scores of the reader on a folder of NAME.txt with NAME.json."""

import json
import sys
from pathlib import Path

from reading.as_json import to_json
from reading.paragraphs import Document, Paragraph
from reading.policy import read_policy
from reading.scoring import ASPECTS, Score, differences, score


def document_of(text: str, name: str = "") -> Document:
    """A document of plain lines."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(start=at, end=at + len(line)))
        at += len(line) + 1
    return Document(text=text, paragraphs=tuple(paragraphs), name=name)


def score_folder(folder: Path, *, loud: bool = False) -> dict[str, Score]:
    """The sums of all texts in the folder; `loud` prints what differs."""
    sums = dict.fromkeys(ASPECTS, Score())
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        reading = to_json(read_policy(document_of(text)))
        for aspect, found in score(reading, gold, text).items():
            sums[aspect] += found
        if loud and (lines := differences(reading, gold)):
            sys.stdout.write("\n".join([f"== {path.stem}", *lines, ""]))
    return sums


def main() -> None:
    """Print one line an aspect."""
    for aspect, found in score_folder(Path(sys.argv[1]), loud="-q" not in sys.argv).items():
        sys.stdout.write(
            f"{aspect:12} precision {found.precision:.3f} recall {found.recall:.3f} F1 {found.f1:.3f}"
            f"  ({found.right} right, {found.wrong} wrong, {found.missed} missed)\n"
        )


if __name__ == "__main__":
    main()
