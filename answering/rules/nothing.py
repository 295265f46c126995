"""Nothing fits the subject well enough: say so, and offer what is near."""

import re
from typing import Final

from answering.answer import Aspect, FactItem, Found, Missing
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.asking import Asking, missing, said
from answering.rules.entries import of_entries
from answering.rules.passages import told_in_words
from answering.search import ENOUGH, good, rank
from domain.policy import FactKind, Measure


def nothing_fits(asking: Asking) -> Reply:
    """No such target, topic or department; the policy's own list where its basis or safeguards are meant."""
    if told := told_in_words(asking, asking.only):
        return said(asking, [FactItem(found=told, aspect=Aspect.DETAIL)])
    if _means_the_list(asking) and (listed := of_entries(asking)):
        return listed
    nearest, subject = _nearest(asking), asking.query.subject
    if asking.asks(Cue.WHO) and asking.only and not asking.only.departments:
        return missing(asking, Missing.DEPARTMENT, subject=subject, nearest=nearest)
    reason = Missing.TARGET if asking.asks(Cue.FIGURE, Cue.COUNT, Cue.TARGET) else Missing.TOPIC
    return missing(asking, reason, subject=subject, nearest=nearest)


def _means_the_list(asking: Asking) -> bool:
    """依据哪些上级精神: no document of that name, but the list of them answers."""
    if not asking.scope:
        return False
    if FactKind.BASIS in asking.kinds:
        return True
    return FactKind.SAFEGUARD in asking.kinds and not asking.asks(Cue.FIGURE)


def _nearest(asking: Asking) -> list[Found]:
    near = [hit for hit in asking.ranked() if hit.coverage >= ENOUGH / 2]
    if not near and asking.query.policies:
        near = good(rank(asking.index, asking.query.segments))
    found = [hit.doc.found for hit in near]
    if not asking.asks(Cue.FIGURE, Cue.COUNT):
        return found
    return [one for one in found if not _holds_a_figure(one)]


def _holds_a_figure(found: Found) -> bool:
    """Whether it would tell a figure that was not asked for: 改造老旧机构10家."""
    return isinstance(found.fact, Measure) and bool(_DIGIT.search(found.fact.title.zh))


_DIGIT: Final = re.compile("[0-9]")
