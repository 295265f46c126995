"""How far it is: a policy sets targets and holds no progress, so the answer is that none was reported."""

from answering.answer import Aspect, FactItem, Missing, MissingItem, Status
from answering.cues import Cue
from answering.reply import Reply
from answering.rules.asking import Asking, said
from answering.rules.hits import fitting
from answering.rules.passages import told_in_words
from answering.search import equals
from domain.policy import FactKind


def of_progress(asking: Asking) -> Reply | None:
    """完成了多少, 现在达到多少: no progress was reported; the target meant can be pressed."""
    asked_now = asking.cues >= {Cue.NOW, Cue.FIGURE} and not asking.asks(Cue.STAGE)
    if not asking.asks(Cue.PROGRESS) and not asked_now:
        return None
    if asking.asks(Cue.WHEN) and (told := told_in_words(asking, asking.only)):  # 每年几号前报送进展情况
        return said(asking, [FactItem(found=told, aspect=Aspect.DETAIL)])
    best = equals(fitting(asking, (FactKind.TARGET,)) or fitting(asking))
    found = best[0].doc.found if len(best) == 1 else None
    item = MissingItem(
        reason=Missing.PROGRESS,
        subject=asking.query.subject,
        policy=found.policy if found else asking.only,
        found=found,
    )
    return Reply(Status.NO_RECORD, (item,), (found.reference(),) if found else (), asking.query)
