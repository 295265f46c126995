"""The metric of a target among its neighbours: what a clause leaves out, the one before it has said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reading.metric import (
    grown,
    metric_behind_lead,
    only_compares,
    only_says_reached,
    only_verbs,
    starts_with_verb,
    subject_of,
    with_shared_verbs,
    without_lead,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading.clauses import Clause
    from reading.result import ReadTarget


def metric_named(clause: Clause, previous: ReadTarget | None, earlier: Sequence[ReadTarget]) -> str | None:
    """What a clause measures; `previous` is the target just before it, `earlier` those of the paragraph."""
    return _metric(clause, previous, earlier) or _metric_again(clause, earlier)


def _metric(clause: Clause, previous: ReadTarget | None, earlier: Sequence[ReadTarget]) -> str | None:
    if clause.metric:
        return clause.metric
    lead = without_lead(clause.before)
    if earlier and not clause.after and only_verbs(lead):
        for one in reversed(earlier):
            if one.metric.removeprefix("累计").startswith(lead):
                return one.metric  # 2024年，新建80个: of what was newly built the year before
    metric = metric_behind_lead(lead, clause.after, apart=clause.before.endswith("、"))
    if clause.follows and previous and not clause.continues:
        if metric is None:
            return grown(previous.metric)  # 较2023年提高5个百分点，达到95%
        if only_compares(metric):
            return grown(previous.metric) + metric  # 达到200项，年均增长8%
    if metric is None and previous and clause.due != previous.due and (clause.continues or not clause.before):
        return previous.metric  # 提高到2024年的80%、2025年的100%; 20个（2024年8个，2025年12个）
    metric = metric or (None if clause.follows and previous else subject_of(clause.subject))
    if clause.within and previous:
        whole = (
            _OWN_PART.sub("", previous.metric)
            if previous.metric.endswith("）") and clause.continues
            else previous.metric
        )
        return f"{whole}（{metric})".replace(")", "）") if metric else whole
    if metric and previous and "级" in metric and _LEVEL.fullmatch(metric) and _LEVEL.search(previous.metric):
        return _LEVEL.sub(metric, previous.metric, count=1)  # 国家级试点项目6个、省级18个
    if metric and clause.continues and clause.head and not starts_with_verb(clause.before):
        return with_shared_verbs(clause.head, metric)
    return metric


def _metric_again(clause: Clause, earlier: Sequence[ReadTarget]) -> str | None:
    """A later date's figure for what was just spoken of: …达到120项；到2025年底，达到135项."""
    if not only_says_reached(clause.before):
        return None
    index, count = clause.place or (0, 1)
    return earlier[index - count].metric if len(earlier) >= count else None


_LEVEL: Final = re.compile("(?:国家|自治区|[省市县区镇州])级")
_OWN_PART: Final = re.compile("（[^（）]*）$")
