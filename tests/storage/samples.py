"""Policies to test with: one that uses every field, and any that hypothesis can think of."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import Phase
from hypothesis import strategies as st

from domain.policy import (
    Basis,
    Charge,
    Comparator,
    Department,
    Goal,
    Group,
    Issuer,
    Measure,
    Milestone,
    Name,
    Passage,
    Policy,
    Role,
    Safeguard,
    Stage,
    Target,
    YearlyEvent,
)
from domain.timeline import Deadline, Yearly

# Without explaining, which takes minutes for values of this size.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)

LUCHENG = Policy(
    id="lucheng-2024",
    title=Name(zh="鹿城区标准化行动方案", en="Lucheng standardisation plan", aliases=("鹿城方案", "no")),
    region=Name(zh="鹿城区", en="Lucheng"),
    issuer=Issuer(id="issuer", passage=Passage(clause="落款"), name=Name(zh="鹿城区人民政府")),
    issued=Deadline.parse("2024-03-05"),
    start=Deadline.parse("2024"),
    end=Deadline.parse("2026-Q3"),
    summary=Name(zh="三年内建成区级标准体系。"),
    targets=(
        Target(
            id="T1",
            passage=Passage(clause="二（一）", quote=" 到2025年，国际标准 0 项", start=0, end=15),
            metric=Name(zh="国际标准", aliases=("ISO标准",)),
            comparator=Comparator.AT_LEAST,
            value=Decimal(0),
            unit=Name(zh="项", en="items"),
            due=Deadline.parse("2025"),
            per="year",
            topics=("国际",),
        ),
        Target(
            id="T2",
            passage=Passage(clause="二（二）"),
            metric=Name(zh="覆盖率"),
            comparator=Comparator.RANGE,
            value=Decimal("10.50"),
            value_max=Decimal("1E+2"),
            unit=Name(zh="%"),
            due=Deadline.parse("2025-06"),
        ),
    ),
    goals=(Goal(id="G1", passage=Passage(clause="二"), statement=Name(zh="体系基本健全"), topics=("体系",)),),
    groups=(Group(id="A", passage=Passage(clause="三（一）"), number="（一）", title=Name(zh="夯实基础")),),
    measures=(
        Measure(
            id="M1",
            passage=Passage(clause="三（一）1"),
            number="1",
            title=Name(zh="建设平台"),
            group="A",
            summary=Name(zh="建一个\n公共平台"),
            charges=(Charge(department="D1", role=Role.LEAD),),
            open_ended=True,
            due=Deadline.parse("2024-12-31"),
        ),
    ),
    stages=(
        Stage(
            id="S1",
            passage=Passage(clause="四（一）"),
            name=Name(zh="启动阶段"),
            start=Deadline.parse("2024-03"),
            end=Deadline.parse("2024-12"),
            points=(Name(zh="成立专班"),),
            milestones=(Milestone(id="S1a", name=Name(zh="中期评估"), due=Deadline.parse("2024-09")),),
        ),
    ),
    safeguards=(Safeguard(id="B1", passage=Passage(clause="五"), title=Name(zh="强化经费")),),
    basis=(
        Basis(id="C1", passage=Passage(clause="一"), title=Name(zh="上位文件"), number="鹿政〔2023〕9号"),
    ),
    events=(
        YearlyEvent(id="E1", passage=Passage(clause="三"), name=Name(zh="质量月"), yearly=Yearly.parse("09")),
        YearlyEvent(
            id="E2", passage=Passage(clause="三"), name=Name(zh="标准日"), yearly=Yearly.parse("10-14")
        ),
    ),
    departments=(Department(id="D1", passage=Passage(clause="三"), name=Name(zh="区市场监管局")),),
)

# What the format allows: anything printable that does not begin or end with space.
texts = (
    st.text(
        st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), min_size=1, max_size=20
    )
    .map(str.strip)
    .filter(bool)
    | st.sampled_from(
        ["2025", "no", "09", "~", "null", "- a", "a: b", "# no", "'", '"', "&a", "*a", "!b", "<<"]
    )
    | st.text("标准化 ，。：a", min_size=130, max_size=150).map("长{}句".format)
)
quotes = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
positions = st.none() | st.integers(0, 10**6)
names = st.builds(Name, zh=texts, en=st.none() | texts, aliases=st.lists(texts, max_size=1).map(tuple))
passages = st.builds(Passage, clause=texts, quote=quotes, start=positions, end=positions)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
deadlines = st.builds(
    lambda day, form: Deadline.parse(form.format(y=day.year, m=day.month, d=day.day, q=(day.month + 2) // 3)),
    days,
    st.sampled_from(["{y:04d}", "{y:04d}-{m:02d}", "{y:04d}-Q{q}", "{y:04d}-{m:02d}-{d:02d}"]),
)
yearlies = st.builds(lambda day, whole: Yearly(day.month, None if whole else day.day), days, st.booleans())
figures = st.decimals(0, 10**9, places=3) | st.integers(0, 10**9).map(Decimal) | st.just(Decimal("1E+3"))
maybe_due = st.none() | deadlines
# Ids are given by `_numbered`.
an_id = st.just("x")

targets = st.builds(
    Target,
    id=an_id,
    passage=passages,
    metric=names,
    comparator=st.sampled_from([one for one in Comparator if one is not Comparator.RANGE]),
    value=figures,
    unit=names,
    due=maybe_due,
    per=st.none() | texts,
    topics=st.lists(texts, max_size=1).map(tuple),
)
ranges = st.builds(
    lambda target, more: replace(target, comparator=Comparator.RANGE, value_max=target.value + more),
    targets,
    figures,
)
measures = st.builds(
    Measure,
    id=an_id,
    passage=passages,
    number=texts,
    title=names,
    group=st.none() | st.just("groups0"),
    summary=st.none() | names,
    charges=st.lists(
        st.builds(Charge, department=st.just("departments0"), role=st.sampled_from(Role)), max_size=2
    ).map(tuple),
    open_ended=st.booleans(),
    due=maybe_due,
)
stages = st.builds(
    lambda stage, ends: replace(stage, start=min(ends), end=max(ends)),
    st.builds(
        Stage,
        id=an_id,
        passage=passages,
        name=names,
        start=deadlines,
        end=deadlines,
        points=st.lists(names, max_size=1).map(tuple),
        milestones=st.builds(Milestone, id=an_id, name=names, due=deadlines).map(lambda one: (one,)),
    ),
    st.tuples(deadlines, deadlines),
)


def _numbered(policy: Policy) -> Policy:
    parts: dict[str, Any] = {}
    for field in fields(policy):
        value = getattr(policy, field.name)
        if isinstance(value, tuple):
            parts[field.name] = tuple(
                replace(fact, id=f"{field.name}{number}") for number, fact in enumerate(value)
            )
    parts["stages"] = tuple(
        replace(
            stage,
            milestones=tuple(replace(one, id=f"{stage.id}-{n}") for n, one in enumerate(stage.milestones)),
        )
        for stage in parts["stages"]
    )
    return replace(policy, **parts)


def _few(facts: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(facts, min_size=least, max_size=2).map(tuple)


policies = st.builds(
    Policy,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True),
    title=names,
    region=names,
    issuer=st.none() | st.builds(Issuer, id=an_id, passage=passages, name=names),
    issued=maybe_due,
    start=maybe_due,
    end=maybe_due,
    summary=st.none() | names,
    targets=_few(targets | ranges),
    goals=_few(st.builds(Goal, id=an_id, passage=passages, statement=names, due=maybe_due)),
    groups=_few(st.builds(Group, id=an_id, passage=passages, number=texts, title=names), least=1),
    measures=_few(measures),
    stages=_few(stages),
    safeguards=_few(st.builds(Safeguard, id=an_id, passage=passages, title=names)),
    basis=_few(st.builds(Basis, id=an_id, passage=passages, title=names, number=st.none() | texts)),
    events=_few(st.builds(YearlyEvent, id=an_id, passage=passages, name=names, yearly=yearlies)),
    departments=_few(st.builds(Department, id=an_id, passage=passages, name=names), least=1),
).map(_numbered)
