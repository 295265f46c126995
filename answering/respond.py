"""A complete query to what is said: the rules in their order, of which the first that applies answers."""

from collections.abc import Callable
from datetime import date
from typing import Final

from answering.answer import Missing
from answering.index import Index
from answering.query import Query
from answering.reply import Reply
from answering.rules import (
    departments,
    entries,
    numbers,
    places,
    progress,
    publication,
    stages,
    subjects,
    times,
    whole,
)
from answering.rules.asking import Asking, missing

# What is most certain to be meant comes first; what a few words suffice for comes last.
RULES: Final[tuple[Callable[[Asking], Reply | None], ...]] = (
    whole.of_nothing,  # help, and texts that say nothing, need no catalogue
    # What no policy can answer, before anything in the question is taken for an answer:
    places.of_a_stranger,  # another province's figure must never be told as this one's
    progress.of_progress,  # 完成了多少 names a target, but asks how far it is
    places.of_an_unknown_occasion,  # 世界计量日 is not 世界标准日
    publication.of_publication,  # 谁印发的 asks for no department in charge
    # What names its entry exactly, before the words around it are searched for:
    numbers.of_a_neighbour,  # 下一条 goes on from the entry told; it is no list
    numbers.of_a_number,
    departments.of_a_department,
    departments.of_the_busiest,
    stages.of_a_stage,  # 第二阶段 and 现在, before 阶段 is read as a list of stages
    entries.of_sole_charge,  # 单独负责, before 任务 is read as a list of measures
    # What is searched for:
    subjects.of_a_subject,
    # What names no subject, the narrower kind of question first:
    times.of_what_is_ahead,  # 接下来的活动 is no list of all
    entries.of_entries,
    times.of_a_time,  # a year with a kind of entry is a list, a year alone is this
    whole.of_a_whole_policy,  # a policy and nothing else
)


def respond(index: Index, query: Query, today: date) -> Reply:
    """Answer a complete query; total."""
    asking = Asking.of(places.with_places_spoken_of(query, index), index, today)
    for rule in RULES:
        if reply := rule(asking):
            return reply
    return missing(asking, Missing.UNCLEAR)
