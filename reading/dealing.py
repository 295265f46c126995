"""Figures dealt out to a list: 国际标准、国家标准分别达到10项和30项; 行业标准、地方标准各20项."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.due import without_dates
from reading.metric import metric_of, only_verbs, starts_with_verb, verbs_of, with_shared_verbs, without_lead
from reading.wording import JOINING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading.clauses import Clause
    from reading.due import Due


def dealt_out(text: str, clauses: list[Clause], dues: Sequence[Due]) -> list[Clause]:
    """分别, or 各 before a row: the figures that follow go to the dates or the metrics listed before."""
    for dealing in _DEALING.finditer(text) if "分别" in text or "各" in text else ():
        clauses = _dealt_out_at(dealing.start(), text, clauses, dues)
    if len(clauses) > 1 and any(clause.continues and not clause.before for clause in clauses):
        return _dealt_by_row(clauses)
    return clauses


def _dealt_by_row(clauses: list[Clause]) -> list[Clause]:
    """国家级、省级试点5个和30个: as many bare figures as names stand before them."""
    dealt = list(clauses)
    for at, clause in enumerate(clauses):
        until = at + 1
        while until < len(clauses) and _is_bare(clauses[until]):
            until += 1
        if until - at < 2 or clause.place or clause.after.strip(_TIES) or clause.continues:
            continue
        names = _names(clause.before)
        if len(names) != until - at:
            continue
        unit, shared = clauses[until - 1].figure.unit, clauses[until - 1].comparator
        for index, name in enumerate(names):
            one = clauses[at + index]
            metric = metric_of(name, "")
            dealt[at + index] = one._replace(
                figure=one.figure._replace(unit=one.figure.unit or unit),
                comparator=one.comparator or shared,
                metric=_shared(names[0] if index else "", metric),
                place=(index, len(names)),
            )
    return dealt


def _is_bare(clause: Clause) -> bool:
    if not clause.continues or clause.place or clause.within:
        return False
    return not (clause.before + clause.after).strip(_TIES)


def _names(words: str) -> list[str]:
    """The members of a list, each with the noun that the last names for all: 国际、国家、行业标准."""
    names = [name for name in _LISTED.split(words) if name]
    kinds = [_KIND.fullmatch(name) for name in names] if len(names) > 1 else []
    if len(names) > 1 and all(only_verbs(without_lead(name)) for name in names[:-1]):
        noun = names[-1].removeprefix(verbs_of(names[-1]))
        return [*(name + noun for name in names[:-1]), names[-1]]  # 新建、修订标准
    last = kinds[-1]["noun"] if kinds and kinds[-1] else ""
    if last in {"", "级"}:
        return _with_field(names) if len(names) > 1 else names
    whole = []
    for name, kind in zip(names, kinds, strict=True):
        if kind and kind["noun"] in {"", "级"}:
            whole.append(kind["kind"] + (last if last.startswith("级") else kind["noun"] + last))
        else:
            whole.append(name)
    return whole


def _with_field(names: list[str]) -> list[str]:
    """公共安全、民生服务领域标准覆盖率 is of two fields."""
    field = _FIELD.search(names[-1])
    return [name if not field or _FIELD.search(name) else name + field[0] for name in names[:-1]] + names[-1:]


def _dealt_out_at(at: int, text: str, clauses: list[Clause], dues: Sequence[Due]) -> list[Clause]:
    row = _row(clauses, at)
    if len(row) < 2 or any(clause.place for clause in row):
        return clauses
    ahead = [due for due in dues if due.end <= at]
    start = max(text.rfind(",", 0, at), text.rfind(":", 0, at)) + 1
    subject = without_dates(text, start, at, dues).strip(_TIES)
    names = _names(subject)
    unit = row[-1].figure.unit  # 分别不少于5、50、80项
    shared = next((clause.comparator for clause in reversed(row) if clause.comparator), None)
    dealt: dict[int, Clause] = {}
    for index, clause in enumerate(row):
        changed = clause._replace(
            figure=clause.figure._replace(unit=clause.figure.unit or unit),
            comparator=clause.comparator or shared,
            place=(index, len(row)),
        )
        if len(ahead) == len(row):
            own = row[0].before.replace("分别", "").strip(_TIES)
            metric = metric_of(own if subject in own else subject + own, row[0].after)
            changed = changed._replace(due=ahead[index].deadline, metric=metric)
        elif len(names) == len(row):
            metric = metric_of(names[index], "")
            changed = changed._replace(metric=_shared(subject if index else "", metric))
        elif len(names) > 1:
            changed = changed._replace(unmatched=True)
        dealt[id(clause)] = changed
    return [dealt.get(id(clause), clause) for clause in clauses]


def _row(clauses: Sequence[Clause], at: int) -> list[Clause]:
    """The figures behind 分别 that one list holds."""
    behind = [clause for clause in clauses if clause.figure.start > at]
    row = behind[:1]
    for clause in behind[1:]:
        if not clause.continues:
            break
        row.append(clause)
    return row


def for_each(clause: Clause, text: str, dues: Sequence[Due]) -> list[Clause]:
    """行业标准、地方标准各100项, 配备率和培训率均达到100%: the figure holds for every member of the list.

    So it does for every date before 各: 2024年、2025年各制定18项.
    """
    if clause.place or not ("各" in clause.before or "均" in clause.before):
        return [clause]
    words = clause.before.strip(_TIES)
    if words.startswith("各") and len(dated := _listed_dates(text, clause, dues)) > 1:
        words = words.removeprefix("各")
        return [clause._replace(due=due.deadline, before=words, head=words) for due in dated]
    match = _EACH.search(clause.before) or _ALL.search(clause.before)
    names = [name for name in _LISTED.split(clause.before[: match.start()]) if name] if match else []
    if match and match[0].startswith("均") and not all(_RATE.search(name) for name in names):
        return [clause]  # 污水、垃圾处理率均达到90% lists what is treated
    if len(names) < 2:
        return [clause]
    metrics = [metric_of(name, "") for name in names]
    return [
        clause._replace(metric=_shared(names[0] if index else "", metric))
        for index, metric in enumerate(metrics)
    ]


def _listed_dates(text: str, clause: Clause, dues: Sequence[Due]) -> list[Due]:
    """The dates that stand in a row right before the clause's words."""
    row: list[Due] = []
    for due in reversed([due for due in dues if due.end <= clause.figure.start]):
        if row and text[due.end : row[0].start] not in {"、", "和", "及"}:
            break
        row.insert(0, due)
    return row


