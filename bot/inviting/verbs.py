"""The buttons of invitations: what each does, and what it carries."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from answering.answer import Reference
from bot import codes
from bot.buttons import Act, Room

_MOST = 9  # digits


class Verb(StrEnum):
    """What a press does; what it carries stands beside it."""

    POLICIES = "policies"  # to invite to, a page
    POLICY = "policy"  # the departments of one, a page
    MAKE = "make"  # an invitation to this
    LIST = "list"  # of those that are open, a page
    REVOKE = "revoke"  # the number of an invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One press, understood."""

    verb: Verb
    reference: Reference | None = None  # of POLICY and MAKE
    number: int = 0  # a page, or of REVOKE an invitation

    @classmethod
    def of(cls, act: Act) -> Self | None:
        """What is to be done; None for a button of another version."""
        if act.verb not in _VERBS:
            return None
        verb = Verb(act.verb)
        number, dot, code = act.value.partition(".")
        if not (number.isascii() and number.isdecimal() and len(number) <= _MOST):
            return None
        reference = codes.decode(code) if dot else None
        needed = verb in {Verb.POLICY, Verb.MAKE}
        if needed is not (reference is not None) or (dot and not needed):
            return None
        return cls(verb=verb, reference=reference, number=int(number))

    def act(self) -> Act:
        """The press that `of` understands."""
        value = f"{self.number}.{codes.encode(self.reference)}" if self.reference else f"{self.number}"
        return Act(room=Room.INVITATIONS, verb=self.verb.value, value=value)


def invite(reference: Reference) -> Act:
    """The press that makes an invitation to a policy or a department."""
    return Errand(verb=Verb.MAKE, reference=reference).act()


_VERBS = frozenset(Verb)
