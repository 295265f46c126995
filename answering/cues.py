"""What the words that a question asks with tell about what is wanted; the words are in `data/cues.txt`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from domain.policy import FactKind


class Cue(StrEnum):
    """What a word of the question tells."""

    WHO = "who"  # 谁负责
    DUTY = "duty"  # 负责什么
    WHEN = "when"  # 什么时候
    PUBLISH = "publish"  # 印发; with WHO the issuer, with WHEN the date of issue
    ISSUER = "issuer"  # 发文机关
    ISSUED = "issued"  # 哪年发布的
    FIGURE = "figure"  # 多少
    COUNT = "count"  # 几个
    LIST = "list"  # 有哪些
    NOW = "now"  # 现在
    NEXT = "next"  # 下一个
    COMPARE = "compare"  # 相比
    EVERYWHERE = "everywhere"  # 各地
    PROGRESS = "progress"  # 完成了多少
    OVERVIEW = "overview"  # 主要内容
    HELP = "help"  # 你能做什么
    FOLLOW = "follow"  # 那……呢: goes on from the question before
    FILLER = "filler"  # 请问: says nothing about what is wanted
    SOLE = "sole"  # 单独负责
    TOGETHER = "together"  # 一起
    WITHOUT = "without"  # 没有
    AFTER = "after"  # 下一条
    BEFORE = "before"  # 上一条
    # What kind of entry is meant.
    TARGET = "target"
    GOAL = "goal"
    MEASURE = "measure"
    GROUP = "group"
    STAGE = "stage"
    SAFEGUARD = "safeguard"
    BASIS = "basis"
    EVENT = "event"
    DEPARTMENT = "department"
    POLICY = "policy"


KINDS: Final = {
    cue: FactKind(cue.value)
    for cue in (
        Cue.TARGET,
        Cue.GOAL,
        Cue.MEASURE,
        Cue.GROUP,
        Cue.STAGE,
        Cue.SAFEGUARD,
        Cue.BASIS,
        Cue.EVENT,
        Cue.DEPARTMENT,
        Cue.POLICY,
    )
}


def kinds_of(cues: Iterable[Cue]) -> frozenset[FactKind]:
    """The kinds of entry that the cues name."""
    return frozenset(KINDS[cue] for cue in cues if cue in KINDS)


@cache
def cue_terms() -> Mapping[str, frozenset[Cue]]:
    """Each word of `data/cues.txt` with all it tells; the file says how it is written."""
    terms: dict[str, set[Cue]] = defaultdict(set)
    cue = Cue.FILLER
    for line in (Path(__file__).parent / "data" / "cues.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            cue = Cue(line.strip("[]"))
        elif not line.startswith("#"):
            for word in filter(None, map(str.strip, line.split(","))):
                terms[word].add(cue)
    return {word: frozenset(cues) for word, cues in terms.items()}
