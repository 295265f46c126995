"""Who may do what; asked nowhere else."""

from collections.abc import Collection

from bot.caller import Caller
from bot.texts import gettext


class Access:
    """The rights that the settings give."""

    def __init__(self, *, admins: Collection[int] = ()) -> None:
        self._admins = frozenset(admins)

    def is_admin(self, person_id: int) -> bool:
        """Whether a person administers the service."""
        return person_id in self._admins

    def refusal(self, caller: Caller) -> str | None:
        """Why somebody can't do what administrators do, where they are; None: they can.

        Asked at every step, for who was an administrator may be none any more.
        """
        t = gettext(caller.language)
        if not self.is_admin(caller.seat.person_id):
            return t.say("Only administrators can do that.")
        return t.say("Please do that in a private chat with me.") if caller.in_group else None
