"""A complete Query to what is said: one small rule for each kind of question, tried from the most specific on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from answering.answer import (
    Aspect,
    ClarifyItem,
    ComparisonItem,
    DutiesItem,
    EventItem,
    FactItem,
    Found,
    HelpItem,
    Item,
    ListItem,
    MilestoneItem,
    Missing,
    MissingItem,
    NowItem,
    PoliciesItem,
    PolicyItem,
    Reference,
    Status,
)
from answering.cues import Cue
from answering.index import Doc, Index, kinds_of
from answering.lexicon import tokenize
from answering.query import Query, Segment
from answering.search import ENOUGH, ENOUGH_IN_ENGLISH, Hit, equals, good, rank
from domain.policy import Department, FactKind, Goal, Measure, Policy, Role, Stage, Target, YearlyEvent
from domain.timeline import Deadline
from language.numerals import parse_number
from language.script import fold

MAX_CHOICES: Final = 3
# What a figure, a date or a person in charge can be asked of.
_DATED: Final = frozenset({FactKind.TARGET, FactKind.GOAL, FactKind.MEASURE, FactKind.STAGE, FactKind.EVENT})
_CHARGED: Final = frozenset({FactKind.MEASURE, FactKind.GROUP})
# Of these a count may be asked of one: 质量月是几月.
_NAMED: Final = frozenset({FactKind.EVENT, FactKind.STAGE, FactKind.BASIS})
# Kinds that a policy holds lists of.
_LISTS: Final = (
    FactKind.STAGE,
    FactKind.SAFEGUARD,
    FactKind.BASIS,
    FactKind.EVENT,
    FactKind.DEPARTMENT,
    FactKind.GROUP,
    FactKind.MEASURE,
    FactKind.GOAL,
    FactKind.TARGET,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, what can be pressed, and the subject a follow-up goes on from."""

    status: Status
    items: tuple[Item, ...]
    choices: tuple[Reference, ...] = ()
    query: Query | None = None


def respond(index: Index, query: Query, today: date) -> Reply:
    """Answer a complete query; total."""
    return _Responder(index, query, today).reply()


