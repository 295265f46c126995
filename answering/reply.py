"""What the rules hand back: the items to say, before the language and the context of the answer are known."""

from typing import NamedTuple

from answering.answer import Item, Reference, Status
from answering.query import Query


class Reply(NamedTuple):
    """What is said, what can be pressed, and the query that a follow-up goes on from.

    `read_as` is the subject and what it was taken for, where no words of the question name that.
    """

    status: Status
    items: tuple[Item, ...]
    choices: tuple[Reference, ...] = ()
    query: Query | None = None
    read_as: tuple[tuple[str, str], ...] = ()
