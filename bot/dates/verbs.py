"""What the buttons of dates do, and what each carries."""

from enum import StrEnum

from bot.buttons import Act, Button, Room


class Verb(StrEnum):
    """The first of these are about dates that are there, the others about a draft, whose id they carry."""

    LIST = "list"  # a page
    CARD = "card"  # a number
    NEW = "new"
    EDIT = "edit"  # a number
    REMOVE = "remove"  # a number; asks first
    REMOVED = "removed"  # a number
    SHEET = "sheet"
    SAVE = "save"
    DROP = "drop"
    KIND = "kind"
    REPEAT = "repeat"  # how often
    NAME = "name"
    TIME = "time"
    POLICIES = "of"  # a page
    POLICY = "in"  # a policy, and a page of its departments
    PICK = "pick"  # nothing, or a policy, or a policy and a department


def button(label: str, verb: Verb, *value: object) -> Button:
    """A button that does this; what it carries is joined by dots."""
    return Button(label=label, press=act(verb, *value))


def act(verb: Verb, *value: object) -> Act:
    """The press itself."""
    return Act(room=Room.DATES, verb=verb, value=".".join(map(str, value)))
