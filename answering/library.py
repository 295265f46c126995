"""The catalogue as it stands in memory, and the door to everything that answers from it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from answering.answer import (
    Answer,
    Aspect,
    Citation,
    Found,
    Missing,
    MissingItem,
    Reference,
    Status,
    sources,
)
from answering.as_written import as_written, spelled
from answering.conversation import remember, still_held
from answering.cues import KINDS, Cue
from answering.index import Index
from answering.query import Memory, Query
from answering.reply import Reply
from answering.respond import respond
from answering.second_look import reply_to
from answering.shorthand import expand
from domain.languages import Language
from domain.policy import FactKind, Policy
from language.script import detect_language, fold

MAX_CHARACTERS: Final = 1000


class Library:
    """An immutable snapshot of the policies with all indexes built; replaced, never changed."""

    def __init__(self, policies: tuple[Policy, ...]) -> None:
        self.policies = policies
        self._index = Index(policies)
        self._facts = {
            (one.policy.id, one.kind, one.fact.id): one for row in self._index.entries.values() for one in row
        }

    def ask(
        self,
        text: str,
        *,
        today: date,
        default_language: Language = Language.SIMPLIFIED,
        language: Language | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Answer a question; total for every text.

        Args:
            text: what a person wrote; only the first 1,000 characters count.
            today: the day that "days left" counts from.
            default_language: where the text itself does not show a language.
            language: answer in this one, whatever the text shows.
            context: the `context` of the answer before, for a follow-up; anything else is as none.
        """
        text = text[:MAX_CHARACTERS]
        language = language or Language(detect_language(text, default_language.value))
        memory = still_held(Memory.from_json(context), self._index)
        reply, slips = reply_to(expand(fold(text)), memory, self._index, today)
        items = tuple(as_written(item, text, language) for item in reply.items)
        cited = sources(items)
        return Answer(
            status=reply.status,
            language=language,
            items=items,
            today=today,
            choices=reply.choices,
            context=_context(reply, cited, memory),
            read_as=(*slips, *_read_as(reply, text, language)),
            cited=cited,
        )

    def tell(self, reference: Reference, *, today: date, language: Language) -> Answer:
        """Answer a button or a link; what no longer exists is an Answer that says so."""
        query = _query(reference) if self._holds(reference) else None
        reply = respond(self._index, query, today) if query else _GONE
        cited = sources(reply.items)
        return Answer(
            status=reply.status,
            language=language,
            items=reply.items,
            today=today,
            choices=reply.choices,
            context=_context(reply, cited, None),
            cited=cited,
        )

    def policy(self, policy_id: str) -> Policy | None:
        """The policy with that id."""
        return self._index.by_id.get(policy_id)

    def find(self, policy_id: str, kind: FactKind, fact_id: str) -> Found | None:
        """The fact with that id."""
        return self._facts.get((policy_id, kind, fact_id))

    def _holds(self, reference: Reference) -> bool:
        if reference.id:
            return (reference.policy, reference.kind, reference.id) in self._facts
        return not reference.policy or reference.policy in self._index.by_id


def _query(reference: Reference) -> Query:
    """What pressing it asks."""
    cues = _CUES_OF.get(reference.aspect, frozenset())
    policies = (reference.policy,) if reference.policy else ()
    if not reference.id:
        of_kind = frozenset(cue for cue, kind in KINDS.items() if kind is reference.kind)
        return Query(cues=cues | of_kind, policies=policies)
    if reference.kind is FactKind.DEPARTMENT:
        return Query(cues=cues, policies=policies, departments=((reference.policy, reference.id),))
    fact = (reference.policy, str(reference.kind), reference.id)
    return Query(cues=cues, policies=policies, facts=(fact,))


def _read_as(reply: Reply, written: str, language: Language) -> tuple[tuple[str, str], ...]:
    """The subject in the asker's spelling, and what it was taken for in the language of the answer."""
    return tuple(
        (spelled(said, written, language), spelled(meant, "", language)) for said, meant in reply.read_as
    )


def _context(reply: Reply, cited: tuple[Citation, ...], before: Memory | None) -> Mapping[str, Any]:
    """What a follow-up goes on from: the question, and the one fact or the one measure that was told."""
    if reply.query is None:
        return {}
    facts = [(one.policy.id, str(one.kind), one.id) for one in cited if one.kind is not FactKind.POLICY]
    measures = [fact for fact in facts if fact[1] == FactKind.MEASURE]
    single = facts if len(facts) == 1 else measures if len(measures) == 1 else []
    told = tuple(single) if reply.status is not Status.CLARIFY else ()
    policies = {one.policy.id for one in cited}
    about = tuple(policies) if len(policies) == 1 else reply.query.policies
    return remember(reply.query, told, about, before).to_json()


_GONE: Final = Reply(Status.NO_RECORD, (MissingItem(reason=Missing.NUMBER),))
_CUES_OF: Final = {
    Aspect.FIGURE: frozenset({Cue.FIGURE}),
    Aspect.DEADLINE: frozenset({Cue.WHEN}),
    Aspect.WHO: frozenset({Cue.WHO}),
    Aspect.LIST: frozenset({Cue.LIST}),
    Aspect.COUNT: frozenset({Cue.COUNT}),
    Aspect.NOW: frozenset({Cue.NOW, Cue.STAGE}),
    Aspect.OVERVIEW: frozenset({Cue.OVERVIEW}),
    Aspect.COMPARE: frozenset({Cue.COMPARE}),
    Aspect.PROGRESS: frozenset({Cue.PROGRESS}),
    Aspect.ISSUER: frozenset({Cue.ISSUER}),
    Aspect.ISSUED: frozenset({Cue.ISSUED}),
    Aspect.HELP: frozenset({Cue.HELP}),
}
