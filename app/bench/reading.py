"""`zhunshi bench reading`: readings beside what a person read, their speed beside `jieba.lcut`, their memory.

Every round reads all texts and segments the same ones, in an order that changes. What counts is CPU time of
this process; each of the long texts is read in a process of its own.
"""

import asyncio
import importlib
import json
import random
import statistics
import sys
import tempfile
import time
import warnings
from asyncio.subprocess import PIPE
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.bench.gold import Scored, scored_folder, summed
from reading.document import DEFAULT_LIMITS, read_document
from reading.policy import read_policy
from reading.scoring import Score

ROUNDS = 7
AT_LEAST = 100_000  # characters a round: few texts are read several times
LONG = {"long": 10_000_000, "longest_read": DEFAULT_LIMITS.characters}


async def measure_reading(folder: Path | None) -> dict[str, Any]:
    """Score and measure the texts of a folder; `docs/commands.md` says what comes back.

    Raises:
        BadInput: the folder or a file of it is not what it should be.
    """
    scored = scored_folder(folder)
    texts = [one.text for one in scored]
    return {
        "bench": "reading",
        **_speed(texts),
        "scores": {
            "aspects": {aspect: _figures(one) for aspect, one in summed(scored).items()},
            "files": {one.name: _of_file(one) for one in scored if not one.perfect},
            "texts": len(scored),
        },
        "memory": {name: await _memory(texts, characters) for name, characters in LONG.items()},
        "rounds": ROUNDS,
    }


def told(result: dict[str, Any]) -> str:
    """The result for people."""
    scores = result["scores"]
    lines = [f"{'aspect':<12} {'precision':>9} {'recall':>7} {'F1':>7}"]
    lines += [_row(aspect, one) for aspect, one in scores["aspects"].items()]
    lines.append(f"{scores['texts']} texts, {scores['texts'] - len(scores['files'])} of them without a fault")
    for name, one in scores["files"].items():
        faults = [f"{aspect} {of['f1']:.3f}" for aspect, of in one["aspects"].items() if of["f1"] < 1]
        lines += [f"{name}: {', '.join(faults)}", *(f"  {line}" for line in one["differences"])]
    lines += [f"{name}: {one['per_s']:,.0f} characters/s" for name, one in result["cases"].items()]
    lines += [f"{name}: {ratio:.2f}" for name, ratio in result["ratios"].items()]
    lines += [f"{name}: left out, it is not installed" for name in result["left_out"]]
    lines += [
        f"{one['characters']:,} characters: {one['outcome']}, {one['most_mb']:.0f} MB at most"
        for one in result["memory"].values()
    ]
    return "\n".join(lines)


def _row(aspect: str, one: dict[str, float]) -> str:
    return f"{aspect:<12} {one['precision']:>9.3f} {one['recall']:>7.3f} {one['f1']:>7.3f}"


def _figures(one: Score) -> dict[str, float]:
    shares = {"precision": one.precision, "recall": one.recall, "f1": one.f1}
    return {**{name: round(share, 4) for name, share in shares.items()}, **asdict(one)}


def _of_file(one: Scored) -> dict[str, Any]:
    return {
        "aspects": {aspect: _figures(score) for aspect, score in one.scores.items()},
        "differences": one.differences,
    }


def _speed(texts: list[str]) -> dict[str, Any]:
    ways: dict[str, Callable[[str], object]] = {"ours": _read}
    if segment := _jieba():
        ways["jieba"] = segment
    texts = texts * -(-AT_LEAST // sum(map(len, texts)))
    for way in ways.values():
        _cost(way, texts)  # what is done once only is not to be measured
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name in random.sample(list(ways), len(ways)):
            costs[name].append(_cost(ways[name], texts))
    cpu = {name: statistics.median(seconds) for name, seconds in costs.items()}
    return {
        "cases": {
            name: {"per_s": round(1 / seconds, 1), "cpu_us": round(seconds * 1e6, 4)}
            for name, seconds in cpu.items()
        },
        "ratios": {"ours_to_jieba": round(cpu["jieba"] / cpu["ours"], 3)} if segment else {},
        "left_out": [] if segment else ["jieba"],
    }


def _cost(way: Callable[[str], object], texts: list[str]) -> float:
    """CPU seconds a character."""
    start = time.process_time()
    for text in texts:
        way(text)
    return (time.process_time() - start) / sum(map(len, texts))


def _read(text: str) -> None:
    read_policy(read_document(text.encode(), "text.txt"))


def _jieba() -> Callable[[str], object] | None:
    """Its `lcut` with the dictionary loaded; None where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports what setuptools has given up
        try:
            jieba: Any = importlib.import_module("jieba")
        except ImportError:
            return None
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    segment: Callable[[str], object] = jieba.lcut
    return segment


async def _memory(texts: list[str], characters: int) -> dict[str, Any]:
    """What became of a file of so many characters, made of the texts, and the most memory it took."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write("\n".join([*texts, ""]))
        file.flush()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.bench.long_file", file.name, str(characters)), stdout=PIPE
        )
        printed, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"a file of {characters} characters could not be read")
    result: dict[str, Any] = json.loads(printed)
    return result
