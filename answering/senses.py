"""What a word of a question can mean."""

from typing import NamedTuple

from answering.cues import Cue


class PolicySense(NamedTuple):
    """A word that means a policy: its region, or its title."""

    policy: str
    by_title: bool


class DepartmentSense(NamedTuple):
    """A word that means a department of a policy."""

    policy: str
    department: str


class FactSense(NamedTuple):
    """A word that means, or is a topic of, the document with that number."""

    doc: int
    weight: float


class PlaceSense(NamedTuple):
    """A word that means a place; `code` is its GB/T 2260 code, whose front a place within it shares."""

    name: str
    code: str


Sense = Cue | PolicySense | DepartmentSense | FactSense | PlaceSense