class _Responder:
    """One question on its way to a reply."""

    def __init__(self, index: Index, query: Query, today: date) -> None:
        self.index = index
        self.query = query
        self.today = today
        self.cues = set(query.cues)
        self.kinds = kinds_of(query.cues)
        self.by_id = {policy.id: policy for policy in index.policies}
        self.scope = [self.by_id[one] for one in query.policies if one in self.by_id]

    # The order of the rules: what is most certain to be meant comes first.

    def reply(self) -> Reply:
        """The first rule that applies."""
        rules: tuple[Callable[[], Reply | None], ...] = (
            self._nothing_asked,
            self._stranger,
            self._progress,
            self._unknown_occasion,
            self._publication,
            self._neighbour,
            self._numbered,
            self._department,
            self._stage,
            self._solely,
            self._topic,
            self._deadlines_ahead,
            self._entries,
            self._years,
            self._whole_policy,
        )
        for rule in rules:
            reply = rule()
            if reply is not None:
                return reply
        return self._missing(Missing.UNCLEAR)

    def _nothing_asked(self) -> Reply | None:
        query = self.query
        about = query.policies or query.segments or query.departments or query.facts or query.strangers
        if Cue.HELP in self.cues and not about:
            return Reply(Status.ANSWERED, (HelpItem(),))
        if query.empty:
            return self._missing(Missing.UNCLEAR)
        return None

    def _stranger(self) -> Reply | None:
        """A place that no policy is of, unless a policy speaks of it."""
        if not self.query.strangers:
            return None
        names = tuple(Segment(tuple(tokenize(name).words), name) for name in self.query.strangers)
        others = self.query.segments
        told = good(rank(self.index, (*others, *names), policies=self.query.policies), 0.99)
        figure = bool(self.cues & {Cue.FIGURE, Cue.COUNT, Cue.TARGET, Cue.PROGRESS})
        if told and (others or self.scope) and not figure and not self.query.titled:
            self.query = replace(self.query, segments=(*others, *names), strangers=())
            return None
        if self.scope and others and not figure and good(self._ranked()):
            return None  # 江津跟成都、重庆双城经济圈有关的: the place only goes with the subject
        about = good(rank(self.index, names), 1.0)
        return self._missing(
            Missing.PLACE, subject="、".join(self.query.strangers), nearest=[hit.doc.found for hit in about]
        )

    def _progress(self) -> Reply | None:
        asked_now = Cue.NOW in self.cues and Cue.FIGURE in self.cues and Cue.STAGE not in self.cues
        if Cue.PROGRESS not in self.cues and not asked_now:
            return None
        hits = self._hits(kinds=(FactKind.TARGET,)) or self._hits()
        best = equals(hits)
        found = best[0].doc.found if len(best) == 1 else None
        policy = found.policy if found else (self.scope[0] if len(self.scope) == 1 else None)
        item = MissingItem(reason=Missing.PROGRESS, subject=self.query.subject, policy=policy, found=found)
        choices = (found.reference(),) if found else ()
        return Reply(Status.NO_RECORD, (item,), choices, self.query)

    def _unknown_occasion(self) -> Reply | None:
        if self.query.occasion is None or Cue.FIGURE in self.cues:
            return None
        return self._missing(Missing.EVENT, subject=self.query.occasion)

    def _publication(self) -> Reply | None:
        """Who issued it, and when."""
        if FactKind.BASIS in self.kinds:
            return None
        wanted: list[Aspect] = []
        if Cue.ISSUER in self.cues:
            wanted.append(Aspect.ISSUER)
        if Cue.ISSUED in self.cues:
            wanted.append(Aspect.ISSUED)
        if not wanted and Cue.PUBLISH in self.cues:
            if Cue.WHO in self.cues:
                wanted.append(Aspect.ISSUER)
            if Cue.WHEN in self.cues:
                wanted.append(Aspect.ISSUED)
            if not wanted and not self.query.segments:
                wanted = [Aspect.ISSUER, Aspect.ISSUED]
        if not wanted or (self.query.segments and good(self._ranked())):
            return None
        if not self.scope:
            return self._which_policy(Aspect.ISSUER)
        items: list[Item] = []
        known = False
        for policy in self.scope:
            for aspect in wanted:
                held = policy.issuer if aspect is Aspect.ISSUER else policy.issued
                known = known or held is not None
                reason = Missing.ISSUER if aspect is Aspect.ISSUER else Missing.ISSUED
                items.append(
                    PolicyItem(policy=policy, aspect=aspect)
                    if held
                    else MissingItem(reason=reason, policy=policy)
                )
        return self._said(items, Status.ANSWERED if known else Status.NO_RECORD)

    # Entries by number

    def _neighbour(self) -> Reply | None:
        """下一条, the previous measure: beside the one that was told."""
        step = (Cue.AFTER in self.cues) - (Cue.BEFORE in self.cues)
        if not step or len(self.query.facts) != 1:
            return None
        doc = self.index.by_reference.get(self.query.facts[0])
        if doc is None:
            return None
        row = [one for one in self._all(doc.found.kind) if one.policy.id == doc.found.policy.id]
        at = next((at for at, one in enumerate(row) if one.fact.id == doc.found.fact.id), -1) + step
        if not 0 <= at < len(row):
            return self._missing(Missing.NUMBER, policy=doc.found.policy, kind=doc.found.kind)
        self.cues -= {Cue.WHEN, Cue.WHO}
        return self._fact(row[at])

    def _numbered(self) -> Reply | None:
        if self.query.clause:
            return self._by_clause(self.query.clause)
        if self.query.group:
            return self._by_group_number(self.query.group)
        if self.query.number is None:
            return None
        kind = FactKind.TARGET if self.kinds == [FactKind.TARGET] else FactKind.MEASURE
        found = [
            one for one in self._all(kind) if _number(one, kind) == self.query.number
        ] or self._measures_in_order(kind)
        if not found:
            return self._missing(Missing.NUMBER, subject=self.query.number, kind=kind)
        return self._one_of(found)

    def _by_group_number(self, number: str) -> Reply:
        """第三大任务: the third heading; in a policy without headings the third measure."""
        found = [
            Found(policy=policy, kind=FactKind.GROUP if policy.groups else FactKind.MEASURE, fact=fact)
            for policy in self.scope or self.index.policies
            for fact in (policy.groups or policy.measures)
            if _plain_number(fact.number) == number
        ]
        if not found:
            return self._missing(Missing.NUMBER, subject=number, kind=FactKind.GROUP)
        return self._one_of(found)

    def _measures_in_order(self, kind: FactKind) -> list[Found]:
        """Where numbers restart or are missing, the n-th of all may be meant."""
        if len(self.scope) != 1 or kind is not FactKind.MEASURE or self.query.number is None:
            return []
        measures = [Found(policy=self.scope[0], kind=kind, fact=one) for one in self.scope[0].measures]
        restarts = len({measure.fact.id for measure in measures}) != len(
            {_number(measure, kind) for measure in measures}
        )
        at = int(self.query.number)
        return [measures[at - 1]] if restarts and 1 <= at <= len(measures) else []

    def _by_clause(self, clause: str) -> Reply | None:
        found = [
            Found(policy=policy, kind=kind, fact=fact)
            for policy in self.scope or self.index.policies
            for kind, fact in policy.facts()
            if kind is not FactKind.DEPARTMENT and _fits_clause(fold(fact.passage.clause), clause)
        ]
        if not found:
            return self._missing(Missing.NUMBER, subject=clause)
        exact = [one for one in found if fold(one.fact.passage.clause) == clause] or found
        groups = [one for one in exact if one.kind is FactKind.GROUP]
        if len(groups) == 1 and len(exact) == 1:
            return self._group(groups[0])
        targets = [one for one in exact if one.kind in {FactKind.TARGET, FactKind.GOAL}]
        if len(targets) == len(exact) > 1 and len({one.policy.id for one in targets}) == 1:
            return self._said(
                [ListItem(kind=FactKind.TARGET, policy=targets[0].policy, found=tuple(targets))]
            )
        return self._one_of(exact)

    def _one_of(self, found: Sequence[Found]) -> Reply:
        """The one that fits, or a question which."""
        if len(found) == 1:
            return self._fact(found[0])
        several = len({one.policy.id for one in found}) > 1
        choices = tuple(one.reference(self._aspect(one)) for one in found[:MAX_CHOICES])
        item = ClarifyItem(
            by_policy=several, subject=self._shown(), policy=None if several else found[0].policy
        )
        return Reply(Status.CLARIFY, (item,), choices, self.query)

    # Departments

    def _department(self) -> Reply | None:
        pairs = [pair for pair in self.query.departments if not self.scope or pair[0] in self.query.policies]
        if not pairs:
            if self.query.departments and self.scope and not self.query.inherited:
                return self._missing(Missing.DEPARTMENT, subject=self._department_name())
            if self.query.departments:
                pairs = list(self.query.departments)
            else:
                return self._superlative_department()
        if self.query.segments:
            asked = self._is_in_charge(pairs)
            if asked is not None or not self.cues & {Cue.DUTY, Cue.MEASURE, Cue.WHO}:
                return asked
        shared = self._shared_duties(pairs)
        if shared is not None:
            return shared
        duties = [self._duties(self.by_id[policy], department) for policy, department in pairs]
        if len(duties) > MAX_CHOICES or (len({one.policy.id for one in duties}) > 1 and not self.scope):
            choices = tuple(
                Reference(policy=one.policy.id, kind=FactKind.DEPARTMENT, id=one.department.id)
                for one in duties[:MAX_CHOICES]
            )
            return Reply(
                Status.CLARIFY, (ClarifyItem(by_policy=True, subject=self._shown()),), choices, self.query
            )
        return self._said(duties)

    def _department_name(self) -> str:
        policy, one = self.query.departments[0]
        return next(held.name.zh for held in self.by_id[policy].departments if held.id == one)

    def _duties(self, policy: Policy, department_id: str) -> DutiesItem:
        department = next(one for one in policy.departments if one.id == department_id)
        measures = tuple(
            measure
            for measure in policy.measures
            if any(charge.department == department_id for charge in measure.charges)
        )
        return DutiesItem(policy=policy, department=department, measures=measures)

    def _shared_duties(self, pairs: Sequence[tuple[str, str]]) -> Reply | None:
        """What several departments are in charge of together: 水利局和气象局一起负责哪条."""
        names: dict[str, list[str]] = {}
        for policy_id, one in pairs:
            names.setdefault(policy_id, []).append(one)
        if len(names) != 1 or len(pairs) < 2 or Cue.TOGETHER not in self.cues:
            return None
        policy = self.by_id[pairs[0][0]]
        ids = {one for _, one in pairs}
        found = tuple(
            Found(policy=policy, kind=FactKind.MEASURE, fact=measure)
            for measure in policy.measures
            if ids <= _charged(measure)
        )
        if not found:
            return None
        heading = "、".join(one.name.zh for one in policy.departments if one.id in ids)
        return self._said([ListItem(kind=FactKind.MEASURE, policy=policy, found=found, heading=heading)])

    def _is_in_charge(self, pairs: Sequence[tuple[str, str]]) -> Reply | None:
        """Whether a department is in charge of a subject: 科技局负责碳达峰吗."""
        policies = {policy for policy, _ in pairs}
        hits = equals(good(rank(self.index, self.query.segments, policies=policies, kinds=_CHARGED)))
        measures = [hit.doc.found for hit in hits if isinstance(hit.doc.found.fact, Measure)]
        if not measures:
            return None
        if len(measures) > 1:
            ids = {one for _, one in pairs}
            mine = [one for one in measures if _charged(one.fact) & ids]
            measures = mine or measures[:1]
        items = [
            FactItem(found=found, aspect=Aspect.WHO, asked=self._asked(found.policy, pairs))
            for found in measures[:MAX_CHOICES]
        ]
        return self._said(items)

    def _asked(self, policy: Policy, pairs: Sequence[tuple[str, str]]) -> Department | None:
        ids = {one for held, one in pairs if held == policy.id}
        return next((one for one in policy.departments if one.id in ids), None)

    def _superlative_department(self) -> Reply | None:
        """哪个部门任务最多: counted from the charges."""
        if Cue.COMPARE not in self.cues or FactKind.DEPARTMENT not in self.kinds and Cue.WHO not in self.cues:
            return None
        if self.query.segments or len(self.query.policies) > 1:
            return None
        duties = [
            self._duties(policy, department.id)
            for policy in self.scope or self.index.policies
            for department in policy.departments
        ]
        most = max((len(one.measures) for one in duties), default=0)
        best = [one for one in duties if len(one.measures) == most]
        return self._said(best[:MAX_CHOICES]) if best else None

    # Stages

    def _stage(self) -> Reply | None:
        if FactKind.STAGE not in self.kinds:
            return None
        told_apart = self.query.ordinal is not None or Cue.NOW in self.cues
        if not told_apart and self.query.segments and good(self._ranked(kinds=(FactKind.STAGE,))):
            return None
        policies = self.scope or [policy for policy in self.index.policies if policy.stages]
        if all(not policy.stages for policy in policies):
            return self._missing(Missing.STAGE, kind=FactKind.STAGE)
        policies = [policy for policy in policies if policy.stages] if not self.scope else policies
        if self.query.ordinal is not None:
            return self._ordinal_stage(policies, self.query.ordinal)
        if Cue.NOW in self.cues:
            return self._each(policies, self._now)
        if self.query.spans:
            return self._stages_in_time(policies)
        return None

    def _ordinal_stage(self, policies: Sequence[Policy], ordinal: int) -> Reply:
        found = [
            Found(
                policy=policy,
                kind=FactKind.STAGE,
                fact=policy.stages[ordinal - 1 if ordinal > 0 else ordinal],
            )
            for policy in policies
            if policy.stages and (1 <= ordinal <= len(policy.stages) or -len(policy.stages) <= ordinal < 0)
        ]
        if not found:
            return self._missing(Missing.STAGE, subject=str(ordinal), kind=FactKind.STAGE)
        return self._one_of(found)

    def _stages_in_time(self, policies: Sequence[Policy]) -> Reply:
        found = [
            Found(policy=policy, kind=FactKind.STAGE, fact=stage)
            for policy in policies
            for stage in policy.stages
            if any(
                stage.start.first_day <= span.last and span.first <= stage.end.day
                for span in self.query.spans
            )
        ]
        if not found:
            return self._missing(Missing.YEAR, subject=self.query.spans[0].label, kind=FactKind.STAGE)
        if len({one.policy.id for one in found}) > 1 and not self.scope:
            return self._one_of(found)
        return self._said([FactItem(found=one, aspect=Aspect.DETAIL) for one in found])

    def _now(self, policy: Policy) -> Item:
        current = next((s for s in policy.stages if s.start.first_day <= self.today <= s.end.day), None)
        upcoming = next((s for s in policy.stages if s.start.first_day > self.today), None)
        return NowItem(policy=policy, current=current, upcoming=upcoming)

    def _each(self, policies: Sequence[Policy], tell: Callable[[Policy], Item]) -> Reply:
        return self._said([tell(policy) for policy in policies])

    # Subjects

    def _topic(self) -> Reply | None:
        if not self.query.segments and not self.query.facts:
            return None
        if Cue.OVERVIEW in self.cues and self._is_title():
            return None
        if self._compares():
            return self._comparison()
        if self._lists_by_topic():
            listed = self._listed_by_topic()
            if listed is not None:
                return listed
        several = self._several_targets()
        if several is not None:
            return several
        hits = self._hits()
        if not hits:
            return self._no_hits()
        return self._from_hits(hits)

    def _several_targets(self) -> Reply | None:
        """专家多少，骨干多少: each name a target of its own, and none of them all."""
        if len(self.scope) != 1 or not self.cues & {Cue.FIGURE, Cue.COUNT, Cue.TARGET}:
            return None
        named = [self._targets_named(segment) for segment in self.query.segments if segment.senses]
        named = [one for one in named if one]
        union = {number for one in named for number in one}
        if len(named) < 2 or any(len(one) > 1 for one in named) or len(union) != len(named):
            return None
        found = [self.index.docs[number].found for number in sorted(union)]
        return self._said([FactItem(found=one, aspect=Aspect.FIGURE) for one in found[:MAX_CHOICES]])

    def _targets_named(self, segment: Segment) -> set[int]:
        """The targets in scope that a stretch of the question names."""
        docs = (self.index.docs[sense.doc] for sense in segment.senses)
        return {
            doc.number
            for doc in docs
            if doc.found.kind is FactKind.TARGET and doc.found.policy.id in self.query.policies
        }

    def _is_title(self) -> bool:
        """Whether the subject only repeats words of the policy's title: 浙江试点方案的主要内容."""
        titles = {word for policy in self.scope for word in self.index.title_words(policy)}
        return all(word in titles for segment in self.query.segments for word in segment.words)

    def _hits(self, *, kinds: Iterable[FactKind] = ()) -> list[Hit]:
        """What fits the subject well enough: in the policies asked, or, where those were only inherited, in any."""
        if self.query.facts:
            docs = [self.index.by_reference.get(one) for one in self.query.facts]
            told = [Hit(doc, 1.0, 1.0) for doc in docs if doc and (not kinds or doc.found.kind in kinds)]
            if told:
                return told
        wanted = tuple(kinds) or self._wanted_kinds()
        hits = good(self._ranked(wanted), self._enough())
        if not hits and self.query.inherited and Cue.FOLLOW not in self.cues:
            hits = good(rank(self.index, self.query.segments, kinds=wanted))
        if not hits and not kinds:
            figure = bool(self.cues & {Cue.FIGURE, Cue.COUNT})
            hits = [
                hit
                for hit in good(self._ranked())
                if not figure or (hit.doc.found.kind in _NAMED and self._is_named(hit.doc))
            ]
        return hits

    def _ranked(self, kinds: Iterable[FactKind] = ()) -> list[Hit]:
        return rank(self.index, self.query.segments, policies=self.query.policies, kinds=tuple(kinds))

    def _wanted_kinds(self) -> tuple[FactKind, ...]:
        """Which kinds of entry can hold what is asked."""
        kinds = [kind for kind in self.kinds if kind not in {FactKind.DEPARTMENT, FactKind.POLICY}]
        if self._asks_who():
            return tuple(_CHARGED)
        if FactKind.MEASURE in kinds:
            kinds += [FactKind.GROUP, FactKind.SAFEGUARD]  # 措施 is said of these too
        if FactKind.TARGET in kinds or (Cue.FIGURE in self.cues and not kinds):
            counting = self.cues & {Cue.FIGURE, Cue.COUNT}
            return (FactKind.TARGET,) if counting else (FactKind.TARGET, FactKind.GOAL)
        if Cue.COUNT in self.cues and not kinds:
            return (FactKind.TARGET,)
        if Cue.WHEN in self.cues:
            return tuple(_DATED)
        return tuple(kinds)

    def _enough(self) -> float:
        """English says the same in more ways than Chinese, so less of it is found again."""
        english = all(segment.text.isascii() for segment in self.query.segments)
        return ENOUGH_IN_ENGLISH if english else ENOUGH

    def _is_named(self, doc: Doc) -> bool:
        """Whether the question names this fact, rather than holding words of it."""
        return any(sense.doc == doc.number for segment in self.query.segments for sense in segment.senses)

    def _asks_who(self) -> bool:
        """Whether those in charge are asked for; 谁的指标高 asks for a figure."""
        if FactKind.DEPARTMENT in self.kinds:
            return True
        return Cue.WHO in self.cues and not self.cues & {Cue.FIGURE, Cue.TARGET, Cue.COMPARE}

    def _from_hits(self, hits: list[Hit]) -> Reply:
        best = self._of_value(hits) or self._in_time(self._equals(hits), hits)
        if not best:
            near = [hit.doc.found for hit in equals(hits)][:MAX_CHOICES]
            return self._missing(
                Missing.YEAR, subject=self.query.spans[0].label, nearest=near, policy=near[0].policy
            )
        best = self._echoing(self._able(best))
        if len({hit.doc.found.policy.id for hit in best}) > 1:
            return self._several_policies(best)
        return self._one_policy(best)

    def _equals(self, hits: list[Hit]) -> list[Hit]:
        """Those that fit equally; a bare subject with no policy and no asking word fits each policy that has it."""
        best = equals(hits)
        if self.scope or self.query.facts or self.cues - {Cue.FILLER, Cue.FOLLOW}:
            return best
        top = max(hit.coverage for hit in hits)
        firsts: dict[str, Hit] = {}
        for hit in hits:
            if hit.coverage >= 0.95 * top:
                firsts.setdefault(hit.doc.found.policy.id, hit)
        return best if len(firsts) == 1 else list(firsts.values())

    def _in_time(self, best: list[Hit], hits: list[Hit]) -> list[Hit]:
        """Those of the time asked for: for a target or goal its date, for a stage its period."""
        if not self.query.spans or Cue.NOW in self.cues:
            return best
        fitting = [hit for hit in best if self._due_in(hit.doc)]
        if fitting:
            return fitting
        if not any(_due(hit.doc) for hit in best):
            return best
        return equals([hit for hit in hits if self._due_in(hit.doc)])

    def _due_in(self, doc: Doc) -> bool:
        fact = doc.found.fact
        if isinstance(fact, Stage):
            return any(s.first <= fact.end.day and fact.start.first_day <= s.last for s in self.query.spans)
        due = _due(doc)
        return due is not None and any(span.first <= due.day <= span.last for span in self.query.spans)

    def _able(self, best: list[Hit]) -> list[Hit]:
        """Among equals, those that state what is asked: departments for who, a date for when."""
        if Cue.WHO in self.cues or FactKind.DEPARTMENT in self.kinds:
            able = [
                hit for hit in best if _charged(hit.doc.found.fact) or hit.doc.found.kind is FactKind.GROUP
            ]
        elif Cue.WHEN in self.cues:
            able = [
                hit for hit in best if _due(hit.doc) or isinstance(hit.doc.found.fact, Stage | YearlyEvent)
            ]
        else:
            able = []
        return able or best

    def _of_value(self, hits: list[Hit]) -> list[Hit]:
        """The targets with the very figure that the question names: 那600家企业."""
        return [hit for hit in hits if getattr(hit.doc.found.fact, "value", None) in self.query.values]

    def _echoing(self, best: list[Hit]) -> list[Hit]:
        """Among equals, those that go with the subject before: 国际标准多少？ 国家的呢？"""
        if len(best) < 2 or not self.query.echo:
            return best
        numbers = {hit.doc.number for hit in best}
        again = rank(self.index, self.query.echo, where=lambda doc: doc.number in numbers)
        closest = max((hit.coverage for hit in again), default=0.0)
        close = {hit.doc.number for hit in again if hit.coverage >= closest > 0}
        return [hit for hit in best if hit.doc.number in close] or best

    def _several_policies(self, best: list[Hit]) -> Reply:
        events = [hit.doc.found for hit in best if hit.doc.found.kind is FactKind.EVENT]
        if len(events) == len(best) and len({_event_day(one) for one in events}) == 1:
            return self._said([self._event(events[0], tuple(events[1:]))])
        firsts: dict[str, Found] = {}
        for hit in best:
            firsts.setdefault(hit.doc.found.policy.id, hit.doc.found)
        return self._one_of(list(firsts.values()))

    def _one_policy(self, best: list[Hit]) -> Reply:
        if best[0].doc.milestone is not None:
            return self._milestone(best[0].doc)
        if len(best) == 1:
            return self._fact(best[0].doc.found)
        kinds = {hit.doc.found.kind for hit in best}
        if len(kinds) > 1:
            # Of a figure and a task on one subject the figure is the answer, unless tasks were asked for.
            for kind in (FactKind.TARGET, FactKind.MEASURE, FactKind.STAGE):
                same = [hit for hit in best if hit.doc.found.kind is kind]
                if same and len(same) < len(best):
                    return self._one_policy(same)
        if kinds in ({FactKind.GOAL}, {FactKind.BASIS}):
            found = tuple(hit.doc.found for hit in best)
            return self._said([ListItem(kind=found[0].kind, policy=found[0].policy, found=found)])
        return self._one_of([hit.doc.found for hit in best])

    def _fact(self, found: Found) -> Reply:
        """One fact, told as asked."""
        fact = found.fact
        if isinstance(fact, YearlyEvent):
            return self._said([self._event(found)])
        if found.kind is FactKind.GROUP:
            return self._group(found)
        aspect = self._aspect(found)
        if aspect is Aspect.WHO and not _charged(fact):
            return self._missing(Missing.DEPARTMENT, subject=self._shown(), policy=found.policy, found=found)
        if aspect is Aspect.DEADLINE and found.kind in _DATED - {FactKind.STAGE} and _due_of(found) is None:
            return self._missing(Missing.DEADLINE, subject=self._shown(), policy=found.policy, found=found)
        return self._said([FactItem(found=found, aspect=aspect)])

    def _aspect(self, found: Found) -> Aspect:
        if found.kind not in {FactKind.TARGET, FactKind.GOAL, FactKind.MEASURE, FactKind.GROUP}:
            dated = found.kind is FactKind.STAGE and Cue.WHEN in self.cues
            return Aspect.DEADLINE if dated else Aspect.DETAIL
        if found.kind is FactKind.TARGET and Cue.FIGURE in self.cues:
            return Aspect.FIGURE
        if Cue.WHO in self.cues or FactKind.DEPARTMENT in self.kinds:
            return Aspect.WHO
        if Cue.WHEN in self.cues and Cue.FIGURE not in self.cues:
            return Aspect.DEADLINE
        return Aspect.FIGURE if found.kind is FactKind.TARGET else Aspect.DETAIL

    def _event(self, found: Found, also: tuple[Found, ...] = ()) -> EventItem:
        event = found.fact
        assert isinstance(event, YearlyEvent)  # noqa: S101 - the kind was looked at
        first, last = event.yearly.next_from(self.today)
        return EventItem(policy=found.policy, event=event, first=first, last=last, also=also)

    def _milestone(self, doc: Doc) -> Reply:
        stage = doc.found.fact
        assert isinstance(stage, Stage)  # noqa: S101 - only stages have milestones
        assert doc.milestone is not None  # noqa: S101 - the caller looked
        return self._said([MilestoneItem(policy=doc.found.policy, stage=stage, milestone=doc.milestone)])

    def _group(self, found: Found) -> Reply:
        """A heading: its measures, with those in charge where that was asked."""
        measures = [
            Found(policy=found.policy, kind=FactKind.MEASURE, fact=measure)
            for measure in found.policy.measures
            if measure.group == found.fact.id
        ]
        if self._aspect(found) is Aspect.WHO:
            charged = [one for one in measures if _charged(one.fact)]
            if not charged:
                return self._missing(
                    Missing.DEPARTMENT, subject=self._shown(), policy=found.policy, found=found
                )
            return self._said([FactItem(found=one, aspect=Aspect.WHO) for one in charged])
        counted = bool(self.cues & {Cue.COUNT, Cue.FIGURE})
        title = found.fact.title.zh if hasattr(found.fact, "title") else None
        return self._said(
            [
                ListItem(
                    kind=FactKind.MEASURE,
                    policy=found.policy,
                    found=tuple(measures),
                    counted=counted,
                    heading=title,
                )
            ]
        )

    # Lists by subject, and comparisons

    def _lists_by_topic(self) -> bool:
        listing = self.cues & {Cue.LIST, Cue.COUNT, Cue.FIGURE}
        return bool(listing and FactKind.MEASURE in self.kinds and Cue.WHO not in self.cues)

    def _listed_by_topic(self) -> Reply | None:
        hits = good(self._ranked((FactKind.MEASURE, FactKind.GROUP)))
        groups = [hit for hit in equals(hits) if hit.doc.found.kind is FactKind.GROUP]
        if len(groups) == 1:
            return self._group(groups[0].doc.found)
        found = [hit.doc.found for hit in hits if hit.doc.found.kind is FactKind.MEASURE]
        if not found:
            return None
        policies = {one.policy.id: one.policy for one in found}
        counted = bool(self.cues & {Cue.COUNT, Cue.FIGURE})
        if len(found) == 1 and not counted:
            return self._fact(found[0])
        items = [
            ListItem(
                kind=FactKind.MEASURE,
                policy=policy,
                found=tuple(one for one in found if one.policy.id == policy.id),
                counted=counted,
                heading=self._shown(),
            )
            for policy in policies.values()
        ]
        return self._said(items)

    def _compares(self) -> bool:
        return (
            len(self.query.policies) > 1
            or bool(self.cues & {Cue.EVERYWHERE})
            or (Cue.COMPARE in self.cues and not self.query.inherited and not self.scope)
        )

    def _comparison(self) -> Reply:
        policies = self.scope if len(self.scope) > 1 else list(self.index.policies)
        segments = self.query.segments
        best: dict[str, list[Hit]] = {}
        for policy in policies:
            kinds = self._wanted_kinds()
            best[policy.id] = equals(good(rank(self.index, segments, policies=(policy.id,), kinds=kinds)))
        targets = {
            one: next((hit.doc.found.fact for hit in hits if isinstance(hit.doc.found.fact, Target)), None)
            for one, hits in best.items()
        }
        if any(targets.values()) and not self._asks_who():
            rows = tuple((policy, targets[policy.id]) for policy in policies)
            return self._said([ComparisonItem(subject=self._shown(), rows=rows)])
        found = [hits[0].doc.found for hits in best.values() if hits]
        if not found:
            return self._no_hits()
        if len(found) == 1:
            return self._fact(found[0])
        if self._asks_who():
            return self._said(
                [FactItem(found=one, aspect=Aspect.WHO) for one in found if _charged(one.fact)]
                or [
                    MissingItem(
                        reason=Missing.DEPARTMENT,
                        subject=self._shown(),
                        policy=found[0].policy,
                        found=found[0],
                    )
                ]
            )
        return self._said(
            [ListItem(kind=found[0].kind, policy=None, found=tuple(found), heading=self._shown())]
        )

    # Without a subject

    def _deadlines_ahead(self) -> Reply | None:
        """What comes next: 接下来有什么截止."""
        if Cue.NEXT not in self.cues or self.query.segments:
            return None
        events = {_event_day(found): found for found in (self._all(FactKind.EVENT) or [])}
        ahead = sorted(
            (
                one
                for kind in (FactKind.TARGET, FactKind.GOAL)
                for one in self._all(kind)
                if self._is_ahead(one)
            ),
            key=lambda one: _due_of(one) or Deadline.parse("9999"),
        )
        coming = sorted(events.values(), key=lambda one: self._event(one).first)
        items: list[Item] = []
        if FactKind.EVENT not in self.kinds and ahead:
            items += [ListItem(kind=one.kind, policy=one.policy, found=(one,)) for one in ahead[:1]]
        items += [self._event(one) for one in coming[:MAX_CHOICES]]
        return self._said(items) if items else None

    def _is_ahead(self, found: Found) -> bool:
        due = _due_of(found)
        return due is not None and due.day >= self.today

    def _entries(self) -> Reply | None:
        """All entries of a kind: 有哪些, 有几个."""
        kind = next((kind for kind in _LISTS if kind in self.kinds), None)
        if kind is None and Cue.WHO in self.cues and self.scope:
            kind = FactKind.DEPARTMENT
        if kind is None:
            return self._held_policies()
        if self.query.spans and kind in {FactKind.MEASURE, FactKind.GROUP, FactKind.SAFEGUARD}:
            return None
        counted = bool(self.cues & {Cue.COUNT, Cue.FIGURE} and Cue.LIST not in self.cues)
        if Cue.WITHOUT in self.cues and Cue.EVERYWHERE in self.cues and not self.scope:
            return self._without(kind)
        counted = counted or (Cue.COMPARE in self.cues and len(self.scope) != 1)
        if Cue.EVERYWHERE in self.cues or not self.scope:
            return self._everywhere(kind, counted=counted)
        kinds = [one for one in _LISTS if one in self.kinds] if counted and len(self.scope) == 1 else [kind]
        brief = counted and (len(self.scope) > 1 or len(kinds) > 1)
        items = [
            self._list(policy, one, counted=counted, brief=brief) for policy in self.scope for one in kinds
        ]
        return self._said_or_missing(self._with_deadlines(items), kind)

    def _with_deadlines(self, items: Sequence[Item]) -> list[Item]:
        """For 什么时候 and 还剩几天 of a whole list: one entry for each date in it."""
        if Cue.WHEN not in self.cues:
            return list(items)
        told: list[Item] = []
        for item in items:
            dates: dict[Deadline, Found] = {}
            for found in item.found if isinstance(item, ListItem) else ():
                due = _due_of(found)
                if due is not None:
                    dates.setdefault(due, found)
            told += [FactItem(found=one, aspect=Aspect.DEADLINE) for one in dates.values()] or [item]
        return told

    def _without(self, kind: FactKind) -> Reply:
        """Which policies have none of a kind."""
        lacking = tuple(
            policy for policy in self.index.policies if not any(held is kind for held, _ in policy.facts())
        )
        return (
            self._said([PoliciesItem(policies=lacking)])
            if lacking
            else self._missing(Missing.KIND, kind=kind)
        )

    def _list(self, policy: Policy, kind: FactKind, *, counted: bool, brief: bool = False) -> Item:
        found = tuple(
            Found(policy=policy, kind=held, fact=fact) for held, fact in policy.facts() if held is kind
        )
        if kind is FactKind.DEPARTMENT:
            found = tuple(one for one in found if _is_named(policy, one.fact.id))
        if kind is FactKind.TARGET and not counted:
            found += tuple(Found(policy=policy, kind=FactKind.GOAL, fact=goal) for goal in policy.goals)
        if self.query.spans:
            found = tuple(one for one in found if self._fits_spans(one))
            if not found:
                return MissingItem(
                    reason=Missing.YEAR, subject=self.query.spans[0].label, policy=policy, kind=kind
                )
        if not found:
            reason = {FactKind.DEPARTMENT: Missing.DEPARTMENT, FactKind.STAGE: Missing.STAGE}.get(
                kind, Missing.KIND
            )
            return MissingItem(reason=reason, policy=policy, kind=kind)
        if kind is FactKind.EVENT and not counted and len(found) == 1:
            return self._event(found[0])
        return ListItem(kind=kind, policy=policy, found=found, counted=counted, brief=brief)

    def _fits_spans(self, found: Found) -> bool:
        due = _due_of(found)
        if isinstance(found.fact, Stage):
            return any(
                s.first <= found.fact.end.day and found.fact.start.first_day <= s.last
                for s in self.query.spans
            )
        return due is not None and any(span.first <= due.day <= span.last for span in self.query.spans)

    def _everywhere(self, kind: FactKind, *, counted: bool) -> Reply:
        """No policy named: what each holds, or which policy is meant."""
        holders = [
            policy for policy in self.index.policies if any(held is kind for held, _ in policy.facts())
        ]
        if not holders:
            return self._missing(Missing.KIND, kind=kind)
        brief = counted and len(holders) > 1
        items = [self._list(policy, kind, counted=counted, brief=brief) for policy in holders]
        if self.query.spans:
            items = [item for item in items if isinstance(item, ListItem)] or items[:1]
            return self._said_or_missing(self._with_deadlines(items), kind)
        all_of_them = self.cues & {Cue.EVERYWHERE, Cue.COUNT, Cue.COMPARE, Cue.POLICY}
        if all_of_them or kind is FactKind.EVENT or len(holders) == 1:
            return self._said_or_missing(items, kind)
        choices = tuple(
            Reference(policy=policy.id, kind=kind, aspect=Aspect.LIST) for policy in holders[:MAX_CHOICES]
        )
        return Reply(Status.CLARIFY, (ClarifyItem(by_policy=True, subject=""),), choices, self.query)

    def _solely(self) -> Reply | None:
        """Which measure has one department alone."""
        asked = Cue.SOLE in self.cues and (self._asks_who() or FactKind.MEASURE in self.kinds)
        if not asked or (self.query.segments and good(self._ranked())):
            return None
        found = [one for one in self._all(FactKind.MEASURE) if _solely(one.fact)]
        if not found:
            return self._missing(Missing.DEPARTMENT)
        return self._said([FactItem(found=one, aspect=Aspect.WHO) for one in found])

    def _held_policies(self) -> Reply | None:
        if FactKind.POLICY in self.kinds and not self.scope and not self.query.spans:
            counted = bool(self.cues & {Cue.COUNT, Cue.FIGURE})
            return self._said([PoliciesItem(policies=self.index.policies, counted=counted)])
        if Cue.EVERYWHERE in self.cues and not self.scope:
            return self._said([PoliciesItem(policies=self.index.policies)])
        return None

    def _years(self) -> Reply | None:
        """A time and nothing else: what is due then."""
        if not self.query.spans:
            return None
        policies = self.scope or self.index.policies
        items: list[Item] = []
        for policy in policies:
            stages = [Found(policy=policy, kind=FactKind.STAGE, fact=stage) for stage in policy.stages]
            items += [FactItem(found=one, aspect=Aspect.DETAIL) for one in stages if self._fits_spans(one)]
            listed = self._list(policy, FactKind.TARGET, counted=False)
            if isinstance(listed, ListItem):
                items.append(listed)
        if not items:
            return self._missing(Missing.YEAR, subject=self.query.spans[0].label)
        return self._said(items)

    def _whole_policy(self) -> Reply | None:
        if self.scope:
            if Cue.WHEN in self.cues:
                lists = [self._list(policy, FactKind.TARGET, counted=False) for policy in self.scope]
                return self._said_or_missing(self._with_deadlines(lists), FactKind.TARGET)
            return self._said([PolicyItem(policy=policy, aspect=Aspect.OVERVIEW) for policy in self.scope])
        if Cue.WHEN in self.cues:
            return self._which_policy(Aspect.DEADLINE)
        if self.cues & {Cue.OVERVIEW, Cue.NOW}:
            return self._which_policy(Aspect.OVERVIEW)
        return None

    # What is said when

    def _no_hits(self) -> Reply:
        """Nothing fits well enough: say so, and offer what is near."""
        listed = {FactKind.BASIS, FactKind.SAFEGUARD} & set(self.kinds)
        if listed and self.scope and not (self.cues & {Cue.FIGURE} and FactKind.BASIS not in listed):
            return self._entries() or self._missing(Missing.KIND, kind=listed.pop())
        query = self.query
        near = [hit for hit in self._ranked() if hit.coverage >= ENOUGH / 2]
        if not near and query.policies:
            near = good(rank(self.index, query.segments))
        nearest = [hit.doc.found for hit in near[:MAX_CHOICES]]
        figure = self.cues & {Cue.FIGURE, Cue.COUNT, Cue.TARGET}
        if (Cue.WHO in self.cues) and len(self.scope) == 1 and not self.scope[0].departments:
            return self._missing(Missing.DEPARTMENT, subject=self._shown(), nearest=nearest)
        return self._missing(
            Missing.TARGET if figure else Missing.TOPIC, subject=self._shown(), nearest=nearest
        )

    def _missing(
        self,
        reason: Missing,
        *,
        subject: str = "",
        policy: Policy | None = None,
        kind: FactKind | None = None,
        found: Found | None = None,
        nearest: Sequence[Found] = (),
    ) -> Reply:
        offered = tuple(nearest[:MAX_CHOICES])
        item = MissingItem(
            reason=reason,
            subject=subject,
            policy=policy or (self.scope[0] if len(self.scope) == 1 else None),
            kind=kind,
            found=found,
            nearest=offered,
        )
        choices = tuple(one.reference() for one in ((found,) if found else offered))
        return Reply(Status.NO_RECORD, (item,), choices, self.query)

    def _said_or_missing(self, items: Sequence[Item], kind: FactKind) -> Reply:
        if all(isinstance(item, MissingItem) for item in items):
            return Reply(Status.NO_RECORD, tuple(items), (), self.query)
        return self._said(items)

    def _said(self, items: Sequence[Item], status: Status = Status.ANSWERED) -> Reply:
        if all(isinstance(item, MissingItem) for item in items):
            status = Status.NO_RECORD
        return Reply(status, tuple(items), (), self.query)

    def _which_policy(self, aspect: Aspect) -> Reply:
        choices = tuple(
            Reference(policy=policy.id, kind=FactKind.POLICY, aspect=aspect)
            for policy in self.index.policies[:MAX_CHOICES]
        )
        return Reply(Status.CLARIFY, (ClarifyItem(by_policy=True),), choices, self.query)

    def _shown(self) -> str:
        return self.query.subject

    def _all(self, kind: FactKind) -> list[Found]:
        return [
            Found(policy=policy, kind=kind, fact=fact)
            for policy in self.scope or self.index.policies
            for held, fact in policy.facts()
            if held is kind
        ]


