"""A question as slots: who, what, when, and which kind of answer is wanted.

Named tuples, as frozen dataclasses take several times as long to make.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from answering.cues import Cue
from answering.senses import FactSense
from domain.policy import Role


class Segment(NamedTuple):
    """A stretch of the question that is neither asking nor place nor date.

    Attributes:
        words: its tokens.
        text: as it stands in the folded question.
        senses: the documents it means, where it is a name or topic of the catalogue; else empty.
    """

    words: tuple[str, ...]
    text: str
    senses: tuple[FactSense, ...] = ()


class Span(NamedTuple):
    """A time that the question names, first day to last; `label` as written."""

    first: date
    last: date
    label: str


class Query(NamedTuple):
    """What a question asks for; every slot may be empty.

    Attributes:
        cues: the asking words found.
        policies: ids of the policies named, by region or title.
        titled: whether one was named by its title.
        strangers: places named that no policy is of.
        spans: the times named.
        departments: (policy, department) pairs that a named department may be.
        office: one asked what it does that is no department of any policy held: 财政厅负责什么.
        role: the part that a department asked about shall have: 牵头哪几项.
        number: the number of an entry, as plain digits: 第5条.
        group: the number of a heading, as plain digits: 第三大任务.
        clause: a clause reference, folded: 二(三)2.
        ordinal: the number of a stage, -1 for the last: 第二阶段.
        failing: a figure is asked for what fails: 不合格率.
        total: a figure is asked for all there are: 总数.
        unit: the kind of unit a figure is asked for in: 几家.
        twice: a figure is asked for more than once: 多少家，其中省级多少家.
        values: bare figures named, which may tell targets apart: 浙江制造4000项.
        occasion: a yearly occasion by its form that no policy names: 世界计量日.
        segments: what the question is about.
        facts: (policy, kind, id) of what the answer before was about, where this one goes on from it.
        echo: the subject of the question before, for 那国家的呢 after 国际标准.
        before: (policy, kind, id) of what was told then.
        inherited: the policies come from the question before, not from this one.
    """

    cues: frozenset[Cue] = frozenset()
    policies: tuple[str, ...] = ()
    titled: bool = False
    strangers: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    departments: tuple[tuple[str, str], ...] = ()
    office: str | None = None
    role: Role | None = None
    number: str | None = None
    group: str | None = None
    clause: str | None = None
    ordinal: int | None = None
    failing: bool = False
    total: bool = False
    unit: str | None = None
    twice: bool = False
    values: tuple[Decimal, ...] = ()
    occasion: str | None = None
    segments: tuple[Segment, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    echo: tuple[Segment, ...] = ()
    before: tuple[tuple[str, str, str], ...] = ()
    inherited: bool = False

    @property
    def subject(self) -> str:
        """What it is about, in the asker's words."""
        text = ""
        for segment in self.segments:
            gap = " " if text and (text[-1].isascii() or segment.text[0].isascii()) else ""
            text += gap + segment.text
        return text

    @property
    def empty(self) -> bool:
        """Whether nothing at all was recognised to search with."""
        return not (
            self.policies
            or self.strangers
            or self.spans
            or self.departments
            or self.number
            or self.group
            or self.clause
            or self.ordinal
            or self.segments
            or self.facts
            or self.cues - {Cue.FILLER, Cue.FOLLOW}
        )


class Memory(NamedTuple):
    """What a follow-up can refer to: the question before in its effective form, and what was told.

    `recent` are the policies the same subject was asked of, for 哪个多.
    """

    policies: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    cues: frozenset[Cue] = frozenset()
    subject: str = ""
    departments: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    spans: tuple[Span, ...] = ()
    strangers: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "policies": list(self.policies),
            "recent": list(self.recent),
            "cues": sorted(self.cues),
            "subject": self.subject,
            "departments": [list(pair) for pair in self.departments],
            "facts": [list(fact) for fact in self.facts],
            "strangers": list(self.strangers),
            "spans": [[span.first.isoformat(), span.last.isoformat(), span.label] for span in self.spans],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> "Memory | None":
        """Read what `to_json` wrote; None for anything else, as an older version may have left it."""
        if not data:
            return None
        try:
            return cls(
                policies=tuple(map(str, data["policies"])),
                recent=tuple(map(str, data["recent"])),
                cues=frozenset(map(Cue, data["cues"])),
                subject=str(data["subject"]),
                departments=tuple((str(policy), str(one)) for policy, one in data["departments"]),
                facts=tuple((str(policy), str(kind), str(one)) for policy, kind, one in data["facts"]),
                strangers=tuple(map(str, data.get("strangers", ()))),
                spans=tuple(
                    Span(date.fromisoformat(first), date.fromisoformat(last), str(label))
                    for first, last, label in data["spans"]
                ),
            )
        except (KeyError, TypeError, ValueError):
            return None
