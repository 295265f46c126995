"""How well readings agree with gold annotations, both in the form of `to_json`: precision, recall, F1."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from language.script import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of the found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the true that was found; 1 where there was nothing to find."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


ASPECTS: Final = ("targets", "due", "comparators", "measures", "departments", "leads", "stages", "quotations")


def score(reading: Mapping[str, Any], gold: Mapping[str, Any], text: str) -> dict[str, Score]:
    """Each aspect's counts for one text; an aspect that the gold leaves out is not counted.

    A target is right with value, comparator, unit and date; `due` and `comparators` look at one of these
    beside the value and unit. Measures agree by title, departments and leads by the measure they stand at,
    stages by name and period. A quotation is right when the text holds it at its positions.
    """
    pairs = {
        "targets": ("targets", lambda entry: [_target(entry, "comparator", "due")]),
        "due": ("targets", lambda entry: [_target(entry, "due")]),
        "comparators": ("targets", lambda entry: [_target(entry, "comparator")]),
        "measures": ("measures", lambda entry: [_words(entry["title"])]),
        "departments": ("measures", lambda entry: _beside_title(entry, "departments")),
        "leads": ("measures", lambda entry: _beside_title(entry, "lead")),
        "stages": ("stages", lambda entry: [(_words(entry["name"]), entry["start"], entry["end"])]),
    }
    scores = {
        aspect: agreement(_keys(reading[name], keys), _keys(gold[name], keys))
        for aspect, (name, keys) in pairs.items()
        if name in gold
    }
    return {**scores, "quotations": _quotations(reading, text)}


def differences(reading: Mapping[str, Any], gold: Mapping[str, Any]) -> list[str]:
    """Lines for a person: what of the gold was missed (-), and what was read beside it (+)."""
    lines = []
    for name, describe in (("targets", _target_line), ("measures", _measure_line), ("stages", str)):
        if name in gold:
            found, true = Counter(map(describe, reading[name])), Counter(map(describe, gold[name]))
            lines += [f"- {line}" for line in (true - found).elements()]
            lines += [f"+ {line}" for line in (found - true).elements()]
    return lines


def agreement(found: Counter[Any], true: Counter[Any]) -> Score:
    """Two collections compared, each member as often as it stands there."""
    return Score((found & true).total(), (found - true).total(), (true - found).total())


def _keys(entries: Iterable[Any], keys: Any) -> Counter[Any]:
    return Counter(key for entry in entries for key in keys(entry))


def _target(entry: Mapping[str, Any], *fields: str) -> tuple[Any, ...]:
    high = entry.get("value_max")
    value, unit = _same_unit(float(entry["value"]), entry["unit"])
    return (
        round(value, 4),
        None if high is None else float(high),
        unit,
        *(entry.get(name) for name in fields),
    )


def _same_unit(value: float, unit: str) -> tuple[float, str]:
    """1.2亿元 and 120000000元 are the same, and so are 百分点 and 个百分点."""
    match = re.match("万亿|[万亿]", unit)
    if match and len(unit) > len(match[0]):
        return value * {"万": 1e4, "亿": 1e8, "万亿": 1e12}[match[0]], unit[len(match[0]) :]
    return value, unit.removeprefix("个") if len(unit) > 2 else unit


def _beside_title(entry: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    return [(_words(entry["title"]), _words(department)) for department in entry.get(name, ())]


def _words(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _quotations(reading: Mapping[str, Any], text: str) -> Score:
    exact = [text[entry["start"] : entry["end"]] == entry["quote"] for entry in reading["targets"]]
    exact += [entry["quote"] in text for name in ("measures", "unread") for entry in reading[name]]
    return Score(sum(exact), len(exact) - sum(exact), 0)


def _target_line(entry: Mapping[str, Any]) -> str:
    high = "" if entry.get("value_max") is None else f"–{entry['value_max']}"
    return f"{entry['comparator']}{entry['value']}{high}{entry['unit']} {entry['due']}"


def _measure_line(entry: Mapping[str, Any]) -> str:
    departments = "、".join(entry["departments"])
    lead = "、".join(entry["lead"])
    return f"{_words(entry['title'])} [{departments}] lead [{lead}] due {entry.get('due')}"
