"""The catalogue as it stands in memory, and the door to everything that answers from it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from answering.answer import (
    Answer,
    Aspect,
    ClarifyItem,
    ComparisonItem,
    Found,
    Item,
    Missing,
    MissingItem,
    Reference,
    Status,
)
from answering.conversation import complete, remember
from answering.cues import Cue
from answering.index import Index
from answering.query import Memory, Query, Segment
from answering.question import MAX_CHARACTERS, expand, parse_folded
from answering.respond import Reply, respond
from answering.slips import mend
from domain.languages import Language
from domain.policy import FactKind, Policy
from language.script import detect_language, fold, to_traditional


class Library:
    """An immutable snapshot of the policies with all indexes built; replaced, never changed."""

    def __init__(self, policies: tuple[Policy, ...]) -> None:
        self.policies = policies
        self._index = Index(policies)
        self._policies = {policy.id: policy for policy in policies}
        self._facts = {
            (policy.id, kind, fact.id): Found(policy=policy, kind=kind, fact=fact)
            for policy in policies
            for kind, fact in policy.facts()
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
            context: the `context` of the answer before, for a follow-up.
        """
        spoken = language or Language(detect_language(text[:1000], default_language.value))
        folded = expand(fold(text[:MAX_CHARACTERS]))
        memory = Memory.from_json(context)
        reply = self._reply(folded, memory, today)
        read_as: tuple[tuple[str, str], ...] = ()
        if _is_lost(reply):
            reply, read_as = self._second_look(reply, folded, memory, today)
        return self._answer(reply, today, spoken, text, read_as, memory)

    def _second_look(
        self, reply: Reply, folded: str, memory: Memory | None, today: date
    ) -> tuple[Reply, tuple[tuple[str, str], ...]]:
        """A question that was not understood: with its slips mended, then part by part."""
        mended = folded
        slips: tuple[tuple[str, str], ...] = ()
        for mended, slips in mend(self._index, folded):
            again = self._reply(mended, memory, today)
            if again.status is Status.ANSWERED or (not _is_lost(again) and _is_lost(reply)):
                return again, slips
            if again.status is Status.CLARIFY and reply.status is not Status.CLARIFY:
                return again, slips
        parts = self._parts(mended, memory, today) if reply.status is Status.NO_RECORD else None
        if parts is not None:
            return parts, slips
        return reply, ()

    def _parts(self, folded: str, memory: Memory | None, today: date) -> Reply | None:
        """What its parts ask, each by itself: several subjects at once, or one among much else."""
        whole = complete(
            parse_folded(folded, self._index, today=today),
            memory,
            lambda subject: self._segments(subject, today),
        )
        for cut in (_CLAUSES, _AND):
            parts = [part for part in cut.split(folded) if part.strip()]
            if len(parts) < 2:
                continue
            queries = [parse_folded(part, self._index, today=today) for part in parts]
            replies = [
                respond(
                    self._index,
                    replace(
                        query,
                        policies=query.policies or whole.policies,
                        strangers=query.strangers or whole.strangers,
                        cues=query.cues | (whole.cues if cut is _AND else frozenset()),
                        spans=query.spans or whole.spans,
                    ),
                    today,
                )
                for query in queries
                if any(segment.senses for segment in query.segments)
            ]
            told = [one for one in replies if one.status is Status.ANSWERED]
            if told and (cut is _CLAUSES or len(told) == len(replies) == len(parts)):
                items = tuple(dict.fromkeys(item for one in told for item in one.items))
                return replace(told[-1], items=items[:MAX_PARTS])
        return None

    def _reply(self, folded: str, memory: Memory | None, today: date) -> Reply:
        query = parse_folded(folded, self._index, today=today)
        query = complete(query, memory, lambda subject: self._segments(subject, today))
        return respond(self._index, query, today)

    def tell(self, reference: Reference, *, today: date, language: Language) -> Answer:
        """Answer a button or a link; what no longer exists is an Answer that says so."""
        policies = (reference.policy,) if reference.policy else ()
        if reference.policy and reference.policy not in self._policies:
            return self._answer(_gone(), today, language)
        cues = _CUES_OF_ASPECT.get(reference.aspect, frozenset())
        if reference.id:
            if (reference.policy, reference.kind, reference.id) not in self._facts:
                return self._answer(_gone(), today, language)
            query = _about(reference, cues)
        else:
            query = Query(cues=cues | _CUES_OF_KIND.get(reference.kind, frozenset()), policies=policies)
        return self._answer(respond(self._index, query, today), today, language)

    def policy(self, policy_id: str) -> Policy | None:
        """The policy with that id."""
        return self._policies.get(policy_id)

    def find(self, policy_id: str, kind: FactKind, fact_id: str) -> Found | None:
        """The fact with that id."""
        return self._facts.get((policy_id, kind, fact_id))

    def _segments(self, subject: str, today: date) -> tuple[Segment, ...]:
        return parse_folded(subject, self._index, today=today).segments if subject else ()

    def _answer(
        self,
        reply: Reply,
        today: date,
        language: Language,
        written: str = "",
        read_as: tuple[tuple[str, str], ...] = (),
        memory: Memory | None = None,
    ) -> Answer:
        answer = Answer(
            status=reply.status,
            language=language,
            items=tuple(_as_written(item, written, language) for item in reply.items),
            today=today,
            choices=reply.choices,
            read_as=read_as,
        )
        return replace(answer, context=_context(reply, answer, memory))


