"""Who may do what; asked nowhere else."""

from collections.abc import Collection


class Access:
    """The rights that the settings give."""

    def __init__(self, *, admins: Collection[int] = ()) -> None:
        self._admins = frozenset(admins)

    def is_admin(self, person_id: int) -> bool:
        """Whether a person administers the service."""
        return person_id in self._admins
