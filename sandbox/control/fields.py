"""The fields of a control request, read by name, and what a control function is."""

from collections.abc import Callable
from typing import Any

from sandbox.acts import RefusedError
from sandbox.call import Upload
from sandbox.errors import Json
from sandbox.people import Chat
from sandbox.world import World


class Body:
    """The fields of a control request, each read by name; raises RefusedError naming a wrong one."""

    def __init__(self, values: Json, files: dict[str, Upload]) -> None:
        self.values = values
        self.files = files

    def number(self, name: str) -> int:
        """A required whole number."""
        value = self.optional(name)
        if value is None:
            raise RefusedError(f"{name} is missing")
        return value

    def optional(self, name: str) -> int | None:
        """A whole number or nothing."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError, OverflowError):
            raise RefusedError(f"{name} must be a whole number") from None

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise RefusedError(f"{name} must be a text")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.values.get(name, default)
        return value in {"true", "1"} if isinstance(value, str) else bool(value)

    def file(self, name: str) -> Upload:
        """A required file of a multipart body."""
        if name not in self.files:
            raise RefusedError(f"{name} is missing")
        return self.files[name]

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers, empty when missing."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(type(item) is int for item in value):
            raise RefusedError(f"{name} must be a list of whole numbers")
        return value


Control = Callable[[World, Body], Any]
"""Does one request; returns JSON, or what to await for it. Raises RefusedError, ApiError or ValueError."""


def known_chat(world: World, number: int) -> Chat:
    """A chat by its id; raises RefusedError."""
    chat = world.chats.get(number)
    if chat is None:
        raise RefusedError(f"no chat {number}")
    return chat