def _shared(head: str, metric: str | None) -> str | None:
    return metric if metric is None or starts_with_verb(metric) else with_shared_verbs(head, metric)


# Words that tie members of a list, not within 参与, 普及, 和谐.
AND: Final = f"、|以及|及(?<![普涉顾]及)(?!时|其)|与(?<!参与)(?!会)|{JOINING}"
_TIES: Final = "、和及与 "
_LISTED: Final = re.compile(AND)
# 国家级 of 国家级、省级试点; 参与制定国际 of 参与制定国际、国家标准.
_KIND: Final = re.compile(
    "(?P<kind>.{0,12}?(?:国际|国[内外]|[省海境]外|省内|国家|行业|地方|团体|企业|自治区|[国部省市县区镇乡村州盟旗](?=级|$)))(?P<noun>.*)"
)
_FIELD: Final = re.compile("(?<=.{2})(?:领域|行业|产业|地区)[^、]*(?:率|数|水平|占比|比例|比重)$")
_EACH: Final = re.compile("各(?:自|有|达到?|不少于)?$")
_ALL: Final = re.compile("均(?:达到?|实现|为)?$")
_RATE: Final = re.compile("[率度数量额值比例]$")
_DEALING: Final = re.compile("分别|各(?=[0-9]+[^0-9,]{1,3}[、和])")
