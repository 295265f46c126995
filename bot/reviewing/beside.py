"""A draft beside the policy that is held under its title: what it is to that, what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.corroboration import Corroboration, Relation, by_fullness, corroboration, relation
from domain.policy import Policy
from domain.revisions import Changes, changes, held_as, identified
from domain.uniting import united
from storage.readings import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A draft and the policy held; `texts` unless it is a version, `changes` unless it is another text."""

    held: Policy
    relation: Relation
    fuller: Policy
    shorter: Policy
    changes: Changes | None = None
    texts: Corroboration | None = None

    @property
    def keeps_held(self) -> bool:
        """Whether the text held stays, since it says more."""
        return self.relation is Relation.TEXT and self.fuller is self.held


def beside(draft: Draft, held: Sequence[Policy]) -> Beside | None:
    """The draft beside the policy of its title; None where none is held."""
    known = held_as(draft.policy.title.zh, held)
    if known is None:
        return None
    is_to = draft.relation or relation(known, draft.policy)
    fuller, shorter = by_fullness(known, draft.policy)
    return Beside(
        held=known,
        relation=is_to,
        fuller=fuller,
        shorter=shorter,
        changes=changes(known, draft.policy) if is_to is not Relation.TEXT else None,
        texts=corroboration(fuller, shorter) if is_to is not Relation.VERSION else None,
    )


def outcome(draft: Draft, held: Sequence[Policy]) -> Policy:
    """The policy as it will be held."""
    found = beside(draft, held)
    if found is not None and found.relation is Relation.TEXT:
        return united(found.held, draft.policy, draft.taken)
    return identified(draft.policy, held)
