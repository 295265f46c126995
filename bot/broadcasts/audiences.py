"""Who gets a broadcast: the choices that the policies held offer, and an audience in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answering.library import Library
from bot.greeting import LANGUAGE_NAMES
from bot.refusal import Refusal
from bot.texts import clean, fact_name, name, number, place, policy_label, titled
from bot.words.names import joined
from bot.words.translations import N_, Translator
from domain.broadcasts import Audience, AudienceKind
from domain.languages import Language
from domain.policy import FactKind, Policy

MOST_CHATS = 20_000
_NAMED = 3  # of an audience's parts; the others are counted
_APART = re.compile(r"[\s,;，；、]+")
_CHAT_ID = re.compile(r"-?[1-9]\d{0,18}", re.ASCII)

# In the order in which they are offered.
KINDS = {
    AudienceKind.EVERYONE: N_("Everyone"),
    AudienceKind.LANGUAGE: N_("By language"),
    AudienceKind.POLICY: N_("Who follows a policy"),
    AudienceKind.DEPARTMENT: N_("Departments"),
    AudienceKind.REGION: N_("By region"),
    AudienceKind.CHATS: N_("A list of chats"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose; `key` fits a button, `value` is what an audience holds."""

    key: str
    value: str
    label: str


def options(kind: AudienceKind, policy_id: str, library: Library, t: Translator) -> list[Option]:
    """What can be chosen of a kind; departments are those of one policy."""
    match kind:
        case AudienceKind.LANGUAGE:
            return [Option(key=one, value=one, label=words) for one, words in LANGUAGE_NAMES.items()]
        case AudienceKind.POLICY:
            return [
                Option(key=policy.id, value=policy.id, label=policy_label(policy, t))
                for policy in library.policies
            ]
        case AudienceKind.REGION:
            first = {policy.region.zh: policy for policy in reversed(library.policies)}
            return [
                Option(key=policy.id, value=region, label=place(policy, t))
                for region, policy in reversed(first.items())
            ]
        case AudienceKind.DEPARTMENT:
            policy = library.policy(policy_id)
            return [
                Option(key=one.id, value=f"{policy_id}/{one.id}", label=name(one.name, t))
                for one in (policy.departments if policy else ())
            ]
        case _:
            return []


def with_departments(library: Library) -> Sequence[Policy]:
    """The policies that name any."""
    return [policy for policy in library.policies if policy.departments]


def toggled(audience: Audience, value: str, library: Library) -> Audience:
    """The audience with one thing more, or less; a choice of regions stands for their policies."""
    kept = tuple(one for one in audience.values if one != value)
    values = kept if len(kept) < len(audience.values) else (*kept, value)
    stands_for = [policy.id for policy in library.policies if policy.region.zh in values]
    policies = tuple(stands_for) if audience.kind is AudienceKind.REGION else ()
    return Audience(kind=audience.kind, values=values, policies=policies)


def listed(text: str) -> Audience:
    """A list of chats' numbers.

    Raises:
        Refusal: something else stands in it, or there are too many, or none.
    """
    given = [one for one in _APART.split(text.lstrip("\ufeff").strip()) if one]
    for one in given:
        if _CHAT_ID.fullmatch(one) is None or abs(int(one)) >= 2**63:
            raise Refusal(N_("This is not the number of a chat: “{text}”"), text=clean(one)[:40])
    values = tuple(dict.fromkeys(given))
    if not values:
        raise Refusal(N_("There is no number of a chat in it."))
    if len(values) > MOST_CHATS:
        raise Refusal(N_("That are too many chats: {n}, where {most} fit."), n=len(values), most=MOST_CHATS)
    return Audience(kind=AudienceKind.CHATS, values=values)


def in_words(audience: Audience, library: Library, t: Translator) -> str:
    """An audience in a few words, as text from outside."""
    values = audience.values
    if audience.kind is not AudienceKind.EVERYONE and not values:
        return t.say("nobody yet")
    match audience.kind:
        case AudienceKind.EVERYONE:
            return t.say("everyone")
        case AudienceKind.LANGUAGE:
            return t.say("readers of {names}", names=_named([LANGUAGE_NAMES[Language(v)] for v in values], t))
        case AudienceKind.POLICY:
            titles = [_title(one, library, t) for one in values]
            return t.say("who follows {names}", names=_named(titles, t))
        case AudienceKind.DEPARTMENT:
            names = [_department(one, library, t) for one in values]
            return t.say("who follows {names}", names=_named(names, t))
        case AudienceKind.REGION:
            regions = {policy.region.zh: place(policy, t) for policy in library.policies}
            names = [regions.get(one, clean(one)) for one in values]
            return t.say("who follows a policy of {names}", names=_named(names, t))
        case AudienceKind.CHATS:
            n = len(values)
            return t.say_n("a list of {n} chat", "a list of {n} chats", n, n=number(n, t))
        case AudienceKind.RECEIVED:
            return t.say("who got the message")


def _named(names: Sequence[str], t: Translator) -> str:
    shown, more = joined(names[:_NAMED], t), len(names) - _NAMED
    return t.say("{names} and {n} more", names=shown, n=number(more, t)) if more > 0 else shown


def _title(policy_id: str, library: Library, t: Translator) -> str:
    policy = library.policy(policy_id)
    return titled(policy, t) if policy else clean(policy_id)


def _department(value: str, library: Library, t: Translator) -> str:
    policy_id, _, department_id = value.partition("/")
    found = library.find(policy_id, FactKind.DEPARTMENT, department_id)
    return fact_name(found.fact, t) if found else clean(value)