def _charged(fact: object) -> set[str]:
    return {charge.department for charge in fact.charges} if isinstance(fact, Measure) else set()


def _solely(fact: object) -> bool:
    return isinstance(fact, Measure) and any(charge.role is Role.SOLE for charge in fact.charges)


def _is_named(policy: Policy, department: str) -> bool:
    """Whether it is a body named one by one; 区政府各部门 and 各镇街 are not."""
    roles = {
        charge.role for one in policy.measures for charge in one.charges if charge.department == department
    }
    return bool(roles - {Role.COLLECTIVE, Role.IMPLEMENTING})


def _due(doc: Doc) -> Deadline | None:
    return doc.milestone.due if doc.milestone else _due_of(doc.found)


def _due_of(found: Found) -> Deadline | None:
    fact = found.fact
    return fact.due if isinstance(fact, Target | Goal | Measure) else None


def _event_day(found: Found) -> str:
    return str(found.fact.yearly) if isinstance(found.fact, YearlyEvent) else ""


def _number(found: Found, kind: FactKind) -> str:
    if kind is FactKind.TARGET:
        return found.fact.id.lstrip("T")
    return _plain_number(found.fact.number) if isinstance(found.fact, Measure) else ""


def _plain_number(printed: str) -> str:
    """（七） and 7. as 7."""
    value = parse_number(fold(printed).strip("(). "))
    return str(value) if value is not None else printed


def _fits_clause(held: str, asked: str) -> bool:
    """二(三)2 fits itself; (三)2 and (三) fit every clause that ends so."""
    return held == asked or (asked.startswith("(") and held.endswith(asked))