def _is_lost(reply: Reply) -> bool:
    """Whether the question was not understood: a slip may be why."""
    lost = {Missing.TOPIC, Missing.TARGET, Missing.UNCLEAR}
    if reply.status is Status.CLARIFY and reply.query is not None:
        return not reply.query.policies or any(not segment.senses for segment in reply.query.segments)
    return reply.status is Status.NO_RECORD and any(
        isinstance(item, MissingItem) and item.reason in lost for item in reply.items
    )


def _context(reply: Reply, answer: Answer, before: Memory | None) -> dict[str, Any]:
    if reply.query is None:
        return {}
    cited = answer.citations()
    facts = tuple((one.policy.id, str(one.kind), one.id) for one in cited if one.kind is not FactKind.POLICY)
    policies = tuple(dict.fromkeys(one.policy.id for one in cited))
    measures = tuple(fact for fact in facts if fact[1] == FactKind.MEASURE)
    told = next(
        (one for one in (facts, measures) if len(one) == 1 and reply.status is not Status.CLARIFY), ()
    )
    scope = policies if len(policies) == 1 else reply.query.policies
    return remember(reply.query, told, scope, before).to_json()


def _about(reference: Reference, cues: frozenset[Cue]) -> Query:
    if reference.kind is FactKind.DEPARTMENT:
        return Query(cues=cues, policies=(reference.policy,), departments=((reference.policy, reference.id),))
    fact = (reference.policy, str(reference.kind), reference.id)
    return Query(cues=cues, policies=(reference.policy,), facts=(fact,))


def _gone() -> Reply:
    return Reply(Status.NO_RECORD, (MissingItem(reason=Missing.NUMBER),))


def _as_written(item: Item, written: str, language: Language) -> Item:
    """Matching folds the asker's words to Simplified lower case; they are shown as they were written."""
    if isinstance(item, MissingItem | ClarifyItem | ComparisonItem) and item.subject:
        pieces = [_piece_as_written(piece, written, language) for piece in item.subject.split(" ")]
        return replace(item, subject=" ".join(pieces))
    return item


def _piece_as_written(piece: str, written: str, language: Language) -> str:
    lower = written.lower()
    at = lower.find(piece) if len(lower) == len(written) else -1
    if at >= 0:
        return written[at : at + len(piece)]
    return to_traditional(piece) if language is Language.TRADITIONAL else piece


MAX_PARTS: Final = 3
_CLAUSES: Final = re.compile("[,;:!?。、]|[.](?![0-9])")
_AND: Final = re.compile("还有|以及|和|跟|与|及| and ")

_CUES_OF_ASPECT = {
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
_CUES_OF_KIND = {
    FactKind.TARGET: frozenset({Cue.TARGET}),
    FactKind.GOAL: frozenset({Cue.GOAL}),
    FactKind.GROUP: frozenset({Cue.GROUP}),
    FactKind.MEASURE: frozenset({Cue.MEASURE}),
    FactKind.STAGE: frozenset({Cue.STAGE}),
    FactKind.SAFEGUARD: frozenset({Cue.SAFEGUARD}),
    FactKind.BASIS: frozenset({Cue.BASIS}),
    FactKind.EVENT: frozenset({Cue.EVENT}),
    FactKind.DEPARTMENT: frozenset({Cue.DEPARTMENT}),
    FactKind.POLICY: frozenset({Cue.POLICY}),
}
