"""What can be followed: whether it is there, what it is called, and what of it comes at which times."""

from collections.abc import Collection, Mapping

from answering.answer import Reference
from answering.library import Library
from bot.texts import Translator, fact_name, name, policy_label
from bot.views import FOLLOWED
from bot.words.translations import N_
from domain.events import COLLECTIONS, EVERYTHING, Event, Subject
from domain.policy import FactKind, Policy
from storage.dates import AddedDate

# Of all policies, or of none.
KINDS = {
    EVERYTHING: N_("everything"),
    Subject("", FactKind.TARGET, ""): N_("due dates of all targets"),
    Subject("", FactKind.MEASURE, ""): N_("dates of all measures"),
    Subject("", FactKind.STAGE, ""): N_("stages and milestones"),
    Subject("", FactKind.EVENT, ""): N_("occasions and added dates"),
    COLLECTIONS: N_("data collection days"),
}
# Of one policy.
PARTS = {
    FactKind.TARGET: N_("due dates of its targets"),
    FactKind.MEASURE: N_("dates of its measures"),
    FactKind.STAGE: N_("its stages and milestones"),
    FactKind.EVENT: N_("its occasions and added dates"),
}

Dates = Mapping[int, AddedDate]
_WHOLE = 120  # columns: of a policy that stands alone in its line


def subject_at(at: Reference) -> Subject:
    """What a button refers to, as events know it."""
    return Subject(at.policy, at.kind, at.id)


def reference_to(subject: Subject) -> Reference:
    """The other way round."""
    return Reference(policy=subject.policy, kind=subject.kind, id=subject.fact)


def is_there(subject: Subject, library: Library, dates: Dates) -> bool:
    """Whether it can be followed now."""
    if not subject.policy:
        return subject in KINDS or _added(subject, dates) is not None
    if not subject.fact:
        known = subject.kind is FactKind.POLICY or subject.kind in PARTS
        return known and library.policy(subject.policy) is not None
    found = subject.kind in FOLLOWED and subject.kind is not FactKind.POLICY
    return found and library.find(subject.policy, subject.kind, subject.fact) is not None


def subject_name(subject: Subject, library: Library, dates: Dates, t: Translator) -> str | None:
    """What it is called; None where it is no longer there."""
    if subject in KINDS:
        return t.say(KINDS[subject])
    if not subject.policy:
        added = _added(subject, dates)
        return None if added is None else name(added.name, t)
    policy = library.policy(subject.policy)
    return None if policy is None else _within(policy, subject, library, t)


def of_subjects(events: Collection[Event], subjects: Collection[Subject]) -> list[Event]:
    """The events that follow from any of these."""
    wanted = frozenset(subjects)
    return [event for event in events if not wanted.isdisjoint(event.subjects)]


def _within(policy: Policy, subject: Subject, library: Library, t: Translator) -> str | None:
    whose = policy_label(policy, t)
    if subject.kind is FactKind.POLICY:
        return policy_label(policy, t, columns=_WHOLE)
    if not subject.fact and subject.kind in PARTS:
        return t.say("{subject}: {words}", subject=whose, words=t.say(PARTS[subject.kind]))
    found = library.find(subject.policy, subject.kind, subject.fact)
    if found is None:
        return None
    return t.say("{subject}: {words}", subject=whose, words=fact_name(found.fact, t))


def _added(subject: Subject, dates: Dates) -> AddedDate | None:
    number = subject.fact
    known = subject.kind is FactKind.EVENT and number.isascii() and number.isdecimal()
    return dates.get(int(number)) if known else None
